// SPDX-License-Identifier: MIT OR Apache-2.0
//! The texts of the SPDX list. The file is looked at when the first licence text is, and most of
//! it only when a text is none of the common ones.

use std::{ops::Range, sync::OnceLock};

use super::{
    shingles::{self, Shingles},
    template::Template,
};

const TEXTS: &str = include_str!("../../../../assets/licences/texts.txt");

/// A text of the list.
#[derive(Debug)]
pub(super) struct Entry {
    /// The id without what the text does not say: `GPL-2.0`.
    pub(super) id: &'static str,
    /// That and the ids of the licences that have the same text, with `=` between.
    names: &'static str,
    /// Whether it is an exception to a licence.
    pub(super) exception: bool,
    /// The text, with its markup.
    pub(super) text: &'static str,
}

/// Returns the texts, the common ones first.
pub(super) fn entries() -> &'static [Entry] {
    static ENTRIES: OnceLock<Vec<Entry>> = OnceLock::new();
    ENTRIES.get_or_init(|| {
        let mut starts: Vec<usize> =
            memchr::memmem::find_iter(TEXTS.as_bytes(), "\n=== ").map(|at| at + 5).collect();
        starts.push(TEXTS.len() + 5);
        starts.windows(2).filter_map(|pair| entry(&TEXTS[pair[0]..pair[1] - 5])).collect()
    })
}

fn entry(text: &'static str) -> Option<Entry> {
    let (head, text) = text.split_once('\n')?;
    let (ids, _) = head.split_once(" : ")?;
    let (kind, names) = ids.split_once(' ')?;
    let id = names.split(" = ").next()?;
    Some(Entry { id, names, exception: kind == "exception", text })
}

/// Returns the place of the text with the id.
pub(super) fn place(id: &str) -> Option<usize> {
    entries().iter().position(|entry| entry.id == id)
}

/// Returns the text of the licence or exception with the id, with its markup.
pub(super) fn text(id: &str) -> Option<&'static str> {
    let named = |entry: &&Entry| entry.names.split(" = ").any(|name| name == id);
    entries().iter().find(named).map(|entry| entry.text)
}

/// Returns the text ready to be compared; each is read once.
pub(super) fn template(place: usize) -> Option<&'static Template> {
    static TEMPLATES: OnceLock<Vec<OnceLock<Template>>> = OnceLock::new();
    let all = TEMPLATES.get_or_init(|| entries().iter().map(|_| OnceLock::new()).collect());
    Some(all.get(place)?.get_or_init(|| Template::read(entries()[place].text)))
}

/// The shingles of all texts.
struct Index {
    all: Vec<u32>,
    /// Where those of each text end: what must be there, then what may.
    ends: Vec<(u32, u32)>,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index { all: Vec::with_capacity(700_000), ends: Vec::new() };
        for entry in entries() {
            let template = Template::read(entry.text);
            let ends = [true, false].map(|required| {
                for run in template.runs(required) {
                    index.all.extend(shingles::of(&template.words[run]));
                }
                u32::try_from(index.all.len()).unwrap_or(u32::MAX)
            });
            index.ends.push((ends[0], ends[1]));
        }
        index
    })
}

/// How much of a text of the list stands in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub(super) place: usize,
    /// Shingles of the text that the file has too.
    pub(super) all: u32,
    /// Those of them that must be there.
    pub(super) hits: u32,
    /// Shingles that must be there.
    pub(super) of: u32,
}

impl Share {
    /// Returns the share in percent.
    pub(super) fn percent(&self) -> u32 {
        self.hits * 100 / self.of.max(1)
    }
}

/// Returns the texts that share most with a file, the best first.
pub(super) fn nearest(file: &Shingles, most: usize) -> Vec<Share> {
    let index = index();
    let mut from = 0;
    let mut out: Vec<Share> = Vec::new();
    let hits = |range: Range<usize>| {
        let there = index.all[range].iter().filter(|shingle| file.has(**shingle)).count();
        u32::try_from(there).unwrap_or(u32::MAX)
    };
    for (place, (middle, end)) in index.ends.iter().enumerate() {
        let (middle, end) = (*middle as usize, *end as usize);
        let of = u32::try_from(middle - from).unwrap_or(u32::MAX);
        let needed = hits(from..middle);
        let share = Share { place, all: needed + hits(middle..end), hits: needed, of };
        from = end;
        if share.hits > 0 && (share.percent() >= 20 || share.all > 60) {
            out.push(share);
        }
    }
    let rank = |share: &Share| u64::from(share.percent()).pow(2) * u64::from(share.all);
    out.sort_by_key(|share| (std::cmp::Reverse(rank(share)), share.place));
    out.truncate(most);
    out
}

#[cfg(test)]
mod tests {
    use super::{entries, place};

    #[test]
    fn the_list_is_read() {
        assert!(entries().len() > 700, "{}", entries().len());
        assert_eq!(place("MIT"), Some(0));
        assert!(entries().iter().all(|entry| !entry.text.is_empty()));
        let exceptions = entries().iter().filter(|entry| entry.exception).count();
        assert!(exceptions > 60);
    }
}
