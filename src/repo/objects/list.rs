// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which objects there are: in packs, on their own, and in the folders that are lent by other
//! repositories.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use gix_hash::Kind;
use gix_pack::{data, index, multi_index};

use super::salvage;

/// Git goes no further along alternates of alternates.
const MAX_ALTERNATES: usize = 5;

/// An entry of a pack has a header and compressed bytes: an index that lists more of them than
/// there is room for lies, and would be believed at the cost of all memory.
const MIN_ENTRY: usize = 8;
/// Nothing tells how many there were in a pack that isn't there.
const MAX_LOST: usize = 1 << 24;

/// Where the objects of a listing are.
pub(super) enum Store {
    /// A pack.
    Pack(data::File),
    /// A folder of files, one an object.
    Loose(PathBuf),
    /// A pack that can't be opened.
    Lost,
}

enum Names {
    Index(Box<index::File>),
    Own { ids: Vec<u8>, offsets: Vec<u64> },
}

/// Objects that are stored together.
pub(super) struct Listing {
    pub(super) store: Store,
    names: Names,
    width: usize,
}

impl Listing {
    pub(super) fn len(&self) -> usize {
        match &self.names {
            Names::Index(index) => index.num_objects() as usize,
            Names::Own { ids, .. } => ids.len() / self.width,
        }
    }

    pub(super) fn id(&self, at: u32) -> &[u8] {
        match &self.names {
            Names::Index(index) => index.oid_at_index(at).as_bytes(),
            Names::Own { ids, .. } => {
                let start = at as usize * self.width;
                ids.get(start..start + self.width).unwrap_or_default()
            }
        }
    }

    /// Returns where in its pack the object with an id begins, if it is listed.
    pub(super) fn find(&self, id: &[u8]) -> Option<u64> {
        if id.len() != self.width {
            return None;
        }
        let at = match &self.names {
            Names::Index(index) => index.lookup(gix_hash::oid::try_from_bytes(id).ok()?)?,
            Names::Own { .. } => {
                let (mut low, mut high) = (0, u32::try_from(self.len()).ok()?);
                while low < high {
                    let middle = low + (high - low) / 2;
                    if self.id(middle) < id { low = middle + 1 } else { high = middle }
                }
                low
            }
        };
        (self.id(at) == id).then(|| self.offset(at))
    }

    /// Where in its pack the object begins.
    pub(super) fn offset(&self, at: u32) -> u64 {
        match &self.names {
            Names::Index(index) => index.pack_offset_at_index(at),
            Names::Own { offsets, .. } => offsets.get(at as usize).copied().unwrap_or_default(),
        }
    }
}

/// Lists all objects in `folder` and those it borrows from. Also returns the packs whose objects
/// can't be listed.
pub(super) fn everything(folder: &Path, hash: Kind) -> (Vec<Listing>, Vec<PathBuf>) {
    let mut packs = Vec::new();
    let mut loose = Vec::new();
    let mut unlisted = Vec::new();
    for folder in Folders::of(folder).0 {
        list_packs(&folder.join("pack"), hash, &mut packs, &mut unlisted);
        loose.extend(list_loose(folder, hash.len_in_bytes()));
    }
    // An object that is stored twice is read from the larger pack, where more of its relatives
    // are; what can't be read at all comes last.
    packs.sort_by_key(|list| (matches!(list.store, Store::Lost), std::cmp::Reverse(list.len())));
    let lost = packs.partition_point(|list| !matches!(list.store, Store::Lost));
    let lost = packs.split_off(lost);
    (packs.into_iter().chain(loose).chain(lost).collect(), unlisted)
}

/// A folder of objects and its alternates, each once.
pub(super) struct Folders(Vec<PathBuf>);

impl Folders {
    pub(super) fn of(folder: &Path) -> Self {
        Self(folders(folder))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().map(PathBuf::as_path)
    }

    /// Lists what is in packs.
    pub(super) fn packs(&self, hash: Kind) -> Vec<Listing> {
        let mut out = Vec::new();
        for folder in &self.0 {
            list_packs(&folder.join("pack"), hash, &mut out, &mut Vec::new());
        }
        out
    }
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut seen = HashSet::new();
    let mut next = vec![(folder.to_path_buf(), 0)];
    while let Some((folder, depth)) = next.pop() {
        let Ok(real) = folder.canonicalize() else { continue };
        if !seen.insert(real) {
            continue;
        }
        if depth < MAX_ALTERNATES {
            for line in small_file(&folder.join("info/alternates")).split(|b| *b == b'\n') {
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                if !line.is_empty() && !line.starts_with(b"#") {
                    next.push((folder.join(path_of(&unquoted(line))), depth + 1));
                }
            }
        }
        out.push(folder);
    }
    out
}

fn small_file(path: &Path) -> Vec<u8> {
    let is_small = fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() < 1 << 20);
    if is_small { fs::read(path).unwrap_or_default() } else { Vec::new() }
}

/// Undoes the quotes that Git allows around an alternate.
fn unquoted(line: &[u8]) -> Vec<u8> {
    let inner = line.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    let Some(mut rest) = inner else { return line.to_vec() };
    let mut out = Vec::new();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let octal = rest.get(..3).and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(byte) = octal.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            out.push(byte);
            rest = rest.get(3..).unwrap_or_default();
        } else if let Some((&letter, after)) = rest.split_first() {
            let plain = b"abtnvfr".iter().position(|l| *l == letter);
            out.push(plain.and_then(|at| b"\x07\x08\t\n\x0b\x0c\r".get(at)).map_or(letter, |b| *b));
            rest = after;
        }
    }
    out
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    std::ffi::OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// Lists the packs in `folder`, or puts them with those that are `unlisted`.
fn list_packs(folder: &Path, hash: Kind, out: &mut Vec<Listing>, unlisted: &mut Vec<PathBuf>) {
    let width = hash.len_in_bytes();
    let mut common = None;
    for path in files(folder) {
        let is = |name: &str| path.extension().is_some_and(|extension| extension == name);
        let index = path.with_extension("idx");
        let lists = is("idx") || is("pack") && !index.exists();
        if !lists {
            continue;
        }
        let names = names_in(&index, hash).or_else(|| {
            common
                .get_or_insert_with(|| common_index(folder, hash))
                .as_ref()
                .and_then(|common| names_of(common, &index))
                .or_else(|| {
                    let (ids, offsets) = salvage::index(&index, width)?;
                    Some(Names::Own { ids, offsets })
                })
        });
        let path = path.with_extension("pack");
        let store = open_pack(&path, hash);
        let most = match &store {
            Store::Pack(file) => file.data_len() / MIN_ENTRY,
            _ => MAX_LOST,
        };
        let listing = names.map(|names| Listing { store, names, width });
        match listing.filter(|listing| listing.len() <= most) {
            Some(listing) => out.push(listing),
            None => unlisted.push(path),
        }
    }
}

fn is_file(path: &Path) -> bool {
    // Opening a pipe would wait for ever.
    fs::metadata(path).is_ok_and(|data| data.is_file())
}

fn names_in(path: &Path, hash: Kind) -> Option<Names> {
    if is_file(path) {
        index::File::at(path, hash).ok().map(|index| Names::Index(index.into()))
    } else {
        None
    }
}

fn common_index(folder: &Path, hash: Kind) -> Option<multi_index::File> {
    let path = folder.join("multi-pack-index");
    let index = if is_file(&path) { multi_index::File::at(&path, None).ok() } else { None };
    index.filter(|index| index.object_hash() == hash)
}

/// Returns what the index of several packs says about the one whose own index is `path`.
fn names_of(index: &multi_index::File, path: &Path) -> Option<Names> {
    let name = path.file_name()?;
    let number = index.index_names().iter().position(|other| other.as_os_str() == name)?;
    let number = u32::try_from(number).ok()?;
    let (mut ids, mut offsets) = (Vec::new(), Vec::new());
    for at in 0..index.num_objects() {
        let Ok((pack, offset)) = index.pack_id_and_pack_offset_at_index(at) else { continue };
        if pack == number {
            ids.extend_from_slice(index.oid_at_index(at).as_bytes());
            offsets.push(offset);
        }
    }
    Some(Names::Own { ids, offsets })
}

fn open_pack(path: &Path, hash: Kind) -> Store {
    let file = if is_file(path) { data::File::at(path, hash).ok() } else { None };
    file.map_or(Store::Lost, Store::Pack)
}

/// Lists the objects that are files of their own.
fn list_loose(folder: PathBuf, width: usize) -> Option<Listing> {
    let mut ids: Vec<Vec<u8>> = Vec::new();
    for first in 0..=255_u8 {
        let name = format!("{first:02x}");
        for path in files(&folder.join(&name)) {
            let Some(rest) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let id = data_encoding::HEXLOWER.decode(format!("{name}{rest}").as_bytes());
            ids.extend(id.ok().filter(|id| id.len() == width));
        }
    }
    ids.sort_unstable();
    let names = Names::Own { ids: ids.concat(), offsets: Vec::new() };
    (!ids.is_empty()).then_some(Listing { store: Store::Loose(folder), names, width })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut out: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    out.sort_unstable();
    out
}
