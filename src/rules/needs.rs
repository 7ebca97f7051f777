// SPDX-License-Identifier: MIT OR Apache-2.0
//! What stands in every match of a pattern: words, and long runs of characters.
//!
//! Compiling a pattern takes longer than looking through many a file. What each of its
//! alternatives cannot do without is read off the parsed expression, which is much cheaper, and
//! only at the first keyword; a text that lacks it for all of them calls for nothing more.

use memchr::memchr2_iter;
use regex_syntax::{
    ParserBuilder,
    hir::{Class, Hir, HirKind},
};

use super::run::{Part, Run, Runs, Set};

/// Shorter words stand on too many lines to be worth asking for, unless they are signs.
const SHORTEST: usize = 3;
/// More words than these would take as long to look for as the pattern itself.
const MOST_WORDS: usize = 40;
/// Signs that stand on few lines; two bytes of which one is no letter do as well.
const RARE: &[u8] = b"$@;#{}|\\%&*!~^+?<>";
/// Bytes that stand in most texts, the most frequent first.
const FREQUENT: &[u8] = b"etaionsrlcdupm_gfhb.-y";

/// What the matches of a pattern need.
pub(super) struct Needs {
    /// The run that the value is.
    value: Option<Run>,
    /// What one of the alternatives needs; nothing is known of one without any.
    alternatives: Vec<Alternative>,
}

struct Alternative {
    run: Option<Run>,
    /// So many digits.
    digits: usize,
    /// Of each of these one word.
    words: Vec<Vec<Word>>,
}

/// A word in lower case, found in any.
struct Word {
    text: Vec<u8>,
    /// Where its rarest byte stands.
    rare: usize,
}

impl Needs {
    /// Reads what the matches of `pattern` need.
    pub(super) fn of(pattern: &str) -> Self {
        Self { value: None, alternatives: Alternative::all(pattern) }
    }

    /// Reads what a value like `body` beside one of `names` needs: what stands between the two says
    /// nothing.
    pub(super) fn beside(names: &str, body: &str) -> Self {
        let value = parse(body).as_ref().and_then(run_of);
        Self { value, alternatives: Alternative::all(names) }
    }

    /// Returns whether `text`, a part of the text of `runs`, has what at least one alternative
    /// needs.
    pub(super) fn are_in(&self, text: &[u8], runs: &Runs<'_>) -> bool {
        self.value.is_none_or(|run| run.is_in(text, runs))
            && (self.alternatives.is_empty()
                || self.alternatives.iter().any(|one| one.may_match(text, runs)))
    }

    /// Returns whether each match holds a long run.
    pub(super) fn is_run(&self) -> bool {
        let all = &self.alternatives;
        self.value.is_some() || !all.is_empty() && all.iter().all(|one| one.run.is_some())
    }
}

fn parse(pattern: &str) -> Option<Hir> {
    ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern).ok()
}

impl Alternative {
    fn all(pattern: &str) -> Vec<Self> {
        let hir = parse(pattern);
        hir.iter().flat_map(alternatives).map(Self::of).collect()
    }

    fn of(hir: &Hir) -> Self {
        let mut words = Vec::new();
        collect(hir, &mut words);
        words.iter_mut().for_each(|set| {
            set.sort();
            set.dedup();
        });
        words.sort();
        words.dedup();
        let words = words.into_iter().map(|set| set.into_iter().map(Word::new).collect());
        Self { run: run_of(hir), digits: digits_of(hir), words: words.collect() }
    }

    fn may_match(&self, text: &[u8], runs: &Runs<'_>) -> bool {
        self.run.is_none_or(|run| run.is_in(text, runs))
            && (self.digits == 0 || self.digits <= runs.digits())
            && self.words.iter().all(|set| set.iter().any(|word| word.is_in(text)))
    }
}

impl Word {
    fn new(text: Vec<u8>) -> Self {
        let rank = |byte: &u8| FREQUENT.iter().position(|b| b == byte).unwrap_or(FREQUENT.len());
        let rare = text.iter().enumerate().max_by_key(|(_, byte)| rank(byte)).map_or(0, |(i, _)| i);
        Self { text, rare }
    }

    fn is_in(&self, text: &[u8]) -> bool {
        let rare = self.text[self.rare];
        memchr2_iter(rare, rare.to_ascii_uppercase(), text).any(|at| {
            let start = at.checked_sub(self.rare);
            let part = start.and_then(|start| text.get(start..start + self.text.len()));
            part.is_some_and(|part| part.eq_ignore_ascii_case(&self.text))
        })
    }
}

/// Returns the alternatives that a pattern consists of.
fn alternatives(hir: &Hir) -> Vec<&Hir> {
    match hir.kind() {
        HirKind::Capture(group) => alternatives(&group.sub),
        HirKind::Alternation(all) => all.iter().flat_map(alternatives).collect(),
        _ => vec![hir],
    }
}

/// Appends sets of words of which each match holds one of each.
fn collect(hir: &Hir, out: &mut Vec<Vec<Vec<u8>>>) {
    let parts = match hir.kind() {
        HirKind::Capture(group) => return collect(&group.sub, out),
        HirKind::Repetition(repeated) if repeated.min > 0 => return collect(&repeated.sub, out),
        HirKind::Repetition(_) => return,
        HirKind::Alternation(all) => {
            let sets = all.iter().map(|one| {
                let mut sets = Vec::new();
                collect(one, &mut sets);
                sets.into_iter().max_by_key(|set| set.iter().map(Vec::len).min())
            });
            let words: Option<Vec<_>> = sets.collect();
            let words = words.map(|sets| sets.concat());
            return out.extend(words.filter(|words| words.len() <= MOST_WORDS));
        }
        HirKind::Concat(all) => all.as_slice(),
        _ => std::slice::from_ref(hir),
    };
    let mut word = Vec::new();
    let end = |word: &mut Vec<u8>, out: &mut Vec<Vec<Vec<u8>>>| {
        let word = std::mem::take(word);
        if is_telling(&word) {
            out.push(vec![word]);
        }
    };
    for part in parts {
        if let Some(text) = exact(part) {
            word.extend(text);
        } else {
            end(&mut word, out);
            if !matches!(part.kind(), HirKind::Class(_)) {
                collect(part, out);
            }
        }
    }
    end(&mut word, out);
}

/// Returns whether few lines hold a word.
fn is_telling(word: &[u8]) -> bool {
    match word {
        [] => false,
        [sign] => RARE.contains(sign),
        [_, _] => word.iter().any(u8::is_ascii_punctuation),
        _ => word.len() >= SHORTEST,
    }
}

/// Returns the text in lower case, if a part matches that and nothing else.
fn exact(hir: &Hir) -> Option<Vec<u8>> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(Vec::new()),
        HirKind::Literal(text) => Some(text.0.to_ascii_lowercase()),
        HirKind::Capture(group) => exact(&group.sub),
        HirKind::Concat(all) => Some(all.iter().map(exact).collect::<Option<Vec<_>>>()?.concat()),
        HirKind::Class(class) => {
            let mut bytes = bytes_of(class)?.map(|byte| byte.to_ascii_lowercase());
            let first = bytes.next()?;
            bytes.all(|byte| byte == first).then(|| vec![first])
        }
        _ => None,
    }
}

/// Returns the bytes of a class.
fn bytes_of(class: &Class) -> Option<impl Iterator<Item = u8> + '_> {
    match class {
        Class::Bytes(class) => Some(class.iter().flat_map(|range| range.start()..=range.end())),
        Class::Unicode(_) => None,
    }
}

fn run_of(hir: &Hir) -> Option<Run> {
    Set::ALL.into_iter().find_map(|set| Run::new(set, part_of(hir, set).best()))
}

/// Returns how many digits are in whatever a part matches.
fn digits_of(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(text) => text.0.iter().filter(|byte| byte.is_ascii_digit()).count(),
        HirKind::Class(class) => {
            bytes_of(class).is_some_and(|mut bytes| bytes.all(|b| b.is_ascii_digit())).into()
        }
        HirKind::Repetition(repeated) => {
            digits_of(&repeated.sub).saturating_mul(repeated.min.try_into().unwrap_or(0))
        }
        HirKind::Capture(group) => digits_of(&group.sub),
        HirKind::Concat(all) => all.iter().map(digits_of).fold(0, usize::saturating_add),
        HirKind::Alternation(all) => all.iter().map(digits_of).min().unwrap_or(0),
    }
}

/// Returns what is known of the runs in a part.
fn part_of(hir: &Hir, set: Set) -> Part {
    let single = |inside: bool| Part::of(inside.then_some(1));
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Part::of(Some(0)),
        HirKind::Literal(text) => Part::row(text.0.iter().map(|byte| single(set.has(*byte)))),
        HirKind::Class(class) => {
            single(bytes_of(class).is_some_and(|mut bytes| bytes.all(|byte| set.has(byte))))
        }
        HirKind::Repetition(repeated) => {
            part_of(&repeated.sub, set).times(repeated.min.try_into().unwrap_or(0))
        }
        HirKind::Capture(group) => part_of(&group.sub, set),
        HirKind::Concat(all) => Part::row(all.iter().map(|one| part_of(one, set))),
        HirKind::Alternation(all) => {
            all.iter().map(|one| part_of(one, set)).reduce(Part::or).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Needs, Run, Runs, Set, parse, run_of};

    fn may_match(pattern: &str, text: &str) -> bool {
        Needs::of(pattern).are_in(text.as_bytes(), &Runs::of(text.as_bytes()))
    }

    #[test]
    fn a_text_must_have_all_that_one_alternative_needs() {
        let pattern = r"(?i:token)\s(?:abc|xyz)[.-]|\*[0-9A-F]{40}|[\w.:]{30}\$krb5";
        assert!(may_match(pattern, "a Token with XYZ"));
        assert!(!may_match(pattern, "a Token with xy"));
        assert!(!may_match(pattern, "xyz abc"));
        assert!(may_match(pattern, &format!("*{}", "0F".repeat(20))));
        assert!(!may_match(pattern, &format!("*{}", "0F".repeat(19))));
        assert!(!may_match(pattern, &"0F".repeat(20)));
        assert!(may_match(pattern, &format!("$KRB5 {}", "a.:".repeat(10))));
        assert!(!may_match(pattern, "$KRB5 a.:"));
    }

    #[test]
    fn what_may_be_absent_is_not_asked_for() {
        for pattern in ["(?:token)?=", "(?:token)*=", "token|[a-z]=", "[a-z]{3}", "a{0,9}=", "(="] {
            assert!(may_match(pattern, "="), "{pattern}");
        }
        assert!(!may_match("(?:token)+=", "="));
        assert!(may_match(r"sec(?:\b|_)ret", "SECRET") && may_match("a|", ""));
    }

    #[test]
    fn digits_are_counted() {
        let pattern = r"(?:[0-9][ -]?){12,18}[0-9]|INC\d{7,8}x1";
        assert!(may_match(pattern, "4111 1111 1111 1") && !may_match(pattern, "4111 1111 1111"));
        assert!(may_match(pattern, "INC12345678x1") && !may_match(pattern, "INC1234567x"));
    }

    fn run(pattern: &str) -> Option<Run> {
        parse(pattern).as_ref().and_then(run_of)
    }

    #[test]
    fn runs_are_read_off_the_pattern() {
        assert_eq!(run(r"ab[0-9a-f]{32}"), Run::new(Set::Hex, 34));
        assert_eq!(
            run(r"(?i:key|token)[\x27=]{1,8}(?P<v>[A-Za-z0-9]{20,40})"),
            Run::new(Set::Plain, 20)
        );
        assert_eq!(run(r"S[A-D][A-Z2-7]{54}"), Run::new(Set::Upper, 56));
        assert_eq!(run(r"[a-z0-9+/]{40}|x\.[0-9]{24}=?"), Run::new(Set::Signs, 24));
        assert_eq!(run(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"), Run::new(Set::Signs, 36));
        assert_eq!(run(r"(?i)\b[\w-]{20}\b"), Run::new(Set::Signs, 20));
        assert_eq!(run(r"x(?:[a-z]{9}){2}?y"), Run::new(Set::Plain, 20));
        assert_eq!(run("(?xm) x [a-z] {20}\n | \\x20 [A-Z ]{30}"), Run::new(Set::Plain, 21));
    }

    #[test]
    fn a_run_that_may_be_absent_counts_for_nothing() {
        for pattern in [
            r"(?:[a-z]{20})?x",
            r"[a-z]{0,20}x",
            r"[a-z]{20}|x",
            r"[^a-z]{20}",
            r"[a-z#]{20}",
            r"[a-z]{10}#[a-z]{10}",
            r"(?:[a-z]{10}#){9}",
            r"[]a-z]{20}",
        ] {
            assert_eq!(run(pattern), None, "{pattern}");
        }
    }
}
