// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whole-file writes that leave either the old or the new content, whatever happens.

use std::{fs, io::Write, path::Path};

use super::StoreError;

/// Replaces the content of `path` by `bytes`: temporary file beside it, fsync, rename, fsync of
/// the folder.
///
/// # Errors
/// When any step fails; the old file is then still there, untouched.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Like any file of a work tree; the user's umask takes away what it must.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder
        .prefix(".debut-")
        .suffix(".tmp")
        .tempfile_in(folder)
        .map_err(StoreError::io(path))?;
    file.write_all(bytes).map_err(StoreError::io(path))?;
    file.as_file().sync_all().map_err(StoreError::io(path))?;
    file.persist(path).map_err(|error| StoreError::io(path)(error.error))?;
    sync_folder(folder)
}

/// Makes a rename or a new file in `folder` survive a power cut.
pub(super) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    // Windows cannot open folders for this, and does not need it.
    if cfg!(windows) {
        return Ok(());
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    fs::File::open(folder).and_then(|dir| dir.sync_all()).map_err(StoreError::io(folder))
}
