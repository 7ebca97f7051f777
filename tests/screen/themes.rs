// SPDX-License-Identifier: MIT OR Apache-2.0
//! Every theme of the program on the two screens where most roles are seen.

use debut::tui::Theme;

use crate::harness::{World, text_of};

const MEDIUM: (u16, u16) = (100, 30);
/// Verdicts of all kinds, so that every role of a verdict is on screen.
const DECIDED: &str = "2 a x s r Home j";

fn world(theme: Theme, script: &str) -> World {
    let mut world = World::scanned(theme, MEDIUM);
    world.press(script);
    world
}

#[test]
fn dashboard_and_walk_of_every_theme() {
    for name in Theme::names() {
        let theme = Theme::builtin(name, false).expect("a theme of the program");
        insta::assert_snapshot!(format!("dashboard_{name}"), world(theme, "j").snapshot());
        insta::assert_snapshot!(format!("walk_{name}"), world(theme, DECIDED).snapshot());
    }
}

#[test]
fn a_theme_changes_no_letter() {
    // Nothing is said by colour alone: without any style, the same can be read.
    let scripts = ["", DECIDED, "2 Tab", "2 p", "5 j", "2 ?", "2 A", "2 f", "2 c note"];
    for script in scripts {
        let dark = text_of(&world(Theme::new(true, false), script).buffer());
        for name in Theme::names() {
            let theme = Theme::builtin(name, false).expect("a theme of the program");
            assert_eq!(text_of(&world(theme, script).buffer()), dark, "{name}: {script}");
        }
    }
}

#[test]
fn the_theme_of_no_colour_has_none() {
    let theme = Theme::builtin("mono", false).expect("a theme of the program");
    assert_eq!(theme, Theme::new(false, false));
    assert!(!theme.has_colour());
    assert!(Theme::builtin("nothing", false).is_none());
}
