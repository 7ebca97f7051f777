// SPDX-License-Identifier: MIT OR Apache-2.0
//! The pattern of a credential that only the name beside it gives away.
//!
//! A rule says which `names` and which `body`; how languages and formats put a value beside a
//! name is the same for all of them and stands here, once.

use super::Rule;

/// What may end a name that goes on behind the part that the rule knows, as in `API_KEY_PROD`.
const TAIL: &str = r"[\w-]{0,16}";

/// What stands between a name and its value. In this order: what ends the name (`key`, `'key']`,
/// `\"key\"`, `key[33]`), a type as in `key: String =`, what assigns, compares or passes, a call
/// around the value, a scheme as in headers, and what opens the value. Hardly anything is counted:
/// a machine that counts is large, and a window is small.
const GLUE: &str = concat!(
    r#"\\*["'\x60]?(?:\[[0-9]*)?[)\]}]*[^\S\n]*"#,
    r"(?::[^\S\n]*[\w.&<>\[\]?\x27]+[^\S\n]*=|=>|[:?]=|={1,3}|!=|:|,|\|\||\?\?|\?:|<-|\(|>",
    // A property with its accessors, what a look-up falls back to, and prose.
    r"|\{[^\S\n]*(?:get|set|init)[^{}\n]{0,60}\}[^\S\n]*=",
    r"|\.(?:unwrap_or|or_?else|get_?or_?else|or_?default)\w*\(|(?:is|to|was|as):?[^\S\n])?",
    r"[^\S\n]*(?:!!?\w+[^\S\n]+)?",
    r"(?:[A-Za-z][\w.:]*\(|\[\s*)?",
    r#"\\*(?:[bBuUrRfFN@]?["'\x60])?(?:<!\[CDATA\[)?"#,
    r"(?:(?i:bearer|token|basic|apikey|key)[ =:]{1,2})?",
);

/// What stands there when the name is a value itself: `"name": "KEY", "value": "v"`,
/// `<key>KEY</key> <string>v`, `variable "KEY" { default = "v"`.
const SIBLING: &str = concat!(
    r#"\\*["'\x60]?(?:[\s,;{/]*"#,
    // What else is said of it first: `type = string`, `"secure": true`.
    r#"(?:\\*["'\x60]?\w{2,}\\*["'\x60]?\s*[:=]\s*(?:"[^"\n]{0,100}"|[\w.()]+)"#,
    r#"[\s,;]+){0,3}\\*["'\x60]?"#,
    r#"(?i:(?:parameter_?)?value|val|string|default|content|text)\\*["'\x60]?\s*[:=>]\s*"#,
    r"|</\w+>\s*<\w+>)",
    r#"\\*["'\x60]?"#,
);

impl Rule {
    /// Returns whether only the name beside the value gives it away.
    #[must_use]
    pub fn is_beside(&self) -> bool {
        self.body.is_some()
    }
}

/// Returns the pattern that finds a value shaped like `body` beside one of `names`, both regular
/// expressions, the names without regard to case. The value is the group `v`.
pub(super) fn pattern(names: &[String], body: &str) -> String {
    let names = any_of(names);
    format!("{names}(?P<tail>{TAIL})(?:{GLUE}|{SIBLING})(?P<v>{body})")
}

/// Returns the pattern of one of `names`.
pub(super) fn any_of(names: &[String]) -> String {
    // In prose, spaces stand between the words of a name.
    let names = names.join("|").replace("[_.-]", "[_. -]").replace(r"[\w.-]", r"[\w. -]");
    format!("(?i:{names})")
}

/// What a name is about that ends with one of these: `API_KEY_ID`, `tokenHash`, `secret-name`.
const ABOUT: &[&str] = &[
    "id",
    "ids",
    "name",
    "names",
    "file",
    "path",
    "dir",
    "url",
    "uri",
    "hash",
    "checksum",
    "digest",
    "md5",
    "sha",
    "sha1",
    "sha256",
    "sum",
    "commit",
    "fingerprint",
    "type",
    "length",
    "count",
    "version",
    "expires",
    "expiry",
    "ttl",
    "date",
    "ref",
    "label",
    "header",
    "param",
    "field",
    "prefix",
    "regex",
    "pattern",
    "public",
    "pub",
    "pubkey",
];

/// What the part of a name that a rule knows is about as well, when a sum of the thing stands there.
const SUMS: &[&str] = &["checksum", "digest", "md5", "sha1", "sha256", "sum"];

/// Returns whether a name is about something else than the secret that a rule looks for: by what
/// follows the part that the rule knows, or because that part says that it is public.
#[must_use]
pub fn is_about_else(known: &[u8], tail: &[u8]) -> bool {
    let public = known.to_ascii_lowercase().windows(6).any(|part| part == b"public");
    let sum = || {
        tail.is_empty() && last_word(known.trim_ascii()).is_some_and(|w| SUMS.contains(&w.as_str()))
    };
    public || sum() || last_word(tail).is_some_and(|word| ABOUT.contains(&word.as_str()))
}

/// Returns the last word of a name: behind a sign, or from its last capital on.
fn last_word(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let part = name.rsplit(['_', '-']).next()?;
    let capital = part.char_indices().rev().find(|(at, c)| {
        c.is_ascii_uppercase() && part[..*at].ends_with(|c: char| !c.is_ascii_uppercase())
    });
    let word = capital.map_or(part, |(at, _)| &part[at..]);
    Some(word.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use regex::bytes::RegexBuilder;

    use super::{is_about_else, pattern};
    use crate::rules::RuleSet;

    fn value(line: &str) -> Option<String> {
        let names = vec![r"acme[\w.-]{0,6}[_.-]?key".to_owned(), "x-acme-key".to_owned()];
        let pattern = RegexBuilder::new(&pattern(&names, "[0-9a-f]{32}")).unicode(false).build();
        let pattern = pattern.unwrap_or_else(|error| panic!("{error}"));
        let caps = pattern.captures(line.as_bytes())?;
        caps.name("v").map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned())
    }

    #[test]
    fn values_stand_beside_names_in_many_ways() {
        let body = "0123456789abcdef".repeat(2);
        for line in [
            "acme_key: V",
            "acme.key=V",
            "ACME_API_KEY_PROD = 'V'",
            "export ACME_API_KEY=\"V\"",
            "ENV ACME_API_KEY V",
            "run --acme-key V",
            "\"acmeKey\": \"V\",",
            "'acme-key' => 'V',",
            "\"{\\\"acme_key\\\": \\\"V\\\"}\"",
            "x['acme_key'] = u'V'",
            "os.environ.get('ACME_KEY', 'V')",
            "define('ACME_KEY', 'V');",
            "process.env.ACME_KEY || 'V'",
            "acmeKey := \"V\"",
            "let acme_key: &str = \"V\";",
            "val acmeKey: String = \"V\"",
            "public string AcmeKey { get; set; } = \"V\";",
            "The `ACME_KEY` is `V`.",
            "ParameterKey=AcmeKey,parameter_value=V",
            "acme_keys = [\"V\"]",
            "client.setAcmeKey(\"V\")",
            "acme_key = SecretStr(\"V\")",
            "<acme-key>V</acme-key>",
            "<add key=\"AcmeKey\" value=\"V\"/>",
            "<key>AcmeKey</key><string>V</string>",
            "{\"name\": \"ACME_KEY\", \"value\": \"V\"}",
            "- name: ACME_KEY\n  value: V",
            "variable \"acme_key\" { default = \"V\" }",
            "curl -H 'X-Acme-Key: V'",
            "curl -H 'X-Acme-Key: Token V'",
            "https://api.acme.example/?acme_key=V",
            "acme_key == \"V\"",
            "variable \"acme_key\" {\n  type = string\n  default = \"V\"\n}",
            "{\"name\": \"ACME_KEY\", \"secure\": true, \"value\": \"V\"}",
            "public string AcmeKey { get; set; } = \"V\";",
            "env::var(\"ACME_KEY\").unwrap_or(\"V\".into())",
            "the acme api key is `V`",
            "acme_key: !!str V",
            "Acme key V",
        ] {
            let line = line.replace("Acme key V", "acme-key V").replace('V', &body);
            assert_eq!(value(&line), Some(body.clone()), "{line}");
        }
    }

    #[test]
    fn a_pack_says_names_and_body_together() {
        let pack = |rest: &str| {
            let head = "id = \"sensitive/acme\"\nclass = \"credential\"\nseverity = \"high\"\n\
                title = \"t\"\nwhy = \"w\"\nremedy = \"r\"\nkeywords = [\"acme\"]\n";
            RuleSet::read(&[("p.toml", &format!("[[rule]]\n{head}{rest}"))])
        };
        let Ok(rules) = pack("names = [\"acme_key\"]\nbody = \"[0-9a-f]{32}\"\n") else {
            panic!("a rule")
        };
        assert!(rules.compile_all().is_ok());
        for rest in [
            "names = [\"acme_key\"]\n",
            "body = \"[0-9a-f]{32}\"\n",
            "names = [\"acme_key\"]\nbody = \"[0-9a-f]{32}\"\npattern = \"acme\"\n",
        ] {
            assert!(pack(rest).is_err(), "{rest}");
        }
    }

    #[test]
    fn a_name_may_be_about_something_else() {
        for tail in ["_ID", "Id", "-name", "_hash", "Sha256", "_PROD_FILE", "File"] {
            assert!(is_about_else(b"API_KEY", tail.as_bytes()), "{tail}");
        }
        for tail in ["", "_PROD", "2", "Production", "_live", "s", "_SECRET", "Valid"] {
            assert!(!is_about_else(b"API_KEY", tail.as_bytes()), "{tail}");
        }
        assert!(is_about_else(b"acme_public_key", b""));
        assert!(is_about_else(b"acmeDriverChecksum ", b"") && !is_about_else(b"acmeDriver", b""));
    }

    #[test]
    fn other_names_and_shorter_values_are_left_alone() {
        let body = "0123456789abcdef".repeat(2);
        for line in ["other_key: V", "acme_key: ${V}", "acme_key is not V"] {
            assert_eq!(value(&line.replace('V', &body)), None, "{line}");
        }
        assert_eq!(value(&format!("acme_key: {}", &body[..31])), None);
    }
}
