// SPDX-License-Identifier: MIT OR Apache-2.0
//! Two reviewers who differ, side by side on the screen.

use debut::{
    domain::{Origin, Verdict, Vote},
    tui::Theme,
};

use crate::harness::World;

/// The little repository after somebody else approved what this reviewer redacts.
fn world(theme: Theme, size: (u16, u16)) -> World {
    let mut first = World::scanned(theme, size);
    first.press("2 /db1 Enter Home r");
    let votes = first.model.session().votes().iter();
    let others = votes.enumerate().map(|(i, vote)| Vote {
        by: "bo@example.com".into(),
        act: debut::domain::Act::Give(Verdict::Approve),
        why: Some(debut::domain::Reason::AlreadyPublic),
        note: Some("listed on the status page".into()),
        at: vote.at + 1_000 + i as i64,
        ..vote.clone()
    });
    let votes = first.model.session().votes().iter().cloned().chain(others).collect();
    let mut both = World::empty(theme, size, votes);
    both.scan();
    both.press("2 /db1 Enter Home");
    both
}

fn mono(size: (u16, u16)) -> World {
    world(Theme::new(false, false), size)
}

#[test]
fn both_words_stand_beside_each_other() {
    let text = mono((120, 40)).text();
    for part in
        ["! differ", "reviewers differ", "! settles", "bo@example.com", "status page", "ana"]
    {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

#[test]
fn a_dispute_is_settled_by_a_letter_and_a_note() {
    let mut world = mono((120, 40));
    let before = world.model.counts().disputed;
    assert_eq!(before, 4);
    world.press("! a");
    assert!(world.text().contains("needs a note"), "{}", world.text());
    assert_eq!(world.model.counts().disputed, before, "a refusal changes nothing");
    world.press("c made-public-in-May Enter ! Enter Esc");
    assert_eq!(world.model.counts().disputed, before, "Enter and Esc decide nothing");
    world.press("! a");
    assert_eq!(world.model.counts().disputed, 0, "{}", world.text());
    let last = world.journal.last().expect("a step");
    assert!(last.votes.iter().all(|vote| vote.how == Some(Origin::Settled)));
    world.press("u");
    assert_eq!(world.model.counts().disputed, before, "undo brings the dispute back");
}

#[test]
fn the_dashboard_names_a_dispute_when_all_else_is_decided() {
    let mut world = mono((120, 40));
    // Everything that nobody has said anything about.
    world.press("Esc 1 2 gr Z Home");
    for _ in 0..8 {
        world.press("n r");
    }
    world.press("n x n x n x");
    let counts = world.model.counts();
    assert_eq!((counts.total.unresolved(), counts.total.differ), (0, 1), "{}", world.text());
    world.press("1");
    let text = world.text();
    assert!(text.contains("! 1 differ"), "{text}");
    assert!(text.contains("Next: 1 group on which reviewers differ"), "{text}");
    assert!(!text.contains("All "), "not everything is decided: {text}");
    world.press("Home j j Enter");
    assert!(world.text().contains("db1.corp") && world.text().contains("disputed"));
    assert_eq!(world.model.cursor().1, 1);
}

#[test]
fn where_all_agree_there_is_nothing_to_settle() {
    let mut world = World::mono((120, 40));
    world.press("2 !");
    assert!(world.text().contains("nothing to settle"), "{}", world.text());
    assert!(!world.model.has_overlay());
}

#[test]
fn pictures() {
    let shot = |name: &str, mut world: World, script: &str| {
        world.press(script);
        insta::assert_snapshot!(name, world.snapshot());
    };
    shot("dispute_60_mono", mono((60, 16)), "Tab");
    shot("dispute_60_mono_menu", mono((60, 16)), "!");
    shot("dispute_100_colour", world(Theme::new(true, false), (100, 30)), "");
    shot("dispute_160_mono_menu", mono((160, 45)), "!");
}
