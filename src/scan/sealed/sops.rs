// SPDX-License-Identifier: MIT OR Apache-2.0
//! SOPS: values are encrypted one by one, names are not, and a section `sops` says to whom.
//!
//! See <https://getsops.io/docs/>: which values stay in clear, the section says as well.

use memchr::memmem;
use regex::bytes::{Regex, RegexBuilder};

use super::{
    leaves::{Form, Leaf, each},
    summary::{Share, Summary},
};

/// How an encrypted value begins.
pub(super) const SEALED: &[u8] = b"ENC[AES256_GCM,data:";
/// An expression of the file may take so much memory.
const LARGEST_REGEX: usize = 1 << 18;

/// What the section says about which values are encrypted.
#[derive(Default)]
struct Meta {
    section: bool,
    mac: bool,
    sealed: Vec<Choice>,
    clear: Vec<Choice>,
    /// Comments decide too, or an expression that is not understood: that is not followed.
    unknown: bool,
}

enum Choice {
    Suffix(Vec<u8>),
    Regex(Regex),
}

impl Choice {
    fn fits(&self, name: &[u8]) -> bool {
        match self {
            Self::Suffix(suffix) => name.ends_with(suffix),
            Self::Regex(regex) => regex.is_match(name),
        }
    }
}

/// Returns what there is to say of a file in which values begin like that.
pub(super) fn summary(text: &[u8], prose: bool) -> Option<Summary> {
    let values = memmem::find_iter(text, SEALED).filter(|at| is_sealed(&text[*at..])).count();
    if values == 0 {
        return None;
    }
    let form = form_of(text);
    let mut one = Summary::new("SOPS", Share::Values(0));
    let mut meta = Meta::default();
    each(text, form, |leaf| {
        if let Some(name) = in_section(text, form, leaf) {
            meta.take(name, text, leaf);
            about(&mut one, name, &text[leaf.value.clone()]);
        }
    });
    let mut sealed = 0;
    each(text, form, |leaf| {
        if in_section(text, form, leaf).is_none() {
            sealed += usize::from(data(text, leaf, &meta, &mut one));
        }
    });
    one.comments = comments(text, form);
    // What the walk did not come by is encrypted all the same; the code for the whole is no value.
    let values = if meta.section { sealed } else { sealed.max(values) };
    one.share =
        if one.clear > 0 || one.odd > 0 { Share::Part(values) } else { Share::Values(values) };
    if !meta.mac && !prose {
        one.faults
            .push("the code over all values (mac) is missing: it was changed by hand, or cut");
    }
    Some(one)
}

fn form_of(text: &[u8]) -> Form {
    match Form::of(text) {
        // A list of YAML may begin like a heading.
        Form::Lines if memmem::find(text, b"\nsops:").is_some() => Form::Yaml,
        form => form,
    }
}

/// Whether a value is one that SOPS wrote, and not an example that stops after its start.
fn is_sealed(text: &[u8]) -> bool {
    let end = memchr::memchr3(b']', b'\n', b' ', text).unwrap_or(text.len());
    text.get(end) == Some(&b']') && memmem::find(&text[..end], b",iv:").is_some()
}

/// Returns the name of a value that belongs to the section.
fn in_section<'t>(text: &'t [u8], form: Form, leaf: &Leaf<'_>) -> Option<&'t [u8]> {
    let name = &text[leaf.name.clone()];
    let above = leaf.above.iter().find(|frame| !frame.name.is_empty());
    match above.map(|frame| &text[frame.name.clone()]) {
        Some(b"sops") => Some(name),
        None if form == Form::Lines => name.strip_prefix(b"sops_"),
        _ => None,
    }
}

impl Meta {
    fn take(&mut self, name: &[u8], text: &[u8], leaf: &Leaf<'_>) {
        let value = &text[leaf.value.clone()];
        self.section = true;
        let suffix = || Choice::Suffix(value.to_vec());
        match name {
            b"mac" => self.mac |= value.starts_with(b"ENC["),
            b"unencrypted_suffix" if !value.is_empty() => self.clear.push(suffix()),
            b"encrypted_suffix" if !value.is_empty() => self.sealed.push(suffix()),
            b"unencrypted_regex" | b"encrypted_regex" => match regex(value) {
                Some(choice) if name[0] == b'u' => self.clear.push(choice),
                Some(choice) => self.sealed.push(choice),
                None => self.unknown = true,
            },
            b"unencrypted_comment_regex" | b"encrypted_comment_regex" => self.unknown = true,
            _ => {}
        }
    }

    /// Returns whether a value under these names stays in clear.
    fn leaves_clear(&self, text: &[u8], leaf: &Leaf<'_>) -> bool {
        let any = |all: &[Choice]| {
            leaf.names().any(|name| all.iter().any(|choice| choice.fits(&text[name.clone()])))
        };
        let usual = self.sealed.is_empty() && self.clear.is_empty();
        self.unknown
            || !self.sealed.is_empty() && !any(&self.sealed)
            || any(&self.clear)
            || usual && leaf.names().any(|name| text[name].ends_with(b"_unencrypted"))
    }
}

fn regex(value: &[u8]) -> Option<Choice> {
    let source = String::from_utf8_lossy(value).replace("\\\\", "\\");
    RegexBuilder::new(&source).size_limit(LARGEST_REGEX).build().ok().map(Choice::Regex)
}

/// Takes what a value of the section gives away.
fn about(one: &mut Summary, name: &[u8], value: &[u8]) {
    if value.is_empty() {
        return;
    }
    if ends(name, b"arn") {
        one.accounts.add(value.split(|b| *b == b':').nth(4).unwrap_or_default());
    } else if ends(name, b"resource_id") {
        one.projects.add(value.split(|b| *b == b'/').nth(1).unwrap_or_default());
    } else if ends(name, b"vault_address") || ends(name, b"vault_url") || ends(name, b"vaultUrl") {
        one.addresses.add(value);
    } else if ends(name, b"recipient") || ends(name, b"fp") {
        one.recipients.add(&value.to_ascii_lowercase());
    }
}

/// `arn`, or `kms__list_0__map_arn` where everything is on one level.
fn ends(name: &[u8], word: &[u8]) -> bool {
    name.strip_suffix(word).is_some_and(|head| head.is_empty() || head.ends_with(b"_"))
}

/// Takes a value that is no part of the section. Returns whether it is encrypted.
fn data(text: &[u8], leaf: &Leaf<'_>, meta: &Meta, one: &mut Summary) -> bool {
    let value = &text[leaf.value.clone()];
    // What was a file of another kind stands under a name that SOPS gave it.
    let binary = leaf.above.is_empty() && text[leaf.name.clone()] == *b"data";
    if memmem::find(value, b"ENC[").is_some() {
        leaf.names().filter(|_| !binary).for_each(|name| one.names.add(&text[name]));
        return true;
    }
    let empty = matches!(value, b"" | b"null" | b"~" | b"{}" | b"[]" | b"\"\"" | b"''");
    if empty || matches!(value[0], b'{' | b'[' | b'*' | b'&') {
        return false;
    }
    if !meta.section {
        // Nothing says what is meant to be in clear.
    } else if meta.leaves_clear(text, leaf) {
        one.clear += 1;
    } else {
        one.add_plain(text, &text[leaf.name.clone()], leaf.value.clone());
    }
    false
}

/// Counts comments that everybody can read.
fn comments(text: &[u8], form: Form) -> usize {
    if form == Form::Json {
        return 0;
    }
    let lines = text.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    let comment = |line: &&[u8]| line.starts_with(b"#") && !line.starts_with(b"#ENC[");
    lines.filter(comment).filter(|line| line.iter().any(u8::is_ascii_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::{super::summary::Share, summary};

    const SEALED: &str = "ENC[AES256_GCM,data:p67=,iv:YYu=,tag:A9b=,type:str]";

    fn of(text: &str) -> super::Summary {
        summary(text.replace("SEALED", SEALED).as_bytes(), false).expect("values")
    }

    #[test]
    fn the_section_says_what_stays_in_clear() {
        let yaml = "a: SEALED\nb_x: 1\nc:\n  - SEALED\n  - d: two\nsops:\n  mac: SEALED\n  unencrypted_suffix: _x\n";
        let one = of(yaml);
        assert_eq!((one.share, one.clear, one.odd), (Share::Part(2), 1, 1));
        let json = "{\"data\": \"SEALED\", \"sops\": {\"mac\": \"SEALED\", \"age\": [{\"recipient\": \"age1x\"}]}}";
        let one = of(json);
        assert_eq!((one.share, one.notes().len()), (Share::Values(1), 1));
        assert!(one.notes()[0].ends_with("\u{2014} 1 recipient readable"), "{:?}", one.notes());
        let cut = of("a: SEALED\nb: x\n");
        assert_eq!((cut.odd, cut.faults.len()), (0, 1));
        assert!(summary(b"a: ENC[AES256_GCM,data:...]", false).is_none());
    }

    #[test]
    fn expressions_of_the_file_are_no_danger() {
        let bad = "a: SEALED\nb: two\nsops:\n  mac: SEALED\n  encrypted_regex: (a{1000}){1000}\n";
        assert_eq!((of(bad).odd, of(bad).clear), (0, 1));
        assert_eq!(of(&bad.replace("(a{1000}){1000}", "'^c$'")).clear, 1);
        assert_eq!(of(&bad.replace("(a{1000}){1000}", "'^b$'")).odd, 1);
    }
}
