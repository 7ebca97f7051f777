// SPDX-License-Identifier: MIT OR Apache-2.0
//! One vote as one line of TOML, and back.

use std::{fmt::Write, sync::Arc};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::kind;
use crate::domain::{
    Act, Answer, Class, Fix, Identity, Origin, Reason, RepoPath, Rotated, Target, Verdict, Vote,
};

/// The day from which days are counted.
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// Makes the seal of a line under the review's key.
pub type Sealer<'a> = &'a dyn Fn(&str) -> String;

/// What a sample is on: the votes of the same reviewer with the same time.
const BATCH: &str = "batch";
/// What a sample is on that was drawn from the files in which nothing was found.
const UNFLAGGED: &str = "unflagged";

/// A vote as it stands in a file. The names are the file format.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    on: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cls: Option<Class>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ctx: Option<String>,
    #[serde(rename = "do")]
    act: WrittenAct,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<Reason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    how: Option<Origin>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seen: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<u32>,
    pub(super) by: Arc<str>,
    at: At,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Until>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Arc<str>>,
    #[serde(default, skip_serializing)]
    pub(super) seal: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenAct {
    Approve,
    Redact,
    Exclude,
    Defer,
    Correct,
    Fix,
    Withdraw,
    Yes,
    No,
    NotApplicable,
    Read,
    Sample,
    Rotated,
    NotRotated,
    NeverLive,
    NotKnown,
    Given,
    Chosen,
}

impl From<Act> for WrittenAct {
    fn from(act: Act) -> Self {
        match act {
            Act::Withdraw => Self::Withdraw,
            Act::Give(Verdict::Approve) => Self::Approve,
            Act::Give(Verdict::Redact) => Self::Redact,
            Act::Give(Verdict::Exclude) => Self::Exclude,
            Act::Give(Verdict::Defer) => Self::Defer,
            Act::Give(Verdict::Correct) => Self::Correct,
            Act::Give(Verdict::Fix) => Self::Fix,
            Act::Answer(Answer::Yes) => Self::Yes,
            Act::Answer(Answer::No) => Self::No,
            Act::Answer(Answer::NotApplicable) => Self::NotApplicable,
            Act::Rotate(Rotated::Yes) => Self::Rotated,
            Act::Rotate(Rotated::No) => Self::NotRotated,
            Act::Rotate(Rotated::NeverLive) => Self::NeverLive,
            Act::Rotate(Rotated::Unknown) => Self::NotKnown,
            Act::Read => Self::Read,
            Act::StandIn { chosen: false } => Self::Given,
            Act::StandIn { chosen: true } => Self::Chosen,
            Act::Sample { .. } => Self::Sample,
        }
    }
}

/// Returns what the word `written` does; of a sample that is told by two more fields.
fn act(written: &Written) -> Result<Act, String> {
    Ok(match written.act {
        WrittenAct::Withdraw => Act::Withdraw,
        WrittenAct::Approve => Act::Give(Verdict::Approve),
        WrittenAct::Redact => Act::Give(Verdict::Redact),
        WrittenAct::Exclude => Act::Give(Verdict::Exclude),
        WrittenAct::Defer => Act::Give(Verdict::Defer),
        WrittenAct::Correct => Act::Give(Verdict::Correct),
        WrittenAct::Fix => Act::Give(Verdict::Fix),
        WrittenAct::Yes => Act::Answer(Answer::Yes),
        WrittenAct::No => Act::Answer(Answer::No),
        WrittenAct::NotApplicable => Act::Answer(Answer::NotApplicable),
        WrittenAct::Rotated => Act::Rotate(Rotated::Yes),
        WrittenAct::NotRotated => Act::Rotate(Rotated::No),
        WrittenAct::NeverLive => Act::Rotate(Rotated::NeverLive),
        WrittenAct::NotKnown => Act::Rotate(Rotated::Unknown),
        WrittenAct::Read => Act::Read,
        WrittenAct::Given => Act::StandIn { chosen: false },
        WrittenAct::Chosen => Act::StandIn { chosen: true },
        WrittenAct::Sample => sample(written)?,
    })
}

/// A time: a date-time in TOML, a string in JSON; UTC with milliseconds either way.
#[derive(Debug, Clone)]
pub(super) struct At(pub(super) i64);

impl At {
    pub(super) fn text(&self) -> String {
        Timestamp::from_millisecond(self.0)
            .map_or_else(|_| "1970-01-01T00:00:00.000Z".into(), |at| format!("{at:.3}"))
    }
}

impl Serialize for At {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match toml::Value::deserialize(deserializer)? {
            toml::Value::Datetime(at) => at.to_string(),
            toml::Value::String(text) => text,
            other => {
                let kind = other.type_str();
                return Err(serde::de::Error::custom(format!("a time was expected, not {kind}")));
            }
        };
        let at: Timestamp = text.parse().map_err(serde::de::Error::custom)?;
        Ok(Self(at.as_millisecond()))
    }
}

/// A day: a date in TOML, a string in JSON.
#[derive(Debug, Clone, Copy)]
struct Until(i32);

impl Until {
    fn text(self) -> String {
        let since = jiff::Span::new().try_days(self.0);
        let day = since.and_then(|since| EPOCH.checked_add(since));
        // Past the last year that can be written, an approval does not end.
        day.unwrap_or(Date::MAX).to_string()
    }
}

impl Serialize for Until {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Until {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match toml::Value::deserialize(deserializer)? {
            toml::Value::Datetime(day) if day.time.is_none() => day.to_string(),
            toml::Value::String(text) => text,
            other => {
                let kind = other.type_str();
                return Err(serde::de::Error::custom(format!("a date was expected, not {kind}")));
            }
        };
        let day: Date = text.parse().map_err(serde::de::Error::custom)?;
        let since = EPOCH.until(day).map_err(serde::de::Error::custom)?;
        Ok(Self(since.get_days()))
    }
}

impl From<&Vote> for Written {
    fn from(vote: &Vote) -> Self {
        let (on, path, ctx) = match &vote.target {
            Target::Place { path, id } => {
                (id.value.to_string(), Some(path.to_string()), Some(id.context.to_string()))
            }
            Target::File(path) => (format!("file:{path}"), None, None),
            Target::Directory(path) => (format!("path:{path}/**"), None, None),
            Target::Attestation(id) => {
                (format!("attest:{id}"), None, vote.asked.as_deref().map(Into::into))
            }
            Target::Batch => (BATCH.to_owned(), None, None),
            Target::Text(path) => {
                (format!("text:{path}"), None, vote.asked.as_deref().map(Into::into))
            }
            Target::Unflagged => (UNFLAGGED.to_owned(), None, None),
            Target::Rotation(value) => (format!("rotation:{value}"), None, None),
            Target::StandIn(value) => (format!("standin:{value}"), None, None),
        };
        let drawn = match vote.act {
            Act::Sample { seed, n } => Some((format!("{seed:016x}"), n)),
            _ => None,
        };
        let (seed, n) = drawn.unzip();
        Self {
            on,
            cls: vote.class,
            path,
            ctx,
            act: vote.act.into(),
            to: vote.to.clone(),
            why: vote.why,
            how: vote.how,
            seen: vote.seen.map(|(seen, all)| format!("{seen}/{all}")),
            seed,
            n,
            by: vote.by.clone(),
            at: At(vote.at),
            until: vote.until.map(Until),
            note: vote.note.clone(),
            name: vote.name.clone(),
            seal: None,
        }
    }
}

impl TryFrom<Written> for Vote {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let act = act(&written)?;
        let asked = written.ctx.as_deref().map(Into::into);
        let target = target(&written.on, written.path.as_deref(), written.ctx)?;
        let asked = asked.filter(|_| matches!(target, Target::Attestation(_) | Target::Text(_)));
        let seen = match written.seen {
            None => None,
            Some(text) => Some(
                text.split_once('/')
                    .and_then(|(seen, all)| Some((seen.parse().ok()?, all.parse().ok()?)))
                    .ok_or_else(|| format!("seen = {text:?} is not of the form 2/3"))?,
            ),
        };
        let fits = match act {
            Act::Withdraw => target != Target::Batch,
            Act::Answer(_) => matches!(target, Target::Attestation(_)),
            Act::Read => matches!(target, Target::Text(_)),
            Act::Rotate(_) => matches!(target, Target::Rotation(_)),
            Act::StandIn { .. } => matches!(target, Target::StandIn(_)),
            Act::Sample { .. } => matches!(target, Target::Batch | Target::Unflagged),
            Act::Give(verdict) if verdict.is_about_licences() => {
                matches!(target, Target::Place { .. })
            }
            Act::Give(_) => {
                matches!(target, Target::Place { .. } | Target::File(_) | Target::Directory(_))
            }
        };
        if !fits {
            return Err(format!("{:?}: do = {:?} does not go with it", written.on, act.word()));
        }
        if matches!(act, Act::StandIn { .. }) && written.to.is_none() {
            return Err(format!("{:?}: a stand-in needs its to", written.on));
        }
        let says = |verdict| match (verdict, written.to.as_deref()) {
            (Verdict::Correct, to) => to.is_some(),
            (Verdict::Fix, to) => to.is_some_and(|to| Fix::parse(to).is_some()),
            _ => true,
        };
        if act.verdict().is_some_and(|verdict| !says(verdict)) {
            let to = "does not say in its to what it is";
            return Err(format!("{:?}: do = {:?} {to}", written.on, act.word()));
        }
        if act == Act::Read && asked.is_none() {
            return Err(format!("{:?}: a file that was read needs its ctx", written.on));
        }
        Ok(Self {
            target,
            act,
            class: written.cls,
            to: written.to,
            why: written.why,
            how: written.how,
            seen,
            by: written.by,
            at: written.at.0,
            until: written.until.map(|until| until.0),
            note: written.note,
            name: written.name,
            asked,
        })
    }
}

/// Returns what the vote with these words is about.
fn target(on: &str, path: Option<&str>, ctx: Option<String>) -> Result<Target, String> {
    if let Some(path) = on.strip_prefix("file:") {
        return Ok(Target::File(RepoPath::parse(path)));
    }
    if let Some(glob) = on.strip_prefix("path:") {
        // A directory may well be called `a[1]` or `*`: this is no glob.
        let dir = glob.strip_suffix("/**").or(glob.strip_suffix('/')).unwrap_or(glob);
        return Ok(Target::Directory(RepoPath::parse(dir)));
    }
    if let Some(id) = on.strip_prefix("attest:") {
        return Ok(Target::Attestation(id.into()));
    }
    if let Some(path) = on.strip_prefix("text:") {
        return Ok(Target::Text(RepoPath::parse(path)));
    }
    if let Some(value) = on.strip_prefix("rotation:").filter(|value| kind::is_id(value)) {
        return Ok(Target::Rotation(value.into()));
    }
    if let Some(value) = on.strip_prefix("standin:").filter(|value| kind::is_id(value)) {
        return Ok(Target::StandIn(value.into()));
    }
    match on {
        BATCH => return Ok(Target::Batch),
        UNFLAGGED => return Ok(Target::Unflagged),
        _ => {}
    }
    if let Some(message) = kind::unknown(on, None) {
        return Err(message);
    }
    let path = path.ok_or("a vote on a value needs its path")?;
    let context = ctx.ok_or("a vote on a value needs its ctx")?;
    let id = Identity { value: on.into(), context: context.into() };
    Ok(Target::Place { path: RepoPath::parse(path), id })
}

/// Reads how a sample was drawn.
fn sample(written: &Written) -> Result<Act, String> {
    let seed = written.seed.as_deref().filter(|seed| seed.len() == 16);
    let seed = seed.and_then(|seed| u64::from_str_radix(seed, 16).ok());
    let seed = seed.ok_or("a sample needs its seed, as 16 hexadecimal digits")?;
    Ok(Act::Sample { seed, n: written.n.ok_or("a sample needs its n")? })
}

/// Returns the vote as an inline table with its seal.
pub(super) fn render(vote: &Vote, seal: Sealer<'_>) -> String {
    let body = body(vote);
    format!("{{ {body}, seal = {} }}", quote(&seal(&body)))
}

/// Returns whether the seal that stood beside `vote` is its own.
pub(super) fn is_sealed(vote: &Vote, found: Option<&str>, seal: Sealer<'_>) -> bool {
    found.is_some_and(|found| found == seal(&body(vote)))
}

/// Returns the sealed part of the line. One vote has exactly one form, so the seal can be
/// checked after any re-formatting.
fn body(vote: &Vote) -> String {
    let written = Written::from(vote);
    let mut out = format!("on = {}", quote(&written.on));
    let mut put = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            // Writing to a string cannot fail.
            let _ = write!(out, ", {key} = {}", quote(value));
        }
    };
    put("cls", vote.class.map(Class::word));
    put("path", written.path.as_deref());
    put("ctx", written.ctx.as_deref());
    put("do", Some(vote.act.word()));
    put("to", vote.to.as_deref());
    put("why", vote.why.map(Reason::word));
    put("how", vote.how.map(Origin::word));
    put("seen", written.seen.as_deref());
    put("seed", written.seed.as_deref());
    if let Some(n) = written.n {
        let _ = write!(out, ", n = {n}");
    }
    let mut put = |key: &str, value: &str| {
        let _ = write!(out, ", {key} = {}", quote(value));
    };
    put("by", &vote.by);
    let _ = write!(out, ", at = {}", written.at.text());
    if let Some(until) = written.until {
        let _ = write!(out, ", until = {}", until.text());
    }
    if let Some(note) = &vote.note {
        let _ = write!(out, ", note = {}", quote(note));
    }
    if let Some(name) = &vote.name {
        let _ = write!(out, ", name = {}", quote(name));
    }
    out
}

/// Returns `text` as a TOML basic string on one line.
pub(super) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // Line and paragraph separators would break a line in some editors.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
