// SPDX-License-Identifier: MIT OR Apache-2.0
//! Full texts of licences in comments that somebody changed. The same header stands in thousands
//! of files, so each is compared once.

use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, Mutex, OnceLock},
};

use sha2::{Digest, Sha256};

use super::{blocks::Block, notice::Said};
use crate::{
    domain::How,
    scan::licensing::texts::{self, Match},
};

/// With more headers than these in memory, the others are compared each time.
const MOST_KNOWN: usize = 4096;

/// Beginnings of grants, in small letters.
const GRANTS: [&str; 3] =
    ["permission is hereby granted", "redistribution and use", "permission to use, copy"];

fn holds(text: &[u8], phrase: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    memchr::memmem::find(&lower, phrase.as_bytes()).is_some()
}

type Known = Mutex<HashMap<[u8; 16], Option<Arc<Match>>>>;

/// A changed text in a comment, and where in the file the change is.
#[derive(Clone, Debug)]
pub struct Changed {
    /// What differs.
    pub text: Arc<Match>,
    pub(in crate::scan::licensing) place: Range<usize>,
}

/// Looks whether the text that `said` claims was changed, in a way that could turn its meaning
/// around; `said` then is no longer called by the id of the original.
pub(super) fn read(text: &[u8], block: &Block, said: &mut Said) -> Option<Changed> {
    let mut joined = Vec::new();
    let mut starts = Vec::new();
    for line in &block.lines {
        starts.push((joined.len(), line.start));
        joined.extend_from_slice(&text[line.clone()]);
        joined.push(b'\n');
    }
    // A change in its first sentence leaves only the title to tell a text by.
    if said.how != How::Text && !GRANTS.iter().any(|grant| holds(&joined, grant)) {
        return None;
    }
    let found = look_up(&joined)?;
    let id = found.family.as_str();
    let mut named = false;
    let parts = said.licence.split(' ').map(|part| {
        let same =
            part == id || part.strip_suffix("-only").or(part.strip_suffix("-or-later")) == Some(id);
        named |= same;
        if same { found.name() } else { part.to_owned() }
    });
    let licence = parts.collect::<Vec<_>>().join(" ");
    // The words of another licence than the sentence of the grant told.
    let place = |at: usize| {
        let line = starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        starts.get(line).map_or(0, |(start, place)| place + at - start)
    };
    if !named {
        return None;
    }
    (said.licence, said.how) = (licence, How::Text);
    let start = place(found.place.start);
    let end = place(found.place.end.saturating_sub(1)).max(start) + 1;
    Some(Changed { place: start..end.min(text.len()), text: found })
}

fn look_up(comment: &[u8]) -> Option<Arc<Match>> {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    let known = KNOWN.get_or_init(Known::default);
    let mut key = [0; 16];
    key.copy_from_slice(&Sha256::digest(comment)[..16]);
    if let Some(found) = known.lock().ok().and_then(|known| known.get(&key).cloned()) {
        return found;
    }
    let grave = |one: &Match| one.altered.is_some() && one.grave;
    let mut all = texts::inside(comment);
    if all.is_empty() {
        // The sentence by which a text is found may be the one that was changed.
        all = texts::inside_rarely(comment);
    }
    let found = all.into_iter().find(grave).map(Arc::new);
    if let Ok(mut known) = known.lock()
        && known.len() < MOST_KNOWN
    {
        known.insert(key, found.clone());
    }
    found
}
