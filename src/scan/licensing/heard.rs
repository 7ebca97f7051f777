// SPDX-License-Identifier: MIT OR Apache-2.0
//! The one look at a file's bytes that all readers of it share: which words about licences stand
//! where. Most files have none, and cost nothing else.

use std::{cell::RefCell, ops::Range, sync::OnceLock};

use crate::scan::keywords::{Keywords, Places};

/// More of a file than this is not looked at.
pub(super) const MOST_BYTES: usize = 512 << 10;

/// What a word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// The name of a tag with a licence.
    LicenceTag,
    /// The name of a tag with a copyright notice.
    CopyrightTag,
    /// What speaks of a licence wherever it stands.
    Loud,
    /// `Copyright` and `©`, which claim something wherever they stand.
    Copyright,
    /// What counts in the head of a file.
    Quiet,
    /// What may say that a program wrote the file.
    Generated,
    /// The same, in a word that says nothing else.
    Edit,
}

/// Has two bytes only.
const SIGN: &str = "\u{a9}";

/// The longer of two that begin alike stands first.
const WORDS: [(&str, Word); 28] = [
    ("spdx-license-identifier", Word::LicenceTag),
    ("spdx-filecopyrighttext", Word::CopyrightTag),
    ("licens", Word::Loud),
    ("licenc", Word::Loud),
    ("permission is hereby", Word::Loud),
    ("permission to use", Word::Loud),
    ("redistribution and use", Word::Loud),
    ("same terms as", Word::Loud),
    ("copyright", Word::Copyright),
    ("(c)", Word::Quiet),
    (SIGN, Word::Copyright),
    ("gpl", Word::Quiet),
    ("public domain", Word::Quiet),
    ("creativecommons", Word::Quiet),
    ("cc0", Word::Quiet),
    ("cc-by", Word::Quiet),
    ("free software", Word::Quiet),
    ("mozilla.org/mpl", Word::Quiet),
    ("generated", Word::Generated),
    ("do not edit", Word::Generated),
    ("don't edit", Word::Generated),
    ("without royalty", Word::Quiet),
    ("misrepresented", Word::Quiet),
    ("released under", Word::Quiet),
    ("available under", Word::Quiet),
    ("distributed under", Word::Quiet),
    ("wtfpl", Word::Quiet),
    ("edit", Word::Edit),
];

/// The words of one file.
pub(super) struct Heard {
    words: Vec<(Word, Range<usize>)>,
    /// Whether the file goes on behind what was looked at.
    pub(super) cut: bool,
}

impl Heard {
    /// Looks for the words in `text`.
    pub(super) fn of(text: &[u8]) -> Self {
        static FINDER: OnceLock<Option<Keywords>> = OnceLock::new();
        thread_local! {
            static PLACES: RefCell<Places> = RefCell::default();
        }
        let part = &text[..text.len().min(MOST_BYTES)];
        let cut = part.len() < text.len();
        let finder = FINDER.get_or_init(|| Keywords::new(&WORDS.map(|(word, _)| word)).ok());
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        if let Some(finder) = finder {
            PLACES.with_borrow_mut(|places| {
                finder.each(part, places, |no, range| found.push((range.start, no, range.end)));
            });
        }
        // The finder knows of no word so short.
        let sign = WORDS.iter().position(|(word, _)| *word == SIGN).unwrap_or(0);
        let signs = memchr::memmem::find_iter(part, SIGN);
        found.extend(signs.map(|at| (at, sign, at + SIGN.len())));
        found.sort_unstable();
        // The name of a tag holds other words.
        let mut end = 0;
        found.retain(|(start, _, stop)| {
            let counts = *start >= end;
            end = if counts { *stop } else { end };
            counts
        });
        let words = found.into_iter().map(|(start, no, end)| (WORDS[no].1, start..end)).collect();
        Self { words, cut }
    }

    /// Returns the words from left to right; none of them holds another.
    pub(super) fn words(&self) -> impl Iterator<Item = (Word, Range<usize>)> + '_ {
        self.words.iter().cloned()
    }

    /// Returns whether anything but `edit` is there.
    pub(super) fn says(&self) -> bool {
        self.words.iter().any(|(word, _)| *word != Word::Edit)
    }

    /// Returns whether a tag or a copyright notice may stand there.
    pub(super) fn claims(&self) -> bool {
        use Word::{Copyright, CopyrightTag, LicenceTag};
        let claims = |word| matches!(word, LicenceTag | CopyrightTag | Copyright);
        self.cut || self.words.iter().any(|(word, _)| claims(*word))
    }
}

#[cfg(test)]
mod tests {
    use super::{Heard, MOST_BYTES, Word};

    fn heard(text: &str) -> Vec<(Word, usize)> {
        Heard::of(text.as_bytes()).words().map(|(word, at)| (word, at.start)).collect()
    }

    #[test]
    fn words_are_found_once_and_in_order() {
        assert_eq!(heard("x = 1\n"), []);
        assert_eq!(
            heard("# SPDX-License-Identifier: MIT\n# SPDX-FileCopyrightText: \u{a9} Us"),
            [(Word::LicenceTag, 2), (Word::CopyrightTag, 33), (Word::Copyright, 57)]
        );
        assert_eq!(heard("do not edit, editor"), [(Word::Generated, 0), (Word::Edit, 13)]);
        assert_eq!(heard("COPYRIGHT (C)"), [(Word::Copyright, 0), (Word::Quiet, 10)]);
    }

    #[test]
    fn most_files_say_nothing() {
        let of = |text: &str| Heard::of(text.as_bytes());
        assert!(!of("edit = 1").says() && of("licensed").says());
        assert!(!of("licensed").claims() && of("Copyright").claims());
        let long = format!("{}Copyright", "x".repeat(MOST_BYTES));
        assert!(!of(&long).says() && of(&long).claims(), "nobody knows what follows");
    }
}
