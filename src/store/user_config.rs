// SPDX-License-Identifier: MIT OR Apache-2.0
//! The user's own files in the configuration folder: `config.toml` and `themes/NAME.toml`.
//!
//! They are read only. What they mean is known where it is used.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::StoreError;

/// Nobody writes more by hand, and whatever lies there must not fill the memory.
const MOST: u64 = 1 << 20;

/// The configuration folder.
#[derive(Clone, Debug)]
pub struct UserFiles {
    folder: PathBuf,
}

impl UserFiles {
    /// Uses `folder`, which need not be there.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.into() }
    }

    /// Returns where the configuration lies.
    #[must_use]
    pub fn config_path(&self) -> PathBuf {
        self.folder.join("config.toml")
    }

    /// Returns where the theme `name` lies; nothing if no file can be called so.
    #[must_use]
    pub fn theme_path(&self, name: &str) -> Option<PathBuf> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let fits = !name.is_empty() && name.len() <= 64 && name.chars().all(plain);
        fits.then(|| self.folder.join("themes").join(format!("{name}.toml")))
    }

    /// Reads one of these files, or nothing if it is not there.
    ///
    /// # Errors
    /// When it is there but no text file of at most 1 MiB, or can't be read.
    pub fn read(&self, path: &Path) -> Result<Option<String>, StoreError> {
        let wrong = |line, message: &str| StoreError::Broken {
            path: path.into(),
            line,
            message: message.into(),
        };
        // A pipe would keep us waiting for ever; a link is fine, many keep their files elsewhere.
        match path.metadata() {
            Ok(data) if data.is_file() => {}
            Ok(_) => return Err(wrong(1, "not a file")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io(path)(error)),
        }
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(StoreError::io(path))?;
        file.take(MOST + 1).read_to_end(&mut bytes).map_err(StoreError::io(path))?;
        if bytes.len() as u64 > MOST {
            return Err(wrong(1, "larger than 1 MiB"));
        }
        String::from_utf8(bytes).map(Some).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..valid).unwrap_or_default();
            wrong(1 + memchr::memchr_iter(b'\n', before).count(), "not UTF-8")
        })
    }
}
