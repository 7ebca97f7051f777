// SPDX-License-Identifier: MIT OR Apache-2.0
//! When somebody adds a word of the organisation's, only the contents that hold it are judged
//! anew. To know them every content is read.

use std::collections::HashSet;

use aho_corasick::AhoCorasick;
use data_encoding::{BASE64, HEXLOWER};

use super::{Shared, memory};
use crate::{
    domain::{Encoding, WordKind},
    repo::objects::{ObjIdx, ObjectError, Visit, Visitor},
    scan::{Content, MAX_FILE_BYTES},
};

/// Returns an id as records have it.
pub(super) fn padded(id: &[u8]) -> [u8; 32] {
    let key = memory::key(id, [0; 8]);
    std::array::from_fn(|i| key[i])
}

/// Returns the ids of the wanted contents in which no new word stands; nothing if there is none.
pub(super) fn without_new_words(shared: &Shared<'_>, wanted: &[bool]) -> HashSet<Box<[u8]>> {
    let words = shared.scan.memory.new_words();
    let needles = words.iter().flat_map(|(kind, word)| needles(*kind, word));
    let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(needles);
    let (false, Ok(automaton)) = (words.is_empty(), automaton) else { return HashSet::new() };
    let make = || Reader { shared, automaton: &automaton, without: HashSet::new() };
    let wanted = |idx: ObjIdx| wanted[idx.0 as usize];
    let scan = shared.scan;
    let readers = scan.objects.walk(&wanted, MAX_FILE_BYTES, scan.threads, scan.stop, &make);
    readers.into_iter().flat_map(|reader| reader.without).collect()
}

/// What must stand in a content for the word to matter, also where it is encoded.
fn needles(kind: WordKind, word: &str) -> Vec<Vec<u8>> {
    let telling = match kind {
        // The longest part without a place for anything else, as for the keyword.
        WordKind::CodeName => word.split(['*', '#', ' ']).max_by_key(|part| part.len()),
        WordKind::Fleet => word.split('#').next(),
        _ => Some(word),
    };
    let word = match kind {
        WordKind::TicketKey => format!("{word}-"),
        WordKind::Suffix => format!(".{word}"),
        _ => telling.unwrap_or(word).to_owned(),
    };
    let word = word.as_str();
    let mut out = vec![word.as_bytes().to_vec()];
    // As it is kept, in capitals, and as a name.
    let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
    let name = first.to_uppercase() + rest;
    for word in [word.to_owned(), word.to_lowercase(), word.to_uppercase(), name] {
        out.push(HEXLOWER.encode(word.as_bytes()).into_bytes());
        // Base64 of a word looks different at each of three offsets, and at its ends what
        // stands beside it has its part.
        for offset in 0..3 {
            let text = BASE64.encode(&[&[0; 2][..offset], word.as_bytes()].concat());
            let inner = text.get(offset * 2..text.len().saturating_sub(4)).unwrap_or_default();
            if inner.len() >= 5 {
                out.push(inner.as_bytes().to_vec());
            }
        }
    }
    out
}

struct Reader<'a> {
    shared: &'a Shared<'a>,
    automaton: &'a AhoCorasick,
    without: HashSet<Box<[u8]>>,
}

impl Visitor for Reader<'_> {
    type State = ();

    fn visit(&mut self, object: Visit<'_, ()>) {
        let holds = match Content::of(object.data) {
            Content::Text(text, _) if text.encoding == Encoding::Bytes => {
                self.automaton.is_match(object.data)
            }
            Content::Text(text, _) => self.automaton.is_match(&*text.bytes),
            // An archive may hold anything.
            Content::Encrypted(_) | Content::Binary => true,
        };
        if !holds {
            let id = self.shared.scan.objects.id_bytes(object.idx);
            self.without.insert(padded(id).into());
        }
    }

    fn failed(&mut self, _: ObjIdx, _: ObjectError) {}
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64;

    use super::{WordKind, needles};

    #[test]
    fn a_word_is_seen_in_base64_wherever_it_stands() {
        let all = needles(WordKind::Domain, "corp.example");
        for before in ["", "a", "ab", "abc", "https://db1."] {
            for behind in ["", "/", "/x", "/xyz"] {
                let text = BASE64.encode(format!("{before}corp.example{behind}").as_bytes());
                let stands =
                    |needle: &Vec<u8>| memchr::memmem::find(text.as_bytes(), needle).is_some();
                assert!(all.iter().any(stands), "{before:?} {behind:?} {text}");
            }
        }
    }
}
