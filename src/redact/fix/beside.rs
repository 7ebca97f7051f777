// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files that speak for others: `.license` files, `REUSE.toml` and NOTICE.

use super::header::{HOLDER, TAG};
use crate::domain::RepoPath;

/// Returns what stands in a `.license` file.
pub(super) fn sidecar(licence: &str, copyright: Option<&str>) -> String {
    let holder = copyright.map_or(String::new(), |text| format!("{HOLDER} {text}\n\n"));
    format!("{holder}{TAG} {licence}\n")
}

/// Returns `REUSE.toml`, `before` if it is there, with an entry for `paths`.
///
/// # Errors
/// When what is there is no TOML, or the entry would make it none.
pub(super) fn annotated(
    before: Option<&str>,
    paths: &[String],
    (licence, copyright): (&str, Option<&str>),
) -> Result<String, String> {
    let mut out = match before {
        Some(text) => {
            text.parse::<toml::Table>().map_err(|_| "REUSE.toml is no TOML: mend it first")?;
            text.trim_end().to_owned() + "\n"
        }
        None => "version = 1\n".into(),
    };
    let quote = |text: &str| toml::Value::String(text.into()).to_string();
    let paths: Vec<String> = paths.iter().map(|path| quote(path)).collect();
    let path = match paths.as_slice() {
        [one] => one.clone(),
        many => format!("[\n    {},\n]", many.join(",\n    ")),
    };
    out.push_str(&format!("\n[[annotations]]\npath = {path}\n"));
    if let Some(copyright) = copyright {
        let key = HOLDER.trim_end_matches(':');
        out.push_str(&format!("{key} = {}\n", quote(copyright)));
    }
    out.push_str(&format!("{} = {}\n", TAG.trim_end_matches(':'), quote(licence)));
    match out.parse::<toml::Table>() {
        Ok(_) => Ok(out),
        Err(_) => Err("REUSE.toml could not be read with the entry: write it by hand".into()),
    }
}

/// Returns the glob of `REUSE.toml` that means the path and nothing else.
pub(super) fn glob(path: &RepoPath, directory: bool) -> String {
    let path = String::from_utf8_lossy(path.as_bytes()).replace('\\', "\\\\").replace('*', "\\*");
    if directory { format!("{path}/**") } else { path }
}

/// Names under which notices of other people's work are kept, the usual one first.
pub(super) const NOTICES: [&str; 6] = [
    "NOTICE",
    "NOTICE.txt",
    "NOTICE.md",
    "THIRD-PARTY-NOTICES",
    "THIRD-PARTY-NOTICES.txt",
    "THIRD_PARTY_NOTICES.md",
];

/// Returns the NOTICE file, `before` if it is there, with the lines of `notice` that it lacks.
/// Nothing comes back if it has them all.
pub(super) fn noticed(before: Option<&str>, from: &RepoPath, notice: &str) -> Option<String> {
    let before = before.unwrap_or("");
    let known: Vec<&str> = before.lines().map(str::trim).collect();
    let lacks =
        notice.lines().map(str::trim).any(|line| !line.is_empty() && !known.contains(&line));
    if !lacks {
        return None;
    }
    let mut out = before.trim_end().to_owned();
    if !out.is_empty() {
        out.push_str("\n\n");
    }
    let dir = from.parent();
    out.push_str(&format!("This product includes what is in {dir}/, with this notice:\n\n"));
    out.push_str(notice.trim_matches('\n'));
    out.push('\n');
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{annotated, glob, noticed, sidecar};
    use crate::domain::RepoPath;

    #[test]
    fn reuse_reads_what_is_written() {
        let says = ("MIT", Some("2026 \"Us\""));
        let one = annotated(None, &["a.png".into()], says).expect("TOML");
        assert!(one.starts_with("version = 1\n\n[[annotations]]\npath = \"a.png\"\n"), "{one}");
        let two = annotated(Some(&one), &["b\\*".into(), "c/**".into()], ("CC0-1.0", None));
        let table: toml::Table = two.expect("TOML").parse().expect("TOML");
        let all = table["annotations"].as_array().expect("entries");
        assert_eq!(all.len(), 2);
        assert_eq!(all[0]["SPDX-FileCopyrightText"].as_str(), says.1);
        assert_eq!(all[1]["path"][0].as_str(), Some("b\\*"));
        assert!(annotated(Some("= ="), &["a".into()], says).is_err());
        assert_eq!(glob(&RepoPath::new(b"a/*b"), true), "a/\\*b/**");
        assert!(sidecar("MIT", None).ends_with(": MIT\n"));
    }

    #[test]
    fn a_notice_is_added_once() {
        let from = RepoPath::new(b"vendor/x/NOTICE");
        let one = noticed(Some("Ours\n"), &from, "Theirs\nAnd more\n").expect("added");
        assert!(one.starts_with("Ours\n\nThis product includes what is in vendor/x/"), "{one}");
        assert!(one.ends_with("\nTheirs\nAnd more\n"));
        assert_eq!(noticed(Some(&one), &from, "Theirs\n\nAnd more"), None);
    }
}
