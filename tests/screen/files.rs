// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reading the repository file by file.

use std::sync::Arc;

use debut::{
    domain::{Act, NotScanned, NotScannedFile, Policy, Target, Verdict},
    ops::Event,
    review::{Read, Session},
    tui::{Screen, Theme},
};

use crate::{
    fixture::{findings, path, rules},
    harness::World,
};

/// The little repository with files in which nothing is found, and one that can't be judged.
fn world_of(theme: Theme, size: (u16, u16), policy: Policy) -> World {
    let session = Session::new(rules(), "ana", Vec::new()).with_policy(Arc::new(policy), 0);
    let mut world = World::of(session, theme, size);
    for i in 0..40 {
        world.files.insert(path(&format!("clean/part{i:02}.txt")), format!("part {i}\nno more\n"));
    }
    let long: String = (1..=100).map(|i| format!("line {i} of many\n")).collect();
    world.files.insert(path("docs/long.md"), long);
    world.files.insert(path("empty"), String::new());
    world.files.insert(path("logo.png"), String::new());
    let found = findings(world.model.session().rules());
    world.event(Event::Found(found));
    let logo = NotScannedFile {
        path: path("logo.png"),
        why: NotScanned::Failed("the scanner stopped".into()),
    };
    world.event(Event::NotScanned(vec![logo]));
    world.finish();
    world
}

fn world(size: (u16, u16)) -> World {
    world_of(Theme::new(false, false), size, Policy::default())
}

fn read(world: &World, file: &str) -> Read {
    let session = world.model.session();
    session.was_read(session.file_at(&path(file)).expect("a file of the commit"))
}

fn counts(world: &World) -> debut::review::ReadCounts {
    world.model.counts().read
}

/// Types `words` into the field that lists files by name.
fn named(world: &mut World, words: &str) {
    world.press(&format!("/ {words} Enter"));
}

#[test]
fn files_are_read_in_their_order_and_marked() {
    let mut world = world((100, 30));
    world.press("7");
    assert_eq!(world.model.screen(), Screen::Files);
    assert!(world.text().contains("clean/part00.txt"), "{}", world.text());
    world.press("v v");
    assert_eq!(read(&world, "clean/part00.txt"), Read::Yes);
    assert_eq!(read(&world, "clean/part01.txt"), Read::Yes);
    assert_eq!(read(&world, "clean/part02.txt"), Read::No);
    assert_eq!(world.journal.len(), 2);
    assert_eq!(world.journal[0].votes[0].seen, Some((2, 2)), "all its lines were on screen");
    // The same key takes it back, and so does undo.
    world.press("k v");
    assert_eq!(read(&world, "clean/part01.txt"), Read::No);
    world.press("u u");
    assert_eq!(read(&world, "clean/part01.txt"), Read::No);
    assert_eq!(read(&world, "clean/part00.txt"), Read::Yes);
    world.press("u");
    assert_eq!(counts(&world).read, 0);
}

#[test]
fn a_mark_falls_when_the_file_changes() {
    let mut world = world((100, 30));
    world.press("7 v");
    assert_eq!(counts(&world).read, 1);
    world.files.insert(path("clean/part00.txt"), "part 0\nand more\n".into());
    world.event(Event::Started { source: debut::ops::SourceInfo::default(), resume: None });
    let found = findings(world.model.session().rules());
    world.event(Event::Found(found));
    world.finish();
    assert_eq!((counts(&world).read, counts(&world).changed), (0, 1));
    world.press("1 7 k");
    assert!(world.text().contains("changed since it was read by ana"), "{}", world.text());
    world.press("v");
    assert_eq!((counts(&world).read, counts(&world).changed), (1, 0));
}

#[test]
fn space_reads_on_and_the_mark_says_how_much_was_seen() {
    let mut world = world((100, 30));
    world.press("7");
    named(&mut world, "long");
    assert!(world.text().contains("1-23 of 100"), "{}", world.text());
    world.press("Space");
    assert!(world.text().contains("23-45 of 100"), "{}", world.text());
    world.press("v");
    let vote = &world.journal[0].votes[0];
    assert_eq!((vote.act, vote.seen), (Act::Read, Some((45, 100))));
    assert!(world.text().contains("45 of 100 lines were on screen"), "{}", world.text());
    world.press("Space Space Space Space");
    assert!(world.text().contains("the end of the file: v says"), "{}", world.text());
    // Read to the end now: taken back and said again.
    world.press("v v");
    assert_eq!(world.journal[2].votes[0].seen, Some((100, 100)));
}

#[test]
fn a_file_is_not_read_before_it_was_drawn() {
    let mut world = world((100, 30));
    world.press("1 7");
    world.typed_ahead("v v v");
    assert_eq!(world.journal.len(), 1, "only the one on screen");
    assert!(world.text().contains("typed ahead: look at it first"), "{}", world.text());
    let mut world = self::world((60, 16));
    world.press("7 v");
    assert!(world.journal.is_empty());
    assert!(world.text().contains("open it first (Enter)"), "{}", world.text());
    world.press("Enter v");
    assert_eq!(world.journal.len(), 1);
    let mut world = self::world((100, 30));
    world.slow = true;
    world.press("7 v");
    assert!(world.journal.is_empty());
    assert!(world.text().contains("still loading"));
}

#[test]
fn everything_found_in_a_file_is_marked_and_decided_there() {
    let mut world = world((100, 30));
    world.press("7");
    named(&mut world, "main.yml");
    let text = world.text();
    // Internal names are shown, credentials and people are masked; each line has its sign.
    assert!(text.contains("1/7"), "{text}");
    assert_eq!(
        text.matches("○").count(),
        8,
        "6 in the gutter, one chosen, one in the list\n{text}"
    );
    world.press("r r");
    let text = world.text();
    assert!(text.contains("3/7") && text.matches("▨").count() == 2, "{text}");
    world.press("} } {");
    assert!(world.text().contains("4/7"));
    world.press("a");
    assert_eq!(world.verdicts().iter().filter(|v| **v == Some(Verdict::Approve)).count(), 1);
    world.press("u");
    assert!(world.text().contains("4/7"), "undo shows what was taken back\n{}", world.text());
    world.press("r r r r r r r r r");
    assert!(world.text().contains("nothing else is open in this file"), "{}", world.text());
    let session = world.model.session();
    let here = session.in_file(&path("roles/db/vars/main.yml")).iter();
    assert!(here.clone().all(|idx| session.standing(*idx).verdict == Some(Verdict::Redact)));
}

#[test]
fn what_is_out_of_sight_is_not_approved() {
    let mut world = world((100, 30));
    let long: String = (1..=100).map(|i| format!("line {i}\n")).collect();
    let text = format!("{long}password: hunter2-Ceramic\n");
    world.files.insert(path("late.yml"), text.clone());
    let rule = ("sensitive/password-assignment", debut::domain::Severity::High, "hunter2-Ceramic");
    let found = crate::fixture::find(world.model.session().rules(), rule, "late.yml", &text);
    world.event(Event::Found(found));
    world.finish();
    world.press("7");
    named(&mut world, "late");
    world.press("a");
    assert!(world.journal.is_empty(), "its line was not on screen");
    assert!(world.text().contains("▶101"), "but it is now\n{}", world.text());
    world.press("a");
    assert_eq!(world.journal.len(), 1);
}

#[test]
fn next_open_goes_through_places_and_files() {
    let mut world = world((100, 30));
    world.press("7 n");
    assert!(world.text().contains("docs/"), "{}", world.text());
    let first = world.model.shown().expect("a place");
    world.press("n");
    let second = world.model.shown().expect("a place");
    assert_ne!(first, second);
    world.press("n");
    assert!(world.text().contains("not judged"), "a file nobody could judge\n{}", world.text());
    world.press("x n N");
    assert!(world.model.session().file_verdict(&path("logo.png")) == Some(Verdict::Exclude));
}

#[test]
fn a_file_without_findings_can_be_left_out_and_nothing_else() {
    let mut world = world((100, 30));
    world.press("7 a");
    assert!(world.journal.is_empty());
    assert!(world.text().contains("nothing was found here"), "{}", world.text());
    world.press("r s x");
    assert_eq!(world.journal.len(), 1);
    let excluded = Some(Verdict::Exclude);
    assert_eq!(world.model.session().file_verdict(&path("clean/part00.txt")), excluded);
    world.press("-");
    assert_eq!(world.model.session().file_verdict(&path("clean/part00.txt")), None);
}

#[test]
fn a_sample_is_drawn_read_and_blocks_until_then() {
    let mut world = world((100, 30));
    assert_eq!(counts(&world).unflagged, 42, "neither the image nor files with findings");
    world.press("7 D a");
    assert_eq!((counts(&world).drawn, counts(&world).due), (20, 20));
    assert_eq!(world.journal[0].votes[0].target, Target::Unflagged);
    assert!(world.text().contains("drawn to be read"), "{}", world.text());
    world.press("5");
    assert!(world.text().contains("20 of 20 files drawn are to be read"), "{}", world.text());
    world.press("7");
    for _ in 0..20 {
        world.press("v");
    }
    assert_eq!(counts(&world).due, 0);
    assert!(world.text().contains("every file drawn was read"), "{}", world.text());
    // Undo takes the last mark back, and the file is due again.
    world.press("u");
    assert_eq!(counts(&world).due, 1);
    world.press("D x");
    assert_eq!((counts(&world).drawn, counts(&world).due), (0, 0));
}

#[test]
fn the_policy_asks_for_a_sample() {
    let policy = Policy { sample_unflagged: 7, ..Policy::default() };
    let mut world = world_of(Theme::new(false, false), (100, 30), policy);
    assert_eq!(counts(&world).missing, 7);
    assert!(world.text().contains("the policy wants 7 more drawn"), "{}", world.text());
    world.press("5");
    assert!(world.text().contains("the policy wants 7 files without findings drawn and read"));
    world.press("Enter");
    assert_eq!(world.model.screen(), Screen::Walk, "blocking groups come first");
    world.press("7 D");
    assert!(world.text().contains("7 files, as the policy wants"), "{}", world.text());
    world.press("a");
    assert_eq!((counts(&world).missing, counts(&world).due), (0, 7));
}

#[test]
fn files_are_listed_by_what_is_to_be_done() {
    let mut world = world((100, 30));
    world.press("7 f f");
    assert!(world.text().contains("with findings") && world.text().contains("1/5"));
    world.press("f n");
    assert!(world.text().contains("logo.png") && world.text().contains("1/1"));
    world.press("Esc");
    assert!(world.text().contains("/48 "), "{}", world.text());
    world.press("f u v v");
    assert!(world.text().contains("/46 "), "what was read leaves the list\n{}", world.text());
    named(&mut world, "PART1");
    assert!(world.text().contains("named \"part1\""), "{}", world.text());
    assert!(world.text().contains("1/10"), "{}", world.text());
    world.press("/ nowhere");
    assert!(world.text().contains("None of 48 files is listed here"), "{}", world.text());
    world.press("Esc");
    assert!(world.text().contains("1/10"), "as it was");
}

#[test]
fn the_preview_and_other_screens_lead_back() {
    let mut world = world((100, 30));
    world.press("7 n p");
    assert_eq!(world.model.screen(), Screen::Preview);
    world.press("q");
    assert_eq!(world.model.screen(), Screen::Files);
    world.press("Tab q");
    assert_eq!(world.model.screen(), Screen::Files, "first out of the text");
    world.press("q");
    assert_eq!(world.model.screen(), Screen::Dashboard);
    world.press("j j j j j Enter");
    assert_eq!(world.model.screen(), Screen::Files);
    world.press("e");
    assert!(world.asked.iter().any(|asked| asked.starts_with("edit")), "{:?}", world.asked);
    world.press("2 p q");
    assert_eq!(world.model.screen(), Screen::Walk);
}

#[test]
fn pictures() {
    let check = |name: &str, mut world: World, script: &str| {
        world.press(script);
        insta::assert_snapshot!(name, world.snapshot());
    };
    let colour = |size| world_of(Theme::new(true, false), size, Policy::default());
    check("files_60_mono", world((60, 16)), "7 n");
    check("files_60_mono_text", world((60, 16)), "7 / main Enter Enter r");
    check("files_60_mono_draw", world((60, 16)), "7 D");
    check("files_100_colour", colour((100, 30)), "7 v v v / main Enter r a");
    check("files_100_mono_drawn", world((100, 30)), "7 D a v v");
    check("files_100_mono_not_judged", world((100, 30)), "7 f n");
    check("files_160_mono", world((160, 45)), "7 v n } }");
    check("files_160_colour_wrapped", colour((160, 45)), "7 / deploy Enter w Tab");
    let ascii = world_of(Theme::new(false, true), (100, 30), Policy::default());
    check("files_100_ascii", ascii, "7 v / main Enter r");
}
