// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which part of a line is a comment, in the languages that repositories hold.

use crate::{domain::FileKind, scan::View};

/// Comments that go on to a closing mark. Where one mark begins with another it stands first.
const BLOCKS: [(&str, &str); 20] = [
    ("/*", "*/"),
    ("<!--", "-->"),
    ("{{!--", "--}}"),
    ("{{!", "}}"),
    ("{{/*", "*/"),
    ("{{- /*", "*/"),
    ("{#", "#}"),
    ("<%#", "%>"),
    ("<%--", "--%>"),
    ("<%/*", "*/"),
    ("--[[", "]]"),
    ("--[=[", "]=]"),
    ("<#", "#>"),
    ("#|", "|#"),
    ("@*", "*@"),
    ("(*", "*)"),
    ("/+", "+/"),
    ("#=", "=#"),
    ("#[[", "]]"),
    ("#[", "]#"),
];

/// Marks that stand for a comment up to the end of the line, whatever the language.
const LEADERS: [&str; 14] =
    ["#", "//", "/*", "*", "--", ";", "%", "<!--", "{#", "<%#", "{{/*", "{{-", "-#", "*/"];

/// How a file writes comments.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::scan::licensing) enum Syntax {
    /// It has comments.
    Code,
    /// Running text: Markdown, plain text.
    Prose,
    /// Tags, and comments between them.
    Markup,
    /// A format without comments.
    Data,
}

impl Syntax {
    /// Returns how the file of `view` writes comments.
    pub(in crate::scan::licensing) fn of(view: &View<'_>) -> Self {
        let extension = view.facts.extension.as_str();
        match extension {
            "html" | "htm" | "xhtml" | "xml" | "svg" | "xsd" | "xsl" | "xslt" | "pom" | "xib"
            | "storyboard" | "csproj" | "fsproj" | "vbproj" | "props" | "targets" | "resx"
            | "plist" | "wsdl" | "nuspec" => Self::Markup,
            "tex" | "sty" | "cls" | "bib" | "dtx" | "texi" | "texinfo" | "man" => Self::Code,
            "json" | "csv" | "tsv" | "ipynb" | "har" | "jsonl" | "ndjson" | "lock" | "sum"
            | "tfstate" | "map" | "po" | "pot" | "diff" | "patch" | "log" | "pem" | "crt"
            | "geojson" | "webmanifest" | "avsc" => Self::Data,
            "markdown" | "mkd" | "mdown" | "mdx" | "asciidoc" | "textile" | "rdoc" | "rtf" => {
                Self::Prose
            }
            _ if view.kind == FileKind::Prose && !begins_with_comment(view) => Self::Prose,
            _ if view.kind == FileKind::Other && !begins_with_comment(view) => {
                // Code of a language that is not known looks like prose until its first comment.
                if extension.is_empty() { Self::Prose } else { Self::Code }
            }
            _ => Self::Code,
        }
    }
}

/// Returns whether the first line that holds anything is a comment, as in `CMakeLists.txt` and in
/// scripts without an extension.
fn begins_with_comment(view: &View<'_>) -> bool {
    if matches!(view.facts.extension.as_str(), "md" | "markdown" | "adoc" | "rst" | "org") {
        return false;
    }
    let text = &view.text[..view.text.len().min(1024)];
    let first = text.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    first.is_some_and(|line| {
        let line = line.trim_ascii_start();
        let marks = ["#", "//", "/*", ";", "--", "%", "<!--", ".\\\"", "'\\\"", "\"", "dnl", "(*"];
        marks.iter().any(|mark| line.starts_with(mark.as_bytes()))
    })
}

/// Returns the mark that closes the comment which `line` opens, with what follows the opening.
pub(super) fn opens<'l>(line: &'l [u8], extension: &str) -> Option<(&'static str, &'l [u8])> {
    let line = line.trim_ascii_start();
    let rest = |open: &str| line.strip_prefix(open.as_bytes());
    if matches!(extension, "pl" | "pm" | "pod" | "t" | "rb" | "rake" | "plx" | "psgi" | "")
        && line.starts_with(b"=")
        && line.get(1).is_some_and(u8::is_ascii_alphabetic)
    {
        let close = if line.starts_with(b"=begin") && extension == "rb" { "=end" } else { "=cut" };
        return (!line.starts_with(b"=cut")).then_some((close, &line[1..]));
    }
    let quotes = matches!(
        extension,
        "py" | "pyi" | "pyx" | "pxd" | "bzl" | "star" | "ex" | "exs" | "" | "jl" | "gd" | "groovy"
    );
    if quotes {
        let line = own_field(line);
        let rest = |open: &str| line.strip_prefix(open.as_bytes());
        for mark in ["\"\"\"", "'''"] {
            let body = rest(mark).or_else(|| {
                line.get(1..).filter(|_| b"rRuU".contains(&line[0]))?.strip_prefix(mark.as_bytes())
            });
            if let Some(body) = body {
                return Some((mark, body));
            }
        }
    }
    if matches!(extension, "hs" | "lhs" | "elm" | "purs" | "agda" | "dhall")
        && let Some(body) = rest("{-")
    {
        return Some(("-}", body));
    }
    if matches!(extension, "tpl" | "smarty")
        && let Some(body) = rest("{*")
    {
        return Some(("*}", body));
    }
    if extension == "pas"
        && let Some(body) = rest("{")
    {
        return Some(("}", body));
    }
    let line = line.strip_prefix(b"<?php").map_or(line, <[u8]>::trim_ascii_start);
    // In Python, YAML and shell the same marks begin values.
    let ml = matches!(
        extension,
        "ml" | "mli" | "v" | "pas" | "fs" | "fsi" | "sml" | "nb" | "wl" | "m" | "aug"
    );
    let lisp = matches!(extension, "lisp" | "scm" | "rkt" | "ss" | "cl");
    BLOCKS.iter().find_map(|(open, close)| {
        let fits = match *open {
            "(*" => ml,
            "#|" => lisp,
            "/+" => extension == "d",
            "#=" => extension == "jl",
            "#[[" => matches!(extension, "cmake" | "txt"),
            "#[" => extension == "nim",
            "<#" => matches!(extension, "ps1" | "psm1" | "psd1"),
            _ => true,
        };
        line.strip_prefix(open.as_bytes()).filter(|_| fits).map(|rest| (*close, rest))
    })
}

/// Returns what is assigned to a variable that says whose the module is: `__copyright__ = …`.
pub(in crate::scan::licensing) fn own_field(line: &[u8]) -> &[u8] {
    let names: [&[u8]; 3] = [b"__copyright__", b"__license__", b"__licence__"];
    let rest = names.iter().find_map(|name| line.strip_prefix(*name));
    rest.and_then(|rest| rest.trim_ascii_start().strip_prefix(b"="))
        .map_or(line, <[u8]>::trim_ascii_start)
}

/// Returns what a comment line says, nothing if `line` is none.
pub(super) fn comment<'l>(line: &'l [u8], extension: &str) -> Option<&'l [u8]> {
    let line = line.trim_ascii_start();
    let own: &[&str] = match extension {
        "vim" | "vimrc" => &["\""],
        "vb" | "vbs" | "bas" | "brs" | "frm" | "cls" => &["'"],
        "f90" | "f95" | "f03" | "f08" => &["!"],
        "f" | "for" => &["!", "c ", "C ", "c\t"],
        "bat" | "cmd" => &["::", "rem ", "REM ", "Rem ", "@rem ", "@REM "],
        "m4" | "ac" | "at" => &["dnl"],
        "texi" | "texinfo" => &["@c ", "@comment "],
        "rst" => &[".."],
        "adoc" => &["//"],
        _ => &[],
    };
    let starts = |leader: &&str| line.strip_prefix(leader.as_bytes());
    if let Some(rest) = own.iter().find_map(starts) {
        return Some(rest);
    }
    if line.starts_with(b"dnl ") || line.starts_with(b".\\\"") || line.starts_with(b"'\\\"") {
        return Some(&line[3..]);
    }
    // In a template of a language the marks of both are used.
    LEADERS.iter().find_map(starts)
}

/// Returns whether a line may stand above a file's first comment.
pub(super) fn is_preamble(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let lower: Vec<u8> = line.iter().take(16).map(u8::to_ascii_lowercase).collect();
    let starts: [&[u8]; 9] = [
        b"<?",
        b"<!doctype",
        b"---",
        b"@echo",
        b"'use strict",
        b"\"use strict",
        b"\xef\xbb\xbf",
        b"%yaml",
        b"@charset",
    ];
    line.is_empty() || starts.iter().any(|start| lower.starts_with(start))
}
