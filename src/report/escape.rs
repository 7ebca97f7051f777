// SPDX-License-Identifier: MIT OR Apache-2.0
//! Makes text from the repository, the checklist and the rules safe to put into a document.
//!
//! Two things are done to it: what cannot be seen or turns the reading direction is written out
//! as `⟨U+202E⟩`, and what the format would take for markup is escaped.

use std::fmt::Write;

/// Returns whether `c` is invisible, or changes how its neighbours are shown.
pub(super) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Appends `text` to a page, as content or as an attribute in double quotes.
pub(super) fn html(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '"' => *out += "&quot;",
            '\'' => *out += "&#39;",
            c => push_seen(out, c),
        }
    }
}

/// Appends `text` to a Markdown line or table cell, as running text.
pub(super) fn markdown(out: &mut String, text: &str) {
    let mut before = ' ';
    for (i, c) in text.char_indices() {
        match c {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => {
                out.push('\\');
                out.push(c);
            }
            // Neither a link nor a mention of somebody may come out of a remark.
            ':' if text[i..].starts_with("://") => *out += "\\:",
            '.' if ends_with_www(&text[..i]) => *out += "\\.",
            '@' if !before.is_alphanumeric() => *out += "\\@",
            c => push_seen(out, c),
        }
        before = c;
    }
}

/// Appends `text` to a Markdown line as code, if it can stand there unchanged, and as running
/// text otherwise: how a backtick, a bar or a tag in code is read differs from reader to reader.
pub(super) fn markdown_code(out: &mut String, text: &str) {
    let risky = |c: char| matches!(c, '`' | '<' | '>' | '&' | '|') || is_unseen(c);
    if text.is_empty() || text.starts_with(' ') || text.ends_with(' ') || text.contains(risky) {
        markdown(out, text);
    } else {
        out.push('`');
        *out += text;
        out.push('`');
    }
}

/// Appends a JSON document with everything unseen written as `\uXXXX`. Outside strings JSON has
/// nothing of the kind but line ends, and inside the two forms mean the same.
pub(super) fn json(out: &mut String, text: &str) {
    for c in text.chars() {
        if is_unseen(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string can't fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
}

fn push_seen(out: &mut String, c: char) {
    if is_unseen(c) {
        let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
    } else {
        out.push(c);
    }
}

fn ends_with_www(text: &str) -> bool {
    text.len()
        .checked_sub(3)
        .and_then(|at| text.get(at..))
        .is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    fn with(write: fn(&mut String, &str), text: &str) -> String {
        let mut out = String::new();
        write(&mut out, text);
        out
    }

    #[test]
    fn markup_does_not_survive() {
        assert_eq!(
            with(super::html, "<a href='x'>&\"\u{202e}"),
            "&lt;a href=&#39;x&#39;&gt;&amp;&quot;⟨U+202E⟩"
        );
        assert_eq!(
            with(super::markdown, "a|b `c`\n<i> _d_"),
            "a\\|b \\`c\\`⟨U+000A⟩&lt;i&gt; \\_d\\_"
        );
        assert_eq!(with(super::markdown, "http://x WWW.y @z a@b"), "http\\://x WWW\\.y \\@z a@b");
    }

    #[test]
    fn code_stays_code_only_where_every_reader_agrees() {
        assert_eq!(with(super::markdown_code, "a_b/*.tf:3"), "`a_b/*.tf:3`");
        assert_eq!(with(super::markdown_code, "a`b"), "a\\`b");
        assert_eq!(with(super::markdown_code, "a\u{200b}b"), "a⟨U+200B⟩b");
    }

    #[test]
    fn json_means_the_same_afterwards() {
        let text = "a\u{202e}\u{e0041}\u{7f}ü";
        let quoted = with(super::json, &serde_json::to_string(text).unwrap());
        assert!(quoted.is_ascii() || quoted.contains('ü'));
        assert!(!quoted.chars().any(super::is_unseen));
        assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text);
    }
}
