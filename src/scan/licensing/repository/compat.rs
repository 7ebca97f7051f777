// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licences that the one of the release can't take in, and those that are not open at all.

use super::{
    Gap, LicensingScan, Report,
    parts::{Parts, Said, outbound, said},
    standing::is_link,
};
use crate::{
    domain::{FileKind, How, PathClass, RepoPath, Severity},
    scan::licensing::{
        Apart, Basis, Family, LicenceKind, LicenceTree, Outcome, compatible, is_licence_name,
        is_open,
    },
};

/// A file that names more licences is a list of them.
const LIST: usize = 4;

pub(super) fn judge(scan: &LicensingScan, report: &mut Report<'_>) {
    let parts = Parts::new(scan);
    let outbound = outbound(scan);
    for (path, said) in said(scan) {
        // What a link leads to is judged where it stands.
        if is_link(scan, path) {
            continue;
        }
        let foreign = parts.foreign(path);
        // Where somebody has decided for such a licence, the text at the top stands for all.
        let decided = scan.policy.outbound.is_some()
            && outbound.as_ref().is_some_and(|(tree, _)| {
                said.tree.holds(&|id| is_open(id) || tree.ids().contains(&id))
            });
        // What a manifest says is judged with the manifest, by its own words.
        let silent = decided || said.how == How::Manifest || is_hearsay(path, &said);
        if foreign.is_none() && !said.tree.holds(&is_open) && !silent {
            let gap = Gap::new("license-not-open", path, &said.text);
            report.push(gap.because(evidence(path, &said)));
        }
        let Some((tree, text)) = &outbound else { continue };
        let site = Site { scan, path, said: &said, foreign: foreign.as_ref(), outbound: text };
        let accepted = foreign.is_some() && said.tree.holds(&|id| is_accepted(scan, id));
        if !accepted {
            site.judge(tree, report);
        }
        // Whoever put in the tags need not have read the notices.
        let fits = compatible(tree, &said.tree).0 > Outcome::Incompatible;
        if fits
            && said.how == How::Tag
            && let Some(notice) = beside_tag(scan, path, &said)
        {
            Site { said: &notice, ..site }.judge(tree, report);
        }
    }
}

/// Returns the licence in the notice of a file whose tag names another one.
fn beside_tag(scan: &LicensingScan, path: &RepoPath, tag: &Said) -> Option<Said> {
    let family = |id: &str| id.split(|c: char| c.is_ascii_digit()).next().unwrap_or(id).to_owned();
    let known: Vec<String> = tag.tree.ids().into_iter().map(family).collect();
    scan.observed.get(path)?.licences.iter().find_map(|said| {
        let tree = LicenceTree::read(&said.licence)?;
        let strong = matches!(said.how, How::Notice | How::Text);
        let other = tree.ids().into_iter().all(|id| !known.contains(&family(id)));
        let (text, line) = (said.licence.clone(), Some(said.line));
        (strong && other).then_some(Said { text, tree, how: said.how, line })
    })
}

/// Returns whether the reviewer accepts the licence for other people's work.
fn is_accepted(scan: &LicensingScan, id: &str) -> bool {
    scan.policy.accepted.iter().any(|known| Family::of_id(known).fits(&Family::of_id(id)))
}

fn evidence(path: &RepoPath, said: &Said) -> String {
    let line = said.line.map_or_else(String::new, |line| format!(":{line}"));
    format!("{path}{line} is under {} ({})", said.text, said.how.word())
}

/// Returns whether the file rather speaks about a licence than stands under it.
fn is_hearsay(path: &RepoPath, said: &Said) -> bool {
    let prose = FileKind::of(path) == FileKind::Prose;
    match said.how {
        How::Nothing => true,
        How::Reference | How::Notice => prose,
        _ => false,
    }
}

/// One file and what it says.
struct Site<'a> {
    scan: &'a LicensingScan,
    path: &'a RepoPath,
    said: &'a Said,
    foreign: Option<&'a RepoPath>,
    outbound: &'a str,
}

impl Site<'_> {
    fn judge(&self, outbound: &LicenceTree, report: &mut Report<'_>) {
        // What a manifest of our own declares is held against the text beside it.
        let declared = self.said.how == How::Manifest && self.foreign.is_none();
        if declared || is_hearsay(self.path, self.said) {
            return;
        }
        let (outcome, basis) = compatible(outbound, &self.said.tree);
        let Some((severity, notes)) = self.weigh(outcome) else { return };
        let value = match self.foreign {
            Some(root) => format!("{} in {root}", self.said.text),
            None => self.said.text.clone(),
        };
        let mut gap = Gap::new("header-incompatible", self.path, &value)
            .because(evidence(self.path, self.said))
            .at_most(severity)
            // What is passed on with the release must fit, whoever wrote it.
            .weighed_if(severity <= Severity::Low || self.foreign.is_some())
            .note(self.ground(outcome, basis));
        let fact = self.scan.facts.get(self.path);
        if let Some(tag) =
            fact.filter(|fact| fact.how == How::Tag && *fact.licence != *self.said.text)
        {
            gap = gap.note(format!("its tag says {}, its notice {}", tag.licence, self.said.text));
        }
        for note in notes {
            gap = gap.note(note);
        }
        report.push(gap);
    }

    /// Returns how much an outcome weighs here, and what else is to be said.
    fn weigh(&self, outcome: Outcome) -> Option<(Severity, Vec<String>)> {
        let apart = |why: Apart| vec![format!("separate work? {}", why.words())];
        let kinds = self.kinds();
        match outcome {
            Outcome::Compatible | Outcome::Separate(Apart::Font) => None,
            Outcome::Separate(why @ (Apart::Documentation | Apart::Data)) if self.is_code() => {
                let note = format!("separate work only as {}; this is code", why.words());
                Some((Severity::High, vec![note]))
            }
            Outcome::Separate(why) => Some((Severity::Low, apart(why))),
            // An id that nobody has put into a table says nothing.
            Outcome::Unknown if kinds.iter().any(Option::is_none) => None,
            Outcome::Unknown => Some((Severity::Low, Vec::new())),
            Outcome::Check => Some((Severity::Medium, Vec::new())),
            Outcome::Incompatible if self.is_newer_or_older() => {
                let note = "the same licence; only one of the two lets a later version be chosen";
                Some((Severity::Medium, vec![note.to_owned()]))
            }
            Outcome::Incompatible if is_build_tool(self.path) => {
                Some((Severity::Low, apart(Apart::BuildTool)))
            }
            Outcome::Incompatible if self.is_quoted() => {
                let note = "may only be quoted: a template, a sample or a list of licences";
                Some((Severity::Medium, vec![note.to_owned()]))
            }
            Outcome::Incompatible => {
                let weak = kinds.iter().all(|kind| *kind == Some(LicenceKind::WeakCopyleft));
                let notes = if weak { apart(Apart::OwnFiles) } else { Vec::new() };
                let kept = weak && self.foreign.is_some();
                Some((if kept { Severity::Low } else { Severity::High }, notes))
            }
        }
    }

    /// Says what the outcome rests on.
    fn ground(&self, outcome: Outcome, basis: Basis) -> String {
        let this = &self.said.text;
        let words = match outcome {
            Outcome::Incompatible => format!("it can't take {this} in"),
            Outcome::Unknown => format!("nobody here knows whether it can take {this} in"),
            Outcome::Check => {
                format!("whether it can take {this} in depends on how the two are joined")
            }
            Outcome::Separate(_) | Outcome::Compatible => format!("{this} may stand beside it"),
        };
        format!("the release is under {}: {words} ({})", self.outbound, basis.words())
    }

    /// Whether it is the licence of the release but for "only" and "or later".
    fn is_newer_or_older(&self) -> bool {
        let base = |id: &str| id.trim_end_matches("-only").trim_end_matches("-or-later").to_owned();
        match self.said.tree.ids().as_slice() {
            [id] => base(id) == base(self.outbound),
            _ => false,
        }
    }

    fn kinds(&self) -> Vec<Option<LicenceKind>> {
        self.said.tree.ids().into_iter().map(LicenceKind::of).collect()
    }

    fn is_code(&self) -> bool {
        let kind = FileKind::of(self.path);
        let docs = PathClass::of(self.path).shows();
        // A page is a text, also where a program fills it in.
        let name = self.path.file_name().to_ascii_lowercase();
        let page = [&b".html"[..], b".htm", b".xhtml", b".svg", b".tex"];
        let page = page.iter().any(|part| memchr::memmem::find(&name, part).is_some());
        let code = matches!(kind, FileKind::Code | FileKind::Shell) && !page && !docs;
        code && self.said.how != How::Text
    }

    /// Returns whether the notice may belong to something that the file only carries.
    fn is_quoted(&self) -> bool {
        let name = self.path.file_name().to_ascii_lowercase();
        let ends =
            [&b".j2"[..], b".erb", b".epp", b".tmpl", b".tpl", b".template", b".in", b".mustache"];
        let folder = |part: &[u8]| matches!(part, b"templates" | b"cookiecutter" | b"skeleton");
        let lists = self.said.tree.ids().len() >= LIST;
        ends.iter().any(|end| name.ends_with(end))
            || (self.path.as_bytes().split(|byte| *byte == b'/').any(folder)
                && !is_licence_name(self.path))
            || lists
    }
}

/// Scripts that come with the GNU build system, whose exceptions stand further down in them.
fn is_build_tool(path: &RepoPath) -> bool {
    let names: [&[u8]; 22] = [
        b"config.guess",
        b"config.sub",
        b"config.rpath",
        b"configure",
        b"ltmain.sh",
        b"libtool",
        b"libtool.m4",
        b"aclocal.m4",
        b"depcomp",
        b"missing",
        b"compile",
        b"install-sh",
        b"ar-lib",
        b"ylwrap",
        b"mdate-sh",
        b"test-driver",
        b"py-compile",
        b"elisp-comp",
        b"mkinstalldirs",
        b"texinfo.tex",
        b"gitlog-to-changelog",
        b"Makefile.in",
    ];
    let name = path.file_name();
    names.contains(&name) || (path.extension() == "m4" && path.parent().file_name() == b"m4")
}
