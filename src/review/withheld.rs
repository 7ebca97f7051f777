// SPDX-License-Identifier: MIT OR Apache-2.0
//! What was found and must not be told again in notes, remarks and names.

use std::{ops::Range, sync::OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::{Group, Session};
use crate::domain::{Class, Finding, Place, Secret, is_plain_word, squeezed};

/// So many bytes of a value are searched for; the rest is compared where they stand. Whole keys
/// and dumps would make the automaton large.
const HEAD: usize = 32;
/// A credential without its signs and in small letters has at least so many characters: below
/// them it is a word.
const LEAST_LOOSE: usize = 12;

/// The values of all groups, ready to be searched for once somebody has asked.
#[derive(Default)]
pub(super) struct Withheld {
    /// Credentials and personal data, which few groups are: what is shown is asked about them while
    /// a scan goes on, and new groups of other kinds come all the time.
    masked: OnceLock<Masked>,
    /// All others.
    other: OnceLock<Texts<Class>>,
}

struct Masked {
    values: Texts<Value>,
    /// Credentials as the keys of names have them.
    loose: Texts<()>,
}

struct Value {
    class: Class,
    /// What is shown in its place, for credentials that are no plain words.
    mask: Option<String>,
}

impl Withheld {
    /// Makes room for a new group of `class`.
    pub(super) fn forget(&mut self, class: Class) {
        if class.starts_masked() {
            self.masked = OnceLock::new();
        } else {
            self.other = OnceLock::new();
        }
    }
}

impl Masked {
    fn of(session: &Session) -> Self {
        let (mut values, mut loose) = (Vec::new(), Vec::new());
        for (class, finding) in session.values_of(Class::starts_masked) {
            let mask = mask(class, finding);
            if mask.is_some() {
                let text = squeezed(finding.value.expose());
                loose.extend((text.len() >= LEAST_LOOSE).then_some((text, ())));
            }
            for bytes in forms(class, finding) {
                values.push((bytes, Value { class, mask: mask.clone() }));
            }
        }
        Self { values: Texts::new(values), loose: Texts::new(loose) }
    }

    fn holds_loosely(&self, text: &str) -> bool {
        // Names have no such words, and nearly all texts that are asked about are names.
        let odd = |word: &str| word.len() >= 12 && word.bytes().any(|b| b.is_ascii_digit());
        text.split(|c: char| !c.is_ascii_alphanumeric()).any(odd)
            && self.loose.places(&squeezed(text.as_bytes())).next().is_some()
    }

    /// Returns `text` with each credential of at least eight bytes masked, the first and then the
    /// longest before others that it touches.
    fn masked(&self, text: &str) -> String {
        let mut places: Vec<(Range<usize>, &str)> = self
            .values
            .places(text.as_bytes())
            .filter(|(place, _)| place.len() >= 8)
            .filter_map(|(place, value)| Some((place, value.mask.as_deref()?)))
            .collect();
        places.sort_by_key(|(place, _)| (place.start, usize::MAX - place.end));
        let (mut out, mut done) = (String::with_capacity(text.len()), 0);
        for (place, mask) in places {
            if place.end <= done {
                continue;
            }
            // A value may begin in the one before; what is left of it says nothing less.
            out.push_str(text.get(done..place.start).unwrap_or_default());
            out.push_str(mask);
            done = place.end;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }
}

/// Texts that are searched for all at once.
struct Texts<T> {
    /// Of the heads of `texts`, in their order. Without it every text counts as found.
    heads: Option<AhoCorasick>,
    texts: Vec<(Vec<u8>, T)>,
}

impl<T> Texts<T> {
    fn new(texts: Vec<(Vec<u8>, T)>) -> Self {
        let heads = texts.iter().map(|(text, _)| &text[..text.len().min(HEAD)]);
        // The kind that is built fastest: it is asked about a few short texts.
        let kind = Some(AhoCorasickKind::NoncontiguousNFA);
        let heads = AhoCorasick::builder().kind(kind).build(heads).ok();
        Self { heads, texts }
    }

    /// Returns where each stands in `text`, those inside of others too.
    fn places<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = (Range<usize>, &'a T)> {
        let all = self.heads.is_none().then(|| self.texts.iter().map(|(_, t)| (0..text.len(), t)));
        let found = self.heads.iter().flat_map(move |heads| {
            heads.find_overlapping_iter(text).filter_map(|head| {
                let (wanted, told) = &self.texts[head.pattern().as_usize()];
                let end = head.start() + wanted.len();
                (text.get(head.start()..end)? == wanted).then_some((head.start()..end, told))
            })
        });
        all.into_iter().flatten().chain(found)
    }
}

/// Returns the forms of a value that are searched for, each once: below these lengths it is just a
/// word. What is no UTF-8 is quoted with marks in its place.
fn forms(class: Class, finding: &Finding) -> Vec<Vec<u8>> {
    if !matches!(finding.place, Place::Span(_)) {
        return Vec::new();
    }
    let least = if class.starts_masked() { 4 } else { 8 };
    let mut out: Vec<Vec<u8>> = Vec::new();
    for bytes in [finding.value.expose(), finding.value.written()] {
        for form in [bytes, String::from_utf8_lossy(bytes).as_bytes()] {
            if bytes.len() >= least && !out.iter().any(|known| known == form) {
                out.push(form.to_vec());
            }
        }
    }
    out
}

fn mask(class: Class, finding: &Finding) -> Option<String> {
    let shown = class == Class::Credential
        && matches!(finding.place, Place::Span(_))
        && !is_plain_word(finding.value.expose());
    shown.then(|| Secret::masked(&finding.value))
}

impl Session {
    /// Returns whether `text` holds the value of any credential or personal datum found, or any
    /// other found value of at least eight bytes. Names of licences and of their holders stand in
    /// what is published anyway.
    #[must_use]
    pub fn holds_value(&self, text: &str) -> bool {
        self.holds_value_of(text, |class| class != Class::Licence)
    }

    /// Returns whether `text` holds a credential or a personal datum that was found, or a
    /// credential without its signs and in small letters, as the keys of names have it.
    #[must_use]
    pub fn holds_masked_value(&self, text: &str) -> bool {
        let masked = self.masked();
        masked.values.places(text.as_bytes()).next().is_some() || masked.holds_loosely(text)
    }

    /// Returns `text` of a remark with each credential in it masked: remarks on licences quote
    /// what stands in files.
    #[must_use]
    pub fn without_credentials(&self, text: &str) -> String {
        self.masked().masked(text)
    }

    /// Returns the same as [`holds_value`](Self::holds_value), for the classes that `of` admits.
    pub(super) fn holds_value_of(&self, text: &str, of: fn(Class) -> bool) -> bool {
        let text = text.as_bytes();
        self.masked().values.places(text).any(|(_, value)| of(value.class))
            || self.other().places(text).any(|(_, class)| of(*class))
    }

    fn masked(&self) -> &Masked {
        self.withheld.masked.get_or_init(|| Masked::of(self))
    }

    fn other(&self) -> &Texts<Class> {
        self.withheld.other.get_or_init(|| {
            let values = self.values_of(|class| !class.starts_masked());
            let texts = values.flat_map(|(class, finding)| {
                forms(class, finding).into_iter().map(move |text| (text, class))
            });
            Texts::new(texts.collect())
        })
    }

    /// Returns a finding of each group of the classes that `of` admits.
    fn values_of(&self, of: fn(Class) -> bool) -> impl Iterator<Item = (Class, &Finding)> {
        let class = |group: &Group| self.rules.info(group.rule).class;
        let first = self.groups.iter().filter_map(move |group| {
            let class = class(group);
            Some((class, *group.members.first()?)).filter(|_| of(class))
        });
        first.map(|(class, idx)| (class, self.finding(idx)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masking(values: &[(&str, Option<&str>)]) -> Masked {
        let value = |(text, mask): &(&str, Option<&str>)| {
            let value = Value { class: Class::Credential, mask: mask.map(str::to_owned) };
            (text.as_bytes().to_vec(), value)
        };
        let values = Texts::new(values.iter().map(value).collect());
        Masked { values, loose: Texts::new(Vec::new()) }
    }

    #[test]
    fn long_values_are_compared_to_their_end() {
        let head = "x".repeat(HEAD);
        let (one, other) = (format!("{head}-one"), format!("{head}-other"));
        let all = masking(&[(&one, Some("ONE")), (&other, Some("OTHER"))]);
        assert_eq!(all.masked(&format!("a {other} b {one}")), "a OTHER b ONE");
        let third = format!("a {head}-third");
        assert_eq!(all.masked(&third), third);
        assert_eq!(all.values.places(third.as_bytes()).count(), 0);
        assert_eq!(all.values.places(one.as_bytes()).count(), 1);
    }

    #[test]
    fn what_touches_is_masked_whole() {
        let all = masking(&[
            ("abcdefgh", Some("1")),
            ("abcdefghij", Some("2")),
            ("ijklmnop", Some("3")),
            ("mnopqrst", None),
            ("short", Some("4")),
        ]);
        assert_eq!(all.masked("-abcdefghijklmnopqrst-"), "-23qrst-");
        assert_eq!(all.masked("abcdefgh mnopqrst short"), "1 mnopqrst short");
    }

    #[test]
    fn a_text_without_any_stays() {
        let none = masking(&[]);
        assert_eq!(none.masked("Copyright é"), "Copyright é");
    }
}
