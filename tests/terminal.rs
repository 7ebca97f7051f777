// SPDX-License-Identifier: MIT OR Apache-2.0
//! The program in a real pseudo-terminal: how it starts, leaves, and leaves the terminal.

#![cfg(unix)]
#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;
#[path = "common/terminal.rs"]
mod pty;

use std::time::{Duration, Instant};

use common::{Repo, github_token};
use portable_pty::{CommandBuilder, PtySize};
use pty::{PATIENCE, Terminal, cells};

fn repo() -> Repo {
    let one = format!("token: {}\n", github_token(1));
    let two = format!("other: {}\nhost: db1.prod.internal\n", github_token(2));
    Repo::with(&[("a.yml", one.as_bytes()), ("b.yml", two.as_bytes())])
}

#[test]
fn starts_and_quits_without_a_trace() {
    let repo = repo();
    let mut terminal = Terminal::debut(&repo, 100, 30, &[]);
    terminal.wait_for("Sensitive");
    assert!(terminal.parser.screen().alternate_screen());
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();
}

#[test]
fn follows_the_size_of_the_terminal() {
    let repo = repo();
    let mut terminal = Terminal::debut(&repo, 100, 30, &[]);
    terminal.wait_for("Sensitive");
    for (cols, rows, wanted) in
        [(45, 9, "60x16 needed"), (60, 16, "Sensitive"), (160, 45, "Sensitive")]
    {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        terminal.parser.screen_mut().set_size(cells(rows), cells(cols));
        terminal.master.resize(size).expect("a resize");
        terminal.wait_for(wanted);
    }
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn no_colour_means_none_and_the_cursor_row_still_shows() {
    let repo = repo();
    let mut terminal = Terminal::debut(&repo, 100, 30, &[("NO_COLOR", "1")]);
    terminal.wait_for("Sensitive");
    terminal.press("2");
    terminal.wait_for("github-tok");
    let screen = terminal.parser.screen();
    let mut reversed = 0;
    for row in 0..30 {
        for col in 0..100 {
            let cell = screen.cell(row, col).expect("a cell");
            assert_eq!(cell.fgcolor(), vt100::Color::Default, "colour at {row}:{col}");
            assert_eq!(cell.bgcolor(), vt100::Color::Default, "colour at {row}:{col}");
            reversed += usize::from(cell.inverse());
        }
    }
    assert!(reversed >= 30, "only {reversed} cells are reversed");
    terminal.press("\x03");
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();
}

#[test]
fn the_users_configuration_rules_the_screen() {
    let repo = repo();
    let folder = repo.state.path().join("config/debut");
    std::fs::create_dir_all(folder.join("themes")).expect("a folder");
    let config = "theme = \"mine\"\nascii = true\nmouse = true\n[keys]\nback = [\"Q\"]\n";
    std::fs::write(folder.join("config.toml"), config).expect("a file");
    let theme = "bar = { fg = \"black\", bg = \"bright-green\" }\n";
    std::fs::write(folder.join("themes/mine.toml"), theme).expect("a file");
    let home = repo.state.path().join("config").display().to_string();
    let mut terminal = Terminal::debut(&repo, 100, 30, &[("XDG_CONFIG_HOME", &home)]);
    terminal.wait_for("Q leave");
    let screen = terminal.parser.screen();
    // Bright green.
    assert_eq!(screen.cell(0, 50).expect("a cell").bgcolor(), vt100::Color::Idx(10));
    assert_ne!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert!(terminal.text().is_ascii(), "{}", terminal.text());
    terminal.press("Q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();
}

#[test]
fn a_kill_loses_no_decision() {
    let repo = repo();
    let mut terminal = Terminal::debut(&repo, 100, 30, &[]);
    terminal.wait_for("Sensitive");
    terminal.press("2");
    terminal.wait_for("github-tok");
    terminal.press("r");
    // The frame that shows the verdict comes after the journal.
    terminal.wait_for("▨ redact");
    terminal.signal("-KILL");
    terminal.end();
    let mut again = Terminal::debut(&repo, 100, 30, &[]);
    again.wait_for("1 decision");
    again.press("2");
    again.wait_for("▨ redact");
    again.press("u");
    again.press("\x03");
    assert_eq!(again.end(), 0);
    let checklist = std::fs::read_to_string(repo.checklist()).expect("the checklist");
    assert!(checklist.contains("do = \"redact\"") && checklist.contains("do = \"withdraw\""));
}

#[test]
fn a_second_screen_takes_over_when_the_first_is_left() {
    let repo = repo();
    let mut first = Terminal::debut(&repo, 100, 30, &[]);
    first.wait_for("4 of 4 groups open");
    let mut second = Terminal::debut(&repo, 100, 30, &[]);
    second.wait_for("is reviewing now");
    second.press("2");
    second.wait_for("github-tok");
    second.press("r");
    second.wait_for("read only:");
    first.press("2");
    first.wait_for("github-tok");
    first.press("r");
    first.wait_for("3 of 4 groups open");
    // Others see what the journal alone has.
    let mut status = std::process::Command::new(env!("CARGO_BIN_EXE_debut"));
    status.arg("status").arg(repo.path()).env_clear().env("HOME", repo.state.path());
    let status = status.output().expect("the program").stdout;
    let status = String::from_utf8(status).expect("UTF-8");
    assert!(status.contains("1 decision kept"), "{status}");
    first.signal("-KILL");
    first.end();
    second.wait_for("you can decide now");
    second.wait_for("3 of 4 groups open");
    assert!(!second.text().contains("READ ONLY"), "{}", second.text());
    second.press("nr");
    second.wait_for("2 of 4 groups open");
    second.press("\x03");
    assert_eq!(second.end(), 0);
    let text = std::fs::read_to_string(repo.checklist()).expect("the checklist");
    assert_eq!(text.matches("do = \"redact\"").count(), 2, "{text}");
}

#[test]
fn sigterm_leaves_cleanly() {
    let repo = repo();
    let mut terminal = Terminal::debut(&repo, 100, 30, &[]);
    terminal.wait_for("Sensitive");
    terminal.signal("-TERM");
    terminal.end();
    terminal.assert_restored();
}

#[test]
fn a_closed_terminal_ends_the_program() {
    let repo = repo();
    let mut terminal = Terminal::debut(&repo, 100, 30, &[]);
    terminal.wait_for("Sensitive");
    let Terminal { master, writer, mut child, output, .. } = terminal;
    drop((master, writer, output));
    let start = Instant::now();
    while child.try_wait().expect("a status").is_none() {
        assert!(start.elapsed() < PATIENCE, "still running without a terminal");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn without_a_terminal_the_plain_commands_are_named() {
    let repo = repo();
    let mut terminal = Terminal::debut(&repo, 100, 30, &[("TERM", "dumb")]);
    assert_eq!(terminal.end(), 2);
    assert!(terminal.text().contains("debut status"), "{}", terminal.text());
}

/// Not a test of its own: what [`a_panic_gives_the_terminal_back`] runs in a terminal.
mod child {
    use debut::{
        ops::{Effect, Event},
        review::Session,
        tui::{self, Host, Keys, Model, Options, Theme},
    };

    pub(super) const VARIABLE: &str = "DEBUT_TEST_PANIC";

    struct Panics(u32);

    impl Host for Panics {
        fn perform(&mut self, _: Effect, _: &Session) -> Option<Event> {
            None
        }

        fn poll(&mut self, _: usize) -> Vec<Event> {
            self.0 += 1;
            assert!(self.0 < 10, "the-secret-in-the-panic");
            Vec::new()
        }
    }

    pub(super) fn run() {
        let options = Options {
            theme: Theme::new(true, false),
            keys: Keys::default(),
            read_only: None,
            mouse: true,
            filter: String::new(),
            size: (80, 24),
        };
        let model = Model::new(super::common::session(Vec::new()), options);
        let _ = tui::run(model, &mut Panics(0));
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test runs itself in a terminal")]
fn a_panic_gives_the_terminal_back() {
    if std::env::var_os(child::VARIABLE).is_some() {
        child::run();
        return;
    }
    let mut command = CommandBuilder::new(std::env::current_exe().expect("this test"));
    command.args(["--exact", "a_panic_gives_the_terminal_back", "--nocapture"]);
    command.env(child::VARIABLE, "1");
    command.env("TERM", "xterm-256color");
    let mut terminal = Terminal::start(command, 100, 30);
    assert_ne!(terminal.end(), 0);
    terminal.assert_restored();
    let raw = String::from_utf8_lossy(&terminal.raw).into_owned();
    assert!(raw.contains("Every decision is on disk"), "{raw}");
    assert!(!raw.contains("the-secret-in-the-panic"), "the panic's text was printed: {raw}");
}
