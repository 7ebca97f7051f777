// SPDX-License-Identifier: MIT OR Apache-2.0
//! Objects that are not in a pack: a file each, or known to libgit2 alone.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use git2::{ObjectType, Oid, Repository};

use super::{ObjectError, ObjectKind, buffer::Buffer, pack::unreadable};
use crate::repo::Source;

/// The words before the content, and a little of it.
const START: usize = 64;

fn path_of(folder: &Path, id: &[u8]) -> PathBuf {
    let name = data_encoding::HEXLOWER.encode(id);
    let (first, rest) = name.split_at_checked(2).unwrap_or_default();
    folder.join(first).join(rest)
}

/// Returns the kind of an object that is a file of its own.
pub(super) fn kind(
    folder: &Path,
    id: &[u8],
    inflate: &mut gix_zlib::Inflate,
) -> Option<ObjectKind> {
    let (packed, _) = packed(&path_of(folder, id), 256).ok()?;
    Some(start(&packed, inflate)?.0)
}

/// Reads an object that is a file of its own.
pub(super) fn read(
    folder: &Path,
    id: &[u8],
    limit: u64,
    inflate: &mut gix_zlib::Inflate,
) -> Result<(ObjectKind, Buffer), ObjectError> {
    // What can't be compressed grows a little.
    let most = limit.saturating_add(limit / 64).saturating_add(1024);
    let (packed, whole) = packed(&path_of(folder, id), most)?;
    let (kind, size, skip) =
        start(&packed, inflate).ok_or_else(|| unreadable("damaged file of an object"))?;
    if size > limit {
        return Err(ObjectError::TooLarge(size));
    }
    let mut out = Vec::new();
    let len = usize::try_from(size).ok().filter(|len| whole && *len <= usize::MAX - skip);
    let len = len.filter(|len| out.try_reserve_exact(len + skip).is_ok());
    out.resize(len.ok_or_else(|| unreadable("damaged file of an object"))? + skip, 0);
    inflate.reset();
    match inflate.once(&packed, &mut out) {
        Ok((gix_zlib::Status::StreamEnd, _, len)) if len == out.len() => {
            out.drain(..skip);
            Ok((kind, out.into()))
        }
        _ => Err(unreadable("damaged file of an object")),
    }
}

/// Reads at most `most` bytes of a file; also returns whether that is all of it.
fn packed(path: &Path, most: u64) -> Result<(Vec<u8>, bool), ObjectError> {
    let fail = |error: std::io::Error| ObjectError::Unreadable(error.kind().to_string());
    // Opening a pipe would wait for ever.
    let data = std::fs::metadata(path).map_err(fail)?;
    if !data.is_file() {
        return Err(unreadable("not a file"));
    }
    let mut out = Vec::new();
    File::open(path).map_err(fail)?.take(most).read_to_end(&mut out).map_err(fail)?;
    Ok((out, data.len() <= most))
}

/// Returns kind, size, and where the content begins.
fn start(packed: &[u8], inflate: &mut gix_zlib::Inflate) -> Option<(ObjectKind, u64, usize)> {
    let mut bytes = [0; START];
    inflate.reset();
    let (_, _, len) = inflate.prefix(packed, &mut bytes).ok()?;
    let end = bytes.get(..len)?.iter().position(|b| *b == 0)?;
    let (name, size) = std::str::from_utf8(bytes.get(..end)?).ok()?.split_once(' ')?;
    let kind = match name {
        "commit" => ObjectKind::Commit,
        "tree" => ObjectKind::Tree,
        "blob" => ObjectKind::Blob,
        "tag" => ObjectKind::Tag,
        _ => return None,
    };
    let is_number = size.bytes().all(|b| b.is_ascii_digit());
    Some((kind, size.parse().ok().filter(|_| is_number)?, end + 1))
}

/// Reads what nothing else could, slowly; the repository is opened when it is needed.
pub(super) struct Git {
    source: Source,
    repo: Option<Option<Repository>>,
}

impl Git {
    pub(super) fn new(source: &Source) -> Self {
        Self { source: source.clone(), repo: None }
    }

    fn header(&mut self, id: &[u8]) -> Result<(git2::Odb<'_>, Oid, u64, ObjectKind), ObjectError> {
        let fail = |error: git2::Error| ObjectError::Unreadable(error.message().into());
        let repo = self.repo.get_or_insert_with(|| self.source.repository().ok());
        let repo = repo.as_ref().ok_or_else(|| unreadable("the repository has gone"))?;
        let id = Oid::from_bytes(id).map_err(fail)?;
        let odb = repo.odb().map_err(fail)?;
        let (size, kind) = odb.read_header(id).map_err(fail)?;
        let kind = kind_of(kind).ok_or_else(|| unreadable("unknown kind of object"))?;
        Ok((odb, id, size as u64, kind))
    }

    pub(super) fn kind(&mut self, id: &[u8]) -> Option<ObjectKind> {
        self.header(id).ok().map(|header| header.3)
    }

    pub(super) fn read(
        &mut self,
        id: &[u8],
        limit: u64,
    ) -> Result<(ObjectKind, Buffer), ObjectError> {
        let (odb, id, size, kind) = self.header(id)?;
        if size > limit {
            return Err(ObjectError::TooLarge(size));
        }
        match odb.read(id) {
            Ok(object) => Ok((kind, object.data().to_vec().into())),
            Err(error) => Err(ObjectError::Unreadable(error.message().into())),
        }
    }
}

fn kind_of(kind: ObjectType) -> Option<ObjectKind> {
    match kind {
        ObjectType::Commit => Some(ObjectKind::Commit),
        ObjectType::Tree => Some(ObjectKind::Tree),
        ObjectType::Blob => Some(ObjectKind::Blob),
        ObjectType::Tag => Some(ObjectKind::Tag),
        ObjectType::Any => None,
    }
}
