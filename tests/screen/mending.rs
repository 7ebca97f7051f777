// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licensing gaps on the screen: reasons of their own, corrections with completion, fixes.

use std::sync::Arc;

use debut::{
    domain::{Licensing, Place, Policy, Secret, Severity, Verdict},
    ops::Event,
    review::Session,
    rules::RuleSet,
    tui::Theme,
};

use crate::{fixture::find, harness::World};

/// The row of the missing licence.
fn world(size: (u16, u16)) -> World {
    let mut world = World::mono(size);
    world.press("2 /missing-licence Enter Home");
    world
}

fn last_to(world: &World) -> Option<String> {
    let vote = world.journal.last()?.votes.first()?;
    vote.to.as_ref().map(ToString::to_string)
}

#[test]
fn a_correction_is_typed_completed_and_decided_by_a_letter() {
    for size in [(60, 16), (120, 40)] {
        let mut world = world(size);
        world.press("C Tab");
        assert!(world.text().contains("The licence that holds"), "{}", world.text());
        world.press("nope Enter");
        assert!(world.text().contains("nope is no SPDX id"), "{}", world.text());
        world.press("C-u apache-2 Tab");
        assert!(world.text().contains("Apache-2.0"), "{}", world.text());
        let before = world.journal.len();
        world.press("Enter");
        assert!(world.text().contains("Correct to Apache-2.0"), "{}", world.text());
        assert_eq!(world.journal.len(), before, "Enter does not decide");
        world.press("o");
        assert_eq!(last_to(&world).as_deref(), Some("Apache-2.0"), "{}", world.text());
        let shown = world.journal.last().and_then(|step| step.votes[0].act.verdict());
        assert_eq!(shown, Some(Verdict::Correct));
        world.press("u");
        assert!(world.model.counts().total.corrected == 0);
    }
}

#[test]
fn reasons_of_licences_are_a_list_of_their_own() {
    let mut gap = world((120, 40));
    gap.press("t");
    let text = gap.text();
    for part in ["wrong detection", "separate work (needs a note)", "own alias of the holder"] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!text.contains("not sensitive"), "{text}");
    let mut host = World::mono((120, 40));
    host.press("2 /db1 Enter Home t");
    assert!(host.text().contains("not sensitive") && !host.text().contains("wrong detection"));
    host.press("Esc C");
    assert!(host.text().contains("this is for licensing gaps"), "{}", host.text());
}

/// A repository in which two files lack a header, and one bears an identifier that is none.
fn headers(size: (u16, u16), outbound: Option<&str>) -> World {
    let rules = Arc::new(RuleSet::builtin().expect("the program's own rules"));
    let licensing = Licensing {
        outbound: outbound.map(Into::into),
        owners: vec!["Example GmbH".into()],
        ..Licensing::default()
    };
    let policy = Arc::new(Policy { licensing, ..Policy::default() });
    let session = Session::new(rules.clone(), "ana", Vec::new()).with_policy(policy, 20_455);
    let mut world = World::of(session, Theme::new(false, false), size);
    let text = "#!/bin/sh\nset -e\n";
    let rule = ("licensing/header-missing", Severity::Medium, "set");
    let mut found = Vec::new();
    for file in ["bin/a.sh", "bin/b.sh"] {
        world.files.insert(crate::fixture::path(file), text.into());
        found.extend(find(&rules, rule, file, text));
    }
    world.event(Event::Found(found));
    world.press("2 Enter Home");
    world
}

/// What would take the place of a text in a comment would take that of the code as well.
#[test]
fn a_fix_is_offered_where_there_is_one() {
    for (file, offered) in [("LICENSE", true), ("src/a.c", false)] {
        let rules = Arc::new(RuleSet::builtin().expect("the program's own rules"));
        let session = Session::new(rules.clone(), "ana", Vec::new());
        let mut world = World::of(session, Theme::new(false, false), (120, 40));
        let text = "the software shall not be used\n";
        let rule = ("licensing/license-altered", Severity::High, "not");
        world.files.insert(crate::fixture::path(file), text.into());
        world.event(Event::Found(find(&rules, rule, file, text)));
        world.press("2 Enter Home");
        let shown = world.text();
        let footer = shown.lines().last().unwrap_or_default();
        assert_eq!(footer.contains("F fix"), offered, "{shown}");
        assert_eq!(shown.contains("F mends it"), offered, "{shown}");
        assert!(shown.contains("C says which licence") || offered, "{shown}");
    }
}

#[test]
fn a_fix_is_shown_as_a_diff_and_decided_for_the_group() {
    for size in [(60, 16), (120, 40)] {
        let mut world = headers(size, Some("MIT"));
        world.press("p");
        let text = world.text();
        for part in ["bin/a.sh", " + # SPDX-FileCopyright", "   set -e"] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
        world.press("F");
        let text = world.text();
        for part in ["write an SPDX header", "add a .license file", "add to REUSE.toml", "MIT"] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
        assert!(world.journal.is_empty());
        world.press("1");
        assert!(world.text().contains("Fix: write an SPDX header"), "{}", world.text());
        world.press("v");
        let step = world.journal.last().expect("a step");
        assert_eq!(step.votes.len(), 2, "{}", world.text());
        assert_eq!(last_to(&world).as_deref(), Some("header MIT; 2026 Example GmbH"));
        assert_eq!(world.model.counts().total.fixed, 1);
        world.press("u");
        assert_eq!(world.model.counts().total.fixed, 0);
        world.press("U Esc 2 - .");
        assert_eq!(world.model.counts().total.fixed, 1, "repeats: {}", world.text());
    }
}

#[test]
fn a_fix_without_a_policy_asks_for_the_licence() {
    let mut world = headers((120, 40), None);
    world.press("F");
    assert!(world.text().contains("no licence is chosen for the release"), "{}", world.text());
    world.press("1");
    assert!(world.journal.is_empty());
    world.press("l 0bsd Enter v");
    assert_eq!(last_to(&world).as_deref(), Some("header 0BSD; 2026 Example GmbH"));
    assert!(world.text().contains("fix"), "{}", world.text());
}

#[test]
fn enter_on_a_category_without_findings_goes_on_to_what_is_left() {
    let mut world = headers((100, 30), Some("MIT"));
    world.press("1 Home Enter");
    let text = world.text();
    assert!(text.contains("Licensing") && text.contains("header-m"), "{text}");
}

/// A gap about a whole file that rests on line 2 of it, and a credential that stands there.
fn foreign(size: (u16, u16)) -> World {
    let rules = Arc::new(RuleSet::builtin().expect("the program's own rules"));
    let session = Session::new(rules.clone(), "ana", Vec::new());
    let mut world = World::of(session, Theme::new(false, false), size);
    let text = format!("#!/bin/sh\n# Copyright 2019 {}\nset -e\n", holder());
    world.files.insert(crate::fixture::path("bin/a.sh"), text.clone());
    let name = holder();
    let rule = ("licensing/copyright-foreign", Severity::Medium, &*name);
    let mut found = find(&rules, rule, "bin/a.sh", &text);
    for one in &mut found {
        one.finding.place = Place::File;
        // The key of a name: its letters and digits in lower case.
        one.finding.value =
            Secret::new(holder().to_lowercase().replace(['_', '-'], " ").as_bytes());
        one.finding.notes = vec![format!("bin/a.sh:2 names {}", holder())];
    }
    let token = ("sensitive/netrc-password", Severity::High, TOKEN);
    found.extend(find(&rules, token, "bin/a.sh", &text));
    world.event(Event::Found(found));
    world.finish();
    world.press("2 /copyright-foreign Enter Home");
    world
}

/// No real credential: a word that looks like none.
const TOKEN: &str = "Tangerine_99-Umbrella-xQ7";

fn holder() -> String {
    format!("Acme {TOKEN} Ltd")
}

#[test]
fn a_credential_in_the_name_of_a_holder_is_masked() {
    for size in [(60, 16), (100, 30), (160, 45)] {
        for keys in ["", "l", "p", "F", "A", "i", "gr", "7 /bin Enter l"] {
            let mut world = foreign(size);
            world.press(keys);
            let bare: String = world.text().chars().filter(char::is_ascii_alphanumeric).collect();
            let bare = bare.to_lowercase();
            assert!(!bare.contains("umbrella"), "{size:?} {keys}\n{}", world.text());
        }
        let mut world = foreign(size);
        assert!(world.text().contains("acme ••••••"), "{}", world.text());
        world.press("*");
        assert!(world.text().contains("acme tanger"), "lifted: {}", world.text());
    }
}

#[test]
fn a_menu_that_does_not_fit_says_how_much_more_there_is() {
    let mut world = world((60, 16));
    world.press("t");
    let text = world.text();
    assert!(text.contains("4 more below") && text.contains("then press a or x"), "{text}");
    world.press(&"Down ".repeat(13));
    assert!(!world.text().contains("more below"), "{}", world.text());
    let mut wide = self::world((120, 40));
    wide.press("t");
    assert!(!wide.text().contains("more below"), "{}", wide.text());
}

#[test]
fn the_line_that_a_gap_rests_on_is_shown_and_marked() {
    let world = foreign((100, 30));
    let text = world.text();
    assert!(text.contains("bin/a.sh:2") && text.contains("▶  2 │ # Copyright 2019"), "{text}");
    assert!(!text.contains("about the whole file"), "{text}");
    assert!(world.snapshot().contains("reverse"), "the line is marked");
    let mut narrow = foreign((60, 16));
    assert!(narrow.text().contains("# Copyright 2019"), "{}", narrow.text());
    narrow.press("e");
    assert_eq!(narrow.asked.last().map(String::as_str), Some("edit bin/a.sh:2"));
}

#[test]
fn the_footer_offers_what_closes_a_gap_and_the_preview_says_what_it_is() {
    for size in [(60, 16), (120, 40)] {
        let mut world = headers(size, Some("MIT"));
        let footer = |world: &World| world.text().lines().last().unwrap_or_default().to_owned();
        assert!(footer(&world).contains("F fix…"), "{}", footer(&world));
        world.press("p");
        assert!(footer(&world).contains("F fix…"), "{}", footer(&world));
        assert!(world.text().contains("Fix preview"), "{}", world.text());
        let mut host = World::mono(size);
        host.press("2 /db1 Enter Home");
        assert!(!footer(&host).contains("fix…") && !footer(&host).contains("correct…"));
        host.press("p");
        assert!(host.text().contains("Redaction preview"), "{}", host.text());
    }
}

#[test]
fn a_long_line_of_a_preview_says_where_it_is_cut_or_is_wrapped() {
    let mut world = headers((60, 16), Some("MIT"));
    let long = format!("set {}\n", "-e ".repeat(40));
    world.files.insert(crate::fixture::path("bin/a.sh"), format!("#!/bin/sh\n{long}"));
    world.press("p j j");
    let cut = world.text();
    let line = cut.lines().find(|line| line.contains("set -e")).expect("the line").to_owned();
    assert!(line.ends_with('…'), "{cut}");
    world.press("w");
    let wrapped = world.text();
    assert!(!wrapped.lines().any(|line| line.contains("-e") && line.ends_with('…')), "{wrapped}");
    assert!(wrapped.matches("-e ").count() > cut.matches("-e ").count(), "{wrapped}");
}
