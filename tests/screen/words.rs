// SPDX-License-Identifier: MIT OR Apache-2.0
//! What screens say: footers name what a key is about, and counts count what they name.

use debut::{
    domain::{Place, Severity},
    ops::Event,
    tui::{Msg, Theme},
};

use crate::{
    fixture::{find, path, rules},
    harness::World,
};

const SIZE: (u16, u16) = (120, 40);

fn theme() -> Theme {
    Theme::new(false, false)
}

fn footer(world: &World) -> String {
    world.text().lines().last().unwrap_or_default().to_owned()
}

#[test]
fn the_footer_says_what_a_verdict_is_about() {
    let mut world = World::scanned(theme(), SIZE);
    world.press("2");
    assert!(footer(&world).contains("a approve  r redact  x exclude"), "{}", footer(&world));
    // In the detail pane of a value with several places it is about one of them.
    world.press("Enter");
    assert!(footer(&world).contains("a approve place  r redact place  x exclude  s defer place"));
    world.send(Msg::Resize(60, 16));
    assert!(footer(&world).ends_with("a approve place  r redact"), "{}", footer(&world));
    world.send(Msg::Resize(SIZE.0, SIZE.1));
    world.press("Esc j j Enter");
    let text = footer(&world);
    assert!(text.contains("a approve  x"), "a missing licence has no text to replace: {text}");
    world.press("Esc j Enter");
    assert!(footer(&world).contains("a approve  r"), "one place only: {}", footer(&world));
    world.press("Esc gr Home");
    assert!(footer(&world).contains("a approve all  r redact all  x exclude all"));
    world.press("j Space");
    assert!(footer(&world).contains("a approve marked  r redact marked"), "{}", footer(&world));
}

#[test]
fn the_footer_of_the_checklist_names_what_goes_with_an_answer() {
    let mut world = World::asked(theme(), (100, 30), Vec::new());
    world.press("6");
    assert!(footer(&world).contains("O n/a  c note  L link  W name"), "{}", footer(&world));
}

#[test]
fn a_scope_outside_of_files_counts_no_files() {
    let mut world = World::with_past(theme(), SIZE);
    world.filtered("db9").press("R");
    let text = world.text();
    let line = |label: &str| text.lines().find(|line| line.contains(label)).unwrap_or_default();
    assert!(line("same value").contains("1 in metadata"), "{text}");
    assert!(line("this rule everywhere").contains(" in 6 files, 2 in metadata"), "{text}");
}

#[test]
fn a_head_row_names_the_worst_that_is_open() {
    let mut world = World::scanned(theme(), SIZE);
    world.press("2 gd Z Home");
    let head = |world: &World| {
        let text = world.text();
        let line = text.lines().find(|line| line.contains(" roles/db/vars/ ")).unwrap_or_default();
        line.split('│').next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(head(&world).ends_with("▸ H roles/db/vars/ 0/7"), "{}", world.text());
    // Both passwords of that file, and nothing else of it.
    world.press("/password Enter Z r r r Esc Z");
    assert!(head(&world).ends_with("▸ M roles/db/vars/ 2/7"), "{}", world.text());
}

#[test]
fn a_whole_file_is_not_redacted_and_the_screen_says_what_to_do() {
    let mut world = World::scanned(theme(), SIZE);
    let rules = rules();
    let mut found = find(&rules, ("internal/ticket", Severity::Low, "OPS-1"), "a/OPS-1", "OPS-1");
    found.iter_mut().for_each(|new| new.finding.place = Place::File);
    world.event(Event::Found(found));
    world.finish();
    world.press("2 /OPS-1 Enter r");
    let said = "there is no text to replace here: approve it, or leave the file out (a x)";
    assert!(world.text().contains(said), "{}", world.text());
    world.press("R");
    let text = world.text();
    let line = text.lines().find(|line| line.contains("this place")).unwrap_or_default();
    assert!(line.contains("  0 │"), "{text}");
    world.press("u");
    let said = "redact 2 places; 1: whole files left open, x leaves them out";
    assert!(world.text().contains(said), "{}", world.text());
    world.press("x");
    assert!(world.text().contains("exclude a/OPS-1"), "{}", world.text());
}

#[test]
fn excluding_a_file_for_its_past_says_that_it_goes_now_too() {
    let mut world = World::with_past(theme(), SIZE);
    world.filtered("old1").press("x");
    let said = "exclude roles/db/vars/main.yml in every version, the reviewed one too";
    assert!(world.text().contains(said), "{}", world.text());
    let mut world = World::with_past(theme(), SIZE);
    world.filtered("db3").press("x");
    assert!(!world.text().contains("in every version"), "{}", world.text());
}

#[test]
fn readiness_tells_how_decisions_came_about_before_the_modules() {
    let mut world = World::scanned(theme(), SIZE);
    world.press("5");
    let text = world.text();
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}\n{text}"));
    assert!(at("What blocks") < at("How decisions came about"));
    assert!(at("How decisions came about") < at(" Modules "));
}

#[test]
fn the_rules_with_most_to_decide_show_the_worst_that_was_found() {
    let mut world = World::empty(theme(), SIZE, Vec::new());
    let found = ["db1.corp.example.net", "db2.corp.example.net"].map(|value| {
        let severity = if value.contains('1') { Severity::High } else { Severity::Low };
        let rule = ("internal/host-name", severity, value);
        find(&rules(), rule, &format!("{value}.yml"), value)
    });
    world.files = ["db1", "db2"].map(|name| (path(name), String::new())).into();
    world.event(Event::Found(found.into_iter().flatten().collect()));
    world.finish();
    let line = |world: &World| {
        let text = world.text();
        let line = text.lines().find(|line| line.contains("internal/host-name"));
        line.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line(&world), "high internal/host-name 2 2", "{}", world.text());
    world.press("2 r 1");
    assert_eq!(line(&world), "low internal/host-name 1 1", "{}", world.text());
}
