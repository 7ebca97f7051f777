// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a rule may cost, told from its text alone: the same rule is refused everywhere or nowhere,
//! however fast the machine is.
//!
//! The engine never runs a pattern that no keyword called for, and never longer than linear in
//! what the pattern sees. So there are three ways to slow every scan down, and each has a measure:
//!
//! * **Keywords that are everywhere.** Strings that stand more than 300 times in a million bytes
//!   of ordinary code are listed in `common`; a keyword that is part of one calls its pattern on
//!   every hundredth line and selects nothing. It is fine where the rule looks at few paths, or
//!   where each match begins with it and holds a long run of letters and digits, since both are
//!   asked first and cost next to nothing.
//! * **Large patterns.** `(?:a{0,500}){0,500}` is short to write, and a quarter of a million states
//!   for the machine that runs it. States are counted on the parsed expression: one for each
//!   byte or class, the counts of bounded repetitions multiplied.
//! * **Much to look through.** In the worst case each state is asked at each byte, so states times
//!   the bytes of the window is the work of one call. Repetitions without an end that take nearly
//!   any byte run to the end of the window from each place where they can begin, so where the
//!   window is more than a line they must have an end.

use regex_syntax::{
    ParserBuilder,
    hir::{Class, ClassBytesRange, Hir, HirKind},
};

use super::{common::COMMON, model::Window};

/// Most states of a pattern. The largest that comes with the program has under a third.
const MOST_STATES: u64 = 12_000;
/// Most states asked at most bytes, in one call.
const MOST_WORK: u64 = 200_000_000;
/// A class of more bytes takes nearly anything.
const WIDE: usize = 128;
/// Groups may stand in groups so deep.
const DEEPEST: u32 = 40;

/// Returns why `keyword` may not call a pattern that looks at any path.
pub(super) fn check_keyword(keyword: &str) -> Result<(), String> {
    let lower = keyword.to_ascii_lowercase();
    match COMMON.iter().find(|common| common.contains(&lower)) {
        None => Ok(()),
        Some(_) => Err(format!(
            "keyword {keyword:?} stands everywhere in ordinary code, so it selects nothing: take \
             a longer one that each value or its name holds, or say at which paths to look"
        )),
    }
}

/// Returns why a pattern costs too much where it sees a window like this.
pub(super) fn check_pattern(source: &str, window: Window) -> Result<(), String> {
    let hir = parse(source)?;
    if hir.properties().minimum_len() == Some(0) {
        return Err("matches the empty text, so it would match everywhere".into());
    }
    let states = states(&hir);
    check_states(states)?;
    let work = states.saturating_mul(bytes_of(window));
    if work > MOST_WORK {
        let most = MOST_WORK / bytes_of(window);
        return Err(format!(
            "costs too much for the window {:?}: {states} states, {most} at most there. Lower the \
             bounds of repetitions, or take a smaller window",
            window.word()
        ));
    }
    if window != Window::Line && has_endless(&hir) {
        return Err(format!(
            "repeats nearly any byte without an end in the window {:?}: give it one, as in \
             [^\"]{{0,200}}, or take the window \"line\"",
            window.word()
        ));
    }
    Ok(())
}

/// Returns why so many states are too many for any pattern.
pub(super) fn check_states(states: u64) -> Result<(), String> {
    if states <= MOST_STATES {
        return Ok(());
    }
    Err(format!(
        "costs too much: {states} states, {MOST_STATES} at most. Repetitions multiply, also \
         those around others: lower their upper bounds"
    ))
}

/// Returns the states of a pattern.
pub(super) fn states_of(source: &str) -> Result<u64, String> {
    Ok(states(&parse(source)?))
}

fn parse(source: &str) -> Result<Hir, String> {
    let mut builder = ParserBuilder::new();
    let builder = builder.unicode(false).utf8(false).nest_limit(DEEPEST);
    builder.build().parse(source).map_err(|error| on_one_line(&error.to_string()))
}

/// Errors of the parser draw the pattern with a mark below; here the words are enough.
pub(super) fn on_one_line(error: &str) -> String {
    let last = error.lines().rev().find_map(|line| line.trim().strip_prefix("error: "));
    last.map_or_else(|| error.split_whitespace().collect::<Vec<_>>().join(" "), str::to_owned)
}

/// How many bytes a pattern may see at one keyword; see `scan::view` and `scan::reach`.
fn bytes_of(window: Window) -> u64 {
    match window {
        Window::Line => 8 << 10,
        Window::Below | Window::Around => 16 << 10,
        Window::Block => 40 << 10,
    }
}

fn states(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Capture(capture) => states(&capture.sub),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min.max(1));
            states(&repetition.sub).saturating_mul(u64::from(times)).saturating_add(1)
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(0, |sum: u64, part| sum.saturating_add(states(part)))
        }
    }
}

/// Returns whether some part takes nearly any byte, without an end.
fn has_endless(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(_) | HirKind::Literal(_) => false,
        HirKind::Capture(capture) => has_endless(&capture.sub),
        HirKind::Repetition(repetition) => {
            repetition.max.is_none() && is_wide(&repetition.sub) || has_endless(&repetition.sub)
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(has_endless),
    }
}

fn is_wide(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Class(Class::Bytes(class)) => {
            class.ranges().iter().map(ClassBytesRange::len).sum::<usize>() > WIDE
        }
        HirKind::Class(Class::Unicode(_)) => true,
        HirKind::Capture(capture) => is_wide(&capture.sub),
        HirKind::Repetition(repetition) => is_wide(&repetition.sub),
        HirKind::Alternation(parts) => parts.iter().any(is_wide),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Window, check_keyword, check_pattern, states_of};

    #[test]
    fn states_are_counted_through_repetitions() {
        for (pattern, states) in [
            ("abc", 3),
            ("[a-z]{20}", 21),
            ("(?:ab|c)d", 4),
            ("(?:a{0,500}){0,500}", 250_501),
            ("a*", 2),
            ("a{3,}", 4),
            ("(?:(?:(?:a{1000}){1000}){1000}){1000}", 1_001_001_001_001),
        ] {
            assert_eq!(states_of(pattern), Ok(states), "{pattern}");
        }
    }

    #[test]
    fn what_costs_too_much_is_refused_and_says_what_to_do() {
        let says = |pattern, window, part: &str| {
            let error = check_pattern(pattern, window).expect_err(pattern);
            assert!(error.contains(part), "{error}");
        };
        says("x(?:a{0,500}){0,500}", Window::Line, "lower their upper bounds");
        says("acme[a-z]{6000}", Window::Block, "take a smaller window");
        says("acme(?s:.*)key", Window::Below, "give it one");
        says("acme[^\"]*key", Window::Around, "give it one");
        says("acme(?:[^\"]|x)+key", Window::Block, "give it one");
        says("(?:acme)?", Window::Line, "empty text");
        says("acme(", Window::Line, "unclosed group");
        for (pattern, window) in [
            ("acme[a-z]{6000}", Window::Line),
            ("acme.*key", Window::Line),
            ("acme[^\"]{0,200}key", Window::Around),
            ("acme\\s*key=\\w+", Window::Below),
        ] {
            assert_eq!(check_pattern(pattern, window), Ok(()), "{pattern}");
        }
    }

    #[test]
    fn a_keyword_that_is_everywhere_selects_nothing() {
        for keyword in [" the", "The", "key", "name", "\": \"", "    ", "//", "return", "e, "] {
            assert!(check_keyword(keyword).is_err(), "{keyword}");
        }
        for keyword in ["acme", "AKIA", "api_key", "password", "token", "://", "authoriz"] {
            assert_eq!(check_keyword(keyword), Ok(()), "{keyword}");
        }
    }
}
