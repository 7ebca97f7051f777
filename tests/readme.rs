// SPDX-License-Identifier: MIT OR Apache-2.0
//! The README's screen is drawn by the program. `UPDATE_README=1 cargo test --test readme`
//! draws it anew.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use common::{Repo, github_token};
use debut::{
    ops::{Access, Effect, Event, Host, Review},
    tui::{Keys, Model, Msg, Options, Theme, update, view},
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    crossterm::event::{KeyCode, KeyEvent, KeyModifiers},
};

const MARK: &str = "<!-- screen: drawn by the program, checked by tests/readme.rs -->\n";
const SIZE: (u16, u16) = (100, 24);

/// A review on a screen of its own, without a terminal.
struct Stage {
    model: Model,
    host: Host,
}

impl Stage {
    fn new(repo: &Repo) -> Self {
        let review = Review::open(&repo.options(), Access::Write).expect("a review");
        let (host, session) = Host::start(review, 1);
        let options = Options {
            theme: Theme::new(false, false),
            keys: Keys::default(),
            read_only: None,
            mouse: false,
            filter: String::new(),
            size: SIZE,
        };
        Self { model: Model::new(session, options), host }
    }

    fn send(&mut self, msg: Msg) {
        let mut messages = vec![msg];
        while let Some(msg) = messages.pop() {
            for effect in update(&mut self.model, msg, 1_767_225_600_000) {
                let answer = match effect {
                    Effect::Quit => None,
                    effect => self.host.perform(effect, self.model.session()),
                };
                messages.extend(answer.map(Msg::Event));
            }
        }
    }

    /// Takes events in until one is `wanted`.
    fn wait(&mut self, wanted: impl Fn(&Event) -> bool) {
        let start = Instant::now();
        loop {
            for event in self.host.poll(usize::MAX) {
                let found = wanted(&event);
                self.send(Msg::Event(event));
                if found {
                    return;
                }
            }
            assert!(start.elapsed() < Duration::from_secs(30), "the event never came");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn press(&mut self, code: KeyCode) {
        self.send(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }

    fn draw(&mut self) -> String {
        // A frame that shows a place for the first time counts it, and the next one says so.
        self.model.drawn();
        let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).expect("a terminal");
        terminal.draw(|frame| view(&self.model, frame)).expect("a frame");
        let buffer = terminal.backend().buffer();
        let row = |y: u16| -> String { (0..SIZE.0).map(|x| buffer[(x, y)].symbol()).collect() };
        (0..SIZE.1).map(|y| format!("{}\n", row(y).trim_end())).collect()
    }
}

fn repo() -> Repo {
    let deploy = format!(
        "service: web\nregistry: registry.corp.internal/web\ndatabase: db1.prod.internal\n\
         deploy_token: {}\nreplicas: 3\n",
        github_token(7)
    );
    let ci = format!("steps:\n  - run: ./deploy\n    env:\n      TOKEN: {}\n", github_token(7));
    Repo::with(&[
        ("LICENSE", include_bytes!("../LICENSE-MIT")),
        ("README.md", b"# Acme core\n"),
        ("deploy/production.yml", deploy.as_bytes()),
        (".ci/pipeline.yml", ci.as_bytes()),
        (
            "roles/web/tasks/main.yml",
            b"- name: start\n  command: curl http://db2.prod.internal:8080/\n",
        ),
    ])
}

fn screen() -> String {
    let repo = repo();
    let mut stage = Stage::new(&repo);
    stage.wait(|event| matches!(event, Event::Scanned(_)));
    stage.press(KeyCode::Char('2'));
    // First plain, then with its colours.
    stage.wait(|event| matches!(event, Event::File { .. }));
    let folder = repo.path().file_name().expect("a name").to_string_lossy().into_owned();
    let drawn = stage.draw();
    // The folder's random name is the one thing that changes from run to run.
    let (head, rest) = drawn.split_once('\n').expect("lines");
    let head = head.replacen(&folder, "acme-core", 1);
    assert!(head.contains("acme-core"), "{head}");
    format!("{}\n{rest}", squeeze(&head))
}

/// Folds runs of blanks: their number depends on the length of the folder's name.
fn squeeze(line: &str) -> String {
    let words: Vec<&str> = line.split("   ").filter(|part| !part.trim().is_empty()).collect();
    words.iter().map(|word| word.trim_end()).collect::<Vec<_>>().join("    ")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how the picture is drawn anew")]
fn the_screen_in_the_readme_is_the_programs_own() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).expect("the README");
    let (before, rest) = readme.split_once(MARK).expect("the mark in the README");
    let (_, after) = rest.split_once("\n```\n").expect("the end of the block");
    let fresh = format!("{before}{MARK}```text\n{}```\n{after}", screen());
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, fresh).expect("the README");
        return;
    }
    assert!(fresh == readme, "draw it anew with UPDATE_README=1; now it is\n{}", screen());
}
