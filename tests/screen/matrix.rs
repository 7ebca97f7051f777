// SPDX-License-Identifier: MIT OR Apache-2.0
//! Every screen and every state at every size that has a layout of its own, with and without
//! colour.

use debut::{
    domain::{NotScanned, NotScannedFile},
    ops::{Event, SourceInfo, Stage},
    tui::{Model, Theme},
};

use crate::{
    fixture::{findings, path, rules},
    harness::{World, options},
};

const SIZES: [(u16, u16); 3] = [(60, 16), (100, 30), (160, 45)];

/// Takes a picture of what `make` makes and `script` does, at every size in both themes.
fn matrix(name: &str, make: &dyn Fn(Theme, (u16, u16)) -> World, script: &str) {
    for size in SIZES {
        for (colour, word) in [(false, "mono"), (true, "colour")] {
            let mut world = make(Theme::new(colour, false), size);
            world.press(script);
            insta::assert_snapshot!(format!("{name}_{}_{word}", size.0), world.snapshot());
        }
    }
}

fn asked(theme: Theme, size: (u16, u16)) -> World {
    World::asked(theme, size, Vec::new())
}

#[test]
fn every_screen() {
    let scripts = [
        ("dashboard", "j"),
        ("walk", "2 r j"),
        ("detail", "2 r j Tab"),
        ("preview", "2 j p"),
        ("readiness", "2 r 5"),
        ("checklist", "6 Y F"),
        ("files", "7 n"),
        ("file_text", "7 n Enter r"),
    ];
    for (name, script) in scripts {
        matrix(name, &asked, script);
    }
}

#[test]
fn every_overlay() {
    let scripts = [
        ("help", "2 ?"),
        ("palette", "2 : re"),
        ("filter", "2 / host"),
        ("facets", "2 f"),
        ("grouping", "2 g"),
        ("scope", "2 A"),
        ("confirm", "2 A u"),
        ("reasons", "2 t"),
        ("note", "2 c why"),
        ("rule_text", "2 i"),
        ("suggestions", "S"),
        ("export", "5 E"),
        ("show_files", "7 f"),
        ("draw_files", "7 D"),
    ];
    for (name, script) in scripts {
        matrix(name, &asked, script);
    }
}

#[test]
fn states_of_the_scan() {
    let running = |theme, size| {
        let mut world = World::empty(theme, size, Vec::new());
        world.event(Event::Found(findings(&rules())));
        world.event(Event::Progress { stage: Stage::Files, done: 3, total: 9 });
        world
    };
    matrix("scanning_dashboard", &running, "");
    matrix("scanning_walk", &running, "2 j");
    matrix("scanning_files", &running, "7");
    let nothing = |theme, size| {
        let mut world = World::empty(theme, size, Vec::new());
        world.finish();
        world
    };
    matrix("nothing_found_dashboard", &nothing, "");
    matrix("nothing_found_walk", &nothing, "2");
    let failed = |theme, size| {
        let mut world = running(theme, size);
        world.event(Event::ScanFailed("object 3f2a91c is missing".into()));
        world
    };
    matrix("scan_failed", &failed, "2");
    let moved = |theme, size| {
        let mut world = asked(theme, size);
        world.event(Event::TreeChanged("HEAD moved to 1234567".into()));
        world
    };
    matrix("tree_changed", &moved, "2");
}

#[test]
fn states_of_what_was_found() {
    matrix("filter_hides_all", &asked, "2 /nothing-is-called-so Enter");
    matrix("category_finished", &asked, "j Enter a");
    matrix("decided_hidden", &asked, "2 r r z");
    let unjudged = |theme, size| {
        let mut world = asked(theme, size);
        let file = |name, why| NotScannedFile { path: path(name), why };
        world.event(Event::NotScanned(vec![
            file("gone.txt", NotScanned::Failed("it could not be read".into())),
            file("huge.log", NotScanned::TooLarge(900_000_000)),
        ]));
        world
    };
    matrix("not_judged", &unjudged, "2 G");
    matrix("not_judged_detail", &unjudged, "2 G Tab");
}

#[test]
fn states_of_the_checklist() {
    let resumed = |theme, size| {
        let mut first = World::scanned(theme, size);
        first.press("2 r r");
        let votes = first.model.session().votes().to_vec();
        let mut world = World::empty(theme, size, votes);
        world.scan();
        world
    };
    matrix("resumed", &resumed, "");
    let locked = |theme, size| {
        let mut world = asked(theme, size);
        let session = World::asked(theme, size, Vec::new()).model.into_session();
        let read_only = Some("bo since 11:58 is reviewing now".to_owned());
        let source = SourceInfo { name: "acme-core".into(), ..SourceInfo::default() };
        world.model =
            Model::new(session, debut::tui::Options { read_only, ..options(theme, size) });
        world.event(Event::Started { source, resume: None });
        world.scan();
        world
    };
    matrix("locked", &locked, "2 r");
    let unsaved = |theme, size| {
        let mut world = asked(theme, size);
        world.broken = Some("/review/.debut/journal: no space left on device".into());
        world
    };
    matrix("write_failed", &unsaved, "2 r a");
}
