// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licences and copyright holders as the report tells them: what there is, by licence and by
//! holder, what is other people's, what their lock files say, and what remains unknown.
//!
//! Holders' names are copyright notices, which are there to be read; addresses of e-mail are cut
//! out all the same, and whoever is not to be published is withheld.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use serde::Serialize;

use super::{guard::Guard, model::Tally};
use crate::{
    domain::{How, Inventory, LicenceFact, LockFile, NoticeText, ThirdParty, Verdict},
    review::Session,
};

/// So many rows of each kind are listed; the rest is counted.
const MOST: usize = 200;
/// So many files are named.
const NAMED: usize = 20;
/// A notice is told up to here.
const NOTICE_BYTES: usize = 16 << 10;
/// What stands where nothing is said.
const NONE: &str = "NONE";
/// What the licence of an altered text begins with.
const ALTERED: &str = "LicenseRef-altered-";

/// Licences of the reviewed commit.
#[derive(Clone, Debug, Serialize)]
pub(super) struct LicencesEntry {
    /// Files of the commit.
    pub(super) files: usize,
    /// Files whose licence is known.
    pub(super) known: usize,
    /// The most common first.
    pub(super) by_licence: Vec<LicenceRow>,
    /// How many further licences there are.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) more_licences: usize,
    /// Who has most files first.
    pub(super) by_holder: Vec<HolderRow>,
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) more_holders: usize,
    pub(super) third_party: Vec<ThirdPartyEntry>,
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) more_third_party: usize,
    /// Texts that must be shipped.
    pub(super) notices: Vec<NoticeEntry>,
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) more_notices: usize,
    pub(super) dependencies: Vec<LockEntry>,
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) more_dependencies: usize,
    pub(super) unknown: UnknownEntry,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct LicenceRow {
    pub(super) licence: String,
    pub(super) files: usize,
    /// Of all files, in percent, as a decimal.
    pub(super) share: String,
    /// How it is known, and of how many of the files.
    pub(super) how: Vec<Tally>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct HolderRow {
    pub(super) holder: String,
    pub(super) files: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ThirdPartyEntry {
    pub(super) path: String,
    pub(super) licence: String,
    pub(super) holders: Vec<String>,
    /// Where the text is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct NoticeEntry {
    pub(super) path: String,
    pub(super) text: String,
    /// Whether more stands in the file than is told.
    pub(super) cut: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct LockEntry {
    pub(super) file: String,
    pub(super) by_licence: Vec<Packages>,
    /// Packages of which the file says nothing.
    pub(super) unknown: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Packages {
    pub(super) licence: String,
    pub(super) packages: usize,
}

/// What nobody can tell from the files.
#[derive(Clone, Debug, Serialize)]
pub(super) struct UnknownEntry {
    /// Files that ought to say their licence and do not.
    pub(super) files: usize,
    /// The first of them.
    pub(super) first: Vec<String>,
    pub(super) altered_texts: usize,
    pub(super) altered: Vec<Altered>,
    pub(super) unknown_texts: usize,
    /// Files with the name of a licence whose text is that of none.
    pub(super) texts: Vec<String>,
    /// Packages of which no lock file says the licence.
    pub(super) packages: usize,
}

/// A text that was changed.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Altered {
    pub(super) path: String,
    pub(super) licence: String,
}

/// Returns what is told of `all`, nothing if that is nothing.
pub(super) fn entry(all: &Inventory, session: &Session, guard: &Guard) -> Option<LicencesEntry> {
    if all.is_empty() {
        return None;
    }
    let (by_licence, more_licences) = by_licence(all, guard);
    let (by_holder, more_holders) = by_holder(&all.facts, guard);
    let (third_party, more_third_party) =
        first(&all.third_party, |root| third_party_entry(root, guard));
    let (notices, more_notices) = first(&all.notices, |notice| notice_entry(notice, guard));
    let (dependencies, more_dependencies) = first(&all.locks, |lock| lock_entry(lock, guard));
    Some(LicencesEntry {
        files: all.files,
        known: all.facts.iter().filter(|fact| is_known(fact)).count(),
        by_licence,
        more_licences,
        by_holder,
        more_holders,
        third_party,
        more_third_party,
        notices,
        more_notices,
        dependencies,
        more_dependencies,
        unknown: unknown(all, session, guard),
    })
}

/// What stands in an altered text nobody knows but who reads it.
fn is_known(fact: &LicenceFact) -> bool {
    &*fact.licence != NONE && !fact.licence.starts_with(ALTERED)
}

/// Returns the first rows, and how many more there are.
fn first<T, U>(all: &[T], row: impl Fn(&T) -> U) -> (Vec<U>, usize) {
    (all.iter().take(MOST).map(row).collect(), all.len().saturating_sub(MOST))
}

/// Returns the largest rows, and how many more there are.
fn largest<T>(mut rows: Vec<(String, usize, T)>) -> (Vec<(String, usize, T)>, usize) {
    rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let more = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    (rows, more)
}

fn by_licence(all: &Inventory, guard: &Guard) -> (Vec<LicenceRow>, usize) {
    let mut counts: HashMap<&str, BTreeMap<How, usize>> = HashMap::new();
    for fact in all.facts.iter().filter(|fact| &*fact.licence != NONE) {
        *counts.entry(&fact.licence).or_default().entry(fact.how).or_default() += 1;
    }
    let rows = counts.into_iter();
    let rows = rows.map(|(licence, how)| (licence.to_owned(), how.values().sum(), how)).collect();
    let (rows, more) = largest(rows);
    let row = |(licence, files, how): (String, usize, BTreeMap<How, usize>)| LicenceRow {
        licence: guard.name(&shortened(&licence)),
        files,
        share: share(files, all.files),
        how: how.into_iter().map(|(how, count)| Tally { what: how.word(), count }).collect(),
    };
    (rows.into_iter().map(row).collect(), more)
}

fn share(files: usize, of: usize) -> String {
    // The counts of files are far below what a float holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "see above")]
    let percent = if of == 0 { 0.0 } else { files as f64 * 100.0 / of as f64 };
    format!("{percent:.1}")
}

fn by_holder(facts: &[LicenceFact], guard: &Guard) -> (Vec<HolderRow>, usize) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    // Whose a licence's text is does not tell whose the work is.
    for fact in facts.iter().filter(|fact| fact.path.parent().file_name() != b"LICENSES") {
        let each: HashSet<&str> =
            fact.holders.iter().map(|holder| &**holder).filter(|name| !is_nobody(name)).collect();
        each.into_iter().for_each(|holder| *counts.entry(holder).or_default() += 1);
    }
    // Two holders may be the same once their addresses are gone.
    let mut told: HashMap<String, usize> = HashMap::new();
    for (holder, files) in counts {
        *told.entry(guard.holder(holder)).or_default() += files;
    }
    told.remove("");
    let (rows, more) = largest(told.into_iter().map(|(holder, n)| (holder, n, ())).collect());
    (rows.into_iter().map(|(holder, files, ())| HolderRow { holder, files }).collect(), more)
}

/// Returns whether the name says that there is no holder, as `SPDX-FileCopyrightText: NONE` does.
fn is_nobody(name: &str) -> bool {
    ["none", "noassertion", "n/a"].iter().any(|word| name.trim().eq_ignore_ascii_case(word))
}

fn third_party_entry(root: &ThirdParty, guard: &Guard) -> ThirdPartyEntry {
    ThirdPartyEntry {
        path: guard.path(&root.path),
        licence: guard.name(&shortened(&root.licence)),
        holders: holders(&root.holders, guard),
        text: root.text.as_ref().map(|path| guard.path(path)),
    }
}

fn holders(all: &[Arc<str>], guard: &Guard) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for holder in all {
        let told = guard.holder(holder);
        if !told.is_empty() && !out.contains(&told) {
            out.push(told);
        }
        if out.len() == NAMED {
            break;
        }
    }
    out
}

fn notice_entry(notice: &NoticeText, guard: &Guard) -> NoticeEntry {
    let end = notice.text.floor_char_boundary(NOTICE_BYTES);
    let text = &notice.text[..end];
    let lines: Vec<String> = text.lines().map(|line| guard.line(line)).collect();
    NoticeEntry {
        path: guard.path(&notice.path),
        text: lines.join("\n"),
        cut: end < notice.text.len(),
    }
}

fn lock_entry(lock: &LockFile, guard: &Guard) -> LockEntry {
    let rows = lock.licences.iter();
    let rows = rows.map(|(licence, n)| (licence.to_string(), *n, ())).collect();
    let (rows, _) = largest(rows);
    let row = |(licence, packages, ()): (String, usize, ())| Packages {
        licence: guard.name(&shortened(&licence)),
        packages,
    };
    LockEntry {
        file: guard.path(&lock.path),
        by_licence: rows.into_iter().map(row).collect(),
        unknown: lock.unknown,
    }
}

fn unknown(all: &Inventory, session: &Session, guard: &Guard) -> UnknownEntry {
    let missing = |fact: &&LicenceFact| &*fact.licence == NONE && fact.ought_to_say();
    let none: Vec<_> = all.facts.iter().filter(missing).collect();
    let altered: Vec<_> =
        all.facts.iter().filter(|fact| fact.licence.starts_with(ALTERED)).collect();
    let texts = session.findings().filter(|(idx, finding)| {
        let name = session.rules().info(finding.rule).id.as_str();
        matches!(name, "licensing/license-unknown" | "licensing/license-empty")
            && session.standing(*idx).verdict != Some(Verdict::Exclude)
    });
    let mut texts: Vec<String> = texts.map(|(_, finding)| guard.path(&finding.path)).collect();
    texts.sort();
    texts.dedup();
    let unknown_texts = texts.len();
    texts.truncate(MOST);
    UnknownEntry {
        files: none.len(),
        first: none.iter().take(NAMED).map(|fact| guard.path(&fact.path)).collect(),
        altered_texts: altered.len(),
        altered: altered
            .iter()
            .take(MOST)
            .map(|fact| Altered {
                path: guard.path(&fact.path),
                licence: guard.name(&shortened(&fact.licence)),
            })
            .collect(),
        unknown_texts,
        texts,
        packages: all.locks.iter().map(|lock| lock.unknown).sum(),
    }
}

/// What the repository calls a licence may be of any length.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference in")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}
