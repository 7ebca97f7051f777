// SPDX-License-Identifier: MIT OR Apache-2.0
//! The items of the release checklist: built in, or the organisation's own.

use std::path::Path;

use data_encoding::HEXLOWER;
use globset::Glob;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::{StoreError, bounded::Bounded};
use crate::domain::{Detector, Item, LineIndex, Template};

/// The list that is used where there is no other.
const BUILTIN: &str = include_str!("../../assets/templates/attestations.toml");
/// Newest schema of such a list.
const SCHEMA: u64 = 1;
/// A longer file is no list that anybody reads.
const FILE: Bounded = Bounded::of_repository("a list of questions", 256 << 10, "shorten it");
/// Items at most.
const MAX_ITEMS: usize = 300;
/// Characters of an id, a title, a text, a source and a hint at most.
const LONGEST: [(&str, usize); 5] =
    [("id", 64), ("title", 100), ("text", 2000), ("source", 200), ("hint", 300)];

const HINTS: &str = "authors, cryptography, telemetry, binaries, history, rotation, rules:GLOB, \
    files:GLOB, present:NAME,NAME";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: Spanned<u64>,
    #[serde(default)]
    section: Vec<WrittenSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSection {
    title: Spanned<String>,
    #[serde(default)]
    item: Vec<WrittenItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenItem {
    id: Spanned<String>,
    title: Spanned<String>,
    text: Spanned<String>,
    required: bool,
    #[serde(default)]
    source: Option<Spanned<String>>,
    #[serde(default)]
    hints: Vec<Spanned<String>>,
}

/// What is wrong, and at which offset.
type Wrong = (usize, String);

/// Returns the release checklist in the file at `path`, or the one built in if there is no such
/// file.
///
/// The file may have come with the repository under review: it must be a plain file of moderate
/// size, and whoever shows its texts has to make them safe.
///
/// # Errors
/// When the file is no plain file, too large, or not of this form; with the line.
pub fn read_template(path: &Path) -> Result<Template, StoreError> {
    let Some(text) = FILE.text(path)? else { return builtin() };
    let template = parse(path, &text)?;
    Ok(Template { file: Some(path.display().to_string()), ..template })
}

fn builtin() -> Result<Template, StoreError> {
    parse(Path::new("assets/templates/attestations.toml"), BUILTIN)
}

fn parse(path: &Path, text: &str) -> Result<Template, StoreError> {
    let lines = LineIndex::new(text.as_bytes());
    let broken = |(offset, message): Wrong| StoreError::Broken {
        path: path.into(),
        line: lines.line_of(offset) + 1,
        message,
    };
    let written: Written = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        broken((offset, error.message().to_owned()))
    })?;
    let schema = *written.schema.get_ref();
    if schema > SCHEMA {
        return Err(StoreError::Newer { path: path.into(), found: schema, known: SCHEMA });
    }
    let sha256 = HEXLOWER.encode(&Sha256::digest(text));
    let mut out = Template { sha256, ..Template::default() };
    for section in written.section {
        out.sections.push(checked("title", &section.title).map_err(broken)?);
        for item in section.item {
            let item = read_item(item, &out).map_err(broken)?;
            out.items.push(item);
        }
    }
    if out.items.is_empty() {
        // An empty file would let every release pass, and nobody would notice.
        return Err(broken((0, "no item: a list needs a [[section]] with an item".into())));
    }
    Ok(out)
}

fn read_item(written: WrittenItem, so_far: &Template) -> Result<Item, Wrong> {
    let at = written.id.span().start;
    let id = checked("id", &written.id)?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.chars().all(plain) {
        return Err((at, format!("id = {id:?}: small letters, digits and dashes only")));
    }
    if so_far.item(&id).is_some() {
        return Err((at, format!("id = {id:?} stands here twice")));
    }
    if so_far.items.len() >= MAX_ITEMS {
        return Err((at, format!("more than {MAX_ITEMS} items")));
    }
    let hints: Result<Vec<Detector>, Wrong> = written.hints.iter().map(detector).collect();
    Ok(Item {
        id: id.into(),
        section: so_far.sections.len() - 1,
        title: checked("title", &written.title)?,
        text: checked("text", &written.text)?,
        required: written.required,
        source: written.source.map_or(Ok(String::new()), |source| checked("source", &source))?,
        hints: hints?,
    })
}

/// Returns a text on one line, if it has something to say and is not too long.
fn checked(name: &str, text: &Spanned<String>) -> Result<String, Wrong> {
    let words: Vec<&str> = text.get_ref().split_whitespace().collect();
    let words = words.join(" ");
    let most = LONGEST.iter().find(|(known, _)| *known == name).map_or(0, |(_, most)| *most);
    match words.chars().count() {
        0 => Err((text.span().start, format!("{name} is empty"))),
        n if n > most => {
            Err((text.span().start, format!("{name} has {n} characters, {most} are allowed")))
        }
        _ => Ok(words),
    }
}

fn detector(text: &Spanned<String>) -> Result<Detector, Wrong> {
    let at = text.span().start;
    let words = checked("hint", text)?;
    let glob = |glob: &str| match Glob::new(glob) {
        Ok(_) => Ok(glob.to_owned()),
        Err(error) => Err((at, format!("hint {words:?}: {}", error.kind()))),
    };
    match words.split_once(':') {
        None => match words.as_str() {
            "authors" => Ok(Detector::Authors),
            "cryptography" => Ok(Detector::Cryptography),
            "telemetry" => Ok(Detector::Telemetry),
            "binaries" => Ok(Detector::Binaries),
            "history" => Ok(Detector::History),
            "rotation" => Ok(Detector::Rotation),
            _ => Err((at, format!("hint {words:?}: not one of {HINTS}"))),
        },
        Some(("rules", rest)) => glob(rest).map(Detector::Rules),
        Some(("files", rest)) => glob(rest).map(Detector::Files),
        Some(("present", rest)) => {
            Ok(Detector::Present(rest.split(',').map(|name| name.trim().to_owned()).collect()))
        }
        Some(_) => Err((at, format!("hint {words:?}: not one of {HINTS}"))),
    }
}
