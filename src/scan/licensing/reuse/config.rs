// SPDX-License-Identifier: MIT OR Apache-2.0
//! `REUSE.toml`: licences and notices for files that can't or shan't carry them.

use std::collections::HashMap;

use toml::{Table as Toml, Value};

use super::glob::Glob;
use crate::domain::RepoPath;

/// A longer file is not read.
const MOST_BYTES: usize = 1 << 20;
/// More patterns with a star than this are not tried on every file.
const MOST_GLOBS: usize = 2000;
/// More problems of one file are not told.
const MOST_PROBLEMS: usize = 8;

/// Who goes first: the table or the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scan::licensing) enum Precedence {
    /// The file; the table where the file is silent.
    Closest,
    /// Both hold.
    Aggregate,
    /// The table.
    Override,
}

/// One `[[annotations]]` table.
#[derive(Clone, Debug)]
pub(in crate::scan::licensing) struct Table {
    pub(in crate::scan::licensing) precedence: Precedence,
    pub(in crate::scan::licensing) licences: Vec<String>,
    pub(in crate::scan::licensing) copyright: Vec<String>,
}

/// A `REUSE.toml` that could be read, at least in part.
#[derive(Clone, Debug, Default)]
pub(in crate::scan::licensing) struct Config {
    tables: Vec<Table>,
    /// The last table that names a path without any star.
    exact: HashMap<Box<[u8]>, usize>,
    /// All other patterns, each with its table.
    globs: Vec<(usize, Glob)>,
    /// What is wrong with it.
    pub(in crate::scan::licensing) problems: Vec<String>,
}

impl Config {
    /// Reads the file. What cannot be understood becomes a problem.
    pub(super) fn read(text: &[u8]) -> Self {
        let mut out = Self::default();
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let Ok(text) = std::str::from_utf8(text) else {
            out.problem("it is not UTF-8");
            return out;
        };
        if text.len() > MOST_BYTES {
            out.problem("it is too long to be read");
            return out;
        }
        match text.parse::<Toml>() {
            Ok(toml) => out.take(&toml),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start.min(text.len()));
                let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
                out.problem(&format!("it is no TOML: line {line}"));
            }
        }
        out
    }

    fn problem(&mut self, text: &str) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(text.to_owned());
        }
    }

    fn take(&mut self, toml: &Toml) {
        match toml.get("version") {
            Some(Value::Integer(1)) => {}
            Some(Value::Integer(other)) => self.problem(&format!("version {other} is not known")),
            Some(_) => self.problem("version is no number"),
            None => self.problem("it has no version"),
        }
        let tables = match toml.get("annotations") {
            None => return,
            Some(Value::Array(tables)) => tables,
            Some(_) => return self.problem("annotations must be written as [[annotations]]"),
        };
        let mut globs = 0;
        for (no, table) in tables.iter().enumerate() {
            match Table::read(table) {
                Ok((table, paths)) => {
                    globs += paths.len();
                    if globs > MOST_GLOBS {
                        return self.problem("it has too many paths to be tried on every file");
                    }
                    let no = self.tables.len();
                    self.tables.push(table);
                    for glob in paths {
                        match glob.literal() {
                            Some(path) => _ = self.exact.insert(path.into(), no),
                            None => self.globs.push((no, glob)),
                        }
                    }
                }
                Err(why) => self.problem(&format!("annotations {}: {why}", no + 1)),
            }
        }
    }

    /// Returns the table that speaks for the file at `path`, below the folder of the file.
    pub(in crate::scan::licensing) fn table(&self, path: &[u8]) -> Option<&Table> {
        let exact = self.exact.get(path).copied();
        let later = self.globs.iter().rev().take_while(|(no, _)| exact.is_none_or(|at| *no > at));
        let glob = later.into_iter().find(|(_, glob)| glob.matches(path)).map(|(no, _)| *no);
        self.tables.get(glob.or(exact)?)
    }

    /// Returns every expression in it.
    pub(in crate::scan::licensing) fn expressions(&self) -> impl Iterator<Item = &str> {
        self.tables.iter().flat_map(|table| &table.licences).map(String::as_str)
    }
}

impl Table {
    fn read(value: &Value) -> Result<(Self, Vec<Glob>), String> {
        let table = value.as_table().ok_or("is no table")?;
        let paths = texts(table, "path")?;
        if paths.is_empty() {
            return Err("has no path".into());
        }
        let precedence = match table.get("precedence") {
            None => Precedence::Closest,
            Some(Value::String(word)) => match word.as_str() {
                "closest" => Precedence::Closest,
                "aggregate" => Precedence::Aggregate,
                "override" => Precedence::Override,
                _ => return Err("precedence is none of closest, aggregate and override".into()),
            },
            Some(_) => return Err("precedence is no text".into()),
        };
        let table = Self {
            precedence,
            licences: texts(table, "SPDX-License-Identifier")?,
            copyright: texts(table, "SPDX-FileCopyrightText")?,
        };
        Ok((table, paths.iter().map(|path| Glob::reuse(path)).collect()))
    }
}

/// Reads a text or a list of texts, none if the key is not there.
fn texts(table: &Toml, key: &str) -> Result<Vec<String>, String> {
    let wrong = || format!("{key} is neither a text nor a list of texts");
    let one = |value: &Value| value.as_str().map(|text| text.trim().to_owned());
    match table.get(key) {
        None => Ok(Vec::new()),
        Some(Value::Array(all)) => all.iter().map(|v| one(v).ok_or_else(wrong)).collect(),
        Some(value) => Ok(vec![one(value).ok_or_else(wrong)?]),
    }
}

/// Returns `path` as seen from the directory `dir`, nothing if it lies elsewhere.
pub(in crate::scan::licensing) fn below<'a>(
    path: &'a RepoPath,
    dir: &RepoPath,
) -> Option<&'a [u8]> {
    if dir.is_root() {
        return Some(path.as_bytes());
    }
    path.as_bytes().strip_prefix(dir.as_bytes())?.strip_prefix(b"/")
}

#[cfg(test)]
mod tests {
    use super::{Config, Precedence};

    #[test]
    fn the_last_table_that_fits_counts() {
        let config = Config::read(
            b"version = 1\n[[annotations]]\npath = \"**\"\nSPDX-License-Identifier = \"MIT\"\n\
              [[annotations]]\npath = [\"a/*\", \"b\"]\nprecedence = \"override\"\n\
              SPDX-FileCopyrightText = [\"Us\", \"You\"]\n",
        );
        assert_eq!(config.problems, Vec::<String>::new());
        let table = config.table(b"a/x").expect("a table");
        assert_eq!((table.precedence, table.copyright.len()), (Precedence::Override, 2));
        assert!(table.licences.is_empty());
        assert_eq!(config.table(b"a/x/y").expect("a table").licences, ["MIT"]);
    }

    #[test]
    fn a_path_without_stars_counts_by_its_place_like_others() {
        let table = |path: &str, id: &str| {
            format!("[[annotations]]\npath = \"{path}\"\nSPDX-License-Identifier = \"{id}\"\n")
        };
        let of = |first: &str, second: &str| {
            let tables = [table(first, "MIT"), table(second, "ISC")].concat();
            let config = Config::read(format!("version = 1\n{tables}").as_bytes());
            config.table(b"a/x").map(|table| table.licences.concat()).unwrap_or_default()
        };
        assert_eq!(of("a/x", "a/*"), "ISC");
        assert_eq!(of("a/*", "a/x"), "ISC");
        assert_eq!(of("a/x", "a/x"), "ISC");
        assert_eq!(of("a/x", "b/*"), "MIT");
        assert_eq!(of("a/y", "b/*"), "");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let problems = |text: &str| Config::read(text.as_bytes()).problems.join("; ");
        assert_eq!(problems("version = 1"), "");
        assert!(problems("version = ").contains("no TOML: line 1"));
        assert!(problems("a = 1").contains("no version"));
        assert!(problems("version = 2").contains("version 2"));
        assert!(problems("version = \"1\"").contains("no number"));
        assert!(problems("version = 1\n[annotations]\npath = \"x\"").contains("[[annotations]]"));
        assert!(problems("version = 1\n[[annotations]]\na = 1").contains("no path"));
        let bad = "version = 1\n[[annotations]]\npath = \"x\"\nprecedence = \"nearest\"";
        assert!(problems(bad).contains("precedence"));
        let bad = "version = 1\n[[annotations]]\npath = \"x\"\nSPDX-License-Identifier = 5";
        assert!(problems(bad).contains("neither a text"));
    }
}
