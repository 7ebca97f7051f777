// SPDX-License-Identifier: MIT OR Apache-2.0
//! The repository as a whole, after every file was observed.

mod compat;
mod covered;
mod facts;
mod guess;
mod headers;
mod holders;
mod locks;
mod manifests;
mod media;
mod parts;
mod readmes;
mod reuse;
mod roots;
mod standing;
mod vendored;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use globset::GlobSet;
pub use guess::LicensingGuess;
pub use locks::Dependencies;
pub use vendored::ThirdParty;

use super::{Family, LicenceText, Manifest, Observation, Statement, evidence, names, observe};
use crate::{
    domain::{
        Finding, Layer, LicenceFact, Licensing, PathClass, Place, RepoPath, Secret, Severity, Span,
        remark,
    },
    repo::{EntryKind, TreeEntry},
    rules::RuleSet,
};

/// Collects what the files of one tree say about licences, and judges it at the end.
#[derive(Default)]
pub struct LicensingScan {
    /// What was decided about licences.
    policy: Licensing,
    /// Every entry of the tree, in Git's order.
    tree: Vec<(RepoPath, EntryKind)>,
    /// The same with the ids of their objects, which tell whether a file is what it was.
    entries: Vec<TreeEntry>,
    /// Every path of the tree, sorted.
    names: Vec<RepoPath>,
    /// Those that are symbolic links.
    links: BTreeSet<RepoPath>,
    /// The policy's globs of other people's work.
    third_party: GlobSet,
    /// What is known of each file, once all were observed.
    facts: BTreeMap<RepoPath, LicenceFact>,
    /// What was observed, but for what is kept apart below.
    observed: BTreeMap<RepoPath, Observation>,
    /// Licence files under the directory that they speak for.
    texts: BTreeMap<RepoPath, Vec<TextFile>>,
    manifests: BTreeMap<RepoPath, Manifest>,
    /// What the READMEs at the top name.
    readmes: BTreeMap<RepoPath, Vec<Family>>,
    /// What all READMEs say.
    said: BTreeMap<RepoPath, Vec<Statement>>,
    /// Source files, with whether they have a header.
    sources: BTreeMap<RepoPath, bool>,
    /// Files without a byte.
    empty: HashSet<RepoPath>,
    /// Files that are newer than the policy, if it asks for headers in those.
    new: HashSet<RepoPath>,
    /// Where the files of REUSE are.
    reuse: covered::Index,
}

/// A file with a licence's name.
struct TextFile {
    path: RepoPath,
    text: LicenceText,
    /// Whether it lies in `LICENSES/`, which is a store and no statement.
    stored: bool,
    /// What else the name says: `LICENSE-APACHE` or `LICENSE.docs`.
    role: Role,
}

/// What a licence file's name says about it.
#[derive(PartialEq, Eq)]
enum Role {
    /// The licence of the project.
    Plain,
    /// One of several, named after its licence.
    NamedAfter(Family),
    /// For a part: documentation, fonts, third-party code.
    Part,
}

/// What a whole tree says about licences.
#[derive(Default)]
pub struct Judged {
    /// What stands in the way of a release, in the order of paths.
    pub findings: Vec<Finding>,
    /// What is known of each file that says anything, in the order of paths.
    pub facts: Vec<LicenceFact>,
    /// The packages of other people in the tree, in the order of paths.
    pub third_party: Vec<ThirdParty>,
    /// What lock files name, in the order of paths.
    pub dependencies: Vec<Dependencies>,
}

impl LicensingScan {
    /// Begins a scan of the tree that holds `entries`, under `policy`.
    #[must_use]
    pub fn new(policy: Licensing, entries: &[TreeEntry]) -> Self {
        let tree = entries.iter().map(|entry| (entry.path.clone(), entry.kind)).collect();
        let empty = entries.iter().filter(|entry| entry.is_empty());
        let empty = empty.map(|entry| entry.path.clone()).collect();
        let mut names: Vec<RepoPath> = entries.iter().map(|entry| entry.path.clone()).collect();
        names.sort_unstable();
        let links = entries.iter().filter(|entry| entry.kind == EntryKind::Link);
        let links = links.map(|entry| entry.path.clone()).collect();
        let third_party = standing::third_party(&policy.third_party);
        let entries = entries.to_vec();
        Self { policy, tree, names, links, third_party, empty, entries, ..Self::default() }
    }

    /// Takes in which files are new, for a policy that asks for headers in those alone.
    #[must_use]
    pub fn with_new(self, new: HashSet<RepoPath>) -> Self {
        Self { new, ..self }
    }

    /// Takes in what was observed in the file at `path`.
    pub fn add(&mut self, path: &RepoPath, mut observation: Observation) {
        let class = PathClass::of(path);
        let own = class == PathClass::Normal && !self.links.contains(path);
        if observation.source && !observation.generated && own && !observation.declares() {
            self.sources.insert(path.clone(), observation.has_header());
        }
        if let Some(text) = observation.text.take() {
            let stored = observe::in_licences_folder(path);
            let folder = path.parent();
            let dir = if stored { folder.parent() } else { folder };
            let file = TextFile { path: path.clone(), text, stored, role: role(path) };
            self.texts.entry(dir).or_default().push(file);
        }
        if let Some(manifest) = observation.manifest.take() {
            self.manifests.insert(path.clone(), manifest);
        }
        if !observation.said.is_empty() {
            self.said.insert(path.clone(), std::mem::take(&mut observation.said));
        }
        if !observation.readme.is_empty() && path.parent().is_root() {
            self.readmes.insert(path.clone(), std::mem::take(&mut observation.readme));
        }
        self.observed.insert(path.clone(), observation);
    }

    /// Returns what is known of each file, in the order of paths, and judges nothing.
    #[must_use]
    pub fn facts(mut self) -> Vec<LicenceFact> {
        self.settle();
        self.facts.into_values().collect()
    }

    /// Works out the facts, once everything was taken in.
    fn settle(&mut self) {
        for files in self.texts.values_mut() {
            files.sort_by(|a, b| a.path.cmp(&b.path));
        }
        self.reuse = covered::Index::of(self);
        self.facts = facts::gather(self);
        // What stands beside a file or in REUSE.toml says it as well.
        let bare = self.sources.iter().filter(|(_, has)| !**has).map(|(path, _)| path);
        let covered: Vec<_> = bare.filter(|path| self.covered(path).is_some()).cloned().collect();
        self.sources.extend(covered.into_iter().map(|path| (path, true)));
    }

    /// Judges the whole, in the order of paths. A rule that `rules` lacks finds nothing.
    #[must_use]
    pub fn finish(mut self, rules: &RuleSet) -> Judged {
        self.settle();
        let mut report = Report { rules, out: Vec::new() };
        roots::judge(&self, &mut report);
        readmes::judge(&self, &mut report);
        manifests::judge(&self, &mut report);
        headers::judge(&self, &mut report);
        holders::judge(&self, &mut report);
        compat::judge(&self, &mut report);
        let third_party = vendored::judge(&self, &mut report);
        report.keep_one("vendored-not-open", "header-incompatible");
        locks::judge(&self, &mut report);
        media::judge(&self, &mut report);
        reuse::judge(&self, &mut report);
        self.attach_evidence(&mut report.out, rules);
        let dependencies = locks::dependencies(&self);
        let facts = self.facts.into_values().collect();
        Judged { findings: report.out, facts, third_party, dependencies }
    }

    fn attach_evidence(&self, findings: &mut [Finding], rules: &RuleSet) {
        let of = |path: &RepoPath| self.observed.get(path).map(|seen| seen.evidence);
        let own = |dir: &RepoPath| self.files(dir).iter().filter(|file| file.role != Role::Part);
        evidence::attach(
            findings,
            rules,
            &evidence::Tree {
                of: &|path| of(path).unwrap_or_default(),
                texts: &|dir| own(dir).map(|file| file.path.clone()).collect(),
                entries: &self.entries,
                outbound: self.policy.outbound.as_deref().unwrap_or_default(),
            },
        );
    }

    fn files(&self, dir: &RepoPath) -> &[TextFile] {
        self.texts.get(dir).map_or(&[], Vec::as_slice)
    }

    /// Returns the licence texts known in `dir`.
    fn licences(&self, dir: &RepoPath) -> Vec<&Family> {
        let own = self.files(dir).iter().filter(|file| file.role != Role::Part);
        own.flat_map(|file| &file.text.identified.licences).collect()
    }
}

fn role(path: &RepoPath) -> Role {
    let name = String::from_utf8_lossy(path.file_name()).to_ascii_lowercase();
    let parts = [
        "third", "3rd", "vendor", "depend", "bundled", "doc", "font", "asset", "data", "notice",
        "media",
    ];
    // COPYING.LESSER is the usual name beside COPYING.
    let suffix = name.trim_end_matches(".txt").trim_end_matches(".md").trim_end_matches(".rst");
    let suffix = suffix.split_once(['-', '_', '.']).map_or("", |(_, rest)| rest);
    if parts.iter().any(|part| suffix.contains(part)) || name.starts_with("licenses.") {
        return Role::Part;
    }
    match names::lookup(suffix) {
        Some(family) => Role::NamedAfter(family),
        None if suffix == "lesser" => Role::NamedAfter(Family::fixed("LGPL")),
        None => Role::Plain,
    }
}

/// Where findings go.
struct Report<'a> {
    rules: &'a RuleSet,
    out: Vec<Finding>,
}

/// One finding in the making.
struct Gap<'a> {
    /// The rule's name without its category.
    rule: &'static str,
    path: &'a RepoPath,
    place: Place,
    /// What groups it with others.
    value: &'a str,
    /// The evidence, for the reviewer.
    context: String,
    notes: Vec<String>,
    /// Whether the notes say what the evidence is.
    told: bool,
    /// Less than the rule's own severity, where the case is milder.
    at_most: Severity,
    /// Whether the place of the file was weighed already.
    weighed: bool,
}

impl<'a> Gap<'a> {
    fn new(rule: &'static str, path: &'a RepoPath, value: &'a str) -> Self {
        let place = if path.is_root() { Place::Repository } else { Place::File };
        let context = path.to_string();
        let (notes, at_most) = (Vec::new(), Severity::Critical);
        Self { rule, path, place, value, context, notes, told: false, at_most, weighed: false }
    }

    fn at(mut self, span: Option<&Span>) -> Self {
        self.place = span.map_or(self.place, |span| Place::Span(span.clone()));
        self
    }

    fn because(mut self, context: impl Into<String>) -> Self {
        self.context = context.into();
        self
    }

    /// Rests on what the notes say already, in words for people.
    fn resting_on(mut self, context: impl Into<String>) -> Self {
        self.told = true;
        self.because(context)
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    fn at_most(mut self, severity: Severity) -> Self {
        self.at_most = self.at_most.min(severity);
        self
    }

    /// Leaves the severity as it is, wherever the file lies.
    fn weighed(self) -> Self {
        self.weighed_if(true)
    }

    /// Leaves the severity as it is, wherever the file lies, if that holds.
    fn weighed_if(mut self, weighed: bool) -> Self {
        self.weighed |= weighed;
        self
    }
}

impl Report<'_> {
    /// Drops what `other` says of files of which `rule` says the same.
    fn keep_one(&mut self, rule: &str, other: &str) {
        let idx = |name: &str| self.rules.detected(&format!("licensing/{name}"));
        let (Some(rule), Some(other)) = (idx(rule), idx(other)) else { return };
        let told = self.out.iter().filter(|one| one.rule == rule && one.place == Place::File);
        let told: HashSet<RepoPath> = told.map(|one| one.path.clone()).collect();
        self.out.retain(|one| one.rule != other || !told.contains(&one.path));
    }

    fn push(&mut self, gap: Gap<'_>) {
        let Some(rule) = self.rules.detected(&format!("licensing/{}", gap.rule)) else { return };
        let mut severity = self.rules.info(rule).severity.min(gap.at_most);
        let mut notes = gap.notes;
        let told = |note: &String| note.contains(&gap.context) || gap.context.contains(note);
        if !gap.told && gap.context != gap.path.to_string() && !notes.iter().any(told) {
            notes.insert(0, gap.context.clone());
        }
        if let Some(word) =
            PathClass::of(gap.path).word().filter(|_| !gap.weighed && is_lowered(gap.path))
        {
            severity = severity.lowered();
            notes.push(format!("{word}: {}", remark::LOWERED));
        }
        self.out.push(Finding {
            rule,
            severity,
            confidence: self.rules.info(rule).confidence,
            path: gap.path.clone(),
            layer: Layer::Tree,
            place: gap.place,
            value: Secret::new(gap.value.as_bytes()),
            context: Secret::new(gap.context.as_bytes()),
            notes,
        });
    }
}

/// A README or LICENSE.md at the top counts as documentation, yet here it is the matter itself.
fn is_lowered(path: &RepoPath) -> bool {
    !path.parent().is_root()
}

fn list<'a>(families: impl IntoIterator<Item = &'a Family>) -> String {
    let mut names: Vec<&str> = families.into_iter().map(Family::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}
