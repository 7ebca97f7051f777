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

/// Formats that hold nothing but translated texts, or texts beside pictures.
const FORMATS: [&str; 10] =
    ["arb", "ftl", "lang", "po", "pot", "resw", "strings", "stringsdict", "xlf", "xliff"];

/// What files of texts are called, before the language: `messages_de.properties`, `app-texts.fr.json`.
const NAMES: [&str; 11] = [
    "bundle",
    "caption",
    "i18n",
    "label",
    "lang",
    "locale",
    "message",
    "resources",
    "string",
    "text",
    "translation",
];

/// The languages that texts are translated to most, as two letters.
const LANGUAGES: &str = "af ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it \
ja ka kk km kn ko lt lv mk ml mn mr ms nb ne nl nn no pa pl pt ro ru sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh";

/// What a password is called in languages that are written in ASCII.
const PASSWORDS: [&[u8]; 34] = [
    b"adgangskode",
    b"clave",
    b"codigo",
    b"contrasena",
    b"contrasenya",
    b"contrasinal",
    b"geslo",
    b"haslo",
    b"heslo",
    b"jelszo",
    b"kata sandi",
    b"katasandi",
    b"kennwort",
    b"kodeord",
    b"kodesana",
    b"lozinka",
    b"lozenka",
    b"mot de passe",
    b"motdepasse",
    b"palavra-passe",
    b"parol",
    b"parola",
    b"parole",
    b"parool",
    b"pasahitza",
    b"passord",
    b"passwort",
    b"salasana",
    b"sandi",
    b"senha",
    b"sifra",
    b"sifre",
    b"wachtwoord",
    b"zaporka",
];

/// Returns whether `path` is that of a file of translated texts.
pub(in crate::scan) fn is_locale(path: &RepoPath) -> bool {
    let lower = path.as_bytes().to_ascii_lowercase();
    // A server hands out what is packed beside it.
    let packed = lower.strip_suffix(b".gz").or(lower.strip_suffix(b".br"));
    if let Some(bare) = packed {
        return is_locale(&RepoPath::new(bare));
    }
    let extension = path.extension();
    if FORMATS.contains(&&*extension) {
        return true;
    }
    let mut parts = lower.split(|b| *b == b'/').rev();
    let name = parts.next().unwrap_or_default();
    // `values-de/strings.xml`, as Android has them.
    if name == b"strings.xml" || has_language(name) {
        return true;
    }
    let kept = KEPT_IN.contains(&&*extension) || matches!(&*extension, "js" | "lua");
    kept && parts.any(|dir| FOLDERS.contains(&dir.strip_prefix(b"_").unwrap_or(dir)))
}

/// Returns whether `path` is that of what a service runs tests by.
pub(in crate::scan) fn is_pipeline(path: &RepoPath) -> bool {
    let lower = path.as_bytes().to_ascii_lowercase();
    let name = lower.rsplit(|b| *b == b'/').next().unwrap_or_default();
    let names: [&[u8]; 5] = [
        b".gitlab-ci.yml",
        b".travis.yml",
        b".drone.yml",
        b"azure-pipelines.yml",
        b"bitbucket-pipelines.yml",
    ];
    names.contains(&name)
        || [b".github/workflows/".as_slice(), b".gitea/workflows/", b".circleci/"]
            .iter()
            .any(|dir| memchr::memmem::find(&lower, dir).is_some())
}

/// `messages_de.properties`, `Resources.pt-BR.resx`: whether a file of texts is called after its
/// language.
fn has_language(name: &[u8]) -> bool {
    let Ok(name) = std::str::from_utf8(name) else { return false };
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    // `conf/messages.de`, as one framework has them.
    if stem == "messages" && is_language(extension) {
        return true;
    }
    let kept = KEPT_IN.contains(&extension) || matches!(extension, "csv" | "js" | "lua" | "resx");
    let bundle = extension == "properties" && stem.ends_with("messages");
    let tail = |count| stem.rsplitn(count, ['_', '-', '.']).collect::<Vec<_>>();
    let named = |head: &str| NAMES.iter().any(|word| head.contains(word));
    kept && (bundle
        || matches!(tail(2)[..], [last, head] if is_language(last) && named(head))
        || matches!(tail(3)[..], [_, last, head] if is_language(last) && named(head)))
}

fn is_language(code: &str) -> bool {
    code.len() == 2 && LANGUAGES.split(' ').any(|known| known == code)
}

/// Whether a value is what people read beside the field of a password: the word for one, or
/// letters of another alphabet that the file writes as escapes, `Jelsz\u00f3`, `Passw&ouml;rd`.
pub(super) fn is_label(value: &[u8]) -> bool {
    PASSWORDS.iter().any(|word| word.eq_ignore_ascii_case(value)) || is_escaped(value)
}

fn is_escaped(value: &[u8]) -> bool {
    let plain = |text: &[u8]| text.iter().all(|b| b.is_ascii_alphabetic() || b" -'?!".contains(b));
    let mut parts = value.split(|b| *b == b'\\');
    let before = parts.next().is_some_and(plain);
    let mut count = 0;
    let letters = parts.all(|part| {
        count += 1;
        let code = part.strip_prefix(b"u").and_then(|code| code.split_at_checked(4));
        code.is_some_and(|(code, rest)| {
            let ascii = code.starts_with(b"00") && code[2] < b'8';
            code.iter().all(u8::is_ascii_hexdigit) && !ascii && plain(rest)
        })
    });
    if count > 0 {
        return before && letters;
    }
    let entity = |part: &[u8]| {
        memchr::memchr(b';', part).is_some_and(|end| {
            (2..=8).contains(&end) && plain(&part[..end]) && plain(&part[end + 1..])
        })
    };
    let mut parts = value.split(|b| *b == b'&');
    parts.next().is_some_and(plain) && memchr::memchr(b'&', value).is_some() && parts.all(entity)
}

#[cfg(test)]
mod tests {
    use super::{is_label, is_locale};
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
            "src/main/resources/messages_de.properties",
            "src/main/resources/messages.properties",
            "conf/messages.hu",
            "Properties/Resources.pt-BR.resx",
            "app/texts.eu.json",
            "_locales/nl/messages.json",
            "i18n/fi.lua",
            "static/translations/fi-3b1f.json.gz",
            "assets/locale/locale.constant-fi_FI.json",
        ] {
            assert!(is(path), "{path}");
        }
        for path in [
            "internal/lang/funcs/crypto.go",
            "config/app.yml",
            "lang.json",
            "config/messages.prod.yml",
            "deploy/db_de.properties",
            "Properties/Settings.resx",
        ] {
            assert!(!is(path), "{path}");
        }
    }
    #[test]
    fn words_for_a_password_are_labels() {
        for value in ["Passwort", "Salasana", "Jelsz\\u00f3", "Contrase&ntilde;a", "\\u5bc6\\u7801"]
        {
            assert!(is_label(value.as_bytes()), "{value}");
        }
        for value in
            ["Passwort1", "Salasana!7", "q7\\u00f3x9", "ab\\u0026cd", "a\\u00", "x&y;", "a&b"]
        {
            assert!(!is_label(value.as_bytes()), "{value}");
        }
    }
}
