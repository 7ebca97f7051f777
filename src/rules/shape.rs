// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a match looks like that begins with its keyword, byte by byte.
//!
//! Many credentials begin with few letters, as in `pat` and 14 letters and digits. Such keywords
//! stand in words of all languages, and whether the next bytes fit is asked where they are found,
//! before anything is noted down.

use regex_syntax::{
    ParserBuilder,
    hir::{Class, Hir, HirKind, Repetition, literal::Extractor},
};

/// So many bytes behind the keyword are looked at.
const MOST: usize = 16;
/// So many beginnings are gone through to see whether all are keywords.
const BEGINNINGS: usize = 500;

/// Returns whether each match of `pattern` begins with one of `keywords`, in any case.
pub(super) fn begins(pattern: &str, keywords: &[String]) -> bool {
    let mut extractor = Extractor::new();
    extractor.limit_class(64).limit_total(BEGINNINGS);
    let all = parse(pattern).map(|hir| extractor.extract(&hir));
    let is_keyword = |text: &[u8]| {
        let same = |k: &String| {
            text.get(..k.len()).is_some_and(|head| head.eq_ignore_ascii_case(k.as_bytes()))
        };
        keywords.iter().any(same)
    };
    let all = all.as_ref().and_then(|all| all.literals());
    all.is_some_and(|all| !all.is_empty() && all.iter().all(|one| is_keyword(one.as_bytes())))
}

fn parse(pattern: &str) -> Option<Hir> {
    ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern).ok()
}

/// A set of bytes.
#[derive(Clone, Copy, Default)]
struct Bytes([u64; 4]);

impl Bytes {
    fn add(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    fn has(self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }

    fn or(self, other: Self) -> Self {
        Self([0, 1, 2, 3].map(|i| self.0[i] | other.0[i]))
    }
}

/// The first bytes of each match that begins with a keyword.
pub struct Shape(Vec<Bytes>);

impl Shape {
    /// Reads it off `pattern`.
    pub(super) fn of(keyword: &str, pattern: &str) -> Self {
        let reader = Reader { keyword: keyword.as_bytes(), most: keyword.len() + MOST };
        let row = parse(pattern).and_then(|hir| reader.row(&hir, 0));
        Self(row.map(|row| row.bytes).unwrap_or_default())
    }

    /// Returns whether `text` may begin with a match.
    #[must_use]
    pub fn fits(&self, text: &[u8]) -> bool {
        text.len() >= self.0.len() && self.0.iter().zip(text).all(|(set, byte)| set.has(*byte))
    }
}

/// What the first bytes of a part may be.
#[derive(Default)]
struct Row {
    bytes: Vec<Bytes>,
    /// Whether there are just so many, so that what comes next is known as well.
    ends: bool,
}

struct Reader<'k> {
    keyword: &'k [u8],
    most: usize,
}

impl Reader<'_> {
    /// Reads a part that begins `at` bytes behind the start of the match. Nothing if the keyword
    /// says otherwise.
    fn row(&self, hir: &Hir, at: usize) -> Option<Row> {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Some(Row { ends: true, ..Row::default() }),
            HirKind::Literal(text) => {
                let bytes = text.0.iter().map(|byte| {
                    let mut one = Bytes::default();
                    one.add(*byte);
                    one
                });
                self.checked(bytes.collect(), at)
            }
            HirKind::Class(Class::Unicode(_)) => Some(Row::default()),
            HirKind::Class(Class::Bytes(class)) => {
                let mut one = Bytes::default();
                let all = class.iter().flat_map(|range| range.start()..=range.end());
                all.for_each(|byte| one.add(byte));
                self.checked(vec![one], at)
            }
            HirKind::Repetition(repeated) => self.repeated(repeated, at),
            HirKind::Capture(group) => self.row(&group.sub, at),
            HirKind::Concat(parts) => self.chain(parts.iter(), at),
            HirKind::Alternation(all) => {
                let rows = all.iter().filter_map(|one| self.row(one, at));
                rows.reduce(|a, b| Row {
                    ends: a.ends && b.ends && a.bytes.len() == b.bytes.len(),
                    bytes: a.bytes.iter().zip(&b.bytes).map(|(a, b)| a.or(*b)).collect(),
                })
            }
        }
    }

    /// Keeps what the keyword, in any case, leaves possible.
    fn checked(&self, mut bytes: Vec<Bytes>, at: usize) -> Option<Row> {
        let keyword = self.keyword.get(at..).unwrap_or_default();
        for (set, byte) in bytes.iter_mut().zip(keyword) {
            let mut same = Bytes::default();
            let cases = [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()];
            cases.into_iter().filter(|case| set.has(*case)).for_each(|case| same.add(case));
            if same.0 == [0; 4] {
                return None;
            }
            *set = same;
        }
        Some(Row { bytes, ends: true })
    }

    fn repeated(&self, repeated: &Repetition, at: usize) -> Option<Row> {
        let least = usize::try_from(repeated.min).unwrap_or(usize::MAX);
        let times = least.min(self.most);
        let mut row = self.chain(std::iter::repeat_n(&*repeated.sub, times), at)?;
        row.ends &= repeated.max == Some(repeated.min) && times == least;
        Some(row)
    }

    fn chain<'h>(&self, parts: impl Iterator<Item = &'h Hir>, at: usize) -> Option<Row> {
        let mut row = Row { ends: true, ..Row::default() };
        for part in parts {
            if !row.ends || at + row.bytes.len() >= self.most {
                break;
            }
            let next = self.row(part, at + row.bytes.len())?;
            row.bytes.extend(next.bytes);
            row.ends = next.ends;
        }
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, begins};

    fn fits(keyword: &str, pattern: &str, text: &str) -> bool {
        Shape::of(keyword, pattern).fits(text.as_bytes())
    }

    #[test]
    fn bytes_are_known_as_far_as_their_places_are() {
        let pattern = r"pat[A-Za-z0-9]{14}\.[0-9a-f]{64}";
        assert!(fits("pat", pattern, &format!("patAb1{}.0", "c".repeat(11))));
        assert!(!fits("pat", pattern, &format!("patAb1{}:0", "c".repeat(11))));
        assert!(!fits("pat", pattern, &format!("PatAb1{}.0", "c".repeat(11))));
        assert!(!fits("pat", pattern, "pattern = x") && !fits("pat", pattern, "patAb1"));
        assert!(fits("sk_", r"sk_(?:live|test)_[0-9a-f]{9,}", "sk_test_012345678"));
        assert!(!fits("sk_", r"sk_(?:live|test)_[0-9a-f]{9,}", "sk_tist_"));
        // What may be longer or shorter says nothing of what follows.
        let long = r"v1\.[0-9a-f]{2,3}x";
        assert!(fits("v1.", long, "v1.00!") && !fits("v1.", long, "v1.0x"));
        assert!(fits("k", r"k(?:ab|c)?z", "k!") && !fits("k", r"k(?:ab|c)z", "kbz"));
    }

    #[test]
    fn only_alternatives_that_begin_with_the_keyword_count() {
        let pattern = r"re_[0-9]{8}|mlsn\.[a-f]{8}|(?:re_|rk_)x[!]{3}";
        assert!(fits("re_", pattern, "re_01234567") && fits("re_", pattern, "re_x!!!5678"));
        assert!(!fits("re_", pattern, "re_abcdefab") && fits("mlsn.", pattern, "mlsn.abcdefab"));
        assert!(fits("none", pattern, "") && fits("a", "(", "anything"));
        let cases = r"0\.[0-9a-fA-F]{8}-";
        assert!(fits("0.a", cases, "0.A123bcde-") && !fits("0.a", cases, "0.b123bcde-"));
    }

    #[test]
    fn matches_begin_with_keywords_or_not() {
        let begins = |pattern: &str, keywords: &[&str]| {
            begins(pattern, &keywords.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>())
        };
        assert!(begins(r"SK[0-9a-f|]{32}", &["sk"]) && begins(r"(?i)\bsk[0-9]{3}", &["sk"]));
        assert!(begins(r"mlsn\.[0-9a-f]{64}|re_(a|b)", &["re_", "mlsn."]));
        assert!(begins(r"S[UA]A[A-Z2-7]{55}", &["sua", "saa"]));
        assert!(!begins(r"S[UAX]A[A-Z2-7]{55}", &["sua", "saa"]));
        assert!(!begins(r"sk[0-9]|x", &["sk"]) && !begins(r"sk?x", &["sk"]));
        assert!(!begins(r"\s?sk", &["sk"]) && !begins(r"[^a]sk", &["sk"]) && !begins("", &["a"]));
    }
}
