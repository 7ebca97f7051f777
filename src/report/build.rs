// SPDX-License-Identifier: MIT OR Apache-2.0
//! Takes everything that a report says out of a session.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{
    attest,
    decisions::LastVotes,
    groups::Lister,
    guard::Guard,
    input::{ReportInput, Source},
    licences,
    model::*,
    past, people, reading, rotation, rules, samples, words,
};
use crate::{
    domain::{Category, NotScanned, NotScannedFile, Origin, RepoPath, Verdict},
    review::{Counts, Session},
};

impl Report {
    /// Builds the report on `input`. It is `passed` only when nothing stands against a release:
    /// see [`Counts::clear`], and an unfinished scan passes never.
    #[must_use]
    pub fn build(input: &ReportInput<'_>) -> Self {
        let session = input.session;
        let guard = Guard::new(session, input.words);
        let counts = session.counts();
        let last = LastVotes::of(session, counts.disputed > 0);
        let with_history = input.history.is_some();
        let lister = Lister { session, guard: &guard, last, with_history };
        let (open, decisions) = lister.groups();
        let against = against(&counts, input);
        let passed = against.is_empty();
        let (git_commit, git_tree) = (input.source.commit.into(), input.source.tree.into());
        let digest = GitDigest { git_commit, git_tree };
        Self {
            kind: "https://in-toto.io/Statement/v1",
            subject: [Subject { name: "source", digest }],
            predicate_type: "https://debut.invalid/signoff/v1",
            predicate: Predicate {
                schema: 1,
                tool: Tool { name: "debut", version: input.version.into() },
                audience: "private",
                created: input.created.into(),
                result: if passed { Outcome::Passed } else { Outcome::Failed },
                against,
                source: source(&input.source, &input.nonce, &guard),
                ruleset: Ruleset {
                    sha256: bare(session.rules().digest()),
                    rules: session.rules().len(),
                    changes: rules::entries(session, &guard),
                },
                policy: people::policy(&input.policy, session.policy(), &guard),
                checklist: checklist(input),
                export: Export {
                    mode: input.mode.into(),
                    refs: input.refs.iter().map(|name| guard.name(name)).collect(),
                },
                scan: scan(input, &counts),
                counts: places(session, &counts),
                by_category: by_category(&counts),
                by_verdict: by_verdict(session),
                by_origin: by_origin(session),
                reviewers: people::reviewers(session, &guard),
                samples: samples::entries(session, &guard),
                reading: reading::entry(session, &counts.read, &guard),
                rotation: rotation::entry(&lister, &counts.rotation),
                words: words::entry(input.words, input.words_seal, &guard),
                carried: carried(session),
                residual: residual(input, &counts, &guard),
                properties: if passed { vec!["NO_UNRESOLVED_FINDINGS"] } else { Vec::new() },
                open,
                decisions,
                path_decisions: lister.last.on_paths(&guard),
                modules: modules(input, &guard),
                not_judged: not_judged(session, &guard),
                attestations: attest::entry(session, &guard),
                licences: input.licences.and_then(|all| licences::entry(all, session, &guard)),
                history: input.history.map(|history| past::entry(history, &guard)),
            },
        }
    }
}

/// Returns what keeps the result from being `passed`; empty exactly when it is.
fn against(counts: &Counts, input: &ReportInput<'_>) -> Vec<Tally> {
    let history = input.history.map(|h| (h.missing, h.unread, h.broken.len()));
    let (missing, unread, broken) = history.unwrap_or_default();
    // A plan to publish the history needs a scan of it.
    let unscanned = input.mode == "history" && input.history.is_none();
    let all = [
        ("scan-unfinished", usize::from(!input.complete || unscanned)),
        ("groups-open", counts.total.open),
        ("groups-deferred", counts.total.deferred),
        ("groups-need-second-voter", counts.total.needs_second),
        ("samples-due", counts.total.due),
        ("files-to-read", counts.read.due),
        ("files-to-draw", counts.read.missing),
        ("places-disputed", counts.disputed),
        ("credentials-not-rotated", counts.rotation.blocking),
        ("reviewers-missing", counts.missing_reviewers.len()),
        ("reviewers-too-few", counts.too_few_reviewers),
        ("files-unreadable", counts.not_scanned_blocking),
        ("attestations-open", counts.attest.missing),
        ("attestations-answered-no", counts.attest.refused),
        ("attestations-disputed", counts.attest.disputed),
        ("history-objects-missing", missing),
        ("history-objects-unreadable", unread),
        ("history-refs-broken", broken),
    ];
    all.into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| Tally { what, count })
        .collect()
}

fn checklist(input: &ReportInput<'_>) -> Checklist {
    let sha256 = input.checklist_digest.map(bare);
    Checklist { sha256, votes: input.session.votes().len() }
}

fn source(source: &Source<'_>, nonce: &[u8], guard: &Guard) -> SourceEntry {
    let mut hash = Sha256::new();
    hash.update(nonce);
    hash.update(source.commit);
    SourceEntry {
        name: guard.name(source.name),
        revision: guard.name(source.revision),
        commitment: format!("sha256:{}", HEXLOWER.encode(&hash.finalize())),
        nonce: HEXLOWER.encode(nonce),
        commit: source.commit.into(),
        tree: source.tree.into(),
    }
}

fn scan(input: &ReportInput<'_>, counts: &Counts) -> Scan {
    let not_scanned = counts.not_scanned.iter();
    Scan {
        of: "source",
        complete: input.complete,
        files: input.files,
        bytes: input.bytes,
        not_scanned: not_scanned.map(|(what, count)| Tally { what, count: *count }).collect(),
    }
}

fn places(session: &Session, counts: &Counts) -> Places {
    let mut out = Places {
        findings: counts.total.findings,
        groups: counts.total.groups,
        disputed: counts.disputed,
        blocking_groups: counts.total.blocking,
        not_judged: counts.not_scanned.values().sum(),
        not_judged_blocking: counts.not_scanned_blocking,
        samples_due: counts.total.due,
        ..Places::default()
    };
    for (idx, _) in session.findings() {
        let standing = session.standing(idx);
        *match standing.verdict {
            None => &mut out.undecided,
            Some(_) if standing.needs_second => &mut out.needs_second,
            Some(_) if standing.uncleared => &mut out.undecided,
            Some(Verdict::Approve) => &mut out.approved,
            Some(Verdict::Correct) => &mut out.corrected,
            Some(Verdict::Fix) => &mut out.fixed,
            Some(Verdict::Defer) => &mut out.deferred,
            Some(Verdict::Redact) => &mut out.redacted,
            Some(Verdict::Exclude) => &mut out.excluded,
        } += 1;
        out.stale += usize::from(standing.reopened);
    }
    out.unresolved = out.undecided + out.deferred + out.needs_second;
    out
}

fn by_category(counts: &Counts) -> Vec<CategoryRow> {
    let rows = Category::ALL.iter().map(|category| (category.word(), counts.of(*category)));
    rows.chain([("total", &counts.total)])
        .map(|(category, row)| CategoryRow {
            category,
            findings: row.findings,
            groups: row.groups,
            open: row.open,
            deferred: row.deferred,
            needs_second: row.needs_second,
            approved: row.approved,
            corrected: row.corrected,
            fixed: row.fixed,
            redacted: row.redacted,
            excluded: row.excluded,
            blocking: row.blocking,
        })
        .collect()
}

fn by_verdict(session: &Session) -> Vec<Tally> {
    let count = |wanted: Option<Verdict>| {
        session.findings().filter(|(idx, _)| session.standing(*idx).verdict == wanted).count()
    };
    let given = Verdict::ALL.iter().map(|v| Tally { what: v.word(), count: count(Some(*v)) });
    given.chain([Tally { what: "undecided", count: count(None) }]).collect()
}

fn by_origin(session: &Session) -> Vec<Tally> {
    let known = session.origins();
    let decided =
        session.findings().filter(|(idx, _)| session.standing(*idx).verdict.is_some()).count();
    let unknown = decided.saturating_sub(known.iter().sum());
    let rows = Origin::ALL.iter().zip(known);
    let rows = rows.map(|(origin, count)| Tally { what: origin.word(), count });
    // A hand-written vote may not say how it came about.
    rows.chain((unknown > 0).then_some(Tally { what: "unknown", count: unknown })).collect()
}

fn carried(session: &Session) -> Carried {
    let carried = session.carried();
    Carried {
        kept: carried.kept,
        reopened: carried.reopened,
        expired: carried.expired,
        gone: carried.gone,
    }
}

fn residual(input: &ReportInput<'_>, counts: &Counts, guard: &Guard) -> Vec<Residual> {
    let banners = input.source.banners.iter();
    let banners = banners.map(|text| Residual { class: "source", text: guard.remark(text) });
    let unseen = counts.not_scanned.iter().map(|(why, count)| {
        let text = format!("{count} files could not be judged: {why}");
        Residual { class: "not-scanned", text }
    });
    let rotation = counts.rotation.waiting() - counts.rotation.blocking;
    let rotation = (rotation > 0).then(|| {
        let text = format!("{rotation} redacted credentials are not known to be rotated");
        Residual { class: "not-rotated", text }
    });
    banners.chain(unseen).chain(past::residual(input.history, guard)).chain(rotation).collect()
}

fn modules(input: &ReportInput<'_>, guard: &Guard) -> Vec<ModuleEntry> {
    let session = input.session;
    let disputed = session.findings().filter(|(idx, _)| session.standing(*idx).disputed);
    let unreadable = session.not_scanned().iter().filter(|file| blocks(session, file));
    // Readiness counts missing decisions only; these stand in the way just as well.
    let obstacles: Vec<&RepoPath> = disputed
        .map(|(_, finding)| &finding.path)
        .chain(unreadable.map(|file| &file.path))
        .collect();
    let mut all = session.readiness(input.modules);
    all.sort_by(|a, b| a.module.cmp(&b.module));
    all.iter()
        .map(|entry| {
            let obstacles = obstacles.iter().filter(|path| path.is_within(&entry.module.path));
            let obstacles = obstacles.count();
            ModuleEntry {
                path: guard.path(&entry.module.path),
                kind: entry.module.kind.title(),
                files: entry.module.files,
                ready: entry.ready() && obstacles == 0 && input.complete,
                missing: entry.missing(),
                blocking: entry.blocking,
                not_rotated: entry.waiting,
                disputed_or_unreadable: obstacles,
            }
        })
        .collect()
}

fn blocks(session: &Session, file: &NotScannedFile) -> bool {
    let settled = session.file_verdict(&file.path).is_some_and(|v| file.why.is_settled_by(v));
    file.why.blocks() && !settled
}

fn not_judged(session: &Session, guard: &Guard) -> Vec<NotJudged> {
    let mut files: Vec<&NotScannedFile> = session.not_scanned().iter().collect();
    files.sort_by_cached_key(|file| (!blocks(session, file), *file));
    files
        .into_iter()
        .map(|file| (file, guard.path(&file.path), guard.remark(&file.why.reason())))
        .map(|(file, path, reason)| NotJudged {
            source_object: past::object_id(&path).or_else(|| past::object_id(&reason)),
            path: past::without_ids(&path),
            why: file.why.word(),
            reason: past::without_ids(&reason),
            blocks: blocks(session, file),
            excluded: file.why == NotScanned::OutOfScope
                || session.file_verdict(&file.path) == Some(Verdict::Exclude),
            looked_at: session.file_verdict(&file.path) == Some(Verdict::Approve),
        })
        .collect()
}

/// Returns a digest without the name of its function: the file format has one field for each.
pub(super) fn bare(digest: &str) -> String {
    digest.strip_prefix("sha256:").unwrap_or(digest).into()
}
