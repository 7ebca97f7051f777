// SPDX-License-Identifier: MIT OR Apache-2.0
//! Answering for the organisation's words while the screen is open: what goes to disk, and what is
//! scanned again.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use std::{
    fs,
    time::{Duration, Instant},
};

use common::Repo;
use debut::{
    domain::{Word, WordKind},
    ops::{Access, Effect, Event, Host, Review},
    review::Session,
};

/// Long enough for a loaded machine; nothing waits this long when all is well.
const PATIENCE: Duration = Duration::from_secs(60);

/// Hosts of one domain in files enough to be sure that it is the organisation's, and a name that
/// only a person knows to be secret.
fn repo() -> Repo {
    let files: Vec<(String, String)> = (1..=9)
        .map(|n| {
            let kinds = ["app", "cache", "queue"];
            let hosts = kinds.map(|kind| format!("- {kind}0{n}.lon1.zeppelin.example.io\n"));
            (format!("hosts/{n}.yml"), format!("# Blue Finch {n}\n{}", hosts.concat()))
        })
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    Repo::with(&files)
}

struct Desk {
    host: Host,
    session: Session,
    learned: Vec<Word>,
    agains: usize,
}

impl Desk {
    fn open(repo: &Repo, access: Access) -> Self {
        let review = Review::open(&repo.options(), access).expect("a review");
        let (host, session) = Host::start(review, 2);
        let mut desk = Self { host, session, learned: Vec::new(), agains: 0 };
        desk.scan();
        desk
    }

    /// Takes in what happens until the scan is over.
    fn scan(&mut self) {
        let start = Instant::now();
        loop {
            assert!(start.elapsed() < PATIENCE, "the scan does not end");
            for event in self.host.poll(100) {
                match event {
                    Event::Found(found) => found.into_iter().for_each(|new| {
                        self.session.add(new);
                    }),
                    Event::Learned(words) => self.learned = words.to_vec(),
                    Event::Again => {
                        self.agains += 1;
                        self.session = self.session.anew();
                    }
                    Event::ScanFailed(why) => assert_eq!(why, "", "the scan failed"),
                    Event::Scanned(paths) => {
                        self.session.settle(&paths);
                        return;
                    }
                    _ => {}
                }
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn answer(&mut self, before: &[Word], after: &[Word]) -> Result<Vec<Word>, String> {
        let (before, after) = (before.to_vec(), after.to_vec());
        let effect = Effect::AnswerWords { before, after };
        let event = self.host.perform(effect, &self.session);
        let Some(Event::Answered(answer)) = event else { return Err("no answer".into()) };
        answer.map(|words| words.to_vec())
    }

    fn found(&self, rule: &str) -> usize {
        let of = |idx| self.session.info(self.session.group_of(idx)).name() == rule;
        self.session.findings().filter(|(idx, _)| of(*idx)).count()
    }
}

fn added(kind: WordKind, text: &str) -> Word {
    let (text, by) = (text.to_owned(), Some("reviewer1@example.com".to_owned()));
    Word { kind, text, keep: true, seen: String::new(), by, at: Some(1) }
}

fn written(repo: &Repo) -> String {
    fs::read_to_string(repo.path().join(".debut/words.toml")).unwrap_or_default()
}

#[test]
fn only_other_words_are_scanned_for_again() {
    let repo = repo();
    let mut desk = Desk::open(&repo, Access::Write);
    let learned = desk.learned.clone();
    assert_eq!(learned[0].text, "example.io", "{learned:?}");
    let hosts = desk.found("org-host");
    assert!(hosts >= 27, "{hosts}");
    // As they were learned: nothing new is looked for.
    let by = Some("reviewer1@example.com".to_owned());
    let kept: Vec<Word> =
        learned.iter().map(|w| Word { by: by.clone(), at: Some(1), ..w.clone() }).collect();
    let words = desk.answer(&learned, &kept).expect("written");
    assert!(written(&repo).contains("word = \"example.io\", keep = true"), "{}", written(&repo));
    // A name of one's own.
    let mut more = words.clone();
    more.push(added(WordKind::CodeName, "blue finch"));
    let words = desk.answer(&words, &more).expect("written");
    desk.scan();
    assert_eq!((desk.agains, desk.found("code-name"), desk.found("org-host")), (1, 9, hosts));
    // What no word explains any more is gone.
    let mut fewer = words.clone();
    fewer.iter_mut().for_each(|word| word.keep &= word.kind == WordKind::CodeName);
    desk.answer(&words, &fewer).expect("written");
    desk.scan();
    assert_eq!((desk.agains, desk.found("code-name"), desk.found("org-host")), (2, 9, 0));
}

#[test]
fn what_others_wrote_meanwhile_is_taken_in() {
    let repo = repo();
    let mut desk = Desk::open(&repo, Access::Write);
    let theirs =
        "schema = 1\nwords = [\n  { kind = \"ticket-key\", word = \"OPS\", keep = true },\n]\n";
    fs::write(repo.path().join(".debut/words.toml"), theirs).expect("a file");
    let ours = added(WordKind::Suffix, "wan");
    let words = desk.answer(&[], std::slice::from_ref(&ours)).expect("written");
    let kinds: Vec<&str> = words.iter().map(|word| &*word.text).collect();
    assert_eq!(kinds, ["OPS", "wan"]);
    let text = written(&repo);
    assert!(text.contains("\"OPS\"") && text.contains("\"wan\""), "{text}");
    // A file that can't be read is not written over, and nothing of it is lost.
    fs::write(repo.path().join(".debut/words.toml"), "schema = 1\nwords = [ 3 ]\n")
        .expect("a file");
    let why = desk.answer(&words, &[]).expect_err("refused");
    assert!(why.contains("words.toml:2:"), "{why}");
    assert_eq!(written(&repo), "schema = 1\nwords = [ 3 ]\n");
}

#[test]
fn what_was_edited_by_hand_is_read_again() {
    let repo = repo();
    let mut desk = Desk::open(&repo, Access::Write);
    let read = |desk: &mut Desk| desk.host.perform(Effect::ReadWords, &desk.session);
    assert!(read(&mut desk).is_none(), "nobody has answered");
    let ours = added(WordKind::Suffix, "wan");
    desk.answer(&[], std::slice::from_ref(&ours)).expect("written");
    desk.scan();
    assert!(read(&mut desk).is_none(), "these are known");
    let text = written(&repo)
        .replace("\n]", "\n  { kind = \"code-name\", word = \"blue finch\", keep = true },\n]");
    fs::write(repo.path().join(".debut/words.toml"), text).expect("a file");
    let Some(Event::Reread(Ok(words))) = read(&mut desk) else { panic!("others") };
    assert!(words.iter().any(|word| word.text == "blue finch"), "{words:?}");
    desk.scan();
    assert_eq!((desk.agains, desk.found("code-name")), (2, 9));
    assert!(read(&mut desk).is_none(), "these are known");
    fs::write(repo.path().join(".debut/words.toml"), "schema = 1\nwords = [ 3 ]\n")
        .expect("a file");
    let Some(Event::Reread(Err(why))) = read(&mut desk) else { panic!("broken") };
    assert!(why.contains("words.toml:2:"), "{why}");
}

#[test]
fn more_words_than_can_be_read_back_are_not_written() {
    let repo = repo();
    let mut desk = Desk::open(&repo, Access::Write);
    let many: Vec<Word> = (0..5_001).map(|n| added(WordKind::Name, &format!("name-{n}"))).collect();
    let why = desk.answer(&[], &many).expect_err("refused");
    assert!(why.contains("more than 5000 words"), "{why}");
    let by = Some("a\u{7}b".to_owned());
    let odd = [Word { by, ..added(WordKind::Name, "zeppelin") }];
    let why = desk.answer(&[], &odd).expect_err("refused");
    assert!(why.contains("one line of at most"), "{why}");
    assert_eq!(written(&repo), "");
}

#[test]
fn who_may_only_look_writes_nothing() {
    let repo = repo();
    let mut desk = Desk::open(&repo, Access::Read);
    let why = desk.answer(&[], &[added(WordKind::Suffix, "wan")]).expect_err("refused");
    assert!(why.contains("read-only"), "{why}");
    assert!(!repo.path().join(".debut/words.toml").exists());
}

#[test]
fn words_are_learned_where_a_scan_is_remembered() {
    let repo = repo();
    let mut desk = Desk::open(&repo, Access::Write);
    assert!(desk.host.perform(Effect::LearnWords, &desk.session).is_none());
    let start = Instant::now();
    let learned = std::mem::take(&mut desk.learned);
    while desk.learned.is_empty() {
        assert!(start.elapsed() < PATIENCE, "nothing is learned");
        for event in desk.host.poll(100) {
            if let Event::Learned(words) = event {
                desk.learned = words.to_vec();
            }
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(desk.learned, learned);
}
