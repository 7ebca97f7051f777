// SPDX-License-Identifier: MIT OR Apache-2.0
//! Objects that are not in a pack but files of their own.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use super::{
    ObjectError, ObjectKind,
    buffer::{Buffer, share},
    pack::{Scratch, no_memory, unreadable},
};

/// The words before the content, and a little of it.
const START: usize = 64;
/// Bytes of the file in which these are, compressed; most objects are not much larger.
const HEAD: u64 = 4096;

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
    let (packed, _) = packed(&path_of(folder, id), HEAD).ok()?;
    Some(start(&packed, inflate)?.0)
}

/// Returns the size of an object that is a file of its own, if there is one that can be read;
/// that of the file where it is much larger than the object may be.
pub(super) fn size(
    folder: &Path,
    id: &[u8],
    limit: u64,
    inflate: &mut gix_zlib::Inflate,
) -> Option<u64> {
    let (head, file_len) = packed(&path_of(folder, id), HEAD).ok()?;
    let (_, size, _) = start(&head, inflate)?;
    Some(if file_len > most(limit) { size.max(file_len) } else { size })
}

/// Returns how long the file of an object of `size` bytes is at most: what can't be compressed
/// grows a little.
fn most(size: u64) -> u64 {
    size.saturating_add(size / 64).saturating_add(1024)
}

/// Reads an object that is a file of its own.
pub(super) fn read(
    folder: &Path,
    id: &[u8],
    limit: u64,
    scratch: &mut Scratch,
) -> Result<(ObjectKind, Buffer), ObjectError> {
    let damaged = || unreadable("damaged file of an object");
    let path = path_of(folder, id);
    // What is too large says so at its beginning, and no more of it is read.
    let (head, file_len) = packed(&path, HEAD)?;
    let (kind, size, skip) = start(&head, &mut scratch.inflate).ok_or_else(damaged)?;
    if size > limit {
        return Err(ObjectError::TooLarge(size));
    }
    let most = most(size);
    let file_len = usize::try_from(file_len).ok().filter(|len| *len as u64 <= most);
    let _share = share(file_len.ok_or_else(damaged)?, scratch.purse.as_ref());
    let (packed, _) = if file_len > Some(head.len()) { packed(&path, most)? } else { (head, 0) };
    let len = usize::try_from(size).ok().and_then(|len| len.checked_add(skip));
    let mut out = scratch.pool.take();
    let room = len.and_then(|len| out.size(len, scratch.purse.as_ref())).ok_or_else(no_memory)?;
    scratch.inflate.reset();
    match scratch.inflate.once(&packed, room) {
        Ok((gix_zlib::Status::StreamEnd, _, written)) if Some(written) == len => {
            out.skip(skip);
            Ok((kind, out))
        }
        _ => Err(damaged()),
    }
}

/// Reads at most `most` bytes of a file; also returns how many it has.
fn packed(path: &Path, most: u64) -> Result<(Vec<u8>, u64), ObjectError> {
    let fail = |error: std::io::Error| ObjectError::Unreadable(error.kind().to_string());
    // Opening a pipe would wait for ever.
    let data = std::fs::metadata(path).map_err(fail)?;
    if !data.is_file() {
        return Err(unreadable("not a file"));
    }
    let mut out = Vec::new();
    File::open(path).map_err(fail)?.take(most).read_to_end(&mut out).map_err(fail)?;
    Ok((out, data.len()))
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
