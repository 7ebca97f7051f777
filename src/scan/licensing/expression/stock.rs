// SPDX-License-Identifier: MIT OR Apache-2.0
//! Declarations that name no licence: variables, pointers, what generators leave, kept rights.

/// Whether a program fills the value in: `{{ x }}`, `${X}`, `%{x}`, `@X@`.
pub(super) fn is_template(text: &str) -> bool {
    let marks = ["{{", "${", "<%", "%{", "@@", "$(", "#{", "%(", "{%", "[%"];
    let framed = |mark: char| {
        text.len() > 2 && text.starts_with(mark) && text.ends_with(mark) && !text.contains(' ')
    };
    let variable = text
        .strip_prefix('$')
        .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
    marks.iter().any(|mark| text.contains(mark))
        || framed('@')
        || framed('%')
        || (text.starts_with("__") && text.ends_with("__"))
        || variable
}

/// Whether it names a file in place of a licence.
pub(super) fn is_pointer(lower: &str) -> bool {
    let starts = [
        "see license",
        "see licence",
        "see the license",
        "see copying",
        "file:",
        "file license",
        "file licence",
    ];
    // The repository's own file at its forge, or a path.
    let last = lower.rsplit('/').next().unwrap_or("");
    let named = ["license", "licence", "copying"].iter().any(|name| {
        last.strip_prefix(name).is_some_and(|rest| {
            matches!(rest, "" | ".txt" | ".md" | ".rst" | ".adoc" | ".html" | "-mit" | "-apache")
        })
    });
    let path = lower.contains('/')
        || last.contains('.')
        || matches!(last, "license" | "licence" | "copying");
    starts.iter().any(|start| lower.starts_with(start))
        || (named
            && path
            && !lower.contains(' ')
            && crate::scan::licensing::names::lookup(lower).is_none())
}

/// Whether it is what a generator left for the author to replace.
pub(super) fn is_placeholder(lower: &str) -> bool {
    let parts = [
        "your license",
        "your_license",
        "your-license",
        "yourlicense",
        "choose a license",
        "specify license",
        "specify a license",
        "license here",
        "license name",
        "<license",
        "<your",
        "[license",
        "`use_mit_license`",
    ];
    let whole = [
        "todo",
        "fixme",
        "changeme",
        "change me",
        "tbd",
        "xxx",
        "???",
        "license_name",
        "spdx-license-identifier",
    ];
    // What ansible-galaxy writes: "license (GPL-2.0-or-later, MIT, etc)".
    let list = lower.starts_with("license (") && lower.contains(',');
    list || parts.iter().any(|part| lower.contains(part))
        || whole.contains(&lower)
        || ["todo:", "todo ", "fixme:", "fixme "].iter().any(|start| lower.starts_with(start))
}

/// Whether it keeps all rights.
pub(super) fn is_proprietary(lower: &str) -> bool {
    let exact = [
        "unlicensed",
        "none",
        "commercial",
        "commercial license",
        "private",
        "closed",
        "closed source",
        "closed-source",
        "other-closed",
        "internal",
        "internal use only",
        "internal use",
        "no license",
        "all_rights",
        "all rights",
        "not licensed",
        "restricted",
        "copyright",
        "no redistribution",
        "not open source",
    ];
    let word = lower.trim_end_matches('.').trim_start_matches('(').trim_end_matches(')');
    exact.contains(&word)
        || [
            "proprietary",
            "all rights reserved",
            "all_rights_reserved",
            "allrightsreserved",
            "do not upload",
            "confidential",
            "do not distribute",
        ]
        .iter()
        .any(|mark| lower.contains(mark))
}
