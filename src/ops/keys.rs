// SPDX-License-Identifier: MIT OR Apache-2.0
//! Keys: which are here, how one is handed to another reviewer, and how it is taken in.

use std::path::{Path, PathBuf};

use super::{
    OpenError, Options,
    open::{checklist_of, no_key},
};
use crate::{
    repo::Source,
    review::Keyring,
    store::{
        Checklist, Folder, Handout, HandoutError, KeyStore, MASTER, Readers, StoreError, write_new,
    },
};

/// Why a key could not be handed out or taken in.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// There is no review here, or it can't be read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A file can't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The text is no key.
    #[error("{0}")]
    Text(#[from] HandoutError),
    /// The key is not the one that its id names.
    #[error("this key does not have the id {0} that it says: it was not made by debut")]
    WrongId(String),
    /// The checklist was made with another key.
    #[error("this is key {found} of the review {review}, and {} was made with key {wanted}", path.display())]
    NotThisReview {
        /// The key's id.
        found: String,
        /// Its review.
        review: String,
        /// The id that the checklist names.
        wanted: String,
        /// The checklist.
        path: PathBuf,
    },
    /// Not one line of the checklist was written under the key.
    #[error("this key has the right id and fits no line of {}: it is not the review's", .0.display())]
    FitsNothing(PathBuf),
    /// Another key has this id.
    #[error("another key with the id {0} is here already, and stays")]
    Taken(String),
    /// Nothing was decided yet.
    #[error("{}: no checklist yet, so there is no key to hand out: decide something first", .0.display())]
    NoChecklist(PathBuf),
    /// The file would be published or committed.
    #[error("{}: inside of the repository under review: keep the key elsewhere", .0.display())]
    Inside(PathBuf),
    /// The file is there already.
    #[error("{}: is there already: choose another name", .0.display())]
    Exists(PathBuf),
}

/// A key on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyName {
    /// Its id, or `master`.
    pub id: String,
    /// Whether it is the user's own, from which those of new reviews are made.
    pub master: bool,
    /// Whether the checklist that was asked about was made with it.
    pub current: bool,
}

/// What came of taking a key in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The key's id.
    pub key_id: String,
    /// Name of the review.
    pub review: String,
    /// Whether it was here before.
    pub known: bool,
    /// How many lines of how many of the checklist fit it; nothing without a checklist.
    pub lines: Option<(usize, usize)>,
}

/// Lists the keys of this machine. Where there is no review, none is marked as its own.
#[must_use]
pub fn key_names(options: &Options) -> Vec<KeyName> {
    let current = Source::open(&options.path, &options.revision).ok().and_then(|source| {
        let (folder, text) = files(options, &source).ok()?;
        Some(Checklist::outline(folder.checklist(), &text?).ok()?.key_id)
    });
    let names = KeyStore::new(&options.state).names().into_iter();
    let name = |id: String| KeyName {
        master: id == MASTER,
        current: Some(&id) == current.as_ref() && id != MASTER,
        id,
    };
    names.map(name).collect()
}

/// Returns the key of the checklist as a text to be handed out.
///
/// # Errors
/// When there is no checklist, or its key is not here.
pub fn export_key(options: &Options) -> Result<Handout, KeyError> {
    let source = source(options)?;
    let (folder, text) = files(options, &source)?;
    let text = text.ok_or_else(|| KeyError::NoChecklist(folder.checklist().into()))?;
    let outline = Checklist::outline(folder.checklist(), &text)?;
    let key =
        (outline.key_id != MASTER).then(|| KeyStore::new(&options.state).get(&outline.key_id));
    let key = key.transpose()?.flatten();
    let key = key.ok_or_else(|| no_key(folder.checklist(), &outline))?;
    Ok(Handout { review: outline.review, key_id: outline.key_id, key })
}

/// Writes the text of a key to `to`, for its owner alone.
///
/// # Errors
/// When `to` is there already or lies in the repository, whence it could be published.
pub fn write_key(options: &Options, handout: &Handout, to: &Path) -> Result<(), KeyError> {
    let source = source(options)?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let real = folder.canonicalize().map_err(|source| io(folder, source))?;
    let inside = |root: &Path| root.canonicalize().is_ok_and(|root| real.starts_with(root));
    if source.work_dir.iter().chain([&source.git_dir]).any(|root| inside(root)) {
        return Err(KeyError::Inside(to.into()));
    }
    match write_new(to, handout.render().as_bytes(), Readers::Owner)? {
        true => Ok(()),
        false => Err(KeyError::Exists(to.into())),
    }
}

/// Takes the key in `text` in.
///
/// # Errors
/// When it is no key, or not that of the checklist, or another of its id is here.
pub fn import_key(options: &Options, text: &str) -> Result<Imported, KeyError> {
    let Handout { review, key_id, key } = Handout::parse(text)?;
    let keyring = Keyring::new(key);
    if keyring.key_id() != key_id {
        return Err(KeyError::WrongId(key_id));
    }
    let source = source(options)?;
    let (folder, text) = files(options, &source)?;
    let lines = text.map(|text| fits(folder.checklist(), &text, &keyring, &review)).transpose()?;
    let keys = KeyStore::new(&options.state);
    let before = keys.get(&key_id)?;
    if before.is_some_and(|before| before != key) {
        return Err(KeyError::Taken(key_id));
    }
    keys.put(&key_id, &key)?;
    Ok(Imported { key_id, review, known: before.is_some(), lines })
}

/// Returns how many lines of how many were written under the key of `keyring`.
fn fits(
    path: &Path,
    text: &str,
    keyring: &Keyring,
    review: &str,
) -> Result<(usize, usize), KeyError> {
    let checklist = Checklist::parse(path, text, &|line| keyring.seal(line))?;
    if checklist.key_id != keyring.key_id() {
        return Err(KeyError::NotThisReview {
            found: keyring.key_id(),
            review: review.into(),
            wanted: checklist.key_id,
            path: path.into(),
        });
    }
    let (fit, broken) = (checklist.votes.len(), checklist.broken.len());
    if fit == 0 && broken > 0 {
        return Err(KeyError::FitsNothing(path.into()));
    }
    Ok((fit, fit + broken))
}

fn source(options: &Options) -> Result<Source, KeyError> {
    Ok(Source::open(&options.path, &options.revision).map_err(OpenError::from)?)
}

fn files(options: &Options, source: &Source) -> Result<(Folder, Option<String>), KeyError> {
    let folder = Folder::new(checklist_of(options, source));
    folder.check(options.checklist.is_some())?;
    let text = Checklist::load(folder.checklist())?;
    Ok((folder, text))
}

fn io(path: &Path, source: std::io::Error) -> StoreError {
    StoreError::Io { path: path.into(), source }
}
