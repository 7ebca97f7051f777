// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files that only save time: what is lost or damaged is worked out anew.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{StoreError, atomic, bounded::Bounded, write_atomic};

/// All files together stay below so many bytes.
const MOST: u64 = 512 << 20;
/// One of them at most, with its head.
const WHOLE: Bounded = Bounded::of_user("a file of the cache", MOST, "remove it");
/// Begins every file, so that an older version's is not taken for ours.
const HEAD: &[u8; 16] = b"debut cache 1\n\0\0";

/// A folder of files that may go at any time.
///
/// Two processes may use it at once: a file is written beside and moved into place, so a reader
/// sees all of one or all of the other.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    build: String,
}

impl Cache {
    /// Uses `folder`, which need not be there yet. `build` tells builds of the program apart: what
    /// another one has written is not read, for it may look for other things.
    #[must_use]
    pub fn new(folder: &Path, build: &str) -> Self {
        Self { folder: folder.into(), build: build.into() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{}-{name}", self.build))
    }

    /// Tries to write into the folder and leaves nothing there but the folder.
    ///
    /// # Errors
    /// When that fails.
    pub fn probe(&self) -> Result<(), StoreError> {
        make_private(&self.folder)?;
        atomic::probe(&self.folder)
    }

    /// Returns the folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns what was put under `name`; nothing if it is not there or not whole.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.path(name);
        let mut bytes = WHOLE.bytes(&path).ok()??;
        let sum = bytes.get(HEAD.len()..HEAD.len() + 4)?;
        let sum = u32::from_le_bytes(sum.try_into().ok()?);
        if !bytes.starts_with(HEAD) || crc32fast::hash(&bytes[HEAD.len() + 4..]) != sum {
            return None;
        }
        // What was used lately goes last. A clock that can't be set only makes that less exact.
        let _ = fs::File::open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        bytes.drain(..HEAD.len() + 4);
        Some(bytes)
    }

    /// Puts `bytes` under `name`, and removes what was not used for long if there is too much.
    ///
    /// # Errors
    /// When the folder can't be made or the file can't be written.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        make_private(&self.folder)?;
        let sum = crc32fast::hash(bytes).to_le_bytes();
        write_atomic(&self.path(name), &[HEAD, &sum[..], bytes].concat())?;
        self.trim(MOST);
        Ok(())
    }

    fn trim(&self, most: u64) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let mut files: Vec<(SystemTime, u64, PathBuf)> = entries
            .flatten()
            .filter_map(|entry| {
                let meta = entry.metadata().ok().filter(fs::Metadata::is_file)?;
                Some((meta.modified().ok()?, meta.len(), entry.path()))
            })
            .collect();
        files.sort();
        let mut total: u64 = files.iter().map(|(_, len, _)| len).sum();
        for (_, len, path) in files {
            if total <= most {
                break;
            }
            // Somebody else may have removed it.
            let _ = fs::remove_file(path);
            total -= len;
        }
    }
}

/// Paths and authors of a private repository stand in it.
fn make_private(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(StoreError::io(folder))
}

#[cfg(test)]
mod tests {
    use super::Cache;

    #[test]
    fn what_is_damaged_is_not_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::new(&folder.path().join("a/b"), "1");
        assert_eq!(cache.get("x"), None);
        cache.put("x", b"content").expect("written");
        assert_eq!(cache.get("x").as_deref(), Some(&b"content"[..]));
        let other = Cache::new(&folder.path().join("a/b"), "2");
        assert_eq!(other.get("x"), None, "another build");
        let path = folder.path().join("a/b/1-x");
        let mut bytes = std::fs::read(&path).expect("bytes");
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            std::fs::write(&path, &bytes).expect("written");
            assert_eq!(cache.get("x"), None, "byte {at}");
            bytes[at] ^= 1;
        }
        std::fs::write(&path, &bytes[..9]).expect("written");
        assert_eq!(cache.get("x"), None);
    }

    #[test]
    fn the_oldest_goes_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::new(folder.path(), "1");
        for (name, age) in [("new", 1), ("old", 9), ("older", 99)] {
            cache.put(name, &[7; 100]).expect("written");
            let then = std::time::SystemTime::now() - std::time::Duration::from_secs(age);
            let file = std::fs::File::options().write(true).open(cache.path(name));
            file.and_then(|file| file.set_modified(then)).expect("a time");
        }
        cache.trim(250);
        let there = ["new", "old", "older"].map(|name| cache.path(name).exists());
        assert_eq!(there, [true, true, false]);
    }
}
