// SPDX-License-Identifier: MIT OR Apache-2.0
//! One vote as one line of TOML, and back.

use std::{fmt::Write, sync::Arc};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::kind;
use crate::domain::{Act, Class, Identity, Origin, Reason, RepoPath, Target, Verdict, Vote};

/// Makes the seal of a line under the review's key.
pub type Sealer<'a> = &'a dyn Fn(&str) -> String;

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
    pub(super) by: Arc<str>,
    at: At,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<Arc<str>>,
    #[serde(default, skip_serializing)]
    pub(super) seal: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenAct {
    Approve,
    Redact,
    Exclude,
    Defer,
    Withdraw,
}

/// A time: a date-time in TOML, a string in JSON; UTC with milliseconds either way.
#[derive(Debug, Clone)]
struct At(i64);

impl At {
    fn text(&self) -> String {
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

impl From<&Vote> for Written {
    fn from(vote: &Vote) -> Self {
        let (on, path, ctx) = match &vote.target {
            Target::Place { path, id } => {
                (id.value.to_string(), Some(path.to_string()), Some(id.context.to_string()))
            }
            Target::File(path) => (format!("file:{path}"), None, None),
            Target::Directory(path) => (format!("path:{path}/**"), None, None),
        };
        Self {
            on,
            cls: vote.class,
            path,
            ctx,
            act: match vote.act {
                Act::Withdraw => WrittenAct::Withdraw,
                Act::Give(Verdict::Approve) => WrittenAct::Approve,
                Act::Give(Verdict::Redact) => WrittenAct::Redact,
                Act::Give(Verdict::Exclude) => WrittenAct::Exclude,
                Act::Give(Verdict::Defer) => WrittenAct::Defer,
            },
            to: vote.to.clone(),
            why: vote.why,
            how: vote.how,
            seen: vote.seen.map(|(seen, all)| format!("{seen}/{all}")),
            by: vote.by.clone(),
            at: At(vote.at),
            note: vote.note.clone(),
            seal: None,
        }
    }
}

impl TryFrom<Written> for Vote {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let target = if let Some(path) = written.on.strip_prefix("file:") {
            Target::File(RepoPath::parse(path))
        } else if let Some(glob) = written.on.strip_prefix("path:") {
            // A directory may well be called `a[1]` or `*`: this is no glob.
            let dir = glob.strip_suffix("/**").or(glob.strip_suffix('/')).unwrap_or(glob);
            Target::Directory(RepoPath::parse(dir))
        } else if let Some(message) = kind::unknown(&written.on, None) {
            return Err(message);
        } else {
            let path = written.path.ok_or("a vote on a value needs its path")?;
            let context = written.ctx.ok_or("a vote on a value needs its ctx")?;
            let id = Identity { value: written.on.into(), context: context.into() };
            Target::Place { path: RepoPath::parse(&path), id }
        };
        let seen = match written.seen {
            None => None,
            Some(text) => Some(
                text.split_once('/')
                    .and_then(|(seen, all)| Some((seen.parse().ok()?, all.parse().ok()?)))
                    .ok_or_else(|| format!("seen = {text:?} is not of the form 2/3"))?,
            ),
        };
        Ok(Self {
            target,
            act: match written.act {
                WrittenAct::Withdraw => Act::Withdraw,
                WrittenAct::Approve => Act::Give(Verdict::Approve),
                WrittenAct::Redact => Act::Give(Verdict::Redact),
                WrittenAct::Exclude => Act::Give(Verdict::Exclude),
                WrittenAct::Defer => Act::Give(Verdict::Defer),
            },
            class: written.cls,
            to: written.to,
            why: written.why,
            how: written.how,
            seen,
            by: written.by,
            at: written.at.0,
            note: written.note,
        })
    }
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
    put("by", Some(&vote.by));
    let _ = write!(out, ", at = {}", written.at.text());
    if let Some(note) = &vote.note {
        let _ = write!(out, ", note = {}", quote(note));
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
