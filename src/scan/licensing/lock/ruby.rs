// SPDX-License-Identifier: MIT OR Apache-2.0
//! What Bundler, Berkshelf, r10k and librarian read and write.

use super::{Lock, Package, Source};

/// Reads sections with `remote:` and, four blanks in, the names that come from there.
pub(super) fn gemfile(content: &str, lock: &mut Lock) -> Option<()> {
    let mut source = Source::Public;
    let mut section = "";
    for line in content.lines() {
        if !line.starts_with(' ') {
            section = line.trim();
            source = Source::Public;
        } else if let Some(place) = line.trim().strip_prefix("remote:") {
            source = match section {
                "PATH" => Source::Path(place.trim().into()),
                _ => worst(source, Source::of(place)),
            };
        } else if matches!(section, "GEM" | "GIT" | "PATH" | "PLUGIN SOURCE")
            && line.starts_with("    ")
            && !line.starts_with("     ")
        {
            let name = line.trim().split(' ').next().unwrap_or_default();
            lock.add(Package::new(name, source.clone()));
        }
    }
    Some(())
}

/// A section may have several remotes; then any gem in it can come from each.
fn worst(one: Source, other: Source) -> Source {
    if other == Source::Public { one } else { other }
}

/// Returns the first string in quotes and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let at = text.find(['\'', '"'])?;
    let quote = text.as_bytes()[at];
    let rest = &text[at + 1..];
    let end = memchr::memchr(quote, rest.as_bytes())?;
    Some((&rest[..end], &rest[end + 1..]))
}

/// Returns the string behind `key`, written `:key =>` or `key:`.
fn option<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let at = [format!(":{key} "), format!(":{key}="), format!("{key}:"), format!(":{key}\t")];
    let at = at.iter().find_map(|form| text.find(form.as_str()).map(|at| at + form.len()))?;
    quoted(&text[at..]).map(|(value, _)| value)
}

/// Takes in what statements that begin with `word` name; an option may stand on a later line.
fn statements(content: &str, word: &str, lock: &mut Lock) {
    let mut statement = String::new();
    let close = |statement: &mut String, lock: &mut Lock| {
        let text = std::mem::take(statement);
        let Some((name, rest)) = quoted(&text) else { return };
        let local = ["local =>", "local=>", "local:"].iter().any(|flag| rest.contains(flag));
        let source = match (option(rest, "path"), option(rest, "git").or(option(rest, "svn"))) {
            (Some(path), _) => Source::Path(path.into()),
            (None, Some(place)) => Source::of(place),
            (None, None) => Source::Public,
        };
        if !local {
            lock.add(Package::new(&name.replacen('/', "-", 1), source));
        }
    };
    for line in content.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let begins = line.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '\t', '(']));
        let ended = statement.is_empty() || !statement.trim_end().ends_with([',', '>']);
        if begins || ended {
            close(&mut statement, lock);
        }
        if begins || !ended && statement.len() < 4096 {
            statement.push_str(line);
            statement.push(' ');
        }
    }
    close(&mut statement, lock);
}

/// Returns the addresses that lines beginning with `word` name.
fn indexes(content: &str, word: &str, lock: &mut Lock) {
    let lines = content.lines().filter_map(|line| line.trim().strip_prefix(word));
    let places = lines.filter(|rest| rest.starts_with([' ', '(', '\t'])).filter_map(quoted);
    lock.indexes.extend(places.take(50).map(|(place, _)| Source::of(place)));
}

pub(super) fn puppetfile(content: &str, lock: &mut Lock) -> Option<()> {
    statements(content, "mod", lock);
    indexes(content, "forge", lock);
    Some(())
}

pub(super) fn berksfile(content: &str, lock: &mut Lock) -> Option<()> {
    statements(content, "cookbook", lock);
    indexes(content, "source", lock);
    Some(())
}

/// Reads the places under `DEPENDENCIES` and the names under `GRAPH`.
pub(super) fn berksfile_lock(content: &str, lock: &mut Lock) -> Option<()> {
    let mut section = "";
    let mut named = "";
    let mut places: std::collections::BTreeMap<&str, Source> = std::collections::BTreeMap::new();
    for line in content.lines() {
        let indent = line.len() - line.trim_start().len();
        let line = line.trim();
        match (section, indent) {
            (_, 0) => section = line,
            ("DEPENDENCIES", 2) => named = line.split(' ').next().unwrap_or_default(),
            ("DEPENDENCIES", _) => {
                if let Some(place) = line.strip_prefix("git:") {
                    places.insert(named, Source::of(place));
                } else if let Some(path) = line.strip_prefix("path:") {
                    places.insert(named, Source::Path(path.trim().into()));
                }
            }
            ("GRAPH", 2) => {
                let name = line.split(' ').next().unwrap_or_default();
                let source = places.get(name).cloned().unwrap_or(Source::Public);
                lock.add(Package::new(name, source));
            }
            _ => {}
        }
    }
    Some(())
}
