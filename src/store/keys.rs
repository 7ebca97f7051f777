// SPDX-License-Identifier: MIT OR Apache-2.0
//! Review keys in the user's own state folder, readable by the user alone.

use std::{
    fs,
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;

use super::{
    StoreError,
    atomic::{Readers, probe, write_new},
    bounded::Bounded,
};

/// A key and a line feed are 65 bytes.
const FILE: Bounded =
    Bounded::of_user("a key", 4 << 10, "restore it, or get the key from another reviewer");

/// Name of the user's own key, from which the key of each new review is derived.
pub const MASTER: &str = "master";

/// The folder `keys` in the user's state folder.
#[derive(Clone)]
pub struct KeyStore {
    folder: PathBuf,
}

impl KeyStore {
    /// Uses the folder `keys` in `state`.
    #[must_use]
    pub fn new(state: &Path) -> Self {
        Self { folder: state.join("keys") }
    }

    /// Returns the key called `name`, or nothing if there is none. The name may come from a
    /// hostile file: what is no name of a key names none.
    ///
    /// # Errors
    /// When the file is there but cannot be read or holds no key.
    pub fn get(&self, name: &str) -> Result<Option<[u8; 32]>, StoreError> {
        if !is_name(name) {
            return Ok(None);
        }
        let path = self.folder.join(name);
        let Some(text) = FILE.text(&path)? else { return Ok(None) };
        let bytes = HEXLOWER.decode(text.trim().as_bytes()).ok();
        let key = bytes.and_then(|bytes| bytes.try_into().ok());
        key.map(Some).ok_or(StoreError::Broken {
            path,
            line: 1,
            message: "holds no key of 64 hexadecimal digits".into(),
        })
    }

    /// Returns where the key called `name` lies, or would.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Returns whether others than the user may read or write the key called `name`.
    #[must_use]
    pub fn is_open_to_others(&self, name: &str) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let meta = fs::metadata(self.path(name));
            meta.is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0)
        }
        #[cfg(not(unix))]
        {
            let _ = name;
            false
        }
    }

    /// Tries to write where keys are kept, or would be, and leaves nothing there.
    ///
    /// # Errors
    /// When that fails.
    pub fn probe(&self) -> Result<(), StoreError> {
        probe(&self.folder)
    }

    /// Returns the names of all keys, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| is_name(name)).collect();
        names.sort();
        names
    }

    /// Keeps `key` under `name`; one that is there already stays.
    ///
    /// # Errors
    /// When the folder or file cannot be written.
    pub fn put(&self, name: &str, key: &[u8; 32]) -> Result<(), StoreError> {
        let path = self.folder.join(name);
        fs::create_dir_all(&self.folder).map_err(StoreError::io(&self.folder))?;
        private(&self.folder, 0o700)?;
        if path.exists() {
            return Ok(());
        }
        // A key must never be seen half written, so it gets its name when it is whole. Another
        // process may have been first.
        let text = format!("{}\n", HEXLOWER.encode(key));
        write_new(&path, text.as_bytes(), Readers::Owner).map(|_| ())
    }
}

/// The user's own key and the ids of the others' are names.
fn is_name(name: &str) -> bool {
    let id = (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_hexdigit());
    id || name == MASTER
}

#[cfg(unix)]
fn private(path: &Path, mode: u32) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(StoreError::io(path))
}

#[cfg(not(unix))]
fn private(_: &Path, _: u32) -> Result<(), StoreError> {
    Ok(())
}
