// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a comment shows as an example.
//!
//! Comments also hold settings that somebody switched off, and those were real. Only the comments
//! that documentation is made of, and those that say of themselves that they show an example, lower
//! anything.

use memchr::memmem;

use crate::{
    domain::{FileKind, PathClass, Severity, remark},
    scan::{Hit, View},
};

/// Lines above and below that may say so, where the rule saw them.
const AROUND: u8 = 2;

/// What a comment begins with.
const MARKS: &[&[u8]] =
    &[b"# ", b"## ", b"//", b"* ", b"/*", b"-- ", b"; ", b"<!--", b"iex>", b">>> "];

/// What a line begins with that asserts something.
const ASSERTIONS: &[&[u8]] = &[
    b"assert",
    b"self.assert",
    b"debug_assert",
    b"$this->assert",
    b"Assert.",
    b"XCTAssert",
    b"expect(",
    b"require.Equal",
    b"EXPECT_",
    b"ASSERT_",
];

/// How comments announce an example.
const WORDS: &[&[u8]] = &[b"example", b"e.g.", b"sample", b"for instance"];

/// What the manual of a library shows was made for it, whatever its checksum says.
const FOREIGN_MANUAL: &str = "in the documentation of other people's code: at most medium";

/// Lowers a value that a comment shows as an example by one step, to medium at most, and says so.
/// What is proved stays, unless the manual of a library shows it.
pub(in crate::scan) fn soften_sample(hit: &mut Hit, view: &View<'_>) {
    let foreign = view.class == PathClass::Vendored && view.kind == FileKind::Prose;
    if foreign && hit.proved && !hit.weighed && hit.severity > Severity::Medium {
        hit.severity = Severity::Medium;
        hit.notes.push(FOREIGN_MANUAL.into());
        return;
    }
    let open = !hit.proved && !hit.weighed && !hit.whole_file && hit.severity > Severity::Low;
    if open && view.kind != FileKind::Prose && is_sample(view, hit) {
        hit.severity = hit.severity.lowered().min(Severity::Medium);
        hit.notes.push(remark::SAMPLE_IN_COMMENT.into());
    }
}

/// Lowers what an assertion of code compares with: tests also stand beside what they test. Where
/// the path says that it is a test, it has lowered it already.
pub(in crate::scan) fn soften_asserted(hit: &mut Hit, view: &View<'_>) {
    let open = !hit.proved && !hit.weighed && !hit.whole_file && hit.severity > Severity::Medium;
    if open && view.kind == FileKind::Code && view.class == PathClass::Normal {
        let line = view.text[view.line(hit.span.start)].trim_ascii_start();
        if ASSERTIONS.iter().any(|head| line.starts_with(head)) {
            hit.severity = hit.severity.lowered();
            hit.notes.push(format!("an assertion of a test: {}", remark::LOWERED));
        }
    }
}

fn is_sample(view: &View<'_>, hit: &Hit) -> bool {
    let line = view.line(hit.span.start);
    let text = &view.text[line.clone()];
    if !is_comment(text) {
        return false;
    }
    let value = hit.span.start - line.start..(hit.span.end - line.start).min(text.len());
    let tells = |text: &[u8]| {
        let lower = text.to_ascii_lowercase();
        WORDS.iter().any(|word| memmem::find(&lower, word).is_some())
    };
    // The value itself says nothing of where it stands.
    is_documentation(text, view)
        || tells(&text[..value.start])
        || tells(&text[value.end..])
        || around(view, line.start).any(tells)
}

/// Returns the comments on the lines that touch the one that begins at `at`, without it.
fn around<'v>(view: &'v View<'_>, at: usize) -> impl Iterator<Item = &'v [u8]> {
    let own = view.line(at);
    let window = view.lines(at, AROUND, AROUND);
    let above = &view.text[window.start..own.start];
    let below = &view.text[own.end.min(window.end)..window.end];
    let ends = |b: &u8| *b == b'\n';
    let above = above.strip_suffix(b"\n").unwrap_or(above).rsplit(ends);
    let below = below.split(ends).skip(1);
    let comment = |line: &&[u8]| is_comment(line);
    above.take_while(comment).chain(below.take_while(comment))
}

fn is_comment(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    MARKS.iter().any(|mark| line.starts_with(mark))
}

/// The comments that pages are made from: Javadoc, Rustdoc, those of charts, RDoc.
fn is_documentation(line: &[u8], view: &View<'_>) -> bool {
    let line = line.trim_ascii_start();
    let starts = |marks: &[&[u8]]| marks.iter().any(|mark| line.starts_with(mark));
    match view.kind {
        FileKind::Code if view.facts.extension == "rb" => line.starts_with(b"#   "),
        // What documentation shows as typed into a shell of the language is a test of it.
        FileKind::Code => starts(&[b"* ", b"///", b"//!", b"iex>", b">>> "]),
        FileKind::Config => line.starts_with(b"## "),
        _ => false,
    }
}
