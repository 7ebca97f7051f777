// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the screen says of a policy: second voters, people who are missing, what has run out and
//! what is out of scope.

use std::sync::Arc;

use debut::{
    domain::{
        Act, Class, NotScanned, NotScannedFile, Origin, Policy, Target, Verdict, Vote, day_of,
    },
    ops::Event,
    review::Session,
    tui::Theme,
};

use crate::{
    fixture::{findings, path, rules},
    harness::World,
};

const NOW: i64 = 1_700_000_000_000;
const SIZES: [(u16, u16); 3] = [(60, 16), (100, 30), (160, 45)];

fn policy() -> Policy {
    Policy {
        reviewers: vec!["cy@example.com".into()],
        min_reviewers: 3,
        second_voter: vec![Class::Credential],
        expires_days: Some(30),
        ..Policy::default()
    }
}

/// Ben has approved the key and, long ago, a host.
fn votes() -> Vec<Vote> {
    let rules = rules();
    let day = day_of(NOW);
    let approved = |rule: &str| match rule {
        "sensitive/aws-access-key" => Some(day + 9),
        "internal/host-name" => Some(day - 1),
        _ => None,
    };
    let all = findings(&rules).into_iter();
    all.filter_map(|new| {
        let info = rules.info(new.finding.rule);
        Some(Vote {
            name: None,
            asked: None,
            target: Target::Place { path: new.finding.path, id: new.id },
            act: Act::Give(Verdict::Approve),
            class: Some(info.class),
            to: None,
            why: None,
            how: Some(Origin::Group),
            seen: None,
            by: "ben@example.com".into(),
            at: NOW - 1,
            until: Some(approved(&info.id)?),
            note: None,
        })
    })
    .collect()
}

fn world(policy: Policy, theme: Theme, size: (u16, u16)) -> World {
    let session = Session::new(rules(), "ana", votes());
    let session = session.with_policy(Arc::new(policy), day_of(NOW));
    let mut world = World::of(session, theme, size);
    let out = |name: &str| NotScannedFile { path: path(name), why: NotScanned::OutOfScope };
    world.event(Event::NotScanned(vec![out("vendor/a.js"), out("vendor/b.js")]));
    world.scan();
    world
}

fn mono(policy: Policy) -> World {
    world(policy, Theme::new(false, false), SIZES[1])
}

#[test]
fn snapshots() {
    for size in SIZES {
        for colour in [false, true] {
            let theme = Theme::new(colour, false);
            let name = |what: &str| {
                format!("{what}_{}_{}", size.0, if colour { "colour" } else { "mono" })
            };
            let mut world = world(policy(), theme, size);
            world.press("2 G");
            insta::assert_snapshot!(name("walk"), world.snapshot());
            world.press("/aws Enter Home Tab");
            insta::assert_snapshot!(name("second"), world.snapshot());
            world.press("Esc Esc Esc 5");
            insta::assert_snapshot!(name("readiness"), world.snapshot());
        }
    }
    let mut world = mono(policy());
    world.press("2 Home Tab");
    insta::assert_snapshot!("detail_100_mono", world.snapshot());
    insta::assert_snapshot!("facets_100_mono", world.press("Esc f").snapshot());
}

#[test]
fn a_second_voter_settles_and_a_first_one_waits() {
    let mut world = mono(policy());
    world.press("2 Home");
    let needs = |world: &World| world.model.session().counts().total.needs_second;
    assert_eq!(needs(&world), 1, "the key");
    // Ana is the second voter of the key: it is open to her, place by place.
    world.press("/aws Enter Home Tab a a a");
    assert_eq!(needs(&world), 0, "{}", world.text());
    // The password is hers alone, and the cursor does not come back to it.
    world.press("Esc Esc Esc 2");
    let before = needs(&world);
    let (group, _) = world
        .model
        .session()
        .groups()
        .find(|(idx, group)| {
            let session = world.model.session();
            session.info(*idx).id == "sensitive/password-assignment" && group.undecided() == 1
        })
        .expect("a password in one place");
    world.press("Home");
    while world.model.session().group(group).undecided() > 0 {
        world.press("a");
        assert!(world.now < NOW + 100 * 2_500, "{}", world.text());
    }
    assert!(needs(&world) > before);
    assert!(world.text().contains("second"), "{}", world.text());
}

#[test]
fn what_has_run_out_is_open_again_and_said() {
    let world = mono(policy());
    assert!(world.text().contains("re-opened (expired)"), "{}", world.text());
    let session = world.model.session();
    let hosts = session.findings().filter(|(idx, _)| session.standing(*idx).reopened).count();
    assert!(hosts > 0);
    assert_eq!(session.carried().expired, hosts);
}

#[test]
fn a_reason_or_a_note_that_the_policy_wants_is_asked_for() {
    let wants = Policy {
        choose_reason: vec![Verdict::Redact],
        need_note: vec![Verdict::Defer],
        ..Policy::default()
    };
    let mut world = mono(wants);
    world.press("2 Home r");
    assert!(world.text().contains("(t chooses one)"), "{}", world.text());
    assert!(world.journal.is_empty());
    world.press("s");
    assert!(world.text().contains("(c writes one)"), "{}", world.text());
    assert!(world.journal.is_empty());
    world.press("t 6 r");
    assert_eq!(world.journal.len(), 1, "{}", world.text());
}
