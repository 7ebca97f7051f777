// SPDX-License-Identifier: MIT OR Apache-2.0
//! The scope menu: what more than this one a verdict can cover, counted before it opens.

use std::{borrow::Cow, collections::HashSet};

use crate::{
    domain::{Act, FixKind, Place, Reason, RepoPath, Verdict},
    review::{FindingIdx, GroupIdx, Scope, Session},
    tui::{
        model::Model,
        overlay::{Deed, Item, Menu, Overlay, Pick, Reach, Says},
        place,
        view::{count, number},
    },
};

/// Returns whether a verdict over these places has to be confirmed. Friction sits on what can do
/// harm: approving many places, or leaving several files out. Redacting is safe.
pub(super) fn careful(model: &Model, verdict: Verdict, places: &[FindingIdx]) -> bool {
    match verdict {
        Verdict::Approve => places.len() > 1,
        Verdict::Exclude => files_of(&model.session, places) > 1,
        Verdict::Correct => places.len() > 1,
        Verdict::Redact | Verdict::Defer | Verdict::Fix => false,
    }
}

/// Opens the menu for `verdict`.
pub(super) fn open(model: &mut Model, verdict: Verdict) {
    open_saying(model, verdict, &Says::Nothing);
}

/// Opens the menu for `verdict`, which says something beside its word.
pub(super) fn open_saying(model: &mut Model, verdict: Verdict, says: &Says) {
    if let Some(why) = model.locked() {
        return model.refuse(why);
    }
    let (Some(shown), Some(anchor)) = (model.shown(), model.anchor()) else {
        return model.refuse("nothing here to decide");
    };
    let mut items = Vec::new();
    let path = model.session.finding(shown).bearer().into_owned();
    let excludes = verdict == Verdict::Exclude;
    if excludes && !place::is_file(&path) {
        return model.refuse(model.hint(place::why_no_file(&path)));
    }
    let deed = |scope: Reach, words: &str| Deed {
        scope,
        verdict,
        says: says.clone(),
        how: None,
        anchor: anchor.clone(),
        confirm: false,
        words: words.to_owned(),
    };
    let mut add = |key: char, words: &str, dir: Option<&RepoPath>, scope: Scope| {
        let mut members = model.session.reach(&scope, Act::Give(verdict)).places;
        if excludes {
            members.retain(|idx| place::has_file(model.session.finding(*idx)));
        }
        // A group has its own guard: every line shape must have been on screen.
        let free = matches!(scope, Scope::Place(_) | Scope::Group(_)) && !excludes;
        let confirm = !free && careful(model, verdict, &members);
        let right = counted(&model.session, &members, excludes);
        let deed = Deed { confirm, ..deed(Reach::Scope(scope), words) };
        let mut item = Item::new(key, words, Pick::Deed(Box::new(deed))).right(right);
        item.path = dir.cloned();
        items.push(item);
    };
    for (key, words, dir, scope) in choices(model, shown, excludes) {
        add(key, &words, dir.as_ref(), scope);
    }
    let dir = path.parent();
    if excludes && !dir.is_root() {
        let deed = Deed { confirm: true, ..deed(Reach::Directory(dir.clone()), "the directory") };
        items.push(whole_directory(model, dir, deed));
    }
    guard(model, verdict, shown, &mut items);
    let title = title(model, verdict, says);
    let hint = "a letter decides; Enter looks first; Esc leaves".into();
    model.overlay = Some(Overlay::Menu(Menu { title, items, cursor: 0, enter_looks: true, hint }));
}

/// A letter, words, a directory that belongs to them, and what is covered.
type Chosen = (char, String, Option<RepoPath>, Scope);

/// Returns what a verdict can cover beside the place shown.
fn choices(model: &Model, shown: FindingIdx, excludes: bool) -> Vec<Chosen> {
    let finding = model.session.finding(shown);
    let (rule, path, dir) = (finding.rule, &finding.path, finding.path.parent());
    let mut out: Vec<Chosen> = Vec::new();
    let mut add = |key, words: &str, dir: Option<&RepoPath>, scope| {
        out.push((key, words.to_owned(), dir.cloned(), scope));
    };
    let marked = super::aim::marked(model);
    if !marked.is_empty() {
        add('m', "the marked rows", None, Scope::Places(marked));
    }
    let here = if excludes { "this file" } else { "this place" };
    add('o', here, None, Scope::Place(shown));
    let value = if excludes { "files with this value" } else { "same value" };
    add('v', value, None, Scope::Group(model.session.group_of(shown)));
    if !excludes {
        let words = format!("this rule in {}", place::heading(path).unwrap_or("this file"));
        add('f', &words, None, Scope::RuleInFile(rule, path.clone()));
    }
    if place::heading(path).is_some() {
        add('d', "this rule in all metadata", None, Scope::RuleInDirectory(rule, dir));
    } else if !path.is_root() {
        add('d', "this rule under", Some(&dir), Scope::RuleInDirectory(rule, dir.clone()));
        if let Some(top) = top_of(path).filter(|top| *top != dir) {
            add('t', "this rule under", Some(&top), Scope::RuleInDirectory(rule, top.clone()));
        }
    }
    if super::mending::is_gap(model, shown) && !excludes {
        add('e', "this evidence everywhere", None, Scope::Evidence(shown));
    }
    add('u', "this rule everywhere", None, Scope::Rule(rule));
    let view_words = if model.by_file() { "all in this file" } else { "all in the current view" };
    add('l', view_words, None, Scope::Places(view(model)));
    out
}

/// Takes what stands in no file out of what is to be left out.
///
/// # Errors
/// When nothing remains; says why.
pub(super) fn only_files(model: &Model, deed: &mut Deed) -> Result<(), Cow<'static, str>> {
    let Reach::Scope(scope) = &deed.scope else { return Ok(()) };
    let path = |idx: &FindingIdx| &model.session.finding(*idx).path;
    let all = model.session.reach(scope, Act::Give(Verdict::Exclude)).places;
    let files: Vec<FindingIdx> =
        all.iter().copied().filter(|idx| place::has_file(model.session.finding(*idx))).collect();
    match (all.first(), files.len()) {
        (Some(first), 0) => return Err(model.hint(place::why_no_file(path(first)))),
        (_, n) if n < all.len() => {
            deed.how.get_or_insert(scope.origin());
            deed.scope = Reach::Scope(Scope::Places(files));
        }
        _ => {}
    }
    Ok(())
}

fn whole_directory(model: &Model, dir: RepoPath, deed: Deed) -> Item {
    let (all, clean) = files_under(model, &dir);
    let right = format!("{}, {} without a finding", count(all, "file"), number(clean));
    let item = Item::new('D', "all of", Pick::Deed(Box::new(deed))).right(right);
    Item { path: Some(dir), ..item }
}

fn title(model: &Model, verdict: Verdict, says: &Says) -> String {
    let why = model.reason.filter(|why| Reason::choices(verdict, None).contains(why));
    let word = verdict.word();
    let mut title = word[..1].to_uppercase() + &word[1..];
    match says {
        Says::Correct(text) => title = format!("{title} to {text}"),
        Says::Fix(wish) => {
            title = format!("{title}: {}", wish.kind.map_or("usual", FixKind::title));
        }
        Says::Nothing => {}
    }
    if let Some(why) = why {
        title = format!("{title} as \"{}\"", why.title());
    }
    title
}

/// Says on the line of the value how many of its line shapes were on screen.
fn guard(model: &Model, verdict: Verdict, shown: FindingIdx, items: &mut [Item]) {
    let group = model.session.group_of(shown);
    let (seen, all) = model.session.shapes(group);
    if verdict != Verdict::Approve || all < 2 {
        return;
    }
    let careful = model.session.policy().careful(model.session.group(group).severity);
    for item in items.iter_mut().filter(|item| item.key == 'v') {
        item.right = format!("{}, shapes seen {seen}/{all}", item.right);
        if careful && seen < all {
            let places = model.session.group(group).members.len();
            item.right = format!("{places}, shapes seen {seen}/{all}");
            item.why_not = Some("look first: Enter".into());
        }
    }
}

fn counted(session: &Session, members: &[FindingIdx], excludes: bool) -> String {
    if excludes {
        let bearers = members.iter().map(|idx| session.finding(*idx).bearer());
        return count(bearers.collect::<HashSet<_>>().len(), "file");
    }
    let files = files_of(session, members);
    let path = |idx: &&FindingIdx| &session.finding(**idx).path;
    let outside = members.iter().filter(|idx| !place::is_file(path(idx)) && !path(idx).is_root());
    // Messages, names and people stand in no file.
    match (outside.count(), files) {
        (0, 0 | 1) => number(members.len()),
        (0, _) => format!("{} in {}", number(members.len()), count(files, "file")),
        (n, 0) => format!("{} in metadata", number(n)),
        (n, _) => {
            let (here, n) = (number(members.len() - n), number(n));
            format!("{here} in {}, {n} in metadata", count(files, "file"))
        }
    }
}

/// Returns in how many files these places are; messages, names and people stand in none.
pub(super) fn files_of(session: &Session, members: &[FindingIdx]) -> usize {
    let paths = members.iter().map(|i| &session.finding(*i).path);
    paths.filter(|path| place::is_file(path)).collect::<HashSet<_>>().len()
}

fn top_of(path: &RepoPath) -> Option<RepoPath> {
    let bytes = path.as_bytes();
    let end = bytes.iter().position(|b| *b == b'/')?;
    Some(RepoPath::new(&bytes[..end]))
}

/// Returns every place that the list shows, folded or not; of a file that is read all its places.
fn view(model: &Model) -> Vec<FindingIdx> {
    if model.by_file() {
        return model.files.places.clone();
    }
    let mut seen = HashSet::new();
    let places = model.list.rows.iter().flat_map(|row| row.places(&model.session));
    places.copied().filter(|idx| seen.insert(*idx)).collect()
}

/// Returns the findings below a directory.
pub(super) fn findings_under(model: &Model, dir: &RepoPath) -> Vec<FindingIdx> {
    let findings = model.session.findings();
    findings.filter(|(_, f)| f.path.is_within(dir)).map(|(idx, _)| idx).collect()
}

/// Returns how many files the commit has below a directory, and in how many nothing was found.
/// Before the scan is done, only files in which something was found are known.
pub(super) fn files_under(model: &Model, dir: &RepoPath) -> (usize, usize) {
    let found = files_of(&model.session, &findings_under(model, dir));
    let files = model.session.files().iter();
    let all = files.filter(|file| file.path.is_within(dir)).count().max(found);
    (all, all - found)
}

/// Returns whether `idx` is a place of `group` whose line shape was not on screen yet.
pub(super) fn unseen(session: &Session, group: GroupIdx, idx: FindingIdx) -> bool {
    session.group_of(idx) == group
        && !session.was_seen(idx)
        && !matches!(session.finding(idx).place, Place::Repository)
}
