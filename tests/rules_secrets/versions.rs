// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is taken over from an earlier version of a file equals what a full scan finds, for every
//! rule: random texts made of every rule's sample, random deltas, several generations.

use std::sync::OnceLock;

use debut::{
    domain::{NotScanned, RepoPath, Severity},
    repo::objects::Op,
    rules::RuleSet,
    scan::{Earlier, Engine, Lines, PathFacts, Scratch},
};
use proptest::{prelude::*, sample::Index};

use super::{cases, encodings, internal_cases, template};

/// Lines that rules about heads, lists, suppliers and neighbours look at.
const AROUND: &[&str] = &[
    "",
    "plain",
    "# Copyright 2020 Us Inc. All rights reserved.",
    "# Confidential and proprietary. Do not distribute.",
    "# SPDX-License-Identifier: NONSENSE-9",
    "# REUSE-IgnoreStart",
    "/*",
    "*/",
    "\"\"\"",
    "user: hunter22x",
    "password: hunter22x",
    "- name: DB_PASSWORD",
    "  value: \"Sw0rdfish-2x\"",
    "password: >-",
    "  aqR7-zzT5-w1",
    "# networks of Cloudflare",
    "allow 54.83.12.9;",
    "account_ids:",
    "  - \"498213057761\"",
    "  - \"712305498817\"",
    "Author: Jo Jones",
    "mail: jo.jones@somewhere.net",
    "stellar",
    "twilio",
    "id,first_name,last_name,ssn",
    "1,Marta,Quill,529-83-4171",
    "2,Jo,Brandt,531-72-4416",
    "3,Ida,Holm,532-61-4902",
    "INSERT INTO users (email, last_name, ssn) VALUES",
    "('ida@holmnet.dk', 'Holm', '532-61-4902'),",
    "ssn:",
    "- 529-83-4171",
    "passwords:",
    "\"api_tokens\": {",
    "app_secrets = [",
    "  \"main\": \"aQ7-zT5w1Kx9bR3vL8\",",
    "    db1: cT8vK2nW5xP9rJ4hB7",
    "  - fH6tM3zG8yD2sN5kV9",
    "}",
    "]",
    "[credentials]",
    "[other] # note",
    "db.main = gX4pR7wC2vB8nL5jT3",
    "secrets.db.main=hW9kZ3xM6cV2bN8qP5",
    "{passwords: {a: jR5tB8wX2nK7vC4zL9, b: [kP3mV6xC9zT2wN5rB8]}}",
    "<passwords>",
    "  <db>mT7xK4vB9wC2nZ5pR8</db>",
    "  <add key=\"x\" value=\"nC8wP5tX3zK9vR4mB6\"/>",
    "</passwords>",
    "<key>passwords</key>",
    "<dict>",
    "  <string>pX6vT9kC4wZ3nR8mB5</string>",
];

fn new_engine() -> Engine {
    let rules = std::sync::Arc::new(RuleSet::builtin().expect("built-in rules"));
    Engine::new(rules, &internal_cases::words()).expect("engine")
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(new_engine)
}

/// One that most texts below are too much for.
fn impatient() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| new_engine().with_most_matches(4))
}

/// Every sample and near miss, and lines to put between them.
fn pieces() -> &'static [String] {
    static PIECES: OnceLock<Vec<String>> = OnceLock::new();
    PIECES.get_or_init(|| {
        let secrets = cases::all().flat_map(|case| [case.fires, case.near_miss.1]);
        let internal = internal_cases::CASES.iter().flat_map(|case| [case.2, case.4]);
        let mut all: Vec<String> = secrets.map(template::expand).collect();
        all.extend(internal.chain(AROUND.iter().copied()).map(str::to_owned));
        all.extend(encodings::pieces(&all));
        all
    })
}

/// One mark as plain data.
type Found = (String, Severity, std::ops::Range<usize>, Vec<u8>, Vec<u8>, Vec<String>);

/// Returns what was found, and whether that is not all.
fn marks(engine: &Engine, text: &[u8], lines: &Lines) -> (Vec<Found>, Option<NotScanned>) {
    let mut out = Vec::new();
    engine.marks(text, lines, |found| {
        let mark = found.mark;
        out.push((
            engine.rules().info(mark.rule).id.clone(),
            mark.severity,
            found.span,
            mark.value.expose().to_vec(),
            mark.context.expose().to_vec(),
            mark.notes.clone(),
        ));
    });
    for hit in engine.whole_file_hits(lines) {
        let rule = engine.rules().info(hit.rule).id.clone();
        out.push((rule, hit.severity, 0..0, vec![], vec![], hit.notes.clone()));
    }
    (out, engine.cut(lines))
}

/// One step of a delta: bytes of the base, or a piece of new text, perhaps cut.
#[derive(Clone, Debug)]
enum Step {
    Copy(Index, Index),
    Lines(Index, Index),
    New(Index, Index, bool),
}

fn step() -> impl Strategy<Value = Step> {
    let index = any::<Index>;
    prop_oneof![
        3 => (index(), index()).prop_map(|(a, b)| Step::Copy(a, b)),
        5 => (index(), index()).prop_map(|(a, b)| Step::Lines(a, b)),
        4 => (index(), index(), any::<bool>()).prop_map(|(a, b, c)| Step::New(a, b, c)),
    ]
}

/// Makes the next version of `base`, and the delta that makes it.
fn next(base: &[u8], steps: &[Step]) -> (Vec<u8>, Vec<Op>) {
    let mut text = Vec::new();
    let mut ops = Vec::new();
    let starts: Vec<usize> = std::iter::once(0)
        .chain(base.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(i, _)| i + 1))
        .chain([base.len()])
        .collect();
    for step in steps {
        let range = match step {
            Step::Copy(a, b) => {
                let (a, b) = (a.index(base.len() + 1), b.index(base.len() + 1));
                a.min(b)..a.max(b)
            }
            Step::Lines(a, b) => {
                let (a, b) = (*a.get(&starts), *b.get(&starts));
                a.min(b)..a.max(b)
            }
            Step::New(which, cut, whole) => {
                let piece = which.get(pieces()).as_bytes();
                let piece = if *whole { piece } else { &piece[..cut.index(piece.len() + 1)] };
                let from = text.len();
                text.extend(piece);
                text.extend(whole.then_some(b'\n'));
                if text.len() > from {
                    ops.push(Op::Insert { len: text.len() - from });
                }
                continue;
            }
        };
        if !range.is_empty() {
            ops.push(Op::Copy { from: range.start, len: range.len() });
            text.extend(&base[range]);
        }
    }
    (text, ops)
}

fn agree(engine: &Engine, path: &str, versions: &[Vec<Step>]) -> Result<(), TestCaseError> {
    let facts: PathFacts = engine.facts(&RepoPath::new(path.as_bytes()));
    let mut scratch = Scratch::default();
    let mut base = Vec::new();
    let mut known = engine.lines(&facts, &base, None, &mut scratch);
    for steps in versions {
        let (text, ops) = next(&base, steps);
        let earlier = Earlier { lines: &known, text: &base, ops: &ops };
        let taken = engine.lines(&facts, &text, Some(earlier), &mut scratch);
        let full = engine.lines(&facts, &text, None, &mut scratch);
        prop_assert_eq!(marks(engine, &text, &taken), marks(engine, &text, &full));
        (base, known) = (text, taken);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn versions_are_judged_as_if_each_were_new(
        path in prop::sample::select(vec![
            "a.yml", "infra/settings.conf", "src/main.py", "main.tf", "tests/x.sh", "README.md",
            ".github/CODEOWNERS", "a", "vendor/b.js", "Dockerfile", "a.json", "a.csv",
            "a.sql",
        ]),
        first in prop::collection::vec((any::<Index>(), any::<Index>()), 1..25),
        later in prop::collection::vec(prop::collection::vec(step(), 1..9), 1..5),
    ) {
        let first = first.into_iter().map(|(a, b)| Step::New(a, b, true)).collect();
        let versions: Vec<Vec<Step>> = std::iter::once(first).chain(later).collect();
        agree(engine(), path, &versions)?;
        agree(impatient(), path, &versions)?;
    }

    #[test]
    fn a_touched_byte_is_seen_wherever_it_is(
        first in prop::collection::vec((any::<Index>(), any::<Index>()), 1..12),
        edits in prop::collection::vec((any::<Index>(), 0..3_usize, "[a-z0-9\"\n .:]{0,2}"), 1..6),
    ) {
        let first: Vec<Step> = first.into_iter().map(|(a, b)| Step::New(a, b, true)).collect();
        for engine in [engine(), impatient()] {
            touch(engine, &first, &edits)?;
        }
    }
}

/// Changes a few bytes, again and again.
fn touch(
    engine: &Engine,
    first: &[Step],
    edits: &[(Index, usize, String)],
) -> Result<(), TestCaseError> {
    let facts = engine.facts(&RepoPath::new(b"a.yml"));
    let mut scratch = Scratch::default();
    let (mut base, _) = next(b"", first);
    let mut known = engine.lines(&facts, &base, None, &mut scratch);
    for (at, gone, new) in edits {
        let at = at.index(base.len() + 1);
        let past = base.len().min(at + gone);
        let text = [&base[..at], new.as_bytes(), &base[past..]].concat();
        let ops: Vec<Op> = [
            Op::Copy { from: 0, len: at },
            Op::Insert { len: new.len() },
            Op::Copy { from: past, len: base.len() - past },
        ]
        .into_iter()
        .filter(|op| !matches!(op, Op::Copy { len: 0, .. } | Op::Insert { len: 0 }))
        .collect();
        let earlier = Earlier { lines: &known, text: &base, ops: &ops };
        let taken = engine.lines(&facts, &text, Some(earlier), &mut scratch);
        let full = engine.lines(&facts, &text, None, &mut scratch);
        prop_assert_eq!(marks(engine, &text, &taken), marks(engine, &text, &full));
        (base, known) = (text, taken);
    }
    Ok(())
}

#[test]
fn of_a_text_that_is_too_much_the_first_matches_are_listed() {
    let facts = engine().facts(&RepoPath::new(b"a.yml"));
    let mut scratch = Scratch::default();
    let line = |n: usize| format!("host: db{n}.corp.internal\n");
    let mut listed = |lines: &[String]| {
        let text = lines.concat();
        let lines = impatient().lines(&facts, text.as_bytes(), None, &mut scratch);
        let (found, cut) = marks(impatient(), text.as_bytes(), &lines);
        let first = found.iter().map(|found| found.3.clone()).collect::<Vec<_>>();
        (first.len(), first, cut)
    };
    let all: Vec<String> = (0..9).map(line).collect();
    let (count, first, cut) = listed(&all[..3]);
    assert_eq!((count, cut), (3, None));
    let (count, more, cut) = listed(&all);
    assert_eq!((count, &more[..3]), (4, first.as_slice()));
    assert_eq!(cut, Some(NotScanned::TooMany(4)));
    // All on one line; some more are looked at before anybody counts them.
    let one = [all.concat().replace('\n', " ")];
    let (count, _, cut) = listed(&one);
    assert!((4..9).contains(&count), "{count}");
    assert_eq!(cut, Some(NotScanned::TooMany(4)));
}
