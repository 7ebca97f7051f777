// SPDX-License-Identifier: MIT OR Apache-2.0
//! Values that stand apart from their names: in the next field, element or item of a list, or
//! as the default of a block below.

use super::{Cursor, Glue, Site};

/// Between the field of the name and that of the value lies so much at most.
const FIELD_AWAY: usize = 120;
/// Fields that hold the value of the name in the field before.
const VALUE_FIELDS: [&[u8]; 6] =
    [b"parametervalue", b"defaultvalue", b"stringvalue", b"value", b"val", b"default"];

impl Site<'_, '_> {
    /// Goes to a value that stands apart.
    pub(super) fn value_apart(&self, cursor: &mut Cursor<'_>) -> Option<Glue> {
        let start = cursor.at;
        for go in [Cursor::next_field, Cursor::next_element] {
            if let Some(glue) = go(cursor) {
                return Some(glue);
            }
            cursor.at = start;
        }
        let below = self.default_below(cursor).or_else(|| self.next_item(cursor));
        if below.is_none() {
            cursor.at = start;
        }
        below
    }

    /// `variable "password" {` and below it `default = "v"`; in templates of clouds the name
    /// and below it `Default: v`.
    fn default_below(&self, cursor: &mut Cursor<'_>) -> Option<Glue> {
        let text = self.view.text;
        let opens = match cursor.peek(0)? {
            b'{' => true,
            b':' => !self.quoted_name || cursor.rest_of_line().ends_with(b"{"),
            _ => false,
        };
        if !opens || !matches!(cursor.rest_of_line().trim_ascii(), b"{" | b":" | b": {") {
            return None;
        }
        let depth = indent(&text[self.view.line(self.name.start)]);
        while cursor.next_line() {
            let line = &text[self.view.line(cursor.at)];
            let inner = line.trim_ascii_start();
            if !inner.is_empty() && (indent(line) <= depth || inner.starts_with(b"}")) {
                return None;
            }
            cursor.skip_spaces();
            cursor.skip_quote();
            if cursor.skip_word_folded(b"default") {
                cursor.skip_quote();
                cursor.skip_spaces();
                return (cursor.skip(b'=') || cursor.skip(b':')).then_some(Glue::Assign);
            }
        }
        None
    }

    /// `- --password` and on the next line `- v`.
    fn next_item(&self, cursor: &mut Cursor<'_>) -> Option<Glue> {
        let flag = self.view.text[self.name.clone()].starts_with(b"--");
        let ends = matches!(cursor.rest_of_line().trim_ascii(), b"" | b"," | b"\",");
        if !flag || !ends || !cursor.next_line() {
            return None;
        }
        cursor.skip_spaces();
        let item = cursor.skip_word(b"- ") || matches!(cursor.peek(0), Some(b'"' | b'\''));
        item.then_some(Glue::Assign)
    }
}

/// Elements beside a name that say something else of what is called so.
const OTHER_ELEMENTS: &[&[u8]] =
    &[b"version", b"description", b"type", b"scope", b"url", b"packaging"];

impl Cursor<'_> {
    /// `name: KEY` and on the next line, or after a comma, `value: v`.
    fn next_field(&mut self) -> Option<Glue> {
        let start = self.at;
        self.skip(b',');
        while self.peek(0).is_some_and(|b| b.is_ascii_whitespace()) && self.at - start < FIELD_AWAY
        {
            self.at += 1;
        }
        if self.at == start {
            return None;
        }
        self.skip_quote();
        VALUE_FIELDS.iter().find(|field| self.skip_word_folded(field))?;
        self.skip_quote();
        self.skip_spaces();
        (self.skip(b':') || self.skip(b'=')).then_some(Glue::Assign)
    }

    /// `<key>KEY</key> <string>v`.
    fn next_element(&mut self) -> Option<Glue> {
        if !self.skip_word(b"</") {
            return None;
        }
        self.skip_name();
        if !self.skip(b'>') {
            return None;
        }
        let start = self.at;
        while self.peek(0).is_some_and(|b| b.is_ascii_whitespace()) && self.at - start < FIELD_AWAY
        {
            self.at += 1;
        }
        if !self.skip(b'<') {
            return None;
        }
        let name = self.at;
        let length = self.skip_name();
        // `<name>secret-service</name> <version>1.8.1-jdk17`: what a list of packages says.
        let other = OTHER_ELEMENTS.contains(&&self.text[name..name + length]);
        (length > 0 && !other && self.skip(b'>')).then_some(Glue::Markup)
    }
}

fn indent(line: &[u8]) -> usize {
    line.iter().take_while(|b| matches!(b, b' ' | b'\t')).count()
}
