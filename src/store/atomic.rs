// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whole-file writes that leave either the old or the new content, whatever happens.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use super::StoreError;

/// Replaces the content of `path` by `bytes`: temporary file beside it, fsync, rename, fsync of
/// the folder.
///
/// # Errors
/// When any step fails; the old file is then still there, untouched.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let file = written(path, bytes, Readers::All)?;
    file.persist(path).map_err(|error| StoreError::io(path)(error.error))?;
    sync_folder(folder_of(path))
}

/// Replaces the content of a file of the work tree by rename, and keeps who may read and run it. A
/// link in its place is replaced, not followed. Nobody waits for the disk: Git has the old content.
///
/// # Errors
/// When any step fails; the old file is then still there, untouched.
pub fn write_over(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mode = fs::symlink_metadata(path).map_err(StoreError::io(path))?.permissions();
    let mut builder = tempfile::Builder::new();
    let file = builder.prefix(".debut-").suffix(".tmp").tempfile_in(folder_of(path));
    let mut file = file.map_err(StoreError::io(path))?;
    file.write_all(bytes).map_err(StoreError::io(path))?;
    file.as_file().set_permissions(mode).map_err(StoreError::io(path))?;
    file.persist(path).map(drop).map_err(|error| StoreError::io(path)(error.error))
}

/// Makes a file of the work tree, whole or not at all, and returns whether it did. Nobody waits for
/// the disk, which takes a minute for some thousands: what a power cut takes is written again.
///
/// # Errors
/// When any step fails.
pub fn write_beside(path: &Path, bytes: &[u8]) -> Result<bool, StoreError> {
    let file = unsynced(path, bytes, Readers::All)?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(StoreError::io(path)(error.error)),
    }
}

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone.
    Owner,
    /// Whoever the user's umask lets.
    All,
}

/// Makes the file `path` with the content `bytes`, whole or not at all. Returns whether it did:
/// whatever is there already, be it a link that leads nowhere, is left alone.
///
/// # Errors
/// When any step fails.
pub fn write_new(path: &Path, bytes: &[u8], readers: Readers) -> Result<bool, StoreError> {
    let file = written(path, bytes, readers)?;
    match file.persist_noclobber(path) {
        Ok(_) => sync_folder(folder_of(path)).map(|()| true),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(StoreError::io(path)(error.error)),
    }
}

/// Returns a temporary file beside `path` that holds `bytes` and is on the disk.
fn written(
    path: &Path,
    bytes: &[u8],
    readers: Readers,
) -> Result<tempfile::NamedTempFile, StoreError> {
    let file = unsynced(path, bytes, readers)?;
    file.as_file().sync_all().map_err(StoreError::io(path))?;
    Ok(file)
}

/// Returns the same, which the disk may not have yet.
fn unsynced(
    path: &Path,
    bytes: &[u8],
    readers: Readers,
) -> Result<tempfile::NamedTempFile, StoreError> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // All: like any file of a work tree; the user's umask takes away what it must.
        let mode = if readers == Readers::All { 0o666 } else { 0o600 };
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = readers;
    let fail = |error: io::Error| StoreError::io(path)(in_words(&error, folder_of(path)));
    let file = builder.prefix(".debut-").suffix(".tmp").tempfile_in(folder_of(path));
    let mut file = file.map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    Ok(file)
}

/// Tries to write into `folder`, or where it would be made, and leaves nothing there.
pub(super) fn probe(folder: &Path) -> Result<(), StoreError> {
    let folder = folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(folder);
    let file = tempfile::Builder::new().prefix(".debut-").suffix(".tmp").tempfile_in(folder);
    file.map(drop).map_err(|error| StoreError::io(folder)(in_words(&error, folder)))
}

/// Returns the error without the name of the temporary file, which nobody has heard of.
fn in_words(error: &io::Error, folder: &Path) -> io::Error {
    match error.kind() {
        io::ErrorKind::NotFound => {
            let message = format!("there is no folder {}", folder.display());
            io::Error::new(io::ErrorKind::NotFound, message)
        }
        kind => kind.into(),
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
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
