// SPDX-License-Identifier: MIT OR Apache-2.0
//! The four laws, and what each verdict key does.

use debut::{
    domain::{Origin, Verdict},
    ops::Event,
    tui::Screen,
};

use crate::{
    fixture::{FILES, path},
    harness::World,
};

const SIZE: (u16, u16) = (120, 40);

fn walk() -> World {
    let mut world = World::mono(SIZE);
    world.press("2");
    world
}

fn count(world: &World, verdict: Verdict) -> usize {
    world.verdicts().iter().filter(|v| **v == Some(verdict)).count()
}

#[test]
fn redacting_a_group_takes_one_key_and_goes_on() {
    let mut world = walk();
    world.press("r");
    assert_eq!(count(&world, Verdict::Redact), 3, "all places of the key");
    assert_eq!(world.journal.len(), 1);
    assert_eq!(world.model.cursor().0, 1, "the next open row");
    assert_eq!(world.model.session().origins()[1], 3, "decided as a group");
    assert!(world.text().contains("redact 3 places"));
}

#[test]
fn approving_a_blocking_group_needs_every_shape_seen() {
    let mut world = walk();
    world.press("a");
    assert_eq!(world.journal.len(), 0);
    assert!(world.text().contains("approve needs all 2 different lines of this value"));
    assert!(world.text().contains("shapes seen 2/2"));
    // The refusal has shown the line that was missing, so the second press holds.
    world.press("a");
    assert_eq!(count(&world, Verdict::Approve), 3);
}

#[test]
fn approvals_typed_ahead_do_not_reach_what_blocks() {
    let mut world = walk();
    // The refusal goes to the line that was missing; nobody has seen it yet.
    world.typed_ahead("a a a a");
    assert!(world.journal.is_empty());
    assert!(world.text().contains("typed ahead: look at this one first"));
    let mut world = walk();
    world.typed_ahead("r a a a");
    assert_eq!(world.journal.len(), 1, "only what was on screen");
    assert_eq!(count(&world, Verdict::Approve), 0);
    world.typed_ahead("r n r");
    assert_eq!(world.journal.len(), 3, "redacting is safe");
}

#[test]
fn a_place_is_not_seen_while_its_text_is_on_its_way() {
    let mut world = World::mono((100, 30));
    world.slow = true;
    world.press("2");
    assert!(world.text().contains("loading"));
    let shown = world.model.shown().expect("a place");
    assert!(!world.model.session().was_seen(shown));
    world.press("a");
    assert!(world.journal.is_empty());
    assert!(world.text().contains("its text is still loading"), "{}", world.text());
    world.deliver();
    assert!(world.model.session().was_seen(shown));
    // To walk on over places faster than they are drawn shows none of them.
    let mut world = walk();
    world.typed_ahead("} } }");
    let session = world.model.session();
    assert_eq!(session.shapes(session.group_of(shown)), (1, 2));
}

#[test]
fn deciding_single_places_in_the_detail_pane() {
    let mut world = walk();
    world.press("Tab r");
    assert_eq!(count(&world, Verdict::Redact), 1);
    assert_eq!(world.model.session().origins()[0], 1, "decided directly");
    assert_eq!(world.model.cursor().0, 0, "two more places here");
    world.press("r r");
    assert_eq!(count(&world, Verdict::Redact), 3);
    assert_eq!(world.model.cursor().0, 1);
}

#[test]
fn excluding_is_about_the_file_shown() {
    let mut world = walk();
    world.press("x");
    let session = world.model.session();
    let excluded: Vec<_> = FILES
        .iter()
        .filter(|(p, _)| session.file_verdict(&path(p)) == Some(Verdict::Exclude))
        .collect();
    assert_eq!(excluded.len(), 1);
    assert_eq!(count(&world, Verdict::Exclude), session.in_file(&path(excluded[0].0)).len());
}

#[test]
fn broad_approvals_ask_for_their_size_and_enter_never_gives_it() {
    let mut world = walk();
    // What blocks and was never on screen would be left out.
    world.press("} } A u Enter Enter Enter");
    assert!(world.journal.is_empty() && world.model.has_overlay());
    world.press("2");
    assert!(world.model.has_overlay(), "that is not the number");
    world.press("Backspace 3");
    assert_eq!(count(&world, Verdict::Approve), 3);
    assert_eq!(world.model.session().origins()[2], 3, "decided as a batch");
}

#[test]
fn broad_redactions_act_at_once() {
    let mut world = walk();
    world.press("j R u");
    assert!(!world.model.has_overlay());
    assert_eq!(count(&world, Verdict::Redact), 3, "both passwords");
}

#[test]
fn the_view_is_what_the_filter_shows() {
    let mut world = walk();
    world.press("/host-name Enter R l");
    assert_eq!(count(&world, Verdict::Redact), 7);
}

#[test]
fn marks_and_ranges() {
    let mut world = walk();
    world.press("Space j j Space r");
    assert_eq!(count(&world, Verdict::Redact), 3 + 1);
    let mut world = walk();
    world.press("v j r");
    assert_eq!(count(&world, Verdict::Redact), 3 + 2);
    assert_eq!(world.journal.len(), 1, "one step");
    world.press("u");
    assert_eq!(count(&world, Verdict::Redact), 0);
    let mut world = walk();
    world.press("Space j j Space R m");
    assert_eq!(count(&world, Verdict::Redact), 3 + 1, "the menu knows the marks too");
}

#[test]
fn a_head_row_is_a_batch_over_its_members() {
    let mut world = walk();
    world.press("gr Home r");
    assert_eq!(count(&world, Verdict::Redact), 3);
    world.press("gd G");
    let mut world = walk();
    world.press("gr Home a");
    assert!(world.model.has_overlay() && world.journal.is_empty());
}

#[test]
fn reasons_and_notes_go_with_the_next_verdict() {
    let mut world = walk();
    world.press("G G");
    world.press("gv Home j j j j t 3 c made-up Enter a");
    let session = world.model.session();
    let vote = session.votes().last().expect("a vote");
    assert_eq!(vote.why.map(debut::domain::Reason::word), Some("test-data"));
    assert_eq!(vote.note.as_deref(), Some("made-up"));
    world.press(".");
    let vote = world.model.session().votes().last().expect("a vote");
    assert_eq!(vote.why.map(debut::domain::Reason::word), Some("test-data"));
    assert_eq!(vote.note, None);
}

#[test]
fn a_reason_waits_while_the_cursor_moves_and_goes_with_one_verdict() {
    let why = |world: &World| {
        let vote = world.model.session().votes().last().expect("a vote");
        vote.why.map(debut::domain::Reason::word)
    };
    let mut world = walk();
    world.press("G G gv Home t 3 j j j j");
    assert!(world.text().contains("reason: test data"), "{}", world.text());
    world.press("a");
    assert_eq!(why(&world), Some("test-data"));
    assert!(!world.text().contains("reason: test data"), "{}", world.text());
    world.press("a");
    assert_ne!(why(&world), Some("test-data"), "it went with the one before");
    // One that does not fit is not kept for later.
    world.press("t 3 r a");
    assert_ne!(why(&world), Some("test-data"));
    // What refuses leaves nothing behind: the first row blocks and was not seen in all its shapes.
    let before = world.model.session().votes().len();
    world.press("u u u u Home t 3 r u t 3 j j j j a Home .");
    assert!(world.model.session().votes().len() > before);
    assert!(!world.text().contains("reason: "), "{}", world.text());
}

#[test]
fn a_note_with_a_value_is_refused() {
    let mut world = walk();
    world.press("c it-was-hunter2-Ceramic Enter");
    assert!(world.text().contains("holds a value"));
    assert!(!world.text().contains("hunter2-Ceramic"));
    world.press("r");
    assert!(world.model.session().votes().iter().all(|vote| vote.note.is_none()));
}

#[test]
fn suggestions_come_from_what_was_said() {
    let mut world = walk();
    world.press("j j j j Tab r Tab");
    assert!(world.text().contains("≈ redact"));
    world.press("=");
    assert_eq!(count(&world, Verdict::Redact), 4);
    let at = Origin::ALL.iter().position(|o| *o == Origin::Suggestion).expect("listed");
    assert!(world.model.session().origins()[at] > 0);
}

#[test]
fn undo_redo_and_withdraw() {
    let mut world = walk();
    world.press("r r u");
    assert_eq!(count(&world, Verdict::Redact), 3);
    assert_eq!(world.model.cursor().0, 1, "back where it was");
    world.press("U k - ");
    assert_eq!(count(&world, Verdict::Redact), 2);
    assert_eq!(world.journal.len(), 5, "each step is written");
    let mut world = walk();
    world.press("r G u");
    assert_eq!(world.model.cursor().0, 0, "where it was undone");
    world.press("U /ticket Enter u");
    let text = world.text();
    assert!(text.contains("not in this view: roles/web/templates/app.env.j2:1"), "{text}");
}

#[test]
fn keys_that_move_or_close_never_decide() {
    let mut world = walk();
    world.press(
        "Enter Esc Enter Right Left Up Down Tab Enter Enter Esc A Enter R Enter Enter X Down Enter \
         Esc ? Enter Esc : approve Enter : redact Enter Esc : exclude Enter p Enter Esc 5 Enter 1 \
         Enter t Esc c x Enter Enter f Esc",
    );
    assert!(world.journal.is_empty());
    assert!(world.verdicts().iter().all(Option::is_none));
}

#[test]
fn a_failed_write_stops_verdicts_until_it_works() {
    let mut world = walk();
    world.broken = Some("disk full".into());
    world.press("r");
    assert!(world.text().contains("NOT SAVED: disk full; press :retry to try again"));
    let taken = world.journal.len();
    world.press("r a x s A");
    assert_eq!(world.journal.len(), taken);
    world.broken = None;
    world.press(": retry Enter");
    assert!(!world.text().contains("NOT SAVED"));
    world.press("r");
    assert_eq!(world.journal.len(), taken + 1);
}

#[test]
fn not_judged_files_are_looked_at_or_left_out() {
    let mut world = walk();
    world.press("G r s");
    assert!(world.journal.is_empty());
    world.press("x");
    assert_eq!(world.journal.len(), 1);
    assert_eq!(world.model.counts().not_scanned.len(), 2);
    world.press("G k a");
    assert_eq!(world.journal.len(), 2);
    let verdict = |world: &World| world.model.session().file_verdict(&path("big/dump.sql"));
    assert_eq!(verdict(&world), Some(Verdict::Approve));
    assert!(world.text().contains("✓ approve big/dump.sql"), "{}", world.text());
    assert!(world.model.counts().total.open > 0, "findings are another matter");
    world.press("u");
    assert_eq!(verdict(&world), None);
}

#[test]
fn excluding_a_directory_counts_all_its_files() {
    let mut world = World::empty(debut::tui::Theme::new(false, false), SIZE, Vec::new());
    for i in 0..5 {
        world.files.insert(path(&format!("scripts/clean{i}.sh")), "true\n".into());
    }
    world.files.insert(path("scripts/lib/clean.sh"), "true\n".into());
    world.scan();
    world.press("2 /deploy Enter gf Home j X");
    assert!(world.text().contains("7 files, 6 without a finding"), "{}", world.text());
    world.press("D 1");
    assert!(world.journal.is_empty(), "one file has findings, but all seven would go");
    world.press("Backspace 7");
    assert_eq!(world.journal.len(), 1);
}

#[test]
fn what_leaves_the_screen_holds_no_value() {
    let mut world = walk();
    world.press("y e");
    assert_eq!(world.asked[0], "copy roles/web/templates/app.env.j2:1");
    assert_eq!(world.asked[1], "edit roles/web/templates/app.env.j2:1");
    world.press("5 E Enter");
    assert_eq!(world.asked.last().map(String::as_str), Some("export debut-report.md"));
    world.event(Event::Notice("saw hunter2-Ceramic".into()));
    assert!(!world.text().contains("hunter2-Ceramic"));
}

#[test]
fn leaving_takes_one_key() {
    let mut world = walk();
    world.press("q q");
    assert_eq!(world.model.screen(), Screen::Dashboard);
    assert_eq!(world.asked.last().map(String::as_str), Some("quit"));
    let mut world = walk();
    world.press("? C-c");
    assert_eq!(world.asked.last().map(String::as_str), Some("quit"));
}

#[test]
fn the_preview_decides_the_group_it_shows() {
    let mut world = walk();
    world.press("gr Home p r");
    assert_eq!(count(&world, Verdict::Redact), 3);
    let mut world = walk();
    world.press("gf Home j p r");
    assert_eq!(world.journal.len(), 1);
    assert_eq!(count(&world, Verdict::Redact), 3, "all places of the key, not only this one");
}

#[test]
fn what_is_confirmed_is_what_was_counted() {
    let mut world = walk();
    let mut late = crate::fixture::findings(world.model.session().rules());
    late.retain(|new| new.finding.value.expose().starts_with(b"AKEY"));
    for new in &mut late {
        new.finding.path = path("found/while/typing.env");
    }
    world.press("} } A u");
    world.event(Event::Found(late));
    world.press("3");
    assert_eq!(count(&world, Verdict::Approve), 3);
}

#[test]
fn hidden_marks_are_not_forgotten_and_not_used() {
    let mut world = walk();
    world.press("Space /ticket Enter r");
    assert!(world.journal.is_empty());
    assert!(world.text().contains("not in view"));
    world.press("Esc r");
    assert_eq!(world.journal.len(), 1);
}

#[test]
fn a_module_is_decided_as_one_row() {
    let mut world = World::mono((160, 45));
    world.press("2 gm Home");
    let text = world.text();
    assert!(text.contains("roles/db/ (Ansible role)"), "{text}");
    assert!(text.contains("in no module"), "{text}");
    world.press("R l");
    let open = world.verdicts().iter().filter(|verdict| **verdict != Some(Verdict::Redact)).count();
    assert_eq!(open, 1, "a missing licence has no text to replace");
    world.press("u /roles/db Enter Home r");
    let session = world.model.session();
    for (idx, finding) in session.findings() {
        let inside = finding.path.is_within(&path("roles/db"));
        assert_eq!(session.standing(idx).verdict.is_some(), inside, "{}", finding.path);
    }
}
