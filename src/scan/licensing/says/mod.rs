// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a file says about itself: SPDX tags, notices, the names of licences, and whose it is.

mod blocks;
mod changed;
mod copyright;
mod fields;
mod gnu;
mod inset;
mod notice;
mod phrases;
mod spell;
mod syntax;
mod table;

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::{
    Tag, head,
    heard::{Heard, MOST_BYTES, Word},
    tags,
};
use crate::{
    domain::{How, LineIndex},
    scan::View,
};

pub use changed::Changed;
pub use copyright::Copyright;
pub use notice::Said;
pub(super) use notice::named_in;
pub(super) use spell::{expression, join, of_family, of_match, reference};
pub(super) use syntax::{Syntax, own_field};

/// So many places below the head are looked at.
const MOST_PLACES: usize = 24;

/// What a file says.
#[derive(Default)]
pub(super) struct Says {
    pub(super) tags: Vec<Tag>,
    pub(super) licences: Vec<Said>,
    pub(super) copyrights: Vec<Copyright>,
    /// The text of a licence that somebody changed.
    pub(super) changed: Option<Changed>,
    /// Whether the head says that a program wrote the file.
    pub(super) generated: bool,
    /// Whether it is running text that may be a licence as a whole.
    pub(super) wordy: bool,
}

/// Where the words stand that are looked at.
#[derive(Default)]
struct Places {
    /// What speaks of licences below the head.
    far: Vec<usize>,
    /// What speaks of copyright there.
    owned: Vec<usize>,
    /// Tags, and whether each is one with a licence.
    spdx: Vec<(bool, usize)>,
    /// Whether any word is in the head.
    near: bool,
    /// Whether one is that may say that a program wrote the file.
    generated: bool,
}

impl Places {
    fn of(heard: &Heard, head: usize) -> Self {
        let mut out = Self::default();
        for (word, at) in heard.words() {
            let in_head = at.start < head;
            out.generated |= in_head && matches!(word, Word::Generated | Word::Edit);
            match word {
                Word::LicenceTag | Word::CopyrightTag => {
                    out.spdx.push((word == Word::LicenceTag, at.start));
                }
                Word::Edit => {}
                _ if in_head => out.near = true,
                Word::Loud if out.far.len() < MOST_PLACES => out.far.push(at.start),
                Word::Copyright if out.owned.len() < MOST_PLACES => out.owned.push(at.start),
                _ => {}
            }
        }
        out
    }
}

/// Reads what the file says in which `heard` was; nothing if it has no word of it.
pub(super) fn read(view: &View<'_>, heard: &Heard) -> Option<Says> {
    if !heard.says() {
        return None;
    }
    let text = &view.text[..view.text.len().min(MOST_BYTES)];
    let head = head::head(text);
    let syntax = Syntax::of(view);
    let mut says = Says::default();
    let Places { far, owned, spdx, near, generated } = Places::of(heard, head.len());
    let index = LineIndex::new(text);
    let line = |at: usize| u32::try_from(index.line_of(at) + 1).unwrap_or(u32::MAX);
    let mut head_end = 0;
    if near {
        for block in blocks::in_head(view, syntax) {
            head_end = head_end.max(block.end());
            if block.first || !tags::is_embedded(view, block.start()) {
                take(text, &block, &mut says);
            }
        }
        says.generated = generated && is_generated(head);
    }
    if says.licences.is_empty() && syntax == Syntax::Code {
        further_down(view, &far, head_end, &mut says);
    }
    if says.licences.is_empty() {
        says.licences.extend(inset::read(view));
    }
    // A text of a licence speaks of it all the time.
    says.wordy = near && syntax == Syntax::Prose && is_wordy(text);
    tagged(view, &spdx, &mut says, &line);
    if says.licences.is_empty()
        && says.tags.is_empty()
        && let Some(said) = match syntax {
            Syntax::Markup => fields::linked(view),
            _ => fields::in_code(view),
        }
    {
        says.licences.push(said);
    }
    if says.copyrights.is_empty() {
        says.copyrights.extend(copyright::in_code(view));
    }
    if syntax == Syntax::Code {
        owned_below(view, &owned, head_end, &mut says);
    }
    says.licences.iter_mut().for_each(|said| said.line = line(said.at));
    says.copyrights.iter_mut().for_each(|one| one.line = line(one.at));
    says.copyrights.dedup_by(|a, b| a.line == b.line && a.holder == b.holder);
    Some(says)
}

/// Takes in what a comment says.
fn take(text: &[u8], block: &blocks::Block, says: &mut Says) {
    let known = says.copyrights.len();
    copyright::read(text, block, &mut says.copyrights);
    let mut said = notice::read(text, block).or_else(|| fields::read(text, block));
    // Behind the header, a remark on one function is about that function.
    let header = says.licences.is_empty() || says.copyrights.len() > known;
    if let Some(said) = said.as_mut().filter(|_| says.changed.is_none() && !block.prose) {
        says.changed = changed::read(text, block, said);
    }
    says.licences.extend(said.filter(|said| header || said.how == How::Text));
}

/// Returns what the section of a README under a heading such as "License" says.
pub(super) fn section(view: &View<'_>) -> Option<Said> {
    let text = &view.text[..view.text.len().min(MOST_BYTES)];
    let all: Vec<_> = blocks::lines(text).collect();
    let heading = all.iter().position(|line| {
        let title = text[line.clone()].trim_ascii();
        let name = title.iter().position(u8::is_ascii_alphabetic).map_or(&b""[..], |i| &title[i..]);
        let name = name.strip_suffix(b":").unwrap_or(name).trim_ascii_end();
        let name: Vec<u8> = name.iter().take(40).map(u8::to_ascii_lowercase).collect();
        let name = name.strip_suffix(b" #").or(name.strip_suffix(b" ==")).unwrap_or(&name);
        let marked = title.first().is_some_and(|byte| b"#=*".contains(byte));
        let under = text.get(line.end + 1..).unwrap_or_default().trim_ascii_start();
        let under =
            [&b"==="[..], b"---", b"~~~", b"***"].iter().any(|mark| under.starts_with(mark));
        matches!(
            name,
            b"license"
                | b"licence"
                | b"licensing"
                | b"license information"
                | b"copyright and license"
                | b"license and copyright"
                | b"license & copyright"
        ) && (marked || under)
    })?;
    let body = all[heading + 1..].iter().take(24);
    let body =
        body.skip_while(|line| text[(*line).clone()].iter().all(|b| !b.is_ascii_alphanumeric()));
    let body: Vec<_> =
        body.take_while(|line| !text[(*line).clone()].starts_with(b"#")).cloned().collect();
    let first = body.first()?;
    let mut row = b"license: ".to_vec();
    body.iter().for_each(|line| {
        row.extend(&text[line.clone()]);
        row.push(b'\n');
    });
    let block = blocks::Block {
        lines: blocks::lines(&row).collect(),
        first: true,
        in_head: true,
        ..blocks::Block::default()
    };
    let said = notice::read(&row, &block)?;
    let newlines = |text: &[u8]| memchr::memchr_iter(b'\n', text).count();
    let line = newlines(&text[..first.start]) + newlines(&row[..said.at]) + 1;
    Some(Said { how: How::Reference, line: u32::try_from(line).unwrap_or(u32::MAX), ..said })
}

/// Looks for a licence below the head: there it counts where it cannot be about something else.
fn further_down(view: &View<'_>, far: &[usize], head_end: usize, says: &mut Says) {
    let mut end = head_end;
    for at in far {
        if *at < end {
            continue;
        }
        let Some(block) = blocks::around(view, *at) else { continue };
        if block.start() < head_end {
            continue;
        }
        end = block.end();
        let mut said = notice::read(view.text, &block);
        let mut owners = Vec::new();
        copyright::read(view.text, &block, &mut owners);
        // A function's comment that names the licence of its origin has no copyright line.
        let whole = said.as_ref().is_some_and(|said| said.how == How::Text || !owners.is_empty());
        let section = is_section(view.text, &block);
        if said.is_some() && (whole || section) && !tags::is_embedded(view, *at) {
            says.changed = said.as_mut().and_then(|said| changed::read(view.text, &block, said));
            says.licences.extend(said);
            says.copyrights.extend(owners);
            return;
        }
    }
}

/// Looks below the head for whose work a part of the file is: what was taken from elsewhere says so
/// in the comment on a function.
fn owned_below(view: &View<'_>, places: &[usize], head_end: usize, says: &mut Says) {
    let mut end = head_end;
    for at in places {
        if *at < end || tags::is_embedded(view, *at) {
            continue;
        }
        let Some(block) = blocks::around(view, *at) else { continue };
        if block.start() < head_end {
            continue;
        }
        end = block.end();
        let mut owners = Vec::new();
        copyright::read(view.text, &block, &mut owners);
        owners.retain(|one| {
            let known = says.copyrights.iter().any(|known| known.at == one.at);
            !known && copyright::is_formal(&view.text[view.line(one.at)])
        });
        if owners.is_empty() {
            continue;
        }
        let block = blocks::Block { in_head: true, ..block };
        let granted = notice::read(view.text, &block).is_some();
        says.copyrights.extend(owners.into_iter().map(|one| Copyright {
            reserved: one.reserved && !granted,
            below: true,
            ..one
        }));
    }
}

/// Returns whether a comment is the section about the licence, as manuals in code have it, or
/// speaks of the whole file.
fn is_section(text: &[u8], block: &blocks::Block) -> bool {
    let start = block.start();
    let end = block.end().min(start + 4096);
    let lower = text[start..end].to_ascii_lowercase();
    let has = |mark: &str| memchr::memmem::find(&lower, mark.as_bytes()).is_some();
    [
        "license\n",
        "copyright and license",
        "=head1 licen",
        "this program is",
        "this library is",
        "this module is",
        "this software is",
        "this file is",
        "@license",
        "this package is",
    ]
    .iter()
    .any(|mark| has(mark))
}

fn tagged(view: &View<'_>, spdx: &[(bool, usize)], says: &mut Says, line: &dyn Fn(usize) -> u32) {
    for (licence, at) in spdx {
        let name = if *licence { tags::NAME.len() } else { "spdx-filecopyrighttext".len() };
        let Some(value) = tags::value_at(view, *at..at + name) else { continue };
        if !*licence {
            says.copyrights.extend(copyright::tagged(view.text, value));
        } else if says.tags.len() < tags::MAX_TAGS && !tags::is_snippet(view.text, *at) {
            let declared = tags::read(&String::from_utf8_lossy(&view.text[value]));
            says.tags.push(Tag { line: line(*at), declared });
        }
    }
}

/// Returns whether the text has one of the sentences without which no licence is one.
fn is_wordy(text: &[u8]) -> bool {
    static FINDER: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let finder = FINDER.get_or_init(|| {
        let words = [
            "without warrant",
            "warranties of",
            "warranties or conditions",
            "warranty of any kind",
            "no warranty",
            "warranty, express",
            "hereby grants",
            "hereby granted",
            "licensor",
        ];
        AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
    });
    finder.as_ref().is_some_and(|finder| finder.is_match(text))
}

fn is_generated(head: &[u8]) -> bool {
    let words = super::words::normalise(head);
    let marks = [
        "do not edit",
        "don t edit",
        "automatically generated",
        "auto generated",
        "autogenerated",
        "code generated by",
        "file is generated",
        "file was generated",
        "is generated from",
        "generated by",
    ];
    let lower = head.to_ascii_lowercase();
    marks.iter().any(|mark| super::words::has(&words, mark))
        || memchr::memmem::find(&lower, b"@generated").is_some()
}
