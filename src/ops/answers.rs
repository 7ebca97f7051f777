// SPDX-License-Identifier: MIT OR Apache-2.0
//! Writes the words as they were answered on the screen.

use std::collections::HashMap;

use super::{Desk, WordsError};
use crate::{
    domain::{Word, WordKind},
    store::{StoreError, read_words, write_words},
};

type Key<'a> = (WordKind, &'a str);

fn key(word: &Word) -> Key<'_> {
    (word.kind, &word.text)
}

impl Desk {
    /// Reads the words again; nothing if nobody has answered for them.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn words(&self) -> Result<Option<Vec<Word>>, StoreError> {
        read_words(self.folder())
    }

    /// Writes the words as they are `after` somebody went through those of `before`, and returns
    /// all that the file holds then: what others wrote into it meanwhile stays.
    ///
    /// # Errors
    /// When the review is read-only, or the file can't be read or written. Nothing has changed
    /// then.
    pub fn answer_words(&self, before: &[Word], after: &[Word]) -> Result<Vec<Word>, WordsError> {
        if self.journal.is_none() {
            return Err(WordsError::ReadOnly("the review is read-only".into()));
        }
        // The lock is ours for as long as the review is open.
        let now = read_words(self.folder())?.unwrap_or_default();
        let words = merged(before, after, now);
        write_words(self.folder(), &words)?;
        Ok(words)
    }
}

/// Returns `theirs` with what changed from `before` to `after`. The last answer counts, and that
/// is ours; but what we only removed stays where somebody else has answered anew.
fn merged(before: &[Word], after: &[Word], theirs: Vec<Word>) -> Vec<Word> {
    let old: HashMap<Key<'_>, &Word> = before.iter().map(|word| (key(word), word)).collect();
    let new: HashMap<Key<'_>, &Word> = after.iter().map(|word| (key(word), word)).collect();
    let removed = |word: &Word| {
        !new.contains_key(&key(word)) && old.get(&key(word)).is_some_and(|old| *old == word)
    };
    let changed = |word: &&Word| old.get(&key(word)).is_none_or(|old| *old != *word);
    let ours: HashMap<Key<'_>, &Word> =
        after.iter().filter(changed).map(|word| (key(word), word)).collect();
    let kept = theirs.into_iter().filter(|word| !removed(word) && !ours.contains_key(&key(word)));
    let mut out: Vec<Word> = kept.collect();
    out.extend(after.iter().filter(changed).cloned());
    out
}

#[cfg(test)]
mod tests {
    use super::merged;
    use crate::domain::{Word, WordKind};

    fn word(text: &str, keep: bool) -> Word {
        let (kind, seen) = (WordKind::Domain, String::new());
        Word { kind, text: text.into(), keep, seen, by: None, at: None }
    }

    #[test]
    fn what_others_wrote_meanwhile_stays() {
        let (a, b, c) = (word("a.example", true), word("b.example", true), word("c.example", true));
        let (not_a, not_b) = (word("a.example", false), word("b.example", false));
        let before = [a.clone(), b.clone(), c.clone()];
        let words = |list: &[&Word]| list.iter().map(|word| (*word).clone()).collect::<Vec<_>>();
        let d = word("d.example", true);
        let all = [
            ("nothing", words(&[&a, &b, &c]), words(&[&a, &b, &c]), words(&[&a, &b, &c])),
            ("ours and theirs", words(&[&not_a, &b, &c]), words(&[&a, &b, &d]), {
                words(&[&b, &d, &not_a])
            }),
            ("the same word", words(&[&not_a, &b, &c]), words(&[&not_a, &b]), words(&[&b, &not_a])),
            ("removed", words(&[&b, &c]), words(&[&a, &b, &c]), words(&[&b, &c])),
            ("removed, and answered", words(&[&a, &c]), words(&[&a, &not_b]), words(&[&a, &not_b])),
        ];
        for (name, after, theirs, wanted) in all {
            assert_eq!(merged(&before, &after, theirs), wanted, "{name}");
        }
        // Nobody had answered when we began, and somebody has since.
        let theirs = words(&[&not_a, &d]);
        assert_eq!(merged(&[], &before, theirs), words(&[&d, &a, &b, &c]));
    }
}
