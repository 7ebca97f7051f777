// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files of a plain folder, for those who have no repository. Links are not followed.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use git2::Oid;

use super::{BlobError, EntryKind, TreeEntry};
use crate::domain::RepoPath;

/// Folders nested deeper than this are not walked.
const MAX_DEPTH: usize = 64;
/// So many files are listed at most.
const MAX_FILES: usize = 500_000;

/// A folder, or one file.
pub struct Folder {
    base: PathBuf,
    /// Its files, as a commit would list them.
    pub entries: Vec<TreeEntry>,
    /// Whether there was more than is listed.
    pub cut: bool,
}

impl Folder {
    /// Lists the files below `path`, or `path` alone if it is a file.
    ///
    /// # Errors
    /// When it is not there or can't be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut folder = Self { base: path.to_owned(), entries: Vec::new(), cut: false };
        if fs::metadata(path)?.is_file() {
            let name = path.file_name().unwrap_or(path.as_os_str());
            folder.base = path.parent().unwrap_or(Path::new("")).to_owned();
            folder.push(name.as_encoded_bytes(), EntryKind::File);
        } else {
            folder.walk(path, &mut Vec::new(), 0)?;
            folder.entries.sort_by(|a, b| a.path.cmp(&b.path));
        }
        Ok(folder)
    }

    /// Returns its name.
    #[must_use]
    pub fn name(&self) -> String {
        let whole = fs::canonicalize(&self.base).unwrap_or_else(|_| self.base.clone());
        whole.file_name().unwrap_or(whole.as_os_str()).to_string_lossy().into_owned()
    }

    fn push(&mut self, path: &[u8], kind: EntryKind) {
        let oid = Oid::ZERO_SHA1;
        self.entries.push(TreeEntry { path: RepoPath::new(path), oid, kind });
    }

    fn walk(&mut self, dir: &Path, prefix: &mut Vec<u8>, depth: usize) -> io::Result<()> {
        for entry in fs::read_dir(dir)? {
            let entry = entry?;
            let name = entry.file_name();
            // Git's own files, and ours, are no part of what is published.
            if name == ".git" || name == ".debut" {
                continue;
            }
            let len = prefix.len();
            if len > 0 {
                prefix.push(b'/');
            }
            prefix.extend(name.as_encoded_bytes());
            let kind = entry.file_type()?;
            if self.entries.len() >= MAX_FILES || depth >= MAX_DEPTH {
                self.cut = true;
            } else if kind.is_dir() {
                if self.walk(&entry.path(), prefix, depth + 1).is_err() {
                    self.push(prefix, EntryKind::Unreadable);
                }
            } else if kind.is_file() {
                self.push(prefix, EntryKind::File);
            }
            prefix.truncate(len);
        }
        Ok(())
    }

    /// Returns the content of a file that was listed, unless it has more than `limit` bytes.
    ///
    /// # Errors
    /// When it is too large, or can't be read any more.
    pub fn read(&self, entry: &TreeEntry, limit: u64) -> Result<Vec<u8>, BlobError> {
        let fail = |error: io::Error| BlobError::Unreadable(error.to_string());
        let path = self.path(&entry.path);
        // It may have become a link or a pipe since it was listed.
        if !fs::symlink_metadata(&path).map_err(fail)?.is_file() {
            return Err(BlobError::Unreadable("no file any more".into()));
        }
        let file = File::open(&path).map_err(fail)?;
        let size = file.metadata().map_err(fail)?.len();
        if size > limit {
            return Err(BlobError::TooLarge(size));
        }
        let mut out = Vec::new();
        file.take(limit).read_to_end(&mut out).map_err(fail)?;
        Ok(out)
    }

    #[cfg(unix)]
    fn path(&self, path: &RepoPath) -> PathBuf {
        use std::os::unix::ffi::OsStrExt;
        self.base.join(std::ffi::OsStr::from_bytes(path.as_bytes()))
    }

    #[cfg(not(unix))]
    fn path(&self, path: &RepoPath) -> PathBuf {
        self.base.join(String::from_utf8_lossy(path.as_bytes()).as_ref())
    }
}

/// Returns the SHA-1 of `bytes` in hexadecimal; nothing where it was made to collide.
#[must_use]
pub fn sha1(bytes: &[u8]) -> Option<String> {
    let mut hasher = gix_hash::hasher(gix_hash::Kind::Sha1);
    hasher.update(bytes);
    hasher.try_finalize().ok().map(|id| id.to_hex().to_string())
}

#[cfg(test)]
mod tests {
    use super::{Folder, sha1};

    #[test]
    fn a_folder_is_listed_without_its_links() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(dir.path().join("b/.git")).expect("folders");
        std::fs::write(dir.path().join("b/x.py"), "x").expect("a file");
        std::fs::write(dir.path().join("b/.git/config"), "x").expect("a file");
        #[cfg(unix)]
        std::os::unix::fs::symlink("/etc/passwd", dir.path().join("a")).expect("a link");
        let folder = Folder::open(dir.path()).expect("a folder");
        let names: Vec<String> = folder.entries.iter().map(|e| e.path.to_string()).collect();
        assert_eq!(names, ["b/x.py"]);
        assert_eq!(folder.read(&folder.entries[0], 9).expect("content"), b"x");
        assert!(folder.read(&folder.entries[0], 0).is_err());
        let one = Folder::open(&dir.path().join("b/x.py")).expect("a file");
        assert_eq!(one.read(&one.entries[0], 9).expect("content"), b"x");
    }

    #[test]
    fn sums_are_those_of_others() {
        assert_eq!(sha1(b"abc").as_deref(), Some("a9993e364706816aba3e25717850c26c9cd0d89d"));
    }
}
