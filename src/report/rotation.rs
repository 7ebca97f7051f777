// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which credentials must not be published, and whether they still open anything.

use serde::Serialize;

use super::{
    decisions::time,
    document::{Block, Item, Line, code, strong, text},
    groups::{ID_CHARS, Lister, by_place, state_word},
    model::Predicate,
    passages::many,
};
use crate::{
    domain::Rotated,
    review::{FindingIdx, GroupIdx, RotationCounts, RotationState, Turn},
};

/// How many places are named of one credential.
const LISTED: usize = 5;

/// The credentials about which is asked.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RotationEntry {
    /// Whether one that is not known to be rotated keeps the result from being `passed`.
    pub(super) blocks: bool,
    pub(super) asked: usize,
    pub(super) rotated: usize,
    pub(super) never_live: usize,
    pub(super) waiting: usize,
    pub(super) blocking: usize,
    pub(super) credentials: Vec<Credential>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Credential {
    /// Head of the keyed id of the value.
    pub(super) id: String,
    pub(super) rule: String,
    pub(super) title: String,
    pub(super) severity: &'static str,
    /// How the group that the value belongs to stands.
    pub(super) verdict: &'static str,
    pub(super) state: &'static str,
    /// Whether it is known to open nothing.
    pub(super) safe: bool,
    /// Whether the reviewed commit has it, and not only its history.
    pub(super) in_tree: bool,
    pub(super) places: usize,
    /// The first of them.
    pub(super) first: Vec<String>,
    /// What to do, while that is not known to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) remedy: Option<String>,
    /// Each reviewer's last word, the oldest first.
    pub(super) answers: Vec<Said>,
}

/// What one reviewer said of a credential.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Said {
    pub(super) answer: &'static str,
    pub(super) by: String,
    pub(super) at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) link: Option<String>,
}

impl Credential {
    fn state(&self) -> RotationState {
        let all = Rotated::ALL.map(RotationState::Answered);
        let all = all.into_iter().chain([RotationState::Disputed]);
        all.into_iter().find(|s| s.word() == self.state).unwrap_or(RotationState::Open)
    }
}

/// Returns what the session says.
pub(super) fn entry(lister: &Lister<'_>, counts: &RotationCounts) -> RotationEntry {
    let session = lister.session;
    let mut credentials: Vec<Credential> = session
        .asked_to_rotate()
        .iter()
        .map(|(value, idx)| credential(lister, value, *idx))
        .collect();
    credentials.sort_by(|a, b| {
        let order = |c: &Credential| (c.safe, std::cmp::Reverse(severity(c.severity)));
        let order = order(a).cmp(&order(b));
        order.then_with(|| (&a.rule, &a.first, &a.id).cmp(&(&b.rule, &b.first, &b.id)))
    });
    RotationEntry {
        blocks: session.rotation_blocks(),
        asked: counts.asked,
        rotated: counts.rotated,
        never_live: counts.never_live,
        waiting: counts.waiting(),
        blocking: counts.blocking,
        credentials,
    }
}

fn severity(word: &str) -> usize {
    use crate::domain::Severity;
    let at = Severity::ALL.iter().rev().position(|severity| severity.word() == word);
    at.unwrap_or(0)
}

fn credential(lister: &Lister<'_>, value: &str, idx: GroupIdx) -> Credential {
    let (session, guard) = (lister.session, lister.guard);
    let (group, info) = (session.group(idx), session.info(idx));
    let state = session.rotation_state(value);
    let groups = session.groups_of(value).iter().map(|group| session.group(*group));
    let asks = |idx: &FindingIdx| {
        session.standing(*idx).turn != Turn::NotAsked && **session.credential_of(*idx) == *value
    };
    let places = groups.clone().flat_map(|group| group.members.iter().copied()).filter(asks);
    let mut places: Vec<_> = places.map(|idx| session.finding(idx)).collect();
    places.sort_by(|a, b| by_place(a, b));
    let answers = session.rotation_words(value).into_iter().map(|(said, vote)| Said {
        answer: said.word(),
        by: guard.reviewer(&vote.by),
        at: time(vote.at),
        note: vote.note.as_deref().map(|note| guard.remark(note)),
        link: vote.to.as_deref().map(|link| guard.name(link)),
    });
    Credential {
        id: value.chars().take(ID_CHARS).collect(),
        rule: info.id.clone(),
        title: info.title.clone(),
        severity: group.severity.word(),
        verdict: state_word(group.state()),
        state: state.word(),
        safe: state.is_safe(),
        in_tree: groups.clone().any(|group| group.in_tree),
        places: places.len(),
        first: places.iter().take(LISTED).map(|finding| lister.place(finding)).collect(),
        remedy: (!state.is_safe()).then(|| info.remedy.clone()),
        answers: answers.collect(),
    }
}

/// Adds the credentials to the readable documents: what waits comes first.
pub(super) fn blocks<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    let all = &predicate.rotation;
    if all.credentials.is_empty() {
        return;
    }
    let title = format!("Rotation of credentials (waiting: {} of {})", all.waiting, all.asked);
    out.push(Block::Heading(2, title.into()));
    let words = "Whoever could read the private repository may have kept these. To redact one does \
        not close the door that it opens: it has to be revoked where it was issued, or changed \
        where it is used.";
    let rest = match (all.waiting, all.blocks) {
        (0, _) => " All of them are rotated or were never live, as people say here.",
        (_, true) => " Those that are not known to be stand against the release.",
        (_, false) => {
            " Only the files of one commit are published, without these credentials: those that \
             are not known to be rotated are a warning."
        }
    };
    out.push(Block::Paragraph(vec![text(words), text(rest)]));
    out.push(Block::List(all.credentials.iter().map(item).collect()));
}

fn item(entry: &Credential) -> Item<'_> {
    let mut line = vec![
        strong(entry.state().title()),
        text(format!(": {}, {} (", entry.title, entry.severity)),
        code(&*entry.rule),
        text(", id "),
        code(&*entry.id),
        text(format!("), {}, {}", entry.verdict, many(entry.places, "place"))),
    ];
    for (i, place) in entry.first.iter().enumerate() {
        line.push(text(if i == 0 { ": " } else { ", " }));
        line.push(code(&**place));
    }
    if entry.places > entry.first.len() {
        line.push(text(format!(" and {} more", entry.places - entry.first.len())));
    }
    if !entry.in_tree {
        line.push(text("; in the history only"));
    }
    let mut below: Vec<Line<'_>> = entry.answers.iter().map(answer).collect();
    below.extend(entry.remedy.as_deref().map(|remedy| vec![text("To do: "), text(remedy)]));
    Item { line, below }
}

fn answer(said: &Said) -> Line<'_> {
    let words = Rotated::ALL.into_iter().find(|known| known.word() == said.answer);
    let words = words.map_or(said.answer, Rotated::title);
    let mut line = vec![strong(words), text(" by "), text(&*said.by)];
    line.push(text(format!(", {}", said.at)));
    for (label, part) in [("note", &said.note), ("link", &said.link)] {
        if let Some(part) = part {
            line.push(text(format!("; {label}: {part}")));
        }
    }
    line
}
