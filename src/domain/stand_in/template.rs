// SPDX-License-Identifier: MIT OR Apache-2.0
//! The template of a stand-in: text with holes.

use std::fmt::Write;

/// What is put into a template for each value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hole {
    /// `{n}`: 1, 2, 3 …
    Number,
    /// `{-n}`: nothing for the first value, then `-2`, `-3` …
    DashNumber,
    /// `{+n}`: nothing for the first value, then `2`, `3` …
    PlusNumber,
    /// `{host}`: the stand-in of the host in the value: of a URL, an address of mail, or alone.
    Host,
    /// `{address}`: an IP address in a range for documentation.
    Address,
    /// `{mac}`: a hardware address.
    Mac,
    /// `{account}`: an account of twelve digits.
    Account,
    /// `{resource}`: the same prefix with another id of the same length.
    Resource,
    /// `{uuid}`: a UUID.
    Uuid,
    /// `{dn}`: a distinguished name of the same form.
    Dn,
    /// `{share}`: a server and a share.
    Share,
}

impl Hole {
    const ALL: [(&'static str, Self); 11] = [
        ("{n}", Self::Number),
        ("{-n}", Self::DashNumber),
        ("{+n}", Self::PlusNumber),
        ("{host}", Self::Host),
        ("{address}", Self::Address),
        ("{mac}", Self::Mac),
        ("{account}", Self::Account),
        ("{resource}", Self::Resource),
        ("{uuid}", Self::Uuid),
        ("{dn}", Self::Dn),
        ("{share}", Self::Share),
    ];

    /// Returns whether it is a number given in the order of appearance.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Number | Self::DashNumber | Self::PlusNumber)
    }

    /// Returns the `n`th number, counted from 1, as it is written.
    #[must_use]
    pub fn number(self, n: usize) -> String {
        match self {
            Self::DashNumber if n > 1 => format!("-{n}"),
            Self::PlusNumber if n > 1 => n.to_string(),
            Self::DashNumber | Self::PlusNumber => String::new(),
            _ => n.to_string(),
        }
    }

    /// Returns the number that is written as `text`.
    #[must_use]
    pub fn read(self, text: &str) -> Option<usize> {
        let digits = match self {
            Self::DashNumber | Self::PlusNumber if text.is_empty() => return Some(1),
            Self::DashNumber => text.strip_prefix('-')?,
            _ => text,
        };
        digits.parse().ok().filter(|n| self.number(*n) == text)
    }

    /// Returns what may stand there, to see whether a rule would find it.
    fn example(self) -> &'static str {
        match self {
            Self::Number => "1",
            Self::DashNumber => "-2",
            Self::PlusNumber => "2",
            Self::Host => "host-1.example.com",
            Self::Address => "192.0.2.1",
            Self::Mac => "00:00:5E:00:53:01",
            Self::Account => "123456789012",
            Self::Resource => "vpc-0123456789abcdef0",
            Self::Uuid => "00000000-0000-0000-0000-000000000001",
            Self::Dn => "dc=example,dc=com",
            Self::Share => "server/share",
        }
    }
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Stands there as it is.
    Text(String),
    /// Differs from value to value.
    Hole(Hole),
}

/// A template taken apart. What is no known hole is text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its parts, in order.
    pub parts: Vec<Part>,
}

impl Template {
    /// Takes `text` apart.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        let mut plain = String::new();
        while let Some(c) = rest.chars().next() {
            let hole = Hole::ALL.iter().find(|(word, _)| rest.starts_with(word));
            let Some((word, hole)) = hole else {
                plain.push(c);
                rest = &rest[c.len_utf8()..];
                continue;
            };
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            parts.push(Part::Hole(*hole));
            rest = &rest[word.len()..];
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Self { parts }
    }

    /// Returns its holes, in order.
    pub fn holes(&self) -> impl Iterator<Item = Hole> {
        self.parts.iter().filter_map(|part| match part {
            Part::Hole(hole) => Some(*hole),
            Part::Text(_) => None,
        })
    }

    /// Returns whether every value gets the same.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.holes().next().is_none()
    }

    /// Returns the one hole that it consists of, if it does.
    #[must_use]
    pub fn whole(&self) -> Option<Hole> {
        match self.parts.as_slice() {
            [Part::Hole(hole)] => Some(*hole),
            _ => None,
        }
    }

    /// Returns the text with what `fill` puts into each hole.
    pub fn filled(&self, mut fill: impl FnMut(Hole) -> String) -> String {
        let mut out = String::new();
        for part in &self.parts {
            // Writing to a string cannot fail.
            let _ = match part {
                Part::Text(text) => out.write_str(text),
                Part::Hole(hole) => out.write_str(&fill(*hole)),
            };
        }
        out
    }

    /// Returns what one value may get, to see whether a rule would find it again.
    #[must_use]
    pub fn example(&self) -> String {
        self.filled(|hole| hole.example().to_owned())
    }

    /// Returns what stands in each hole of `text`, if it was made from this template.
    #[must_use]
    pub fn read<'t>(&self, text: &'t str) -> Option<Vec<(Hole, &'t str)>> {
        let mut out = Vec::new();
        let mut rest = text;
        for (i, part) in self.parts.iter().enumerate() {
            match part {
                Part::Text(plain) => rest = rest.strip_prefix(plain.as_str())?,
                Part::Hole(hole) => {
                    let end = match self.parts.get(i + 1) {
                        None => rest.len(),
                        Some(Part::Text(next)) => rest.find(next.as_str())?,
                        Some(Part::Hole(_)) => return None,
                    };
                    out.push((*hole, &rest[..end]));
                    rest = &rest[end..];
                }
            }
        }
        rest.is_empty().then_some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::{Hole, Template};

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["host-{n}.example.com", "user{n}@{host}", "https://{host}/doc{-n}", "a{+n}"] {
            let template = Template::new(text);
            for n in [1, 2, 17] {
                let fill = |hole: Hole| match hole {
                    hole if hole.is_number() => hole.number(n),
                    _ => "host-3.example.com".into(),
                };
                let made = template.filled(fill);
                let read = template.read(&made).expect("made from it");
                for (hole, part) in read {
                    assert!(!hole.is_number() || hole.read(part) == Some(n), "{made}");
                }
            }
        }
        assert_eq!(Template::new("{n}-x").read("1-y"), None);
        assert!(Template::new("${HOME} {x}").is_fixed());
    }
}
