// SPDX-License-Identifier: MIT OR Apache-2.0
//! Parts of one credential: shown with each other, decided and answered for together.

use debut::{
    domain::{Act, Rotated, Target, Verdict},
    ops::{Event, SourceInfo},
    review::Session,
    tui::Theme,
};

use crate::{
    fixture::{SECRETS, paired_rules},
    harness::World,
};

const SIZE: (u16, u16) = (120, 36);

/// The little repository, in which the password below a key id is its other half.
fn world(size: (u16, u16)) -> World {
    world_of(size, |_| true)
}

/// The same, of those files alone that `keep` names.
fn world_of(size: (u16, u16), keep: fn(&str) -> bool) -> World {
    let session = Session::new(paired_rules(), "ana", Vec::new());
    let mut world = World::of(session, Theme::new(false, false), size);
    let source = SourceInfo { name: "acme-core".into(), history: true, ..SourceInfo::default() };
    world.event(Event::Started { source, resume: None });
    let mut found = crate::fixture::findings(world.model.session().rules());
    found.retain(|one| keep(&one.finding.path.to_string()));
    world.event(Event::Found(found));
    world.finish();
    world
}

fn check(name: &str, size: (u16, u16), script: &str) {
    let mut world = world(size);
    world.press(script);
    assert!(SECRETS.iter().all(|value| !world.text().contains(value)), "{}", world.text());
    insta::assert_snapshot!(name, world.snapshot());
}

#[test]
fn parts_are_shown_with_each_other() {
    check("pairs_60_mono", (60, 16), "2 /aws-access Enter Home");
    check("pairs_60_mono_detail", (60, 16), "2 /aws-access Enter Home Tab");
    check("pairs_120_mono", SIZE, "2 gv Home");
    check("pairs_120_mono_decided", SIZE, "2 gv /aws-access Enter Home r Esc Home");
}

#[test]
fn one_key_decides_both_and_one_takes_both_back() {
    let mut world = world(SIZE);
    world.press("2 gv /aws-access Enter Home");
    let text = world.text();
    let with = "with: Password in configuration hu";
    assert!(text.contains(with) && text.contains("1 line below, decided"), "{text}");
    world.press("r");
    let redacted = |world: &World| {
        world.verdicts().iter().filter(|said| **said == Some(Verdict::Redact)).count()
    };
    let step = world.journal.last().expect("a step").clone();
    assert_eq!(step.told().len(), 5, "three places of the id, two of the password: {step:?}");
    assert_eq!(redacted(&world), 5, "{}", world.text());
    assert!(world.text().contains("redact 5 places"), "{}", world.text());
    world.press("u");
    assert_eq!(redacted(&world), 0, "{}", world.text());
}

#[test]
fn halves_that_stand_once_are_decided_together_too() {
    for pane in ["", "Tab "] {
        let mut world = world_of(SIZE, |path| path == "roles/web/templates/app.env.j2");
        world.press(&format!("2 gv /aws-access Enter Home {pane}r"));
        let text = world.text();
        assert!(text.contains("redact 2 places"), "{text}");
        let redacted = world.verdicts().iter().filter(|said| said.is_some()).count();
        assert_eq!(redacted, 2, "{text}");
        world.press("u");
        assert!(world.verdicts().iter().all(Option::is_none), "{}", world.text());
    }
    // Of a value with other places the pane decides the one it shows, and no more.
    let mut world = world(SIZE);
    world.press("2 gv /aws-access Enter Home Tab r");
    assert_eq!(world.verdicts().iter().flatten().count(), 1, "{}", world.text());
}

#[test]
fn rotation_is_asked_once() {
    let mut world = world(SIZE);
    world.press("2 gv /aws-access Enter Home r Home o");
    assert!(world.text().contains("Rotated? All its parts"), "{}", world.text());
    world.press("y");
    let votes = &world.journal.last().expect("a step").votes;
    assert_eq!(votes.len(), 2, "{votes:?}");
    let yes = Act::Rotate(Rotated::Yes);
    assert!(votes.iter().all(|v| matches!(v.target, Target::Rotation(_)) && v.act == yes));
    assert_eq!(world.model.counts().rotation.waiting(), 0, "{}", world.text());
}
