// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether the files of the review are whole, and whether Git treats them as it should.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use super::Check;
use crate::{
    domain::{ChangeKind, Licensing, Policy, RepoPath, Template, Vote},
    ops::{
        OpenError, Options,
        open::{folder_of, template},
        rules::rules_in,
    },
    repo::Source,
    review::Keyring,
    scan::licensing::{LicenceTree, is_open},
    store::{
        Checklist, Folder, Holder, Journal, KeyStore, MASTER, StoreError, read_policy, read_words,
    },
};

/// Looks at all of them.
pub(super) fn examine(options: &Options, source: &Source, out: &mut Vec<Check>) {
    let folder = folder_of(options, source);
    let read = folder.check(options.checklist.is_some());
    let read = read.and_then(|()| Checklist::load(folder.checklist()));
    let text = match read {
        Ok(text) => text,
        Err(error) => {
            let to_do = "see that it is a plain file that you can read";
            out.push(Check::broken("checklist", error.to_string(), to_do));
            return;
        }
    };
    policy(&folder, out);
    out.push(rules(&folder));
    out.push(words(&folder));
    let holder = folder.holder();
    let keys = KeyStore::new(&options.state);
    match &text {
        Some(text) => known(&folder, &keys, text, holder.as_ref(), out),
        None => {
            out.push(Check::ok("checklist", "none yet: the first decision makes it"));
            out.push(key(&keys, MASTER, "none yet: it is made when it is needed"));
        }
    }
    out.push(writing(&folder));
    out.push(lock(holder));
    git(&folder, source, out);
}

/// Looks at the policy and at the questions that it asks: without them nothing can be judged.
fn policy(folder: &Folder, out: &mut Vec<Check>) {
    let to_do = "mend it: until then nothing can be scanned or decided";
    let policy = match read_policy(folder) {
        Ok(policy) => policy,
        Err(error) => return out.push(Check::broken("policy", error.to_string(), to_do)),
    };
    out.push(Check::ok(
        "policy",
        match policy.digest {
            None => "no config.toml: the usual rules hold (debut init writes one)".into(),
            Some(_) => folder.config().display().to_string(),
        },
    ));
    out.push(licences(&policy));
    out.push(match template(folder, &policy) {
        Ok(Template { file: None, .. }) => Check::ok("questions", "the release checklist built in"),
        Ok(Template { file: Some(path), .. }) => Check::ok("questions", path),
        Err(error) => Check::broken("questions", error.to_string(), to_do),
    });
}

/// Looks at what is decided once about licences.
fn licences(policy: &Policy) -> Check {
    let licensing = &policy.licensing;
    if *licensing == Licensing::default() {
        let says = "nobody has answered yet: the licence text at the top counts \
                    (debut init --guess, or the screen)";
        return Check::ok("licences", says);
    }
    let missing =
        [("outbound", licensing.outbound.is_none()), ("owners", licensing.owners.is_empty())];
    let missing: Vec<&str> =
        missing.iter().filter(|(_, missing)| *missing).map(|(field, _)| *field).collect();
    if !missing.is_empty() {
        let says = format!("licensing.{} not answered", missing.join(" and licensing."));
        return Check::mend("licences", says, "debut init --outbound EXPRESSION --owner NAME");
    }
    let outbound = licensing.outbound.as_deref().unwrap_or_default();
    if LicenceTree::read(outbound).is_some_and(|tree| !tree.holds(&is_open)) {
        let to_do = "choose an open licence, if the release is to be open source";
        return Check::mend("licences", format!("{outbound} is not open source"), to_do);
    }
    Check::ok("licences", format!("{outbound}, by {}", licensing.owners.join(", ")))
}

/// Looks at the repository's own rules: what is wrong with them stops everything.
fn rules(folder: &Folder) -> Check {
    let to_do = "mend it: until then nothing can be scanned or decided";
    let set = match rules_in(folder) {
        Ok(set) => set,
        Err(OpenError::Rules(error)) => {
            let faults = error.faults();
            let more = match faults.len() {
                0 | 1 => String::new(),
                n => format!(" (and {} more; debut rules lists them)", n - 1),
            };
            let first = faults.first().map_or(String::new(), ToString::to_string);
            return Check::broken("rules", format!("{first}{more}"), to_do);
        }
        Err(error) => return Check::broken("rules", error.to_string(), to_do),
    };
    let own = ChangeKind::words(set.changes());
    let own = own.unwrap_or_else(|| "none of the repository's own".into());
    Check::ok("rules", format!("{}; {own}", set.len()))
}

/// Looks at the organisation's own words.
fn words(folder: &Folder) -> Check {
    let words = match read_words(folder) {
        Ok(words) => words,
        Err(error) => {
            let to_do = "mend it: until then nothing can be scanned or decided";
            return Check::broken("words", error.to_string(), to_do);
        }
    };
    let Some(words) = words else {
        return Check::ok("words", "nobody has answered yet: those that are learned count");
    };
    let kept = words.iter().filter(|word| word.keep).count();
    Check::ok("words", format!("{kept} looked for, {} dropped", words.len() - kept))
}

/// Looks at a checklist that is there, its key, its seals and its journal.
fn known(
    folder: &Folder,
    keys: &KeyStore,
    text: &str,
    holder: Option<&Holder>,
    out: &mut Vec<Check>,
) {
    let path = folder.checklist();
    let key_id = match Checklist::outline(path, text) {
        Ok(outline) => outline.key_id,
        Err(error) => return out.push(unreadable(&error)),
    };
    // The id comes from a file that may be hostile, and it names a file.
    let plain = !key_id.is_empty() && key_id.bytes().all(|b| b.is_ascii_hexdigit());
    let found = if plain { keys.get(&key_id) } else { Ok(None) };
    let bytes = match found {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            out.push(Check::ok("checklist", path.display().to_string()));
            let says = format!("{key_id:?} is not on this machine: the review is read-only");
            let to_do = "ask a reviewer of it for `debut key export`, then `debut key import`";
            return out.push(Check::mend("key", says, to_do));
        }
        Err(error) => {
            let to_do = "restore the key file, or get the key from another reviewer";
            return out.push(Check::mend("key", error.to_string(), to_do));
        }
    };
    let keyring = Keyring::new(bytes);
    let seal = |line: &str| keyring.seal(line);
    let checklist = match Checklist::parse(path, text, &seal) {
        Ok(checklist) => checklist,
        Err(error) => return out.push(unreadable(&error)),
    };
    let votes = checklist.votes.len();
    out.push(Check::ok("checklist", format!("{}, {votes} votes", path.display())));
    out.push(key(keys, &key_id, "there"));
    out.push(seals(&checklist));
    let records = Journal::read(&folder.file("journal"), &seal)
        .map(|records| records.into_iter().flat_map(|record| record.votes).collect::<Vec<Vote>>());
    out.push(match records {
        Ok(votes) => journal(&checklist, &votes, holder),
        Err(error) => Check::mend("journal", error.to_string(), "make the file readable"),
    });
}

fn unreadable(error: &StoreError) -> Check {
    let to_do = match error {
        StoreError::Newer { .. } => "update debut",
        _ => "mend the line, or restore the file from Git",
    };
    Check::broken("checklist", error.to_string(), to_do)
}

fn key(keys: &KeyStore, name: &str, says: &str) -> Check {
    let path = keys.path(name);
    if keys.is_open_to_others(name) {
        let says = format!("{}: others may read it", path.display());
        return Check::mend("key", says, format!("chmod 600 {}", path.display()));
    }
    if path.exists() {
        return Check::ok("key", "there, for you alone");
    }
    match keys.probe() {
        Ok(()) => Check::ok("key", says),
        Err(error) => {
            let to_do = "set XDG_STATE_HOME to a folder that you may write";
            Check::broken("key", format!("keys can't be kept: {error}"), to_do)
        }
    }
}

fn seals(checklist: &Checklist) -> Check {
    if checklist.broken.is_empty() {
        return Check::ok("seals", "all fit");
    }
    let lines: Vec<String> =
        checklist.broken.iter().take(5).map(|broken| broken.line.to_string()).collect();
    let n = checklist.broken.len();
    Check::mend(
        "seals",
        format!("{n} do not fit, so these votes do not count (line {})", lines.join(", ")),
        "restore the lines from Git, or decide these places anew",
    )
}

/// After a crash the journal has votes that the checklist lacks; while somebody reviews it has
/// them too.
fn journal(checklist: &Checklist, votes: &[Vote], holder: Option<&Holder>) -> Check {
    let saved: HashSet<&Vote> = checklist.votes.iter().collect();
    match votes.iter().filter(|vote| !saved.contains(vote)).count() {
        0 => Check::ok("journal", "the checklist has all of it"),
        n if holder.is_some() => Check::ok("journal", format!("{n} votes are about to be saved")),
        n => Check::mend(
            "journal",
            format!("the checklist lacks {n} of its votes: debut was ended before it saved"),
            "open the review once with debut, which saves them",
        ),
    }
}

fn writing(folder: &Folder) -> Check {
    match folder.probe() {
        Ok(()) => Check::ok("writing", "decisions can be saved"),
        Err(error) => {
            let says = format!("nothing can be decided: {error}");
            Check::mend("writing", says, "see that you may write there, and that there is room")
        }
    }
}

fn lock(holder: Option<Holder>) -> Check {
    let says = match holder {
        None => "free".into(),
        Some(Holder(who)) if who.is_empty() => "somebody is reviewing now".into(),
        Some(Holder(who)) => format!("{who} is reviewing now: others can only read"),
    };
    Check::ok("lock", says)
}

/// Looks at how Git treats the folder, where it is one of the work tree.
fn git(folder: &Folder, source: &Source, out: &mut Vec<Check>) {
    let Some(inside) = inside(folder.checklist(), source) else {
        out.push(Check::ok("merging", "the checklist is not in the work tree"));
        return;
    };
    if !folder.checklist().parent().is_some_and(Path::exists) {
        out.push(Check::ok("merging", "no .debut yet: debut init makes it"));
        return;
    }
    out.push(merging(source, &inside));
    out.push(ignoring(source, &inside));
}

/// Returns the path of the checklist from the root of the work tree.
fn inside(checklist: &Path, source: &Source) -> Option<PathBuf> {
    let work = source.work_dir.as_deref()?.canonicalize().ok()?;
    let folder = checklist.parent()?;
    // The folder may not be there yet.
    let folder = folder.canonicalize().or_else(|_| std::path::absolute(folder)).ok()?;
    let inside = folder.strip_prefix(&work).ok()?;
    Some(inside.join(checklist.file_name()?))
}

fn merging(source: &Source, path: &Path) -> Check {
    let union = |staged| source.attribute(path, "merge", staged).as_deref() == Some("union");
    let line = "checklist.toml merge=union";
    if !union(false) {
        return Check::mend(
            "merging",
            "Git would not merge two checklists: the attribute merge=union is not set",
            format!("add the line {line:?} to .gitattributes beside it, and commit that file"),
        );
    }
    let name = RepoPath::new(path.as_os_str().as_encoded_bytes());
    if source.has_file(&name) && !union(true) {
        return Check::mend(
            "merging",
            "merge=union is set here but not committed with the checklist: other clones lack it",
            "git add .debut/.gitattributes, and commit it",
        );
    }
    Check::ok("merging", "Git merges checklists (merge=union)")
}

fn ignoring(source: &Source, checklist: &Path) -> Check {
    if source.ignores(checklist) == Some(true) {
        return Check::mend(
            "ignoring",
            "Git ignores the checklist: nobody else gets to see it",
            "take the pattern out of .gitignore; git check-ignore -v names it",
        );
    }
    let local = ["journal", "lock", "resume"].map(|name| checklist.with_file_name(name));
    if local.iter().any(|path| source.ignores(path) == Some(false)) {
        return Check::mend(
            "ignoring",
            "Git does not ignore journal, lock and resume, which belong to this machine alone",
            "add the three names to .gitignore beside the checklist (debut init writes one)",
        );
    }
    Check::ok("ignoring", "local files stay out of Git")
}
