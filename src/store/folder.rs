// SPDX-License-Identifier: MIT OR Apache-2.0
//! The folder of a review, and the lock that keeps a second reviewer from writing into it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
};

use super::{Readers, StoreError, atomic, write_atomic, write_new};

/// What keeps the local files of the folder out of Git, and has Git merge checklists.
const COMPANIONS: [(&str, &str); 2] = [
    (".gitignore", "journal\nlock\nresume\n.debut-*.tmp\n"),
    (".gitattributes", "checklist.toml merge=union\nwords.toml merge=union\n"),
];

/// Who holds the lock, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder(pub String);

/// The folder that holds a checklist.
pub struct Folder {
    checklist: PathBuf,
    /// The policy, if the user chose another than the one beside the checklist.
    config: Option<PathBuf>,
    lock: Option<File>,
}

impl Folder {
    /// Names the folder of the checklist at `checklist`; nothing is read or written.
    #[must_use]
    pub fn new(checklist: PathBuf) -> Self {
        Self { checklist, config: None, lock: None }
    }

    /// Takes the policy from the file `config` if there is one, and not from beside the checklist.
    #[must_use]
    pub fn with_config(self, config: Option<PathBuf>) -> Self {
        Self { config, ..self }
    }

    /// Returns the path of the policy.
    #[must_use]
    pub fn config(&self) -> PathBuf {
        self.config.clone().unwrap_or_else(|| self.file(super::config::NAME))
    }

    /// Returns whether the user chose the policy.
    #[must_use]
    pub fn chose_config(&self) -> bool {
        self.config.is_some()
    }

    /// Returns the checklist's path.
    #[must_use]
    pub fn checklist(&self) -> &Path {
        &self.checklist
    }

    /// Returns the path of the file called `name` beside the checklist.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.checklist.with_file_name(name)
    }

    /// Refuses a folder that the repository under review could have made to lead elsewhere: a
    /// link would have files outside of it read, emptied or overwritten, and a pipe would have
    /// nobody at its other end. `chosen` says that the user named the checklist, which may then
    /// be a link itself.
    ///
    /// # Errors
    /// When one of the files is neither a plain file nor absent.
    pub fn check(&self, chosen: bool) -> Result<(), StoreError> {
        let kind = |path: &Path| fs::symlink_metadata(path).ok().map(|found| found.file_type());
        let mut names = vec![
            "journal",
            "lock",
            "resume",
            "attestations.toml",
            super::config::NAME,
            super::words::NAME,
        ];
        if !chosen {
            names.extend([".gitignore", ".gitattributes", "checklist.toml"]);
            let folder = self.checklist.parent().unwrap_or(Path::new("."));
            if kind(folder).is_some_and(|kind| !kind.is_dir()) {
                return Err(StoreError::NotOurs { path: folder.into(), wanted: "folder" });
            }
        }
        for path in names.into_iter().map(|name| self.file(name)) {
            if kind(&path).is_some_and(|kind| !kind.is_file()) {
                return Err(StoreError::NotOurs { path, wanted: "file" });
            }
        }
        Ok(())
    }

    /// Makes the folder and the files that keep its local parts out of Git.
    ///
    /// # Errors
    /// When the disk is full or read-only.
    pub fn prepare(&self) -> Result<(), StoreError> {
        let folder = self.checklist.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
        if folder.file_name().is_none_or(|name| name != ".debut") {
            return Ok(());
        }
        for (name, text) in COMPANIONS {
            let path = self.file(name);
            if !path.exists() {
                write_atomic(&path, text.as_bytes())?;
            }
        }
        Ok(())
    }

    /// Tries to write where the folder is, or would be made, and leaves nothing there.
    ///
    /// # Errors
    /// When that fails, so that nothing can be decided.
    pub fn probe(&self) -> Result<(), StoreError> {
        let own = self.checklist.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = own.unwrap_or(Path::new("."));
        atomic::probe(folder)
    }

    /// Makes the folder, the files of [`prepare`](Self::prepare) and `config.toml` with the text
    /// `config`, and returns all of them with whether each is new. What is there stays as it is.
    ///
    /// # Errors
    /// When the disk is full or read-only.
    pub fn found(&self, config: &str) -> Result<Vec<(PathBuf, bool)>, StoreError> {
        let own = self.checklist.parent().and_then(Path::file_name).is_some_and(|n| n == ".debut");
        let companions = COMPANIONS.iter().map(|(name, _)| *name).filter(|_| own);
        let names: Vec<&str> = companions.chain([super::config::NAME]).collect();
        let before: Vec<bool> = names.iter().map(|name| self.file(name).exists()).collect();
        self.prepare()?;
        let path = self.file(super::config::NAME);
        write_new(&path, config.as_bytes(), Readers::All)?;
        let paths = names.iter().map(|name| self.file(name));
        Ok(paths.zip(before).map(|(path, before)| (path, !before)).collect())
    }

    /// Returns where the reviewer stood last time, if that was kept. The folder belongs to the
    /// repository under review, so no more is read than is ever written.
    #[must_use]
    pub fn resume(&self) -> Option<String> {
        let mut text = String::new();
        let file = File::open(self.file("resume")).ok()?;
        file.take(1 << 14).read_to_string(&mut text).ok()?;
        Some(text)
    }

    /// Returns who holds the lock, if somebody does, and takes nothing.
    #[must_use]
    pub fn holder(&self) -> Option<Holder> {
        let file = File::open(self.file("lock")).ok()?;
        // Many may look at once; whoever writes keeps them all out.
        let Err(TryLockError::WouldBlock) = file.try_lock_shared() else { return None };
        let mut words = String::new();
        let _ = file.take(500).read_to_string(&mut words);
        Some(Holder(words))
    }

    /// Takes the lock for `who`. Another holder's words come back when it is taken.
    ///
    /// # Errors
    /// When the lock file cannot be opened or locked at all.
    pub fn lock(&mut self, who: &str) -> Result<Option<Holder>, StoreError> {
        let path = self.file("lock");
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(StoreError::io(&path))?;
        match file.try_lock() {
            Ok(()) => {
                file.set_len(0)
                    .and_then(|()| file.rewind())
                    .and_then(|()| file.write_all(who.as_bytes()))
                    .map_err(StoreError::io(&path))?;
                self.lock = Some(file);
                Ok(None)
            }
            Err(TryLockError::WouldBlock) => {
                let mut words = String::new();
                // The words are a courtesy; without them the lock still holds.
                let _ = file.take(500).read_to_string(&mut words);
                Ok(Some(Holder(words)))
            }
            Err(TryLockError::Error(error)) => Err(StoreError::io(&path)(error)),
        }
    }

    /// Gives the lock back.
    pub fn unlock(&mut self) {
        self.lock = None;
    }
}
