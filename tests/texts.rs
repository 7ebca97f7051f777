// SPDX-License-Identifier: MIT OR Apache-2.0
//! Every text that the screen can ask for is the one in which the finding stands.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use common::{Repo, github_token};
use debut::{
    domain::{Finding, Layer, Metadata, Place, TextOf},
    ops::{Access, Effect, Event, FileText, Host, Reach, Review},
    review::Session,
};
use git2::Signature;

/// Long enough for a loaded machine; nothing waits this long when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

/// A repository with a token of its own in each place where one can stand.
fn repo() -> Repo {
    let line = |seed| format!("# a line\ntoken: {}\n", github_token(seed));
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(line(3).encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let repo = Repo::with(&[
        ("a.yml", line(1).as_bytes()),
        ("gone.yml", format!("# above\n{}", line(2)).as_bytes()),
        ("wide.txt", &wide),
    ]);
    repo.commit(&[("a.yml", format!("# new\n{}", line(4)).as_bytes()), ("wide.txt", b"\n")]);
    speak(&repo);
    repo
}

/// Adds what stands in no file: a message, people, a tag, a ref, a setting.
fn speak(repo: &Repo) {
    let git = &repo.git;
    let who = Signature::new("Author One", "author1.private@gmail.com", &git2::Time::new(9, 0));
    let who = who.expect("a signature");
    let head = git.head().and_then(|head| head.peel_to_commit()).expect("a commit");
    let message = format!("Change\n\nwas {}\n", github_token(5));
    let tree = head.tree().expect("a tree");
    let commit = git.commit(Some("HEAD"), &who, &who, &message, &tree, &[&head]);
    let commit = git.find_object(commit.expect("a commit"), None).expect("an object");
    git.tag("v1", &commit, &who, &format!("Tagged {}\n", github_token(6)), false).expect("a tag");
    let name = format!("refs/heads/fix/{}", github_token(7));
    git.reference(&name, commit.id(), false, "a ref").expect("a ref");
    let mut config = git.config().expect("a configuration");
    for seed in [8, 9] {
        let url = format!("https://app:{}@git.example.org/x.git", github_token(seed));
        config.set_multivar("remote.origin.pushurl", "^$", &url).expect("a setting");
    }
}

/// A host whose scan is over, and what was found.
fn scanned(repo: &Repo) -> (Host, Session) {
    let mut review = Review::open(&repo.options(), Access::Read).expect("a review");
    review.reach = Some(Reach::default());
    let (mut host, mut session) = Host::start(review, 2);
    let start = Instant::now();
    loop {
        assert!(start.elapsed() < PATIENCE, "the scan does not end");
        for event in host.poll(100) {
            match event {
                Event::Started { source, .. } => assert!(source.history),
                Event::Found(found) => found.into_iter().for_each(|new| {
                    session.add(new);
                }),
                Event::Scanned(_) => return (host, session),
                _ => {}
            }
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn load(
    host: &mut Host,
    session: &Session,
    of: &TextOf,
) -> Result<std::sync::Arc<FileText>, String> {
    host.perform(Effect::Load { generation: 1, of: of.clone() }, session);
    let start = Instant::now();
    loop {
        assert!(start.elapsed() < PATIENCE, "no text comes");
        for event in host.poll(100) {
            if let Event::File { of: loaded, text, .. } = event
                && loaded == *of
            {
                return text;
            }
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn each_finding_stands_in_its_text() {
    let repo = repo();
    let (mut host, session) = scanned(&repo);
    let mut kinds = HashSet::new();
    for (_, finding) in session.findings() {
        let Place::Span(span) = &finding.place else { continue };
        let text = load(&mut host, &session, &finding.text_of()).expect("a text");
        let value = finding.value.expose();
        let there = text.text.get(span.range()) == Some(value);
        // Values of one setting are scanned one by one and shown together.
        let several = Metadata::of(&finding.path) == Some(Metadata::Config)
            && memchr::memmem::find(&text.text, value).is_some();
        assert!(there || several, "{} {:?}", finding.path, finding.layer);
        kinds.insert((finding.layer.word(), Metadata::of(&finding.path)));
    }
    for kind in [
        ("tree", None),
        ("history", None),
        ("metadata", Some(Metadata::Messages)),
        ("metadata", Some(Metadata::Identities)),
        ("metadata", Some(Metadata::Refs)),
        ("metadata", Some(Metadata::Config)),
    ] {
        assert!(kinds.contains(&kind), "{kind:?} among {kinds:?}");
    }
    let past = |path: &str| {
        let is = |finding: &&Finding| {
            matches!(finding.layer, Layer::Past(_)) && finding.path.as_bytes() == path.as_bytes()
        };
        session.findings().any(|(_, finding)| is(&finding))
    };
    assert!(["a.yml", "gone.yml", "wide.txt"].iter().all(|path| past(path)));
}

#[test]
fn what_is_not_there_is_said_and_not_guessed() {
    let repo = repo();
    let (mut host, session) = scanned(&repo);
    let mut why = |path: Metadata, layer| {
        let of = TextOf { path: path.path(), layer };
        load(&mut host, &session, &of).err().unwrap_or_default()
    };
    let none = "0123456789".repeat(4);
    let words = "this object is not here any more";
    assert_eq!(why(Metadata::Messages, Layer::Object(none.as_str().into())), words);
    assert_eq!(why(Metadata::Unreachable, Layer::Past(none.into())), words);
    assert_eq!(why(Metadata::Messages, Layer::Object("no id".into())), words);
    let words = "this setting is not there any more";
    assert_eq!(why(Metadata::Config, Layer::Name("remote.gone.url".into())), words);
}
