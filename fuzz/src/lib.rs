// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the targets share. They go through what the library offers anyway: nothing inside of it is
//! opened up for them, and what they reach is what a hostile file reaches.

use std::sync::{Arc, OnceLock};

use debut::{
    domain::{Place, RepoPath, Text, Vocabulary},
    redact::{Edit, apply},
    rules::RuleSet,
    scan::{Engine, FileScan, Scratch},
};

/// Paths whose files are read in different ways.
pub const PATHS: &[&str] = &[
    "a.py",
    "a.yml",
    "a.json",
    "a.tf",
    "a.sh",
    "a.js",
    "Dockerfile",
    "a.ipynb",
    "a.csv",
    "a.sql",
    "a.eml",
    "LICENSE",
    "package.json",
    ".github/CODEOWNERS",
    "vendor/a.c",
    "a.xml",
];

/// Returns the engine with all rules, and with words of an organisation.
///
/// # Panics
/// If the program's own rules are wrong.
pub fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let words = Vocabulary {
            domains: vec!["corp.example".into()],
            ticket_keys: vec!["OPS".into()],
            people: vec!["jjones".into()],
            ..Vocabulary::default()
        };
        let rules = RuleSet::builtin().expect("built-in rules");
        Engine::new(Arc::new(rules), &words).expect("an engine")
    })
}

/// Scans one file, and asserts what holds for every scan: each finding stands in the text, its
/// value is what is written there or was decoded from it, and it can be replaced.
///
/// # Panics
/// If one of that does not hold.
pub fn scan(path: &str, raw: &[u8]) -> FileScan {
    let scan = engine().scan_file(&RepoPath::new(path.as_bytes()), raw, &mut Scratch::default());
    let text = Text::decode(raw);
    let mut edits = Vec::new();
    for finding in &scan.findings {
        let Place::Span(span) = &finding.place else { continue };
        let text = text.as_ref().expect("spans are of texts");
        assert_eq!(&text.bytes[span.range()], finding.value.written());
        edits.push(Edit { span: span.range(), to: "REDACTED".into() });
    }
    if let Some(text) = text {
        assert_eq!(Text::encode(text.encoding, &text.bytes), raw);
        apply(raw, &edits).expect("a text can be edited");
    }
    scan
}

/// Takes the first byte to choose one of `all`.
pub fn choose<'d, T>(data: &'d [u8], all: &'static [T]) -> Option<(&'static T, &'d [u8])> {
    let (first, rest) = data.split_first()?;
    Some((&all[usize::from(*first) % all.len()], rest))
}
