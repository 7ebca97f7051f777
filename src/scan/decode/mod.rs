// SPDX-License-Identifier: MIT OR Apache-2.0
//! Bytes that stand for other bytes: where encoded runs are, and what they say.
//!
//! Nothing here knows rules. A run is found by a scan that looks at few bytes, decoded only if
//! its first characters make sense, and handed over as text with the place it came from; the
//! engine then runs the same rules over it (see `within`). Every function takes any bytes and
//! returns in time and memory that its input bounds.

mod base64;
mod escapes;
mod inflate;
mod pieces;
mod quoted;
mod value;

use std::ops::Range;

pub(super) use base64::{SHORTEST, is_wrapped, promising, runs};
pub(super) use escapes::{Series, has_escapes, unescape};
pub(super) use inflate::{Inflated, bound, gunzip, inflate, read_up_to, zlib};
pub(super) use pieces::{LINES, REACH, SEAMS, has_seam, is_cut, is_seam, join, may_go_on};
pub(super) use quoted::unquote;
pub(super) use value::value_after;

/// So many layers are looked through.
pub(super) const DEEPEST: u8 = 3;

/// What an encoded run says.
pub(super) struct Opened {
    /// The run's bytes in the text, padding included.
    pub(super) run: Range<usize>,
    /// The text.
    pub(super) text: Vec<u8>,
    /// How it was reached: `base64`, `gzip inside base64`.
    pub(super) how: &'static str,
    /// Whether all of it is text, so that nobody would take the run itself for a secret.
    pub(super) plain: bool,
    /// Whether there was more than was decoded.
    pub(super) cut: bool,
}

/// Decodes the run that begins at `at`, perhaps on several lines.
pub(super) fn open(text: &[u8], at: usize) -> Option<Opened> {
    let run = base64::read(text, at)?;
    let span = run.span.clone();
    let (decoded, how) = run.decode()?;
    let cut = run.cut;
    let opened = |text: Vec<u8>, how, cut| {
        let plain = text.iter().all(|byte| is_printable(*byte));
        Opened { run: span.clone(), text, how, plain, cut }
    };
    if decoded.starts_with(inflate::GZIP) {
        let Inflated { bytes, cut: bomb } = gunzip(&decoded, inflate::MOST_IN_TEXT)?;
        let text = as_text(bytes)?;
        return Some(opened(text, "gzip inside base64", cut || bomb));
    }
    Some(opened(as_text(decoded)?, how, cut))
}

/// Returns decoded bytes as text: UTF-16 is turned into UTF-8, what is mostly no text is nothing.
fn as_text(bytes: Vec<u8>) -> Option<Vec<u8>> {
    if memchr::memchr(0, &bytes).is_some() {
        let wide = crate::domain::Text::decode(&bytes)?;
        return is_text(&wide.bytes).then(|| wide.bytes.into_owned());
    }
    is_text(&bytes).then_some(bytes)
}

/// Returns whether nine in ten bytes are printable; what may be UTF-8 counts.
fn is_text(bytes: &[u8]) -> bool {
    let odd = bytes.iter().filter(|byte| !is_printable(**byte)).count();
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let odd = if high > 0 && std::str::from_utf8(bytes).is_ok() { odd - high } else { odd };
    !bytes.is_empty() && odd * 10 <= bytes.len()
}

fn is_printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r')
}
