// SPDX-License-Identifier: MIT OR Apache-2.0
//! Objects that are not in a pack but files of their own.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use super::{ObjectError, ObjectKind, buffer::Buffer, pack::unreadable};

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
