// SPDX-License-Identifier: MIT OR Apache-2.0
//! The one function that makes repository text safe to display.
//!
//! A repository under review is hostile input: an escape sequence could move the cursor, a
//! bidirectional override could show code in another order than it runs. Widgets take such text
//! only as [`Shown`], and only [`Cleaner`] makes one.

use std::{fmt::Write as _, ops::Range};

use ratatui::text::Span;
use unicode_width::UnicodeWidthChar;

use crate::domain::RepoPath;

/// Columns between two tab stops.
const TAB: usize = 4;

/// Text that is safe to send to a terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    text: String,
    width: usize,
}

impl Shown {
    /// Makes `bytes` safe.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Cleaner::default().push(bytes)
    }

    /// Makes a path safe.
    #[must_use]
    pub fn path(path: &RepoPath) -> Self {
        if path.is_root() {
            return Self::new(b"(repository)");
        }
        Self::new(path.to_string().as_bytes())
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns how many columns it takes.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Cuts the end off where it is wider than `width`, and says so with `mark`.
    #[must_use]
    pub fn crop(self, width: usize, mark: &str) -> Self {
        if self.width <= width {
            return self;
        }
        let room = width.saturating_sub(text_width(mark));
        let mut text = take(self.text.chars(), room);
        if width > 0 {
            text.push_str(mark);
        }
        Self::measured(text)
    }

    /// Cuts the start off where it is wider than `width`: the end of a path says most.
    #[must_use]
    pub fn crop_start(self, width: usize, mark: &str) -> Self {
        if self.width <= width {
            return self;
        }
        let room = width.saturating_sub(text_width(mark));
        let tail: String = take(self.text.chars().rev(), room).chars().rev().collect();
        let mark = if width > 0 { mark } else { "" };
        Self::measured(format!("{mark}{tail}"))
    }

    /// Cuts the middle of a path out where it is wider than `width`: its first directory says where
    /// it belongs, its end what it is. Where not even the name fits beside that, the start goes.
    #[must_use]
    pub fn crop_path(self, width: usize, mark: &str) -> Self {
        if self.width <= width {
            return self;
        }
        let parts: Vec<&str> = self.text.split('/').collect();
        let tails = (2..parts.len()).map(|from| format!("/{}", parts[from..].join("/")));
        let cut = tails.map(|tail| Self::measured(format!("{}/{mark}{tail}", parts[0])));
        let fits = cut.into_iter().find(|cut| cut.width <= width);
        fits.unwrap_or_else(|| self.crop_start(width, mark))
    }

    /// Keeps as many of the last parts of a path as fit: those tell folders of one kind apart.
    #[must_use]
    pub fn crop_folder(self, width: usize, mark: &str) -> Self {
        if self.width <= width {
            return self;
        }
        let parts = self.text.match_indices('/').map(|(at, _)| &self.text[at..]);
        let parts = parts.filter(|tail| tail.len() > 1);
        let tails = parts.map(|tail| Self::measured(format!("{mark}{tail}")));
        let fits = tails.into_iter().find(|tail| tail.width <= width);
        fits.unwrap_or_else(|| self.crop_start(width, mark))
    }

    /// Leaves out the first `columns`, to scroll a long line sideways.
    #[must_use]
    pub fn skip(self, columns: usize) -> Self {
        if columns == 0 {
            return self;
        }
        let mut gone = 0;
        let rest = self.text.chars().skip_while(|c| {
            gone += char_width(*c);
            gone <= columns
        });
        Self::measured(rest.collect())
    }

    fn measured(text: String) -> Self {
        let width = text_width(&text);
        Self { text, width }
    }
}

impl From<Shown> for Span<'_> {
    fn from(shown: Shown) -> Self {
        Span::raw(shown.text)
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.text)
    }
}

/// Makes the parts of one line safe, one after the other, so that tab stops stay aligned.
#[derive(Default)]
pub(crate) struct Cleaner {
    column: usize,
}

impl Cleaner {
    /// Makes the next part safe.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Shown {
        let start = self.column;
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            for c in chunk.valid().chars() {
                self.push_char(c, &mut text);
            }
            if !chunk.invalid().is_empty() {
                text.push('\u{fffd}');
                self.column += 1;
            }
        }
        Shown { text, width: self.column - start }
    }

    /// Puts own text, such as the dots of a mask, between the parts.
    pub(crate) fn push_own(&mut self, own: &str) -> Shown {
        let shown = Shown::measured(own.to_owned());
        self.column += shown.width;
        shown
    }

    fn push_char(&mut self, c: char, out: &mut String) {
        let before = out.len();
        match c {
            '\t' => {
                let spaces = TAB - self.column % TAB;
                out.extend(std::iter::repeat_n(' ', spaces));
            }
            '\u{0}'..='\u{1f}' => {
                out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'));
            }
            '\u{7f}' => out.push('\u{2421}'),
            c if misleads(c) => {
                let _infallible = write!(out, "⟨U+{:04X}⟩", c as u32);
            }
            c => out.push(c),
        }
        self.column += text_width(&out[before..]);
    }
}

/// Returns whether `c` is invisible or changes how its neighbours are shown.
fn misleads(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Returns how many columns `text` takes.
pub(crate) fn text_width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

fn take(chars: impl Iterator<Item = char>, room: usize) -> String {
    let mut used = 0;
    chars
        .take_while(|c| {
            used += char_width(*c);
            used <= room
        })
        .collect()
}

/// Breaks own text into lines of at most `width` columns, at blanks where possible.
pub(crate) fn fold(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let mut out: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        if !line.is_empty() && text_width(&line) + 1 + text_width(&word) > width {
            out.push(std::mem::take(&mut line));
        }
        while text_width(&word) > width {
            let head = take(word.chars(), width);
            word = word[head.len()..].to_owned();
            out.push(head);
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    if !line.is_empty() {
        out.push(line);
    }
    out
}

/// Joins ranges that overlap or touch; the result is in order.
pub(crate) fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Cleaner, Shown, fold, merged, text_width};

    #[test]
    fn nothing_reaches_the_terminal_unseen() {
        assert_eq!(Shown::new(b"key\tvalue").as_str(), "key value");
        assert_eq!(Shown::new(b"\tx").as_str(), "    x");
        assert_eq!(Shown::new(b"a\x1b[2Jb\x7f").as_str(), "a␛[2Jb␡");
        assert_eq!(
            Shown::new("a\u{202e}b\u{200b}\u{feff}".as_bytes()).as_str(),
            "a⟨U+202E⟩b⟨U+200B⟩⟨U+FEFF⟩"
        );
        assert_eq!(Shown::new(b"caf\xe9!").as_str(), "caf\u{fffd}!");
        assert_eq!(Shown::new("\u{9b}2J".as_bytes()).as_str(), "⟨U+009B⟩2J");
    }

    #[test]
    fn tabs_stay_aligned_across_parts() {
        let mut cleaner = Cleaner::default();
        cleaner.push(b"ab");
        assert_eq!(cleaner.push(b"\tc").as_str(), "  c");
    }

    #[test]
    fn wide_characters_are_cropped_by_columns() {
        let shown = Shown::new("日本語テキスト".as_bytes());
        assert_eq!(shown.clone().crop(6, "…").as_str(), "日本…");
        assert_eq!(shown.crop_start(6, "…").as_str(), "…スト");
        let path = |width| Shown::new(b"docs/a/bb/ccc/name.md").crop_path(width, "…").to_string();
        assert_eq!(path(21), "docs/a/bb/ccc/name.md");
        assert_eq!(path(20), "docs/…/ccc/name.md");
        assert_eq!(path(14), "docs/…/name.md");
        assert_eq!(path(13), "…/ccc/name.md");
        assert_eq!(path(5), "…e.md");
        assert_eq!(Shown::new(b"dir/name.md").crop_path(9, "…").as_str(), "…/name.md");
        assert_eq!(Shown::new(b"abcdef").skip(2).as_str(), "cdef");
    }

    #[test]
    fn folders_are_told_apart_by_their_ends() {
        let crop = |width| Shown::new(b"cookbooks/web/templates/main").crop_folder(width, "…");
        assert_eq!(crop(28).as_str(), "cookbooks/web/templates/main");
        assert_eq!(crop(24).as_str(), "…/web/templates/main");
        assert_eq!(crop(10).as_str(), "…/main");
        assert_eq!(crop(4).as_str(), "…ain");
    }

    #[test]
    fn folding_and_merging() {
        assert_eq!(fold("why this is flagged", 8), ["why this", "is", "flagged"]);
        assert_eq!(merged(vec![4..6, 0..2, 1..3, 6..7]), [0..3, 4..7]);
    }

    proptest! {
        #[test]
        fn shown_text_is_printable(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let shown = Shown::new(&bytes);
            prop_assert!(!shown.as_str().chars().any(char::is_control));
            prop_assert_eq!(shown.width(), text_width(shown.as_str()));
            let cropped = shown.crop(10, "…");
            prop_assert!(cropped.width() <= 10);
        }
    }
}
