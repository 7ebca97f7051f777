// SPDX-License-Identifier: MIT OR Apache-2.0
//! The organisation's own words: asked about once, and answered for at any time.

use std::sync::Arc;

use debut::{
    domain::{Verdict, Word, WordKind},
    ops::Event,
    review::Identified,
    tui::{Model, Msg, Options, Screen, Theme},
};

use crate::{
    fixture::findings,
    harness::{World, options},
};

const SMALL: (u16, u16) = (60, 16);
const MEDIUM: (u16, u16) = (100, 30);

fn mono() -> Theme {
    Theme::new(false, false)
}

/// Words as they are learned: the kinds mixed, each with the likeliest first.
pub(crate) fn learned() -> Vec<Word> {
    let word = |kind, text: &str, keep, seen: &str| {
        let (text, seen) = (text.to_owned(), seen.to_owned());
        Word { kind, text, keep, seen, by: None, at: None }
    };
    let mut out = vec![
        word(WordKind::Domain, "corp.example.net", true, "10 authors, 169 hosts in 53 files"),
        word(WordKind::Domain, "partner.example", false, "3 authors"),
        word(WordKind::Domain, "example.net", true, "31 hosts in 12 files"),
        word(WordKind::Suffix, "wan", true, "9 hosts in 4 files"),
        word(WordKind::TicketKey, "OPS", true, "412 commits"),
        word(WordKind::Tenant, "acme.slack.com", true, "7 times"),
        word(WordKind::Owner, "acme", true, "owner of origin"),
        word(WordKind::Name, "acme", false, "name of the repository or its owner"),
        word(WordKind::Site, "lon1", true, "40 hosts"),
    ];
    let fleet = |n: usize| word(WordKind::Fleet, &format!("db{}#", "x".repeat(n)), true, "4 hosts");
    out.extend((1..=36).map(fleet));
    out
}

/// The same as a reviewer answered.
fn on_file() -> Arc<[Word]> {
    let by = Some("reviewer1@example.com".to_owned());
    learned().into_iter().map(|word| Word { by: by.clone(), at: Some(1), ..word }).collect()
}

/// A review that nobody has answered for, scanned.
fn asked(theme: Theme, size: (u16, u16)) -> World {
    let mut world = World::empty(theme, size, Vec::new());
    world.event(Event::Learned(learned().into()));
    world.scan();
    world
}

/// A review whose words are on file, scanned.
fn known(theme: Theme, size: (u16, u16)) -> World {
    let mut world = World::empty(theme, size, Vec::new());
    world.event(Event::Answered(Ok(on_file())));
    world.scan();
    world
}

fn check(name: &str, mut world: World, script: &str) {
    world.press(script);
    insta::assert_snapshot!(name, world.snapshot());
}

#[test]
fn what_the_question_looks_like() {
    let ascii = Theme::new(false, true);
    check("own_words_60_mono", asked(mono(), SMALL), "");
    check("own_words_60_mono_below", asked(mono(), SMALL), "G");
    check("own_words_100_colour", asked(Theme::new(true, false), MEDIUM), "j Space");
    check("own_words_100_ascii_unfolded", asked(ascii, MEDIUM), "G k k k k l");
    check("own_words_60_mono_adding", asked(mono(), SMALL), "a corp Enter");
    check("own_words_160_mono_again", known(mono(), (160, 45)), "8");
    check("own_words_60_mono_because", known(mono(), SMALL), "2 /ops-4711 Enter Home Tab C-d C-d");
    check("own_words_100_mono_because", known(mono(), MEDIUM), "2 /ops-4711 Enter Home");
}

/// Keys, and what the file gets: the words that are other than they were learned.
const KEYS: &[(&str, &str)] = &[
    ("Enter", ""),
    // The cursor begins on the likeliest domain.
    ("Space Enter", "-domain:corp.example.net"),
    ("Space Space Enter", ""),
    ("j j Space Enter", "+domain:partner.example"),
    ("Space j j Space u Enter", "-domain:corp.example.net"),
    ("Space u Enter", ""),
    ("d Enter", "~domain:corp.example.net"),
    ("d u u Enter", ""),
    // A head stands for all of its kind: first they are all kept, then none.
    ("Home Space Enter", "+domain:partner.example"),
    ("k Space Space Enter", "-domain:corp.example.net -domain:example.net"),
    ("a lon.example Enter Enter", "+domain:lon.example"),
    ("a Space *.Corp2.Example Enter Enter", "+domain:corp2.example"),
    ("a partner.example Enter Enter", "+domain:partner.example"),
    ("a Tab corp Enter Enter", "+suffix:corp"),
    ("a Up blue Space finch# Enter Enter", "+code-name:blue finch#"),
    // What can't be such a word stays in the field; an empty field closes.
    ("a corp Enter C-u Enter Enter", ""),
    ("a lon.example Esc Enter", ""),
    ("G a finch* Enter d Enter", ""),
    // Nothing else does anything.
    ("r x s = / ? Enter", ""),
];

fn written(world: &World) -> Option<String> {
    let (_, after) = world.answers.last()?;
    let mut out = Vec::new();
    let before = learned();
    let of = |words: &[Word], word: &Word| {
        words.iter().find(|w| (w.kind, &w.text) == (word.kind, &word.text)).map(|w| w.keep)
    };
    for word in after {
        if of(&before, word) != Some(word.keep) {
            let sign = if word.keep { '+' } else { '-' };
            out.push(format!("{sign}{}:{}", word.kind, word.text));
        }
    }
    for word in &before {
        if of(after, word).is_none() {
            out.push(format!("~{}:{}", word.kind, word.text));
        }
    }
    Some(out.join(" "))
}

#[test]
fn keys_of_the_list() {
    for (keys, wanted) in KEYS {
        let mut world = asked(mono(), MEDIUM);
        world.press(keys);
        assert_eq!(written(&world).as_deref(), Some(*wanted), "{keys}");
        assert!(!world.model.has_overlay() && world.journal.is_empty(), "{keys}");
        let (_, after) = world.answers.last().expect("an answer");
        assert!(after.iter().all(|word| word.by.as_deref() == Some("ana")), "{keys}");
    }
}

#[test]
fn it_is_asked_once_and_put_off_with_esc() {
    let mut world = asked(mono(), SMALL);
    let question = "Your internal domain seems to be";
    assert!(world.text().contains("Your internal domains seem to be corp.example.net"));
    world.press("Esc");
    assert!(!world.model.has_overlay() && world.answers.is_empty());
    assert!(world.text().contains("put off"), "{}", world.text());
    world.press("2 1 j");
    assert!(!world.model.has_overlay());
    world.press("8 j j Space Home Space j j j Esc");
    // Changes are given up only by somebody who was told.
    assert!(world.model.has_overlay() && world.text().contains("not kept"));
    world.press("Esc");
    assert!(!world.model.has_overlay() && world.answers.is_empty());
    assert!(!known(mono(), SMALL).text().contains(question), "somebody has answered");
}

#[test]
fn q_goes_back_as_esc_does() {
    let mut world = asked(mono(), MEDIUM);
    world.press("Space q");
    assert!(world.model.has_overlay() && world.text().contains("not kept"));
    world.press("q");
    assert!(!world.model.has_overlay() && world.answers.is_empty());
    // Where a word is typed, it is a letter.
    world.press("8 a q q");
    assert!(world.text().contains(" qq"), "{}", world.text());
}

#[test]
fn what_was_edited_by_hand_is_shown_when_the_list_is_opened() {
    let mut world = known(mono(), MEDIUM);
    world.press("8");
    let mut words = on_file().to_vec();
    words.retain(|word| word.text != "partner.example");
    world.event(Event::Reread(Ok(words.clone().into())));
    assert!(!world.text().contains("partner.example"), "{}", world.text());
    assert!(world.text().contains("read anew"), "{}", world.text());
    // What the reviewer is about to change is not taken away.
    world.press("Space");
    words.remove(0);
    world.event(Event::Reread(Ok(words.into())));
    assert!(world.text().contains("[ ] corp.example.net"), "{}", world.text());
    world.event(Event::Reread(Err("words.toml:3: broken".into())));
    assert!(world.model.has_overlay() && world.text().contains("words.toml:3: broken"));
}

#[test]
fn nobody_keeps_what_nobody_saw() {
    let mut world = World::empty(mono(), SMALL, Vec::new());
    let mut late = learned();
    late.truncate(3);
    world.event(Event::Learned(late.into()));
    world.press("Esc");
    world.typed_ahead("8 Enter");
    assert!(world.answers.is_empty() && world.text().contains("typed ahead"));
    world.press("Enter");
    assert_eq!(world.answers.len(), 1);
}

#[test]
fn it_waits_until_the_reviewer_is_on_the_dashboard() {
    let mut world = World::mono(MEDIUM);
    world.press("2 j");
    world.event(Event::Learned(learned().into()));
    assert!(!world.model.has_overlay() && world.text().contains("8 lists them"));
    world.press("r");
    assert_eq!(world.journal.len(), 1);
    world.press("1");
    assert!(world.model.has_overlay());
}

#[test]
fn a_scan_that_is_remembered_asks_too() {
    let mut world = World::mono(MEDIUM);
    assert_eq!(world.learning, 1);
    world.press("8");
    assert!(!world.model.has_overlay(), "{}", world.text());
    assert!(world.text().contains("still being learned"));
    world.event(Event::Learned(learned().into()));
    assert!(world.model.has_overlay());
    world.press("Esc j j");
    assert_eq!(world.learning, 1);
    // Where nothing speaks for any word, nothing is asked.
    let mut world = World::mono(MEDIUM);
    world.event(Event::Learned(Arc::default()));
    assert!(!world.model.has_overlay() && world.learning == 1);
    // And where the file says which they are, nothing is learned.
    assert_eq!(known(mono(), MEDIUM).learning, 0);
}

#[test]
fn words_that_nobody_answered_for_are_asked_about_also_from_a_file() {
    let mut world = World::empty(mono(), MEDIUM, Vec::new());
    world.event(Event::Answered(Ok(learned().into())));
    assert!(world.model.has_overlay());
    world.press("Enter");
    assert_eq!(written(&world).as_deref(), Some(""));
}

#[test]
fn who_may_only_look_sees_the_words_and_why_they_stay() {
    let session = World::mono(SMALL).model.into_session();
    let mut world = World::mono(SMALL);
    let read_only = Some("locked by bo since 11:58".to_owned());
    world.model = Model::new(session, Options { read_only, ..options(mono(), SMALL) });
    world.event(Event::Learned(learned().into()));
    assert!(!world.model.has_overlay(), "nobody is asked who can't answer");
    world.press("8");
    assert!(world.text().contains("read only: locked by bo since 11:58"));
    for key in ["Space", "a", "d", "u", "Enter"] {
        world.press(key);
        assert!(world.model.has_overlay() && world.answers.is_empty(), "{key}");
    }
    world.press("j k G l h Esc");
    assert!(!world.model.has_overlay());
}

#[test]
fn a_write_that_fails_loses_nothing() {
    let mut world = asked(mono(), MEDIUM);
    world.broken = Some("no space left".into());
    world.press("Space a lon.example Enter Enter");
    assert!(world.text().contains("the words were not written: no space left"));
    assert!(world.text().contains("[x] lon.example"));
    world.broken = None;
    world.press("Enter");
    assert_eq!(written(&world).as_deref(), Some("-domain:corp.example.net +domain:lon.example"));
}

/// The outcome of a scan for other words: no hosts are found any more.
fn rescanned(world: &World) -> Vec<Identified> {
    let rules = world.model.session().rules().clone();
    let host = rules.find("internal/host-name");
    findings(&rules).into_iter().filter(|new| Some(new.finding.rule) != host).collect()
}

fn shown(world: &World) -> (String, u32) {
    let session = world.model.session();
    let idx = world.model.shown().expect("a place");
    let finding = session.finding(idx);
    (finding.path.to_string(), finding.place.line())
}

#[test]
fn a_scan_for_other_words_changes_nothing_until_it_is_complete() {
    let mut world = known(mono(), MEDIUM);
    // Somebody decides, and stands at the second place of a ticket with a note half used.
    world.press("2 r /ops Enter Home } c ask-bo Enter");
    let before = (shown(&world), world.model.counts().total.groups, world.verdicts());
    let decided = world.journal.len();
    world.press("8 j Space Enter");
    world.event(Event::Again);
    assert!(world.text().contains("scanning again"), "{}", world.text());
    let found = rescanned(&world);
    world.event(Event::Found(found));
    world.send(Msg::Tick);
    assert_eq!((shown(&world), world.model.counts().total.groups, world.verdicts()), before);
    // What is decided meanwhile counts, and nothing is taken away from under an overlay.
    world.press("n r ?");
    world.finish();
    assert_eq!(world.model.counts().total.groups, before.1);
    world.press("Esc");
    assert_eq!(world.model.counts().total.groups, before.1 - 3);
    assert!(world.text().contains("scanned again"), "{}", world.text());
    let redacted = world.verdicts().iter().filter(|v| **v == Some(Verdict::Redact)).count();
    assert!(redacted > 0);
    // All of it can be undone.
    while world.journal.len() < 2 * decided + 2 && redacted > 0 {
        let steps = world.journal.len();
        world.press("u");
        if world.journal.len() == steps {
            break;
        }
    }
    assert!(world.verdicts().iter().all(Option::is_none), "{:?}", world.verdicts());
}

#[test]
fn the_cursor_stays_where_it_was() {
    for (keys, screen) in [
        ("2 /ops Enter Home }", Screen::Walk),
        ("2 gr /ops Enter Home j }", Screen::Walk),
        ("2 gf /ops Enter G Tab", Screen::Walk),
        ("7 j j", Screen::Files),
        ("5", Screen::Readiness),
    ] {
        let mut world = known(mono(), MEDIUM);
        world.press(keys);
        let (place, text) = (world.model.shown().map(|_| shown(&world)), world.text());
        world.event(Event::Again);
        let found = findings(world.model.session().rules());
        world.event(Event::Found(found));
        world.finish();
        assert_eq!(world.model.screen(), screen, "{keys}");
        assert_eq!(world.model.shown().map(|_| shown(&world)), place, "{keys}");
        if screen == Screen::Walk {
            let row = |text: &str| text.lines().find(|l| l.starts_with("> ")).map(str::to_owned);
            assert_eq!(row(&world.text()), row(&text), "{keys}");
        }
    }
    // Where its finding is gone, the row is.
    let mut world = known(mono(), MEDIUM);
    world.press("2 /db2 Enter Home");
    world.event(Event::Again);
    let found = rescanned(&world);
    world.event(Event::Found(found));
    world.finish();
    world.press("Esc j k n");
    assert!(world.model.shown().is_some());
}

#[test]
fn a_scan_that_fails_leaves_what_was_found() {
    let mut world = known(mono(), MEDIUM);
    let groups = world.model.counts().total.groups;
    world.event(Event::Again);
    world.event(Event::ScanFailed("the disk is gone".into()));
    assert_eq!(world.model.counts().total.groups, groups);
    assert!(world.text().contains("the disk is gone"));
}

#[test]
fn a_first_scan_that_is_cut_short_begins_anew() {
    let mut world = World::empty(mono(), MEDIUM, Vec::new());
    world.event(Event::Learned(learned().into()));
    let found = findings(world.model.session().rules());
    world.event(Event::Found(found));
    world.press("Space Enter");
    world.event(Event::Again);
    assert_eq!(world.model.counts().total.groups, 0);
    world.scan();
    assert!(world.model.counts().total.groups > 0);
}
