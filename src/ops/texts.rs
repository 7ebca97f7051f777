// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads whatever a finding stands in, as it was scanned.

use std::{cell::OnceCell, collections::HashMap};

use data_encoding::HEXLOWER;

use crate::{
    domain::{Layer, Metadata, RepoPath, Text, TextOf, short_ref},
    repo::{EntryKind, Reader, Source, TreeEntry, message, objects::Objects},
    scan::MAX_FILE_BYTES,
};

/// All texts of a review.
pub(super) struct Texts {
    source: Source,
    /// All objects, listed when the first one outside of the reviewed commit is asked for.
    objects: OnceCell<Result<Objects, String>>,
    reader: Reader,
    entries: HashMap<RepoPath, TreeEntry>,
}

impl Texts {
    /// Lists the files of the reviewed commit.
    pub(super) fn open(source: Source) -> Result<Self, String> {
        let entries = source.entries().map_err(|error| error.to_string())?;
        Self::over(source, entries)
    }

    /// Uses a list that is there already.
    pub(super) fn over(source: Source, entries: Vec<TreeEntry>) -> Result<Self, String> {
        let reader = Reader::new(&source).map_err(|error| error.message().to_owned())?;
        let entries = entries.into_iter().map(|e| (e.path.clone(), e)).collect();
        Ok(Self { source, objects: OnceCell::new(), reader, entries })
    }

    /// Returns the files of the reviewed commit.
    pub(super) fn paths(&self) -> impl Iterator<Item = &RepoPath> {
        self.entries.keys()
    }

    /// Returns a text as it was scanned, so that spans fit.
    pub(super) fn of(&self, of: &TextOf) -> Result<Vec<u8>, String> {
        match (&of.layer, Metadata::of(&of.path)) {
            (Layer::Tree, _) => self.file(&of.path),
            (Layer::Past(id), _) => decoded(&self.object(id)?),
            (Layer::Object(id), Some(Metadata::Identities)) => {
                Ok(message::people(&self.object(id)?))
            }
            (Layer::Object(id), _) => Ok(message::text(&self.object(id)?).into_owned()),
            (Layer::Name(name), Some(Metadata::Refs)) => Ok(short_ref(name).into()),
            (Layer::Name(name), Some(Metadata::Paths | Metadata::PastPaths)) => {
                Ok(name.as_bytes().into())
            }
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

    pub(super) fn raw(&self, path: &RepoPath) -> Result<Vec<u8>, String> {
        let entry = self.entries.get(path).ok_or("not in the reviewed commit")?;
        self.reader.blob(entry.oid, MAX_FILE_BYTES).map_err(|error| error.to_string())
    }

    /// Returns the bytes of a plain file of the reviewed commit; a link is none.
    pub(super) fn plain(&self, path: &RepoPath) -> Option<Vec<u8>> {
        let entry = self.entries.get(path)?;
        self.raw(path).ok().filter(|_| entry.kind == EntryKind::File)
    }

    pub(super) fn file(&self, path: &RepoPath) -> Result<Vec<u8>, String> {
        decoded(&self.raw(path)?)
    }
}

fn decoded(raw: &[u8]) -> Result<Vec<u8>, String> {
    let text = Text::decode(raw).ok_or("binary")?;
    Ok(text.bytes.into_owned())
}
