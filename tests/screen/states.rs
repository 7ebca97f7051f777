// SPDX-License-Identifier: MIT OR Apache-2.0
//! The states in which a review can be.

use std::sync::Arc;

use debut::{
    domain::{Module, ModuleKind, RepoPath, Severity, Verdict},
    ops::{Event, Stage},
    review::Session,
    rules::RuleSet,
    tui::{Model, Msg, Options, Theme},
};

use crate::{
    fixture::{find, findings, rules},
    harness::{World, options},
};

const SIZE: (u16, u16) = (120, 40);

fn theme() -> Theme {
    Theme::new(false, false)
}

#[test]
fn new_findings_never_move_the_cursor() {
    let mut world = World::empty(theme(), SIZE, Vec::new());
    let mut found = findings(&rules());
    let late = found.split_off(5);
    world.event(Event::Progress { stage: Stage::Files, done: 3, total: 9 });
    world.event(Event::Found(found));
    world.press("2 j");
    let before = (world.model.cursor(), world.model.shown());
    world.event(Event::Found(late));
    assert_eq!((world.model.cursor(), world.model.shown()), before);
    assert!(world.text().contains("scanning 3/9 files"));
    assert!(world.text().contains(" new "));
    world.press("w");
    assert_eq!(world.model.shown(), before.1, "still the same place");
    assert!(world.model.cursor().1 > before.0.1);
}

#[test]
fn the_whole_text_of_a_rule_can_be_read_on_a_small_screen() {
    let rules = Arc::new(RuleSet::builtin().expect("the program's own rules"));
    let session = Session::new(rules.clone(), "ana", Vec::new());
    let mut world = World::of(session, theme(), (60, 16));
    let (rule, text) = (("sensitive/github-token", Severity::Critical, "abc"), "token: abc\n");
    world.files.insert(RepoPath::new(b"a.yml"), text.into());
    world.event(Event::Found(find(&rules, rule, "a.yml", text)));
    world.press("2 Enter Home i");
    assert!(world.text().contains("more below") && world.text().contains("j k scroll"));
    assert!(!world.text().contains("redact puts: RED"), "{}", world.text());
    world.press("j j j j j j j j j j j j");
    assert!(world.text().contains("redact puts: RED"), "{}", world.text());
    world.press("k");
    assert!(!world.text().contains("redact puts: RED"), "no further than its end");
    world.press("x");
    assert!(!world.text().contains("What to do") && world.journal.is_empty());
    // Where all of it is seen, any key closes it.
    let mut world = World::scanned(theme(), SIZE);
    world.press("2 /aws-access Enter Home i");
    assert!(world.text().contains("any key close"), "{}", world.text());
    world.press("j");
    assert!(!world.text().contains("any key close"), "{}", world.text());
}

#[test]
fn nothing_is_ready_before_the_scan_is_complete() {
    let mut world = World::empty(theme(), SIZE, Vec::new());
    let module = |path: &str| Module {
        path: RepoPath::new(path.as_bytes()),
        kind: ModuleKind::AnsibleRole,
        files: 3,
    };
    world.event(Event::Progress { stage: Stage::Files, done: 3, total: 9 });
    world.event(Event::Modules(vec![module("roles/a"), module("roles/b")]));
    world.press("1");
    assert!(world.text().contains("2 of 2 could be released so far"), "{}", world.text());
    world.press("5 G");
    assert!(!world.text().contains("✓ ready"), "{}", world.text());
    assert!(world.text().contains("2/2 ready so far"), "{}", world.text());
    world.finish();
    assert!(world.text().contains("✓ ready"), "{}", world.text());
}

#[test]
fn esc_takes_the_filter_of_the_stand_ins_away_first() {
    let mut world = World::scanned(theme(), SIZE);
    world.press("T / nothing");
    assert!(world.text().contains("no stand-in fits the filter"), "{}", world.text());
    world.press("Esc");
    assert!(world.model.has_overlay() && !world.text().contains("no stand-in fits"));
    world.press("q");
    assert!(!world.model.has_overlay());
}

#[test]
fn the_cursor_follows_the_top_row_until_somebody_moves() {
    let mut world = World::empty(theme(), SIZE, Vec::new());
    let mut found = findings(&rules());
    found.reverse();
    world.event(Event::Progress { stage: Stage::Files, done: 3, total: 9 });
    world.press("2");
    for new in found {
        world.event(Event::Found(vec![new]));
        world.press("w");
    }
    world.finish();
    assert_eq!(world.model.cursor().0, 0);
    assert!(world.text().contains("AWS access key id"), "{}", world.text());
    world.press("1 j Enter");
    assert_eq!(world.model.cursor().0, 0);
}

#[test]
fn the_order_does_not_depend_on_the_scan() {
    let lines = |world: &World| {
        let text = world.text();
        text.lines().skip(1).take(16).map(str::to_owned).collect::<Vec<_>>()
    };
    let scanned = |found| {
        let mut world = World::empty(theme(), SIZE, Vec::new());
        world.event(Event::Found(found));
        world.finish();
        world
    };
    let mut found = findings(&rules());
    let mut forward = scanned(found.clone());
    found.reverse();
    let mut backward = scanned(found);
    for key in ["2", "}", "}", "n", "gr", "j", "gd", "j", "gf"] {
        forward.press(key);
        backward.press(key);
        assert_eq!(lines(&forward), lines(&backward), "after {key}");
    }
}

#[test]
fn a_plain_word_is_masked_where_it_is_a_password_only() {
    let mut world = World::empty(theme(), (140, 40), Vec::new());
    let text = "# jenkins\njenkins_password: jenkins\nhome: /srv/jenkins\n";
    let file = "roles/jenkins/vars/main.yml";
    world.files.insert(crate::fixture::path(file), text.into());
    let rule = ("sensitive/password-assignment", Severity::High, "jenkins");
    let mut found = find(&rules(), rule, file, text);
    // Flagged is only what is assigned.
    let new = found.remove(2);
    world.event(Event::Found(vec![new]));
    world.finish();
    world.press("2 /jenkins");
    assert_eq!(world.model.cursor().1, 1);
    world.press("Enter");
    let text = world.text();
    assert!(text.contains(file) && text.contains("# jenkins") && text.contains("/srv/jenkins"));
    assert!(text.contains("jenkins_password: ••••••"), "{text}");
    world.press("p");
    assert!(!world.text().contains("password: jenkins"), "{}", world.text());
}

#[test]
fn kinds_of_keys_are_told_apart() {
    let mut world = World::empty(theme(), SIZE, Vec::new());
    let text = "-----BEGIN THE BLOCK-----\nnot a key at all 1\n-----END THE BLOCK-----\n";
    world.files.insert(crate::fixture::path("a.pem"), text.into());
    let rule = ("sensitive/password-assignment", Severity::High, text.trim_end());
    world.event(Event::Found(find(&rules(), rule, "a.pem", text)));
    world.finish();
    world.press("2");
    let text = world.text();
    assert!(text.contains("value  THE BLOCK  (masked"), "{text}");
    assert!(!text.contains("not a key"), "{text}");
}

#[test]
fn what_is_not_there_yet_says_so() {
    let mut world = World::mono(SIZE);
    world.press("5 R");
    assert!(world.text().contains("writing the release from here is not there yet"));
}

#[test]
fn banners_say_what_matters_at_100_columns() {
    let mut world = World::mono((100, 30));
    world.press("2");
    let long =
        "/home/somebody/a/very/long/way/down/to/the/state/of/this/review/under/a/name/j.jsonl";
    world.broken = Some(format!("{long}: No space left on device (os error 28)"));
    world.press("r");
    let text = world.text();
    assert!(text.contains("NOT SAVED: No space left on device (os error 28); press :retry"));
    assert!(!text.contains("somebody"), "{text}");
    let end = "the end of a banner that has more to say than one line holds";
    world.event(Event::TreeChanged(format!("HEAD moved to 9c1d2e3 on a branch: {end}")));
    let text = world.text().replace('\n', " ").replace("  ", " ");
    assert!(text.contains(":rescan scans anew"), "{text}");
}

#[test]
fn nothing_found() {
    let mut world = World::empty(theme(), SIZE, Vec::new());
    world.finish();
    assert!(world.text().contains("0 findings in 5 files, 6 rules"));
    world.press("2");
    assert!(world.text().contains("0 findings in 5 files"));
    world.press("a r x s A R X = . - u U p i y e c t Space v");
    assert!(world.journal.is_empty());
}

#[test]
fn a_filter_that_hides_everything_says_so() {
    let mut world = World::mono(SIZE);
    let counts = world.model.counts().clone();
    world.press("2 /nowhere");
    assert!(world.text().contains("hides all 10"));
    assert_eq!(*world.model.counts(), counts);
    world.press("Enter Esc");
    assert!(world.text().contains("filter cleared"));
}

#[test]
fn masked_values_can_not_be_guessed_by_the_filter() {
    let mut world = World::mono(SIZE);
    world.press("2 /hunter2");
    assert_eq!(world.model.cursor().1, 0);
    world.press("Esc * /hunter2");
    assert_eq!(world.model.cursor().1, 1);
}

#[test]
fn a_finished_category_leads_to_the_next() {
    let mut world = World::mono(SIZE);
    world.press("j Enter a");
    assert!(world.text().contains("the one group of Licensing decided; Enter: Sensitive"));
    world.press("Enter");
    assert!(world.text().contains("sensitive"));
    assert_eq!(world.model.cursor().1, 5);
}

#[test]
fn a_resumed_review_says_what_became_of_decisions() {
    let mut first = World::mono(SIZE);
    first.press("2 r r");
    let votes = first.model.into_session().votes().to_vec();
    let mut world = World::empty(theme(), SIZE, votes);
    world.scan();
    assert!(world.text().contains("5 decisions kept, 0 re-opened (text changed), 0 gone"));
    let redacted = world.verdicts().iter().filter(|v| **v == Some(Verdict::Redact)).count();
    assert_eq!(redacted, 5);
}

#[test]
fn the_place_of_last_time_is_found_again() {
    let mut last = World::mono(SIZE);
    // By file, only what is internal, and not the top row.
    last.press("2 g f f i");
    last.press("j j j");
    last.send(Msg::Tick);
    let shown = last.model.shown().expect("a place");
    let value = last.model.session().identity(shown).value.clone();
    let kept = last.remembered.clone().expect("a standpoint");
    let mut world = World::empty(theme(), SIZE, Vec::new());
    let source = debut::ops::SourceInfo::default();
    world.event(Event::Started { source, resume: Some(kept) });
    world.scan();
    let shown = world.model.shown().expect("a place");
    assert_eq!(world.model.session().identity(shown).value, value);
    world.press("2");
    last.press("2");
    // The header names another commit.
    let below = |text: String| text.split_once('\n').map(|(_, rest)| rest.to_owned());
    assert_eq!(below(world.text()), below(last.text()));
}

#[test]
fn what_was_typed_into_a_filter_is_not_kept() {
    let mut world = World::mono(SIZE);
    world.press("2 g f / hunter Enter");
    world.send(Msg::Tick);
    world.press("Esc / db1 Enter");
    world.send(Msg::Tick);
    let kept = world.remembered.clone().expect("a standpoint");
    assert!(kept.contains("grouping = \"file\"") && !kept.contains("db1"), "{kept}");
}

#[test]
fn a_second_scan_keeps_decisions() {
    let mut world = World::mono(SIZE);
    world.press("2 r");
    world.event(Event::TreeChanged("HEAD moved to 9c1d2e3".into()));
    assert!(world.text().contains("HEAD moved"));
    world.press(": rescan Enter");
    assert_eq!(world.asked.last().map(String::as_str), Some("rescan"));
    let source = debut::ops::SourceInfo::default();
    world.event(Event::Started { source, resume: None });
    world.scan();
    let redacted = world.verdicts().iter().filter(|v| **v == Some(Verdict::Redact)).count();
    assert_eq!(redacted, 3);
    assert!(!world.text().contains("HEAD moved"));
}

#[test]
fn read_only_says_why() {
    let mut world = World::mono(SIZE);
    let session = World::mono(SIZE).model.into_session();
    let read_only = Some("locked by bo since 11:58".to_owned());
    world.model = Model::new(session, Options { read_only, ..options(theme(), SIZE) });
    world.press("2 r a A u");
    assert!(world.journal.is_empty());
    assert!(world.text().contains("read only: locked by bo since 11:58"));
}

#[test]
fn a_review_that_was_left_is_taken_over() {
    let mut world = World::mono(SIZE);
    world.press("2 r");
    let votes = world.model.session().votes().to_vec();
    let decided = world.verdicts();
    let session = World::mono(SIZE).model.into_session();
    let read_only = Some("bo since 11:58 is reviewing now".to_owned());
    world.model = Model::new(session, Options { read_only, ..options(theme(), SIZE) });
    world.event(Event::TakenOver(Err("the key was changed".into())));
    assert!(world.text().contains("Read only: the key was changed"));
    world.event(Event::TakenOver(Ok((votes, Vec::new()))));
    assert!(world.text().contains("you can decide now") && !world.text().contains("READ ONLY"));
    assert_eq!(world.verdicts(), decided);
    let before = world.journal.len();
    world.press("2 n n r");
    assert_eq!(world.journal.len(), before + 1);
}

#[test]
fn what_a_merge_brings_is_taken_in() {
    let mut world = World::mono(SIZE);
    world.press("2 r");
    let mut vote = world.model.session().votes()[0].clone();
    vote.by = "reviewer2@example.com".into();
    vote.act = debut::domain::Act::Give(Verdict::Approve);
    world.event(Event::Joined(vec![vote]));
    assert!(world.text().contains("the checklist was changed: 1 vote taken in"));
    assert!(world.model.counts().disputed > 0);
}

#[test]
fn a_small_terminal_gets_one_line_and_keeps_its_place() {
    let mut world = World::mono(SIZE);
    world.press("2 j j");
    let shown = world.model.shown();
    world.send(Msg::Resize(45, 9));
    assert!(world.text().starts_with("60x16 needed, 45x9 now; q leaves"));
    world.press("r j");
    assert!(world.journal.is_empty());
    world.send(Msg::Resize(160, 45));
    assert_eq!(world.model.shown(), shown);
}

#[test]
fn a_terminal_that_shrank_unheard_breaks_nothing() {
    let mut world = World::mono((160, 45));
    world.press("2 ?");
    world.size = (70, 20);
    world.text();
    world.size = (10, 2);
    world.text();
}

#[test]
fn late_highlighting_is_not_lost() {
    let mut world = World::mono(SIZE);
    world.press("2");
    let shown = world.model.shown().expect("a place");
    let path = world.model.session().finding(shown).path.clone();
    world.press("j");
    let text = Ok(crate::fixture::file_text("came_later=AKEYQYZ7EXMPLKEY4321\n"));
    world.event(Event::File { generation: 1, of: debut::domain::TextOf::tree(&path), text });
    world.press("k");
    assert!(world.text().contains("came_later=••••••"), "{}", world.text());
}

#[test]
fn the_meter_knows_the_pace() {
    let mut world = World::mono(SIZE);
    world.press("2 r r a r r");
    assert!(world.text().contains("5 left · 2.5 s each · ~1 min"), "{}", world.text());
}

#[test]
fn text_of_the_repository_is_harmless() {
    let mut world = World::mono((160, 45));
    world.press("2 gf");
    for _ in 0..30 {
        world.press("j");
        let text = world.text();
        assert!(!text.contains(['\u{202e}', '\u{200b}', '\t']), "{text}");
    }
    world.press("/odd");
    assert!(world.text().contains("⟨U+202E⟩odd\\x09name.md"));
    let text = world.text();
    assert!(text.contains("⟨U+200B⟩"), "{text}");
}

#[test]
fn a_line_of_megabytes_is_shown_around_its_span() {
    let mut world = World::empty(theme(), (110, 28), Vec::new());
    let (head, tail) = ("x=\"日本語\";".repeat(3000), "tail();".repeat(5000));
    let text = format!("var a = 1;\n{head}host=db9.corp.example.net;{tail}\nend\n");
    world.files.insert(crate::fixture::path("dist/app.min.js"), text.clone());
    let rule = ("internal/host-name", Severity::Medium, "db9.corp.example.net");
    world.event(Event::Found(find(&rules(), rule, "dist/app.min.js", &text)));
    world.finish();
    world.press("2");
    let line = |world: &World| {
        let text = world.text();
        let line = text.lines().find(|line| line.contains('▶')).unwrap_or_default().to_owned();
        assert!(line.contains("host=db9.corp.example.net;"), "{text}");
        line
    };
    let cropped = line(&world);
    assert!(cropped.contains("│ …") && cropped.ends_with('…'), "{cropped}");
    world.press("w Tab C-d C-d C-d C-u j j k");
    world.text();
}

#[test]
fn what_lies_over_a_screen_says_how_to_leave_it_however_narrow() {
    for (ascii, width) in [(false, 60), (true, 60), (true, 66), (false, 72)] {
        for keys in ["?", "1 :", "2 g", "2 f", "2 A", "2 /", "2 c", "2 t", "S", "1 E", "6 L"] {
            let mut world = World::asked(Theme::new(false, ascii), (width, 16), Vec::new());
            world.press(keys);
            let text = world.text();
            let footer = text.lines().last().expect("a footer");
            assert!(footer.contains("Esc "), "{keys} at {width}: {text}");
        }
    }
}
