// SPDX-License-Identifier: MIT OR Apache-2.0
//! The one type that holds text found in the repository under review.

use std::sync::Arc;

/// Bytes that may be a live credential or a person's data.
///
/// It has no `Debug`, `Display` or `Serialize` on purpose: a value cannot slip into a log,
/// a report or the checklist through a derive. Whoever needs the bytes has to say
/// [`expose`](Self::expose), which is easy to find in a review. Clones share the bytes.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Secret {
    value: Arc<[u8]>,
    /// What stands in the text, where that is not the value itself.
    written: Option<Arc<[u8]>>,
}

impl Secret {
    /// Wraps a copy of `bytes`.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self { value: bytes.into(), written: None }
    }

    /// Wraps a copy of `bytes`, which stand in the text as `written`: encoded.
    #[must_use]
    pub fn decoded(bytes: &[u8], written: &[u8]) -> Self {
        Self { value: bytes.into(), written: Some(written.into()) }
    }

    /// Returns what stands in the text: the value, or that from which it was decoded. It gives
    /// the value away as well.
    #[must_use]
    pub fn written(&self) -> &[u8] {
        self.written.as_ref().unwrap_or(&self.value)
    }

    /// Returns whether the text holds something else that stands for the value.
    #[must_use]
    pub fn is_decoded(&self) -> bool {
        self.written.is_some()
    }

    /// Returns the bytes in clear.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.value
    }

    /// Returns the length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.value.len()
    }

    /// Returns whether there are no bytes at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.value.is_empty()
    }

    /// Returns a form that may be shown and stored: at most the first and last four characters,
    /// and never more than a third of the value, so a short value shows nothing.
    #[must_use]
    pub fn masked(&self) -> String {
        let text = String::from_utf8_lossy(&self.value);
        let line: Vec<char> = text.lines().next().unwrap_or("").chars().collect();
        let shown = (line.len() / 6).min(4);
        let safe = |c: &char| if c.is_ascii_graphic() { *c } else { '·' };
        let head: String = line.iter().take(shown).map(safe).collect();
        let tail: String = line[line.len() - shown..].iter().map(safe).collect();
        format!("{head}…{tail}")
    }
}

/// Returns the letters and digits of `text` in lower case: the keys of names are written so.
#[must_use]
pub fn squeezed(text: &[u8]) -> Vec<u8> {
    text.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect()
}

/// Returns whether `value` is one plain word, such as a default password that is also a product's
/// name. Cutting it out of paths and names would make them unreadable and hide nothing.
#[must_use]
pub fn is_plain_word(value: &[u8]) -> bool {
    value.len() <= 24 && value.iter().all(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_mask_shows_at_most_a_third() {
        assert_eq!(Secret::new(b"hunt").masked(), "…");
        assert_eq!(Secret::new(b"abcdefghijklmnopqrstuvwxyz").masked(), "abcd…wxyz");
        assert_eq!(Secret::new(b"").masked(), "…");
        assert_eq!(Secret::new("äöüäöüäöü\u{1b}x".as_bytes()).masked(), "·…x");
    }
}
