// SPDX-License-Identifier: MIT OR Apache-2.0
//! Samples of batch approvals as the report tells them: how large, how drawn, and what they prove.

use super::{
    decisions::time,
    document::{Block, Item, code, strong, text},
    guard::Guard,
    model::{Predicate, SampleEntry},
    passages::many,
};
use crate::review::{SampledBatch, Session, miss_bound};

/// Returns the batches of a session that were sampled.
pub(super) fn entries(session: &Session, guard: &Guard) -> Vec<SampleEntry> {
    let batches = session.sampled_batches();
    batches.into_iter().map(|batch| entry(&batch, guard)).collect()
}

fn entry(batch: &SampledBatch, guard: &Guard) -> SampleEntry {
    SampleEntry {
        by: guard.reviewer(&batch.by),
        at: time(batch.at),
        seed: format!("{:016x}", batch.seed),
        places: batch.places,
        in_force: batch.in_force,
        drawn: batch.drawn,
        due: batch.due,
        clean: batch.clean,
        bad: batch.bad,
        bound: bound(batch),
    }
}

/// Looking at every place leaves none unseen; otherwise a clean sample bounds what was missed.
fn bound(batch: &SampledBatch) -> Option<String> {
    if batch.bad + batch.due > 0 {
        return None;
    }
    if batch.clean == batch.places {
        return Some("0.0".into());
    }
    miss_bound(batch.clean, batch.places).map(|bound| format!("{bound:.1}"))
}

/// Adds what the documents say about samples.
pub(super) fn blocks<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    if predicate.samples.is_empty() {
        return;
    }
    out.push(Block::Heading(2, "Samples of batch approvals".into()));
    let words = "Places drawn at random from each large batch of approvals were looked at one by \
        one. So many are drawn that a batch with 5 % of wrong places would give a clean sample at \
        most once in twenty: 24 of 31, 45 of 100, 59 of very many. One wrong place opens the batch \
        again. Which places were drawn follows from the seed.";
    out.push(Block::Paragraph(vec![text(words)]));
    out.push(Block::List(predicate.samples.iter().map(item).collect()));
}

fn item(entry: &SampleEntry) -> Item<'_> {
    let state = match entry {
        SampleEntry { bad: 1.., .. } => "bad",
        SampleEntry { due: 1.., .. } => "due",
        _ => "clean",
    };
    let mut line = vec![
        strong(state),
        text(format!(": {} approved by ", many(entry.places, "place"))),
        text(&*entry.by),
        text(format!(" at {}, {} drawn with seed ", entry.at, entry.drawn)),
        code(&*entry.seed),
        text(format!(": {} clean, {} bad, {} due", entry.clean, entry.bad, entry.due)),
    ];
    if let Some(bound) = &entry.bound {
        line.push(text(format!(": at most {bound} % wrong, with 95 % confidence")));
    }
    if entry.bad > 0 {
        let left = many(entry.in_force, "place");
        line.push(text(format!("; opened again, {left} still as the batch left them")));
    }
    line.into()
}
