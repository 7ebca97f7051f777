// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether a rule makes sense, and whether it is worth what it costs.

use std::sync::OnceLock;

use globset::Glob;

use super::{
    assigned, cost,
    lazy::Lazy,
    model::{Rule, Scope, Written, names_value},
};
use crate::domain::{Category, Class, Confidence, Pair, RuleInfo, stand_in::Template};

/// Longest keyword or word nearby, in bytes.
const LONGEST_WORD: usize = 100;
/// Longest pattern, in bytes.
const LONGEST_PATTERN: usize = 8_000;
/// Longest text for the reviewer, in bytes.
const LONGEST_TEXT: usize = 2_000;
/// A value may be so many lines away from the words near it.
const FARTHEST: u8 = 20;

/// What is wrong with a rule, and in which field.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) field: &'static str,
    pub(super) message: String,
}

fn wrong(field: &'static str, message: impl Into<String>) -> Wrong {
    Wrong { field, message: message.into() }
}

/// Makes a rule of what a file says, if it makes sense. What that costs is nothing beside reading
/// the file, so all rules are looked at like this at each start.
pub(super) fn check(mut written: Written) -> Result<Rule, Vec<Wrong>> {
    let mut faults = Vec::new();
    if let Err(message) = assign(&mut written) {
        faults.push(wrong("names", message));
    }
    shape(&written, &mut faults);
    words(&written, &mut faults);
    let category = category_of(&written.id).map_err(|message| wrong("id", message));
    match category {
        Ok(category) if faults.is_empty() => Ok(rule(written, category)),
        Ok(_) => Err(faults),
        Err(fault) => {
            faults.insert(0, fault);
            Err(faults)
        }
    }
}

/// What a rule matches with.
fn shape(written: &Written, faults: &mut Vec<Wrong>) {
    let has_pattern = written.pattern.is_some();
    let by_path = written.scope == Scope::File && !written.paths.is_empty();
    if has_pattern && written.detector.is_some() {
        faults.push(wrong("detector", "has both a pattern and a detector"));
    }
    if has_pattern && written.keywords.is_empty() {
        faults.push(wrong("pattern", "has a pattern but no keywords, so it would never run"));
    }
    // What is wrong with names and body was said.
    if !has_pattern && written.detector.is_none() && !by_path && faults.is_empty() {
        faults.push(wrong("id", "has no pattern, no detector and no paths of whole files"));
    }
}

fn words(written: &Written, faults: &mut Vec<Wrong>) {
    for keyword in &written.keywords {
        if keyword.len() < 3 {
            let message = format!("keyword {keyword:?} is too short to select anything");
            faults.push(wrong("keywords", message));
        }
        if keyword.contains('\n') {
            let message =
                format!("keyword {keyword:?} spans lines, and keywords are looked for on one");
            faults.push(wrong("keywords", message));
        }
    }
    let texts = [("title", &written.title), ("why", &written.why), ("remedy", &written.remedy)];
    for (field, _) in texts.into_iter().filter(|(_, text)| text.trim().is_empty()) {
        faults.push(wrong(field, format!("{field} must say something")));
    }
    if written.public.as_ref().is_some_and(|why| why.trim().is_empty()) {
        faults.push(wrong("public", "public must say why, or not be there"));
    }
    if written.chosen == Some(true)
        && (written.class != Class::Credential || written.scope == Scope::File)
    {
        faults.push(wrong("chosen", "only values of credentials are chosen"));
    }
    if written.rotates == Some(true) && written.scope != Scope::File {
        faults.push(wrong("rotates", "only whole files say so; values of credentials always do"));
    }
    pair(written, faults);
}

/// Whether a part of a credential says which part of which it is. That the other part has a rule
/// too is looked at when all rules are known.
fn pair(written: &Written, faults: &mut Vec<Wrong>) {
    match (&written.pair, written.half) {
        (None, None) => {}
        (None, Some(_)) => faults.push(wrong("half", "has half but no pair that it is a half of")),
        (Some(_), None) => {
            faults.push(wrong("pair", "has pair but no half: say id, secret or token"));
        }
        (Some(name), Some(_)) => {
            if !is_name(name) || name.len() > LONGEST_WORD {
                let message = "pair: a name of lower-case letters, digits and dashes";
                faults.push(wrong("pair", message));
            }
            if written.class != Class::Credential || written.scope == Scope::File {
                faults.push(wrong("pair", "only values of credentials have halves"));
            }
        }
    }
}

/// Returns what is wrong with a rule that nobody has tried yet: expressions that don't compile,
/// or cost too much, keywords that select nothing, stand-ins that would be found again. Compiling
/// everything takes too long for each start, so the rules that come with the program are looked
/// at like this by a test.
pub(super) fn check_closely(rule: &Rule) -> Vec<Wrong> {
    let mut faults = Vec::new();
    patterns(rule, &mut faults);
    keywords(rule, &mut faults);
    limits(rule, &mut faults);
    for (field, globs) in [("paths", &rule.paths), ("not_paths", &rule.not_paths)] {
        for glob in globs {
            if let Err(error) = Glob::new(glob) {
                faults.push(wrong(field, error.to_string()));
            }
        }
    }
    faults
}

fn patterns(rule: &Rule, faults: &mut Vec<Wrong>) {
    if let Some(pattern) = &rule.pattern {
        let field = if rule.body.is_some() { "names" } else { "pattern" };
        let cost = match pattern.source().len() {
            ..=LONGEST_PATTERN => cost::check_pattern(pattern.source(), rule.window),
            len => Err(format!("has {len} bytes, {LONGEST_PATTERN} at most")),
        };
        let compiled = cost.and_then(|()| compile(pattern));
        if let Err(message) = compiled {
            faults.push(wrong(field, format!("{field}: {message}")));
        } else if !rule.placeholders && is_found_again(rule) {
            let message = "the pattern finds its own stand-in, so a release would never pass";
            faults.push(wrong("replacement", message));
        }
    }
    for not in &rule.not {
        let states = cost::states_of(not.source()).and_then(cost::check_states);
        if let Err(message) = states.and_then(|()| compile(not)) {
            faults.push(wrong("not", format!("not: {message}")));
        }
    }
}

fn compile(pattern: &Lazy) -> Result<(), String> {
    pattern.compile().map(drop).map_err(|error| cost::on_one_line(&error.to_string()))
}

fn is_found_again(rule: &Rule) -> bool {
    let stand_in = Template::new(&rule.info.replacement).example();
    let alone = rule.proof.is_none() && rule.near.is_empty();
    alone
        && !rule.info.replacement.is_empty()
        && !rule.excepts(stand_in.as_bytes())
        && rule.pattern().is_some_and(|pattern| pattern.is_match(stand_in.as_bytes()))
}

fn keywords(rule: &Rule, faults: &mut Vec<Wrong>) {
    let asked_first = rule.begins() && rule.needs().is_run();
    if rule.has_pattern() && rule.paths.is_empty() && !asked_first {
        let bad = rule.keywords.iter().filter_map(|keyword| cost::check_keyword(keyword).err());
        faults.extend(bad.map(|message| wrong("keywords", message)));
    }
}

fn limits(rule: &Rule, faults: &mut Vec<Wrong>) {
    let info = &rule.info;
    for (field, words) in [("keywords", &rule.keywords), ("near", &rule.near)] {
        if words.iter().any(|word| word.is_empty() || word.len() > LONGEST_WORD) {
            let message = format!("{field}: a word has 1 to {LONGEST_WORD} bytes");
            faults.push(wrong(field, message));
        }
    }
    let texts = [
        ("title", &info.title),
        ("why", &info.why),
        ("remedy", &info.remedy),
        ("replacement", &info.replacement),
    ];
    for (field, text) in texts {
        if text.len() > LONGEST_TEXT || text.chars().any(char::is_control) {
            let message = format!("{field}: one line of at most {LONGEST_TEXT} bytes");
            faults.push(wrong(field, message));
        }
    }
    if rule.near_lines > FARTHEST {
        let message = format!("near_lines: at most {FARTHEST}");
        faults.push(wrong("near_lines", message));
    }
    if rule.entropy.is_some_and(|least| !(0.0..=8.0).contains(&least)) {
        faults.push(wrong("entropy", "entropy: bits a character, from 0 to 8"));
    }
}

fn rule(written: Written, category: Category) -> Rule {
    let confidence = confidence_of(&written, category);
    Rule {
        keywords: written.keywords.iter().map(|k| k.to_ascii_lowercase()).collect(),
        detector: written.detector,
        scope: written.scope,
        window: written.window,
        edge: written.edge,
        entropy: written.entropy,
        near: written.near.iter().map(|k| k.to_ascii_lowercase()).collect(),
        near_lines: written.near_lines,
        placeholders: written.placeholders.unwrap_or(written.class == Class::Credential),
        chosen: written.chosen == Some(true),
        paths: written.paths,
        not_paths: written.not_paths,
        proof: written.proof,
        on_failure: written.on_failure,
        generic: written.generic,
        vendored: written.vendored.unwrap_or(category != Category::Internal),
        names: written.body.as_ref().map(|_| assigned::any_of(&written.names)),
        begins: OnceLock::new(),
        needs: OnceLock::new(),
        pattern: written.pattern.map(Lazy::new),
        not: written.not.into_iter().map(Lazy::new).collect(),
        body: written.body,
        file: String::new(),
        line: 0,
        was: None,
        lines: std::collections::HashMap::new(),
        info: RuleInfo {
            id: written.id,
            category,
            class: written.class,
            severity: written.severity,
            confidence,
            title: written.title,
            why: written.why,
            remedy: written.remedy,
            replacement: written.replacement,
            public: written.public,
            rotates: written.rotates == Some(true),
            pair: written
                .pair
                .zip(written.half)
                .map(|(family, half)| Pair { family: family.into(), half }),
        },
    }
}

/// Returns how sure a rule's findings are, where the pack does not say: a value with a form of its
/// own is sure, one that only its surroundings tell is not quite. A proof that passes makes each
/// sure, one that fails leaves little.
fn confidence_of(written: &Written, category: Category) -> Confidence {
    let of_its_own = |pattern: &String| {
        let value_in_context = names_value(pattern);
        let distinctive = written.keywords.iter().all(|keyword| keyword.len() >= 4);
        !value_in_context && distinctive && !pattern.starts_with("(?i")
    };
    let exact = matches!(written.class, Class::Credential | Class::SensitiveFile);
    let default = match &written.pattern {
        _ if category == Category::Licensing => Confidence::High,
        Some(pattern) if exact && !written.generic && of_its_own(pattern) => Confidence::High,
        _ => Confidence::Medium,
    };
    written.confidence.unwrap_or(default)
}

/// Puts the pattern of a rule together that only says names and body.
fn assign(written: &mut Written) -> Result<(), String> {
    match (&written.body, written.names.is_empty()) {
        (None, true) => Ok(()),
        (None, false) => Err("has names but no body of the value beside them".into()),
        (Some(_), true) => Err("has a body but no names beside which it stands".into()),
        (Some(_), false) if written.pattern.is_some() => {
            Err("has both a pattern, and names and body".into())
        }
        (Some(body), false) => {
            written.pattern = Some(assigned::pattern(&written.names, body));
            Ok(())
        }
    }
}

fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.chars().all(plain)
}

fn category_of(id: &str) -> Result<Category, String> {
    let (head, name) = id.split_once('/').ok_or("the id must be category/name")?;
    if !is_name(name) {
        return Err("the name may hold lower-case letters, digits and dashes".into());
    }
    Category::ALL
        .into_iter()
        .find(|category| category.word() == head)
        .ok_or_else(|| format!("{head:?} is no category"))
}
