// SPDX-License-Identifier: MIT OR Apache-2.0
//! Answers about the organisation's words.

use std::sync::Arc;

use super::{OpenError, Options, Review, learn::learn_all, open::checklist_of};
use crate::{
    domain::{Word, WordKind},
    repo::{RepoError, Source},
    store::{Folder, StoreError, read_words, write_first_words, write_words},
};

/// An answer about one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordChange {
    /// The word's kind.
    pub kind: WordKind,
    /// The word, in the form of [`WordKind::normal`].
    pub text: String,
    /// Whether it counts as the organisation's.
    pub keep: bool,
}

/// Why an answer was not written.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// The review can't be written.
    #[error("no answer can be taken: {0}")]
    ReadOnly(String),
    /// The file can't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes the words that are learned from the repository of `options`, and returns them; nothing
/// if there is an answer already, or no commit to learn from.
///
/// # Errors
/// When there is no repository, or the file can't be written.
pub fn init_words(options: &Options) -> Result<Option<Vec<Word>>, OpenError> {
    let source = match Source::open(&options.path, &options.revision) {
        Err(RepoError::Unborn(_)) => return Ok(None),
        other => other?,
    };
    let folder = Folder::new(checklist_of(options, &source));
    if read_words(&folder)?.is_some() {
        return Ok(None);
    }
    let words = learn_all(&source).words;
    // It has no lock: a reviewer may have answered meanwhile.
    Ok(write_first_words(&folder, &words)?.then_some(words))
}

impl Review {
    /// Answers about words, in the name of `by` at `now` (milliseconds since 1970-01-01 UTC), and
    /// writes all words. What was only learned so far is written with them, and what somebody
    /// else wrote meanwhile stays. With `learn_again`, words that are new in the repository are
    /// added; what was answered stays. The next scan takes the words up.
    ///
    /// # Errors
    /// When the review is read-only, or the file can't be read or written.
    pub fn answer_words(
        &mut self,
        changes: &[WordChange],
        learn_again: bool,
        by: &str,
        now: i64,
    ) -> Result<Arc<[Word]>, WordsError> {
        if let Some(why) = &self.read_only {
            return Err(WordsError::ReadOnly(why.clone()));
        }
        let folder = self.desk.folder();
        let mut words = match read_words(folder)? {
            Some(words) => words,
            None => self
                .learned
                .as_deref()
                .map_or_else(|| learn_all(&self.source).words, <[Word]>::to_vec),
        };
        if learn_again {
            let known =
                |new: &Word| words.iter().any(|old| (old.kind, &old.text) == (new.kind, &new.text));
            let mut new = learn_all(&self.source).words;
            new.retain(|new| !known(new));
            words.extend(new);
        }
        for change in changes {
            answer(&mut words, change, by, now);
        }
        write_words(folder, &words)?;
        let words: Arc<[Word]> = words.into();
        self.words = Some(words.clone());
        Ok(words)
    }
}

fn answer(words: &mut Vec<Word>, change: &WordChange, by: &str, now: i64) {
    let WordChange { kind, text, keep } = change;
    let (by, at) = (Some(by.to_owned()), Some(now));
    match words.iter_mut().find(|word| word.kind == *kind && word.text == *text) {
        Some(word) => {
            (word.keep, word.by, word.at) = (*keep, by, at);
        }
        None => words.push(Word {
            kind: *kind,
            text: text.clone(),
            keep: *keep,
            seen: String::new(),
            by,
            at,
        }),
    }
}
