// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the readable documents say of licences.

use super::{
    document::{Block, Item, Line, code, strong, text},
    licences::{LicenceRow, LicencesEntry, LockEntry, NoticeEntry, ThirdPartyEntry, UnknownEntry},
    model::Predicate,
    passages::many,
};

/// A notice is shown up to here; JSON has more.
const NOTICE_LINES: usize = 60;

/// Adds the inventory, what is other people's, and what remains unknown.
pub(super) fn blocks<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    let Some(all) = &predicate.licences else { return };
    out.push(Block::Heading(2, "Licences".into()));
    let words = format!(
        "Of {} the licence is known of {}{}. What a file says counts first, then what REUSE.toml or a \
         manifest says of it. Copyright holders are named as the files name them, without addresses; \
         who was found as personal data is named only where that is approved.",
        many(all.files, "file"),
        all.known,
        others(all),
    );
    out.push(Block::Paragraph(vec![text(words)]));
    inventory(out, all);
    third_party(out, all);
    dependencies(out, all);
    unknown(out, &all.unknown);
}

/// What is to be said of the other files: with these the numbers add up.
fn others(all: &LicencesEntry) -> String {
    let (altered, silent) = (all.unknown.altered_texts, all.unknown.files);
    let rest = all.files.saturating_sub(all.known + altered + silent);
    let mut parts = Vec::new();
    if altered > 0 {
        parts.push(format!("in {altered} the text of one is altered"));
    }
    if silent > 0 {
        parts.push(format!("in {silent} it is missing"));
    }
    if rest > 0 {
        parts.push(format!("of {rest} nobody expects one"));
    }
    if parts.is_empty() { String::new() } else { format!("; {}", parts.join(", ")) }
}

fn number<'a>(n: usize) -> Line<'a> {
    vec![text(n.to_string())]
}

fn inventory<'a>(out: &mut Vec<Block<'a>>, all: &'a LicencesEntry) {
    let row = |row: &'a LicenceRow| {
        let share = vec![text(format!("{} %", row.share))];
        let how: Vec<String> =
            row.how.iter().map(|tally| format!("{} {}", tally.count, tally.what)).collect();
        vec![vec![text(&*row.licence)], number(row.files), share, vec![text(how.join(", "))]]
    };
    let head = vec!["Licence", "Files", "Share", "How it is known"];
    table(out, head, all.by_licence.iter().map(row).collect(), false);
    more(out, all.more_licences, "licence");
    let rows = all.by_holder.iter().map(|row| vec![vec![text(&*row.holder)], number(row.files)]);
    table(out, vec!["Copyright holder", "Files"], rows.collect(), true);
    more(out, all.more_holders, "copyright holder");
}

fn table<'a>(
    out: &mut Vec<Block<'a>>,
    head: Vec<&'static str>,
    rows: Vec<Vec<Line<'a>>>,
    numbers: bool,
) {
    if !rows.is_empty() {
        out.push(Block::Table { head, rows, numbers });
    }
}

fn more(out: &mut Vec<Block<'_>>, n: usize, noun: &str) {
    if n > 0 {
        out.push(Block::Paragraph(vec![text(format!(
            "And {}.",
            many(n, &format!("more {noun}"))
        ))]));
    }
}

fn third_party<'a>(out: &mut Vec<Block<'a>>, all: &'a LicencesEntry) {
    if !all.third_party.is_empty() {
        let title = format!("Third-party notices ({})", all.third_party.len());
        out.push(Block::Heading(3, title.into()));
        out.push(Block::List(all.third_party.iter().map(root).collect()));
        more(out, all.more_third_party, "directory of others");
    }
    if all.notices.is_empty() {
        return;
    }
    out.push(Block::Heading(3, "Notices to ship".into()));
    let words = "The texts of these files must go along with the release.";
    out.push(Block::Paragraph(vec![text(words)]));
    out.push(Block::List(all.notices.iter().map(notice).collect()));
    more(out, all.more_notices, "notice");
}

fn root(entry: &ThirdPartyEntry) -> Item<'_> {
    let mut line = vec![code(&*entry.path), text(": ")];
    line.push(match &*entry.licence {
        "NONE" => strong("no licence"),
        licence => text(licence),
    });
    if !entry.holders.is_empty() {
        line.push(text(format!(", {}", entry.holders.join("; "))));
    }
    match &entry.text {
        Some(path) => line.extend([text(", text in "), code(&**path)]),
        None => line.push(text(", without the text of its licence")),
    }
    line.into()
}

fn notice(entry: &NoticeEntry) -> Item<'_> {
    let lines = entry.text.lines().filter(|line| !line.trim().is_empty());
    let mut below: Vec<Line<'_>> =
        lines.clone().take(NOTICE_LINES).map(|line| vec![text(line.trim())]).collect();
    if entry.cut || lines.count() > NOTICE_LINES {
        below.push(vec![text("… and more in the file")]);
    }
    Item { line: vec![code(&*entry.path)], below }
}

fn dependencies<'a>(out: &mut Vec<Block<'a>>, all: &'a LicencesEntry) {
    if all.dependencies.is_empty() {
        return;
    }
    out.push(Block::Heading(3, "Dependencies by lock file".into()));
    out.push(Block::List(all.dependencies.iter().map(lock).collect()));
    more(out, all.more_dependencies, "lock file");
}

fn lock(entry: &LockEntry) -> Item<'_> {
    let licences: Vec<String> =
        entry.by_licence.iter().map(|row| format!("{} {}", row.packages, row.licence)).collect();
    let mut line = vec![code(&*entry.file), text(": ")];
    let unknown = format!("{} of unknown licence", many(entry.unknown, "package"));
    line.push(text(match (licences.is_empty(), entry.unknown) {
        (true, _) => unknown,
        (false, 0) => licences.join(", "),
        (false, _) => format!("{}, {unknown}", licences.join(", ")),
    }));
    line.into()
}

fn unknown<'a>(out: &mut Vec<Block<'a>>, unknown: &'a UnknownEntry) {
    let mut items: Vec<Item<'a>> = Vec::new();
    if unknown.files > 0 {
        let mut line = vec![text(format!(
            "{} without a licence of {} own: ",
            many(unknown.files, "source file"),
            if unknown.files == 1 { "its" } else { "their" },
        ))];
        listed(&mut line, &unknown.first, unknown.files);
        items.push(line.into());
    }
    for altered in &unknown.altered {
        let licence = altered.licence.trim_start_matches("LicenseRef-altered-");
        let line = vec![code(&*altered.path), text(format!(": the text of {licence}, altered"))];
        items.push(line.into());
    }
    for path in &unknown.texts {
        items.push(vec![code(&**path), text(": a licence text that is not recognised")].into());
    }
    if unknown.packages > 0 {
        let packages = many(unknown.packages, "package");
        items.push(vec![text(format!("{packages} of lock files"))].into());
    }
    let hidden = unknown.altered_texts + unknown.unknown_texts;
    let hidden = hidden - unknown.altered.len() - unknown.texts.len();
    if items.is_empty() {
        return;
    }
    out.push(Block::Heading(3, "Licences that remain unknown".into()));
    out.push(Block::List(items));
    more(out, hidden, "licence text");
}

fn listed<'a>(line: &mut Line<'a>, first: &'a [String], all: usize) {
    for (i, path) in first.iter().enumerate() {
        line.push(text(if i > 0 { ", " } else { "" }));
        line.push(code(&**path));
    }
    if all > first.len() {
        line.push(text(format!(" and {} more", all - first.len())));
    }
}
