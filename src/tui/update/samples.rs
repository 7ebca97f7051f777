// SPDX-License-Identifier: MIT OR Apache-2.0
//! What was drawn from batches: what a look at it did, and what is left when all is decided.

use crate::{
    domain::{Category, Origin, Verdict},
    review::{Draw, FindingIdx, Session, Step},
    tui::{
        command::Command,
        model::{Model, Screen},
        overlay::Deed,
        view::number,
    },
};

/// What is said of a drawn place that got another verdict.
const BAD: &str = "bad draw";

/// Returns whether a place waits to be looked at because it was drawn from a batch.
pub(super) fn drawn(model: &Model, idx: FindingIdx) -> bool {
    model.screen == Screen::Walk && model.session.standing(idx).draw == Draw::Due
}

/// Returns what is said first of a decision: a look at a drawn place confirms it.
pub(super) fn word(deed: &Deed) -> &'static str {
    match (deed.how, deed.verdict) {
        (Some(Origin::Sample), Verdict::Approve) => "confirmed",
        (_, verdict) => verdict.word(),
    }
}

/// Adds to what was said about a step what it drew, or opened again.
pub(super) fn report(model: &mut Model, step: &Step) {
    let Some(status) = &mut model.status else { return };
    let done = &status.text;
    status.text = match (step.drawn(), step.reopened()) {
        (Some(_), _) => {
            let n = drawn_by(&model.session, step);
            format!("{done}; {} drawn to be looked at: fp shows them", number(n))
        }
        (None, 0) => return,
        // The worse news first: a narrow screen cuts the rest.
        (None, n) => format!("{BAD}: {} more of the batch open again; {done}", number(n)),
    };
}

/// Returns how many places wait to be looked at because of a step: the number that the dashboard
/// counts on from, more than the draws where places cannot be told apart.
fn drawn_by(session: &Session, step: &Step) -> usize {
    let at = step.votes.first().map(|vote| vote.at);
    let of_step = |idx: &FindingIdx| {
        let standing = session.standing(*idx);
        let vote = standing.vote.and_then(|i| session.vote(i));
        standing.draw == Draw::Due && vote.map(|vote| vote.at) == at
    };
    session.findings().map(|(idx, _)| idx).filter(of_step).count()
}

/// Says that a category, or everything, is decided, and what is left to be looked at.
pub(super) fn finish(model: &mut Model) {
    let counts = model.session.counts();
    let bad = model.status.as_ref().is_some_and(|status| status.text.contains(BAD));
    let sampled = model.list.filter.samples() && counts.total.due == 0 && !bad;
    let (done, due) = match model.list.filter.category {
        Some(category) if counts.of(category).open == 0 => {
            let of = counts.of(category);
            (format!("{} of {} decided", all(of.groups), category.title()), of.due)
        }
        _ if counts.total.open == 0 => {
            (format!("{} decided", all(counts.total.groups)), counts.total.due)
        }
        _ if sampled => ("all drawn places looked at".to_owned(), 0),
        _ => return,
    };
    let due = if due > 0 { format!(", {} to sample", number(due)) } else { String::new() };
    let done = match counts.total.needs_second {
        0 => done,
        n => format!("{done}, {} wait for a second voter", number(n)),
    };
    let next = Category::ALL.into_iter().find(|c| counts.of(*c).open > 0);
    model.finished = Some(next);
    let enter = match next {
        Some(category) => category.title(),
        None if counts.total.due > 0 => "samples",
        None => "readiness",
    };
    let (open, undo) = (model.key(Command::In), model.key(Command::Undo));
    model.say(format!("{done}{due}; {open}: {enter}, {undo}: undo"));
}

fn all(groups: usize) -> String {
    if groups == 1 { "the one group".into() } else { format!("all {} groups", number(groups)) }
}
