// SPDX-License-Identifier: MIT OR Apache-2.0
//! The table of suggestions, samples of batches, and the meter: laws and pictures.

use debut::{
    domain::{Act, Origin, Severity, Verdict},
    ops::Event,
    review::Draw,
    tui::{Screen, Theme},
};

use crate::{
    fixture::{find, path, rules},
    harness::World,
};

const SIZE: (u16, u16) = (120, 40);

/// A repository with `n` hosts, one a file, and nothing that blocks.
fn hosts(theme: Theme, size: (u16, u16), n: usize) -> World {
    let mut world = World::empty(theme, size, Vec::new());
    world.files.clear();
    let mut found = Vec::new();
    for i in 0..n {
        let (file, value) = (format!("hosts/h{i:03}.yml"), format!("h{i:03}.corp.acme.io"));
        let text = format!("# host {i}\nname: {value}\nrole: web\n");
        let rule = ("internal/host-name", Severity::Medium, value.as_str());
        found.extend(find(&rules(), rule, &file, &text));
        world.files.insert(path(&file), text);
    }
    world.event(Event::Found(found));
    world.finish();
    world
}

fn mono(n: usize) -> World {
    hosts(Theme::new(false, false), SIZE, n)
}

fn drawn(world: &World, draw: Draw) -> usize {
    let session = world.model.session();
    session.findings().filter(|(idx, _)| session.standing(*idx).draw == draw).count()
}

fn count(world: &World, verdict: Option<Verdict>) -> usize {
    world.verdicts().iter().filter(|v| **v == verdict).count()
}

/// Approves all of 70 hosts as one batch.
fn batch(world: &mut World) {
    world.press("2 A u 7 0");
}

#[test]
fn a_batch_draws_and_says_so() {
    let mut world = mono(70);
    batch(&mut world);
    assert_eq!((world.journal.len(), drawn(&world, Draw::Due)), (1, 37));
    let text = world.text();
    assert!(text.contains("all 70 groups decided, 37 to sample; Enter: samples"), "{text}");
    assert!(text.contains("37 to sample"), "the meter\n{text}");
    world.press("1");
    let text = world.text();
    assert!(text.contains("37 due") && text.contains("Next: 37 places drawn"), "{text}");
    world.press("5");
    let text = world.text();
    assert!(text.contains("37 places drawn from batches of approvals to be looked at"), "{text}");
    assert!(text.contains("samples due: 37 of 37 drawn places"), "{text}");
}

#[test]
fn what_was_drawn_is_not_confirmed_by_its_head_row() {
    let mut world = mono(70);
    batch(&mut world);
    world.press("gr Z fp");
    let text = world.text();
    assert!(text.contains("internal/host-name") && text.contains("37 due"), "{text}");
    assert_eq!(world.model.cursor().1, 38, "nothing is folded\n{text}");
    world.press("Home a");
    assert!(world.text().contains("looked at one by one: n goes on"), "{}", world.text());
    assert_eq!(drawn(&world, Draw::Due), 37);
    world.press("n a");
    assert_eq!(drawn(&world, Draw::Due), 36);
    assert!(world.text().contains("36 due"), "{}", world.text());
}

#[test]
fn what_is_said_to_be_drawn_is_what_is_due() {
    let mut world = mono(40);
    // Two places that nothing tells apart: one draw, two places to look at.
    let mut found = Vec::new();
    for i in 0..40 {
        let (file, value) = (format!("twins/t{i:03}.yml"), format!("t{i:03}.corp.acme.io"));
        let text = format!("name: {value}\nname: {value}\n");
        let rule = ("internal/host-name", Severity::Medium, value.as_str());
        found.extend(find(&rules(), rule, &file, &text));
        world.files.insert(path(&file), text);
    }
    world.event(Event::Found(found));
    world.finish();
    world.press("2 /t000 Enter A d 8 0");
    let due = drawn(&world, Draw::Due);
    assert!(due > 31, "{due}");
    let said = format!("approve 80 places; {due} drawn to be looked at");
    assert!(world.text().contains(&said), "{said}\n{}", world.text());
    world.press("1");
    assert!(world.text().contains(&format!("{due} due")), "{}", world.text());
}

#[test]
fn enter_goes_to_what_was_drawn_and_approve_confirms_it() {
    let mut world = mono(70);
    batch(&mut world);
    world.press("Enter");
    assert_eq!(world.model.screen(), Screen::Walk);
    assert_eq!(world.model.cursor().1, 37, "the drawn ones and no others");
    assert!(world.text().contains("drawn from a batch: approve confirms it"));
    world.press("a");
    assert_eq!((drawn(&world, Draw::Due), drawn(&world, Draw::Clean)), (36, 1));
    let last = world.model.session().votes().last().expect("a vote").clone();
    assert_eq!((last.how, last.act), (Some(Origin::Sample), Act::Give(Verdict::Approve)));
    for _ in 0..36 {
        world.press("a");
    }
    assert_eq!((drawn(&world, Draw::Due), drawn(&world, Draw::Clean)), (0, 37));
    assert!(world.text().contains("all 70 groups decided; Enter: readiness"), "{}", world.text());
    world.press("1");
    assert!(world.text().contains("  ok   ✓ decided"), "{}", world.text());
    assert!(world.model.counts().clear());
}

#[test]
fn looks_that_were_typed_ahead_are_no_looks() {
    let mut world = mono(70);
    batch(&mut world);
    world.press("Enter");
    world.typed_ahead("a a a a a");
    assert_eq!(drawn(&world, Draw::Clean), 1, "only the one that was on screen");
    assert!(world.text().contains("typed ahead"));
}

#[test]
fn a_bad_draw_opens_the_batch_and_undo_closes_it() {
    let mut world = mono(70);
    batch(&mut world);
    world.press("Enter a a");
    let before = (world.verdicts(), drawn(&world, Draw::Due), drawn(&world, Draw::Clean));
    world.press("r");
    let text = world.text();
    assert!(text.contains("bad draw: 67 more of the batch open again; redact hosts/"), "{text}");
    assert_eq!((count(&world, None), count(&world, Some(Verdict::Redact))), (67, 1));
    assert_eq!(drawn(&world, Draw::Due), 0);
    assert_eq!(world.journal.len(), 4, "one step");
    world.press("u");
    assert_eq!((world.verdicts(), drawn(&world, Draw::Due), drawn(&world, Draw::Clean)), before);
    world.press("u u u");
    assert_eq!((count(&world, None), drawn(&world, Draw::Due)), (70, 0));
}

#[test]
fn the_category_with_samples_opens_them() {
    let mut world = mono(70);
    batch(&mut world);
    world.press("1 j j Enter");
    assert_eq!(world.model.cursor().1, 37);
    world.press("n N Esc");
    assert_eq!(world.model.cursor().1, 70, "Esc clears the filter");
    world.press("fp");
    assert_eq!(world.model.cursor().1, 37);
    world.press("z");
    assert_eq!(world.model.cursor().1, 37, "what was drawn is decided, and is shown all the same");
}

#[test]
fn other_groupings_show_what_was_drawn_too() {
    for grouping in ["gr", "gd", "gf"] {
        let mut world = mono(70);
        batch(&mut world);
        world.press("Enter");
        world.press(grouping);
        for _ in 0..37 {
            world.press("n a");
        }
        let left = drawn(&world, Draw::Due);
        assert_eq!((left, drawn(&world, Draw::Clean)), (0, 37), "{grouping}");
    }
}

#[test]
fn decisions_of_another_run_know_their_sample() {
    let mut world = mono(70);
    batch(&mut world);
    world.press("Enter a a a");
    let source = debut::ops::SourceInfo::default();
    let found: Vec<_> = {
        let session = world.model.session();
        session
            .findings()
            .map(|(idx, finding)| debut::review::Identified {
                finding: finding.clone(),
                id: session.identity(idx).clone(),
            })
            .collect()
    };
    world.event(Event::Started { source, resume: None });
    world.event(Event::Found(found));
    world.finish();
    assert_eq!((drawn(&world, Draw::Due), drawn(&world, Draw::Clean)), (34, 3));
}

#[test]
fn the_table_accepts_a_reason_as_one_step() {
    let mut world = World::mono(SIZE);
    world.press("S");
    let text = world.text();
    assert!(text.contains("documentation names (example.com, .test)"), "{text}");
    assert!(world.journal.is_empty());
    world.press("Enter");
    assert_eq!(world.model.cursor().1, 5, "its groups");
    assert!(world.text().contains("suggested: documentation names"), "{}", world.text());
    assert!(world.journal.is_empty(), "Enter never decides");
    world.press("Esc S = Enter Enter");
    assert!(world.journal.is_empty() && world.model.has_overlay(), "the number is asked for");
    assert!(world.text().contains("type 10 to approve them all"), "{}", world.text());
    world.press("1 0");
    assert_eq!(world.journal.len(), 1);
    assert_eq!(count(&world, Some(Verdict::Approve)), 10);
    let at = Origin::ALL.iter().position(|o| *o == Origin::Suggestion).expect("listed");
    assert_eq!(world.model.session().origins()[at], 10);
    assert!(world.text().contains("approve 10 places"), "{}", world.text());
    world.press("Esc u");
    assert_eq!(count(&world, None), world.verdicts().len());
}

#[test]
fn redactions_are_accepted_at_once_and_marks_together() {
    let mut world = mono(20);
    world.press("2 r r r S");
    assert!(world.text().contains("3 of 3 in corp.acme.io redacted"), "{}", world.text());
    world.press("=");
    assert_eq!(count(&world, Some(Verdict::Redact)), 20);
    assert!(world.text().contains("nothing is suggested now") || !world.model.has_overlay());
    let mut world = World::mono(SIZE);
    // One place of the password is redacted: the others are suggested for it.
    world.press("2 /hunter Enter");
    world.press("Esc j j j j Tab r Tab S");
    let rows = world.text().lines().filter(|line| line.contains("same value redacted")).count();
    assert_eq!(rows, 1, "{}", world.text());
    world.press("Space Space =");
    assert!(world.model.has_overlay(), "{}", world.text());
    let taken = world.journal.len();
    let ask = world.text();
    let number: String = ask
        .split("type ")
        .nth(1)
        .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect())
        .expect("a number to type");
    world.press(&number);
    assert_eq!(world.journal.len(), taken + 1, "all marked rows are one step");
}

#[test]
fn one_suggestion_is_taken_with_its_reason() {
    let mut world = World::mono(SIZE);
    world.press("2 j j j j");
    assert!(world.text().contains("≈ approve: documentation names"), "{}", world.text());
    world.press("=");
    let vote = world.model.session().votes().last().expect("a vote").clone();
    assert_eq!(vote.why.map(debut::domain::Reason::word), Some("test-data"));
    assert_eq!(vote.how, Some(Origin::Suggestion));
}

#[test]
fn a_table_without_rows_says_so() {
    let mut world = mono(3);
    world.press("S");
    assert!(!world.model.has_overlay());
    assert!(world.text().contains("nothing is suggested now"));
}

#[test]
fn the_palette_opens_the_table() {
    let mut world = World::mono(SIZE);
    world.press(": accept-suggestions Enter");
    assert!(world.text().contains("Suggestions, by reason"), "{}", world.text());
}

#[test]
fn the_meter_tells_the_pace_once_a_few_decisions_were_made() {
    let mut world = mono(20);
    world.press("2");
    assert!(world.text().contains("20 left\n"), "{}", world.text());
    for left in (17..20).rev() {
        world.press("r");
        let text = world.text();
        assert!(text.contains(&format!("{left} left\n")) && !text.contains("s each"), "{text}");
    }
    world.press("r");
    assert!(world.text().contains("16 left · 2.5 s each · ~1 min"), "{}", world.text());
    // A pause is no part of the work.
    world.now += 600_000;
    world.press("r");
    assert!(world.text().contains("15 left · 2.5 s each · ~1 min"), "{}", world.text());
    for _ in 0..15 {
        world.press("r");
    }
    let text = world.text();
    assert!(text.contains("0 left\n") || !text.contains(" each"), "{text}");
    let mut world = mono(4_000);
    world.press("2 r r r r");
    assert!(world.text().contains("3,996 left · 2.5 s each · ~3 h"), "{}", world.text());
}

#[test]
fn pictures() {
    let check = |name: &str, world: &World| insta::assert_snapshot!(name, world.snapshot());
    for (name, size) in [("60", (60, 16)), ("100", (100, 30)), ("160", (160, 45))] {
        for (kind, theme) in
            [("mono", Theme::new(false, false)), ("colour", Theme::new(true, false))]
        {
            let mut world = World::scanned(theme, size);
            world.press("2 j j j j Tab r Tab S");
            check(&format!("suggestions_{name}_{kind}"), &world);
            let mut world = hosts(theme, size, 40);
            world.press("2 A u 4 0");
            check(&format!("sample_drawn_{name}_{kind}"), &world);
            world.press("1");
            check(&format!("sample_dashboard_{name}_{kind}"), &world);
            world.press("Enter a");
            check(&format!("sample_walk_{name}_{kind}"), &world);
            world.press("5");
            check(&format!("sample_readiness_{name}_{kind}"), &world);
            world.press("j Enter r");
            check(&format!("sample_bad_{name}_{kind}"), &world);
        }
    }
    let mut world = World::scanned(Theme::new(false, true), (100, 30));
    world.press("S Space");
    check("suggestions_100_ascii", &world);
    world.press("=");
    check("suggestions_100_ascii_confirm", &world);
}
