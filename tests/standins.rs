// SPDX-License-Identifier: MIT OR Apache-2.0
//! What takes the place of values: the same for the same value, of the same form, and no two alike.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;
#[path = "common/internal_cases.rs"]
mod internal_cases;

use std::{
    collections::{HashMap, HashSet},
    net::{Ipv4Addr, Ipv6Addr},
    sync::Arc,
};

use common::finding;
use debut::{
    domain::{Act, Category, Layer, RepoPath, Target, Verdict, Vote},
    ops::edits_of,
    redact::{Edit, apply},
    review::{Choice, FindingIdx, Given, Identified, Keyring, Refusal, Scope, Session},
    rules::RuleSet,
    scan::{Engine, Scratch},
};
use internal_cases::{CASES, words};
use proptest::prelude::*;

const KEY: [u8; 32] = [7; 32];

/// A rule for each kind of hole; two that share one, and one that is fixed.
const RULES: [(&str, &str, &str); 11] = [
    ("internal/host", "internal-host", "{host}"),
    ("internal/other", "internal-name", "{host}"),
    ("internal/url", "internal-url", "https://{host}/doc{-n}"),
    ("internal/mail", "internal-name", "user{n}@{host}"),
    ("internal/address", "internal-address", "{address}"),
    ("internal/mac", "internal-address", "{mac}"),
    ("internal/account", "cloud-id", "{account}"),
    ("internal/resource", "cloud-id", "{resource}"),
    ("internal/bucket", "cloud-id", "example-bucket-{n}"),
    ("internal/dn", "internal-name", "{dn}"),
    ("sensitive/secret", "credential", "REDACTED_SECRET"),
];

fn rules() -> Arc<RuleSet> {
    let rule = |(id, class, replacement): (&str, &str, &str)| {
        format!(
            "[[rule]]\nid = \"{id}\"\nclass = \"{class}\"\nseverity = \"medium\"\n\
             title = \"T\"\nwhy = \"W\"\nremedy = \"R\"\nreplacement = \"{replacement}\"\n\
             detector = \"host\"\n"
        )
    };
    let text: String = RULES.into_iter().map(rule).collect();
    RuleSet::read(&[("test", &text)]).expect("the rules").into()
}

fn session(votes: Vec<Vote>) -> Session {
    Session::new(rules(), "reviewer1@example.com", votes)
}

/// Rule, value, file and line.
type Found = (&'static str, String, usize, u32);

fn value() -> impl Strategy<Value = (&'static str, String)> {
    let host = "(db|web|www|es)[0-9]{0,2}\\.(prod|dev)\\.initech\\.net";
    let hosts = prop::sample::select(vec!["internal/host", "internal/other"]);
    let upper = |(rule, host): (&'static str, String)| (rule, host.to_uppercase());
    prop_oneof![
        (hosts.clone(), host),
        (hosts, host).prop_map(upper),
        host.prop_map(|host| ("internal/url", format!("https://{host}/x"))),
        ("[a-c]{1,2}", host).prop_map(|(who, host)| ("internal/mail", format!("{who}@{host}"))),
        (0..3_u8, 1..250_u8)
            .prop_map(|(net, host)| ("internal/address", format!("10.9.{net}.{host}"))),
        (0..5_u8, 1..250_u8)
            .prop_map(|(net, host)| ("internal/address", format!("54.83.{net}.{host}"))),
        (0..3_u16, 0..3_u16, any::<u64>()).prop_map(|(site, subnet, host)| {
            let [.., a, b, c, d] = Ipv6Addr::from(u128::from(host)).segments();
            let ip = Ipv6Addr::new(0x2620, 0, site, subnet, a, b, c, d);
            ("internal/address", ip.to_string())
        }),
        (0..40_u8).prop_map(|n| ("internal/mac", format!("52:54:a0:1f:99:{n:02x}"))),
        (0..40_u64).prop_map(|n| ("internal/account", format!("{}", 498_213_057_700 + n))),
        (0..40_u32).prop_map(|n| ("internal/resource", format!("vpc-{:08x}", 0x8f21_c09b + n))),
        "[a-c]{1,2}-store".prop_map(|name| ("internal/bucket", name)),
        host.prop_map(|host| ("internal/dn", format!("ou=ops,dc={}", host.replace('.', ",dc=")))),
    ]
}

fn places() -> impl Strategy<Value = Vec<Found>> {
    let place = (value(), 0..5_usize, 1..20_u32);
    let place = place.prop_map(|((rule, value), file, line)| (rule, value, file, line));
    prop::collection::vec(place, 1..40)
}

fn add(s: &mut Session, (rule, value, file, line): &Found) -> FindingIdx {
    let new = finding(s, rule, &format!("d{file}/f.yml"), *line, value, "line: \0");
    s.add(new)
}

fn review(places: &[Found]) -> Session {
    let mut s = session(Vec::new());
    places.iter().for_each(|place| _ = add(&mut s, place));
    s
}

fn text(s: &Session, idx: FindingIdx) -> String {
    String::from_utf8_lossy(s.finding(idx).value.expose()).into_owned()
}

/// Value and stand-in of every place.
fn pairs(s: &Session) -> Vec<(String, String)> {
    let pair = |(idx, _)| (text(s, idx), s.stand_in(idx).expect("a stand-in"));
    s.findings().map(pair).collect()
}

fn redact(s: &mut Session, idx: FindingIdx, at: i64) {
    s.mark_seen(idx);
    let scope = Scope::Group(s.group_of(idx));
    s.decide(&scope, &Choice::new(Verdict::Redact), at).expect("decided");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn one_value_has_one_stand_in_and_no_two_share_one(places in places()) {
        let s = review(&places);
        let mut by_value: HashMap<String, String> = HashMap::new();
        let mut by_stand_in: HashMap<String, String> = HashMap::new();
        let real: HashSet<String> = places.iter().map(|p| p.1.to_lowercase()).collect();
        for (value, to) in pairs(&s) {
            let value = value.to_lowercase();
            prop_assert!(!real.contains(&to.to_lowercase()), "{to} is a value");
            prop_assert_eq!(by_value.entry(value.clone()).or_insert_with(|| to.clone()), &to);
            prop_assert_eq!(by_stand_in.entry(to.to_lowercase()).or_insert_with(|| value.clone()), &value);
        }
    }

    #[test]
    fn a_host_is_the_same_in_urls_mail_and_names(places in places()) {
        let s = review(&places);
        let all = pairs(&s);
        let mut hosts: HashMap<String, String> = HashMap::new();
        for (value, to) in &all {
            let value = value.to_lowercase();
            let (host, to) = if let Some(url) = value.strip_prefix("https://") {
                let to = to.strip_prefix("https://").expect("a url");
                (url.split('/').next(), to.split('/').next())
            } else if let Some((_, host)) = value.split_once('@') {
                (Some(host), to.split_once('@').map(|(_, host)| host))
            } else if let Some((_, dcs)) = value.split_once(",dc=") {
                let (_, to) = to.split_once(",dc=").expect("a name");
                let (host, to) = (dcs.replace(",dc=", "."), to.replace(",dc=", "."));
                prop_assert_eq!(hosts.entry(host).or_insert_with(|| to.clone()), &to);
                continue;
            } else if value.ends_with("initech.net") {
                (Some(value.as_str()), Some(to.as_str()))
            } else {
                continue;
            };
            let (host, to) = (host.expect("a host").to_owned(), to.expect("a host").to_owned());
            prop_assert_eq!(hosts.entry(host).or_insert_with(|| to.clone()), &to);
        }
    }

    #[test]
    fn addresses_of_one_network_stay_in_one_with_their_numbers(places in places()) {
        let s = review(&places);
        let mut networks: HashMap<Vec<u16>, Vec<u16>> = HashMap::new();
        let mut back: HashMap<Vec<u16>, Vec<u16>> = HashMap::new();
        for (value, to) in pairs(&s) {
            let (from, to) = match (value.parse::<Ipv4Addr>(), value.parse::<Ipv6Addr>()) {
                (Ok(ip), _) => {
                    let (a, b) = (ip.octets(), to.parse::<Ipv4Addr>().expect("an address").octets());
                    prop_assert_eq!(a[3], b[3]);
                    (a[..3].iter().map(|n| u16::from(*n)).collect::<Vec<_>>(),
                     b[..3].iter().map(|n| u16::from(*n)).collect::<Vec<_>>())
                }
                (_, Ok(ip)) => {
                    let (a, b) = (ip.segments(), to.parse::<Ipv6Addr>().expect("an address").segments());
                    prop_assert_eq!(a[3], b[3]);
                    (a[..3].to_vec(), b[..3].to_vec())
                }
                _ => continue,
            };
            prop_assert_eq!(networks.entry(from.clone()).or_insert_with(|| to.clone()), &to);
            prop_assert_eq!(back.entry(to).or_insert_with(|| from.clone()), &from);
        }
    }

    #[test]
    fn the_order_in_which_things_are_found_is_nothing(
        places in places(), order in any::<prop::sample::Index>(),
    ) {
        let mut turned = places.clone();
        turned.rotate_left(order.index(places.len()));
        turned.reverse();
        let sorted = |s: &Session| {
            let mut all = pairs(s);
            all.sort();
            all.dedup();
            all
        };
        prop_assert_eq!(sorted(&review(&places)), sorted(&review(&turned)));
    }

    #[test]
    fn what_was_given_stays_when_more_is_found(
        before in places(), later in places(), redacted in prop::collection::vec(any::<prop::sample::Index>(), 1..6),
    ) {
        let mut s = review(&before);
        let mut kept = Vec::new();
        for (at, index) in redacted.iter().enumerate() {
            let idx = FindingIdx(index.index(s.findings().count()) as u32);
            let shown = s.stand_in(idx).expect("a stand-in");
            redact(&mut s, idx, at as i64);
            prop_assert_eq!(s.stand_in(idx), Some(shown.clone()), "redacting changes it");
            kept.push((text(&s, idx), shown));
        }
        // Another run, at a later commit, where other files come first.
        let mut again = session(s.votes().to_vec());
        let moved = later.iter().map(|(rule, value, file, line)| (*rule, value.clone(), *file, line + 30));
        moved.chain(before.iter().map(|(r, v, f, l)| (*r, v.clone(), f + 5, *l)))
            .for_each(|place| _ = add(&mut again, &place));
        let now: HashMap<String, String> = pairs(&again).into_iter().collect();
        for (value, to) in kept {
            prop_assert_eq!(now.get(&value), Some(&to), "{}", value);
        }
    }

    #[test]
    fn two_reviewers_who_merge_agree(places in places(), turn in any::<prop::sample::Index>()) {
        let mut all = Vec::new();
        for (who, range) in [("a@example.com", 0..20), ("b@example.com", 20..40)] {
            let mut s = Session::new(rules(), who, Vec::new());
            // Each at a commit of their own.
            places.iter().skip(range.start / 20).for_each(|place| _ = add(&mut s, place));
            for n in 0..s.findings().count().min(4) {
                redact(&mut s, FindingIdx(n as u32), range.start as i64 + n as i64);
            }
            all.extend(s.votes().to_vec());
        }
        let merged = |votes: Vec<Vote>| {
            let mut s = session(votes);
            places.iter().for_each(|place| _ = add(&mut s, place));
            pairs(&s)
        };
        let first = merged(all.clone());
        let turn = turn.index(all.len());
        all.rotate_left(turn);
        prop_assert_eq!(&first, &merged(all));
        let mut by_stand_in: HashMap<String, String> = HashMap::new();
        for (value, to) in first {
            let value = value.to_lowercase();
            prop_assert_eq!(by_stand_in.entry(to).or_insert_with(|| value.clone()), &value);
        }
    }
}

#[test]
fn undo_gives_back_what_was_there() {
    let found = |value: &str, line| ("internal/host", value.to_owned(), 1, line);
    let mut s = review(&[found("x.initech.net", 1), found("y.initech.net", 2)]);
    let before = s.votes().len();
    redact(&mut s, FindingIdx(1), 1);
    assert_eq!(s.stand_ins()[1].given, Given::Remembered);
    s.undo(2).expect("undone");
    assert_eq!(s.stand_ins()[1].given, Given::Proposed);
    assert!(s.votes().len() > before);
    assert_eq!(s.stand_in(FindingIdx(1)).as_deref(), Some("host-2.example.com"));
    s.redo(3).expect("done again");
    assert_eq!(s.stand_ins()[1].given, Given::Remembered);
}

#[test]
fn a_choice_goes_everywhere_and_can_be_taken_back() {
    let mut s = review(&[
        ("internal/host", "x.initech.net".into(), 1, 1),
        ("internal/other", "X.INITECH.NET".into(), 2, 1),
        ("internal/url", "https://x.initech.net/y".into(), 3, 1),
        ("internal/host", "z.initech.net".into(), 3, 2),
    ]);
    redact(&mut s, FindingIdx(2), 1);
    let value = s.identity(FindingIdx(0)).value.clone();
    let choose = |s: &mut Session, to: &str, at| s.choose_stand_in(&value, Some(to), at);
    let step = choose(&mut s, "ledger.example.com", 2).expect("chosen");
    assert_eq!(step.label(), "stand-in chosen");
    for (i, to) in ["ledger.example.com", "ledger.example.com", "https://ledger.example.com/doc"]
        .into_iter()
        .enumerate()
    {
        assert_eq!(s.stand_in(FindingIdx(i as u32)).as_deref(), Some(to));
    }
    // After a restart too.
    let mut again = session(s.votes().to_vec());
    add(&mut again, &("internal/other", "X.initech.net".into(), 2, 1));
    add(&mut again, &("internal/host", "x.initech.net".into(), 2, 2));
    assert_eq!(again.stand_in(FindingIdx(1)).as_deref(), Some("ledger.example.com"));
    assert_eq!(again.stand_in(FindingIdx(0)).as_deref(), Some("ledger.example.com"));
    // Neither what another has, nor a value, nor nothing.
    assert_eq!(choose(&mut s, "host-2.example.com", 3), Err(Refusal::StandInTaken));
    assert_eq!(choose(&mut s, "z.initech.net", 3), Err(Refusal::StandInTaken));
    assert_eq!(choose(&mut s, "on-z.initech.net", 3), Err(Refusal::HoldsValue("stand-in")));
    assert_eq!(choose(&mut s, " ", 3), Err(Refusal::NoStandIn));
    assert_eq!(choose(&mut s, "a\nb", 3), Err(Refusal::Control("stand-in")));
    // Numbers are the first that are free.
    choose(&mut s, "host-{n}.example.com", 4).expect("chosen");
    assert_eq!(s.stand_in(FindingIdx(0)).as_deref(), Some("host-1.example.com"));
    s.undo(5).expect("undone");
    assert_eq!(s.stand_in(FindingIdx(0)).as_deref(), Some("ledger.example.com"));
    s.choose_stand_in(&value, None, 6).expect("taken back");
    assert_eq!(s.stand_in(FindingIdx(0)).as_deref(), Some("host-1.example.com"));
    assert_eq!(s.choose_stand_in(&value, None, 7), Err(Refusal::Nothing));
}

#[test]
fn a_choice_changes_nothing_else() {
    let host = |name: &str, line| ("internal/host", format!("{name}.initech.net"), 1, line);
    let found = [host("x", 1), host("y", 2), host("z", 3), host("w", 4)];
    for redacted in [false, true] {
        let mut s = review(&found);
        if redacted {
            redact(&mut s, FindingIdx(2), 1);
        }
        let before = pairs(&s);
        let value = s.identity(FindingIdx(2)).value.clone();
        s.choose_stand_in(&value, Some("db.example.com"), 2).expect("chosen");
        let after = pairs(&s);
        for i in [0, 1, 3] {
            assert_eq!(before[i], after[i]);
        }
        // Its own former one is still its own.
        s.choose_stand_in(&value, Some(&before[2].1), 3).expect("chosen");
    }
}

#[test]
fn two_choices_of_one_word_do_not_make_two_values_one() {
    let places = [
        ("internal/host", "x.initech.net".to_owned(), 1, 1),
        ("internal/host", "y.initech.net".to_owned(), 1, 2),
    ];
    let mut votes = Vec::new();
    for (i, who) in ["a@example.com", "b@example.com"].into_iter().enumerate() {
        let mut s = Session::new(rules(), who, Vec::new());
        places.iter().for_each(|place| _ = add(&mut s, place));
        let value = s.identity(FindingIdx(i as u32)).value.clone();
        s.choose_stand_in(&value, Some("db.example.com"), 5 + i as i64).expect("chosen");
        votes.extend(s.votes().to_vec());
    }
    let mut s = session(votes);
    places.iter().for_each(|place| _ = add(&mut s, place));
    let all = s.stand_ins();
    assert_eq!((all[0].given, all[1].given), (Given::Chosen, Given::Taken));
    assert_eq!(all[0].to.as_deref(), Some("db.example.com"));
    assert_ne!(all[0].to, all[1].to);
}

#[test]
fn the_last_word_on_a_place_or_on_the_value_counts() {
    let mut s = review(&[
        ("internal/host", "x.initech.net".into(), 1, 1),
        ("internal/host", "x.initech.net".into(), 2, 1),
    ]);
    s.mark_seen(FindingIdx(0));
    let own = Choice { to: Some("own-{n}".into()), ..Choice::new(Verdict::Redact) };
    s.decide(&Scope::Place(FindingIdx(0)), &own, 1).expect("decided");
    assert_eq!(s.stand_in(FindingIdx(0)).as_deref(), Some("own-1"));
    assert_eq!(s.stand_in(FindingIdx(1)).as_deref(), Some("host-1.example.com"));
    let value = s.identity(FindingIdx(0)).value.clone();
    s.choose_stand_in(&value, Some("all.example.com"), 2).expect("chosen");
    assert_eq!(s.stand_in(FindingIdx(0)).as_deref(), Some("all.example.com"));
}

#[test]
fn a_wide_network_stays_until_somebody_chooses() {
    let mut s = session(Vec::new());
    let wide = finding(&s, "internal/address", "a.tf", 1, "10.20.0.0", "cidr = \0/16");
    let narrow = finding(&s, "internal/address", "a.tf", 2, "10.21.4.0", "cidr = \0/24");
    let (wide, narrow) = (s.add(wide), s.add(narrow));
    assert_eq!(s.stand_in(narrow).as_deref(), Some("192.0.2.0"));
    assert_eq!(s.stand_in(wide), None);
    s.mark_seen(wide);
    let redact = Choice::new(Verdict::Redact);
    assert_eq!(s.decide(&Scope::Place(wide), &redact, 1), Err(Refusal::Asks));
    let both = Scope::Places(vec![wide, narrow]);
    s.decide(&both, &redact, 1).expect("the other one is redacted");
    assert_eq!(s.standing(wide).verdict, None);
    assert_eq!(s.stand_ins()[0].given, Given::Asks);
    let value = s.identity(wide).value.clone();
    s.choose_stand_in(&value, Some("198.18.0.0"), 2).expect("chosen");
    s.decide(&Scope::Place(wide), &redact, 3).expect("redacted");
    assert_eq!(s.stand_in(wide).as_deref(), Some("198.18.0.0"));
    s.choose_stand_in(&value, None, 4).expect("taken back");
    assert!(s.keeps_value(wide) && edits_of(&s, s.group_of(wide)).is_empty());
}

#[test]
fn a_credential_tells_nothing_of_itself() {
    let mut s = session(Vec::new());
    for (line, (rule, value)) in [
        ("internal/bucket", "payroll-store"),
        ("sensitive/secret", "payroll-store"),
        ("sensitive/secret", "another-and-longer"),
    ]
    .into_iter()
    .enumerate()
    {
        add(&mut s, &(rule, value.to_owned(), 1, line as u32 + 1));
    }
    let to = |n| s.stand_in(FindingIdx(n));
    assert_eq!(to(1).as_deref(), Some("REDACTED_SECRET"));
    assert_eq!(to(1), to(2));
    assert_eq!(s.stand_ins().len(), 1, "only what has one of its own is listed");
}

#[test]
fn a_number_outside_quotes_stays_one() {
    let mut s = session(Vec::new());
    let new = finding(&s, "internal/bucket", "a.json", 1, "4982", "n: \0");
    let new = s.add(new);
    let account = finding(&s, "internal/account", "a.json", 2, "498213057761", "n: \0");
    let account = s.add(account);
    assert_eq!(s.stand_in(new).as_deref(), Some("0"));
    assert_eq!(s.stand_in(account).as_deref(), Some("123456789012"));
}

#[test]
fn the_past_comes_after_the_files_of_the_commit() {
    let mut s = session(Vec::new());
    let mut past = finding(&s, "internal/host", "a", 1, "x.initech.net", "h: \0");
    past.finding.layer = Layer::Past("0".repeat(40).into());
    let past = s.add(past);
    let tree = finding(&s, "internal/host", "b", 1, "y.initech.net", "h: \0");
    let tree = s.add(tree);
    assert_eq!(s.stand_in(tree).as_deref(), Some("host-1.example.com"));
    assert_eq!(s.stand_in(past).as_deref(), Some("host-2.example.com"));
}

#[test]
fn remembering_is_told_by_the_way() {
    let mut s = review(&[("internal/host", "x.initech.net".into(), 1, 1)]);
    s.mark_seen(FindingIdx(0));
    let scope = Scope::Place(FindingIdx(0));
    let step = s.decide(&scope, &Choice::new(Verdict::Redact), 1).expect("decided");
    assert_eq!(step.votes.len(), 2);
    assert_eq!(step.told().len(), 1);
    assert_eq!(step.label(), "redact d1/f.yml");
    let [.., last] = step.votes.as_slice() else { panic!("no votes") };
    assert!(matches!(last.target, Target::StandIn(_)));
    assert_eq!(last.act, Act::StandIn { chosen: false });
    assert_eq!(last.to.as_deref(), Some("host-1.example.com"));
}

/// Another value of the same form: letters and digits further on.
fn shifted(value: &str, by: u8) -> String {
    let shift = |c: char| match c {
        '0'..='9' => char::from(b'0' + (c as u8 - b'0' + by) % 10),
        'a'..='e' => char::from(b'a' + (c as u8 - b'a' + by) % 5),
        c => c,
    };
    value.chars().map(shift).collect()
}

/// The stand-ins of every rule, whichever number they got, are silent where the value was found.
#[test]
fn no_rule_finds_a_stand_in_where_the_value_was() {
    let rules: Arc<RuleSet> = RuleSet::builtin().expect("built-in rules").into();
    let engine = Engine::new(rules.clone(), &words()).expect("engine");
    let mut wrong = Vec::new();
    for (rule, path, fires, value, _) in CASES {
        let repo_path = RepoPath::new(path.as_bytes());
        let scan = engine.scan_file(&repo_path, fires.as_bytes(), &mut Scratch::default());
        let is = |finding: &&debut::domain::Finding| {
            rules.info(finding.rule).name() == *rule && finding.value.expose() == value.as_bytes()
        };
        let found = scan.findings.iter().find(is).expect(rule);
        let span = found.place.span().expect("a span").range();
        for earlier in 0..6_u8 {
            let mut s = Session::new(rules.clone(), "reviewer1@example.com", Vec::new());
            let mut put = |finding: debut::domain::Finding| {
                let id = Keyring::new(KEY).identify(&finding, rules.info(finding.rule).class);
                s.add(Identified { finding, id })
            };
            for n in 1..=earlier {
                let mut other = found.clone();
                other.path = RepoPath::new(b"0");
                other.value = debut::domain::Secret::new(shifted(value, n).as_bytes());
                put(other);
            }
            let idx = put(found.clone());
            let to = s.stand_in(idx).unwrap_or_else(|| panic!("{rule}: a stand-in"));
            let edit = Edit { span: span.clone(), to: to.clone() };
            let after = apply(fires.as_bytes(), &[edit]).expect("text").raw;
            let again = engine.scan_file(&repo_path, &after, &mut Scratch::default());
            let placed = span.start..span.start + to.len();
            let still = again.findings.iter().filter(|finding| {
                let at = finding.place.span().map(debut::domain::Span::range);
                let inside = at.is_some_and(|at| at.start < placed.end && placed.start < at.end);
                inside && rules.info(finding.rule).category != Category::Licensing
            });
            let still: Vec<&str> = still.map(|f| rules.info(f.rule).id.as_str()).collect();
            if !still.is_empty() {
                wrong.push(format!(
                    "{rule}: {to} in {:?} is {still:?}",
                    String::from_utf8_lossy(&after)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
