// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where the value of an assignment stands.
//!
//! What follows a name is read from left to right: what ends the name, what assigns, then the
//! value. Languages are told apart by the broad kind of the file only, so that a template, a
//! heredoc or a manifest inside a script is read as well.

mod apart;
mod cursor;

use std::ops::Range;

use cursor::Cursor;

use crate::{domain::FileKind, scan::View};

/// A value and how it was written.
pub(super) struct Found {
    /// Its bytes, without quotes.
    pub(super) span: Range<usize>,
    /// Whether quotes were around it.
    pub(super) quoted: bool,
    /// Whether it follows the name as one item of a list follows the other.
    pub(super) listed: bool,
}

/// What may stand between name and value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Glue {
    /// An assignment: a bare value may follow where the language has them.
    Assign,
    /// A comparison, a second argument or a default: only a literal counts.
    Literal,
    /// The start of a call's only argument, which must be a literal.
    Call,
    /// The start of an element's text.
    Markup,
    /// The `:-` of `${NAME:-v}`.
    Default,
}

/// Returns the value assigned to the name at `name`.
pub(super) fn value_after(view: &View<'_>, name: &Range<usize>) -> Option<Found> {
    let mut cursor = Cursor { text: view.text, at: name.end };
    let quoted_name = cursor.skip_quote();
    cursor.skip_array();
    cursor.skip(b']');
    cursor.skip(b')');
    let spaces = cursor.skip_spaces();
    let site = Site { view, name, quoted_name, spaces };
    let glue = match site.value_apart(&mut cursor) {
        Some(glue) => glue,
        None => site.glue(&mut cursor).or_else(|| site.beside(&mut cursor))?,
    };
    let listed = view.text.get(cursor.at - 1) == Some(&b',');
    let loose = matches!(view.text.get(cursor.at - 1), Some(b'='));
    let spaced = cursor.skip_spaces() > 0;
    if glue == Glue::Assign {
        match view.kind {
            FileKind::Code if !loose => cursor.skip_type(),
            FileKind::Config => cursor.skip_yaml_head(),
            _ => {}
        }
    } else if glue == Glue::Literal {
        cursor.skip_parameter();
    }
    let query = matches!(site.before(1), Some(b'?' | b'&'));
    // In code a quote like the one that is open ends the string that the name stands in.
    if view.kind == FileKind::Code
        && cursor.peek(0).is_some_and(|b| open_quote(site.head()) == Some(b))
        && !quoted_name
    {
        return None;
    }
    let found = match cursor.quote() {
        Some(close) if glue == Glue::Call => cursor.quoted(close, view.kind).filter(|found| {
            let rest = &view.text[found.span.end + close.len()..];
            rest.trim_ascii_start().starts_with(b")")
        }),
        Some(close) => cursor.quoted(close, view.kind),
        None if matches!(glue, Glue::Literal | Glue::Call) => None,
        None if glue == Glue::Markup => cursor.until(|b| b == b'<').filter(|found| {
            // `Flux<Password> decode(Publisher<Data> input)` are types in code, not elements.
            let end = if view.kind == FileKind::Code { b"</".as_slice() } else { b"<" };
            view.text[found.span.end..].starts_with(end)
        }),
        None if glue == Glue::Default => cursor.until(|b| b"}\"' ".contains(&b)),
        // The shell assigns without spaces; with them it calls. Files of make assign with them.
        None if view.kind == FileKind::Shell && loose && spaced && !is_made(view, cursor.at) => {
            None
        }
        None if query => cursor.until(|b| b.is_ascii_whitespace() || b"&\"'<>#`)".contains(&b)),
        None if view.kind == FileKind::Code => site.in_code(&mut cursor, glue, loose && !spaced),
        None => cursor.bare(view.kind),
    };
    found.map(|found| Found { listed, ..found })
}

/// Returns the value that begins at `at`, an item of a list of settings.
pub(super) fn value_at(view: &View<'_>, at: usize) -> Option<Found> {
    let mut cursor = Cursor { text: view.text, at };
    cursor.skip_yaml_head();
    match cursor.quote() {
        Some(close) => cursor.quoted(close, view.kind),
        None => cursor.bare(view.kind),
    }
}

/// A name and what its surroundings say before the value is looked for.
struct Site<'v, 'a> {
    view: &'v View<'a>,
    name: &'v Range<usize>,
    quoted_name: bool,
    spaces: usize,
}

impl Site<'_, '_> {
    /// Returns the byte so many before the name.
    fn before(&self, n: usize) -> Option<u8> {
        self.name.start.checked_sub(n).and_then(|i| self.view.text.get(i)).copied()
    }

    /// Returns the line up to the name.
    fn head(&self) -> &[u8] {
        let line = self.view.line(self.name.start);
        &self.view.text[line.start..self.name.start]
    }

    /// Reads what assigns.
    fn glue(&self, cursor: &mut Cursor<'_>) -> Option<Glue> {
        let element = self.before(1) == Some(b'<');
        let quoted = self.quoted_name;
        match (cursor.peek(0)?, cursor.peek(1)) {
            (b'=' | b'!', Some(b'=')) => {
                cursor.at += 2;
                cursor.skip(b'=');
                Some(Glue::Literal)
            }
            (b'=' | b':', Some(b'~')) | (b':', Some(b':')) => None,
            (b':', _) if self.in_braces() => {
                cursor.at += 1;
                let _ = cursor.skip(b'-') || cursor.skip(b'=');
                Some(Glue::Default)
            }
            (b'=', Some(b'>')) | (b':', Some(b'=')) => cursor.jump(2, Glue::Assign),
            (b':', Some(b'-')) => cursor.jump(2, Glue::Default),
            // `urn:x:secret:y`
            (b':', Some(next)) if self.before(1) == Some(b':') && next != b' ' => None,
            (b'=' | b':', _) => cursor.jump(1, Glue::Assign),
            (b'?', Some(b'=')) => cursor.jump(2, Glue::Assign),
            (b'<', Some(b'-')) if self.view.facts.extension == "r" => cursor.jump(2, Glue::Assign),
            (b'|', Some(b'|')) | (b'?', Some(b'?' | b':')) => {
                cursor.at += 2;
                cursor.skip(b'=');
                Some(Glue::Literal)
            }
            // The last word of a sentence is no name.
            (b',', _) if quoted && self.before(1) != Some(b' ') && !self.in_enumeration() => {
                cursor.jump(1, Glue::Literal)
            }
            (b'.', _) if quoted => cursor.skip_fallback().then_some(Glue::Literal),
            // A cell of a table and the next.
            (b'|', Some(b' ')) if self.view.kind == FileKind::Prose && self.spaces > 0 => {
                cursor.jump(1, Glue::Literal)
            }
            (b'>', _) if element || quoted => cursor.jump(1, Glue::Markup),
            (b'(', _) if self.is_setter() => cursor.jump(1, Glue::Call),
            (b'{', _) => cursor.skip_accessor().then_some(Glue::Assign),
            (b'v', _) if quoted && cursor.skip_word(b"value=") => Some(Glue::Literal),
            (b'c', _) if quoted && cursor.skip_word(b"content=") => Some(Glue::Literal),
            (b'o', _) if self.view.kind == FileKind::Code && cursor.skip_word(b"or ") => {
                Some(Glue::Literal)
            }
            _ if element && self.spaces > 0 => cursor.skip_attributes(),
            _ => None,
        }
    }

    /// Reads what stands beside a name without a sign between them: arguments of commands,
    /// directives of settings, and literals that sentences and small languages put there.
    fn beside(&self, cursor: &mut Cursor<'_>) -> Option<Glue> {
        let verb = self.view.text[self.name.clone()].eq_ignore_ascii_case(b"pass");
        if self.spaces == 0 || self.quoted_name || verb || self.in_usage() {
            return None;
        }
        if self.takes_argument() || self.is_directive() {
            return Some(Glue::Assign);
        }
        let verb = [b"is ".as_slice(), b"to ", b"was "].iter().any(|verb| cursor.skip_word(verb));
        if verb || cursor.is_type_then_literal() {
            return Some(Glue::Literal);
        }
        let literal = matches!(cursor.peek(0), Some(b'"' | b'\'' | b'`'));
        let alone = self.head().trim_ascii().is_empty() || self.view.facts.extension == "sql";
        let speaks = match self.view.kind {
            FileKind::Code | FileKind::Shell => open_quote(self.head()).is_none(),
            FileKind::Config | FileKind::Other => alone,
            // A sentence sets a value off as code.
            FileKind::Prose => cursor.peek(0) == Some(b'`'),
        };
        (literal && speaks).then_some(Glue::Literal)
    }

    /// `hash [password] 'App\Entity\User'`: how a command is called.
    fn in_usage(&self) -> bool {
        self.before(1) == Some(b'[') && self.view.text.get(self.name.end) == Some(&b']')
    }

    /// `--password value`, `ENV PASSWORD value`, `setx PASSWORD value`.
    fn takes_argument(&self) -> bool {
        let text = self.view.text;
        let line = self.view.line(self.name.start);
        let value = text[self.name.end..line.end.max(self.name.end)].trim_ascii_start();
        if text[self.name.clone()].starts_with(b"--") {
            return self.view.kind != FileKind::Code && !value.starts_with(b"-");
        }
        let head = self.head().trim_ascii();
        let verbs = ["env", "setx", "setenv", "set -x", "set -gx", "set -ux", "set -xg"];
        self.view.kind == FileKind::Shell
            && verbs.iter().any(|verb| head.eq_ignore_ascii_case(verb.as_bytes()))
    }

    /// `requirepass value`: the first word of a line of settings, and one value behind it.
    fn is_directive(&self) -> bool {
        let extensions = ["conf", "cfg", "cnf", "config", "ini", "properties"];
        let line = self.view.line(self.name.start);
        let rest = &self.view.text[self.name.end..line.end.max(self.name.end)];
        let other = self.view.kind == FileKind::Other || self.view.facts.extension.is_empty();
        (other || extensions.contains(&&*self.view.facts.extension))
            && matches!(self.view.kind, FileKind::Config | FileKind::Other)
            && self.head().trim_ascii().is_empty()
            && rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count() == 1
    }

    /// `setPassword("v")`, `.password("v")`.
    fn is_setter(&self) -> bool {
        let name = &self.view.text[self.name.clone()];
        let sets = [b"set".as_slice(), b"with", b"Set", b"With"];
        !self.quoted_name
            && (self.before(1) == Some(b'.') || sets.iter().any(|verb| name.starts_with(verb)))
    }

    /// `` `a`, `b` or `c` `` in a sentence.
    fn in_enumeration(&self) -> bool {
        self.view.kind == FileKind::Prose && self.view.text.get(self.name.end) == Some(&b'`')
    }

    /// Whether the name, with what it belongs to, stands behind `${`.
    fn in_braces(&self) -> bool {
        let head = self.head();
        let part = |b: &&u8| b.is_ascii_alphanumeric() || b"._-".contains(b);
        let owner = head.iter().rev().take_while(part).count();
        head[..head.len() - owner].ends_with(b"${")
    }

    /// A value without quotes in code. What is commented out was written for a file of settings.
    fn in_code(&self, cursor: &mut Cursor<'_>, glue: Glue, tight: bool) -> Option<Found> {
        if glue == Glue::Assign && in_comment(self.view, self.name.start) {
            return cursor.bare(self.view.kind);
        }
        self.inside_string(cursor, tight)
    }

    /// `"host=db password=v"`: an assignment inside of a string of code.
    fn inside_string(&self, cursor: &Cursor<'_>, tight: bool) -> Option<Found> {
        let quote = open_quote(self.head()).filter(|_| tight && !self.quoted_name)?;
        cursor.until(|b| b.is_ascii_whitespace() || b == quote || b";&,|<>()".contains(&b))
    }
}

/// Returns whether the place stands on a line that is a comment as a whole.
pub(super) fn in_comment(view: &View<'_>, at: usize) -> bool {
    let line = view.line(at);
    let text = view.text[line.start..at.max(line.start)].trim_ascii_start();
    // `#[buffer] passphrase: Option<&[u8]>` is an attribute.
    [b"#".as_slice(), b"//", b"* ", b"--"].iter().any(|mark| text.starts_with(mark))
        && !text.starts_with(b"#[")
}

/// Whether the value at `at` follows an assignment as files of make write it: no command stands
/// behind it.
fn is_made(view: &View<'_>, at: usize) -> bool {
    let line = view.line(at);
    let head = view.text[line.start..at].trim_ascii_end();
    let make = head.ends_with(b":=") || head.ends_with(b"?=") || view.facts.extension == "mk";
    make && !head.starts_with(b"\t") && !view.text[at..line.end].trim_ascii().contains(&b' ')
}

/// Returns the quote that is open at the end of `head`, the start of a line.
fn open_quote(head: &[u8]) -> Option<u8> {
    let mut open = None;
    let mut bytes = head.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'"' | b'\'' | b'`' if open.is_none() => open = Some(*byte),
            byte if open == Some(*byte) => open = None,
            _ => {}
        }
    }
    open
}
