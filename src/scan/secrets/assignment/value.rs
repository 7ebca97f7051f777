// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether an assigned value is a secret.

use memchr::memmem;

use super::{
    Promise,
    filter::{hides_placeholder, is_elsewhere, is_handed_out},
    key,
    shape::{Found, in_comment},
    words::SETTINGS,
};
use crate::{
    domain::{FileKind, PathClass, remark},
    scan::{
        View,
        secrets::{chars, is_placeholder, is_worn, locale, weak},
    },
};

/// What is thought of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A secret.
    Strong,
    /// Perhaps one, with the reason for the doubt.
    Weak(&'static str),
    /// What everybody tries first.
    Default(&'static str),
}

/// Bytes of a line that no person writes.
const MINIFIED: usize = 1000;

/// The name of a user stands so close before it.
const NAME_AWAY: usize = 40;
/// So many times a value is looked at where it stands again.
const MOST_TIMES: usize = 32;

/// What a password is called that hardly resists guessing.
pub(super) const SIMPLE: &str = "short or simple: a default or a test value?";

/// What names an application to a service is called.
const CONSUMER: &str = "it names an application: its secret, if it has one, stands beside it";

/// What a salt is called.
const SALT: &str = "a salt: it protects stored passwords";

/// Judges a value under the name `key`.
pub(super) fn judge(
    view: &View<'_>,
    key: &[u8],
    promise: Promise,
    found: &Found,
) -> Option<Verdict> {
    let value = &view.text[found.span.clone()];
    if !view.facts.locale && is_known(view, key, promise, found) {
        // A service of a test run, gone when the run ends, takes any password.
        return (!view.facts.ci).then_some(Verdict::Default(remark::KNOWN_DEFAULT));
    }
    if is_set(view, key, found) && is_worn(value) {
        return Some(Verdict::Default(weak::WORN));
    }
    if value.len() < least(view, key, promise, found) || stands_for_another(key, value) {
        return None;
    }
    // Without quotes, a word of a comment in code is mostly a type or a part of a sentence.
    if !found.quoted
        && view.kind == FileKind::Code
        && !is_mixed(value)
        && in_comment(view, found.span.start)
    {
        return None;
    }
    // Beside `password` in a file of translations stands the word for one.
    if view.facts.locale && !is_strange(value) {
        return None;
    }
    // Text of people in a language that is not written in ASCII is a label.
    if !value.is_ascii() && kinds(value) < 3 {
        return None;
    }
    let names = value.iter().all(|b| b.is_ascii_alphabetic() || b"_-".contains(b));
    if found.listed && names && !chars::looks_drawn(value) {
        return None;
    }
    if value.eq_ignore_ascii_case(key) {
        // `DB_PASS=db_pass`: in settings perhaps what everybody tries, in code a name.
        let settings = matches!(view.kind, FileKind::Shell | FileKind::Config | FileKind::Other);
        let chosen = settings && promise == Promise::Password && !found.quoted;
        return chosen.then_some(Verdict::Default("the same as its name"));
    }
    let verdict = match promise {
        Promise::Secret => secret(value).or_else(|| chosen(key, value)),
        Promise::Password => password(view.kind, value, found.quoted).or_else(|| {
            (found.quoted && key::is_exact(key) && speaks(view, value))
                .then_some(Verdict::Weak(weak::WORD))
        }),
    }?;
    if promise == Promise::Password && is_user_name(view, found) {
        return Some(Verdict::Default(weak::USER_NAME));
    }
    if is_minified(view, found.span.start) {
        return chars::looks_random(value).then_some(Verdict::Default("in minified code"));
    }
    if promise == Promise::Secret && key::is_consumer(key) {
        return Some(Verdict::Weak(CONSUMER));
    }
    Some(match key::is_salt(key) {
        // Frameworks for PHP sign with what they call so; elsewhere it stands beside a hash.
        true if found.quoted
            && key.eq_ignore_ascii_case(b"salt")
            && view.facts.extension != "php" =>
        {
            Verdict::Default(SALT)
        }
        true => Verdict::Weak(SALT),
        false => verdict,
    })
}

/// Whether a value is no text of people, in whatever language.
pub(super) fn is_strange(value: &[u8]) -> bool {
    value.is_ascii()
        && chars::looks_random(value)
        && chars::word_letters(value) * 10 < value.len() * 4
}

/// Whether the value only says where the secret is, or what it would look like.
fn stands_for_another(key: &[u8], value: &[u8]) -> bool {
    value == key
        || is_bound(key, value)
        || is_placeholder(value)
        || is_elsewhere(value)
        || hides_placeholder(value)
        || is_handed_out(key, value)
        || locale::is_label(value)
}

/// `[MasterPassword] = @MasterPassword`, `password = :password_hash`: what a statement binds later.
/// A password may begin so as well, but is hardly called like what it stands behind.
fn is_bound(key: &[u8], value: &[u8]) -> bool {
    let [b'@' | b':', name @ ..] = value else { return false };
    name.eq_ignore_ascii_case(key)
        || !name.is_empty()
            && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_')
            && key::promise(name).is_some()
}

/// Whether settings in use set a password there.
fn is_set(view: &View<'_>, key: &[u8], found: &Found) -> bool {
    matches!(view.kind, FileKind::Config | FileKind::Shell)
        && view.class == PathClass::Normal
        && !view.facts.locale
        && !view.facts.ci
        && !found.listed
        && key::is_exact(key)
        && !in_comment(view, found.span.start)
}

/// Returns how long a value under the name must be. A shorter one is told by the user's name.
fn least(view: &View<'_>, key: &[u8], promise: Promise, found: &Found) -> usize {
    let plain = matches!(&*key.to_ascii_lowercase(), b"password" | b"passwd" | b"pass");
    let settings = matches!(view.kind, FileKind::Config | FileKind::Shell);
    let short = (4..6).contains(&found.span.len()) && settings && promise == Promise::Password;
    if plain || short && is_user_name(view, found) { 4 } else { 6 }
}

/// Whether software comes with this value, and it is set here: in settings, or as a literal of
/// code that is no test.
fn is_known(view: &View<'_>, key: &[u8], promise: Promise, found: &Found) -> bool {
    let value = &view.text[found.span.clone()];
    if promise == Promise::Secret {
        return value == weak::SESSION_DEFAULT;
    }
    let set = match view.kind {
        FileKind::Config | FileKind::Shell => !found.listed,
        FileKind::Code => found.quoted && key::is_exact(key) && view.class == PathClass::Normal,
        FileKind::Other => found.quoted && !found.listed,
        FileKind::Prose => false,
    };
    set && weak::is_default(value)
}

/// Whether nobody would write it but as a password or a token.
fn is_mixed(value: &[u8]) -> bool {
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    value.len() >= 8
        && (chars::looks_random(value)
            || digits >= 2 && kinds(value) >= 3
            || digits >= 8 && chars::looks_drawn(value))
}

/// Whether a person chose this secret, as people choose passwords.
fn chosen(key: &[u8], value: &[u8]) -> Option<Verdict> {
    let says = [b"secret".as_slice(), b"token", b"key"];
    let lower = value.to_ascii_lowercase();
    let told = says.iter().any(|word| memmem::find(&lower, word).is_some());
    let printable = value.iter().all(u8::is_ascii_graphic);
    (key::is_chosen(key) && value.len() >= 8 && printable && !told && kinds(value) >= 3)
        .then_some(Verdict::Weak("chosen by hand, as it seems"))
}

/// Whether a literal of letters may be a password in code: no label, type or name of a variable.
fn speaks(view: &View<'_>, value: &[u8]) -> bool {
    let lower = String::from_utf8_lossy(value).to_ascii_lowercase();
    let about = ["pass", "pwd", "secret", "token", "key", "cred", "vault", "auth", "prompt"];
    let word = |b: &u8| b.is_ascii_alphanumeric() || b"_-".contains(b);
    matches!(view.kind, FileKind::Code | FileKind::Config | FileKind::Shell)
        && (6..=40).contains(&value.len())
        && value.iter().all(word)
        && !is_constant(value)
        && !SETTINGS.contains(&&*lower)
        && !about.iter().any(|word| lower.contains(word))
}

/// Whether a name of a user, on the same line or close to it, is the same as the value.
fn is_user_name(view: &View<'_>, found: &Found) -> bool {
    let value = &view.text[found.span.clone()];
    let near = view.lines(found.span.start, 3, 2);
    let edge = |at: Option<usize>| {
        !at.and_then(|i| view.text.get(i))
            .is_some_and(|b| b.is_ascii_alphanumeric() || b"_-".contains(b))
    };
    // On a line as long as a file it may stand everywhere.
    memmem::find_iter(&view.text[near.clone()], value).take(MOST_TIMES).any(|at| {
        let at = near.start + at;
        let low = at.saturating_sub(NAME_AWAY);
        let start = memchr::memrchr(b'\n', &view.text[low..at]).map_or(low, |i| low + i + 1);
        let head = || view.text[start..at].to_ascii_lowercase();
        let named = |head: Vec<u8>| {
            let words = ["user", "login", "role", "account"];
            words.iter().any(|word| memmem::find(&head, word.as_bytes()).is_some())
        };
        at != found.span.start
            && edge(at.checked_sub(1))
            && edge(Some(at + value.len()))
            && named(head())
    })
}

/// Whether the place lies in a bundle: a script or style sheet on very long lines.
fn is_minified(view: &View<'_>, at: usize) -> bool {
    matches!(view.facts.extension.as_str(), "js" | "mjs" | "cjs" | "css")
        && view.line(at).len() > MINIFIED
}

fn secret(value: &[u8]) -> Option<Verdict> {
    let lower = value.to_ascii_lowercase();
    // A value that says what it is, is a name: `api-token-v2`.
    let says = [b"secret".as_slice(), b"token", b"passw", b"credential"];
    if is_constant(value)
        || is_slug(value)
        || says.iter().any(|word| memmem::find(&lower, word).is_some())
    {
        return None;
    }
    let token = |b: &u8| b.is_ascii_alphanumeric() || b"+/=_.~!@#$%^&*:-".contains(b);
    (value.len() >= 10 && value.iter().all(token) && chars::looks_drawn(value))
        .then_some(Verdict::Strong)
}

fn password(kind: FileKind, value: &[u8], quoted: bool) -> Option<Verdict> {
    if value.iter().any(u8::is_ascii_whitespace) {
        return None;
    }
    let mixed = kinds(value);
    let strong = chars::looks_random(value) || mixed >= 3;
    let letters = value.iter().all(|b| b.is_ascii_alphabetic() || b"_-".contains(b));
    if kind == FileKind::Prose && weak::is_spelled(value) {
        return None;
    }
    if kind == FileKind::Prose || kind == FileKind::Other && !quoted {
        let verdict = if weak::is_told(value) { Verdict::Weak(SIMPLE) } else { Verdict::Strong };
        return (strong && !letters).then_some(verdict);
    }
    if is_constant(value) {
        return None;
    }
    if strong && !letters {
        return Some(if weak::is_told(value) { Verdict::Weak(SIMPLE) } else { Verdict::Strong });
    }
    if !letters {
        return (mixed >= 2 || value.len() >= 8).then_some(Verdict::Weak(SIMPLE));
    }
    // Words alone: in code they are labels and names, in settings perhaps a weak password.
    let lower = String::from_utf8_lossy(value).to_ascii_lowercase();
    let speaks = ["pass", "pwd", "secret", "token", "key", "cred", "vault", "auth"];
    let named = SETTINGS.contains(&&*lower) || speaks.iter().any(|word| lower.contains(word));
    (matches!(kind, FileKind::Config | FileKind::Shell) && !named && value.len() <= 40)
        .then_some(Verdict::Weak(weak::WORD))
}

/// Returns how many kinds of characters are in `value`: small and capital letters, digits, signs
/// that no name or path has.
pub(super) fn kinds(value: &[u8]) -> usize {
    let has = |test: fn(&u8) -> bool| usize::from(value.iter().any(test));
    has(u8::is_ascii_lowercase)
        + has(u8::is_ascii_uppercase)
        + has(u8::is_ascii_digit)
        + has(|b| b.is_ascii_punctuation() && !b"_-.:/".contains(b))
}

/// `etcd-cluster-k8s`, `cs_test_123`: small words with signs between them and hardly a digit, or
/// but one short number that stands apart.
fn is_slug(value: &[u8]) -> bool {
    let parts = || value.split(|b| b"-_.".contains(b));
    let small = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let number = |part: &&[u8]| part.iter().all(u8::is_ascii_digit);
    let last = parts().next_back().filter(number).map_or(0, <[u8]>::len);
    (digits <= 2 || digits == last && digits <= 4)
        && value.len() <= 40
        && parts().count() >= if digits <= 1 { 2 } else { 3 }
        && parts().all(|part| (1..=10).contains(&part.len()) && part.iter().all(small))
}

/// `NAME_OF_A_SETTING`: the value names a variable.
pub(super) fn is_constant(value: &[u8]) -> bool {
    let value = value.strip_prefix(b"@").unwrap_or(value);
    let upper = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b"_:".contains(b);
    value.iter().all(upper)
        && value.iter().any(|b| b"_:".contains(b))
        && chars::word_letters(value) * 2 > value.len()
}

#[cfg(test)]
mod tests {
    use super::{Promise, Verdict, judge};
    use crate::{
        domain::RepoPath,
        scan::{PathFacts, View, secrets::assignment::shape},
    };

    /// Returns the verdict on the value of the first name in `line` of a file called `path`.
    fn verdict(path: &str, name: &str, line: &str, promise: Promise) -> Option<Verdict> {
        let path = RepoPath::new(path.as_bytes());
        let facts = PathFacts::of(&path);
        let view = View::new(&facts, line.as_bytes());
        let start = line.find(name)?;
        let range = start..start + name.len();
        judge(&view, name.as_bytes(), promise, &shape::value_after(&view, &range)?)
    }

    #[test]
    fn shapes_of_many_languages() {
        let pw = ["Zomer", "2019x!"].concat();
        for (path, line) in [
            ("a.yml", "password: PW"),
            ("a.yml", "password: 'PW' # note"),
            ("a.yml", "- name: password\n  value: PW"),
            ("a.yml", "password: |\n  PW\n"),
            ("a.json", "{\"password\": \"PW\"}"),
            ("a.json", "\"{\\\"password\\\": \\\"PW\\\"}\""),
            ("a.json", "{\"name\": \"password\", \"value\": \"PW\"}"),
            ("a.ini", "password = PW"),
            ("a.tf", "password = \"PW\""),
            ("a.sh", "export password=PW; run"),
            ("Dockerfile", "ENV password PW"),
            ("a.php", "define('password', 'PW');"),
            ("a.php", "'password' => 'PW',"),
            ("a.py", "x['password'] = u'PW'"),
            ("a.py", "os.environ.get('password', 'PW')"),
            ("a.rb", ":password => 'PW'"),
            ("a.js", "const password = process.env.password || 'PW'"),
            ("a.go", "password := \"PW\""),
            ("a.java", "String password = \"PW\";"),
            ("a.kt", "val password: String = \"PW\""),
            ("a.xml", "<password>PW</password>"),
            ("a.xml", "<add key=\"password\" value=\"PW\"/>"),
            ("a.pp", "password => 'PW',"),
            ("a.py", "if password == 'PW':"),
            ("a.sh", "curl https://x/?password=PW&y=1"),
        ] {
            let line = line.replace("PW", &pw);
            // In this one the second occurrence of the name has the default behind it.
            let line = line.trim_start_matches("const password = ");
            assert!(verdict(path, "password", line, Promise::Password).is_some(), "{path}: {line}");
        }
    }

    #[test]
    fn what_is_no_literal() {
        for (path, line) in [
            ("a.py", "password = get_password()"),
            ("a.py", "password = settings.DB_PW9x"),
            ("a.rb", "password = config9x"),
            ("a.yml", "password: {{ pw }}"),
            ("a.tf", "password = random_password.db.result"),
            ("a.yml", "password: !vault |\n  123"),
            ("a.js", "password: 'Enter your password'"),
            ("a.py", "password = \"abc1X!\" + suffix"),
            ("a.yml", "password: /run/secrets/db"),
            ("a.yml", "password: Y2hhbmdlbWU="),
            ("a.md", "The password: is on the wall"),
        ] {
            assert_eq!(verdict(path, "password", line, Promise::Password), None, "{path}: {line}");
        }
    }
}
