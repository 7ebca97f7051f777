// SPDX-License-Identifier: MIT OR Apache-2.0
//! How sure a finding is, beside how severe it is.

use std::sync::Arc;

use debut::{
    domain::{Confidence, Severity},
    ops::Event,
    review::Session,
    rules::RuleSet,
    tui::Theme,
};

use crate::{
    fixture::{find, path, rules},
    harness::World,
};

#[test]
fn what_may_not_be_real_is_marked_and_can_be_filtered_away() {
    let mut world = World::empty(Theme::new(false, false), (120, 40), Vec::new());
    let text = "sure-kettle-9 and doubtful-kettle-9\n";
    world.files.insert(path("a.yml"), text.into());
    for (value, confidence) in
        [("doubtful-kettle-9", Confidence::Low), ("sure-kettle-9", Confidence::High)]
    {
        let rule = ("sensitive/password-assignment", Severity::High, value);
        let mut found = find(&rules(), rule, "a.yml", text);
        found.iter_mut().for_each(|new| new.finding.confidence = confidence);
        world.event(Event::Found(found));
    }
    world.finish();
    world.press("2");
    let marked = |world: &World| {
        let rows: Vec<String> = world.text().lines().map(str::to_owned).collect();
        let at = |mark: &str| rows.iter().position(|row| row.contains(mark));
        (at(" H "), at(" H?"))
    };
    let (sure, doubtful) = marked(&world);
    assert!(sure.is_some() && sure < doubtful, "the surest comes first: {}", world.text());
    assert!(world.text().contains("high confidence"), "{}", world.text());
    world.press("f 6");
    assert_eq!(marked(&world), (sure, None), "{}", world.text());
    assert!(world.text().contains("medium confidence or higher"), "{}", world.text());
    world.press("f 6");
    assert_eq!(marked(&world), (sure, doubtful), "the same key turns it off");
}

#[test]
fn the_repositorys_own_rules_are_on_the_readiness_screen() {
    let file = "[[disable]]\nid = \"internal/ticket\"\nreason = \"our tickets are public\"\n";
    let own = [(".debut/rules/own.toml".to_owned(), file.to_owned())];
    let rules = RuleSet::with_own(&own).expect("rules");
    let session = Session::new(Arc::new(rules), "ana", Vec::new());
    let mut world = World::of(session, Theme::new(false, false), (100, 30));
    world.finish();
    world.press("5");
    let text = world.text();
    assert!(text.contains("Rules of this repository"), "{text}");
    assert!(text.contains("internal/ticket  off (was "), "{text}");
    assert!(text.contains("our tickets are public"), "{text}");
}
