// SPDX-License-Identifier: MIT OR Apache-2.0
//! The list of the organisation's own words, while somebody answers for them.

use std::{cmp::Reverse, collections::HashSet};

use super::field::Field;
use crate::domain::{Word, WordKind};

/// So many steps can be taken back.
const STEPS: usize = 100;

/// What is known of the words, beside the words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Knowledge {
    /// Whether they were learned or read.
    pub(crate) known: bool,
    /// Whether they were read from the file, which nothing that is learned overrules.
    pub(crate) on_file: bool,
    /// Whether they are being learned.
    pub(crate) learning: bool,
    /// Whether the reviewer was asked about them.
    pub(crate) asked: bool,
}

/// The list that lies over the screen.
#[derive(Clone, Debug)]
pub(crate) struct WordList {
    /// As they were when it was opened.
    opened: Vec<Word>,
    pub(crate) words: Vec<Word>,
    /// Whether nobody has answered yet.
    pub(crate) first: bool,
    pub(crate) cursor: usize,
    unfolded: HashSet<WordKind>,
    earlier: Vec<Vec<Word>>,
    pub(crate) adding: Option<Adding>,
    /// Whether a frame has shown it: nobody keeps what nobody saw.
    pub(crate) drawn: bool,
    /// Whether somebody was told that leaving loses what was changed.
    pub(crate) warned: bool,
}

/// A word that is being typed.
#[derive(Clone, Debug)]
pub(crate) struct Adding {
    pub(crate) kind: WordKind,
    pub(crate) field: Field,
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordLine {
    Head(WordKind),
    /// Its place among the words.
    Word(usize),
}

/// Kinds that can have many words, none of which matters much.
fn folds(kind: WordKind) -> bool {
    matches!(kind, WordKind::Owner | WordKind::Name | WordKind::Site | WordKind::Fleet)
}

/// Returns whether a reviewer has answered for these words: what only was learned can be in the
/// file as well.
pub(crate) fn answered(words: &[Word]) -> bool {
    words.iter().any(|word| word.by.is_some())
}

impl WordList {
    pub(crate) fn new(words: &[Word]) -> Self {
        let mut words = words.to_vec();
        let place = |kind| WordKind::ALL.iter().position(|known| *known == kind);
        let first = !answered(&words);
        // Learned words come with the likeliest first; among those of a file the numbers tell.
        let weight = |word: &Word| if first { 0 } else { weight(&word.seen) };
        words.sort_by_cached_key(|word| (place(word.kind), !word.keep, Reverse(weight(word))));
        let mut list = Self {
            opened: words.clone(),
            first,
            words,
            cursor: 0,
            unfolded: WordKind::ALL.into_iter().filter(|kind| !folds(*kind)).collect(),
            earlier: Vec::new(),
            adding: None,
            drawn: false,
            warned: false,
        };
        list.cursor = usize::from(list.lines().len() > 1);
        list
    }

    /// Returns the lines of the list: each kind that has words, and where names to be kept secret
    /// can be added.
    pub(crate) fn lines(&self) -> Vec<WordLine> {
        let mut out = Vec::new();
        for kind in WordKind::ALL {
            let own = (0..self.words.len()).filter(|i| self.words[*i].kind == kind);
            let own: Vec<WordLine> = own.map(WordLine::Word).collect();
            if !own.is_empty() || kind == WordKind::CodeName {
                out.push(WordLine::Head(kind));
                out.extend(own.into_iter().filter(|_| self.is_open(kind)));
            }
        }
        out
    }

    pub(crate) fn is_open(&self, kind: WordKind) -> bool {
        self.unfolded.contains(&kind)
    }

    /// Returns how many words of a kind are kept, and how many there are.
    pub(crate) fn count(&self, kind: WordKind) -> (usize, usize) {
        let own = self.words.iter().filter(|word| word.kind == kind);
        (own.clone().filter(|word| word.keep).count(), own.count())
    }

    pub(crate) fn here(&self) -> Option<WordLine> {
        self.lines().get(self.cursor).copied()
    }

    /// The kind that the cursor is in.
    pub(crate) fn kind_here(&self) -> WordKind {
        match self.here() {
            Some(WordLine::Head(kind)) => kind,
            Some(WordLine::Word(i)) => self.words[i].kind,
            None => WordKind::Domain,
        }
    }

    /// Opens or folds the kind that the cursor is in.
    pub(crate) fn fold(&mut self, open: bool) {
        let kind = self.kind_here();
        if open {
            self.unfolded.insert(kind);
        } else {
            self.unfolded.remove(&kind);
            self.go_to(WordLine::Head(kind));
        }
    }

    fn go_to(&mut self, line: WordLine) {
        let lines = self.lines();
        let at = lines.iter().position(|known| *known == line).unwrap_or(self.cursor);
        self.cursor = at.min(lines.len().saturating_sub(1));
    }

    fn remember(&mut self) {
        if self.earlier.len() == STEPS {
            self.earlier.remove(0);
        }
        self.earlier.push(self.words.clone());
        self.warned = false;
    }

    /// Keeps or drops the word under the cursor, or all of a kind on its head.
    pub(crate) fn toggle(&mut self) {
        let Some(line) = self.here() else { return };
        self.remember();
        match line {
            WordLine::Word(i) => self.words[i].keep ^= true,
            WordLine::Head(kind) => {
                let (kept, all) = self.count(kind);
                let own = self.words.iter_mut().filter(|word| word.kind == kind);
                own.for_each(|word| word.keep = kept < all);
            }
        }
    }

    /// Takes the word under the cursor out of the list. Returns whether there is one.
    pub(crate) fn remove(&mut self) -> bool {
        let Some(WordLine::Word(i)) = self.here() else { return false };
        self.remember();
        self.words.remove(i);
        self.cursor = self.cursor.min(self.lines().len().saturating_sub(1));
        true
    }

    /// Adds a word, or keeps it if it is there.
    pub(crate) fn add(&mut self, kind: WordKind, text: &str) -> Result<(), &'static str> {
        let text = kind.normal(text)?;
        self.remember();
        let known = |word: &Word| word.kind == kind && word.text == text;
        let at = self.words.iter().position(known).unwrap_or_else(|| {
            let (seen, by, at) = (String::new(), None, None);
            self.words.push(Word { kind, text, keep: true, seen, by, at });
            self.words.len() - 1
        });
        self.words[at].keep = true;
        self.unfolded.insert(kind);
        self.go_to(WordLine::Word(at));
        Ok(())
    }

    /// Takes the last change back. Returns whether there was one.
    pub(crate) fn undo(&mut self) -> bool {
        let Some(words) = self.earlier.pop() else { return false };
        self.words = words;
        self.cursor = self.cursor.min(self.lines().len().saturating_sub(1));
        true
    }

    /// Returns how many words are other than when the list was opened.
    pub(crate) fn changes(&self) -> usize {
        let is = |words: &[Word], word: &Word| words.contains(word);
        let new = self.words.iter().filter(|word| !is(&self.opened, word));
        let gone = self.opened.iter().filter(|old| {
            !self.words.iter().any(|word| (word.kind, &word.text) == (old.kind, &old.text))
        });
        new.count() + gone.count()
    }

    /// Returns the words as they were and as they are to be written: what was answered now bears
    /// the name of `reviewer` and the time.
    pub(crate) fn answers(&self, reviewer: &str, now: i64) -> (Vec<Word>, Vec<Word>) {
        let known = |word: &Word| !self.first && self.opened.contains(word);
        let sign = |word: &Word| match known(word) {
            true => word.clone(),
            false => Word { by: Some(reviewer.to_owned()), at: Some(now), ..word.clone() },
        };
        (self.opened.clone(), self.words.iter().map(sign).collect())
    }
}

/// The sum of the numbers in what speaks for a word.
fn weight(seen: &str) -> u64 {
    let numbers = seen.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<u64>().ok());
    numbers.fold(0, u64::saturating_add)
}
