// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is remembered of contents changes no outcome, whatever happens between two runs.

use std::{
    collections::BTreeSet,
    fs,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use data_encoding::{BASE64, HEXLOWER};
use debut::{
    ops::{Access, Event, Reach, Review},
    review::Session,
    rules::RuleSet,
    store::Cache,
};
use git2::{Signature, Time};
use proptest::prelude::*;

use crate::common::{RULES, Repo, github_token};

/// Names that stand in paths below and are at times those of authors.
const NAMES: &[&str] = &["writera", "writerb", "writerc", "writerd"];
const PATHS: &[&str] =
    &["a.yml", "b.conf", "test/a.yml", "id_rsa", "CODEOWNERS", "x.bin", "vendor/c.yml", "n.md"];

/// One commit.
#[derive(Clone, Debug)]
struct Step {
    author: usize,
    domain: usize,
    ticket: usize,
    /// Path and parts of its content.
    edits: Vec<(usize, Vec<usize>)>,
}

fn step() -> impl Strategy<Value = Step> {
    let edit = (0..PATHS.len(), prop::collection::vec(0..15_usize, 0..6));
    (0..8_usize, 0..3_usize, 0..4_usize, prop::collection::vec(edit, 1..4))
        .prop_map(|(author, domain, ticket, edits)| Step { author, domain, ticket, edits })
}

/// Returns one line of a content: what it is worth depends on the words in most cases.
fn line(part: usize) -> String {
    match part {
        0..=3 => format!("path: /home/{}/work\n", NAMES[part]),
        4 => format!("token: {}\n", github_token(1)),
        5 => format!("\"token\": \"{}\"\n", github_token(1)),
        6 => "host: db1.one-corp.net and db2.two-corp.net\n".into(),
        7 => "see https://ci.three-corp.net/x for ABC-12 and XYZ-7\n".into(),
        8 => "# TODO (writera): ask writerb, TODO(writerc): more\n".into(),
        9 => "\0\u{1}".into(),
        10 => "* @writera @acme/ops\n".into(),
        11 => "server 10.1.2.3 db1.corp.internal\n".into(),
        12 => "-----BEGIN RSA PRIVATE KEY-----\n".into(),
        13 => {
            let script = format!("export A={}\nexport B={}\n", github_token(2), github_token(3));
            format!("x: {}\n", BASE64.encode(script.as_bytes()))
        }
        _ => "nothing to see\n".into(),
    }
}

fn write(repo: &Repo, steps: &[Step]) {
    let git = &repo.git;
    for (no, step) in steps.iter().enumerate() {
        let parent = git.head().ok().and_then(|head| head.peel_to_commit().ok());
        let mut index = git.index().expect("an index");
        for (path, parts) in &step.edits {
            let text: String = parts.iter().map(|part| line(*part)).collect();
            let id = git.blob(text.as_bytes()).expect("a blob");
            let path = PATHS[*path];
            fs::create_dir_all(repo.path().join(path).parent().expect("a folder"))
                .expect("folders");
            fs::write(repo.path().join(path), &text).expect("a file");
            index.add_path(path.as_ref()).expect("an entry");
            assert_eq!(index.get_path(path.as_ref(), 0).expect("the entry").id, id);
        }
        let tree = git.find_tree(index.write_tree().expect("a tree")).expect("the tree");
        let name = NAMES.get(step.author).map_or_else(|| format!("person{no}"), |n| (*n).into());
        let domain = ["one-corp.net", "two-corp.net", "three-corp.net"][step.domain];
        let time = Time::new(1_700_000_000 + no as i64, 0);
        let who = Signature::new(&name, &format!("{name}@{domain}"), &time).expect("a signature");
        let message = format!("Change {}-{no}", ["ABC", "XYZ", "Q", "Z"][step.ticket]);
        let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
        git.commit(Some("HEAD"), &who, &who, &message, &tree, &parents).expect("a commit");
    }
}

/// Everything that a scan says, and how many versions it has scanned.
#[derive(Debug, Default, PartialEq)]
struct Said {
    all: BTreeSet<String>,
    scanned: usize,
}

fn open(repo: &Repo, cached: bool) -> Review {
    let mut options = repo.options();
    options.reach = Some(Reach { refs: Vec::new(), unreachable: true });
    options.cache = cached.then(|| Cache::new(&repo.state.path().join("cache"), "1"));
    Review::open(&options, Access::Read).expect("a review")
}

fn scan(repo: &Repo, cached: bool) -> Said {
    said(open(repo, cached))
}

fn scan_under(repo: &Repo, rules: &str, cached: bool) -> Said {
    let mut review = open(repo, cached);
    review.rules = Arc::new(RuleSet::read(&[("test", rules)]).expect("rules"));
    review.session = Session::new(review.rules.clone(), "reviewer", Vec::new());
    said(review)
}

fn said(mut review: Review) -> Said {
    review.scan(2, &false.into(), &mut |_, _, _| {}).expect("a scan");
    let session = &review.session;
    let mut said = Said::default();
    for (idx, finding) in session.findings() {
        let value = String::from_utf8_lossy(finding.value.expose()).into_owned();
        let place = (&finding.path, &finding.layer, &finding.place, &finding.notes);
        let rule = &review.rules.info(finding.rule).id;
        let seen = session.sighting(idx);
        let weight = (finding.severity, finding.confidence);
        said.all.insert(format!("{rule} {weight:?} {value} {place:?} {seen:?}"));
    }
    said.all.extend(session.not_scanned().iter().map(|file| format!("{file:?}")));
    let history = review.history.as_deref().expect("a history");
    said.all
        .insert(format!("{:?}", debut::domain::HistorySummary { scanned: 0, ..history.clone() }));
    said.scanned = history.scanned;
    said
}

/// Removes what is known of scans as a whole, so that only contents are remembered.
fn forget_outcomes(repo: &Repo) {
    for entry in fs::read_dir(repo.state.path().join("cache")).expect("a folder").flatten() {
        if entry.path().extension().is_some_and(|extension| extension == "scan") {
            fs::remove_file(entry.path()).expect("removed");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_remembered_changes_no_outcome(
        rounds in prop::collection::vec(prop::collection::vec(step(), 1..6), 1..4),
    ) {
        let repo = Repo::new();
        for steps in &rounds {
            write(&repo, steps);
            let anew = scan(&repo, false);
            for _ in 0..2 {
                let remembered = scan(&repo, true);
                prop_assert_eq!(&remembered.all, &anew.all);
                prop_assert!(remembered.scanned <= anew.scanned);
            }
            forget_outcomes(&repo);
            let remembered = scan(&repo, true);
            prop_assert_eq!(&remembered.all, &anew.all);
            prop_assert_eq!(remembered.scanned, 0);
        }
    }
}

fn commit(author: usize, edits: &[(usize, &[usize])]) -> Step {
    let edits = edits.iter().map(|(path, parts)| (*path, parts.to_vec())).collect();
    Step { author, domain: usize::from(author >= NAMES.len()), ticket: 3, edits }
}

#[test]
fn only_new_contents_are_scanned_and_those_a_new_author_stands_in() {
    let repo = Repo::new();
    let home = commit(4, &[(0, &[0, 4]), (1, &[1, 6]), (2, &[13, 4, 5]), (5, &[9])]);
    write(&repo, &[home, commit(4, &[(0, &[13]), (2, &[4])])]);
    assert_eq!(scan(&repo, true).scanned, 6);
    // A token that stays, one that goes and a binary are not read again.
    write(&repo, &[commit(4, &[(1, &[13, 13])])]);
    assert_eq!(scan(&repo, true).scanned, 1);
    // Now writera has written something: the path with that name weighs more than before.
    write(&repo, &[commit(0, &[(1, &[13, 13, 13])])]);
    let remembered = scan(&repo, true);
    assert_eq!(remembered.scanned, 2, "the new content, and the one with that name");
    assert!(remembered.all.iter().any(|said| said.contains("the name of an author")));
    assert_eq!(remembered.all, scan(&repo, false).all);
}

#[test]
fn a_stopped_scan_goes_on_where_it_was() {
    let repo = Repo::new();
    let files: Vec<(String, String)> = (0..1500)
        .map(|no| (format!("{no}.yml"), format!("n: {no}\n{}", line(11).repeat(20))))
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    repo.commit(&files);
    repo.commit(&[("b.yml", b"b\n")]);
    let stop = AtomicBool::new(false);
    let stopped = open(&repo, true).job(1).run(&stop, &|event| {
        // The first findings that only the history has.
        if let Event::Found(found) = &event
            && found.iter().any(|new| new.finding.layer != debut::domain::Layer::Tree)
        {
            stop.store(true, Ordering::Relaxed);
        }
    });
    assert!(stopped.is_ok() && stop.load(Ordering::Relaxed));
    let rest = scan(&repo, true);
    assert!((1..1501).contains(&rest.scanned), "{}", rest.scanned);
    assert_eq!(rest.all, scan(&repo, false).all);
}

#[test]
fn no_value_stands_in_the_cache_in_any_spelling() {
    let repo = Repo::new();
    let all: Vec<usize> = (0..14).filter(|part| *part != 9).collect();
    write(&repo, &[commit(0, &[(0, &all), (7, &all)]), commit(1, &[(0, &[13])])]);
    scan(&repo, true);
    let token = github_token(1);
    let values = [&token, "db1.one-corp.net", "db1.corp.internal", "/home/writerb", "10.1.2.3"];
    let mut files = 0;
    for entry in fs::read_dir(repo.state.path().join("cache")).expect("a folder").flatten() {
        let bytes = fs::read(entry.path()).expect("a file");
        files += 1;
        for value in values.map(str::as_bytes) {
            // In Base64 what stands at the edges depends on what is beside it.
            let spellings = (0..3).map(|skip| {
                let whole = &value[skip..value.len() - (value.len() - skip) % 3];
                BASE64.encode(whole).into_bytes()
            });
            let hex = HEXLOWER.encode(value);
            let more = [value.to_vec(), hex.to_uppercase().into_bytes(), hex.into_bytes()];
            for spelling in spellings.chain(more) {
                let found = bytes.windows(spelling.len()).any(|window| window == spelling);
                assert!(!found, "{} holds a value", entry.path().display());
            }
        }
    }
    assert_eq!(files, 2);
}

#[test]
fn a_file_of_another_name_or_content_counts_for_nothing() {
    let (one, two) = (Repo::new(), Repo::new());
    let contents = |repo: &Repo| {
        let folder = fs::read_dir(repo.state.path().join("cache")).expect("a folder");
        let mut paths = folder.flatten().map(|entry| entry.path());
        paths.find(|path| path.extension().is_some_and(|e| e == "contents")).expect("a file")
    };
    for (repo, part) in [(&one, 4), (&two, 13)] {
        write(repo, &[commit(0, &[(0, &[part])]), commit(0, &[(0, &[2])])]);
        scan(repo, true);
    }
    let anew = scan(&one, false);
    let whole = fs::read(contents(&one)).expect("bytes");
    // Somebody else's file under our name.
    fs::copy(contents(&two), contents(&one)).expect("a copy");
    forget_outcomes(&one);
    assert_eq!(scan(&one, true), anew);
    assert_eq!(fs::read(contents(&one)).expect("bytes"), whole, "it is made anew");
    // Cut anywhere, as it is and under a checksum that fits.
    let name = contents(&one).file_name().expect("a name").to_string_lossy()[2..].to_owned();
    let cache = Cache::new(contents(&one).parent().expect("a folder"), "1");
    for at in (0..whole.len()).step_by(23) {
        forget_outcomes(&one);
        fs::write(contents(&one), &whole[..at]).expect("written");
        assert_eq!(scan(&one, true), anew, "cut at {at}");
        forget_outcomes(&one);
        cache.put(&name, &whole[20.min(at)..at]).expect("written");
        assert_eq!(scan(&one, true).all, anew.all, "cut at {at}");
    }
    // Other bytes under a checksum that fits may say anything, but not stop the program.
    for at in (20..whole.len()).step_by(5) {
        forget_outcomes(&one);
        let mut bytes = whole[20..].to_vec();
        bytes[at - 20] ^= 1 << (at % 8);
        cache.put(&name, &bytes).expect("written");
        assert!(!scan(&one, true).all.is_empty());
    }
}

/// Returns the files of the cache.
fn cached(repo: &Repo) -> BTreeSet<PathBuf> {
    let entries = fs::read_dir(repo.state.path().join("cache")).expect("a folder").flatten();
    entries.map(|entry| entry.path()).collect()
}

#[test]
fn what_other_rules_found_counts_for_nothing() {
    let repo = Repo::new();
    repo.commit(&[("a.yml", b"secret-kzq123 host-x1\n"), ("b.yml", b"secret-old\n")]);
    repo.commit(&[("a.yml", b"secret-kzq123 host-x2\n")]);
    // As many rules with the same names, so that all numbers stay what they are.
    let sets = [
        RULES.to_owned(),
        RULES.replace("'secret-[a-z0-9]+'", "'secret-[a-z]+'"),
        RULES.replace("severity = \"critical\"", "severity = \"low\""),
    ];
    let anew = sets.each_ref().map(|rules| scan_under(&repo, rules, false));
    assert!(anew[0].all != anew[1].all && anew[0].all != anew[2].all);
    let scanned = anew[0].scanned;
    assert_eq!(scanned, 3);
    for expected in [scanned, 0, 0] {
        for (rules, anew) in sets.iter().zip(&anew) {
            let said = scan_under(&repo, rules, true);
            assert_eq!((&said.all, said.scanned), (&anew.all, expected));
        }
        // The next time only what is known of contents is there.
        forget_outcomes(&repo);
    }
}

#[test]
fn a_file_from_under_other_rules_counts_for_nothing_under_our_name() {
    let other = RULES.replace("'secret-[a-z0-9]+'", "'secret-[a-z]+'");
    for kind in ["scan", "contents"] {
        let repo = Repo::new();
        repo.commit(&[("a.yml", b"secret-kzq123 host-x1\n"), ("b.yml", b"secret-old\n")]);
        repo.commit(&[("a.yml", b"secret-kzq123 host-x2\n")]);
        scan_under(&repo, RULES, true);
        let theirs = cached(&repo);
        let anew = scan_under(&repo, &other, false);
        scan_under(&repo, &other, true);
        let ours: BTreeSet<PathBuf> = cached(&repo).difference(&theirs).cloned().collect();
        assert_eq!((theirs.len(), ours.len()), (2, 2));
        let of = |files: &BTreeSet<PathBuf>| {
            let mut files = files.iter();
            files.find(|file| file.extension().is_some_and(|e| e == kind)).expect("it").clone()
        };
        fs::copy(of(&theirs), of(&ours)).expect("a copy");
        if kind == "contents" {
            forget_outcomes(&repo);
            assert_eq!(scan_under(&repo, &other, true), anew);
        } else {
            assert_eq!(scan_under(&repo, &other, true).all, anew.all);
        }
    }
}
