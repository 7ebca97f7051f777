// SPDX-License-Identifier: MIT OR Apache-2.0
//! TOML, JSON, YAML and XML as one flat list of what stands under which keys.
//!
//! A broken file yields what stands before the fault, where its parser goes so far.

use std::{collections::HashMap, ops::Range};

use saphyr_parser::{Event as Yaml, Parser};
use serde_json::Value as Json;
use toml::de::{DeTable, DeValue};

use super::Value;

/// No manifest nests deeper as far as licences go.
const MAX_DEPTH: usize = 12;
/// No manifest has more fields.
const MAX_FIELDS: usize = 20_000;
/// Stands in a path for an element of a list.
const ITEM: &str = "#";

/// One scalar and the keys that lead to it, joined by `/`.
struct Field {
    path: String,
    value: Value,
}

/// So many fields about licences are looked for in the text; no manifest has more.
const MAX_LOCATED: usize = 64;
/// A YAML scalar begins within so many bytes of its place.
const YAML_WINDOW: usize = 4 << 10;

/// The scalars of a document, in its order.
#[derive(Default)]
pub(super) struct Fields {
    all: Vec<Field>,
    located: usize,
}

impl Fields {
    /// Returns the scalars at `path`.
    pub(super) fn all<'f>(&'f self, path: &'f str) -> impl Iterator<Item = &'f Value> {
        self.all.iter().filter(move |field| field.path == path).map(|field| &field.value)
    }

    /// Returns the first scalar at `path`.
    pub(super) fn first(&self, path: &str) -> Option<&str> {
        let field = self.all.iter().find(|field| field.path == path)?;
        Some(&field.value.text)
    }

    /// Returns whether anything stands at `path` or below.
    pub(super) fn has(&self, path: &str) -> bool {
        let below = |field: &Field| {
            field
                .path
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.all.iter().any(below)
    }

    /// Returns whether the scalar at `path` is "true".
    pub(super) fn is_true(&self, path: &str) -> bool {
        self.first(path) == Some("true")
    }

    /// Returns the values at the first of `paths` that has any.
    pub(super) fn values(&self, paths: &[&str]) -> Vec<Value> {
        let at = |path: &&str| self.all(path).filter(|one| !one.text.is_empty()).cloned().collect();
        let mut found = paths.iter().map(at);
        found.find(|values: &Vec<Value>| !values.is_empty()).unwrap_or_default()
    }

    /// Returns the fields whose last key is `key`, wherever they stand, in their order.
    pub(super) fn named<'f>(&'f self, key: &'f str) -> impl Iterator<Item = &'f Value> {
        let last = move |field: &&Field| {
            field.path.strip_suffix(key).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        self.all.iter().filter(last).map(|field| &field.value)
    }

    pub(super) fn push(&mut self, path: String, text: String, at: Option<Range<usize>>) {
        if self.all.len() < MAX_FIELDS {
            self.all.push(Field { path, value: Value { text, at } });
        }
    }

    /// Returns whether the place of the next scalar at `path` is looked for.
    fn is_located(&mut self, path: &str) -> bool {
        let sought = path.contains("licen") && self.located < MAX_LOCATED;
        self.located += usize::from(sought);
        sought
    }

    /// Reads TOML; what can be recovered of a broken file.
    pub(super) fn toml(text: &str) -> Self {
        let (root, _) = DeTable::parse_recoverable(text);
        let mut out = Self::default();
        out.toml_table(root.get_ref(), "", 0);
        // The spans of strings hold their quotes.
        for Field { value, .. } in &mut out.all {
            value.at = value.at.take().and_then(|at| {
                let inner = text.get(at.clone())?.find(&*value.text)?;
                Some(at.start + inner..at.start + inner + value.text.len())
            });
        }
        out
    }

    fn toml_table(&mut self, table: &DeTable<'_>, path: &str, depth: usize) {
        for (key, value) in table {
            let path = join(path, key.get_ref());
            self.toml_value(value.get_ref(), value.span(), &path, depth);
        }
    }

    fn toml_value(&mut self, value: &DeValue<'_>, span: Range<usize>, path: &str, depth: usize) {
        match value {
            DeValue::String(text) => self.push(path.to_owned(), text.to_string(), Some(span)),
            DeValue::Boolean(on) => self.push(path.to_owned(), on.to_string(), Some(span)),
            // That a key is there may be all that is asked.
            DeValue::Array(items) if items.is_empty() => {
                self.push(path.to_owned(), String::new(), None);
            }
            DeValue::Table(table) if table.is_empty() => {
                self.push(path.to_owned(), String::new(), None);
            }
            DeValue::Array(items) if depth < MAX_DEPTH => {
                let path = join(path, ITEM);
                for item in items {
                    self.toml_value(item.get_ref(), item.span(), &path, depth + 1);
                }
            }
            DeValue::Table(table) if depth < MAX_DEPTH => self.toml_table(table, path, depth + 1),
            _ => {}
        }
    }

    /// Reads JSON, but for lists and single values; nothing of a broken file.
    pub(super) fn json(text: &str) -> Self {
        let mut out = Self::default();
        if let Ok(root @ Json::Object(_)) = serde_json::from_str(text) {
            out.json_value(text, &root, "", 0);
        }
        out
    }

    fn json_value(&mut self, whole: &str, value: &Json, path: &str, depth: usize) {
        match value {
            Json::String(text) => {
                let at = self.is_located(path).then(|| locate(whole, text)).flatten();
                self.push(path.to_owned(), text.clone(), at);
            }
            Json::Bool(on) => self.push(path.to_owned(), on.to_string(), None),
            Json::Number(number) => self.push(path.to_owned(), number.to_string(), None),
            Json::Array(items) if items.is_empty() => {
                self.push(path.to_owned(), String::new(), None);
            }
            Json::Object(map) if map.is_empty() => self.push(path.to_owned(), String::new(), None),
            Json::Array(items) if depth < MAX_DEPTH => {
                let path = join(path, ITEM);
                items.iter().for_each(|item| self.json_value(whole, item, &path, depth + 1));
            }
            Json::Object(map) if depth < MAX_DEPTH => {
                for (key, value) in map.iter().take(MAX_FIELDS) {
                    self.json_value(whole, value, &join(path, key), depth + 1);
                }
            }
            _ => {}
        }
    }

    /// Reads all documents of a YAML stream up to the first fault, such as a template's `{{`.
    pub(super) fn yaml(text: &str) -> Self {
        let mut reader = YamlReader::new(text);
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            if reader.out.all.len() >= MAX_FIELDS {
                break;
            }
            reader.take(event, span.start.line(), span.start.col());
        }
        reader.out
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") }
}

/// Returns the place of the string `value` after the first key that speaks of a licence.
fn locate(text: &str, value: &str) -> Option<Range<usize>> {
    let from = text.find("\"licen")?;
    let quoted = format!("\"{value}\"");
    let at = from + text[from..].find(&quoted)? + 1;
    Some(at..at + value.len())
}

/// Where in a document the reader is.
enum Place {
    /// In a mapping, before a key or with one that waits for its value.
    Map(Option<String>),
    List,
}

struct YamlReader<'t> {
    text: &'t str,
    lines: Vec<usize>,
    places: Vec<Place>,
    /// What anchors stand for, if that is a scalar.
    anchors: HashMap<usize, String>,
    out: Fields,
}

impl<'t> YamlReader<'t> {
    fn new(text: &'t str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        let (places, anchors) = (Vec::new(), HashMap::new());
        Self { text, lines, places, anchors, out: Fields::default() }
    }

    fn take(&mut self, event: Yaml<'_>, line: usize, column: usize) {
        match event {
            Yaml::MappingStart(..) => self.places.push(Place::Map(None)),
            Yaml::SequenceStart(..) => self.places.push(Place::List),
            Yaml::MappingEnd | Yaml::SequenceEnd => {
                self.places.pop();
                self.done();
            }
            Yaml::DocumentEnd => self.places.clear(),
            Yaml::Scalar(text, _, anchor, _) => {
                if anchor > 0 {
                    self.anchors.insert(anchor, text.to_string());
                }
                self.scalar(text.into_owned(), line, column);
            }
            Yaml::Alias(anchor) => {
                let text = self.anchors.get(&anchor).cloned().unwrap_or_default();
                self.scalar(text, line, column);
            }
            _ => {}
        }
    }

    fn scalar(&mut self, text: String, line: usize, column: usize) {
        if let Some(Place::Map(key @ None)) = self.places.last_mut() {
            *key = Some(text);
            return;
        }
        if self.places.len() <= MAX_DEPTH {
            let path: Vec<&str> = self
                .places
                .iter()
                .map(|place| match place {
                    Place::Map(key) => key.as_deref().unwrap_or(""),
                    Place::List => ITEM,
                })
                .collect();
            let path = path.join("/");
            let sought = self.out.is_located(&path);
            let at = sought.then(|| self.range(&text, line, column)).flatten();
            self.out.push(path, text, at);
        }
        self.done();
    }

    /// The value that a key waited for is complete.
    fn done(&mut self) {
        if let Some(Place::Map(key)) = self.places.last_mut() {
            *key = None;
        }
    }

    /// Returns where `text` stands on the line, counted from 1, from the column on.
    fn range(&self, text: &str, line: usize, column: usize) -> Option<Range<usize>> {
        let start = *self.lines.get(line.checked_sub(1)?)?;
        let skipped = self.text[start..].char_indices().nth(column).map_or(0, |(at, _)| at);
        let first = text.lines().next().filter(|line| !line.is_empty())?;
        let rest = self.text.as_bytes().get(start + skipped..)?;
        let window = &rest[..rest.len().min(YAML_WINDOW + first.len())];
        let at = start + skipped + memchr::memmem::find(window, first.as_bytes())?;
        Some(at..at + first.len())
    }
}
