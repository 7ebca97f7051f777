// SPDX-License-Identifier: MIT OR Apache-2.0
//! `.debut/words.toml`: the organisation's own words, as a reviewer answered for them.
//!
//! A file of its own, not a part of the policy or of the checklist: the program writes it, people
//! edit it by hand, and both keep their remarks. One word a line, so that Git merges what two
//! reviewers added. It is as private as the checklist, and never a part of a release.

use std::{collections::BTreeMap, fmt::Write, path::Path};

use serde::Deserialize;
use toml::Spanned;

use super::{
    Folder, Readers, StoreError,
    bounded::Bounded,
    line::{At, quote},
    write_atomic, write_new,
};
use crate::domain::{LineIndex, Word, WordKind};

/// Name of the file, beside the checklist.
pub(super) const NAME: &str = "words.toml";
/// The newest form of the file.
const SCHEMA: u64 = 1;
/// More words than anybody can have looked through.
const FILE: Bounded = Bounded::of_repository("a list of words", 1 << 20, "shorten it");
/// Most words.
const MOST: usize = 5_000;
/// Most bytes of what is told about a word.
const LONGEST: usize = 300;

/// What stands above the words.
const HEAD: &str = "\
# The words that are internal to this organisation. PRIVATE: debut never publishes this file.
# keep = true: debut looks for it; keep = false: somebody looked at it, and it is no secret.
# Edit it here, on the screen, or with `debut words`; `debut doctor` checks it.
";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: u64,
    #[serde(default)]
    words: Vec<Spanned<Line>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    kind: String,
    word: String,
    keep: bool,
    #[serde(default)]
    seen: String,
    by: Option<String>,
    at: Option<At>,
}

/// Reads the words in `folder`; nothing if nobody has answered yet.
///
/// # Errors
/// When there is a file and it is not what it should be, with its line and what is allowed.
pub fn read_words(folder: &Folder) -> Result<Option<Vec<Word>>, StoreError> {
    let path = folder.file(NAME);
    let text = FILE.text(&path).map_err(|error| match error {
        StoreError::Broken { path, line, message } => {
            StoreError::Config { path, line, field: "the file".into(), message }
        }
        other => other,
    })?;
    text.map(|text| parse(&path, &text)).transpose()
}

/// Writes the words into `folder`, in a stable order.
///
/// # Errors
/// When the disk is full or read-only, or the words are more than anybody could read back.
pub fn write_words(folder: &Folder, words: &[Word]) -> Result<(), StoreError> {
    let (path, text) = (folder.file(NAME), render(words));
    parse(&path, &text)?;
    write_atomic(&path, text.as_bytes())
}

/// Writes the words into `folder`, unless somebody has answered meanwhile. Returns whether it did.
///
/// # Errors
/// As [`write_words`].
pub fn write_first_words(folder: &Folder, words: &[Word]) -> Result<bool, StoreError> {
    let (path, text) = (folder.file(NAME), render(words));
    parse(&path, &text)?;
    write_new(&path, text.as_bytes(), Readers::All)
}

/// Returns the text of the file with these words.
fn render(words: &[Word]) -> String {
    let mut out = format!("{HEAD}schema = {SCHEMA}\nwords = [\n");
    for word in joined(words.iter().cloned()) {
        let (kind, text) = (word.kind.name(), quote(&word.text));
        let _ = write!(out, "  {{ kind = \"{kind}\", word = {text}, keep = {}", word.keep);
        if !word.seen.is_empty() {
            let _ = write!(out, ", seen = {}", quote(&word.seen));
        }
        if let Some(by) = &word.by {
            let _ = write!(out, ", by = {}", quote(by));
        }
        if let Some(at) = word.at {
            let _ = write!(out, ", at = {}", At(at).text());
        }
        out.push_str(" },\n");
    }
    out.push_str("]\n");
    out
}

/// Each word once. Git may have put the lines of two reviewers beside each other: the last answer
/// counts, and of two without a time the one that keeps the word, since what is looked for in vain
/// does no harm.
fn joined(words: impl Iterator<Item = Word>) -> Vec<Word> {
    let mut out: BTreeMap<(usize, String), Word> = BTreeMap::new();
    for word in words {
        let place = WordKind::ALL.iter().position(|kind| *kind == word.kind).unwrap_or(0);
        match out.entry((place, word.text.clone())) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(word);
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                let weight = |word: &Word| (word.by.is_some(), word.at, word.keep);
                if weight(&word) > weight(entry.get()) {
                    entry.insert(word);
                }
            }
        }
    }
    out.into_values().collect()
}

fn parse(path: &Path, text: &str) -> Result<Vec<Word>, StoreError> {
    let lines = LineIndex::new(text.as_bytes());
    let wrong = |at: usize, field: &str, message: String| StoreError::Config {
        path: path.into(),
        line: lines.line_of(at.min(text.len())) + 1,
        field: field.into(),
        message,
    };
    let written: Written = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        wrong(at, "the file", error.message().replace('\n', "; "))
    })?;
    if written.schema > SCHEMA {
        let (found, known) = (written.schema, SCHEMA);
        return Err(StoreError::Newer { path: path.into(), found, known });
    }
    if written.words.len() > MOST {
        return Err(wrong(0, "words", format!("more than {MOST} words")));
    }
    let mut out = Vec::new();
    for line in written.words {
        let from = line.span().start;
        let Line { kind, word, keep, seen, by, at } = line.into_inner();
        let Some(kind) = WordKind::of_name(&kind) else {
            let all: Vec<&str> = WordKind::ALL.iter().map(|kind| kind.name()).collect();
            return Err(wrong(from, "kind", format!("{kind:?} is none of {}", all.join(", "))));
        };
        let text = kind.normal(&word).map_err(|form| {
            wrong(from, "word", format!("{word:?} is no {}: {form}", kind.name()))
        })?;
        let plain = |text: &str| text.len() <= LONGEST && !text.chars().any(char::is_control);
        if !plain(&seen) || !by.as_deref().is_none_or(plain) {
            let message = format!("one line of at most {LONGEST} bytes is expected");
            return Err(wrong(from, "seen or by", message));
        }
        out.push(Word { kind, text, keep, seen, by, at: at.map(|at| at.0) });
    }
    Ok(joined(out.into_iter()))
}

#[cfg(test)]
mod tests {
    use super::{joined, parse, render};
    use crate::domain::{Word, WordKind};

    fn word(kind: WordKind, text: &str, keep: bool) -> Word {
        let by = keep.then(|| "reviewer1@example.com".to_owned());
        let at = keep.then_some(1_764_454_800_123);
        Word { kind, text: text.into(), keep, seen: "3 \"hosts\"".into(), by, at }
    }

    #[test]
    fn what_is_written_reads_back() {
        let words = [
            word(WordKind::Domain, "corp.example", true),
            word(WordKind::Fleet, "db##", false),
            word(WordKind::CodeName, "blue finch", true),
        ];
        let text = render(&words);
        assert_eq!(parse("words.toml".as_ref(), &text).expect("words"), words);
        assert!(!text.contains("\t"));
    }

    #[test]
    fn the_last_of_two_answers_counts() {
        let at = |keep, at| Word {
            by: Some("reviewer1@example.com".into()),
            at,
            ..word(WordKind::Domain, "a.example", keep)
        };
        for (first, second, wanted) in [
            (at(true, Some(1)), at(false, Some(2)), false),
            (at(false, Some(2)), at(true, Some(1)), false),
            (at(false, None), at(true, None), true),
            (at(true, None), at(false, Some(1)), false),
        ] {
            assert_eq!(joined([first, second].into_iter())[0].keep, wanted);
        }
    }

    #[test]
    fn a_learned_word_gives_way_to_an_answer_that_keeps_it() {
        let (no, yes) =
            (word(WordKind::Domain, "a.example", false), word(WordKind::Domain, "a.example", true));
        let text = render(&[no]).replace("]\n", "")
            + render(std::slice::from_ref(&yes)).split("words = [\n").nth(1).expect("the list");
        assert_eq!(parse("words.toml".as_ref(), &text).expect("words"), [yes]);
    }

    #[test]
    fn a_wrong_line_is_named() {
        let tell = |line: &str| {
            let text = format!("schema = 1\nwords = [\n  {line},\n]\n");
            parse("words.toml".as_ref(), &text).expect_err("refused").to_string()
        };
        let all = [
            (r#"{ kind = "domian", word = "a.example", keep = true }"#, "none of domain"),
            (r#"{ kind = "domain", word = "a", keep = true }"#, "such as corp.example.com"),
            (r#"{ kind = "fleet", word = "db", keep = true }"#, "# for each digit"),
            (r#"{ kind = "domain", word = "a.example" }"#, "keep"),
            (r#"{ kind = "domain", word = "a.example", keep = true, x = 1 }"#, "x"),
        ];
        for (line, wanted) in all {
            let told = tell(line);
            assert!(told.starts_with("words.toml:3:") && told.contains(wanted), "{told}");
        }
        let newer = parse("words.toml".as_ref(), "schema = 2\n").expect_err("newer").to_string();
        assert!(newer.contains("newer debut"), "{newer}");
    }
}
