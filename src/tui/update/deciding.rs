// SPDX-License-Identifier: MIT OR Apache-2.0
//! The only place that changes the session's decisions.

use super::{aim, mending, onward, rotating, samples, scopes, suggestions, undoing::place_of};
use crate::{
    domain::{Act, Origin, Reason, Target, Verdict, Vote},
    ops::Effect,
    review::{Choice, FindingIdx, Reached, Refusal, Scope, Step},
    tui::{
        Shown,
        command::Command,
        model::{Model, Screen},
        overlay::{Confirm, Deed, Overlay, Reach},
        place,
        view::number,
    },
};

/// Samples that a confirmation shows.
const SAMPLES: usize = 6;

/// Gives a verdict on what is under the cursor, or on the marks.
pub(super) fn press(model: &mut Model, verdict: Verdict, now: i64, effects: &mut Vec<Effect>) {
    match aim::target(model, verdict) {
        Ok(deed) => start(model, deed, now, effects),
        Err(why) => model.refuse(why),
    }
}

/// Takes a decision, or asks for its size first.
pub(super) fn start(model: &mut Model, mut deed: Deed, now: i64, effects: &mut Vec<Effect>) {
    if let Some(why) = model.locked() {
        return model.refuse(why);
    }
    // A table is about what it lists, not about the row below it.
    let table = matches!(deed.scope, Reach::Suggested(_));
    if !table && typed_ahead(model, &deed) {
        if model.by_file() {
            super::reading::show_chosen(model);
        }
        return model.refuse(match model.loads() {
            true => "its text is still loading: look at it first",
            false => "typed ahead: look at this one first",
        });
    }
    if deed.verdict == Verdict::Exclude
        && let Err(why) = scopes::only_files(model, &mut deed)
    {
        return model.refuse(why);
    }
    if !deed.confirm {
        return carry_out(model, &deed, now, effects);
    }
    let mut left = String::new();
    if let Reach::Suggested(all) = &deed.scope {
        left = suggestions::reached(model, all).1;
    }
    let members = match &deed.scope {
        Reach::Scope(scope) => {
            let reached = model.session.reach(scope, Act::Give(deed.verdict));
            left = left_alone(&reached);
            reached.places
        }
        Reach::Directory(dir) => scopes::findings_under(model, dir),
        Reach::File(path) => model.session.in_file(path).to_vec(),
        Reach::Suggested(all) => suggestions::reached(model, all).0,
    };
    let (places, mut files) = (members.len(), scopes::files_of(&model.session, &members));
    if let Reach::Directory(dir) = &deed.scope {
        files = scopes::files_under(model, dir).0;
    }
    if matches!(deed.scope, Reach::Scope(_)) {
        // What is confirmed is what was counted: a scan may find more while the number is typed.
        deed.scope = Reach::Scope(Scope::Places(members.clone()));
    }
    let counted = if deed.verdict == Verdict::Exclude { files } else { places };
    let step = (places / SAMPLES).max(1);
    let samples = members.into_iter().step_by(step).take(SAMPLES).collect();
    model.overlay = Some(Overlay::Confirm(Confirm {
        deed,
        expected: counted.to_string(),
        field: crate::tui::field::Field::default(),
        samples,
        places,
        files,
        left,
    }));
}

/// Says what of a scope a verdict does not touch.
pub(super) fn left_alone(reached: &Reached) -> String {
    let part = |n: usize, words: &str| (n > 0).then(|| format!("{words}: {n}"));
    let parts = [
        part(reached.decided, "left as decided before"),
        part(reached.unseen, "left open, blocking and never on screen"),
        part(reached.whole, "left open, whole files"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Returns whether an approval of something that blocks, or that is to be looked at because it
/// was drawn, was typed before a frame showed it. Keys come faster than frames when they were
/// held, pasted or typed ahead.
fn typed_ahead(model: &Model, deed: &Deed) -> bool {
    let shown = model.shown();
    let session = &model.session;
    let careful = |idx| session.policy().careful(session.group(session.group_of(idx)).severity);
    let looks = deed.how == Some(Origin::Sample);
    let seen = shown == model.drawn;
    // After the last place in it a file that could not be judged is decided as a whole.
    let whole = model.by_file() && matches!(deed.scope, Reach::File(_));
    if whole && deed.verdict == Verdict::Approve {
        return model.files.drawn_row.as_ref() != Some(&deed.anchor);
    }
    deed.verdict == Verdict::Approve && !seen && (looks || shown.is_some_and(careful))
}

/// Takes a decision.
pub(super) fn carry_out(model: &mut Model, deed: &Deed, now: i64, effects: &mut Vec<Effect>) {
    if let Some(why) = model.locked() {
        return model.refuse(why);
    }
    let pending = model.pending.get(&deed.anchor).cloned().unwrap_or_default();
    let fits = |why: &Reason| Reason::choices(deed.verdict, None).contains(why);
    // A table has reasons of its own.
    let table = matches!(deed.scope, Reach::Suggested(_));
    let why = model.reason.filter(|why| !table && fits(why));
    let choice = Choice { why, note: pending.note, ..Choice::new(deed.verdict) };
    let stand = onward::stand(model);
    let whole = match &deed.scope {
        Reach::Scope(scope) => model.session.reach(scope, choice.act).whole,
        _ => 0,
    };
    let mut not_mended = Vec::new();
    let taken = match &deed.scope {
        Reach::Scope(scope) => match mending::decide(model, deed, scope, choice.clone(), now) {
            Ok((step, refused)) => {
                not_mended = refused;
                Ok(step)
            }
            Err(refusal) => Err(refusal),
        },
        Reach::Directory(dir) => {
            let targets = vec![Target::Directory(dir.clone())];
            let how = deed.how.unwrap_or(Origin::Batch);
            model.session.decide_paths(targets, &choice, how, now)
        }
        Reach::File(path) => {
            let targets = vec![Target::File(path.clone())];
            let how = deed.how.unwrap_or(Origin::Direct);
            model.session.decide_paths(targets, &choice, how, now)
        }
        Reach::Suggested(all) => model.session.decide_all(all, Origin::Suggestion, now),
    };
    match taken {
        Ok(step) => {
            model.pending.remove(&deed.anchor);
            model.reason = model.reason.filter(|_| table);
            model.last = Some((deed.verdict, why, deed.says.clone()));
            model.pace.decided(now);
            model.list.marks.clear();
            model.list.range = None;
            report(model, &step, samples::word(deed));
            samples::report(model, &step);
            rotating::remind(model, &step);
            if whole > 0 {
                let text = model.hint("whole files left open, {exclude} leaves them out");
                model.add(format!("{}: {text}", number(whole)));
            }
            if let Some(why) = not_mended.first() {
                model.add(format!("{} left open: {why}", number(not_mended.len())));
            }
            record(model, step, effects);
            onward::advance(model, &stand);
            if table {
                suggestions::again(model);
            }
        }
        Err(refusal) => refuse(model, &refusal),
    }
}

/// Has the step written before anything else is done.
pub(super) fn record(model: &mut Model, step: Step, effects: &mut Vec<Effect>) {
    effects.insert(0, Effect::Record(step));
    model.dirty = true;
    model.list.touched = true;
    // Stand-ins are numbered over everything that is redacted.
    model.preview.group = None;
}

pub(super) fn report(model: &mut Model, step: &Step, word: &str) {
    // What a bad draw opens again and the line of a sample are told apart.
    let first = step.votes.first().map(|vote| vote.act);
    let all = step.reopened() == 0;
    let told = |vote: &&Vote| all || Some(vote.act) == first;
    let votes: Vec<&Vote> =
        step.told().iter().filter(|vote| vote.target != Target::Batch).filter(told).collect();
    let files = votes.iter().all(|v| !matches!(v.target, Target::Place { .. }));
    let what = match (votes.as_slice(), files) {
        ([one], _) => {
            let dots = model.theme.glyphs.dots;
            let place = match &one.target {
                Target::Place { .. } | Target::Rotation(_) | Target::StandIn(_) => {
                    place_of(&model.session, &one.target)
                }
                _ => None,
            };
            let path = || match &one.target {
                Target::Attestation(id) => Shown::new(id.as_bytes()).to_string(),
                target => target
                    .path()
                    .map_or_else(String::new, |path| model.veil.path(path, dots).to_string()),
            };
            let what = place.map_or_else(path, |idx| place::words(model, idx));
            format!("{what}{}", also_now(model, one))
        }
        ([Vote { target: Target::Rotation(_), .. }, ..], _) => {
            format!("{} credentials", number(votes.len()))
        }
        (votes, true) => format!("{} files", votes.len()),
        // One line of the checklist speaks for all places that nothing tells apart.
        (votes, false) => {
            let all = votes.iter().all(|vote| matches!(vote.target, Target::Place { .. }));
            let n = if all && step.reopened() == 0 { step.places } else { votes.len() };
            format!("{} places", number(n))
        }
    };
    model.say(format!("{word} {what}"));
}

/// Says that a file which was left out because of its past is left out as it is now as well.
fn also_now(model: &Model, vote: &Vote) -> &'static str {
    let Target::File(path) = &vote.target else { return "" };
    let past = model.shown().map(|idx| model.session.finding(idx));
    let past = past.is_some_and(|finding| finding.path == *path && !finding.layer.is_tree());
    match past && vote.act.verdict().is_some() && model.session.file_at(path).is_some() {
        true => " in every version, the reviewed one too",
        false => "",
    }
}

pub(super) fn refuse(model: &mut Model, refusal: &Refusal) {
    if let Refusal::Unseen { all, .. } = refusal
        && !model.by_file()
        && look(model)
    {
        model.screen = Screen::Walk;
        // No count of those seen: the one shown now is seen when this is read.
        let text = "different lines of this value on screen first; here is one that was not";
        return model.refuse(format!("approve needs all {all} {text}"));
    }
    let hint = match refusal {
        Refusal::NeedsNote | Refusal::NeedsNoteToSettle | Refusal::PolicyNote(_) => {
            model.hint(" ({note} writes one)")
        }
        Refusal::WholeFile => model.hint(" ({approve} {exclude})"),
        Refusal::PolicyReason(_) => model.hint(" ({reason} chooses one)"),
        Refusal::HoldsValue(_) => model.hint(" ({note})"),
        _ => "".into(),
    };
    model.refuse(format!("{refusal}{hint}"));
}

/// Shows a place of the group under the cursor whose line was not on screen yet.
pub(super) fn look(model: &mut Model) -> bool {
    let Some(shown) = model.shown() else { return false };
    let group = model.session.group_of(shown);
    if model.by_file() {
        return super::reading::look(model, group);
    }
    let places = model.row().map_or(&[][..], |row| row.places(&model.session));
    let unseen = |idx: &FindingIdx| scopes::unseen(&model.session, group, *idx);
    let Some(at) = places.iter().position(unseen) else { return false };
    model.detail.place = at;
    model.detail.scroll = 0;
    model.list.touched = true;
    true
}

/// Gives the last verdict and reason here too.
pub(super) fn repeat(model: &mut Model, now: i64, effects: &mut Vec<Effect>) {
    let Some((verdict, why, says)) = model.last.clone() else {
        return model.refuse("no verdict was given yet");
    };
    let chosen = model.reason;
    model.reason = chosen.or(why);
    if verdict.is_about_licences() {
        match aim::target(model, verdict) {
            Ok(deed) => start(model, Deed { says, ..deed }, now, effects),
            Err(why) => model.refuse(why),
        }
    } else {
        press(model, verdict, now, effects);
    }
    if model.overlay.is_none() {
        // What was refused leaves no reason behind that nobody chose.
        model.reason = model.reason.and(chosen);
    }
}

/// Returns the verdict that a key gives.
pub(super) fn verdict_of(command: Command) -> Option<Verdict> {
    match command {
        Command::Approve | Command::ApproveScope => Some(Verdict::Approve),
        Command::Redact | Command::RedactScope => Some(Verdict::Redact),
        Command::Exclude | Command::ExcludeScope => Some(Verdict::Exclude),
        Command::Defer => Some(Verdict::Defer),
        _ => None,
    }
}
