// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the readable documents say, and in which order: what stands against the release first.

use super::{
    attest,
    document::{Block, Item, Line, code, strong, text},
    licence_blocks,
    model::{CategoryRow, GroupEntry, Predicate, Report, Tally},
    passages::{
        category_title, group_item, many, not_judged_item, origin_words, out_of_scope_item,
        path_decision_item,
    },
    past, people, reading, rotation, rules, samples, words,
};

impl Report {
    /// Returns the title of the documents.
    pub(super) fn title(&self) -> String {
        format!("Review of {} before publication", self.predicate.source.name)
    }
}

/// Returns the whole document.
pub(super) fn outline(report: &Report) -> Vec<Block<'_>> {
    let predicate = &report.predicate;
    let mut out = vec![Block::Heading(1, report.title().into())];
    verdict(&mut out, report);
    blockers(&mut out, predicate);
    subject(&mut out, predicate);
    past::blocks(&mut out, predicate);
    attest::blocks(&mut out, predicate);
    rotation::blocks(&mut out, predicate);
    counts(&mut out, predicate);
    people::blocks(&mut out, predicate);
    rules::blocks(&mut out, predicate);
    words::blocks(&mut out, predicate);
    samples::blocks(&mut out, predicate);
    reading::blocks(&mut out, predicate);
    licence_blocks::blocks(&mut out, predicate);
    let others = predicate.open.iter().filter(|group| !needs_attention(group));
    section(&mut out, "Still open, of a severity that does not block", others.map(group_item));
    let not_judged = predicate.not_judged.iter().filter(|file| !file.is_out_of_scope());
    section(&mut out, "Not judged", not_judged.map(not_judged_item));
    let outside = out_of_scope_item(&predicate.not_judged);
    if let Some(item) = outside {
        out.push(Block::Heading(2, "Out of scope".into()));
        out.push(Block::List(vec![item]));
    }
    modules(&mut out, predicate);
    decisions(&mut out, predicate);
    closing(&mut out);
    out
}

/// Whether a group belongs to the first list: it blocks by its severity, or reviewers differ.
fn needs_attention(group: &GroupEntry) -> bool {
    group.blocks || group.disputed > 0
}

fn verdict<'a>(out: &mut Vec<Block<'a>>, report: &'a Report) {
    let passed = report.passed();
    let unread = report.predicate.not_judged.iter().filter(|f| !f.excluded && !f.looked_at).count();
    let line = if passed && unread == 0 {
        vec![strong("PASSED."), text(" Every finding is decided, and every file was judged.")]
    } else if passed {
        let files = many(unread, "file");
        let rest = format!(" Every finding is decided. {files} could not be judged; see below.");
        vec![strong("PASSED."), text(rest)]
    } else {
        vec![strong("NOT PASSED."), text(" This repository must not be published as it is.")]
    };
    out.push(Block::Verdict { passed, line });
    let reasons = report.predicate.against.iter().map(|tally| Item::from(vec![against(tally)]));
    let reasons: Vec<Item> = reasons.collect();
    if !reasons.is_empty() {
        out.push(Block::Heading(2, "What stands against it".into()));
        out.push(Block::List(reasons));
    }
}

fn against(tally: &Tally) -> super::document::Inline<'static> {
    let n = tally.count;
    text(match tally.what {
        "scan-unfinished" => "The scan did not see every file.".into(),
        "groups-open" => format!("{} with an undecided place.", many(n, "group")),
        "groups-need-second-voter" => {
            format!("{} approved by one person and in need of a second voter.", many(n, "group"))
        }
        "reviewers-missing" => {
            format!("{} whom the policy requires and who did not take part.", many(n, "reviewer"))
        }
        "reviewers-too-few" => format!("{} fewer than the policy wants.", many(n, "reviewer")),
        "groups-deferred" => format!("{} put off.", many(n, "group")),
        "samples-due" => {
            format!("{} drawn from batches of approvals that nobody looked at.", many(n, "place"))
        }
        "files-to-read" => {
            format!("{} drawn from those without findings that nobody has read.", many(n, "file"))
        }
        "files-to-draw" => {
            format!("{} fewer drawn to be read than the policy wants.", many(n, "file"))
        }
        "credentials-not-rotated" => {
            format!("{} not known to be rotated.", many(n, "redacted credential"))
        }
        "places-disputed" => format!("{} on which reviewers differ.", many(n, "place")),
        "files-unreadable" => {
            format!("{} could not be read or scanned to the end.", many(n, "file"))
        }
        _ => against_beside(tally),
    })
}

/// The same of what is no matter of findings and files: the release checklist and the history.
fn against_beside(tally: &Tally) -> String {
    let n = tally.count;
    match tally.what {
        "attestations-open" => {
            format!("{} of the release checklist without an answer.", many(n, "required item"))
        }
        "attestations-answered-no" => {
            format!("{} of the release checklist answered with no.", many(n, "required item"))
        }
        "attestations-disputed" => {
            let items = many(n, "item");
            format!("{items} of the release checklist on which reviewers differ.")
        }
        "history-objects-missing" => {
            format!("{} of the history named but not there.", many(n, "object"))
        }
        "history-objects-unreadable" => {
            format!("{} of the history could not be read.", many(n, "object"))
        }
        "history-refs-broken" => {
            format!("{} that would be published and lead nowhere.", many(n, "ref"))
        }
        other => format!("{other}: {n}."),
    }
}

fn blockers<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    let groups = predicate.open.iter().chain(&predicate.decisions);
    let groups = groups.filter(|group| needs_attention(group)).map(group_item);
    let files = predicate.not_judged.iter().filter(|file| file.blocks).map(not_judged_item);
    section(out, "What blocks", files.chain(groups));
}

fn subject<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    let Predicate { source, scan, export, checklist, .. } = predicate;
    out.push(Block::Heading(2, "What was reviewed".into()));
    let row = |name: &'static str, line: Line<'a>| vec![vec![text(name)], line];
    let digest = |name, digest: &'a str| row(name, vec![code(digest)]);
    let mut rows = vec![
        row("Repository", vec![text(&*source.name)]),
        row("Revision", vec![text(&*source.revision)]),
        digest("Commit", &source.commit),
        digest("Tree", &source.tree),
        row(
            "Scanned",
            vec![text(format!(
                "{}, {}{}",
                many(scan.files, "file"),
                many(scan.bytes, "byte"),
                if scan.complete { "" } else { ", not finished" },
            ))],
        ),
        row("Release plan", vec![text(&*export.mode)]),
        row("Refs", vec![text(export.refs.join(", "))]),
        row(
            "Rules",
            vec![
                text(format!("{}, ", many(predicate.ruleset.rules, "rule"))),
                code(&*predicate.ruleset.sha256),
            ],
        ),
        row(
            "Checklist",
            match &checklist.sha256 {
                Some(sha256) => {
                    vec![text(format!("{}, ", many(checklist.votes, "vote"))), code(&**sha256)]
                }
                None => vec![text(format!("{}, not written", many(checklist.votes, "vote")))],
            },
        ),
        digest("Policy", &predicate.policy.sha256),
        row("Tool", vec![text(format!("{} {}", predicate.tool.name, predicate.tool.version))]),
        row("Time", vec![text(&*predicate.created)]),
    ];
    let remarks = predicate.residual.iter().filter(|residual| residual.class == "source");
    rows.extend(remarks.map(|residual| row("To note", vec![text(&*residual.text)])));
    out.push(Block::Table { head: vec!["What", "Which"], rows, numbers: false });
}

fn counts<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    out.push(Block::Heading(2, "Counts".into()));
    let explained = "All columns but the first count groups: one value of one rule, wherever it stands. \
        Blocking are those that are not resolved and whose severity is";
    let explained = format!("{explained} {}.", at_least(predicate.policy.blocking));
    out.push(Block::Paragraph(vec![text(explained)]));
    let mut head = vec![
        "Category",
        "Findings",
        "Groups",
        "Open",
        "Deferred",
        "Approved",
        "Corrected",
        "Fixed",
        "Redacted",
        "Excluded",
        "Blocking",
    ];
    let seconds = !predicate.policy.second_voter.is_empty();
    if seconds {
        head.push("Needs a second voter");
    }
    let rows = predicate.by_category.iter().map(|row| category_row(row, seconds)).collect();
    out.push(Block::Table { head, rows, numbers: true });
    tallies(out, "Verdict", &predicate.by_verdict, |what| what);
    tallies(out, "How the verdict came about", &predicate.by_origin, origin_words);
    if predicate.counts.fixed > 0 {
        out.push(Block::Paragraph(vec![text(format!(
            "{} to be applied in the release before it may go out.",
            are(predicate.counts.fixed, "fix"),
        ))]));
    }
    let carried = &predicate.carried;
    out.push(Block::Paragraph(vec![text(format!(
        "Of the decisions of earlier runs, {} still hold, {} had to be looked at again because the \
         text around a credential or the evidence of a licensing gap changed, {} have run out, and {} are about something that is not in what was scanned. \
         Places that still wait for that second look: {}.",
        carried.kept, carried.reopened, carried.expired, carried.gone, predicate.counts.stale,
    ))]));
}

fn are(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun} is") } else { format!("{n} {noun}es are") }
}

/// Returns a severity and those above it in words.
fn at_least(severity: &str) -> String {
    match severity {
        "critical" => "critical".into(),
        "high" => "high or critical".into(),
        other => format!("{other} or higher"),
    }
}

fn category_row(row: &CategoryRow, seconds: bool) -> Vec<Line<'_>> {
    let numbers = [
        row.findings,
        row.groups,
        row.open,
        row.deferred,
        row.approved,
        row.corrected,
        row.fixed,
        row.redacted,
        row.excluded,
        row.blocking,
    ];
    let numbers = numbers.into_iter().chain(seconds.then_some(row.needs_second));
    let numbers = numbers.map(|n| vec![text(n.to_string())]);
    std::iter::once(vec![text(category_title(row.category))]).chain(numbers).collect()
}

fn tallies<'a>(
    out: &mut Vec<Block<'a>>,
    title: &'static str,
    tallies: &'a [Tally],
    words: fn(&'static str) -> &'static str,
) {
    let row =
        |tally: &Tally| vec![vec![text(words(tally.what))], vec![text(tally.count.to_string())]];
    let rows = tallies.iter().map(row).collect();
    out.push(Block::Table { head: vec![title, "Places"], rows, numbers: true });
}

fn modules<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    let items = predicate.modules.iter().map(|module| {
        let state = if module.ready { strong("ready") } else { strong("not ready") };
        let path = if module.path.is_empty() { "the whole repository" } else { &module.path };
        let mut line = vec![state, text(": "), code(path)];
        line.push(text(format!(", {}, {}", module.kind, many(module.files, "file"))));
        if module.missing > 0 {
            line.push(text(format!(
                ", {} undecided, {} blocking",
                many(module.missing, "value"),
                module.blocking
            )));
        }
        if module.not_rotated > 0 {
            let count = many(module.not_rotated, "credential");
            line.push(text(format!(", {count} not known to be rotated")));
        }
        if module.disputed_or_unreadable > 0 {
            line.push(text(format!(", {} disputed or unreadable", module.disputed_or_unreadable)));
        }
        Item::from(line)
    });
    section(out, "Modules, each judged by its own content", items);
}

fn decisions<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    let paths = predicate.path_decisions.iter().map(path_decision_item);
    section(out, "Decisions on files and directories", paths);
    let groups = predicate.decisions.iter().filter(|group| !needs_attention(group));
    section(out, "Decisions", groups.map(group_item));
}

fn section<'a>(
    out: &mut Vec<Block<'a>>,
    title: &'static str,
    items: impl Iterator<Item = Item<'a>>,
) {
    let items: Vec<Item> = items.collect();
    if !items.is_empty() {
        out.push(Block::Heading(2, format!("{title} ({})", items.len()).into()));
        out.push(Block::List(items));
    }
}

fn closing(out: &mut Vec<Block<'_>>) {
    let line = "This report holds no value that was found, except what licensing gaps are about. A value is named by its rule and by the \
        head of a keyed id, which says nothing without the key of the review. The report is \
        private: it names commits, paths and people.";
    out.push(Block::Paragraph(vec![text(line)]));
}
