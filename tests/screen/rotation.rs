// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether redacted credentials were rotated: the question that stays open, and its answers.

use debut::{
    domain::{Act, Rotated, Target},
    ops::{Event, SourceInfo},
    tui::{Screen, Theme},
};

use crate::{
    fixture::SECRETS,
    harness::{World, options},
};

const SIZE: (u16, u16) = (120, 40);

/// The little repository, whose history is published too if `history` says so.
fn world(theme: Theme, size: (u16, u16), history: bool) -> World {
    let mut world = World::empty(theme, size, Vec::new());
    if history {
        let name = "acme-core".into();
        let source = SourceInfo { name, history, ..SourceInfo::default() };
        world.event(Event::Started { source, resume: None });
    }
    let found = crate::fixture::findings(world.model.session().rules());
    world.event(Event::Found(found));
    world.finish();
    world
}

fn mono(history: bool) -> World {
    world(Theme::new(false, false), SIZE, history)
}

/// All three credentials are redacted.
fn redacted(theme: Theme, size: (u16, u16), history: bool) -> World {
    let mut world = world(theme, size, history);
    world.press("2 gv Home");
    for filter in ["aws-access", "password-assign"] {
        world.press(&format!("/{filter} Enter Home r"));
        world.press(if filter == "aws-access" { "Esc" } else { "r Esc" });
    }
    assert_eq!(world.model.counts().rotation.asked, 3, "{}", world.text());
    world
}

fn said(world: &World) -> Vec<Act> {
    let steps = world.journal.iter().flat_map(|step| &step.votes);
    let of = steps.filter(|vote| matches!(vote.target, Target::Rotation(_)));
    of.map(|vote| vote.act).collect()
}

#[test]
fn a_redaction_asks_and_goes_on() {
    let mut world = mono(true);
    world.press("2 /aws-access Enter Home");
    assert!(!world.text().contains("rotated?"), "{}", world.text());
    world.press("r");
    let text = world.text();
    assert!(!world.model.has_overlay(), "the flow is not broken");
    assert!(text.contains("rotated? o answers"), "{text}");
    world.press("Home");
    let text = world.text();
    for part in ["▨ rotate?", " rotated? not answered  o answers", "o rotated?"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    // What to do stands beside the question, and only there.
    assert_eq!(text.matches("Rotate the key in IAM first").count(), 1, "{text}");
    assert!(!text.contains("What to do"), "{text}");
}

#[test]
fn a_letter_answers_and_nothing_else_does() {
    let mut world = mono(true);
    world.press("2 /aws-access Enter Home r Home o");
    let text = world.text();
    assert!(text.contains("Rotated?") && text.contains("letter answer"), "{text}");
    assert!(text.contains("Rotate the key in IAM first"), "what to do: {text}");
    world.press("Enter j Down Enter");
    assert!(world.text().contains("Enter never decides"), "{}", world.text());
    assert!(said(&world).is_empty() && world.model.has_overlay());
    world.press("Esc");
    assert!(said(&world).is_empty());
}

#[test]
fn an_answer_takes_the_note_along_and_is_undone() {
    let mut world = mono(true);
    world.press("2 /aws-access Enter Home r Home c told-the-owners Enter o n");
    assert_eq!(said(&world), [Act::Rotate(Rotated::No)]);
    let last = world.journal.last().expect("a step");
    assert_eq!(last.votes[0].note.as_deref(), Some("told-the-owners"));
    let text = world.text();
    assert!(text.contains("not-rotated: 1 credential"), "{text}");
    assert!(text.contains("not rotated yet") && text.contains("by ana on 2023-11-14"), "{text}");
    assert!(text.contains("told-the-owners") && text.contains("▨ rotate?"), "{text}");
    world.press("o y");
    let text = world.text();
    assert!(text.contains("▨ redact") && !text.contains("▨ rotate?"), "{text}");
    assert!(!text.contains("told-the-owners"), "the note went with the first: {text}");
    world.press("u");
    assert!(world.text().contains("▨ rotate?"), "{}", world.text());
    assert!(world.text().contains("undo: back to not-rotated"), "{}", world.text());
    world.press("U");
    assert_eq!(said(&world).last(), Some(&Act::Rotate(Rotated::Yes)));
    assert!(!world.text().contains("▨ rotate?"), "{}", world.text());
    // One's own answer can be taken back.
    world.press("o -");
    assert_eq!(said(&world).last(), Some(&Act::Withdraw));
    assert!(world.text().contains("answer taken back: 1 credential"), "{}", world.text());
    assert_eq!(world.model.counts().rotation.open, 1);
}

#[test]
fn all_that_wait_are_walked_through_in_one_go() {
    let mut world = redacted(Theme::new(false, false), SIZE, true);
    world.press("fk");
    let text = world.text();
    assert!(text.contains("not rotated") && text.contains("3 to rotate"), "{text}");
    world.press("Home");
    assert_eq!(world.model.cursor(), (0, 3));
    world.press("n");
    assert_eq!(world.model.cursor().0, 1, "n goes to the next one that waits");
    world.press("Home o y");
    assert_eq!(world.model.cursor().0, 1, "and so does an answer");
    world.press("o k");
    assert_eq!(world.model.cursor().0, 2);
    world.press("o l");
    let text = world.text();
    assert_eq!(world.model.cursor().0, 1, "not known waits still: {text}");
    world.press("o y");
    let text = world.text();
    assert!(text.contains("no credential waits any more; 5: readiness"), "{text}");
    assert_eq!(world.model.counts().rotation.blocking, 0);
    assert_eq!(
        said(&world),
        [Rotated::Yes, Rotated::Unknown, Rotated::NeverLive, Rotated::Yes].map(Act::Rotate)
    );
}

#[test]
fn that_many_open_nothing_needs_their_number() {
    let mut world = redacted(Theme::new(false, false), SIZE, true);
    world.press("O");
    assert!(world.text().contains("Rotated? 3 credentials"), "{}", world.text());
    world.press("y");
    let text = world.text();
    assert!(text.contains("Type 3 to say of all 3 credentials: rotated"), "{text}");
    world.press("2 Enter y");
    assert!(said(&world).is_empty());
    world.press("Esc");
    assert!(!world.model.has_overlay() && said(&world).is_empty());
    world.press("O y 3");
    assert_eq!(said(&world), [Act::Rotate(Rotated::Yes); 3]);
    assert_eq!(world.journal.last().map(|step| step.votes.len()), Some(3), "one step");
    world.press("u");
    assert!(world.text().contains("undo: rotated not answered: 3 credentials"), "{}", world.text());
    assert_eq!(world.model.counts().rotation.open, 3);
    // That they are not rotated gives nothing away.
    world.press("O n");
    assert_eq!(world.model.counts().rotation.not_rotated, 3);
}

#[test]
fn marks_and_head_rows_are_answered_for_together() {
    let mut world = redacted(Theme::new(false, false), SIZE, true);
    world.press("gr /password-assign Enter Home o");
    assert!(world.text().contains("Rotated? 2 credentials"), "{}", world.text());
    world.press("l 2");
    assert_eq!(world.model.counts().rotation.never_live, 2);
    world.press("u Esc gv /aws Enter Home Space o");
    assert!(world.text().contains("Rotated?"), "{}", world.text());
    world.press("y");
    let rotation = world.model.counts().rotation;
    assert_eq!((rotation.rotated, rotation.open), (1, 2));
}

#[test]
fn where_there_is_no_credential_nothing_is_asked() {
    let mut world = mono(true);
    world.press("2 /db1 Enter Home r Home o");
    assert!(world.text().contains("no credential here"), "{}", world.text());
    world.press("Esc O");
    assert!(world.text().contains("no credential that is shown must be rotated"));
    assert!(!world.model.has_overlay() && said(&world).is_empty());
    // What is not decided yet can be answered for all the same.
    world.press("/aws Enter Home o l");
    assert_eq!(said(&world), [Act::Rotate(Rotated::NeverLive)]);
    assert_eq!(world.model.counts().rotation.asked, 0);
    world.press("r");
    assert_eq!(world.model.counts().rotation.never_live, 1, "and no question comes up");
}

#[test]
fn dashboard_and_readiness_lead_there() {
    let mut world = redacted(Theme::new(false, false), SIZE, true);
    world.press("1");
    let text = world.text();
    assert!(
        text.contains("Rotation              3 of 3 credentials to rotate, which blocks"),
        "{text}"
    );
    world.press("End Enter");
    assert_eq!((world.model.screen(), world.model.cursor()), (Screen::Walk, (0, 3)));
    world.press("5");
    let text = world.text();
    let line = "✗ 3 credentials to rotate: 3 not answered";
    assert!(text.contains(line), "{text}");
    // It is named first once everything else is decided.
    world.press("2 Esc gr Z Home");
    for _ in 0..5 {
        world.press("n r");
    }
    world.press("n a n a");
    assert_eq!(world.model.counts().total.unresolved(), 0, "{}", world.text());
    world.press("1 Home");
    let text = world.text();
    assert!(text.contains("Next: 3 credentials to rotate"), "{text}");
    world.press("Enter");
    assert!(world.text().contains("3 to rotate"), "{}", world.text());
    world.press("5");
    assert!(world.text().contains("not every credential is known to be rotated"));
}

#[test]
fn without_the_history_it_is_a_warning() {
    let mut world = redacted(Theme::new(false, false), SIZE, false);
    world.press("/aws Enter Home");
    let text = world.text();
    assert!(text.contains("▨ redact") && !text.contains("rotate?"), "rows stay quiet: {text}");
    assert!(text.contains(" rotated? not answered  o answers"), "{text}");
    world.press("5");
    let text = world.text();
    assert!(text.contains("A warning") && text.contains("○ 3 credentials to rotate"), "{text}");
    assert_eq!(world.model.counts().rotation.blocking, 0);
    // The history is scanned after all.
    let source = SourceInfo { history: true, ..SourceInfo::default() };
    world.event(Event::Started { source, resume: None });
    let found = crate::fixture::findings(world.model.session().rules());
    world.event(Event::Found(found));
    world.finish();
    assert_eq!(world.model.counts().rotation.blocking, 3);
}

#[test]
fn who_only_looks_gives_no_answer() {
    let theme = Theme::new(false, false);
    let world = redacted(theme, SIZE, true);
    let votes = world.model.session().votes().to_vec();
    let mut options = options(theme, SIZE);
    options.read_only = Some("ben is reviewing now".into());
    let session = debut::review::Session::new(crate::fixture::rules(), "ana", votes);
    let mut world = World::empty(theme, SIZE, Vec::new());
    world.model = debut::tui::Model::new(session, options);
    world.scan();
    world.press("2 /aws Enter Home o");
    assert!(!world.model.has_overlay(), "{}", world.text());
    assert!(said(&world).is_empty());
}

#[test]
fn pictures() {
    let shot = |name: &str, mut world: World, script: &str| {
        world.press(script);
        let text = world.snapshot();
        assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
        insta::assert_snapshot!(name, text);
    };
    let (mono, colour) = (Theme::new(false, false), Theme::new(true, false));
    let history = |theme, size| redacted(theme, size, true);
    shot("rotation_60_mono", history(mono, (60, 16)), "fk");
    shot("rotation_60_mono_detail", history(mono, (60, 16)), "fk Tab");
    shot("rotation_100_colour", history(colour, (100, 30)), "fk");
    shot("rotation_100_ascii", history(Theme::new(false, true), (100, 30)), "fk");
    shot("rotation_160_mono", history(mono, (160, 45)), "fk o n");
    shot("rotation_60_mono_menu", history(mono, (60, 16)), "fk o");
    shot("rotation_100_colour_menu", history(colour, (100, 30)), "fk o");
    shot("rotation_160_mono_count", history(mono, (160, 45)), "O y");
    shot("rotation_60_mono_dashboard", history(mono, (60, 16)), "1 End");
    shot("rotation_100_colour_readiness", history(colour, (100, 30)), "5");
}
