// SPDX-License-Identifier: MIT OR Apache-2.0
//! Review keys in the user's own state folder, readable by the user alone.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;

use super::{StoreError, atomic};

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

    /// Returns the key called `name`, or nothing if there is none.
    ///
    /// # Errors
    /// When the file is there but cannot be read or holds no key.
    pub fn get(&self, name: &str) -> Result<Option<[u8; 32]>, StoreError> {
        let path = self.folder.join(name);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io(&path)(error)),
        };
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
        // A key must never be seen half written, so it gets its name when it is whole. Temporary
        // files are readable by their owner alone.
        let mut file = tempfile::Builder::new()
            .prefix(".debut-")
            .suffix(".tmp")
            .tempfile_in(&self.folder)
            .map_err(StoreError::io(&path))?;
        file.write_all(format!("{}\n", HEXLOWER.encode(key)).as_bytes())
            .and_then(|()| file.as_file().sync_all())
            .map_err(StoreError::io(&path))?;
        match file.persist_noclobber(&path) {
            Ok(_) => atomic::sync_folder(&self.folder),
            Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(StoreError::io(&path)(error.error)),
        }
    }
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
