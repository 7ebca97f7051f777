// SPDX-License-Identifier: MIT OR Apache-2.0
//! Text as a row of words, so that line breaks, comment leaders and quotes do not matter.

use memchr::memmem;

/// Returns the lower-case words of `text` with one blank around each of them.
///
/// A dot stays between two digits (`2.0`); everything else that is no ASCII letter or digit
/// parts words. `licence` is spelt `license`, as the table entries are.
pub(super) fn normalise(text: &[u8]) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for (i, byte) in text.iter().enumerate() {
        let digit =
            |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_digit);
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte.to_ascii_lowercase()));
        } else if *byte == b'.' && digit(i.checked_sub(1)) && digit(Some(i + 1)) {
            out.push('.');
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    if out.contains("licence") { out.replace("licence", "license") } else { out }
}

/// Returns whether `phrase` stands in `words` between word borders.
pub(super) fn has(words: &str, phrase: &str) -> bool {
    find(words, phrase).is_some()
}

/// Returns where `phrase` stands in `words` between word borders.
pub(super) fn find(words: &str, phrase: &str) -> Option<usize> {
    // Some hundred phrases are looked for in one text: this is the fastest way to find none.
    memmem::find_iter(words.as_bytes(), phrase)
        .find(|at| words[..*at].ends_with(' ') && words[at + phrase.len()..].starts_with(' '))
}

/// Returns the number of words.
pub(super) fn count(words: &str) -> usize {
    words.split_ascii_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::{find, has, normalise};

    #[test]
    fn comment_leaders_and_line_breaks_vanish() {
        let words = normalise(b"# Licensed under the\n#  Apache Licence, Version 2.0.");
        assert_eq!(words, " licensed under the apache license version 2.0 ");
        assert!(has(&words, "apache license version 2.0") && !has(&words, "pache license"));
        assert_eq!(find(" summit mit ", "mit"), Some(8));
        assert_eq!(normalise(b""), " ");
    }
}
