// SPDX-License-Identifier: MIT OR Apache-2.0
//! Rules run over what files hold that are no text.
//!
//! Nothing in such a file can be replaced, so whatever is found in it stands for the file as a
//! whole, once for each rule, with remarks on where it is. The values stay out of it.

use super::{
    Content, Engine, Hit, PathFacts, Scratch,
    decode::DEEPEST,
    names::{has_form, may_hold},
    packed::{Budget, Form, Kind, Part, office, parts},
};
use crate::domain::{
    Category, LineIndex, Metadata, NotScanned, PathClass, RepoPath, RuleIdx, Secret, Severity,
};

/// So many places of one rule are told.
const MOST_PLACES: usize = 5;
/// Names of entries are told up to so many characters.
const LONGEST_NAME: usize = 200;

/// What a file that is no text came to.
pub(super) struct Unpacked {
    /// Rules that its content breaks, each once.
    pub(super) hits: Vec<Hit>,
    /// What it is, for a person to look at; or why not all of it was looked at.
    pub(super) why: NotScanned,
}

impl Engine {
    /// Looks into a file that is no text, whose path says `facts`.
    pub(super) fn unpack(&self, facts: &PathFacts, raw: &[u8], scratch: &mut Scratch) -> Unpacked {
        let kind = Kind::of(raw);
        let mut budget = Budget::default();
        let mut walk = Walk {
            engine: self,
            outer: facts,
            scratch,
            found: Vec::new(),
            names: Vec::new(),
            files: 0,
            scanned: 0,
        };
        walk.rule_of(kind, None, raw);
        walk.parts(&Inside { kind, name: b"", depth: 0 }, raw, &mut budget);
        walk.in_names();
        let what = match kind.form {
            form if form.is_archive() => {
                let files = if walk.files == 1 { "file" } else { "files" };
                format!("{} with {} {files}, {} scanned", kind.name, walk.files, walk.scanned)
            }
            _ => kind.name.to_owned(),
        };
        let why = match budget.cut {
            Some(cut) => NotScanned::CutOff(format!("{what}; {cut}")),
            None if kind.name == "binary" => NotScanned::Binary,
            None => NotScanned::Kind(what),
        };
        Unpacked { hits: walk.hits(), why }
    }
}

/// A file whose parts are looked at.
struct Inside<'a> {
    kind: Kind,
    /// Its name in the outermost archive; empty for the file itself.
    name: &'a [u8],
    depth: u8,
}

impl Inside<'_> {
    fn is_archive(&self) -> bool {
        self.kind.form.is_archive()
    }
}

/// A hit with its place in words and its value.
struct Found {
    hit: Hit,
    place: String,
    value: Option<Secret>,
}

struct Walk<'a> {
    engine: &'a Engine,
    outer: &'a PathFacts,
    scratch: &'a mut Scratch,
    found: Vec<Found>,
    /// Names of entries that may hold a credential, one on a line.
    names: Vec<u8>,
    files: usize,
    scanned: usize,
}

impl Walk<'_> {
    fn parts(&mut self, inside: &Inside<'_>, raw: &[u8], budget: &mut Budget) {
        parts(inside.kind, inside.name, raw, budget, &mut |part, budget| {
            if self.found.len() < self.engine.most_matches {
                self.part(inside, &part, budget);
            } else {
                budget.cut.get_or_insert("so many matches that nobody goes through more");
            }
        });
    }

    fn part(&mut self, inside: &Inside<'_>, part: &Part, budget: &mut Budget) {
        if !inside.is_archive() {
            let of = if inside.name.is_empty() { None } else { Some(inside.name) };
            let place = self.place(&String::from_utf8_lossy(&part.name), of);
            let facts = self.outer.clone();
            return self.scan(&facts, part, &place, !inside.is_archive());
        }
        if may_hold(&part.name) {
            self.names.extend_from_slice(&part.name);
            self.names.push(b'\n');
        }
        let Some(bytes) = &part.bytes else {
            self.files += 1;
            return;
        };
        // A compressed archive is no further file.
        let wraps =
            matches!(inside.kind.form, Form::Packed(_)) && Kind::of(bytes).form == Form::Tar;
        self.files += usize::from(!wraps);
        let name = match inside.name {
            b"" => part.name.clone(),
            outer => [outer, b"/", &part.name].concat(),
        };
        let facts = self.facts(&part.name);
        let place = self.place("", Some(&name));
        for mut hit in self.engine.by_path(&facts, bytes) {
            hit.whole_file = true;
            self.found.push(Found { hit, place: place.clone(), value: None });
        }
        match Content::of(bytes) {
            Content::Text(..) => {
                self.scanned += 1;
                let about = [b"docProps/core.xml".as_slice(), b"docProps/app.xml", b"meta.xml"];
                let start = self.found.len();
                if let Some(text) = office::text(&part.name, bytes) {
                    self.office(part, text, &place);
                }
                let read = self.found.len();
                self.scan(&facts, part, &place, about.contains(&&*part.name));
                self.add_new(start, read);
            }
            Content::Encrypted(_) => {}
            Content::Binary => {
                let kind = Kind::of(bytes);
                self.rule_of(kind, Some(&name), bytes);
                let inner = Inside { kind, name: &name, depth: inside.depth + 1 };
                if inner.depth < DEEPEST {
                    self.parts(&inner, bytes, budget);
                } else if inner.is_archive() {
                    budget.cut.get_or_insert("packed in more than 3 layers");
                }
            }
        }
    }

    /// Returns what the name of an entry says. The class is that of the file it is packed in,
    /// if that lowers anything.
    fn facts(&self, name: &[u8]) -> PathFacts {
        let facts = self.engine.facts(&RepoPath::new(name));
        let outer = self.outer.class;
        let class = if outer == PathClass::Normal { facts.class } else { outer };
        PathFacts { class, locale: facts.locale || self.outer.locale, ..facts }
    }

    /// Notes that a file is of a kind that a rule knows by name.
    fn rule_of(&mut self, kind: Kind, name: Option<&[u8]>, raw: &[u8]) {
        let rule = kind.rule.and_then(|id| self.engine.rules.find(id));
        let Some(rule) = rule else { return };
        if self.engine.paths.forbids(rule, &self.outer.globs) {
            return;
        }
        let hit = self.engine.whole_hit(rule, self.outer.class, raw);
        let place = match name {
            Some(name) => format!("{} {}", kind.name, self.place("", Some(name))),
            None => format!("its content is that of a {}", kind.name),
        };
        self.found.push(Found { hit, place, value: None });
    }

    fn place(&self, part: &str, entry: Option<&[u8]>) -> String {
        let shown = |name: &[u8]| -> String {
            let mut name = RepoPath::new(name).to_string();
            if let Some((cut, _)) = name.char_indices().nth(LONGEST_NAME) {
                // A part of a credential would not be known as one.
                let apart = |c: char| !c.is_ascii_alphanumeric() && !"_-.".contains(c);
                name.truncate(name[..cut].rfind(apart).unwrap_or(0));
                name.push('\u{2026}');
            }
            name
        };
        match (part, entry) {
            ("", None) => String::new(),
            (part, None) => format!("in {part}"),
            ("", Some([])) => "in what is packed,".into(),
            ("", Some(name)) => format!("in entry {}", shown(name)),
            (part, Some(name)) => format!("in {part}, entry {}", shown(name)),
        }
    }

    /// Scans what a reader reads of a part of an Office document.
    fn office(&mut self, part: &Part, text: Vec<u8>, place: &str) {
        let facts = self.facts(&[&part.name, b".txt".as_slice()].concat());
        let part = Part { name: part.name.clone(), bytes: Some(text), strict: false };
        self.scan(&facts, &part, place, false);
    }

    /// Leaves out of what was found in the XML of a part, from `read` on, the rules that its text
    /// broke already, from `start` on: it knows the lines better.
    fn add_new(&mut self, start: usize, read: usize) {
        let xml = self.found.split_off(read);
        let known =
            |found: &Found| self.found[start..].iter().any(|f| f.hit.rule == found.hit.rule);
        let fresh: Vec<Found> = xml.into_iter().filter(|found| !known(found)).collect();
        self.found.extend(fresh);
    }

    /// Scans a text. Of an archive, what is only a note at its place is left out: nobody could
    /// settle it but with the file.
    fn scan(&mut self, facts: &PathFacts, part: &Part, place: &str, notes: bool) {
        let Some(Content::Text(text, _)) = part.bytes.as_deref().map(Content::of) else { return };
        let lines = self.engine.lines(facts, &text.bytes, None, self.scratch);
        if lines.is_empty() {
            return;
        }
        let index = LineIndex::new(&text.bytes);
        // Other people's code was lowered for that already; that it is only a test of it, or a text
        // about it, counts beside it.
        let aside = matches!(self.outer.class, PathClass::Vendored | PathClass::Generated)
            && PathClass::of(&RepoPath::new(&part.name)).shows();
        for mut hit in self.engine.settled(&lines) {
            if !self.counts(hit.rule, part.strict) || !notes && hit.severity <= Severity::Low {
                continue;
            }
            if aside && !hit.proved {
                hit.severity = hit.severity.lowered();
            }
            let line = index.line_of(hit.span.start) + 1;
            let place = if notes { place.to_owned() } else { format!("{place} line {line}") };
            let value =
                hit.decoded.clone().unwrap_or_else(|| Secret::new(&text.bytes[hit.span.clone()]));
            self.found.push(Found { hit, place, value: Some(value) });
        }
    }

    /// Looks for credentials in the names of entries, as in those of files. What is found is not
    /// told as a place either.
    fn in_names(&mut self) {
        let names = std::mem::take(&mut self.names);
        if names.is_empty() {
            return;
        }
        let facts = self.engine.facts(&Metadata::Paths.path());
        let lines = self.engine.lines(&facts, &names, None, self.scratch);
        for hit in self.engine.settled(&lines) {
            if has_form(self.engine.rules.get(hit.rule)) {
                let value = Secret::new(&names[hit.span.clone()]);
                self.found.push(Found {
                    hit,
                    place: "as the name of an entry".into(),
                    value: Some(value),
                });
            }
        }
    }

    fn counts(&self, rule: RuleIdx, strict: bool) -> bool {
        let rule = self.engine.rules.get(rule);
        let alone = !rule.generic && rule.info.category == Category::Sensitive;
        let key = rule.detector.as_deref() == Some("private-key");
        let telling = key || rule.begins() || rule.proof.is_some();
        rule.info.category != Category::Licensing && (!strict || alone && telling)
    }

    /// Returns what was found, each rule once.
    fn hits(self) -> Vec<Hit> {
        let mut out: Vec<(Hit, usize)> = Vec::new();
        let values: Vec<&Secret> =
            self.found.iter().filter_map(|found| found.value.as_ref()).collect();
        let holds_value = |place: &str| {
            values.iter().any(|value| {
                value.len() >= 4 && memchr::memmem::find(place.as_bytes(), value.expose()).is_some()
            })
        };
        // Names of entries are held against all values, so only of places that are told.
        let told = |place: &str| {
            let hides = holds_value(place);
            if hides { "in an entry whose name holds a value" } else { place }.to_owned()
        };
        for Found { hit, place, .. } in &self.found {
            match out.iter_mut().find(|(other, _)| other.rule == hit.rule) {
                Some((other, places)) => {
                    other.severity = other.severity.max(hit.severity);
                    *places += 1;
                    if *places <= MOST_PLACES {
                        other.notes.push(told(place));
                    }
                }
                None => {
                    let mut hit =
                        Hit { span: 0..0, whole_file: true, decoded: None, ..hit.clone() };
                    hit.notes.push(told(place));
                    out.push((hit, 1));
                }
            }
        }
        let more = |(mut hit, places): (Hit, usize)| {
            if places > MOST_PLACES {
                hit.notes.push(format!("and {} more places", places - MOST_PLACES));
            }
            hit
        };
        out.into_iter().map(more).collect()
    }
}
