// SPDX-License-Identifier: MIT OR Apache-2.0
//! The user's own files in the configuration folder: `config.toml` and `themes/NAME.toml`.
//!
//! They are read only. What they mean is known where it is used.

use std::path::{Path, PathBuf};

use super::{StoreError, bounded::Bounded};

/// Nobody writes more by hand, and whatever lies there must not fill the memory. A link is fine:
/// many keep their files elsewhere.
const FILE: Bounded = Bounded::of_user("a configuration or a theme", 1 << 20, "shorten it");

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
        FILE.text(path)
    }
}
