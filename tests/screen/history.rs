// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is not in the reviewed commit: earlier versions, messages, people, names.

use std::sync::Arc;

use debut::{
    domain::{HistorySummary, Layer, Metadata, Severity, Verdict},
    ops::{Event, SourceInfo, Stage},
    tui::Theme,
};

use crate::{fixture::SECRETS, harness::World, past::PAST_SECRETS};

const SIZE: (u16, u16) = (120, 40);

fn world() -> World {
    World::with_past(Theme::new(false, false), SIZE)
}

/// The layers of everything the list shows.
fn listed(world: &mut World) -> Vec<String> {
    let mut out = Vec::new();
    world.press("gf");
    for row in 0..world.model.cursor().1 {
        world.press(if row == 0 { "Home" } else { "j" });
        if let Some(idx) = world.model.shown() {
            out.push(world.model.session().finding(idx).layer.word().to_owned());
        }
    }
    out.sort();
    out.dedup();
    out
}

#[test]
fn each_text_is_shown_where_it_stands() {
    for (filter, lines) in [
        ("old1", &["db_host: old1.corp.example.net", "old_password: ••••••"][..]),
        ("old2", &["old_password: ••••••", "db_host: old2.corp.example.net", "# ••••••"]),
        ("db9", &["Move to db9.corp.example.net", "password was ••••••"]),
        ("OPS-1234", &["Release, see OPS-1234; the password is not ••••••"]),
        ("identities", &["ana <••••••>", "bo <••••••>"]),
        ("git.corp", &["https://app:••••••@git.corp.example.net/core.git"]),
    ] {
        let mut world = world();
        world.filtered(filter);
        let text = world.text();
        for line in lines {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }
}

#[test]
fn places_are_named_in_words() {
    for (filter, words) in [
        ("old1", "≡ roles/db/vars/main.yml:2"),
        ("db9", "≡ commit 1f00c0f, message:1"),
        ("OPS-1234", "≡ tag 7a60000, message:1"),
        ("user3", "≡ author or committer of 1f00c0f"),
        ("git.corp", "≡ setting remote.origin.url"),
    ] {
        let mut world = world();
        world.press("*");
        world.filtered(filter);
        let text = world.text();
        assert!(text.contains(words), "{words}\n{text}");
        assert!(!text.contains(".git/"), "{text}");
    }
    let mut world = world();
    world.filtered("refs");
    let mut seen = String::new();
    for key in ["Tab", "}", "Tab j", "}", "j", "}"] {
        seen.push_str(&world.press(key).text());
    }
    assert!(seen.contains("ref refs/heads/try-••••••"), "{seen}");
    assert!(seen.contains("ref refs/heads/OPS-4711"), "{seen}");
}

#[test]
fn the_detail_says_since_when_and_that_it_is_gone() {
    let mut world = world();
    world.filtered("old1");
    let text = world.text();
    assert!(text.contains("≡ history only, 7 versions"), "{text}");
    assert!(text.contains("since  1f00c0f 2017-07-14  to  2e11dec 2020-09-13"), "{text}");
    world.filtered("deploy.sh").press("Esc gf Home j");
    let text = world.text();
    assert!(text.contains("since  1f00c0f 2017-07-14, 1 version"), "{text}");
}

#[test]
fn line_history_lists_the_places_of_the_value() {
    let mut world = world();
    world.filtered("old1").press("b");
    let text = world.text();
    for words in [
        "first   1f00c0f  2017-07-14  ana⟨U+202E⟩ ••••••",
        "last    2e11dec  2020-09-13  bo",
        "in 7 versions",
        "history only: the reviewed commit does not have it",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    world.press("x");
    assert!(!world.model.has_overlay() && world.journal.is_empty(), "any key closes");
    world.filtered("db1.corp").press("b");
    let text = world.text();
    assert!(text.contains("history only here; the commit has it elsewhere"), "{text}");
    assert!(text.contains("4 other places of this value"), "{text}");
    assert!(text.contains("≡ gone/hosts.ini:2"), "{text}");
    world.press("j j G k k j");
    assert!(world.journal.is_empty());
}

#[test]
fn line_history_without_a_history_says_how_to_get_one() {
    let mut world = World::mono(SIZE);
    world.press("2 b");
    let text = world.text();
    assert!(text.contains("the history was not scanned"), "{text}");
    assert!(text.contains("debut --history"), "{text}");
}

#[test]
fn filter_words_narrow_by_layer_and_change_no_count() {
    let counts = world().model.counts().clone();
    for (word, layers) in
        [("is:tree", &["tree"][..]), ("is:history", &["history"]), ("IS:Metadata", &["metadata"])]
    {
        let mut world = world();
        world.filtered(word);
        assert_eq!(listed(&mut world), layers, "{word}");
        assert_eq!(*world.model.counts(), counts, "{word}");
    }
    let mut world = world();
    let all = world.press("2").model.cursor().1;
    // What is being typed narrows nothing yet, and an unknown word is looked for as it stands.
    assert_eq!(world.filtered("is:his").model.cursor().1, all);
    assert_eq!(world.filtered("is:nothing").model.cursor().1, 0);
    assert_eq!(world.filtered("is:history old1").model.cursor().1, 1);
    // A value that the reviewed commit has as well is not one of the history only.
    assert_eq!(world.filtered("is:history db1").model.cursor().1, 0);
    world.press("Esc Esc 2 f h");
    let text = world.text();
    assert!(text.contains("history only"), "{text}");
    assert_eq!(listed(&mut world), ["history"]);
}

#[test]
fn what_stands_in_no_file_is_not_left_out() {
    for filter in ["db9", "identities", "refs", "git.corp"] {
        let mut world = world();
        world.filtered(filter).press("x");
        let text = world.text();
        assert!(text.contains("this stands in no file that could be left out"), "{text}");
        world.press("X");
        assert!(!world.model.has_overlay() && world.journal.is_empty(), "{filter}");
    }
    // A scope that holds both leaves out files only.
    let mut world = world();
    world.filtered("db1").press("Esc gr Home x");
    let session = world.model.session();
    for vote in session.votes() {
        assert!(
            !vote.target.path().is_some_and(|path| path.to_string().starts_with(".git")),
            "{:?}",
            vote.target
        );
    }
    let mut world = World::mono(SIZE);
    world.press("2 /missing Enter x");
    assert!(world.text().contains("this is about the repository"), "{}", world.text());
    assert!(world.journal.is_empty());
}

#[test]
fn redacting_in_the_history_is_announced_and_shown_where_it_can_be() {
    let mut world = world();
    world.filtered("db1.corp").press("p");
    let text = world.text();
    assert!(text.contains("! 1 place in history only: replaced when it is rewritten"), "{text}");
    world.press("Esc");
    world.filtered("old1").press("p");
    let text = world.text();
    assert!(text.contains("history only: replaced when the history is rewritten"), "{text}");
    world.press("r");
    assert_eq!(world.journal.len(), 1);
}

#[test]
fn approving_needs_past_lines_on_screen_too() {
    let mut world = world();
    // Both passwords of the old file are told once; the kettle's stands in a setting as well.
    world.filtered("settings").press("*");
    world.filtered("Copper").press("a");
    assert!(world.journal.is_empty(), "{}", world.text());
    world.press("a");
    assert_eq!(world.journal.len(), 1, "{}", world.text());
    let approved = world.verdicts().iter().filter(|v| **v == Some(Verdict::Approve)).count();
    assert_eq!(approved, 2);
}

#[test]
fn nothing_of_the_history_is_edited_and_what_is_copied_holds_no_value() {
    let mut world = world();
    for filter in ["old1", "db9", "identities", "git.corp", "gone/"] {
        world.filtered(filter);
        world.press("e");
        let text = world.text();
        assert!(text.contains("this does not stand in the work tree"), "{filter}\n{text}");
        world.press("y");
    }
    world.asked.retain(|asked| asked.starts_with("copy") || asked.starts_with("edit"));
    assert_eq!(
        world.asked,
        [
            "copy roles/db/vars/main.yml:2 in blob aaaa1111aaaa",
            "copy 1f00c0ffee1f:message:1",
            "copy 1f00c0ffee1f:author",
            "copy remote.origin.url",
            "copy 1f00c0ffee1f:gone/hosts.ini:2",
        ]
    );
}

#[test]
fn h_scans_the_history_too_or_no_longer() {
    let mut world = World::mono(SIZE);
    assert!(world.text().contains("not scanned [H]"), "{}", world.text());
    world.press("H");
    assert_eq!(world.asked.last().map(String::as_str), Some("rescan with history"));
    world.press("2 H 1");
    let asked = world.asked.iter().filter(|asked| asked.starts_with("rescan")).count();
    assert_eq!(asked, 1, "on the dashboard only");
    let mut world = self::world();
    let text = world.text();
    let line = "66,724 commits, 154,857 versions";
    assert!(text.contains(line), "{text}");
    assert!(text.contains("60,000 refs in refs/pull/, 12 unreachable objects not published"));
    world.press(": rescan Enter");
    assert_eq!(world.asked.last().map(String::as_str), Some("rescan with history"), "stays on");
    world.press("H");
    assert_eq!(world.asked.last().map(String::as_str), Some("rescan"));
    world.press("j j j j j j j Enter");
    assert_eq!(listed(&mut world), ["history"]);
}

#[test]
fn the_header_says_how_far_the_history_is() {
    for (size, words) in [((100, 30), "scanning 4,200/10,000 versions"), ((60, 16), "versions 42%")]
    {
        let mut world = World::with_past(Theme::new(false, false), size);
        world.event(Event::Progress { stage: Stage::Versions, done: 4_200, total: 10_000 });
        assert!(world.text().contains(words), "{}", world.text());
        world.event(Event::Progress { stage: Stage::Commits, done: 8_192, total: 0 });
        assert!(world.text().contains("8,192 commits"), "{}", world.text());
    }
}

#[test]
fn a_text_that_changed_since_the_scan_is_not_shown() {
    let mut world = world();
    for (of, text) in &mut world.past {
        if matches!(of.layer, Layer::Name(_)) {
            *text = "https://somebody:new-secret-1@elsewhere.example.net/".into();
        }
    }
    world.filtered("git.corp");
    let text = world.text();
    assert!(text.contains("this text changed since it was scanned"), "{text}");
    assert!(!text.contains("new-secret-1"), "{text}");
}

#[test]
fn no_size_shows_a_masked_value_of_the_history() {
    for size in [(60, 16), (100, 30), (160, 45)] {
        let mut world = World::with_past(Theme::new(true, false), size);
        world.press("2");
        for grouping in ["gv", "gr", "gd", "gf", "gm", "ga"] {
            world.press(grouping).press("Home");
            for _ in 0..40 {
                for key in ["j", "Tab", "b", "}", "w", "Esc", "Tab", "p", "Esc"] {
                    world.press(key);
                    let text = world.text();
                    for secret in SECRETS.iter().chain(&PAST_SECRETS) {
                        assert!(!text.contains(secret), "{secret} after {key}\n{text}");
                    }
                    assert!(!text.contains('\u{202e}'), "{text}");
                }
            }
        }
    }
}

#[test]
fn what_nobody_could_read_stands_against_a_sign_off() {
    let mut world = World::asked(Theme::new(false, false), SIZE, Vec::new());
    world.event(Event::Started {
        source: SourceInfo { history: true, ..SourceInfo::default() },
        resume: None,
    });
    world.scan();
    let seen = HistorySummary { missing: 2, ..HistorySummary::default() };
    world.event(Event::History(Arc::new(seen)));
    assert!(world.text().contains("not judged: 2 objects not there"), "{}", world.text());
    world.press("2 /licensing Enter a Esc gf Z Home r r r r r r r r r r x x x x 6 Y Y Y Y Y Y 5");
    assert_eq!(world.model.counts().total.open, 0, "{}", world.text());
    assert!(!world.model.counts().clear(), "credentials of the past were not rotated");
    world.press("2 O y 6 5");
    assert!(world.model.counts().clear(), "{}", world.text());
    let text = world.text();
    assert!(text.contains("✗ not judged in the history: 2 objects not there"), "{text}");
    assert!(text.contains("what follows blocks a sign-off"), "{text}");
    world.event(Event::Exported(Ok(("report.md".into(), false))));
    assert!(
        world.text().contains("NOT PASSED, it says why: report written to"),
        "{}",
        world.text()
    );
    world.event(Event::Exported(Ok(("report.md".into(), true))));
    assert!(world.text().contains(" PASSED: report written to"), "{}", world.text());
}

#[test]
fn a_name_of_a_file_of_the_commit_is_no_matter_of_the_history() {
    let name = "dumps/Copper-Kettle-9.txt";
    let secret = ("sensitive/password-assignment", Severity::High, "Copper-Kettle-9");
    let path = Metadata::Paths.path().to_string();
    let mut found = crate::fixture::find(&crate::fixture::rules(), secret, &path, name);
    found.iter_mut().for_each(|new| new.finding.layer = Layer::Name(name.into()));
    let mut world = World::mono(SIZE);
    world.event(Event::Found(found));
    world.filtered("is:metadata").press("p");
    let text = world.text();
    assert!(text.contains("in the name of a file: rename it, or leave it out"), "{text}");
    assert!(!text.contains("history"), "{text}");
}
