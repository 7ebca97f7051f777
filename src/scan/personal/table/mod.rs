// SPDX-License-Identifier: MIT OR Apache-2.0
//! Tables of people: CSV with a header, rows of SQL dumps, lists of JSON objects.
//!
//! The names of the columns stand once, as far above a value as the table is long, so this looks
//! at the whole text, and only at texts that hold data. A number in a column of its name is
//! reported like one behind a field; the table as such is reported when there are enough people.

mod bare;
mod column;
mod json;
mod rows;

use std::{collections::BTreeSet, ops::Range};

pub(super) use bare::Columns;
use column::Column;

use super::number;
use crate::{
    domain::{RuleIdx, Severity, remark},
    rules::RuleSet,
    scan::{Detector, Hit, Reach, Sink, View},
};

/// So many different people make a table one of people.
const FEW: usize = 5;
/// So many numbers of one table are pointed at; the table as a whole is reported anyway.
const MOST: usize = 500;
/// The rules about numbers with which somebody pays.
const PAYING: [&str; 2] = ["payment-card", "iban"];

/// Finds tables of people.
pub(super) struct Tables {
    rule: Option<(RuleIdx, Severity)>,
    /// The rules about numbers, by name.
    numbers: Vec<(&'static str, RuleIdx, Severity)>,
}

/// What was seen of the people in a text.
#[derive(Default)]
struct Seen {
    /// One entry a person: the cells that name them.
    people: BTreeSet<Vec<u8>>,
    /// Rows whose mail address is one for examples: nobody is in them.
    made_up: usize,
    /// What is known of people, besides their names.
    columns: BTreeSet<&'static str>,
    /// Cells that hold numbers of people.
    numbers: Vec<(&'static str, Range<usize>)>,
    /// Whether something is known that weighs most: numbers, health, passwords.
    grave: bool,
}

impl Tables {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let find = |id: &str| rules.detected(id).map(|rule| (rule, rules.info(rule).severity));
        let number = |id: &'static super::ids::Id| {
            let (rule, severity) = find(&format!("sensitive/{}", id.rule))?;
            Some((id.rule, rule, severity))
        };
        let mut numbers: Vec<_> = super::ids::all().filter_map(number).collect();
        // Rules of their own patterns, which see no more than a few rows below the header.
        numbers.extend(PAYING.iter().filter_map(|name| {
            let rule = rules.find(&format!("sensitive/{name}"))?;
            Some((*name, rule, rules.info(rule).severity))
        }));
        Self { rule: find("sensitive/personal-records"), numbers }
    }
}

impl Seen {
    /// Takes one row: its cells with the columns they stand in.
    fn row<'t>(&mut self, text: &'t [u8], cells: impl Iterator<Item = (Column, Range<usize>)>) {
        let mut names: Vec<&'t [u8]> = Vec::new();
        let mut known: Vec<Column> = Vec::new();
        let mut made_up = false;
        for (column, cell) in cells {
            let value = &text[cell.clone()];
            if !column.holds(value) {
                made_up |= column == Column::Mail && column::is_example(value);
                continue;
            }
            if let Column::Number(id) = column {
                self.numbers.push((id, cell));
            }
            if column.is_name() {
                names.push(value);
            }
            known.push(column);
        }
        if made_up {
            self.made_up += 1;
            return;
        }
        // One column says nothing of a person: a list of names is a list of words.
        if known.len() < 2 || names.is_empty() {
            return;
        }
        self.grave |= known.iter().any(|column| column.is_grave());
        self.columns.extend(known.iter().map(|column| column.word()));
        self.people.insert(names.join(&b'\0'));
    }
}

impl Detector for Tables {
    fn worth(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, _: &mut Sink) -> bool {
        let line = view.line(at.start);
        rows::is_header(view, &view.text[line]) || json::is_key(view, &at)
    }

    fn whole(&self, view: &View<'_>, anchors: &[(RuleIdx, Range<usize>)], sink: &mut Sink) {
        let mut seen = Seen::default();
        let mut done = 0;
        for (_, at) in anchors {
            if at.start >= done && !json::is_key(view, at) {
                done = rows::read(view, at.start, &mut seen);
            }
        }
        json::read(view, anchors, &mut seen);
        let data = number::is_data(view.facts);
        for (name, span) in seen.numbers.iter().take(MOST) {
            let Some((_, rule, severity)) = self.numbers.iter().find(|(other, ..)| other == name)
            else {
                continue;
            };
            let hit = Hit::new(*rule, span.clone(), *severity).note("in a column of that name");
            let weighs = data && !PAYING.contains(name);
            sink.push(if weighs { number::weigh(hit, view.facts) } else { hit });
        }
        // Three people suffice where their health or faith is known.
        let least = if seen.columns.contains(Column::Health.word()) { 3 } else { FEW };
        let few = seen.people.len() < least || seen.made_up > seen.people.len();
        let Some((rule, severity)) = self.rule.filter(|_| !few) else { return };
        let columns: Vec<&str> = seen.columns.into_iter().collect();
        let mut hit = Hit::new(rule, 0..0, severity);
        hit.whole_file = true;
        if seen.grave {
            hit.severity = Severity::Critical;
        }
        let alone = columns == [Column::Name.word()];
        if alone {
            hit.severity = hit.severity.lowered();
        }
        hit = hit.note(format!("{} people: {}", seen.people.len(), columns.join(", ")));
        if alone {
            hit = hit.note("names alone, and nothing of those who bear them: less severe");
        }
        // Whoever is in the data of a test was mostly made up for it.
        if let Some(word) = view.facts.class.word().filter(|_| view.facts.class.shows()) {
            hit.severity = hit.severity.lowered();
            hit = hit.note(format!("{word}: {}", remark::LOWERED));
        }
        sink.push(hit);
    }

    fn reach(&self) -> Reach {
        Reach::WHOLE
    }
}

#[cfg(test)]
mod tests {
    use super::{Seen, rows};
    use crate::{
        domain::RepoPath,
        scan::{PathFacts, View},
    };

    fn read(path: &str, text: &str) -> Seen {
        let facts = PathFacts::of(&RepoPath::new(path.as_bytes()));
        let view = View::new(&facts, text.as_bytes());
        let mut seen = Seen::default();
        rows::read(&view, 0, &mut seen);
        seen
    }

    #[test]
    fn rows_below_a_header() {
        let text = "id;first_name;last_name;mail\n1;Marta;Quill;mq@quillnet.org\n\
                    2;\"Jo;\";Brandt;jo@brandtnet.org\n3;x;y;a@example.com\n";
        let seen = read("a.csv", text);
        assert_eq!((seen.people.len(), seen.made_up), (2, 1));
        assert!(seen.columns.contains("mail") && !seen.grave);
    }

    #[test]
    fn rows_of_a_dump() {
        let text = "INSERT INTO `users` (`id`, `email`, `last_name`, `password`) VALUES\n\
                    (1,'mq@quillnet.org','O''Quill','$2y$10$abcdefghijklmnopqrstuv'),\n\
                    (2,'jo@brandtnet.org','Brandt','x');\n";
        let seen = read("a.sql", text);
        assert_eq!(seen.people.len(), 2);
        assert!(seen.grave);
        let copy = "COPY public.users (id, email, last_name) FROM stdin;\n\
                    1\tmq@quillnet.org\tQuill\n2\tjo@brandtnet.org\tBrandt\n\\.\n";
        assert_eq!(read("a.sql", copy).people.len(), 2);
        let bare =
            "INSERT INTO users VALUES (1,'mq@quillnet.org','$2y$10$abcdefghijklmnopqrstuv');";
        assert_eq!(read("a.sql", bare).people.len(), 1);
    }
}
