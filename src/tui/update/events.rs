// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is heard from outside the screen.

use std::{path::PathBuf, sync::Arc, time::Duration};

use super::{again, licences, own_words, prepare};
use crate::{
    domain::{TextOf, Vote},
    ops::{Event, FileText, ScanPace, SourceInfo, Stage, Steps},
    review::{Identified, Paths},
    tui::{
        model::{Model, Scan, Screen},
        panes::Loaded,
        standpoint,
    },
};

/// Files kept for the detail pane: going back must not flicker.
const FILES: usize = 12;

pub(super) fn take(model: &mut Model, event: Event, now_ms: i64) {
    let Some(event) = again::keep(model, event) else { return };
    match event {
        Event::Started { source, resume } => started(model, source, resume),
        Event::Progress { stage, done, total } => {
            let now = Duration::from_millis(now_ms.unsigned_abs());
            model.scan_pace.count(stage, done, total, now);
            model.scan = Scan::Running(stage, done, total);
        }
        Event::Attributed(all) => {
            for (target, seen) in &all {
                model.session.attribute(target, seen);
            }
        }
        Event::History(summary) => {
            model.history = Some(summary);
            model.attest.hints = None;
        }
        Event::Found(found) => take_findings(model, found),
        Event::NotScanned(files) => {
            model.list.waiting += files.len();
            files.into_iter().for_each(|file| model.session.add_not_scanned(file));
            model.dirty = true;
        }
        Event::Modules(modules) => {
            model.modules = modules;
            model.ready_dirty = true;
        }
        Event::Learned(words) => own_words::learned(model, words),
        Event::Answered(answer) => own_words::answered(model, answer),
        Event::Reread(words) => own_words::reread(model, words),
        Event::Likely(guess) => licences::likely(model, guess),
        Event::LicensingAnswered(answer) => licences::answered(model, answer),
        Event::Again => again::begin(model, now_ms),
        Event::Scanned(paths) => {
            scanned(model, &paths);
            model.paths = model.read_only.is_some().then_some(paths);
        }
        Event::ScanFailed(why) => {
            model.again = None;
            model.scan = Scan::Failed(why);
        }
        Event::File { generation, of, text } => take_file(model, generation, of, text),
        Event::Preview { generation, group, preview } => {
            if model.preview.generation == generation && model.preview.group == Some(group) {
                model.preview.result = Some(preview);
            }
        }
        Event::Facts(facts) => super::attest::learn(model, facts),
        Event::Recorded(Ok(())) => model.write_error = None,
        Event::Recorded(Err(why)) | Event::Saved(Err(why)) => model.write_error = Some(why),
        Event::Saved(Ok(at)) => model.saved = Some(at),
        Event::Exported(Ok((to, passed))) => exported(model, to, passed),
        Event::Exported(Err(why)) => model.refuse(format!("the report was not written: {why}")),
        Event::WorkTree(how) => model.source.banners.push(how),
        Event::TreeChanged(how) => model.tree_changed = Some(how),
        Event::Joined(votes) => joined(model, votes),
        Event::TakenOver(Ok((votes, steps))) => taken_over(model, votes, steps),
        Event::TakenOver(Err(why)) => model.read_only = Some(why),
        Event::Notice(text) => model.say(text),
    }
}

fn joined(model: &mut Model, votes: Vec<Vote>) {
    let many = if votes.len() == 1 { "vote" } else { "votes" };
    model.say(format!("the checklist was changed: {} {many} taken in", votes.len()));
    model.session.join(votes);
    model.dirty = true;
    model.ready_dirty = true;
    model.list.stale = true;
}

fn exported(model: &mut Model, to: PathBuf, passed: bool) {
    // A relative path does not say where that is.
    let to = std::path::absolute(&to).unwrap_or(to);
    let to = crate::tui::Shown::new(to.to_string_lossy().as_bytes());
    let result = if passed { "PASSED" } else { "NOT PASSED, it says why" };
    model.say(format!("{result}: report written to {to}"));
}

fn started(model: &mut Model, source: SourceInfo, resume: Option<Arc<str>>) {
    model.session.publish_history(source.history);
    model.source = source;
    model.scan = Scan::Running(Stage::Files, 0, 0);
    model.scan_pace = ScanPace::default();
    model.tree_changed = None;
    let (session, none) = (&model.session, model.session.findings().next().is_none());
    if none && session.not_scanned().is_empty() && session.files().is_empty() {
        if let Some(text) = resume {
            standpoint::restore(model, &text);
        }
        return;
    }
    // A second scan: decisions stay, everything that was derived from the first one goes.
    model.attest.facts = None;
    again::renew(model);
}

fn take_findings(model: &mut Model, found: Vec<Identified>) {
    model.list.waiting += found.len();
    for new in found {
        let idx = model.session.add(new);
        model.learn(idx);
    }
    model.dirty = true;
    refresh_list(model);
}

/// Sorts new rows in where that disturbs nobody: the list is empty or not on screen, or the
/// reviewer has not moved yet and stands on the top row. Otherwise they wait for a key.
fn refresh_list(model: &mut Model) {
    let running = matches!(model.scan, Scan::Running(..));
    let away = model.screen != Screen::Walk && !running;
    let walk = model.screen == Screen::Walk && model.overlay.is_none();
    // Every batch sorted in on its own would cost too much.
    let enough = !running || model.list.waiting > model.list.rows.len() / 4;
    let follows = walk && !model.list.touched && enough;
    if model.list.rows.is_empty() || away || follows {
        prepare::rebuild(model);
    }
}

fn scanned(model: &mut Model, paths: &Paths) {
    settle(model, paths);
    model.scan = Scan::Done(model.session.files().len());
    crate::tui::files::rebuild(model);
    model.veil.build();
    model.dirty = true;
    // Nobody has pressed a key yet: the place of last time is found now or never.
    let untouched = model.resume.is_some();
    model.list.stale = true;
    if untouched {
        prepare::rebuild(model);
        model.resume = None;
    } else {
        refresh_list(model);
    }
}

fn settle(model: &mut Model, paths: &Paths) {
    let carry = model.session.settle(paths);
    let words = || format!("resumed: {}", carry.words(model.scans_history()));
    model.resumed = (!carry.is_empty()).then(words);
}

/// The review is ours now, with what was decided while it was not.
fn taken_over(model: &mut Model, votes: Vec<Vote>, steps: Steps) {
    model.session.reload(votes, steps);
    if let Some(paths) = model.paths.take() {
        settle(model, &paths);
    }
    model.read_only = None;
    model.dirty = true;
    model.ready_dirty = true;
    model.list.stale = true;
    model.say("nobody else is reviewing any more: you can decide now");
}

fn take_file(model: &mut Model, generation: u64, of: TextOf, text: Result<Arc<FileText>, String>) {
    let wanted = model.detail.wanted.as_ref().is_some_and(|(wanted, _)| *wanted == generation);
    let files = &mut model.detail.files;
    let known = files.iter_mut().find(|file| file.of == of);
    match known {
        // Highlighting may come when another file is on screen already.
        Some(file) if wanted || file.generation == generation => {
            file.generation = generation;
            file.text = text;
        }
        None if wanted => {
            files.push_front(Loaded { generation, of, text });
            files.truncate(FILES);
        }
        _ => {}
    }
}
