// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads files for the detail pane and works out previews, on a thread of its own.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
};

use memchr::memmem;

use super::{Event, FileText, highlight::Highlighter};
use crate::{
    domain::{LineIndex, RepoPath, Secret, Text},
    redact::{Edit, FilePreview, Preview},
    repo::{Reader, Source, TreeEntry},
    review::GroupIdx,
    scan::MAX_FILE_BYTES,
};

/// Larger files are shown without colours.
const HIGHLIGHT_LIMIT: usize = 512 * 1024;
/// A value shorter than this stands for too much by chance.
const SHORT_VALUE: usize = 6;

/// What the loader is asked for.
pub(super) enum Request {
    File { generation: u64, path: RepoPath },
    Preview { generation: u64, group: GroupIdx, edits: Vec<(RepoPath, Vec<Edit>)>, value: Secret },
}

/// The thread's state.
pub(super) struct Loader {
    reader: Reader,
    entries: HashMap<RepoPath, TreeEntry>,
    highlighter: Highlighter,
    events: Sender<Event>,
}

impl Loader {
    /// Starts the thread and returns where to send requests.
    pub(super) fn spawn(source: Source, events: Sender<Event>) -> Sender<Request> {
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let opened = Reader::new(&source).map_err(|error| error.message().to_owned());
            let listed = source.entries().map_err(|error| error.to_string());
            let (reader, entries) = match (opened, listed) {
                (Ok(reader), Ok(entries)) => (reader, entries),
                (Err(why), _) | (_, Err(why)) => {
                    drop(events.send(Event::Notice(format!("files can't be shown: {why}"))));
                    return;
                }
            };
            let entries = entries.into_iter().map(|e| (e.path.clone(), e)).collect();
            let loader = Self { reader, entries, highlighter: Highlighter::default(), events };
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
            Request::File { generation, path } => self.file(generation, &path),
            Request::Preview { generation, group, edits, value } => {
                let preview = self.preview(edits, &value);
                self.send(Event::Preview { generation, group, preview });
            }
        }
    }

    fn send(&self, event: Event) {
        drop(self.events.send(event));
    }

    fn file(&self, generation: u64, path: &RepoPath) {
        let send = |text| self.send(Event::File { generation, path: path.clone(), text });
        let text = match self.text(path) {
            Ok(text) => text,
            Err(why) => return send(Err(why)),
        };
        let plain = |tokens| {
            let lines = LineIndex::new(&text);
            Ok(Arc::new(FileText { lines, text: text.clone(), tokens }))
        };
        send(plain(Vec::new()));
        if text.len() <= HIGHLIGHT_LIMIT {
            let tokens = self.highlighter.tokens(path, &text);
            if !tokens.is_empty() {
                send(plain(tokens));
            }
        }
    }

    fn raw(&self, path: &RepoPath) -> Result<Vec<u8>, String> {
        let entry = self.entries.get(path).ok_or("not in the reviewed commit")?;
        self.reader.blob(entry.oid, MAX_FILE_BYTES).map_err(|error| error.to_string())
    }

    fn text(&self, path: &RepoPath) -> Result<Vec<u8>, String> {
        let raw = self.raw(path)?;
        let text = Text::decode(&raw).ok_or("binary")?;
        Ok(text.bytes.into_owned())
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
            preview.files.push(FilePreview::new(path.clone(), &self.raw(&path)?, &edits));
        }
        let (places, names) = self.occurrences(value);
        if places > flagged {
            let more = places - flagged;
            preview
                .warnings
                .push(format!("the value also stands {more} times where it is not flagged"));
        }
        if names > 0 {
            preview.warnings.push(format!("the value is part of {names} file names"));
        }
        Ok(preview)
    }

    /// Counts the value in all files of the commit, and in their names.
    fn occurrences(&self, value: &Secret) -> (usize, usize) {
        if value.is_empty() {
            return (0, 0);
        }
        let finder = memmem::Finder::new(value.expose());
        let files = self.entries.keys().filter_map(|path| self.text(path).ok());
        let places = files.map(|text| finder.find_iter(&text).count()).sum();
        let names = self.entries.keys().filter(|path| finder.find(path.as_bytes()).is_some());
        (places, names.count())
    }
}
