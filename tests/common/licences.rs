// SPDX-License-Identifier: MIT OR Apache-2.0
//! The texts of the SPDX list without their marks.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own part")]
#![allow(clippy::expect_used, reason = "a test may panic")]

/// The list with its marks.
pub const LIST: &str = include_str!("../../assets/licences/texts.txt");

/// Returns every licence of the list with its text.
pub fn texts() -> Vec<(String, String)> {
    LIST.split("\n=== ")
        .skip(1)
        .filter_map(|entry| entry.strip_prefix("license "))
        .map(|entry| {
            let (head, text) = entry.split_once('\n').expect("head");
            let id = head.split([' ']).next().expect("id");
            (id.to_owned(), render(text))
        })
        .collect()
}

/// Returns the text without the marks: what may be left out is there, and spelt the first way.
pub fn render(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("[[").into_iter().chain(rest.find("]]")).min() {
        out.push_str(&rest[..at]);
        let mark = &rest[at..at + 2];
        rest = &rest[at + 2..];
        if mark == "]]" {
            continue;
        }
        let kind = rest.as_bytes()[0];
        rest = &rest[1..];
        if kind == b'a' {
            let end = rest.find("]]").expect("end");
            out.push_str(rest[..end].split('|').next().unwrap_or(""));
            rest = &rest[end + 2..];
        }
    }
    out + rest
}

/// Returns the text with the id.
pub fn text(id: &str) -> String {
    texts().into_iter().find(|(name, _)| name == id).map(|(_, text)| text).expect("listed")
}
