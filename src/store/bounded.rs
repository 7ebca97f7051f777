// SPDX-License-Identifier: MIT OR Apache-2.0
//! The one way in which files are read whole: plain files only, and no more of them than their
//! kind can need.
//!
//! Most of them lie in the repository under review, where anything may lie: a pipe that nobody
//! writes into, a device that never ends, a link to a file of the user's, a file of many gigabytes
//! that takes no room on the disk.

use std::{
    fs::{self, File, FileType},
    io::{self, Read},
    path::Path,
};

use super::StoreError;

/// A kind of file, and how it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounded {
    /// What it is, in words: `a checklist`.
    what: &'static str,
    /// Largest length in bytes.
    most: u64,
    /// What helps if it is larger.
    to_do: &'static str,
    /// Whether a link is followed. Its end must be a plain file all the same.
    follows: bool,
}

impl Bounded {
    /// A file that the repository under review may hold: a link in its place is refused.
    pub(super) const fn of_repository(what: &'static str, most: u64, to_do: &'static str) -> Self {
        Self { what, most, to_do, follows: false }
    }

    /// A file that the user chose or keeps, maybe behind a link.
    pub(super) const fn of_user(what: &'static str, most: u64, to_do: &'static str) -> Self {
        Self { what, most, to_do, follows: true }
    }

    /// Reads the file at `path`; nothing if there is none.
    ///
    /// # Errors
    /// When something else stands there, it is too large, or can't be read. It is left alone.
    pub(super) fn bytes(&self, path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
        let found = if self.follows { fs::metadata(path) } else { fs::symlink_metadata(path) };
        match found {
            // Opening a pipe would wait for ever.
            Ok(found) => self.check(path, found.file_type(), found.len())?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io(path)(error)),
        }
        let file = File::open(path).map_err(StoreError::io(path))?;
        // It may have been replaced meanwhile, and may grow.
        let found = file.metadata().map_err(StoreError::io(path))?;
        self.check(path, found.file_type(), found.len())?;
        let mut bytes = Vec::new();
        file.take(self.most + 1).read_to_end(&mut bytes).map_err(StoreError::io(path))?;
        self.fits(path, bytes.len() as u64)?;
        Ok(Some(bytes))
    }

    /// Reads the text at `path`; nothing if there is none.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes), and when it is not UTF-8; with the line.
    pub(super) fn text(&self, path: &Path) -> Result<Option<String>, StoreError> {
        let Some(bytes) = self.bytes(path)? else { return Ok(None) };
        String::from_utf8(bytes).map(Some).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..valid).unwrap_or_default();
            StoreError::Broken {
                path: path.into(),
                line: 1 + memchr::memchr_iter(b'\n', before).count(),
                message: "not UTF-8: restore the file, or save it as UTF-8".into(),
            }
        })
    }

    /// Refuses what is longer than this kind of file is read, so that nothing is written either
    /// that could not be read again.
    ///
    /// # Errors
    /// When `len` bytes are too many for the file at `path`.
    pub(super) fn fits(&self, path: &Path, len: u64) -> Result<(), StoreError> {
        if len <= self.most {
            return Ok(());
        }
        let Self { what, most, to_do, .. } = *self;
        Err(StoreError::TooLarge { path: path.into(), what, most, to_do })
    }

    fn check(&self, path: &Path, kind: FileType, len: u64) -> Result<(), StoreError> {
        if kind.is_file() {
            return self.fits(path, len);
        }
        if self.follows {
            let is = if kind.is_dir() { "a folder" } else { "a pipe, a device or the like" };
            return Err(StoreError::NoFile { path: path.into(), is });
        }
        Err(StoreError::NotOurs { path: path.into(), wanted: "file" })
    }
}

/// Returns a number of bytes in the largest unit that divides it.
pub(super) fn size(bytes: u64) -> String {
    let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let fits = units.into_iter().find(|(bits, _)| bytes > 0 && bytes.trailing_zeros() >= *bits);
    fits.map_or_else(
        || format!("{bytes} bytes"),
        |(bits, unit)| format!("{} {unit}", bytes >> bits),
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Bounded, size};

    const SMALL: Bounded = Bounded::of_repository("a note", 1 << 10, "cut it");

    fn said(bounded: &Bounded, path: &Path) -> String {
        bounded.text(path).expect_err("an error").to_string()
    }

    #[test]
    fn a_file_of_the_largest_length_is_read_and_one_byte_more_is_not() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("note");
        assert_eq!(SMALL.text(&path).expect("no file"), None);
        std::fs::write(&path, "x".repeat(1 << 10)).expect("written");
        assert_eq!(SMALL.text(&path).expect("a text").map(|text| text.len()), Some(1 << 10));
        std::fs::write(&path, "x".repeat((1 << 10) + 1)).expect("written");
        let words = "larger than 1 KiB, the most that is read of a note, and left alone: cut it";
        assert_eq!(said(&SMALL, &path), format!("{}: {words}", path.display()));
    }

    #[test]
    fn the_line_of_what_is_no_text_is_said() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("note");
        std::fs::write(&path, b"a\nb\n\xff\n").expect("written");
        assert!(said(&SMALL, &path).contains("note:3: not UTF-8"));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_waited_for() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().expect("a folder");
        let at = |name: &str| dir.path().join(name);
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo");
        std::fs::write(at("file"), "text").expect("written");
        symlink("/dev/zero", at("zeros")).expect("a link");
        symlink("loop", at("loop")).expect("a link");
        symlink("pipe", at("to-pipe")).expect("a link");
        symlink("file", at("to-file")).expect("a link");
        symlink("nowhere", at("dangling")).expect("a link");
        for name in ["pipe", "zeros", "loop", "to-pipe", "to-file", "dangling", "."] {
            assert!(said(&SMALL, &at(name)).contains("not a plain file"), "{name}");
        }
        let own = Bounded { follows: true, ..SMALL };
        for name in ["pipe", "zeros", "to-pipe"] {
            assert!(said(&own, &at(name)).contains("is a pipe, a device"), "{name}");
        }
        assert!(said(&own, &at(".")).contains("is a folder"));
        assert!(said(&own, &at("loop")).contains("loop: "), "the system's own words");
        assert_eq!(own.text(&at("dangling")).expect("nothing"), None);
        assert_eq!(own.text(&at("to-file")).expect("a text").as_deref(), Some("text"));
    }

    #[test]
    fn sizes_are_said_in_the_largest_unit_that_fits() {
        let said = [0, 1, 1500, 1 << 10, 64 << 10, 3 << 20, 1 << 30].map(size);
        let wanted = ["0 bytes", "1 bytes", "1500 bytes", "1 KiB", "64 KiB", "3 MiB", "1 GiB"];
        assert_eq!(said, wanted);
    }
}
