// SPDX-License-Identifier: MIT OR Apache-2.0
//! Spellings that mean the same, and lines that are no part of a licence.

use std::sync::OnceLock;

use super::{
    charge,
    tokens::{Token, word},
};

/// Two spellings a line: those of the SPDX list and their inflections.
const EQUAL: &[(&str, &str)] = &[
    ("acknowledgement", "acknowledgment"),
    ("acknowledgements", "acknowledgments"),
    ("analogue", "analog"),
    ("analyse", "analyze"),
    ("artefact", "artifact"),
    ("artefacts", "artifacts"),
    ("authorisation", "authorization"),
    ("authorisations", "authorizations"),
    ("authorise", "authorize"),
    ("authorised", "authorized"),
    ("authorising", "authorizing"),
    ("unauthorised", "unauthorized"),
    ("behaviour", "behavior"),
    ("calibre", "caliber"),
    ("cancelled", "canceled"),
    ("capitalisations", "capitalizations"),
    ("catalogue", "catalog"),
    ("categorise", "categorize"),
    ("centre", "center"),
    ("colour", "color"),
    ("defence", "defense"),
    ("emphasised", "emphasized"),
    ("favour", "favor"),
    ("favourite", "favorite"),
    ("fulfil", "fulfill"),
    ("fulfilment", "fulfillment"),
    ("honour", "honor"),
    ("initialise", "initialize"),
    ("judgement", "judgment"),
    ("labelling", "labeling"),
    ("labour", "labor"),
    ("licence", "license"),
    ("licences", "licenses"),
    ("licenced", "licensed"),
    ("licencing", "licensing"),
    ("maximise", "maximize"),
    ("merchantibility", "merchantability"),
    ("merchantablity", "merchantability"),
    ("modelled", "modeled"),
    ("modelling", "modeling"),
    ("offence", "offense"),
    ("optimise", "optimize"),
    ("organisation", "organization"),
    ("organisations", "organizations"),
    ("organise", "organize"),
    ("organised", "organized"),
    ("practise", "practice"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("realise", "realize"),
    ("recognise", "recognize"),
    ("recognised", "recognized"),
    ("signalling", "signaling"),
    ("sublicence", "sublicense"),
    ("sublicences", "sublicenses"),
    ("sublicenced", "sublicensed"),
    ("utilisation", "utilization"),
    ("whilst", "while"),
    ("wilful", "willful"),
    ("wilfull", "willful"),
    ("https", "http"),
];

struct Table {
    /// A bit for each spelling, as most words have only one.
    seen: Vec<u64>,
    table: Vec<(u32, u32)>,
}

/// Returns the word that stands for all its spellings.
pub(super) fn equal(hash: u32) -> u32 {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let Table { seen, table } = TABLE.get_or_init(|| {
        let mut table: Vec<_> = EQUAL.iter().map(|(a, b)| (word(a), word(b))).collect();
        table.sort_unstable();
        let mut seen = vec![0_u64; 64];
        for (hash, _) in &table {
            seen[(hash >> 6 & 63) as usize] |= 1 << (hash & 63);
        }
        Table { seen, table }
    });
    if seen[(hash >> 6 & 63) as usize] >> (hash & 63) & 1 == 0 {
        return hash;
    }
    table.binary_search_by_key(&hash, |(from, _)| *from).map_or(hash, |i| table[i].1)
}

const ALL: u32 = word("all");
const RIGHTS: u32 = word("rights");
const RESERVED: u32 = word("reserved");
const SUB: u32 = word("sub");
const PER: u32 = word("per");
const NON: u32 = word("non");
const COPYRIGHT: u32 = word("copyright");
const OWNER: u32 = word("owner");
const OWNERS: u32 = word("owners");

/// Joins the last words where two words are one, and drops set phrases that say nothing.
pub(super) fn join(out: &mut Vec<Token>) {
    let [.., before, last] = &mut out[..] else { return };
    let joined = match (before.word, last.word) {
        (SUB, w) if w == const { word("license") } => word("sublicense"),
        (SUB, w) if w == const { word("licenses") } => word("sublicenses"),
        (SUB, w) if w == const { word("licensed") } => word("sublicensed"),
        (PER, w) if w == const { word("cent") } => word("percent"),
        (NON, w) if w == const { word("commercial") } => word("noncommercial"),
        (NON, w) if w == const { word("infringement") } => word("noninfringement"),
        (NON, w) if w == const { word("exclusive") } => word("nonexclusive"),
        (COPYRIGHT, OWNER) => {
            last.word = word("holder");
            return;
        }
        (COPYRIGHT, OWNERS) => {
            last.word = word("holders");
            return;
        }
        (RIGHTS, RESERVED) if out.len() > 2 && out[out.len() - 3].word == ALL => {
            out.truncate(out.len() - 3);
            return;
        }
        _ => return,
    };
    before.word = joined;
    before.end = last.end;
    out.pop();
}

/// Returns the length of the bullet or number at the start of a line.
pub(super) fn bullet_len(line: &str) -> usize {
    let open = usize::from(line.starts_with('('));
    let body = &line.as_bytes()[open..];
    let len = body.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'.').count();
    let (name, rest) = body.split_at(len);
    let name = name.strip_suffix(b".").map_or((name, false), |name| (name, true));
    let closed = matches!(rest.first(), Some(b')')) || name.1;
    let dotted = name.0.contains(&b'.') && name.0.iter().all(|b| b.is_ascii_digit() || *b == b'.');
    let blank =
        rest.get(usize::from(rest.first() == Some(&b')'))).is_none_or(u8::is_ascii_whitespace);
    let number = name.0.len() <= 3 && name.0.iter().all(u8::is_ascii_digit)
        || name.0.len() == 1
        || name.0.len() <= 5 && name.0.iter().all(|b| b"ivxIVX".contains(b));
    if name.0.is_empty() || !blank || !(closed && (number || dotted) || dotted && open == 0) {
        return 0;
    }
    open + len + usize::from(rest.first() == Some(&b')'))
}

/// Words after "Copyright" that make it a sentence and no statement.
const SENTENCE: &str = " notice notices holder holders owner owners law laws license licence and or \
    interest interests in is to rights right statement statements protection act treaty treaties \
    infringement patent patents of for as but disclaimer that under status ownership claim claims \
    are may can shall material office related laws' file transfer assignment ";

/// Returns the length of the copyright statement or tag that the line begins with.
pub(super) fn statement_len(line: &str) -> Option<usize> {
    let lower = line.get(..line.len().min(400)).unwrap_or(line).to_ascii_lowercase();
    if lower.starts_with("spdx-") {
        return Some(line.len());
    }
    let mut rest = lower.as_str();
    for prefix in ["portions of ", "portions ", "parts ", "all ", "modifications ", "some "] {
        rest = rest.strip_prefix(prefix).unwrap_or(rest);
    }
    let signed = ["©", "&copy;"].iter().any(|sign| rest.starts_with(sign))
        || rest.strip_prefix("(c)").is_some_and(|rest| has_year(rest, 14));
    let named = ["copyright", "copyrights", "copr."].iter().find_map(|w| {
        rest.strip_prefix(*w).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    });
    if !signed && !named.is_some_and(|rest| states(rest, line)) {
        return None;
    }
    // The licence may begin in the same line.
    let begins =
        ["permission", "redistribution", "licensed under", "this ", "the above", "everyone"];
    let reserved = "all rights reserved.";
    let behind = lower.find(reserved).map(|at| at + reserved.len());
    let behind = behind.filter(|at| lower[*at..].contains(|c: char| c.is_alphanumeric()));
    let cut = begins.iter().filter_map(|word| lower.find(word)).chain(behind).min();
    let cut = cut.or_else(|| limit_at(&lower));
    let end = cut.unwrap_or(if line.len() > 300 { 0 } else { line.len() });
    (end > 0).then_some(end)
}

/// Returns where a sentence begins that limits what may be done.
fn limit_at(lower: &str) -> Option<usize> {
    let plain = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.fold(String::from(" "), |said, word| said + word + " ")
    };
    let ends = lower.match_indices(". ").map(|(at, _)| at + 2);
    ends.filter(|at| charge::limits(&plain(&lower[*at..]))).last()
}

fn has_year(text: &str, within: usize) -> bool {
    let head: Vec<u8> = text.bytes().take(within).collect();
    head.windows(4).any(|four| {
        (four.starts_with(b"19") || four.starts_with(b"20")) && four.iter().all(u8::is_ascii_digit)
    })
}

/// Returns whether what follows "Copyright" says whose it is.
fn states(rest: &str, line: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | ',' | '-' | '\u{2013}')
    });
    let sign =
        ["(c)", "©", "&copy;", "\u{fffd}", "@", "by ", "<", "[", "{", "year", "yyyy", "20xx"];
    if sign.iter().any(|sign| rest.starts_with(sign)) || has_year(rest, 30) {
        return true;
    }
    let next: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    let proper = line.starts_with("Copyright")
        && !SENTENCE.contains(&format!(" {next} "))
        && line.len() < 120
        && line["Copyright".len()..].trim_start().starts_with(char::is_uppercase);
    proper && !next.is_empty()
}
