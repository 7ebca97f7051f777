// SPDX-License-Identifier: MIT OR Apache-2.0
//! Two reviewers on two branches, joined by Git itself.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use debut::{
    domain::{Act, RepoPath, Rotated, Target, Verdict, Vote},
    ops::Access,
    review::{Choice, FindingIdx, Keyring, Paths, Read, RotationAnswer, Scope, Session, TreeFile},
    store::Checklist,
};
use git2::{MergeFileInput, MergeFileOptions};

const ROUNDS: usize = 100;
/// A merge by the program takes ten of its processes; `DEBUT_MERGE_ROUNDS` asks for more.
const FEWER: usize = 20;
const PLACES: u32 = 12;

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn new() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }

    fn below(&mut self, n: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 32) as u32 % n
    }
}

/// Returns the review of `text` as `who` sees it.
fn open(text: &str, who: &str) -> (Checklist, Session) {
    let keyring = Keyring::new([7; 32]);
    let read = Checklist::parse("x".as_ref(), text, &|line| keyring.seal(line));
    let read = read.unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert!(read.broken.is_empty(), "{:?}\n{text}", read.broken);
    let rules = common::session(Vec::new()).rules().clone();
    let mut session = Session::new(rules, who, read.votes.clone());
    for i in 0..PLACES {
        let (rule, value) =
            [("sensitive/secret", "secret-"), ("internal/host", "host-")][i as usize % 2];
        let (path, value) = (format!("d{}/f{i}.yml", i % 3), format!("{value}{}", i % 7));
        let new = common::finding(&session, rule, &path, i, &value, &format!("line {}: ", i % 2));
        session.add(new);
    }
    session.settle(&tree(&keyring));
    (read, session)
}

/// The files with something in them, and as many without.
fn tree(keyring: &Keyring) -> Paths {
    let file = |i: u32| TreeFile {
        path: RepoPath::new(format!("d{}/f{i}.yml", i % 3).as_bytes()),
        content: keyring.content(&i.to_be_bytes()),
    };
    let files: Vec<TreeFile> = (0..2 * PLACES).map(file).collect();
    Paths { now: files.iter().map(|file| file.path.clone()).collect(), files, ..Paths::default() }
}

fn close(checklist: Checklist, session: &Session) -> String {
    let keyring = Keyring::new([7; 32]);
    let votes = session.votes().to_vec();
    Checklist { votes, ..checklist }.render(&|line| keyring.seal(line))
}

/// Lets `who` decide a few times at random, take some back, and leave.
fn review(text: &str, who: &str, dice: &mut Dice, clock: &mut i64) -> String {
    let (checklist, mut session) = open(text, who);
    for _ in 0..dice.below(7) {
        // The clocks of two people are never quite the same.
        *clock += i64::from(dice.below(3));
        let idx = FindingIdx(dice.below(PLACES));
        let mut choice = Choice::new(Verdict::ALL[dice.below(4) as usize]);
        choice.note = (dice.below(3) == 0).then(|| format!("note {}", dice.below(100)).into());
        let file = session.files()[dice.below(2 * PLACES) as usize].path.clone();
        let value = session.identity(idx).value.clone();
        let answer = RotationAnswer::new(Rotated::ALL[dice.below(4) as usize]);
        let step = match dice.below(11) {
            0 => session.undo(*clock),
            1 => session.redo(*clock),
            6 | 7 => session.read_file(&file, Some((dice.below(5), 4)), *clock),
            8 => session.draw_files(dice.below(6), *clock),
            9 | 10 => session.answer_rotation(&[value], &answer, *clock),
            2 => session.decide(&Scope::Group(session.group_of(idx)), &choice, *clock),
            _ => session.decide(&Scope::Place(idx), &choice, *clock),
        };
        // What is refused changes nothing.
        drop(step);
    }
    close(checklist, &session)
}

/// What each reviewer said last about each target; the truth to which a merge must come.
fn last_words(votes: &[Vote]) -> BTreeMap<String, Act> {
    let mut last: BTreeMap<String, (i64, Act)> = BTreeMap::new();
    for vote in votes {
        let key = format!("{} {:?}", vote.by, vote.target);
        let known = last.entry(key).or_insert((vote.at, vote.act));
        if vote.at >= known.0 {
            *known = (vote.at, vote.act);
        }
    }
    last.into_iter().map(|(key, (_, act))| (key, act)).collect()
}

/// The strictest of each reviewer's last vote, worked out without the program.
fn expected(session: &Session, votes: &[Vote]) -> Vec<Option<Verdict>> {
    let last = last_words(votes);
    let on = |target: &Target| {
        let end = format!(" {target:?}");
        let acts = last.iter().filter(|(key, _)| key.ends_with(&end)).map(|(_, act)| *act);
        acts.filter_map(Act::verdict).max()
    };
    let findings = session.findings().map(|(idx, finding)| {
        let id = session.identity(idx).clone();
        let path = finding.path.clone();
        let place = on(&Target::Place { path: path.clone(), id });
        place.max(on(&Target::File(path)))
    });
    findings.collect()
}

/// Which files somebody's last word says were read, and how large the samples in force are, worked
/// out without the program.
fn expected_reading(session: &Session, votes: &[Vote]) -> (Vec<bool>, Vec<u32>) {
    let last = last_words(votes);
    let on = |target: &Target| {
        let end = format!(" {target:?}");
        let acts = last.iter().filter(|(key, _)| key.ends_with(&end)).map(|(_, act)| *act);
        acts.collect::<Vec<Act>>()
    };
    let read = |path: &RepoPath| on(&Target::Text(path.clone())).contains(&Act::Read);
    let drawn = on(&Target::Unflagged).into_iter().filter_map(|act| match act {
        Act::Sample { n, .. } => Some(n),
        _ => None,
    });
    let mut drawn: Vec<u32> = drawn.collect();
    drawn.sort_unstable();
    (session.files().iter().map(|file| read(&file.path)).collect(), drawn)
}

fn reading(session: &Session) -> (Vec<bool>, Vec<u32>) {
    let read = (0..session.files().len()).map(|i| session.was_read(i) == Read::Yes);
    let mut drawn: Vec<u32> = session.file_samples().iter().map(|sample| sample.n).collect();
    drawn.sort_unstable();
    (read.collect(), drawn)
}

/// Whether each value is known to be rotated, or never live: somebody says so, and nobody has said
/// after that that it is not; worked out without the program.
fn expected_rotation(session: &Session, votes: &[Vote]) -> Vec<bool> {
    let safe = |value: &str| {
        let mut last: BTreeMap<&str, (i64, Act)> = BTreeMap::new();
        let about = votes.iter().filter(|vote| vote.target == Target::Rotation(value.into()));
        for vote in about {
            let known = last.entry(&vote.by).or_insert((vote.at, vote.act));
            *known = (*known).max((vote.at, vote.act));
        }
        let at = |of: &dyn Fn(Rotated) -> bool| {
            let fits = |(_, act): &&(i64, Act)| act.rotated().is_some_and(of);
            last.values().filter(fits).map(|(at, _)| *at).max()
        };
        let safe = at(&|said| matches!(said, Rotated::Yes | Rotated::NeverLive));
        safe.is_some() && safe > at(&|said| said == Rotated::No)
    };
    let values = session.findings().map(|(idx, _)| session.identity(idx).value.clone());
    values.map(|value| safe(&value)).collect()
}

fn rotation(session: &Session) -> Vec<bool> {
    let values = session.findings().map(|(idx, _)| session.identity(idx).value.clone());
    values.map(|value| session.rotation_state(&value).is_safe()).collect()
}

fn standing(session: &Session) -> Vec<Option<Verdict>> {
    session.findings().map(|(idx, _)| session.standing(idx).verdict).collect()
}

/// Has two reviewers begin from one checklist, and `join` their two files.
fn join_often(rounds: usize, join: &mut dyn FnMut(&[&str; 3]) -> String) {
    let mut dice = Dice::new();
    let mut clock = 1_000;
    // A review begins with one reviewer: its name and its key come from there.
    let key_id = Keyring::new([7; 32]).key_id();
    let empty = Checklist { review: "rr-test".into(), key_id, ..Checklist::default() };
    let mut base = close(empty, &common::session(Vec::new()));
    let (mut decided, mut marks, mut rotated) = (0, 0, 0);
    for round in 0..rounds {
        let mut clocks = [clock; 2];
        let ours = review(&base, "reviewer1@example.com", &mut dice, &mut clocks[0]);
        let theirs = review(&base, "reviewer2@example.com", &mut dice, &mut clocks[1]);
        let votes = |text: &str| open(text, "reviewer3@example.com").0.votes;
        let mut all = votes(&ours);
        all.extend(votes(&theirs));
        let merged = join(&[&base, &ours, &theirs]);
        let (checklist, both) = open(&merged, "reviewer3@example.com");
        assert_eq!(last_words(&checklist.votes), last_words(&all), "round {round}\n{merged}");
        assert_eq!(standing(&both), expected(&both, &all), "round {round}");
        assert_eq!(reading(&both), expected_reading(&both, &all), "round {round}");
        assert_eq!(rotation(&both), expected_rotation(&both, &all), "round {round}");
        rotated += rotation(&both).into_iter().filter(|safe| *safe).count();
        marks += reading(&both).0.into_iter().filter(|read| *read).count();
        decided += standing(&both).iter().flatten().count();
        // A save puts it back into order, and loses nothing.
        base = close(checklist, &both);
        assert_eq!(last_words(&votes(&base)), last_words(&all), "round {round}, saved");
        clock = clocks[0].max(clocks[1]) + 1;
    }
    assert!(decided > rounds, "hardly anything was decided");
    assert!(marks > rounds, "hardly anything was read");
    assert!(rotated > rounds, "hardly anything was rotated");
}

#[test]
fn a_union_merge_of_two_reviewers_is_never_wrong() {
    join_often(ROUNDS, &mut |sides| {
        let mut options = MergeFileOptions::new();
        let (merged, whole) = merge(sides, options.favor(git2::FileFavor::Union));
        assert!(whole);
        merged
    });
}

/// What the error about a conflict tells to do is right.
#[test]
fn a_conflict_ends_by_taking_its_marker_lines_out() {
    let mut conflicts = 0;
    join_often(ROUNDS, &mut |sides| {
        let (merged, whole) = merge(sides, &mut MergeFileOptions::new());
        if whole {
            return merged;
        }
        conflicts += 1;
        let error = Checklist::outline("x".as_ref(), &merged).expect_err("a conflict").to_string();
        let lines: Vec<&str> = merged.lines().collect();
        let first = lines.iter().position(|line| line.starts_with("<<<<<<<")).expect("a marker");
        let says = format!("x:{}: a merge that was not finished: take out the lines", first + 1);
        assert!(error.starts_with(&says), "{error}");
        let marker = |line: &&&str| {
            let mut marks = ["<<<<<<<", "=======", "|||||||", ">>>>>>>"].into_iter();
            marks.any(|mark| error.contains(mark) && line.starts_with(mark))
        };
        lines.iter().filter(|line| !marker(line)).map(|line| format!("{line}\n")).collect()
    });
    assert!(conflicts > 9, "only {conflicts} conflicts");
}

/// Merges base, ours and theirs, and says whether there was no conflict.
fn merge(sides: &[&str; 3], options: &mut MergeFileOptions) -> (String, bool) {
    // Nothing else here readies the library.
    drop(git2::Config::new());
    let [base, ours, theirs] = sides.map(|text| {
        let mut input = MergeFileInput::new();
        input.content(text.as_bytes());
        input
    });
    let merged = git2::merge_file(&base, &ours, &theirs, Some(options)).expect("a merge");
    let text = String::from_utf8(merged.content().to_vec()).expect("UTF-8");
    (text, merged.is_automergeable())
}

#[expect(clippy::disallowed_methods, reason = "the test is told how long it may take")]
fn often() -> usize {
    let asked = std::env::var("DEBUT_MERGE_ROUNDS").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(FEWER)
}

/// Git alone, without the settings of whoever runs the tests.
fn git(dir: &Path, args: &[&str]) -> bool {
    let mut git = Command::new("git");
    git.current_dir(dir).env_clear().env("PATH", "/usr/bin:/bin:/usr/local/bin").env("HOME", dir);
    git.args(["-c", "user.name=Reviewer", "-c", "user.email=reviewer@example.com"]);
    git.args(["-c", "core.autocrlf=false", "-c", "commit.gpgsign=false"]).args(args);
    git.output().is_ok_and(|done| done.status.success())
}

#[test]
fn the_git_program_merges_by_the_attributes_that_debut_writes() {
    let dir = tempfile::tempdir().expect("a folder");
    if !git(dir.path(), &["init", "-q"]) {
        // Where there is no program called git, the test above has to do.
        return;
    }
    let folder = dir.path().join(".debut");
    // The attributes are those that the program writes.
    let repo = common::Repo::with(&[("a.txt", b"a\n")]);
    drop(repo.review(Access::Write));
    fs::create_dir_all(&folder).expect("a folder");
    for name in [".gitattributes", ".gitignore"] {
        fs::copy(repo.path().join(".debut").join(name), folder.join(name)).expect("a copy");
    }
    join_often(often(), &mut |[base, ours, theirs]| {
        let commit = |text: &str, from: &[&str]| {
            assert!(git(dir.path(), &[&["checkout", "-q"], from].concat()), "{from:?}");
            fs::write(folder.join("checklist.toml"), text).expect("a file");
            assert!(git(dir.path(), &["add", "-A"]));
            assert!(git(dir.path(), &["commit", "-qm", "Decide", "--allow-empty"]));
        };
        commit(base, &["-B", "base"]);
        commit(ours, &["-B", "ours", "base"]);
        commit(theirs, &["-B", "theirs", "base"]);
        assert!(git(dir.path(), &["merge", "-q", "-m", "Join", "ours"]), "a conflict");
        fs::read_to_string(folder.join("checklist.toml")).expect("the merged file")
    });
}
