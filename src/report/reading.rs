// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which files people read, as the report tells it: how many, how closely, and what reading the
//! ones that were drawn proves about the others.

use std::collections::HashSet;

use serde::Serialize;

use super::{
    decisions::time,
    document::{Block, Item, code, strong, text},
    guard::Guard,
    model::Predicate,
    passages::many,
};
use crate::{
    domain::{Act, Target},
    review::{FileSample, Read, ReadCounts, Session, miss_bound},
};

/// Files of the reviewed commit, and what is known of their readers. Counts files.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ReadingEntry {
    pub(super) files: usize,
    /// Read by somebody as they stand.
    pub(super) read: usize,
    /// Those of them of which somebody had every line on screen.
    pub(super) whole: usize,
    /// Read by somebody before they changed.
    pub(super) changed: usize,
    /// Files in which nothing was found.
    pub(super) unflagged: usize,
    /// Drawn from those.
    pub(super) drawn: usize,
    /// Drawn, and nobody has read them as they stand.
    pub(super) due: usize,
    /// How many more the policy wants drawn.
    pub(super) missing: usize,
    pub(super) samples: Vec<FileSampleEntry>,
    /// Every drawn file. Not for the public.
    pub(super) drawn_files: Vec<DrawnFile>,
}

/// A sample of the files in which nothing was found. Which files those are follows from the seed.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FileSampleEntry {
    pub(super) by: String,
    pub(super) at: String,
    /// As 16 hexadecimal digits.
    pub(super) seed: String,
    /// How many were asked for.
    pub(super) n: u32,
    /// How many other samples the same person drew: who draws until nothing bad comes proves
    /// nothing.
    pub(super) others: usize,
    pub(super) drawn: usize,
    pub(super) read: usize,
    pub(super) due: usize,
    /// Left out of the release after they were drawn. Somebody may have seen something in them, and
    /// what is drawn stands for the others, so nothing is proved then.
    pub(super) left_out: usize,
    /// At most so many files in a hundred hold something that no rule found, with 95 % confidence
    /// and as a decimal, if the readers saw everything; only once nothing is due, and where nothing
    /// was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bound: Option<String>,
}

/// A file that was drawn.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DrawnFile {
    pub(super) path: String,
    /// `read`, `due`, or `excluded`: left out of the release, and not read.
    pub(super) state: &'static str,
}

/// Returns which files of a session were read.
pub(super) fn entry(session: &Session, counts: &ReadCounts, guard: &Guard) -> ReadingEntry {
    let ReadCounts { files, read, changed, unflagged, drawn, due, missing } = *counts;
    let all = 0..session.files().len();
    let drawn_file = |i: usize| DrawnFile {
        path: guard.path(&session.files()[i].path),
        state: state(session, i),
    };
    let samples = session.file_samples();
    ReadingEntry {
        files,
        read,
        whole: all.clone().filter(|i| was_whole(session, *i)).count(),
        changed,
        unflagged,
        drawn,
        due,
        missing,
        samples: samples.iter().map(|sample| sample_entry(session, sample, guard)).collect(),
        drawn_files: all.filter(|i| session.is_drawn(*i)).map(drawn_file).collect(),
    }
}

/// Returns whether somebody who read the file as it stands had all of it on screen.
fn was_whole(session: &Session, file: usize) -> bool {
    let whole = |seen: Option<(u32, u32)>| seen.is_some_and(|(seen, all)| seen >= all);
    session.was_read(file) == Read::Yes
        && session
            .readers(&session.files()[file].path)
            .iter()
            .any(|(vote, present)| *present && whole(vote.seen))
}

fn state(session: &Session, file: usize) -> &'static str {
    match session.was_read(file) {
        Read::Yes => "read",
        _ if session.is_due(file) => "due",
        _ => "excluded",
    }
}

fn sample_entry(session: &Session, sample: &FileSample, guard: &Guard) -> FileSampleEntry {
    let drawn = session.drawn_by(sample);
    let read = drawn.iter().filter(|i| session.was_read(**i) == Read::Yes).count();
    let due = drawn.iter().filter(|i| session.is_due(**i)).count();
    let path = |i: &usize| &session.files()[*i].path;
    let left_out = drawn.iter().filter(|i| session.was_left_out_since(path(i), sample.at)).count();
    FileSampleEntry {
        by: guard.reviewer(&sample.by),
        at: time(sample.at),
        seed: format!("{:016x}", sample.seed),
        n: sample.n,
        others: others(session, sample),
        drawn: drawn.len(),
        read,
        due,
        left_out,
        bound: if due + left_out == 0 { bound(session, read) } else { None },
    }
}

fn others(session: &Session, sample: &FileSample) -> usize {
    let own = session.votes().iter();
    let own = own.filter(|vote| vote.target == Target::Unflagged && vote.by == sample.by);
    let seeds = own.filter_map(|vote| match vote.act {
        Act::Sample { seed, .. } if seed != sample.seed => Some(seed),
        _ => None,
    });
    seeds.collect::<HashSet<u64>>().len()
}

/// Reading every file leaves none unseen; otherwise the `read` ones of a sample bound what was
/// missed.
fn bound(session: &Session, read: usize) -> Option<String> {
    let unflagged = (0..session.files().len()).filter(|i| session.is_unflagged(*i));
    let unread = unflagged.clone().filter(|i| session.was_read(*i) != Read::Yes);
    if read > 0 && unread.count() == 0 {
        return Some("0.0".into());
    }
    miss_bound(read, unflagged.count()).map(|bound| format!("{bound:.1}"))
}

/// Adds what the documents say about files that were read; nothing where nobody has read any and
/// nobody must.
pub(super) fn blocks<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    let ReadingEntry { files, read, whole, changed, unflagged, drawn, due, missing, .. } =
        predicate.reading;
    if read + changed + drawn + missing == 0 {
        return;
    }
    out.push(Block::Heading(2, "Files that were read".into()));
    let mut words = format!(
        "Rules find only what they know, so people read files as well: {read} of {}, as they stand \
         now, {whole} of them with every line on screen.",
        many(files, "file")
    );
    if changed > 0 {
        words += &format!(" {changed} more were read before they changed.");
    }
    out.push(Block::Paragraph(vec![text(words)]));
    if drawn + missing == 0 {
        return;
    }
    let mut words = format!(
        "Nothing was found in {}. {drawn} of them were drawn at random to be read, {due} of these \
         wait. Which ones were drawn follows from the seed and from the paths.",
        many(unflagged, "file")
    );
    if missing > 0 {
        words += &format!(" The policy wants {missing} more drawn.");
    }
    out.push(Block::Paragraph(vec![text(words)]));
    out.push(Block::List(predicate.reading.samples.iter().map(item).collect()));
    let row = |file: &'a DrawnFile| vec![vec![code(&*file.path)], vec![text(file.state)]];
    let rows = predicate.reading.drawn_files.iter().map(row).collect();
    out.push(Block::Table { head: vec!["Drawn file", "State"], rows, numbers: false });
}

fn item(entry: &FileSampleEntry) -> Item<'_> {
    let mut line = vec![
        strong(if entry.due > 0 { "due" } else { "read" }),
        text(format!(": {} drawn by ", many(entry.drawn, "file"))),
        text(&*entry.by),
        text(format!(" at {} with seed ", entry.at)),
        code(&*entry.seed),
        text(format!(": {} read, {} due", entry.read, entry.due)),
    ];
    if let Some(bound) = &entry.bound {
        line.push(text(format!(
            ": unless a reader missed something, at most {bound} % of the files without findings \
             hold something, with 95 % confidence"
        )));
    }
    if entry.left_out > 0 {
        line.push(text(format!(
            "; {} left out of the release after that, so nothing is proved about the others: draw \
             again",
            entry.left_out
        )));
    }
    if entry.others > 0 {
        let others = many(entry.others, "other sample");
        line.push(text(format!("; the same person drew {others} that this one replaced")));
    }
    line.into()
}
