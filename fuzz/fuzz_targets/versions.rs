// SPDX-License-Identifier: MIT OR Apache-2.0
//! A text and a version of it that a delta makes: what is taken over equals a full scan.

#![no_main]

use debut::{
    domain::RepoPath,
    repo::objects::Op,
    scan::{Earlier, Lines, Scratch},
};
use debut_fuzz::{PATHS, choose, engine};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((path, data)) = choose(data, PATHS) else { return };
    let [a, b, gone, new, base @ ..] = data else { return };
    // The end of the text is what is put into its middle.
    let new = usize::from(*new) % (base.len() + 1);
    let (base, new) = base.split_at(base.len() - new);
    let at = usize::from(u16::from_be_bytes([*a, *b])) % (base.len() + 1);
    let past = base.len().min(at + usize::from(*gone));
    let text = [&base[..at], new, &base[past..]].concat();
    let ops: Vec<Op> = [
        Op::Copy { from: 0, len: at },
        Op::Insert { len: new.len() },
        Op::Copy { from: past, len: base.len() - past },
    ]
    .into_iter()
    .filter(|op| !matches!(op, Op::Copy { len: 0, .. } | Op::Insert { len: 0 }))
    .collect();
    let mut scratch = Scratch::default();
    let facts = engine().facts(&RepoPath::new(path.as_bytes()));
    let known = engine().lines(&facts, base, None, &mut scratch);
    let earlier = Earlier { lines: &known, text: base, ops: &ops };
    let taken = engine().lines(&facts, &text, Some(earlier), &mut scratch);
    let full = engine().lines(&facts, &text, None, &mut scratch);
    let marks = |lines: &Lines| {
        let mut out = Vec::new();
        engine().marks(&text, lines, |found| {
            let mark = found.mark;
            out.push((mark.rule, mark.severity, found.span, mark.notes.clone()));
        });
        (out, engine().cut(lines))
    };
    assert_eq!(marks(&taken), marks(&full));
});
