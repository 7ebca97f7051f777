// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reading file by file: long lines, what is shown of them, and what is said at their end.

use debut::{
    domain::{Act, NotScanned, NotScannedFile, Severity, Target, Verdict, Vote},
    ops::{Event, SourceInfo},
    tui::Msg,
};
use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::{
    files_odd::{HOST, PASSWORD, fill, here, numbered, world_with},
    fixture::path,
    harness::World,
};

fn seen(world: &World) -> Option<(u32, u32)> {
    world.journal.last().expect("a mark").votes[0].seen
}

#[test]
fn reading_on_gets_over_lines_that_are_higher_than_the_page() {
    let tall = "word ".repeat(300);
    let text = format!("first\n{tall}\nmiddle\n{tall}\n{tall}\nlast\n");
    for (size, whole) in [((60, 16), 3), ((100, 30), 3), ((160, 45), 6)] {
        let mut world = world_with(size, &[("a.txt", text.clone())], &[], Vec::new());
        world.press("7 w Enter");
        for _ in 0..12 {
            world.press("Space");
        }
        assert!(world.text().contains("the end of the file"), "{}", world.text());
        world.press("v");
        assert_eq!(seen(&world), Some((whole, 6)), "{size:?}");
    }
}

#[test]
fn a_line_that_is_too_long_to_be_looked_at_is_never_there_as_a_whole() {
    let long = "word ".repeat(1_000);
    let mut world = world_with((240, 100), &[("a.txt", long)], &[], Vec::new());
    world.press("7 w Space");
    assert!(world.text().contains("e opens the file"), "{}", world.text());
    world.press("v");
    assert_eq!(seen(&world), Some((0, 1)));
    assert!(world.text().contains("0 of 1 lines were on screen as a whole"), "{}", world.text());
}

#[test]
fn a_click_goes_to_the_file_that_is_seen_there() {
    let names: Vec<String> = (0..60).map(|i| format!("f{i:02}.txt")).collect();
    let files: Vec<(&str, String)> = names.iter().map(|name| (&**name, "x\n".into())).collect();
    let mut world = world_with((100, 30), &files, &[], Vec::new());
    world.press("7 G");
    let text = world.text();
    for (row, line) in text.lines().enumerate().skip(1).take(20) {
        let row = u16::try_from(row).expect("a row");
        let kind = MouseEventKind::Down(MouseButton::Left);
        world.send(Msg::Mouse(MouseEvent { kind, column: 4, row, modifiers: KeyModifiers::NONE }));
        let name = line.split_whitespace().find(|word| word.ends_with(".txt"));
        assert_eq!(here(&world), if row == 1 { "f59.txt" } else { name.unwrap_or_default() });
    }
    assert!(world.journal.is_empty());
}

#[test]
fn what_scrolled_out_of_sight_gives_way_to_what_is_in_sight() {
    let filler = numbered(60);
    let text = format!(
        "db1.corp.example.net\n{filler}db2.corp.example.net\n{filler}db3.corp.example.net\n"
    );
    let values = ["db1.corp.example.net", "db2.corp.example.net", "db3.corp.example.net"];
    let values = values.map(|name| (HOST, Severity::High, name));
    let mut world = world_with((100, 30), &[("a.txt", text)], &values, Vec::new());
    world.press("7 Tab");
    assert!(world.text().contains("1/3"), "{}", world.text());
    world.press("Space");
    assert!(world.text().contains("1/3"), "nothing else is in sight\n{}", world.text());
    world.press("Space");
    assert!(world.text().contains("2/3"), "{}", world.text());
    world.press("a G");
    assert!(world.text().contains("3/3"), "{}", world.text());
    world.press("a");
    let approved = Some(Verdict::Approve);
    assert_eq!(world.verdicts(), [None, approved, approved]);
}

#[test]
fn the_open_place_before_is_the_last_of_the_file_before() {
    let two =
        |a: u8| format!("db{a}.corp.example.net\n{}db{}.corp.example.net\n", numbered(50), a + 1);
    let files = [("a.txt", two(1)), ("b.txt", two(3))];
    let names: Vec<String> = (1..5).map(|i| format!("db{i}.corp.example.net")).collect();
    let values: Vec<_> = names.iter().map(|name| (HOST, Severity::High, &**name)).collect();
    let mut world = world_with((100, 30), &files, &values, Vec::new());
    world.press("7 ] N");
    assert_eq!(here(&world), "a.txt");
    assert!(world.text().contains("2/2") && world.text().contains("▶ 52"), "{}", world.text());
}

#[test]
fn a_second_scan_forgets_what_was_on_screen() {
    let files = [("a.txt", "p: db1.corp.example.net\n".to_owned())];
    let value = (HOST, Severity::High, "db1.corp.example.net");
    let mut world = world_with((100, 30), &files, &[value], Vec::new());
    world.press("7");
    world.slow = true;
    world.event(Event::Started { source: SourceInfo::default(), resume: None });
    fill(&mut world, &files, &[value]);
    world.finish();
    world.press("a");
    assert!(world.journal.is_empty(), "the text of now is not here yet\n{}", world.text());
    world.deliver();
    world.press("a");
    assert_eq!(world.journal.len(), 1);
}

#[test]
fn what_nobody_can_read_is_not_said_to_be_read() {
    let files = [("a.bin", String::new()), ("b.txt", "b\n".to_owned())];
    let mut world = world_with((100, 30), &files, &[], Vec::new());
    let why = NotScanned::TooMany(9);
    let file = NotScannedFile { path: path("a.bin"), why };
    world.event(Event::NotScanned(vec![file]));
    world.finish();
    world.files.clear();
    world.press("7 v");
    assert!(world.journal.is_empty());
    world.press("a");
    assert_eq!(world.journal.len(), 1);
    assert!(world.text().contains("nothing else is open in this file: n next"), "{}", world.text());
}

#[test]
fn undo_says_in_words_of_its_own_what_becomes_of_marks_and_draws() {
    let files = ["a.txt", "b.txt"].map(|name| (name, "text\n".to_owned()));
    let mut world = world_with((100, 30), &files, &[], Vec::new());
    world.press("7 v u");
    assert!(world.text().contains("undo: not read any more: a.txt"), "{}", world.text());
    world.press("U");
    assert!(world.text().contains("redo: read a.txt"), "{}", world.text());
    world.press("D a u");
    assert!(world.text().contains("undo: the draw of files"), "{}", world.text());
    world.press("U");
    assert!(world.text().contains("redo: the draw of files"), "{}", world.text());
}

#[test]
fn a_name_is_found_as_it_is_shown() {
    let files = ["new\nline.txt", "b.txt"].map(|name| (name, "text\n".to_owned()));
    let mut world = world_with((100, 30), &files, &[], Vec::new());
    world.press("7 / w\\x0a");
    assert!(world.text().contains("1/1"), "{}", world.text());
}

#[test]
fn a_name_that_is_masked_is_not_found_by_trying_letters() {
    let files = [
        ("a.yml", "p: hunter2-Ceramic\n".to_owned()),
        ("for-hunter2-ceramic.txt", "text\n".to_owned()),
        ("hunter2-Ceramic.txt", "text\n".to_owned()),
    ];
    let value = (PASSWORD, Severity::High, "hunter2-Ceramic");
    let mut world = world_with((100, 30), &files, &[value], Vec::new());
    world.press("7");
    assert!(!world.text().contains("hunter2-Ceramic"), "{}", world.text());
    world.press("/ hunter");
    assert!(world.text().contains("1/1 "), "only what is no value\n{}", world.text());
    world.press("Esc");
    assert!(world.text().contains("/3 "), "{}", world.text());
}

#[test]
fn only_ones_own_sample_is_taken_back() {
    let names: Vec<String> = (0..60).map(|i| format!("f{i:02}.txt")).collect();
    let files: Vec<(&str, String)> = names.iter().map(|name| (&**name, "x\n".into())).collect();
    let mut world = world_with((100, 30), &files, &[], Vec::new());
    let act = Act::Sample { seed: 7, n: 5 };
    world.event(Event::Joined(vec![Vote::new(Target::Unflagged, act, "bob".into(), 5)]));
    world.press("7 D");
    assert!(!world.text().contains("none any more"), "{}", world.text());
    world.press("a D x");
    assert!(world.text().contains("others drew 5"), "{}", world.text());
    assert_eq!(world.model.counts().read.drawn, 5);
}

#[test]
fn who_only_looks_marks_and_draws_nothing_until_the_review_is_taken_over() {
    let files = ["a.txt", "b.txt", "c.txt"].map(|name| (name, "text\n".to_owned()));
    let mut world = world_with((100, 30), &files, &[], Vec::new());
    world.event(Event::TakenOver(Err("bob is reviewing".into())));
    world.press("7 j v D a x");
    assert!(world.journal.is_empty() && !world.model.has_overlay(), "{}", world.text());
    let content = world.model.session().files()[0].content.clone();
    let target = Target::Text(path("a.txt"));
    let vote = Vote { asked: Some(content), ..Vote::new(target, Act::Read, "bob".into(), 5) };
    world.event(Event::TakenOver(Ok((vec![vote], Vec::new()))));
    assert_eq!((world.model.counts().read.read, here(&world)), (1, "b.txt".to_owned()));
    world.press("v");
    assert_eq!(world.model.counts().read.read, 2);
}

#[test]
fn what_is_read_and_decided_leaves_the_list_of_what_is_open() {
    let files =
        ["a.txt", "b.txt", "c.txt"].map(|name| (name, format!("{name} db1.corp.example.net\n")));
    let value = (HOST, Severity::Medium, "db1.corp.example.net");
    let mut world = world_with((100, 30), &files, &[value], Vec::new());
    world.press("7 f o r v");
    assert_eq!(here(&world), "b.txt");
    assert!(world.text().contains("1/2 "), "{}", world.text());
    world.press("v");
    assert_eq!(here(&world), "c.txt", "read, and still open: it stays in the list");
    assert!(world.text().contains("2/2 "), "{}", world.text());
}

#[test]
fn what_waits_to_be_read_is_opened_on_the_first_that_waits() {
    let files = ["a.txt", "b.txt", "c.txt"].map(|name| (name, "text\n".to_owned()));
    let mut world = world_with((100, 30), &files, &[], Vec::new());
    world.press("7 D a v 1");
    world.press("Home j j j j j Enter");
    assert_eq!(here(&world), "b.txt", "{}", world.text());
    assert!(world.text().contains("drawn to be read"), "{}", world.text());
}
