// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut list`: the groups with their verdicts; and which findings a selection means.

use std::{
    io::{BufWriter, Write},
    sync::Arc,
};

use globset::Glob;
use serde::Serialize;

use super::{
    Exit,
    args::{ListArgs, PlainFormat},
    context::Context,
    decide_args::Select,
    output::{FindingLine, by_place, clean, many, masked, print_json, sorted, state_word},
    past::{Names, Stretch, period},
    stale, usage,
};
use crate::{
    domain::{Category, CommitRef, RepoPath, Verdict, Word, because},
    ops::{Access, Review},
    review::{Draw, FindingIdx, GroupIdx, RotationState, Session, Turn},
};

pub(super) fn run(context: &Context, args: &ListArgs) -> anyhow::Result<Exit> {
    context.check(&args.select)?;
    let (mut review, _) = context.open_and_scan(&args.path, Access::Read)?;
    let selected = select(&review.session, &args.select)?;
    let words = words_for(&mut review, &selected);
    let session = &review.session;
    let names = Names::of(session);
    let chosen = &args.select;
    if chosen.sample || chosen.disputed {
        let files = if chosen.sample { due_files(session, chosen)? } else { Vec::new() };
        return places(session, &names, (&selected, &files), args);
    }
    let mut groups: Vec<GroupIdx> = selected.iter().map(|idx| session.group_of(*idx)).collect();
    groups.sort_unstable();
    groups.dedup();
    groups.retain(|idx| !args.open || session.group(*idx).state().unresolved());
    groups.sort_by_key(|idx| {
        let group = session.group(*idx);
        let worst = std::cmp::Reverse((group.severity, group.confidence));
        (worst, &session.info(*idx).id, std::cmp::Reverse(group.members.len()), &group.value)
    });
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.format {
        PlainFormat::Text => {
            for idx in &groups {
                writeln!(out, "{}", line(session, &names, *idx, &words))?;
            }
        }
        PlainFormat::Json => {
            let rows = groups.iter().map(|idx| row(session, &names, *idx, &words));
            let rows: Vec<serde_json::Value> = rows.collect();
            print_json(&mut out, &rows)?;
        }
    }
    out.flush()?;
    let waits = |idx: &GroupIdx| args.select.unrotated && session.group(*idx).turns().0 > 0;
    let open = |idx: &GroupIdx| session.group(*idx).state().unresolved() || waits(idx);
    let open = groups.iter().any(open);
    Ok(if open { Exit::Remaining } else { Exit::Clean })
}

/// A place, with what was said about it where reviewers differ.
#[derive(Serialize)]
struct Place<'a> {
    #[serde(flatten)]
    line: FindingLine<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opinions: Option<Vec<serde_json::Value>>,
}

/// Lists places that wait to be looked at, or on which reviewers differ, each for itself, and
/// files that wait to be read.
fn places(
    session: &Session,
    names: &Names<'_>,
    (places, files): (&[FindingIdx], &[&RepoPath]),
    args: &ListArgs,
) -> anyhow::Result<Exit> {
    let disputed = args.select.disputed;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let none = places.is_empty() && files.is_empty();
    match args.format {
        PlainFormat::Text => {
            for idx in places {
                writeln!(out, "{}", FindingLine::new(session, names, *idx).text())?;
                let said = if disputed { session.opinions(*idx) } else { Vec::new() };
                for vote in said {
                    writeln!(out, "  {}", clean(&stale::said(vote)))?;
                }
            }
            for path in files {
                writeln!(out, "{}", clean(&format!("{}: to be read", names.path(path))))?;
            }
            if none {
                let none = "nothing waits to be looked at";
                writeln!(out, "{}", if disputed { "reviewers differ on nothing" } else { none })?;
            }
        }
        PlainFormat::Json => {
            let place = |idx: &FindingIdx| Place {
                line: FindingLine::new(session, names, *idx),
                opinions: disputed
                    .then(|| session.opinions(*idx).into_iter().map(stale::document).collect()),
            };
            let places = places.iter().map(|idx| serde_json::to_value(place(idx)));
            let files = files.iter().map(|path| Ok(file_row(&names.path(path))));
            let all: Vec<serde_json::Value> = places.chain(files).collect::<Result<_, _>>()?;
            print_json(&mut out, &all)?;
        }
    }
    out.flush()?;
    Ok(if none { Exit::Clean } else { Exit::Remaining })
}

fn file_row(path: &str) -> serde_json::Value {
    serde_json::json!({ "kind": "file", "path": path })
}

/// Returns the drawn files that wait to be read, of those that `select` means. Nothing was found
/// in them: what is asked about a value fits none.
fn due_files<'a>(session: &'a Session, select: &Select) -> anyhow::Result<Vec<&'a RepoPath>> {
    let weight = select.severity.is_some() || select.confidence.is_some();
    if select.rule.is_some() || select.value.is_some() || select.history_only || weight {
        return Ok(Vec::new());
    }
    let test = select.within.as_deref().map(|text| path_test(session, text)).transpose()?;
    let files = session.files().iter().enumerate().filter(|(i, _)| session.is_due(*i));
    let files = files.map(|(_, file)| &file.path);
    Ok(files.filter(|path| test.as_ref().is_none_or(|test| test(path))).collect())
}

fn line(session: &Session, names: &Names<'_>, idx: GroupIdx, words: &[Word]) -> String {
    let group = session.group(idx);
    let members = by_place(session, group.members.clone());
    let value = members.first().map_or(String::new(), |i| masked(session, *i));
    let value = if value.is_empty() { value } else { format!(" {value}") };
    let first = members.first().map_or(String::new(), |i| place(session, names, *i));
    let since = Stretch::over(session, &group.members).map_or(String::new(), |seen| {
        let layer = if group.in_tree { "in the tree" } else { "history only" };
        let versions = many(usize::try_from(seen.versions).unwrap_or(usize::MAX), "version");
        format!("  ({layer}, {versions}, {})", period(seen.first, seen.last))
    });
    let rotated =
        rotation(session, idx).map_or(String::new(), |state| format!("  [{}]", state.title()));
    let with = partners(session, idx);
    let with = match with.is_empty() {
        true => String::new(),
        false => format!("  (with {})", with.join(" ")),
    };
    let why = because_of(session, idx, words).map_or(String::new(), |why| format!("  ({why})"));
    let says = says(session, idx).map_or(String::new(), |says| format!("  ({says})"));
    let again = again(session, idx).map_or(String::new(), |why| format!("  ({why})"));
    clean(&format!(
        "{:<12} {:<8} {:<6} {} {} {} in {}, {first}{value}{since}{with}{rotated}{says}{why}{again}",
        if group.disputed() > 0 { "differ" } else { state_word(group.state()) },
        group.severity.word(),
        group.confidence.word(),
        group.value,
        session.info(idx).id,
        many(group.members.len(), "place"),
        many(group.files as usize, "file"),
    ))
}

/// Returns where a finding stands, in words where that is no file.
pub(super) fn place(session: &Session, names: &Names<'_>, idx: FindingIdx) -> String {
    let finding = session.finding(idx);
    match (names.place(finding, session.sighting(idx)), finding.path.is_root()) {
        (Some(place), _) => place,
        (None, true) => "(repository)".into(),
        (None, false) => {
            let path = names.path(&finding.path);
            finding.line().map_or(path.clone(), |line| format!("{path}:{line}"))
        }
    }
}

fn row(session: &Session, names: &Names<'_>, idx: GroupIdx, words: &[Word]) -> serde_json::Value {
    let group = session.group(idx);
    let info = session.info(idx);
    let members = by_place(session, group.members.clone());
    let places = members.iter().map(|i| {
        let finding = session.finding(*i);
        serde_json::json!({
            "path": names.path(&finding.path),
            "line": finding.line().unwrap_or(1),
            "layer": finding.layer.word(),
            "evidence": session.evidence(*i),
        })
    });
    let seen = Stretch::over(session, &group.members);
    let commit = |commit: Option<&CommitRef>| commit.map(|commit| names.commit(commit));
    serde_json::json!({
        "id": &*group.value,
        "rule": info.id,
        "category": info.category.word(),
        "severity": group.severity.word(),
        "confidence": group.confidence.word(),
        "state": state_word(group.state()),
        "blocking": group.blocks(),
        "settled": group.settled(),
        "disputed": group.disputed(),
        "files": group.files,
        "masked": members.first().map(|i| masked(session, *i)),
        "places": places.collect::<Vec<_>>(),
        "in_tree": group.in_tree,
        "first": seen.as_ref().and_then(|seen| commit(seen.first)),
        "last": seen.as_ref().and_then(|seen| commit(seen.last)),
        "versions": seen.as_ref().map(|seen| seen.versions),
        "rotation": rotation(session, idx).map(RotationState::word),
        "pair": partners(session, idx),
        "because": because_of(session, idx, words),
        "reopened": again(session, idx),
        "says": says(session, idx),
    })
}

/// Returns the organisation's words where some of the findings may have been found for one.
fn words_for(review: &mut Review, found: &[FindingIdx]) -> Arc<[Word]> {
    let session = &review.session;
    let internal =
        |idx: &FindingIdx| session.info(session.group_of(*idx)).category == Category::Internal;
    if found.iter().any(internal) { review.own_words() } else { Arc::default() }
}

/// Says why a group was found, in the organisation's own terms.
fn because_of(session: &Session, idx: GroupIdx, words: &[Word]) -> Option<String> {
    let info = session.info(idx);
    let value = &session.finding(*session.group(idx).members.first()?).value;
    (info.category == Category::Internal).then(|| because(words, info.name(), value.expose()))?
}

/// Returns the licences that reviewers concluded, or what they want mended.
fn says(session: &Session, idx: GroupIdx) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    for place in &session.group(idx).members {
        let standing = session.standing(*place);
        let vote = standing.vote.and_then(|vote| session.vote(vote));
        let about = standing.verdict.is_some_and(Verdict::is_about_licences);
        let Some(to) = vote.and_then(|vote| vote.to.as_deref()).filter(|_| about) else { continue };
        let open = if standing.uncleared { ", which leaves the gap open" } else { "" };
        let says = format!("{to}{open}");
        if !all.contains(&says) {
            all.push(says);
        }
    }
    (!all.is_empty()).then(|| all.join(", "))
}

/// Says why a group is asked anew, where what its decisions rested on changed.
fn again(session: &Session, idx: GroupIdx) -> Option<String> {
    let mut places = session.group(idx).members.iter();
    places.find_map(|place| session.reopened_words(*place))
}

/// Returns the ids of the other parts of a credential.
fn partners(session: &Session, idx: GroupIdx) -> Vec<&str> {
    session.partners(idx).into_iter().map(|other| &*session.group(other).value).collect()
}

/// Returns whether the credential of a group was rotated, where that is asked.
fn rotation(session: &Session, idx: GroupIdx) -> Option<RotationState> {
    if session.group(idx).turns() == (0, 0) {
        return None;
    }
    let states = session.credentials_of(idx);
    let states = states.iter().map(|credential| session.rotation_state(credential));
    // What is not known to be safe counts.
    states.min_by_key(|state| state.is_safe())
}

/// Returns the findings that `select` means; all of them if it sets no condition.
pub(super) fn select(session: &Session, select: &Select) -> anyhow::Result<Vec<FindingIdx>> {
    let rule = select.rule.as_deref().map(|text| rule_glob(session, text)).transpose()?;
    let path = select.within.as_deref().map(|text| path_test(session, text)).transpose()?;
    let in_tree = |idx| session.group(session.group_of(idx)).in_tree;
    let matches = |idx: &FindingIdx| {
        let finding = session.finding(*idx);
        rule.as_ref().is_none_or(|rules| rules.contains(&finding.rule))
            && select
                .value
                .as_ref()
                .is_none_or(|id| session.identity(*idx).value.starts_with(&**id))
            && path.as_ref().is_none_or(|test| test(&finding.path))
            && select.severity.is_none_or(|least| finding.severity >= least)
            && select.confidence.is_none_or(|least| finding.confidence >= least)
            && (!select.in_tree || in_tree(*idx))
            && (!select.history_only || !in_tree(*idx))
            && (!select.sample || session.standing(*idx).draw == Draw::Due)
            && (!select.disputed || session.standing(*idx).disputed)
            && (!select.unrotated || session.standing(*idx).turn == Turn::Waits)
            && select.evidence.as_ref().is_none_or(|id| session.evidence(*idx) == Some(id))
    };
    Ok(sorted(session).into_iter().filter(matches).collect())
}

fn rule_glob(session: &Session, text: &str) -> anyhow::Result<Vec<crate::domain::RuleIdx>> {
    let glob = Glob::new(text).map_err(|error| usage(format!("--rule {text}: {error}")))?;
    let glob = glob.compile_matcher();
    let rules = session.rules();
    let found: Vec<_> = rules
        .iter()
        .filter(|(_, rule)| glob.is_match(&rule.info.id) || glob.is_match(rule.info.name()))
        .map(|(idx, _)| idx)
        .collect();
    if found.is_empty() {
        return Err(usage(format!("--rule {text}: no such rule; `debut rules` lists them")));
    }
    Ok(found)
}

type PathTest = Box<dyn Fn(&RepoPath) -> bool>;

fn path_test(session: &Session, text: &str) -> anyhow::Result<PathTest> {
    let plain = plain_path(text);
    // A name may well hold brackets: what is really called that comes first.
    let files = session.files().iter().map(|file| &file.path);
    let mut paths = session.findings().map(|(_, found)| &found.path).chain(files);
    if !is_glob(text) || paths.any(|path| path.is_within(&plain)) {
        return Ok(Box::new(move |path| path.is_within(&plain)));
    }
    let glob = Glob::new(text).map_err(|error| usage(format!("--path {text}: {error}")))?;
    let glob = glob.compile_matcher();
    Ok(Box::new(move |path| glob.is_match(&*String::from_utf8_lossy(path.as_bytes()))))
}

pub(super) fn is_glob(text: &str) -> bool {
    text.contains(['*', '?', '[', '{'])
}

/// Reads a path as people type it, `./dir/` for `dir`, or as it is printed, with `\\x1b` for what
/// no terminal should see.
pub(super) fn plain_path(text: &str) -> RepoPath {
    let text = if text == "." { "" } else { text };
    RepoPath::parse(text.trim_start_matches("./").trim_matches('/'))
}
