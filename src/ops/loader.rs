// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads files for the detail pane and works out previews, on a thread of its own.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
};

use memchr::memmem;

use super::{Event, FileText, highlight::Highlighter, texts::Texts};
use crate::{
    domain::{LineIndex, RepoPath, Secret, TextOf},
    redact::{Edit, FilePreview, FixTask, Preview},
    repo::Source,
    review::GroupIdx,
};

/// Larger files are shown without colours.
const HIGHLIGHT_LIMIT: usize = 512 * 1024;
/// A value shorter than this stands for too much by chance.
const SHORT_VALUE: usize = 6;

/// What the loader is asked for.
pub(super) enum Request {
    File { generation: u64, of: TextOf },
    Preview { generation: u64, group: GroupIdx, edits: Vec<(RepoPath, Vec<Edit>)>, value: Secret },
    Fixes { generation: u64, group: GroupIdx, tasks: Vec<FixTask> },
}

/// The thread's state.
pub(super) struct Loader {
    texts: Texts,
    highlighter: Highlighter,
    events: Sender<Event>,
}

impl Loader {
    /// Starts the thread and returns where to send requests.
    pub(super) fn spawn(source: Source, events: Sender<Event>) -> Sender<Request> {
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let texts = match Texts::open(source) {
                Ok(texts) => texts,
                Err(why) => {
                    drop(events.send(Event::Notice(format!("files can't be shown: {why}"))));
                    return;
                }
            };
            let loader = Self { texts, highlighter: Highlighter::default(), events };
            loader.serve(&receiver);
        });
        sender
    }

    fn serve(&self, requests: &Receiver<Request>) {
        while let Ok(mut request) = requests.recv() {
            // Only the newest request still matters to somebody who moves fast.
            while let Ok(newer) = requests.try_recv() {
                request = newer;
            }
            let guarded = catch_unwind(AssertUnwindSafe(|| self.answer(request)));
            if guarded.is_err() {
                self.send(Event::Notice("showing this file failed; please report it".into()));
            }
        }
    }

    fn answer(&self, request: Request) {
        match request {
            Request::File { generation, of } => self.file(generation, &of),
            Request::Preview { generation, group, edits, value } => {
                let preview = self.preview(edits, &value);
                self.send(Event::Preview { generation, group, preview });
            }
            Request::Fixes { generation, group, tasks } => {
                let preview = Ok(super::mend::preview(&tasks, &self.texts));
                self.send(Event::Preview { generation, group, preview });
            }
        }
    }

    fn send(&self, event: Event) {
        drop(self.events.send(event));
    }

    fn file(&self, generation: u64, of: &TextOf) {
        let send = |text| self.send(Event::File { generation, of: of.clone(), text });
        let text = match self.texts.of(of) {
            Ok(text) => text,
            Err(why) => return send(Err(why)),
        };
        let plain = |tokens| {
            let lines = LineIndex::new(&text);
            Ok(Arc::new(FileText { lines, text: text.clone(), tokens }))
        };
        send(plain(Vec::new()));
        if text.len() <= HIGHLIGHT_LIMIT {
            let tokens = self.highlighter.tokens(&of.path, &text);
            if !tokens.is_empty() {
                send(plain(tokens));
            }
        }
    }

    fn preview(
        &self,
        edits: Vec<(RepoPath, Vec<Edit>)>,
        value: &Secret,
    ) -> Result<Preview, String> {
        let mut preview = Preview::default();
        if edits.is_empty() {
            let words = "nothing to replace: a whole file can only be approved or excluded";
            preview.warnings.push(words.into());
            return Ok(preview);
        }
        if value.len() < SHORT_VALUE {
            preview.warnings.push(format!(
                "the value has {} characters: its stand-in may change more than it should",
                value.len()
            ));
        }
        let flagged: usize = edits.iter().map(|(_, edits)| edits.len()).sum();
        for (path, edits) in edits {
            preview.files.push(FilePreview::new(path.clone(), &self.texts.raw(&path)?, &edits));
        }
        let (places, names) = self.occurrences(value);
        if places > flagged {
            let more = places - flagged;
            let times = if more == 1 { "time" } else { "times" };
            preview
                .warnings
                .push(format!("the value also stands {more} {times} where it is not flagged"));
        }
        if names > 0 {
            let what = if names == 1 { "name" } else { "names" };
            preview.warnings.push(format!("the value is part of {names} file {what}"));
        }
        Ok(preview)
    }

    /// Counts the value in all files of the commit, and in their names.
    fn occurrences(&self, value: &Secret) -> (usize, usize) {
        if value.is_empty() {
            return (0, 0);
        }
        let finder = memmem::Finder::new(value.expose());
        let files = self.texts.paths().filter_map(|path| self.texts.file(path).ok());
        let places = files.map(|text| finder.find_iter(&text).count()).sum();
        let names = self.texts.paths().filter(|path| finder.find(path.as_bytes()).is_some());
        (places, names.count())
    }
}
