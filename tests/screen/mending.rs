// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licensing gaps on the screen: reasons of their own, corrections with completion, fixes.

use std::sync::Arc;

use debut::{
    domain::{Licensing, Policy, Severity, Verdict},
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
