// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where the cursor stands after a key, and what stays in sight around it.

use debut::tui::{Screen, Theme};

use crate::harness::World;

fn walk(size: (u16, u16)) -> World {
    let mut world = World::scanned(Theme::new(false, false), size);
    world.press("2");
    world
}

/// The row under the cursor, without its sign.
fn row(world: &World) -> String {
    let text = world.text();
    let line = text.lines().find(|line| line.starts_with("> ")).unwrap_or_default();
    let line = line.split('│').next().unwrap_or_default();
    line.trim_start_matches("> ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn after_a_head_row_comes_the_next_head_row() {
    let mut world = walk((120, 40));
    world.press("gr Home r");
    assert!(row(&world).contains("sensitive/password-assignment"), "{}", world.text());
    world.press("r");
    assert!(row(&world).contains("licensing/missing-licence"), "{}", world.text());
    // A leaf is followed by a leaf, as before.
    world.press("j a");
    assert!(row(&world).contains("db1.corp"), "{}", world.text());
    // From the end back to what was left out above.
    world.press("End k k k k k r");
    assert!(row(&world).contains("internal/host-name"), "{}", world.text());
    assert!(world.text().contains("from the top again"), "{}", world.text());
}

#[test]
fn a_head_row_that_keeps_something_open_leads_into_itself() {
    let mut world = walk((120, 40));
    // Two of its three places were never on screen, and it blocks.
    world.press("gr Home a");
    assert!(world.text().contains("never on screen: 1"), "{}", world.text());
    world.press("2");
    assert!(row(&world).contains("AKE…321"), "{}", world.text());
}

#[test]
fn what_a_decision_elsewhere_left_open_is_not_left() {
    let mut world = walk((120, 40));
    // The first row has three places; the marks are on others.
    world.press("j j Space Space Home r");
    assert!(row(&world).contains("aws-acces"), "{}", world.text());
    assert!(world.text().contains("place 1/3"), "{}", world.text());
}

#[test]
fn the_cursor_keeps_rows_around_it() {
    let mut world = walk((120, 16));
    world.press("gf Home");
    let lines = |world: &World| {
        let text = world.text();
        let at = text.lines().position(|line| line.starts_with("> ")).unwrap_or_default();
        (at, text.lines().count())
    };
    for _ in 0..12 {
        world.press("j");
        let (at, all) = lines(&world);
        assert!(at + 3 < all - 2, "no row below the cursor\n{}", world.text());
    }
    for _ in 0..5 {
        world.press("N");
        assert!(lines(&world).0 > 3, "no row above the cursor\n{}", world.text());
    }
}

#[test]
fn the_head_above_the_first_open_row_is_seen() {
    let mut world = World::scanned(Theme::new(false, false), (120, 40));
    world.press("2 gr 1 Enter");
    assert!(row(&world).contains("AKE…321"), "{}", world.text());
    assert!(world.text().contains("sensitive/aws-access-key      "), "{}", world.text());
}

#[test]
fn all_heads_fold_with_one_key_and_are_decided_one_by_one() {
    let mut world = walk((120, 40));
    world.press("gr Z");
    assert!(row(&world).contains("sensitive/aws-access-key"), "{}", world.text());
    // Six rules, the head of the files that were not judged, and those.
    assert_eq!(world.model.cursor().1, 6 + 4, "{}", world.text());
    world.press("r");
    assert!(row(&world).contains("sensitive/password-assignment"), "{}", world.text());
    world.press("n");
    assert!(row(&world).contains("licensing/missing-licence"), "{}", world.text());
    world.press("Z");
    assert!(world.model.cursor().1 > 12, "{}", world.text());
    assert!(row(&world).contains("licensing/missing-licence"), "{}", world.text());
    world.press("gv Z");
    assert!(world.text().contains("nothing to fold"), "{}", world.text());
}

#[test]
fn stepping_back_drops_the_text_of_the_filter_before_the_facet() {
    let mut world = walk((120, 40));
    world.press("fi /db1 Enter Esc");
    assert!(world.text().contains("db3.corp"), "{}", world.text());
    assert!(!world.text().contains("hu…ic"), "the category stays: {}", world.text());
    world.press("Esc");
    assert!(world.text().contains("hu…ic"), "{}", world.text());
    assert_eq!(world.model.screen(), Screen::Walk);
}

#[test]
fn readiness_opens_on_a_line_that_leads_somewhere() {
    let mut world = World::asked(Theme::new(false, false), (120, 40), Vec::new());
    world.press("2 gr Z r r r r r r x x x");
    world.press("1 j j j j j j Enter");
    assert_eq!(world.model.screen(), Screen::Readiness, "{}", world.text());
    assert!(world.text().contains("\n > "), "{}", world.text());
}
