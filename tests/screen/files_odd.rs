// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reading file by file in odd states: long lines, keys typed ahead, lists that change.

use debut::{
    domain::{Act, NotScanned, NotScannedFile, Severity, Target, Verdict, Vote},
    ops::Event,
    review::{Read, Session},
    tui::{Msg, Screen, Theme},
};

use crate::{
    fixture::{find, path, rules},
    harness::World,
};

pub(crate) const PASSWORD: &str = "sensitive/password-assignment";
pub(crate) const HOST: &str = "internal/host-name";

/// A repository of these files, in which these values are found.
pub(crate) fn world_with(
    size: (u16, u16),
    files: &[(&str, String)],
    values: &[(&str, Severity, &str)],
    votes: Vec<Vote>,
) -> World {
    let session = Session::new(rules(), "ana", votes);
    let mut world = World::of(session, Theme::new(false, false), size);
    world.files.clear();
    fill(&mut world, files, values);
    world.finish();
    world
}

pub(crate) fn fill(world: &mut World, files: &[(&str, String)], values: &[(&str, Severity, &str)]) {
    for (name, text) in files {
        world.files.insert(path(name), text.clone());
        for value in values {
            let found = find(world.model.session().rules(), *value, name, text);
            world.event(Event::Found(found));
        }
    }
}

pub(crate) fn numbered(n: usize) -> String {
    (1..=n).map(|i| format!("line {i} of many\n")).collect()
}

fn read(world: &World, file: &str) -> Read {
    let session = world.model.session();
    session.was_read(session.file_at(&path(file)).expect("a file of the commit"))
}

/// The path of the file whose text is shown.
pub(crate) fn here(world: &World) -> String {
    let text = world.text();
    let line = text.lines().find(|line| line.starts_with("> ")).unwrap_or_default().to_owned();
    line.split_whitespace().find(|word| word.contains('.')).unwrap_or_default().to_owned()
}

#[test]
fn reading_on_skips_nothing_where_lines_are_wrapped() {
    let text: String =
        (1..=20).map(|i| format!("first{i:02} {}last{i:02}\n", "word ".repeat(60))).collect();
    let mut world = world_with((100, 30), &[("a.txt", text)], &[], Vec::new());
    world.press("7 w");
    let mut seen = String::new();
    for _ in 0..40 {
        seen.push_str(&world.text());
        world.press("Space");
    }
    assert!(world.text().contains("the end of the file"), "{}", world.text());
    for i in 1..=20 {
        let ends = [format!("first{i:02}"), format!("last{i:02}")];
        assert!(ends.iter().all(|end| seen.contains(end)), "{ends:?} was never on screen");
    }
    world.press("v");
    assert_eq!(world.journal[0].votes[0].seen, Some((20, 20)));
}

#[test]
fn a_line_that_is_cut_was_not_on_screen_as_a_whole() {
    let long = format!("short\n{}\nshort again\n", "word ".repeat(60));
    let mut world = world_with((100, 30), &[("a.txt", long)], &[], Vec::new());
    world.press("7 v");
    assert_eq!(world.journal[0].votes[0].seen, Some((2, 3)));
    let mut world = {
        let long = format!("short\n{}\nshort again\n", "word ".repeat(60));
        world_with((100, 30), &[("a.txt", long)], &[], Vec::new())
    };
    world.press("7 w v");
    assert_eq!(world.journal[0].votes[0].seen, Some((3, 3)));
}

#[test]
fn what_is_chosen_is_on_screen_where_lines_are_wrapped() {
    // Many long lines before it, and a long line around it.
    let before: String = (0..12).map(|i| format!("{i} {}\n", "word ".repeat(60))).collect();
    for rest in ["", "x ", "y "] {
        let pad = rest.repeat(900);
        let text = format!("{before}{pad}host: db1.corp.example.net {pad}\nend\n");
        for size in [(60, 16), (100, 30)] {
            let value = (HOST, Severity::High, "db1.corp.example.net");
            let mut world = world_with(size, &[("a.txt", text.clone())], &[value], Vec::new());
            world.press("7 w Enter n } }");
            assert!(world.text().contains("db1.corp"), "{size:?} {}\n{}", pad.len(), world.text());
            world.press("a");
            let verdicts = world.verdicts();
            assert_eq!(verdicts, [Some(Verdict::Approve)], "{}", world.text());
        }
    }
}

#[test]
fn what_is_cut_off_was_not_seen() {
    let part = |i: usize| format!("p{i}: \"hunter{i}-Ceramic\"; {}", "filler ".repeat(40));
    let text: String = (0..5).map(part).collect();
    let names: Vec<String> = (0..5).map(|i| format!("hunter{i}-Ceramic")).collect();
    let values: Vec<_> = names.iter().map(|name| (PASSWORD, Severity::High, &**name)).collect();
    let mut world = world_with((100, 30), &[("a.min.js", text)], &values, Vec::new());
    world.press("7");
    let session = world.model.session();
    let seen = session.findings().filter(|(idx, _)| session.was_seen(*idx)).count();
    assert_eq!(seen, 1, "one is on screen, the others are cut off\n{}", world.text());
}

#[test]
fn the_scope_of_the_view_is_the_file_and_not_a_list_elsewhere() {
    let files = [
        ("a.txt", "host: db1.corp.example.net\nhost: db2.corp.example.net\n".to_owned()),
        ("b.txt", "host: db3.corp.example.net\n".to_owned()),
    ];
    let value = |name| (HOST, Severity::Medium, name);
    let values =
        ["db1.corp.example.net", "db2.corp.example.net", "db3.corp.example.net"].map(value);
    let mut world = world_with((100, 30), &files, &values, Vec::new());
    world.press("2 7 R l");
    let session = world.model.session();
    let redacted = session.findings().filter(|(idx, _)| session.standing(*idx).verdict.is_some());
    let redacted: Vec<_> = redacted.map(|(_, finding)| finding.path.clone()).collect();
    assert_eq!(redacted, [path("a.txt"), path("a.txt")]);
}

#[test]
fn a_file_that_could_not_be_judged_is_not_approved_by_a_key_typed_ahead() {
    let value = (HOST, Severity::High, "db1.corp.example.net");
    let files = [("a.txt", "host: db1.corp.example.net\n".to_owned()), ("b.txt", "b\n".to_owned())];
    let mut world = world_with((100, 30), &files, &[value], Vec::new());
    let why = NotScanned::Failed("the scanner stopped".into());
    let both = ["a.txt", "b.txt"].map(|name| NotScannedFile { path: path(name), why: why.clone() });
    world.event(Event::NotScanned(both.to_vec()));
    world.finish();
    world.press("7");
    world.typed_ahead("a a a");
    assert_eq!(world.verdicts(), [Some(Verdict::Approve)]);
    assert_eq!(world.model.session().file_verdict(&path("a.txt")), None, "{}", world.text());
    world.press("a");
    assert_eq!(world.model.session().file_verdict(&path("a.txt")), Some(Verdict::Approve));
    world.typed_ahead("] a");
    assert_eq!(world.model.session().file_verdict(&path("b.txt")), None, "{}", world.text());
}

#[test]
fn a_mark_that_is_taken_back_comes_back_to_the_list_of_unread_files() {
    let files = ["a.txt", "b.txt", "c.txt"].map(|name| (name, "text\n".to_owned()));
    let mut world = world_with((100, 30), &files, &[], Vec::new());
    world.press("7 f u j v");
    assert_eq!(here(&world), "c.txt");
    world.press("u");
    assert_eq!(here(&world), "b.txt", "{}", world.text());
    assert!(world.text().contains("2/3"), "{}", world.text());
    world.press("U");
    assert!(world.text().contains("/2 "), "{}", world.text());
}

#[test]
fn ones_own_mark_is_taken_back_although_another_holds() {
    let files = ["a.txt", "b.txt"].map(|name| (name, "text\n".to_owned()));
    let mut world = world_with((100, 30), &files, &[], Vec::new());
    let content = world.model.session().files()[0].content.clone();
    let target = Target::Text(path("a.txt"));
    let vote = Vote { asked: Some(content), ..Vote::new(target, Act::Read, "bob".into(), 5) };
    world.event(Event::Joined(vec![vote]));
    world.press("7 v k");
    assert!(world.text().contains("read by ana") && world.text().contains("bob"));
    world.press("v");
    assert!(world.text().contains("taken back"), "{}", world.text());
    assert!(!world.text().contains("read by ana"), "{}", world.text());
    assert_eq!(here(&world), "a.txt", "the cursor stays");
    assert_eq!(read(&world, "a.txt"), Read::Yes, "the other mark holds");
}

#[test]
fn a_key_that_repeats_does_not_take_the_last_mark_back() {
    let files = ["a.txt", "b.txt"].map(|name| (name, "text\n".to_owned()));
    let mut world = world_with((100, 30), &files, &[], Vec::new());
    world.press("7 v");
    world.typed_ahead("v v v v");
    assert_eq!(world.journal.len(), 2, "{}", world.text());
    assert_eq!(read(&world, "b.txt"), Read::Yes);
    world.press("v");
    assert_eq!(read(&world, "b.txt"), Read::No, "a frame showed that it was marked");
}

#[test]
fn what_is_open_before_in_the_same_file_is_found() {
    let files = [("a.txt", "db1.corp.example.net\ndb2.corp.example.net\n".to_owned())];
    let value = |name| (HOST, Severity::Medium, name);
    let values = ["db1.corp.example.net", "db2.corp.example.net"].map(value);
    let mut world = world_with((100, 30), &files, &values, Vec::new());
    world.press("7 } n");
    assert!(world.text().contains("1/2"), "{}", world.text());
    world.press("N");
    assert!(world.text().contains("2/2"), "{}", world.text());
}

#[test]
fn undo_shows_the_place_although_another_file_was_shown() {
    let files = [
        ("a.txt", "db1.corp.example.net\ndb2.corp.example.net\ndb3.corp.example.net\n".to_owned()),
        ("b.txt", "nothing\n".to_owned()),
    ];
    let value = |name| (HOST, Severity::Medium, name);
    let values =
        ["db1.corp.example.net", "db2.corp.example.net", "db3.corp.example.net"].map(value);
    let mut world = world_with((100, 30), &files, &values, Vec::new());
    world.press("7 } r ] u");
    assert_eq!(here(&world), "a.txt");
    assert!(world.text().contains("2/3"), "{}", world.text());
}

#[test]
fn the_preview_follows_what_is_decided_there() {
    let files = [("a.txt", "db1.corp.example.net\ndb2.corp.example.net\n".to_owned())];
    let value = |name| (HOST, Severity::Medium, name);
    let values = ["db1.corp.example.net", "db2.corp.example.net"].map(value);
    let mut world = world_with((100, 30), &files, &values, Vec::new());
    world.press("7 p");
    let first = world.model.shown();
    world.press("r");
    assert_ne!(world.model.shown(), first, "goes on\n{}", world.text());
    let (cursor, _) = world.model.cursor();
    world.press("u");
    assert_eq!(world.model.shown(), first, "and back\n{}", world.text());
    assert_eq!(world.model.cursor().0, cursor, "the list elsewhere stays where it is");
    assert_eq!(world.model.screen(), Screen::Preview);
    world.press("n");
    assert_ne!(world.model.shown(), first);
    world.press("q");
    assert_eq!(world.model.screen(), Screen::Files);
}

#[test]
fn a_second_scan_leaves_the_cursor_on_its_file() {
    let files = ["a.txt", "b.txt", "c.txt"].map(|name| (name, numbered(50)));
    let value = (HOST, Severity::Medium, "db1.corp.example.net");
    let mut world = world_with((100, 30), &files, &[value], Vec::new());
    world.press("7 j j");
    world.event(Event::Started { source: debut::ops::SourceInfo::default(), resume: None });
    world.press("j v Space D Tab");
    fill(&mut world, &[("0.txt", "new\n".to_owned())], &[]);
    world.finish();
    assert_eq!(here(&world), "c.txt", "{}", world.text());
    assert!(world.journal.is_empty());
}

#[test]
fn an_exclusion_of_the_directory_is_told_apart_from_one_of_the_file() {
    let files = [
        ("d/a.txt", "host: db1.corp.example.net\n".to_owned()),
        ("d/b.txt", "nothing\n".to_owned()),
    ];
    let value = (HOST, Severity::Medium, "db1.corp.example.net");
    let mut world = world_with((100, 30), &files, &[value], Vec::new());
    world.press("7 X D 2");
    let excluded = Some(Verdict::Exclude);
    assert_eq!(world.model.session().file_verdict(&path("d/b.txt")), excluded, "{}", world.text());
    world.press("] -");
    assert_eq!(world.model.session().file_verdict(&path("d/b.txt")), None, "{}", world.text());
    // Somebody else's word can't be taken back.
    let target = Target::File(path("d/b.txt"));
    let vote = Vote::new(target, Act::Give(Verdict::Exclude), "bob".into(), 5);
    world.event(Event::Joined(vec![vote]));
    let before = world.journal.len();
    world.press("-");
    assert_eq!(world.journal.len(), before, "{}", world.text());
    assert!(world.text().contains("no verdict of yours here"), "{}", world.text());
}

#[test]
fn an_empty_list_has_no_text_to_go_to() {
    let files = ["a.txt", "b.txt"].map(|name| (name, "text\n".to_owned()));
    let mut world = world_with((60, 16), &files, &[], Vec::new());
    world.press("7 Enter / nowhere Enter");
    assert!(world.text().contains("None of 2 files"), "{}", world.text());
    world.press("Tab v x Space n N ] [ } { p");
    assert!(world.journal.is_empty());
    assert!(world.text().contains("None of 2 files"), "{}", world.text());
}

#[test]
fn odd_texts_are_shown_and_marked() {
    let mega = "x".repeat(3_000_000);
    let files = [
        ("1.txt", String::new()),
        ("2.txt", "no end of line".to_owned()),
        ("3.txt", "one\r\ntwo\r\n".to_owned()),
        ("4.txt", "\n\n\n".to_owned()),
        ("5.txt", mega),
        ("new\nline\u{7f}.txt", "x\n".to_owned()),
    ];
    for (wrap, size) in [("", (100, 30)), ("w", (100, 30)), ("w", (60, 16)), ("", (160, 45))] {
        let mut world = world_with(size, &files, &[], Vec::new());
        world.press(&format!("7 {wrap} Enter"));
        for _ in 0..files.len() {
            world.press("Space G v");
        }
        let seen: Vec<_> = world.journal.iter().map(|step| step.votes[0].seen).collect();
        let whole = |n| Some((n, n));
        let all = [whole(1), whole(1), whole(2), whole(3), Some((0, 1)), whole(1)];
        assert_eq!(seen, all, "{size:?} {wrap}\n{}", world.text());
        world.send(Msg::Resize(60, 16));
        world.send(Msg::Resize(20, 4));
        world.press("v Space n");
        world.send(Msg::Resize(160, 45));
        assert_eq!(world.journal.len(), files.len());
    }
}

#[test]
fn of_several_reasons_why_a_file_was_not_judged_the_worst_is_told() {
    let files = ["a.txt", "b.txt"].map(|name| (name, "text\n".to_owned()));
    let mut world = world_with((100, 30), &files, &[], Vec::new());
    let reasons = [NotScanned::Binary, NotScanned::TooMany(9), NotScanned::TooLarge(5)];
    let file = |why| NotScannedFile { path: path("b.txt"), why };
    world.event(Event::NotScanned(reasons.map(file).to_vec()));
    world.finish();
    world.press("7 n");
    assert_eq!(here(&world), "b.txt", "it blocks");
    assert!(world.text().contains("scan stopped after 9 matches"), "{}", world.text());
}

#[test]
fn the_menu_of_scopes_shows_lines_that_were_not_on_screen() {
    let filler = numbered(60);
    let files = [
        ("a.txt", format!("p: hunter2-Ceramic\n{filler}q: hunter2-Ceramic\n")),
        ("b.txt", "r: hunter2-Ceramic\n".to_owned()),
    ];
    let value = (PASSWORD, Severity::High, "hunter2-Ceramic");
    let mut world = world_with((100, 30), &files, &[value], Vec::new());
    world.press("7 A Enter");
    assert!(world.text().contains("2/2"), "{}", world.text());
    assert!(world.text().contains("▶ 62"), "{}", world.text());
    world.press("A Enter");
    assert!(world.text().contains("in other files"), "{}", world.text());
    world.press("A v");
    assert!(world.journal.is_empty());
    world.press("Esc ] A Enter");
    assert!(world.text().contains("every line of this value was on screen"), "{}", world.text());
}

#[test]
fn what_is_masked_stays_masked_at_the_end_of_what_is_looked_at() {
    // Of a line so long only 4,000 bytes are looked at.
    let secret = "Tr0ub4dor-and-3-Ceramic";
    let ends: Vec<String> =
        (3_980..3_999).map(|n| format!("{}{secret}tail\n", "x".repeat(n))).collect();
    for end in ends {
        let text = format!("p: {secret}\n{end}");
        let mut world = world_with((160, 60), &[("a.txt", text.clone())], &[], Vec::new());
        let mut found =
            find(world.model.session().rules(), (PASSWORD, Severity::High, secret), "a.txt", &text);
        found.truncate(1);
        world.event(Event::Found(found));
        world.finish();
        world.press("7 w Enter Space");
        assert!(!world.text().contains("Tr"), "{}", world.text());
    }
}
