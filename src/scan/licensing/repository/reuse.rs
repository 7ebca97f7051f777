// SPDX-License-Identifier: MIT OR Apache-2.0
//! REUSE 3.3: every file says its licence and its copyright, and every licence has its text.

use std::collections::{BTreeMap, HashMap};

use super::{
    Gap, LicensingScan, Report,
    covered::{Info, Source},
};
use crate::{
    domain::{FileKind, PathClass, RepoPath, Severity},
    repo::EntryKind,
    scan::licensing::{
        Reading,
        reuse::{Config, Id, Licensed, read_expression, text_id},
        tags,
    },
};

/// So many files are named where an id is used.
const NAMED: usize = 3;

/// Why REUSE is judged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The policy wants it: what its tool refuses stands in the way.
    Wanted,
    /// The repository seems to follow it.
    Seen,
}

/// What was used where.
#[derive(Default)]
struct Uses<'a> {
    ids: BTreeMap<Licensed, Use<'a>>,
    /// Expressions that cannot be read, with the place of each.
    broken: Vec<Source<'a>>,
    read: HashMap<&'a str, Option<Vec<Licensed>>>,
}

struct Use<'a> {
    files: usize,
    first: Source<'a>,
    named: Vec<&'a RepoPath>,
}

/// One file below `LICENSES/`.
struct Text<'a> {
    path: &'a RepoPath,
    id: Licensed,
    extension: bool,
    /// Whether it lies right in the folder.
    direct: bool,
}

pub(super) fn judge(scan: &LicensingScan, report: &mut Report<'_>) {
    if scan.policy.reuse == Some(false) {
        return;
    }
    let texts = texts(scan);
    let Some(mode) = mode(scan, &texts) else { return };
    let report = &mut Judge { mode, report };
    configs(scan, report);
    let broken = broken(scan);
    let mut uses = Uses::default();
    for (path, _) in scan.tree.iter().filter(|(path, kind)| scan.is_covered(path, *kind)) {
        let info = scan.associated(path);
        if !broken.iter().any(|dir| path.is_within(dir)) {
            no_info(path, &info, report);
        }
        uses.take(path, info);
    }
    expressions(scan, &uses, report);
    missing(&uses, &texts, report);
    stored(&uses, &texts, report);
}

fn mode(scan: &LicensingScan, texts: &[Text<'_>]) -> Option<Mode> {
    if scan.policy.reuse == Some(true) {
        return Some(Mode::Wanted);
    }
    let own = |path: &&RepoPath| PathClass::of(path) != PathClass::Vendored;
    let reuse = RepoPath::new(b".reuse");
    let folder = || scan.tree.iter().any(|(path, _)| path.is_within(&reuse));
    // Others keep the texts of what they ship in such a folder, without a tag in any file.
    let stored = || {
        texts.iter().any(|text| text.direct && text.id.kind() != Id::Unknown)
            && scan.tree.iter().any(|(path, kind)| {
                scan.is_covered(path, *kind) && !scan.associated(path).licences.is_empty()
            })
    };
    let seen = scan.reuse.configs().iter().any(own) || folder() || stored();
    seen.then_some(Mode::Seen)
}

/// Where findings go, weighed by why REUSE is judged.
struct Judge<'a, 'b> {
    mode: Mode,
    report: &'a mut Report<'b>,
}

impl Judge<'_, '_> {
    /// Reports what the tool of REUSE refuses.
    fn refused(&mut self, gap: Gap<'_>) {
        self.report.push(match self.mode {
            Mode::Wanted => gap.weighed(),
            Mode::Seen => gap.at_most(Severity::Medium),
        });
    }
}

fn configs(scan: &LicensingScan, report: &mut Judge<'_, '_>) {
    let configs = scan.reuse.configs();
    for path in &configs {
        let problems = scan.config(path).map_or(&[][..], |config| &config.problems);
        for problem in problems {
            let evidence = format!("{path}: {problem}");
            let gap = Gap::new("reuse-config", path, &evidence).because(&*evidence);
            report.refused(gap.note(problem.as_str()));
        }
    }
    let Some((dep5, read)) = scan.dep5() else { return };
    for problem in &read.problems {
        let evidence = format!("{dep5}: {problem}");
        let gap = Gap::new("reuse-config", dep5, &evidence).because(&*evidence);
        report.refused(gap.note(problem.as_str()));
    }
    if let Some(config) = configs.first() {
        // Either may go, so both are named; they are one group.
        for (path, other) in [(*config, dep5), (dep5, *config)] {
            let note = format!("{other} is here as well: the two exclude each other");
            report.report.push(Gap::new("reuse-config", path, "both").note(note).weighed());
        }
    } else {
        let gap = Gap::new("reuse-config", dep5, "dep5").at_most(Severity::Low);
        report.report.push(gap.note("deprecated: REUSE.toml takes its place"));
    }
}

/// Returns the directories for which a `REUSE.toml` speaks that could not be read.
fn broken(scan: &LicensingScan) -> Vec<RepoPath> {
    let broken =
        |config: &&RepoPath| scan.config(config).is_none_or(|read| !read.problems.is_empty());
    scan.reuse.configs().into_iter().filter(broken).map(RepoPath::parent).collect()
}

fn no_info(path: &RepoPath, info: &Info<'_>, report: &mut Judge<'_, '_>) {
    let note = match (info.licences.is_empty(), info.copyright.is_empty()) {
        (false, false) => return,
        (true, true) => "neither a licence nor a copyright notice",
        (true, false) => "no licence, only a copyright notice",
        (false, true) => "no copyright notice, only a licence",
    };
    let dir = path.parent();
    let value = if dir.is_root() { ".".to_owned() } else { dir.to_string() };
    report.refused(Gap::new("reuse-no-info", path, &value).note(note));
}

impl<'a> Uses<'a> {
    fn take(&mut self, path: &'a RepoPath, info: Info<'a>) {
        for source in info.licences.into_iter().chain(info.snippets) {
            let ids = self.read.entry(source.text).or_insert_with(|| read_expression(source.text));
            let Some(ids) = ids else {
                // What stands in a table is told once, for the table.
                if source.span.is_some() {
                    self.broken.push(source);
                }
                continue;
            };
            for id in &*ids {
                let new = || Use { files: 0, first: source, named: Vec::new() };
                let used = self.ids.entry(id.clone()).or_insert_with(new);
                if used.named.last() != Some(&path) {
                    used.files += 1;
                    if used.named.len() < NAMED {
                        used.named.push(path);
                    }
                }
            }
        }
    }
}

impl Use<'_> {
    fn files(&self) -> String {
        let named: Vec<String> = self.named.iter().map(ToString::to_string).collect();
        let more = match self.files - named.len() {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        format!("used by {}{more}", named.join(", "))
    }
}

/// Returns whether the tag is one that `spdx-invalid` tells, for everybody.
fn is_told(source: &Source<'_>) -> bool {
    FileKind::of(source.path) != FileKind::Prose
        && source.span.is_some_and(|span| span.line as usize <= tags::FIRST_LINES)
        && matches!(tags::read(source.text).reading, Reading::Invalid)
}

fn expressions(scan: &LicensingScan, uses: &Uses<'_>, report: &mut Judge<'_, '_>) {
    let doubled = |source: &&Source<'_>| report.mode == Mode::Seen && is_told(source);
    let broken: Vec<_> = uses.broken.iter().filter(|source| !doubled(source)).collect();
    for source in broken {
        let gap = Gap::new("reuse-invalid-expression", source.path, source.text);
        report.refused(gap.at(source.span).because(format!("{}: {}", source.path, source.text)));
    }
    let mut others: Vec<(&RepoPath, &str)> = Vec::new();
    for path in scan.reuse.configs() {
        let all = scan.config(path).into_iter().flat_map(Config::expressions);
        others.extend(all.map(|text| (path, text)));
    }
    if let Some((path, dep5)) = scan.dep5() {
        others.extend(dep5.expressions().map(|text| (path, text)));
    }
    others.sort_unstable();
    others.dedup();
    for (path, text) in others.into_iter().filter(|(_, text)| read_expression(text).is_none()) {
        let gap = Gap::new("reuse-invalid-expression", path, text);
        report.refused(gap.because(format!("{path}: {text}")));
    }
}

/// Ids that are used and have no text, or that SPDX has replaced.
fn missing(uses: &Uses<'_>, texts: &[Text<'_>], report: &mut Judge<'_, '_>) {
    for (id, used) in &uses.ids {
        let place = used.first.path;
        let kind = id.kind();
        if !texts.iter().any(|text| stands_for(text, id)) {
            let mut gap = Gap::new("reuse-missing-text", place, &id.0)
                .at(used.first.span)
                .because(format!("{}: {}", id.0, used.files()))
                .note(used.files());
            if kind == Id::Unknown {
                gap = gap.note("SPDX lists no such id; one of your own begins with LicenseRef-");
            }
            report.refused(gap);
        }
        if kind == Id::Deprecated {
            let gap = Gap::new("reuse-deprecated", place, &id.0)
                .at(used.first.span)
                .because(format!("{}: {}", id.0, used.files()))
                .note(used.files());
            report.deprecated(gap);
        }
    }
}

impl Judge<'_, '_> {
    /// An old id still says which licence is meant.
    fn deprecated(&mut self, gap: Gap<'_>) {
        let most = if self.mode == Mode::Wanted { Severity::Critical } else { Severity::Low };
        self.refused(gap.at_most(most));
    }
}

/// Returns whether the text is that of the id; `GPL-2.0.txt` is that of `GPL-2.0+` too.
fn stands_for(text: &Text<'_>, id: &Licensed) -> bool {
    let base = id.0.strip_suffix('+').unwrap_or(&id.0);
    text.id.0.eq_ignore_ascii_case(&id.0) || text.id.0.eq_ignore_ascii_case(base)
}

/// What lies below `LICENSES/`.
fn stored(uses: &Uses<'_>, texts: &[Text<'_>], report: &mut Judge<'_, '_>) {
    for text in texts {
        let name = text.path.to_string();
        let known = Licensed::of(&text.id.0);
        let right = known == text.id;
        let kind = text.id.kind();
        if kind == Id::Unknown || !right {
            let gap = Gap::new("reuse-bad-license", text.path, &name);
            let gap = if kind == Id::Unknown {
                gap.note("its name is no id of SPDX and does not begin with LicenseRef-")
            } else {
                gap.note(format!("SPDX writes the id {}", known.0))
            };
            report.refused(gap);
        } else if kind == Id::Deprecated && !uses.ids.keys().any(|id| stands_for(text, id)) {
            let gap = Gap::new("reuse-deprecated", text.path, &text.id.0);
            report.deprecated(gap.note("the text of an id that SPDX has replaced"));
        }
        if kind != Id::Unknown && !text.extension {
            let gap = Gap::new("reuse-no-extension", text.path, &name);
            report.refused(gap.note(format!("call it {name}.txt")));
        }
        let used = uses.ids.keys().any(|id| stands_for(text, id));
        if kind != Id::Unknown && !used {
            let gap = Gap::new("reuse-unused-text", text.path, &name);
            report.refused(gap.note(format!("no file is under {}", text.id.0)));
        }
    }
}

fn texts(scan: &LicensingScan) -> Vec<Text<'_>> {
    let folder = RepoPath::new(b"LICENSES");
    let files = scan.tree.iter().filter(|(path, _)| path.is_within(&folder) && *path != folder);
    let text = |(path, kind): &'_ (RepoPath, EntryKind)| {
        let name = String::from_utf8_lossy(path.file_name()).into_owned();
        let (id, extension) = text_id(&name);
        let direct = path.parent() == folder;
        // What lies deeper is no affair of REUSE unless it is named like a text.
        let counts = *kind != EntryKind::Submodule
            && !name.ends_with(".license")
            && !name.starts_with(".git")
            && (direct || id.kind() != Id::Unknown);
        counts.then_some((id, extension, direct))
    };
    files
        .filter_map(|entry| {
            let (id, extension, direct) = text(entry)?;
            Some(Text { path: &entry.0, id, extension, direct })
        })
        .collect()
}
