// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which differences are none, and which could turn the meaning around.

use std::{collections::HashSet, sync::OnceLock};

use super::tokens::word;

/// Words that can turn the meaning around, as the tokens spell them.
const CHARGED: &str = "no not non only without commercial noncommercial internal fee fees sell sold \
    sale except excluding exclude excludes prohibit prohibited prohibits forbidden forbid forbids \
    revoke revoked revocable irrevocable restricted restriction restrictions unless must never \
    evil good cannot terminate terminated academic research educational evaluation production \
    military government competing competes competitor compete royalty royalties payment pay paid \
    consent approval neither nor limited unlimited personal nonprofit patent patents exclusive \
    nonexclusive exempt waive indemnify may shall will";

/// Words that no name of a company or person has.
const HARD: &str = "no not only without noncommercial fee except prohibited unless must never evil \
    provided permitted";

/// Words of the addresses of the Free Software Foundation.
const ADDRESS: &str = "free software foundation inc 51 59 675 31 franklin temple mass massachusetts \
    ave avenue street place st milk suite 330 960789 fifth 5th floor boston cambridge ma usa us 02110 \
    1301 02111 1307 02139 02196 united states of america com http";

/// Words of lines that end or begin texts and say nothing.
const FRAME: &str = "end of terms and conditions the license text begin";

fn set(cell: &'static OnceLock<HashSet<u32>>, words: &str) -> &'static HashSet<u32> {
    cell.get_or_init(|| words.split_ascii_whitespace().map(word).collect())
}

/// Returns whether a name can't have the word.
pub(super) fn is_hard(word: u32) -> bool {
    static SET: OnceLock<HashSet<u32>> = OnceLock::new();
    set(&SET, HARD).contains(&word)
}

/// Returns whether the word can turn the meaning of a sentence around.
pub(super) fn is_charged(word: u32) -> bool {
    static SET: OnceLock<HashSet<u32>> = OnceLock::new();
    set(&SET, CHARGED).contains(&word)
}

/// Returns whether the word numbers a section.
pub(super) fn is_number(word: u32) -> bool {
    static SET: OnceLock<HashSet<u32>> = OnceLock::new();
    set(&SET, "1 2 3 4 5 6 7 8 9 10 11 12 a b c d e f g h i ii iii iv v vi").contains(&word)
}

/// A word of a difference.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub(super) word: u32,
    /// As it is written.
    pub(super) text: &'a str,
}

/// Returns whether both sides say the same.
pub(super) fn is_benign(removed: &[Word<'_>], added: &[Word<'_>]) -> bool {
    // Numbers of sections come and go beside other changes; a number that changed is one.
    let numbered = |words: &[Word<'_>]| words.iter().any(|word| is_bullet(word.text));
    if numbered(removed) != numbered(added) {
        return says_the_same(&plain(removed), &plain(added)) || says_the_same(removed, added);
    }
    says_the_same(removed, added)
}

fn plain<'a>(words: &[Word<'a>]) -> Vec<Word<'a>> {
    words.iter().filter(|word| !is_bullet(word.text)).copied().collect()
}

fn says_the_same(removed: &[Word<'_>], added: &[Word<'_>]) -> bool {
    static ADDRESSES: OnceLock<HashSet<u32>> = OnceLock::new();
    static FRAMES: OnceLock<HashSet<u32>> = OnceLock::new();
    let all = |set: &HashSet<u32>| removed.iter().chain(added).all(|word| set.contains(&word.word));
    let one_side = removed.is_empty() || added.is_empty();
    let some = || removed.iter().chain(added);
    letters(removed) == letters(added)
        || one_side && some().all(|word| is_bullet(word.text) || is_filler(word.text))
        || all(set(&ADDRESSES, ADDRESS))
        || one_side && all(set(&FRAMES, FRAME))
        || is_typo(removed, added)
        || removed.is_empty() && (is_statement(added) || is_button(added))
        || added.is_empty() && (is_statement(removed) || is_short_statement(removed))
        || renames_holders(removed, added)
}

fn letters(words: &[Word<'_>]) -> String {
    let text = words.iter().flat_map(|word| word.text.chars());
    text.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_bullet(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let others = text.bytes().filter(|b| !b.is_ascii_digit() && *b != b'.').count();
    let number =
        digits > 0 && digits < 4 && others <= 1 || digits < 6 && text.contains('.') && others <= 1;
    number || text.len() == 1 || text.len() <= 5 && text.bytes().all(|b| b"ivxIVX".contains(&b))
}

fn is_filler(text: &str) -> bool {
    const WORDS: [&str; 17] = [
        "the",
        "disclaims",
        "an",
        "a",
        "http",
        "page",
        "section",
        "article",
        "appendix",
        "exhibit",
        "schedule",
        "clause",
        "preamble",
        "第",
        "条",
        "chapter",
        "annex",
    ];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Returns whether one word was mistyped, or has another ending.
fn is_typo(removed: &[Word<'_>], added: &[Word<'_>]) -> bool {
    let ([old], [new]) = (removed, added) else { return false };
    let (a, b) = (old.text.to_ascii_lowercase(), new.text.to_ascii_lowercase());
    if is_charged(old.word) || is_charged(new.word) || a.len().max(b.len()) < 5 {
        return false;
    }
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic());
    plain(&a) && plain(&b) && distance(a.as_bytes(), b.as_bytes()) <= 1
}

/// Returns how many letters differ, 2 if more than one; two that changed places are one.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    match (a, b) {
        ([], []) => 0,
        ([], [_]) | ([_], [_]) => 1,
        ([x, y], [v, w]) if x == w && y == v => 1,
        _ => 2,
    }
}

/// Returns whether it is the button that some texts were once shown above.
fn is_button(words: &[Word<'_>]) -> bool {
    matches!(words, [one] if one.text == "ACCEPT")
}

/// Returns whether it is a copyright statement.
fn is_statement(words: &[Word<'_>]) -> bool {
    let year = |text: &str| {
        text.len() == 4
            && (text.starts_with("19") || text.starts_with("20"))
            && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let begins = words.iter().take(3).any(|word| word.text.eq_ignore_ascii_case("copyright"))
        || words.iter().take(2).any(|word| word.text == "c");
    words.len() <= 40
        && begins
        && words.iter().any(|word| year(word.text))
        && !words.iter().any(|word| is_hard(word.word))
}

/// Returns whether it is a copyright statement of a template.
fn is_short_statement(words: &[Word<'_>]) -> bool {
    let first = |name: &str| words.first().is_some_and(|word| word.text.eq_ignore_ascii_case(name));
    if first("spdx") {
        return words.len() < 12;
    }
    (first("copyright") || first("portions"))
        && words.len() <= 8
        && !words.iter().any(|word| is_hard(word.word))
}

/// Returns whether only "author" and "copyright holder" stand for each other.
fn renames_holders(removed: &[Word<'_>], added: &[Word<'_>]) -> bool {
    static SET: OnceLock<HashSet<u32>> = OnceLock::new();
    let words = set(
        &SET,
        "the author authors copyright holder holders or and contributor contributors owner owners \
         its their any other",
    );
    removed.iter().chain(added).all(|word| words.contains(&word.word))
        && !removed.is_empty()
        && !added.is_empty()
}

/// Returns whether a sentence that limits something is about what may be done with the work.
pub(super) fn is_about_rights(sentence: &str) -> bool {
    let words = [
        " commercial",
        " noncommercial",
        " licens",
        " derivative",
        " redistribut",
        " sell ",
        " sold ",
        " weapon",
        " military ",
        " nuclear ",
        " evil ",
    ];
    words.iter().any(|word| sentence.contains(word))
}

/// Phrases that limit a grant; `*` stands for any ending.
const LIMITS: &str = "\
    may not; must not; shall not; can not; cannot; not permitted; not allowed; prohibited; \
    forbidden; noncommercial; non commercial; commercial use; commercial purpose*; \
    commercial product*; for commercial; not evil; not for evil; not be used; may only; \
    only be used; only for; is restricted; are restricted; not be sold; do not distribute; \
    not distribute; not sell; not redistribute; not use; internal use; royalty; royalties; \
    license fee; must pay; additional restriction*; additional condition*; additional term*; \
    further restriction*; following exception*; with the exception; must display; must obtain; \
    must include; must be; you must; must also; must credit; must contact; \
    does not include the right; not include the right; not grant; unless you; is revocable; \
    may be revoked; may revoke; may terminate; required to; are required; is required; \
    except that; except for use; not to use; without permission; without the permission; \
    without the express; without prior; without the prior; written permission; written consent; \
    explicit permission; explicit consent; refrain from; agree not; agree to; solely; \
    exclusively; not include the; no right; for any military; academic; provided that; \
    as long as; on condition; under the condition; may be used only; no one may; nobody may; \
    no person; no part of; prohibits; not licensed for; \
    not intended for; nuclear; weapon*; military";

/// What says that a kind of use is free, in words that limits are made of.
const FREE: [&str; 8] = [
    "academic and commercial",
    "commercial and academic",
    "commercial and non commercial",
    "commercial and noncommercial",
    "commercial or non commercial",
    "commercial or noncommercial",
    "non commercial and commercial",
    "including commercial",
];

/// Returns whether the words outside of a text limit what it grants.
pub(super) fn limits(sentence: &str) -> bool {
    let freed;
    let sentence = if FREE.iter().any(|free| sentence.contains(free)) {
        freed = FREE.iter().fold(sentence.to_owned(), |said, free| {
            let rest = said.replace(&format!("{free} purposes"), "");
            rest.replace(&format!("{free} use"), "").replace(free, "")
        });
        freed.as_str()
    } else {
        sentence
    };
    // What the header of the Apache licence says of it, which many put below the text.
    if sentence.contains(" except in compliance with the license ") {
        return false;
    }
    let neither = sentence.split_once(" neither ");
    let neither = neither.is_some_and(|(_, rest)| {
        rest.contains(" nor ")
            && [" may ", " shall ", " must ", " can "].iter().any(|verb| rest.contains(verb))
    });
    neither
        || LIMITS.split(';').map(str::trim).any(|limit| {
            let (phrase, open) =
                limit.strip_suffix('*').map_or((limit, false), |phrase| (phrase, true));
            sentence.match_indices(phrase).any(|(at, _)| {
                let rest = &sentence[at + phrase.len()..];
                sentence[..at].ends_with(' ') && (open || rest.starts_with(' '))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::{Word, is_benign, limits};
    use crate::scan::licensing::texts::tokens::word;

    fn benign(a: &str, b: &str) -> bool {
        fn words(text: &str) -> Vec<Word<'_>> {
            let one = |text| Word { word: word(&str::to_ascii_lowercase(text)), text };
            text.split(' ').filter(|text| !text.is_empty()).map(one).collect()
        }
        is_benign(&words(a), &words(b))
    }

    #[test]
    fn what_says_the_same() {
        assert!(benign("web site", "website") && benign("", "a") && benign("iv", ""));
        assert!(benign("merchantability", "merchantabilty") && benign("holder", "holders"));
        assert!(benign("", "Copyright c 2012 Some Body") && benign("author", "copyright holders"));
        for (a, b) in [
            ("may", "may not"),
            ("", "not"),
            ("2", "3"),
            ("grant", "sell"),
            ("limited", "unlimited"),
        ] {
            assert!(!benign(a, b), "{a} {b}");
        }
    }

    #[test]
    fn what_limits() {
        assert!(limits(" the software shall be used for good not evil "));
        assert!(!limits(" this is the license of the project "));
        assert!(limits(
            " neither this software nor derivatives may be used in nuclear facilities "
        ));
        assert!(limits(" neither it nor its parts shall be sold "));
        assert!(!limits(" it can be used for both academic and commercial purposes at no cost "));
        assert!(limits(" it can be used for academic purposes "));
        assert!(!limits(" you may not use this file except in compliance with the license "));
    }
}
