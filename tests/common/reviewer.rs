// SPDX-License-Identifier: MIT OR Apache-2.0
//! A reviewer at a terminal: sees the screen and nothing else, presses keys and nothing else, and
//! decides as a careful person would.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own part")]
#![allow(clippy::expect_used, reason = "a test may panic")]

use std::time::{Duration, Instant};

use crate::terminal::Terminal;

/// Columns and rows: wide enough for list and detail side by side.
pub const SIZE: (u16, u16) = (160, 45);
/// Longest answer to one key that is no failure.
const PATIENCE: Duration = Duration::from_secs(60);
/// A frame is whole when nothing came for so long.
const SILENCE: Duration = Duration::from_millis(8);

pub struct Reviewer {
    pub terminal: Terminal,
    /// Keys pressed so far.
    pub keys: usize,
    /// The slowest answers: how long, and what was pressed.
    pub slowest: Vec<(Duration, String)>,
    started: Instant,
    lines: Vec<String>,
    /// The same with styles, where the cursor of a field shows.
    styled: String,
}

impl Reviewer {
    /// Sits down and waits until the first frame is there.
    pub fn sit_down(terminal: Terminal) -> (Self, Duration) {
        let (started, lines, styled) = (Instant::now(), Vec::new(), String::new());
        let mut reviewer = Self { terminal, keys: 0, slowest: Vec::new(), started, lines, styled };
        reviewer.until(|lines| lines[0].contains("Dashboard"));
        let first = reviewer.started.elapsed();
        (reviewer, first)
    }

    /// Waits until the screen looks so, and its frame is whole.
    #[track_caller]
    pub fn until(&mut self, wanted: impl Fn(&[String]) -> bool) {
        let start = Instant::now();
        loop {
            self.look();
            if wanted(&self.lines) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "not what was waited for:\n{}", self.screen());
            self.terminal.take_in(Duration::from_millis(50));
        }
    }

    /// Takes in what comes until nothing comes any more.
    fn look(&mut self) {
        loop {
            let before = self.terminal.raw.len();
            self.terminal.take_in(SILENCE);
            if self.terminal.raw.len() == before {
                break;
            }
        }
        self.terminal.raw.clear();
        let (screen, (cols, _)) = (self.terminal.parser.screen(), SIZE);
        self.styled = screen.contents_formatted();
        self.lines = screen.rows(0, cols).collect();
    }

    /// Presses keys that go together and waits for the screen to answer.
    #[track_caller]
    pub fn press(&mut self, keys: &[&str]) {
        for key in keys {
            let (before, start) = (self.styled.clone(), Instant::now());
            self.keys += 1;
            self.terminal.press(key);
            while self.styled == before {
                assert!(start.elapsed() < PATIENCE, "no answer to {key:?}:\n{}", self.screen());
                self.terminal.take_in(Duration::from_millis(20));
                self.look();
            }
            let took = start.elapsed().saturating_sub(SILENCE);
            let head = self.lines[0].trim().chars().skip(10).take(40).collect::<String>();
            self.slowest.push((took, format!("{key:?} -> {head}")));
            self.slowest.sort_by_key(|(took, _)| std::cmp::Reverse(*took));
            self.slowest.truncate(8);
        }
    }

    /// Types text, a key for each character.
    #[track_caller]
    pub fn type_in(&mut self, text: &str) {
        for c in text.chars() {
            self.press(&[&c.to_string()]);
        }
    }

    pub fn screen(&self) -> String {
        self.lines.join("\n")
    }

    pub fn shows(&self, text: &str) -> bool {
        self.lines.iter().any(|line| line.contains(text))
    }

    /// The word after `text`, wherever it stands.
    fn after(&self, text: &str) -> Option<String> {
        let rest = self.lines.iter().find_map(|line| line.split_once(text))?.1;
        rest.split_whitespace().next().map(str::to_owned)
    }

    /// Types the number that the question asks for.
    #[track_caller]
    fn confirm(&mut self) {
        // On a busy machine the frame that answers the key may come in two parts.
        self.until(|lines| lines.iter().any(|line| line.contains("them all:")));
        let number = self.after("type ").expect("a question");
        self.type_in(&number);
        self.until(|lines| !lines.iter().any(|line| line.contains("them all:")));
    }

    /// A line of the detail pane.
    fn detail(&self, line: usize) -> &str {
        self.lines[line].rsplit('│').next().unwrap_or("").trim()
    }

    /// The row under the cursor.
    fn row(&self) -> Option<&str> {
        let rows = self.lines.iter().filter_map(|line| line.split('│').nth(1));
        rows.into_iter().find_map(|row| row.strip_prefix('>'))
    }

    /// What the header says is open.
    pub fn open(&self) -> usize {
        open_in(&self.lines)
    }

    // The policy.

    /// Accepts what is suggested because of where it stands, when the samples look like it.
    pub fn accept_suggestions(&mut self) {
        self.press(&["S"]);
        self.until(|lines| lines.iter().any(|line| line.contains("Suggestions, by reason")));
        while self.shows("Suggestions, by reason") {
            let at = self.lines.iter().position(|line| line.contains("│>")).expect("a cursor");
            let row = self.lines[at].clone();
            let good = (row.contains("directories of tests") && self.shows("tests/"))
                || (row.contains("vendored code") && self.shows("vendor/"))
                || (row.contains("example.com") && self.shows("docs/"));
            if !good {
                self.press(&["\x1b"]);
                return;
            }
            self.press(&["="]);
            self.confirm();
        }
    }

    /// Decides what is under the cursor, until nothing is open.
    pub fn walk(&mut self) {
        self.press(&["2", "z"]);
        while self.open() > 0 {
            let open = self.open();
            self.decide();
            self.until(|lines| open_in(lines) < open);
        }
    }

    fn decide(&mut self) {
        // The file is read on a worker; nobody decides before it is there.
        self.until(|lines| lines.iter().any(|line| line.contains('▶')));
        let row = self.row().expect("a row").to_owned();
        assert!(row.contains("open"), "not open: {row}\n{}", self.screen());
        let rule = self.detail(1).rsplit(' ').next().expect("a rule").to_owned();
        let path = self.detail(3).split(':').next().expect("a path").to_owned();
        let line = self.lines.iter().find(|line| line.contains('▶')).cloned().unwrap_or_default();
        match rule.as_str() {
            // A folder of private keys stays at home.
            "sensitive/private-key" if path.starts_with("keys/") => {
                self.press(&["X", "D"]);
                self.confirm();
            }
            // The password of an example, shown with a host of example.com in its line.
            "sensitive/url-password" if path.starts_with("docs/") => {
                assert!(line.contains("example.com"), "no example: {line}");
                self.press(&["A", "d"]);
                self.confirm();
            }
            // Rooms that strangers may join are named in the README anyway.
            "internal/chat-channel" if row.contains("#community-") => self.press(&["a"]),
            "internal/chat-channel" => self.press(&["r"]),
            // Everything else that is open is the house's own, wherever it stands.
            _ => self.press(&["R", "u"]),
        }
    }

    /// Looks at what was drawn from the batches.
    pub fn look_at_samples(&mut self) {
        self.press(&["f", "p"]);
        while self.shows(" to sample ") {
            self.until(|lines| lines.iter().any(|line| line.contains('▶')));
            let path = self.detail(3).split(':').next().expect("a path").to_owned();
            // A long path loses its head where the number of the place needs the room.
            let public = ["tests/", "vendor/", "docs/"].iter().any(|dir| path.starts_with(dir))
                || (path.starts_with('…') && path.contains("/github.com/upstream/"));
            assert!(public, "drawn, and inside: {path}\n{}", self.screen());
            let before = self.lines[self.lines.len() - 2].clone();
            self.press(&["a"]);
            self.until(|lines| lines[lines.len() - 2] != before);
        }
    }

    /// Answers every item of the release checklist; what is optional does not concern this one.
    pub fn attest(&mut self) {
        self.press(&["6"]);
        loop {
            // On a busy machine the screen comes later than the silence that is waited for.
            self.until(|lines| lines.iter().any(|line| line.starts_with(" >")));
            let here = self.lines.iter().find(|line| line.starts_with(" >")).expect("an item");
            let here = here.split('│').next().expect("a row").to_owned();
            if !here.contains("open") {
                return;
            }
            if here.contains("optional") {
                self.press(&["c"]);
                self.type_in("does not concern us");
                self.press(&["\r", "O"]);
            } else {
                self.press(&["Y"]);
            }
            self.until(|lines| !lines.iter().any(|line| line.starts_with(&here)));
        }
    }
}

fn open_in(lines: &[String]) -> usize {
    let words: Vec<&str> = lines[0].split_whitespace().collect();
    let of = words.windows(3).find(|w| w[1] == "of").expect("counts in the header");
    of[0].replace(',', "").parse().expect("a number")
}
