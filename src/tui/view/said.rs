// SPDX-License-Identifier: MIT OR Apache-2.0
//! What was said about a place: the verdict, who differs, what is suggested.

use ratatui::text::Line;

use super::{
    code,
    detail::{day, folded, labelled},
    paint::Strip,
};
use crate::{
    domain::{Class, Finding, Target, Verdict, beside},
    ops::is_mendable,
    review::{Draw, FindingIdx, Turn},
    tui::{model::Model, text::Shown},
};

/// What was said about the place, and what waits to be said.
pub(super) fn said(model: &Model, idx: FindingIdx, width: usize) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let standing = model.session.standing(idx);
    let mut out = Vec::new();
    let (glyph, word) = theme.stamp(standing.verdict);
    let mut strip = Strip::default()
        .own(" verdict  ", theme.dim())
        .own(format!("{glyph} {word}"), theme.verdict(standing.verdict));
    let vote = standing.vote.and_then(|i| model.session.vote(i));
    if let Some(vote) = vote {
        let mut about = Vec::new();
        about.extend(vote.why.map(|why| why.title().to_owned()));
        about.extend(vote.how.map(|how| format!("how: {}", how.word())));
        about.push(format!("by {} on {}", vote.by, day(vote.at)));
        about.extend(
            vote.until.map(|until| format!("until {}", day(i64::from(until) * 86_400_000))),
        );
        let about = Shown::new(about.join(", ").as_bytes());
        // Who said it, and when, must not be cut off.
        if strip.used() + 2 + about.width() > width {
            out.push(std::mem::take(&mut strip).line());
            out.extend(folded(about.as_str(), width, theme.dim()));
        } else {
            strip = strip.own("  ", theme.plain()).shown(about, theme.dim());
        }
    }
    if strip.used() > 0 {
        out.push(strip.line());
    }
    out.extend(about_licence(model, idx, width));
    out.extend(rotation(model, idx, width));
    out.extend(elsewhere(model, idx));
    let opinions = opinions(model, idx, width);
    let told = !opinions.is_empty();
    out.extend(opinions);
    out.extend(again(model, idx, width));
    if standing.needs_second {
        let text = match model.session.waits_for_reviewer(idx) {
            true => "approved by one person: needs a second voter, which may be you",
            false => "approved by you: needs a second voter",
        };
        out.extend(folded(text, width, theme.warning()));
    }
    if standing.draw == Draw::Due {
        let text = "drawn from a batch: approve confirms it, all else opens the batch again";
        out.extend(folded(text, width, theme.warning()));
    }
    let note = vote.and_then(|vote| vote.note.as_ref()).filter(|_| !told);
    out.extend(note.into_iter().flat_map(|note| labelled(model, "note", note, width)));
    out.extend(waiting(model, width));
    out.extend(suggested(model, idx, width));
    let finding = model.session.finding(idx);
    let notes = finding.notes.iter().map(|note| match finding_class(model, finding) {
        // Remarks on licences quote files.
        Class::Licence => model.session.without_credentials(note),
        _ => note.clone(),
    });
    out.extend(notes.flat_map(|note| labelled(model, "noted", &note, width)));
    let opens = opens(model, finding);
    out.extend(opens.into_iter().flat_map(|who| labelled(model, "opens", &who, width)));
    out.push(Line::default());
    out
}

fn finding_class(model: &Model, finding: &Finding) -> Class {
    model.session.rules().info(finding.rule).class
}

/// Who signs in where with a credential, as far as the text around it says.
fn opens(model: &Model, finding: &Finding) -> Option<String> {
    let credential = model.session.rules().info(finding.rule).class == Class::Credential;
    let file = model.file(&finding.text_of()).filter(|_| credential)?.as_ref().ok()?;
    let found = beside(&file.text, &code::span_in(finding, file)?);
    let word = |range: Option<std::ops::Range<usize>>| {
        range.map(|range| String::from_utf8_lossy(&file.text[range]).into_owned())
    };
    match (word(found.user), word(found.host)) {
        (Some(user), Some(host)) => Some(format!("user {user} at {host}")),
        (Some(user), None) => Some(format!("user {user}")),
        (None, Some(host)) => Some(host),
        (None, None) => None,
    }
}

/// Why a place is to be decided once more.
fn again(model: &Model, idx: FindingIdx, width: usize) -> Vec<Line<'static>> {
    if !model.session.standing(idx).reopened {
        return Vec::new();
    }
    let text = match model.session.reopened_words(idx) {
        Some(why) => format!("{why}; look again"),
        None => "approved before, but the text around it changed or the time ran out: look again"
            .to_owned(),
    };
    folded(Shown::new(text.as_bytes()).as_str(), width, model.theme.warning())
}

/// Which licence holds, how the gap is mended, or what could be said.
fn about_licence(model: &Model, idx: FindingIdx, width: usize) -> Vec<Line<'static>> {
    let (theme, session) = (&model.theme, &model.session);
    let info = session.rules().info(session.finding(idx).rule);
    if info.class != Class::Licence {
        return Vec::new();
    }
    let standing = session.standing(idx);
    let vote = standing.vote.and_then(|vote| session.vote(vote));
    let says = vote.and_then(|vote| vote.to.as_deref());
    let mut out = match (standing.verdict, says) {
        (Some(Verdict::Correct), Some(says)) => labelled(model, "holds", says, width),
        (Some(Verdict::Fix), Some(says)) => labelled(model, "in the release", says, width),
        (None | Some(Verdict::Defer), _) => {
            let keys = model.hint(match is_mendable(session, idx) {
                true => "{fix} mends it, {correct} says which licence holds",
                false => "{correct} says which licence holds",
            });
            vec![Strip::default().own(format!(" {keys}"), theme.dim()).line()]
        }
        _ => Vec::new(),
    };
    if standing.uncleared {
        out.extend(folded(
            "that leaves the gap open: it counts as undecided",
            width,
            theme.warning(),
        ));
    }
    out
}

/// Whether the credential was rotated, who says so, and what to do if not.
fn rotation(model: &Model, idx: FindingIdx, width: usize) -> Vec<Line<'static>> {
    let (theme, session) = (&model.theme, &model.session);
    let turn = session.standing(idx).turn;
    let value = session.credential_of(idx);
    let words = session.rotation_words(value);
    if turn == Turn::NotAsked && words.is_empty() {
        return Vec::new();
    }
    let state = session.rotation_state(value);
    let style = if turn == Turn::Waits { theme.warning() } else { theme.plain() };
    let strip = Strip::default().own(" rotated? ", theme.dim()).own(state.title(), style);
    let key = if turn == Turn::Waits { model.hint("  {rotated} answers") } else { "".into() };
    let mut out = vec![strip.own(key, theme.key()).line()];
    for (said, vote) in words {
        let about = format!("{} by {} on {}", said.title(), vote.by, day(vote.at));
        let about = model.veil.text(about.as_bytes(), theme.glyphs.dots);
        let strip = Strip::default().own("   ", theme.plain()).shown(about, theme.dim());
        out.push(strip.line());
        let texts = [&vote.note, &vote.to].into_iter().flatten();
        out.extend(texts.flat_map(|text| labelled(model, "  note", text, width)));
    }
    if turn == Turn::Waits {
        let remedy = &session.rules().info(session.finding(idx).rule).remedy;
        out.extend(folded(remedy, width, theme.plain()));
    }
    out
}

/// Who says what, where more than one reviewer spoke.
fn opinions(model: &Model, idx: FindingIdx, width: usize) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let votes = model.session.opinions(idx);
    let several = votes.iter().any(|vote| vote.by != votes[0].by);
    if !several {
        return Vec::new();
    }
    let mut out = Vec::new();
    if model.session.standing(idx).disputed {
        let strip = Strip::default().own(" reviewers differ  ", theme.error());
        let strip = strip.own(model.hint("{settle} settles"), theme.key());
        out.push(strip.own("  the strictest holds until then", theme.dim()).line());
    }
    for vote in votes {
        let (glyph, word) = theme.stamp(vote.act.verdict());
        let on = match vote.target {
            Target::File(_) => "the file, ",
            Target::Directory(_) => "the directory, ",
            _ => "",
        };
        let why = vote.why.map_or("", crate::domain::Reason::title);
        let about = format!("{} {on}{why}", day(vote.at));
        let about = model.veil.text(about.as_bytes(), theme.glyphs.dots);
        let strip = Strip::default()
            .own(format!("  {glyph} {word:<8}"), theme.verdict(vote.act.verdict()))
            .shown(Shown::new(vote.by.as_bytes()), theme.bold())
            .own("  ", theme.plain())
            .shown(about, theme.dim());
        out.push(strip.line());
        let note = vote.note.as_deref();
        out.extend(note.into_iter().flat_map(|note| labelled(model, "  note", note, width)));
    }
    out
}

/// What was said about the other places of the same value, whatever the rule.
fn elsewhere(model: &Model, idx: FindingIdx) -> Option<Line<'static>> {
    /// Enough to tell; a value may stand in thousands of places.
    const LOOKED_AT: usize = 2000;
    let theme = &model.theme;
    let session = &model.session;
    let groups = model.by_value.get(&session.identity(idx).value)?;
    let places = groups.iter().flat_map(|group| session.group(*group).members.iter());
    let others = places.filter(|other| **other != idx).take(LOOKED_AT);
    let mut counts = [0_usize; Verdict::ALL.len() + 1];
    for other in others {
        let verdict = session.standing(*other).verdict;
        let at = Verdict::ALL.iter().position(|known| Some(*known) == verdict);
        counts[at.unwrap_or(Verdict::ALL.len())] += 1;
    }
    if counts[..Verdict::ALL.len()].iter().all(|n| *n == 0) {
        return None;
    }
    let mut strip = Strip::default().own(" same value elsewhere  ", theme.dim());
    let kinds = Verdict::ALL.into_iter().map(Some).chain([None]);
    for (verdict, n) in kinds.zip(counts).filter(|(_, n)| *n > 0) {
        let (glyph, word) = theme.stamp(verdict);
        strip = strip.own(format!("{glyph} {n} {word}  "), theme.verdict(verdict));
    }
    Some(strip.line())
}

fn suggested(model: &Model, idx: FindingIdx, width: usize) -> Option<Line<'static>> {
    let suggestion = model.suggestion(model.session.group_of(idx))?;
    let verdict = suggestion.verdict;
    let theme = &model.theme;
    let text = format!(" {} {}", theme.glyphs.like, verdict.word());
    let strip = Strip::default().own(text, theme.verdict(Some(verdict)));
    let takes = model.hint("{take-suggestion} takes it");
    let room = width.saturating_sub(strip.used() + takes.chars().count() + 4);
    let words = model.veil.text(suggestion.basis.words().as_bytes(), theme.glyphs.dots);
    let strip =
        strip.own(": ", theme.plain()).shown(words.crop(room, theme.glyphs.cut), theme.plain());
    Some(strip.own("  ", theme.plain()).own(takes, theme.key()).line())
}

/// Reason and note that go with the next verdict.
fn waiting(model: &Model, width: usize) -> Vec<Line<'static>> {
    let pending = model.anchor().and_then(|anchor| model.pending.get(&anchor));
    let note = pending.and_then(|pending| pending.note.as_deref());
    let why = model.reason.map(crate::domain::Reason::title);
    let parts: Vec<&str> = why.into_iter().chain(note).collect();
    if parts.is_empty() {
        return Vec::new();
    }
    labelled(model, "with your next verdict", &parts.join("; "), width)
}
