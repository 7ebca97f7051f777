// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the policy about licences probably is, with what speaks for each answer.

use std::collections::BTreeMap;

use super::{LicensingScan, facts, list, parts};
use crate::{
    domain::{Headers, Licensing, PathClass, RepoPath},
    scan::licensing::{
        Family, LicenceKind, LicenceTree,
        holder::{holder_key, is_own_holder, without_company},
        is_licence_name,
    },
};

/// Most answers of a list: of more nobody reads what they are.
const MOST: usize = 8;
/// One of so many statements has to be by a holder to make them an owner.
const SHARE: usize = 5;

/// What is likely, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LicensingGuess {
    /// The answers.
    pub licensing: Licensing,
    /// What speaks for an answer, by the name of its field.
    pub why: BTreeMap<&'static str, String>,
}

/// A holder whom files name.
struct Named {
    /// How many statements do.
    files: usize,
    /// How it is written most plainly.
    name: String,
    /// The folder that holds all of these files.
    folder: RepoPath,
}

impl LicensingScan {
    /// Guesses the policy from what was observed, the owner of the repository on its hosting site
    /// and the domains of its authors.
    #[must_use]
    pub fn guess(mut self, owner: Option<&str>, domains: &[String]) -> LicensingGuess {
        for files in self.texts.values_mut() {
            files.sort_by(|a, b| a.path.cmp(&b.path));
        }
        self.facts = facts::gather(&self);
        let mut out = LicensingGuess::default();
        self.guess_outbound(&mut out);
        self.guess_owners(owner, domains, &mut out);
        self.guess_headers(&mut out);
        self.guess_reuse(&mut out);
        self.guess_foreign(&mut out);
        out
    }

    fn guess_outbound(&self, out: &mut LicensingGuess) {
        let top = RepoPath::root();
        let declared = self.manifests.iter().filter(|(path, _)| path.parent().is_root());
        let declared = declared.filter_map(|(path, manifest)| match &manifest.claim {
            super::super::Claim::Declared(declared, _) => {
                LicenceTree::read(&declared.text).filter(|_| declared.terms().is_some())?;
                Some((path, declared.text.clone(), declared.terms()?.families()))
            }
            _ => None,
        });
        let declared: Vec<(&RepoPath, String, Vec<Family>)> = declared.collect();
        let text = parts::outbound(self);
        let (answer, why) = match text {
            Some((_, text)) => {
                let held = self.licences(&top);
                // A text does not say "or later", or how two go together; a manifest does.
                let fits = |families: &[Family]| {
                    families.iter().all(|family| held.iter().any(|text| text.fits(family)))
                        && held.iter().all(|text| families.iter().any(|one| one.fits(text)))
                };
                match declared.iter().find(|(_, _, families)| fits(families)) {
                    Some((path, text, _)) => {
                        (as_most_say(self, text), format!("{path} and the licence text"))
                    }
                    None => (exact(self, &text), "the licence text at the top".to_owned()),
                }
            }
            None => match declared.first() {
                Some((path, text, _)) => (text.clone(), format!("{path} declares it")),
                None => match self.readmes.iter().find(|(_, names)| names.len() == 1) {
                    Some((path, names)) => (exact(self, &list(names)), format!("{path} names it")),
                    None => return,
                },
            },
        };
        if crate::scan::licensing::expression::parse_spdx(&answer).is_some() {
            out.licensing.outbound = Some(answer.into());
            out.why.insert("outbound", why);
        }
    }

    fn guess_owners(&self, owner: Option<&str>, domains: &[String], out: &mut LicensingGuess) {
        let parts = parts::Parts::new(self);
        let mut holders: BTreeMap<String, Named> = BTreeMap::new();
        let (mut total, mut top) = (0, Vec::new());
        for (path, seen) in &self.observed {
            let named = seen.copyrights.iter().filter(|one| !is_own_holder(&one.holder, &[]));
            let at_top = path.parent().is_root() && is_licence_name(path);
            if !at_top && (parts.foreign(path).is_some() || is_licence_name(path)) {
                continue;
            }
            for one in named {
                let key = holder_key(&one.holder);
                if key.is_empty() {
                    continue;
                }
                let entry = holders.entry(key.clone()).or_insert_with(|| Named {
                    files: 0,
                    name: plain(&one.holder),
                    folder: path.parent(),
                });
                entry.files += 1;
                while !path.is_within(&entry.folder) {
                    entry.folder = entry.folder.parent();
                }
                total += 1;
                if at_top && !top.contains(&key) {
                    top.push(key);
                }
            }
        }
        let mut ranked: Vec<(&String, &Named)> = holders.iter().collect();
        ranked.sort_by_key(|(key, one)| (!top.contains(key), usize::MAX - one.files));
        let mut why = Vec::new();
        for (key, Named { files: count, name, folder }) in ranked {
            let at_top = top.contains(key);
            // Who stands in one folder, and not in the licence text beside somebody else, wrote
            // what was taken in there.
            let apart = !top.is_empty() && self.sources.keys().any(|path| !path.is_within(folder));
            if !at_top && (apart || count * SHARE < total || *count < 2) {
                continue;
            }
            let says =
                if at_top { "the licence text".to_owned() } else { format!("{count} files") };
            why.push(format!("{name}: {says}"));
            out.licensing.owners.push(name.as_str().into());
        }
        for domain in domains.iter().take(2) {
            why.push(format!("{domain}: authors' addresses"));
            out.licensing.owners.push(domain.as_str().into());
        }
        if out.licensing.owners.is_empty()
            && let Some(owner) = owner
        {
            why.push(format!("{owner}: owner of origin"));
            out.licensing.owners.push(owner.into());
        }
        out.licensing.owners.truncate(MOST);
        why.truncate(MOST);
        if !why.is_empty() {
            out.why.insert("owners", why.join("; "));
        }
    }

    fn guess_headers(&self, out: &mut LicensingGuess) {
        let with = self.sources.values().filter(|has| **has).count();
        let total = self.sources.len();
        if total == 0 {
            return;
        }
        let headers = match with {
            with if with * 3 > total * 2 => Headers::All,
            with if with * 10 < total => Headers::Off,
            _ => Headers::New,
        };
        out.licensing.headers = Some(headers);
        out.why.insert("headers", format!("{with} of {total} source files have one"));
    }

    fn guess_reuse(&self, out: &mut LicensingGuess) {
        let marks = ["LICENSES", "REUSE.toml", ".reuse"];
        let mark = marks.iter().find(|mark| {
            let mark = RepoPath::new(mark.as_bytes());
            self.tree.iter().any(|(path, _)| path.is_within(&mark))
        });
        out.licensing.reuse = Some(mark.is_some());
        let why =
            mark.map_or_else(|| "no LICENSES, no REUSE.toml".into(), |m| format!("{m} is there"));
        out.why.insert("reuse", why);
    }

    fn guess_foreign(&self, out: &mut LicensingGuess) {
        let mut folders: BTreeMap<String, usize> = BTreeMap::new();
        for (path, _) in
            self.tree.iter().filter(|(path, _)| PathClass::of(path) == PathClass::Vendored)
        {
            if let Some(folder) = parts::holder_folder(path) {
                *folders.entry(folder.to_string()).or_default() += 1;
            }
        }
        let mut ranked: Vec<(&String, &usize)> = folders.iter().collect();
        ranked.sort_by_key(|(_, files)| usize::MAX - **files);
        let mut why = Vec::new();
        for (folder, files) in ranked.into_iter().take(MOST) {
            out.licensing.third_party.push(format!("{}/**", escaped(folder)));
            why.push(format!("{folder}: {files} files"));
        }
        let parts = parts::Parts::new(self);
        let mut ids: BTreeMap<String, usize> = BTreeMap::new();
        let said = parts::said(self);
        for (_, said) in said.iter().filter(|(path, _)| parts.foreign(path).is_some()) {
            for id in said.tree.ids() {
                let plain = LicenceKind::of(id) == Some(LicenceKind::Permissive);
                // A bare name of a family is no id.
                if plain && spdx::license_id(id).is_some() {
                    *ids.entry(id.to_owned()).or_default() += 1;
                }
            }
        }
        if !why.is_empty() {
            out.why.insert("third_party", why.join("; "));
        }
        if !ids.is_empty() {
            let counts: Vec<String> = ids.iter().map(|(id, n)| format!("{id}: {n}")).collect();
            out.why.insert("accepted", format!("in third-party folders: {}", counts.join(", ")));
            out.licensing.accepted = ids.into_keys().map(Into::into).collect();
        }
    }
}

/// Writes the ids of GNU licences with the ending that most files of the repository have.
fn exact(scan: &LicensingScan, text: &str) -> String {
    let gnu = |id: &str| ["GPL-", "LGPL-", "AGPL-"].iter().any(|start| id.starts_with(start));
    let ends = |end: &str| {
        let said = parts::said(scan);
        said.iter()
            .filter(|(_, said)| said.text.starts_with(text) && said.text.ends_with(end))
            .count()
    };
    if !gnu(text) || text.ends_with("-only") || text.ends_with("-or-later") || text.contains(' ') {
        return text.to_owned();
    }
    // Where nobody says it, the licence's own advice is "or later".
    let end = if ends("-only") > ends("-or-later") { "-only" } else { "-or-later" };
    format!("{text}{end}")
}

/// Writes a GNU id with another ending than the manifest has, where far more files say it so.
fn as_most_say(scan: &LicensingScan, text: &str) -> String {
    let base = text.strip_suffix("-or-later").or_else(|| text.strip_suffix("-only"));
    let Some(base) = base else { return exact(scan, text) };
    let said = parts::said(scan);
    let many = |end: &str| {
        let id = format!("{base}{end}");
        said.iter().filter(|(_, said)| said.text == id).count()
    };
    match (many("-only"), many("-or-later")) {
        (only, later) if only > 10 + 3 * later => format!("{base}-only"),
        (only, later) if later > 10 + 3 * only => format!("{base}-or-later"),
        _ => text.to_owned(),
    }
}

/// Returns a holder as it is written, without address.
fn plain(holder: &str) -> String {
    let end = holder.find(['<', '(']).unwrap_or(holder.len());
    let name = holder[..end].trim().trim_end_matches([',', '.', ';']);
    let name = without_company(name).trim_end_matches([',', ';']);
    let name = if name.trim().is_empty() { holder } else { name };
    name.trim().chars().filter(|c| !c.is_control()).take(100).collect()
}

/// A folder's name is no pattern.
fn escaped(folder: &str) -> String {
    folder
        .chars()
        .flat_map(|c| match c {
            '*' | '?' | '[' | ']' | '{' | '}' => format!("[{c}]").chars().collect::<Vec<_>>(),
            c => vec![c],
        })
        .collect()
}
