// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads files for the detail pane and works out previews, on a thread of its own.

use std::{
    cell::OnceCell,
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
};

use data_encoding::HEXLOWER;
use memchr::memmem;

use super::{Event, FileText, highlight::Highlighter};
use crate::{
    domain::{Layer, LineIndex, Metadata, RepoPath, Secret, Text, TextOf, short_ref},
    redact::{Edit, FilePreview, Preview},
    repo::{Reader, Source, TreeEntry, message, objects::Objects},
    review::GroupIdx,
    scan::MAX_FILE_BYTES,
};

/// Larger files are shown without colours.
const HIGHLIGHT_LIMIT: usize = 512 * 1024;
/// A value shorter than this stands for too much by chance.
const SHORT_VALUE: usize = 6;

/// What the loader is asked for.
pub(super) enum Request {
    File { generation: u64, of: TextOf },
    Preview { generation: u64, group: GroupIdx, edits: Vec<(RepoPath, Vec<Edit>)>, value: Secret },
}

/// The thread's state.
pub(super) struct Loader {
    source: Source,
    /// All objects, listed when the first one outside of the reviewed commit is asked for.
    objects: OnceCell<Result<Objects, String>>,
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
            let (objects, highlighter) = (OnceCell::new(), Highlighter::default());
            let loader = Self { source, objects, reader, entries, highlighter, events };
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
        }
    }

    fn send(&self, event: Event) {
        drop(self.events.send(event));
    }

    fn file(&self, generation: u64, of: &TextOf) {
        let send = |text| self.send(Event::File { generation, of: of.clone(), text });
        let text = match self.text_of(of) {
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

    /// Returns a text as it was scanned, so that spans fit.
    fn text_of(&self, of: &TextOf) -> Result<Vec<u8>, String> {
        match (&of.layer, Metadata::of(&of.path)) {
            (Layer::Tree, _) => self.text(&of.path),
            (Layer::Past(id), _) => decoded(&self.object(id)?),
            (Layer::Object(id), Some(Metadata::Identities)) => {
                Ok(message::people(&self.object(id)?))
            }
            (Layer::Object(id), _) => Ok(message::text(&self.object(id)?).into_owned()),
            (Layer::Name(name), Some(Metadata::Refs)) => Ok(short_ref(name).into()),
            (Layer::Name(name), _) => self.setting(name),
        }
    }

    /// Reads any object. The scan reads the same way, so what was scanned can be shown.
    fn object(&self, id: &str) -> Result<Vec<u8>, String> {
        let open = || Objects::open(&self.source).map_err(|error| error.to_string());
        let objects = self.objects.get_or_init(open).as_ref().map_err(Clone::clone)?;
        let id = HEXLOWER.decode(id.as_bytes()).ok();
        let idx = id.and_then(|id| objects.find(&id)).ok_or("this object is not here any more")?;
        objects.read(idx, MAX_FILE_BYTES).map_err(|error| error.to_string())
    }

    /// Returns what a setting says: all its values, if it has several.
    fn setting(&self, name: &str) -> Result<Vec<u8>, String> {
        let all = self.source.addresses().into_iter();
        let values: Vec<String> = all.filter(|(n, _)| n == name).map(|(_, value)| value).collect();
        if values.is_empty() {
            return Err("this setting is not there any more".into());
        }
        Ok(values.join("\n").into())
    }

    fn raw(&self, path: &RepoPath) -> Result<Vec<u8>, String> {
        let entry = self.entries.get(path).ok_or("not in the reviewed commit")?;
        self.reader.blob(entry.oid, MAX_FILE_BYTES).map_err(|error| error.to_string())
    }

    fn text(&self, path: &RepoPath) -> Result<Vec<u8>, String> {
        decoded(&self.raw(path)?)
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

fn decoded(raw: &[u8]) -> Result<Vec<u8>, String> {
    let text = Text::decode(raw).ok_or("binary")?;
    Ok(text.bytes.into_owned())
}
