// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files of translated texts: what stands beside `password` there is the word for one.

use crate::domain::RepoPath;

/// Folders of translations.
const FOLDERS: [&[u8]; 12] = [
    b"i18n",
    b"intl",
    b"l10n",
    b"lang",
    b"langs",
    b"language",
    b"languages",
    b"locale",
    b"locales",
    b"localization",
    b"translation",
    b"translations",
];

/// What texts are kept in; in code below such a folder a literal is one.
const KEPT_IN: [&str; 9] = ["ini", "json", "php", "properties", "rb", "toml", "ts", "yaml", "yml"];

/// Formats that hold nothing but translated texts.
const FORMATS: [&str; 9] =
    ["arb", "ftl", "lang", "po", "pot", "strings", "stringsdict", "xlf", "xliff"];

/// Returns whether `path` is that of a file of translated texts.
pub(in crate::scan) fn is_locale(path: &RepoPath) -> bool {
    let lower = path.as_bytes().to_ascii_lowercase();
    let extension = path.extension();
    if FORMATS.contains(&&*extension) {
        return true;
    }
    let mut parts = lower.split(|b| *b == b'/').rev();
    let name = parts.next().unwrap_or_default();
    // `values-de/strings.xml`, as Android has them.
    if name == b"strings.xml" {
        return true;
    }
    let kept = KEPT_IN.contains(&&*extension) || extension == "js";
    kept && parts.any(|dir| FOLDERS.contains(&dir))
}

#[cfg(test)]
mod tests {
    use super::is_locale;
    use crate::domain::RepoPath;

    #[test]
    fn translations_are_known_by_their_place() {
        let is = |path: &str| is_locale(&RepoPath::new(path.as_bytes()));
        for path in [
            "lang/eu/auth.php",
            "app/i18n/locales/fi.json",
            "config/locales/de.yml",
            "res/values-fr/strings.xml",
            "po/sv.po",
        ] {
            assert!(is(path), "{path}");
        }
        for path in ["internal/lang/funcs/crypto.go", "config/app.yml", "lang.json"] {
            assert!(!is(path), "{path}");
        }
    }
}
