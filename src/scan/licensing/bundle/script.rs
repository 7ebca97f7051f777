// SPDX-License-Identifier: MIT OR Apache-2.0
//! Scripts and style sheets that were copied as single files.

use super::{Says, closed, libraries, terms};
use crate::{domain::RepoPath, scan::View};

/// A script or style sheet that a library's maker has published.
#[derive(Clone, Debug)]
pub(in crate::scan::licensing) struct Script {
    /// Whether its name says that it is minified or bundled.
    pub(in crate::scan::licensing) minified: bool,
    /// Whether its name has a version in it.
    pub(in crate::scan::licensing) versioned: bool,
    /// Whether its first lines give name and version, or keep the banner that minifiers keep.
    pub(in crate::scan::licensing) signed: bool,
    /// The library by its name, and the licence it usually has.
    pub(in crate::scan::licensing) library: Option<(&'static str, &'static str)>,
    /// What its banner says.
    pub(in crate::scan::licensing) says: Option<Says>,
    /// Its name without what minifying and versions add.
    pub(in crate::scan::licensing) stem: String,
}

/// Ends of a name that tools add, and not people.
const ADDED: [&str; 17] = [
    ".min",
    "-min",
    ".minified",
    "-minified",
    ".pack",
    ".packed",
    ".bundle",
    "-bundle",
    ".slim",
    ".umd",
    ".global",
    ".prod",
    ".production",
    ".full",
    ".pkgd",
    ".custom",
    ".esm",
];

/// Nobody calls own files like these, unless they are short: settings or a few overrides.
const EVERYWHERE: [&str; 16] = [
    "jquery",
    "jquery-ui",
    "normalize",
    "modernizr",
    "html5shiv",
    "font-awesome",
    "lodash",
    "underscore",
    "backbone",
    "knockout",
    "mootools",
    "tinymce",
    "codemirror",
    "select2",
    "swfobject",
    "handlebars",
];
const SHORT: usize = 3 << 10;

/// Returns what the script says, if its name or first lines are those of a library.
pub(super) fn read(path: &RepoPath, view: &View<'_>) -> Option<Script> {
    if !matches!(view.facts.extension.as_str(), "js" | "mjs" | "cjs" | "css") {
        return None;
    }
    let name = String::from_utf8_lossy(path.file_name()).to_ascii_lowercase();
    let name = name.rsplit_once('.').map_or("", |(stem, _)| stem);
    let (stem, added) = without_added(name);
    let minified = added.iter().any(|end| end.contains("min") || end.contains("pack"))
        || added.iter().any(|end| end.contains("bundle"));
    let (bare, versioned) = without_version(stem);
    let library = libraries::script(bare);
    let head = &view.text[..view.text.len().min(1 << 10)];
    let closed = closed::mark(&view.text[..view.text.len().min(4 << 10)]);
    if !minified && !versioned && library.is_none() && closed.is_none() {
        return None;
    }
    let says = terms::banner(view.text);
    let known = EVERYWHERE.contains(&bare) && view.text.len() > SHORT;
    let signed = known || is_signed(head, library.map(|(name, _)| name));
    let stem = bare.to_owned();
    Some(Script { minified, versioned, signed, library, says, stem })
}

/// Returns the name without the ends that tools add, and these.
fn without_added(mut name: &str) -> (&str, Vec<&'static str>) {
    let mut added = Vec::new();
    while let Some(end) = ADDED.iter().find(|end| name.ends_with(**end)) {
        name = &name[..name.len() - end.len()];
        added.push(*end);
    }
    (name, added)
}

/// Returns the name without its version, and whether it had one: `d3.v3`, `morris-0.4.3`.
fn without_version(name: &str) -> (&str, bool) {
    for (at, sign) in name.char_indices().filter(|(_, c)| matches!(c, '-' | '.' | '_' | '@')) {
        let rest = &name[at + sign.len_utf8()..];
        let marked = rest.strip_prefix('v');
        let digits = marked.unwrap_or(rest);
        let lead = digits.chars().take_while(char::is_ascii_digit).count();
        let dotted = digits[lead..].starts_with('.')
            && digits[lead + 1..].starts_with(|c: char| c.is_ascii_digit());
        if lead > 0 && lead <= 4 && (dotted || marked.is_some() && digits.len() == lead) {
            return (&name[..at], true);
        }
    }
    (name, false)
}

/// Returns whether the first lines name the library with a version, as makers write them.
fn is_signed(head: &[u8], library: Option<&str>) -> bool {
    let lower = String::from_utf8_lossy(head).to_ascii_lowercase();
    let comment = ["/*", "//"].iter().any(|open| lower.trim_start().starts_with(open));
    let mut versions = lower.match_indices('.').filter(|(at, _)| {
        let digit = |at: usize| lower.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        at.checked_sub(1).is_some_and(digit) && digit(at + 1)
    });
    comment && versions.next().is_some() && library.is_none_or(|name| lower.contains(name))
}

#[cfg(test)]
mod tests {
    use super::{read, without_added, without_version};
    use crate::{
        domain::RepoPath,
        scan::{PathFacts, View},
    };

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(without_added("jquery.slim.min").0, "jquery");
        assert_eq!(without_version("morris-0.4.3"), ("morris", true));
        assert_eq!(without_version("d3.v3"), ("d3", true));
        assert_eq!(without_version("load-image"), ("load-image", false));
        assert_eq!(without_version("2024-report"), ("2024-report", false));
    }

    #[test]
    fn libraries_are_told_from_own_scripts() {
        let see = |name: &str, text: &str| {
            let path = RepoPath::new(name.as_bytes());
            read(&path, &View::new(&PathFacts::of(&path), text.as_bytes()))
        };
        assert!(see("js/app.js", "var a;").is_none());
        assert!(
            see("js/chart.js", "/* Highcharts. License: www.highcharts.com/license */").is_some()
        );
        let seen = see("jquery.js", "/*!\n * jQuery JavaScript Library v3.2.1\n */").expect("seen");
        assert!(seen.signed && !seen.minified && seen.says.is_none());
        assert!(!see("bootstrap.js", "window._ = require('lodash');").expect("seen").signed);
    }
}
