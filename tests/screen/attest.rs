// SPDX-License-Identifier: MIT OR Apache-2.0
//! The release checklist on the screen.

use std::sync::Arc;

use debut::{
    domain::{Act, Answer, Detector, Item, Template, Vote},
    ops::{Event, TreeFacts},
    review::AttestState,
    tui::{Msg, Screen, Theme},
};
use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::{
    fixture::{FILES, path},
    harness::{World, options},
};

const SIZE: (u16, u16) = (200, 40);

/// A short release checklist.
pub(crate) fn template() -> Template {
    let item = |id: &str, section, title: &str, required, hints: &[Detector]| Item {
        id: id.into(),
        section,
        title: title.into(),
        text: format!("What has to be true of {id} before anybody outside may read this."),
        required,
        source: "GitHub, Google".into(),
        hints: hints.to_vec(),
    };
    let rules = |glob: &str| Detector::Rules(glob.into());
    Template {
        sections: vec!["Decision".into(), "Internal references".into(), "After".into()],
        items: vec![
            item("legal", 0, "Legal agrees", true, &[]),
            item("ownership", 0, "All of it is ours", true, &[Detector::Authors]),
            item("export", 0, "Cryptography", true, &[Detector::Cryptography]),
            item("names", 1, "Hosts and people", true, &[rules("internal/*"), Detector::Binaries]),
            item("history", 1, "History kept or cut", false, &[Detector::History]),
            item("contact", 2, "Contact", false, &[Detector::Present(vec!["SECURITY".into()])]),
        ],
        ..Template::default()
    }
}

/// What a look at the little repository would say.
pub(crate) fn facts() -> TreeFacts {
    let files = FILES.iter().map(|(file, _)| path(file)).collect();
    TreeFacts {
        files,
        cryptography: vec![path("roles/db/files/seal.py"), path("roles/web/files/tls.py")],
        telemetry: Vec::new(),
        domains: vec!["corp.example.net".into()],
        people: 5,
        outside: vec![("contractor.example".into(), 2)],
    }
}

/// What somebody else says about the item of `vote`.
pub(crate) fn other_answer(vote: &Vote) -> Option<Vote> {
    let act = Act::Answer(Answer::No);
    let note = Some("no paper yet".into());
    Some(Vote { by: "ben".into(), act, note, at: vote.at + 1, ..vote.clone() })
}

fn asked() -> World {
    let mut world = World::asked(Theme::new(false, false), SIZE, Vec::new());
    world.press("6");
    world
}

fn state(world: &World, id: &str) -> AttestState {
    world.model.session().attest_state(id)
}

fn line(world: &World, part: &str) -> String {
    let text = world.text();
    text.lines().find(|line| line.contains(part)).unwrap_or_default().to_owned()
}

#[test]
fn an_answer_takes_one_key_is_recorded_first_and_goes_on() {
    let mut world = asked();
    world.press("Y");
    assert_eq!(state(&world, "legal"), AttestState::Answered(Answer::Yes));
    assert_eq!(world.journal.len(), 1);
    assert!(line(&world, "yes legal").contains("yes legal"), "{}", world.text());
    assert!(line(&world, " > ").contains("All of it is ours"), "{}", world.text());
    world.press("F n N");
    assert_eq!(state(&world, "ownership"), AttestState::Answered(Answer::No));
    let a = world.model.counts().attest;
    assert_eq!((a.items, a.blocking, a.refused, a.missing, a.open), (6, 3, 1, 2, 4));
}

#[test]
fn not_applicable_waits_for_a_note_and_no_key_but_its_own_answers() {
    let mut world = asked();
    world.press("O");
    assert!(world.journal.is_empty());
    assert!(world.text().contains("not applicable needs a note: say why, then O"));
    world.press("nothing-of-that-kind Enter");
    assert!(world.journal.is_empty(), "Enter keeps the note and decides nothing");
    assert!(world.text().contains("note kept"));
    world.press("O");
    assert_eq!(state(&world, "legal"), AttestState::Answered(Answer::NotApplicable));
    let note = world.model.session().answers("legal")[0].1.note.clone();
    assert_eq!(note.as_deref(), Some("nothing-of-that-kind"));
    // What moves, opens, closes or means something elsewhere writes nothing here.
    world.press("a r x s A R X = . y Space v t i p 6 j k G Home Enter Esc Tab } { l h n N ] [");
    assert_eq!(world.journal.len(), 1);
}

#[test]
fn note_link_and_name_go_with_the_answer() {
    let mut world = asked();
    world.press("c seen Enter L https://tracker/LEGAL-5 Enter W Counsel Enter");
    assert!(world.text().contains("link: https://tracker/LEGAL-5; name: Counsel"));
    world.press("Y k");
    let session = world.model.session();
    let (_, vote) = session.answers("legal")[0];
    let said = (vote.note.as_deref(), vote.to.as_deref(), vote.name.as_deref());
    assert_eq!(said, (Some("seen"), Some("https://tracker/LEGAL-5"), Some("Counsel")));
    assert!(world.text().contains("Counsel (by ana), 2023-11-14"), "{}", world.text());
    world.press("L two Space words Enter");
    assert!(world.text().contains("a link is one word"), "{}", world.text());
    world.press("c hunter2-Ceramic Enter");
    assert!(world.text().contains("it was not kept"), "{}", world.text());
    world.press("F");
    assert_eq!(world.model.session().answers("legal")[0].1.note, None);
}

#[test]
fn answers_are_undone_redone_and_withdrawn_from_anywhere() {
    let mut world = asked();
    world.press("Y F 1 u");
    assert_eq!(state(&world, "ownership"), AttestState::Open);
    assert!(world.text().contains("undo: open again ownership"), "{}", world.text());
    world.press("U 6 k");
    assert_eq!(state(&world, "ownership"), AttestState::Answered(Answer::No));
    world.press("Home -");
    assert_eq!(state(&world, "legal"), AttestState::Open);
    world.press("-");
    assert!(world.text().contains("no answer of yours here"), "{}", world.text());
    world.press("u");
    assert_eq!(state(&world, "legal"), AttestState::Answered(Answer::Yes));
}

#[test]
fn answers_typed_ahead_reach_only_what_was_on_screen() {
    let mut world = asked();
    world.typed_ahead("Y Y Y");
    assert_eq!(world.journal.len(), 1);
    assert!(world.text().contains("typed ahead: read this one first"));
}

#[test]
fn read_only_takes_no_answer() {
    let mut world = asked();
    let mut options = options(Theme::new(false, false), SIZE);
    options.read_only = Some("ben is reviewing now".into());
    let mut session = debut::review::Session::new(crate::fixture::rules(), "ana", Vec::new());
    session.ask(world.model.session().template().clone());
    world.model = debut::tui::Model::new(session, options);
    world.press("6 Y F c x Enter O -");
    assert!(world.journal.is_empty());
    assert!(world.text().contains("read only: ben is reviewing now"), "{}", world.text());
}

#[test]
fn a_failed_write_locks_the_answers() {
    let mut world = asked();
    world.broken = Some("/x/journal: disk full".into());
    world.press("Y F");
    assert_eq!(world.journal.len(), 1);
    assert!(world.text().contains("the last decision is not on disk"), "{}", world.text());
}

#[test]
fn hints_lead_to_findings_and_files() {
    let mut world = asked();
    world.press("j");
    assert!(line(&world, "2 of 5 authors").contains("not of corp.example.net"));
    world.press("j Enter Enter");
    assert_eq!(world.model.screen(), Screen::Attestations, "a list of files leads to no finding");
    world.press("e");
    assert_eq!(world.asked, ["edit roles/db/files/seal.py:1"]);
    world.press("Tab j Tab");
    assert!(line(&world, "Internal host name").contains("3 values, 3 open"), "{}", world.text());
    world.press("Enter");
    assert_eq!(world.model.screen(), Screen::Walk);
    assert_eq!(world.model.filter_text(), "internal/host-name");
    world.press("r 6");
    assert!(line(&world, "Internal host name").contains("3 values, 2 open"), "{}", world.text());
    world.press("G k k Tab } } Enter");
    assert_eq!(world.model.screen(), Screen::Walk);
    let row = line(&world, "Files not judged (");
    assert!(row.contains("> "), "{}", world.text());
}

#[test]
fn hints_come_in_when_the_commit_was_looked_at() {
    let mut world = asked();
    let source = debut::ops::SourceInfo { name: "acme-core".into(), ..Default::default() };
    world.event(Event::Started { source, resume: None });
    world.scan();
    world.press("6 Home j");
    assert!(world.text().contains("still being looked at"), "{}", world.text());
    assert_eq!(world.model.session().template().items.len(), 6, "asked again after a rescan");
    world.event(Event::Facts(Arc::new(facts())));
    assert!(!world.text().contains("still being looked at"), "{}", world.text());
}

#[test]
fn the_screen_opens_at_the_first_open_item_and_steps_back_pane_by_pane() {
    let mut world = asked();
    world.press("Y 1 j j j Enter");
    assert_eq!(world.model.screen(), Screen::Attestations);
    assert!(line(&world, " > ").contains("All of it is ours"));
    world.press("Enter Esc");
    assert_eq!(world.model.screen(), Screen::Attestations);
    world.press("Esc");
    assert_eq!(world.model.screen(), Screen::Dashboard);
    world.press("5 Down Down Down");
    assert!(world.text().contains("release checklist: 3 items open"), "{}", world.text());
}

#[test]
fn a_click_selects_and_decides_nothing() {
    let mut world = asked();
    let click = |column, row| {
        Msg::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column,
            row,
            modifiers: KeyModifiers::NONE,
        })
    };
    world.send(click(5, 4));
    assert!(line(&world, " > ").contains("Cryptography"), "{}", world.text());
    world.send(click(5, 1));
    assert!(line(&world, " > ").contains("Cryptography"), "a section's title is no item");
    world.send(click(100, 5));
    world.press("j");
    assert!(line(&world, " > ").contains("Cryptography"), "the pane has the keys");
    assert!(world.journal.is_empty());
}

#[test]
fn everything_answered_leaves_nothing_against_it() {
    let mut world = asked();
    world.press("Y Y Y Y Y Y");
    assert!(world.text().contains("every item is answered"), "{}", world.text());
    assert_eq!(world.model.counts().attest.blocking, 0);
    assert!(world.model.counts().attest.open == 0);
    world.press("n");
    assert!(world.text().contains("nothing else is open here"));
}

#[test]
fn texts_of_the_list_never_reach_the_terminal_as_they_are() {
    let mut world = asked();
    let mut template = (**world.model.session().template()).clone();
    template.items[0].title = "Legal\u{1b}[2J \u{202e}agrees hunter2-Ceramic".into();
    template.items[0].text = "Ask\u{9b}2J \u{1b}]0;x\u{7} about hunter2-Ceramic".into();
    template.sections[0] = "Decision\u{1b}[1m".into();
    template.file = Some("/x/\u{1b}[1m/attestations.toml".into());
    let mut session = debut::review::Session::new(crate::fixture::rules(), "ana", Vec::new());
    session.ask(Arc::new(template));
    world.model = debut::tui::Model::new(session, options(Theme::new(false, false), SIZE));
    world.scan();
    world.press("6");
    let text = world.text();
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text}");
    assert!(!text.contains('\u{202e}') && !text.contains("hunter2-Ceramic"), "{text}");
    assert!(text.contains("␛[2J"), "{text}");
}

#[test]
fn any_size_draws_and_the_cursor_stays_in_sight() {
    for width in [60, 61, 99, 100, 139, 140, 200] {
        for height in [16, 17, 24, 60] {
            let mut world = World::asked(Theme::new(false, false), (width, height), Vec::new());
            world.press("6");
            for key in ["", "G", "k", "Enter", "G", "Esc", "Home", "Y", "u", "Tab", "C-d"] {
                world.press(key);
                let list = world.text().contains(" > ");
                assert!(list || width < 100, "{width}x{height} after {key}\n{}", world.text());
            }
        }
    }
}
