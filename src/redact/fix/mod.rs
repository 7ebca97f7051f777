// SPDX-License-Identifier: MIT OR Apache-2.0
//! Closes licensing gaps: what files hold after the fixes that reviewers decided on.
//!
//! Nothing is read or written here. Whoever asks hands in how files and licence texts are read, so
//! that a release can hand in what redaction has left of them, and writes what comes back.

mod beside;
mod comment;
mod header;
mod licence;
mod manifest;

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use crate::domain::{Fix, FixKind, PathClass, RepoPath, Text};

/// One gap that is to be closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixTask {
    /// Where it was found; the root for the repository as a whole.
    pub path: RepoPath,
    /// The name of the rule that found it, without its category.
    pub rule: String,
    /// What was found: a declared licence, the id of a text.
    pub value: String,
    /// Where that stood, in the decoded text of the file as it was scanned.
    pub span: Option<Range<usize>>,
    /// What is to be done.
    pub fix: Fix,
}

/// A file that fixes change or add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The file.
    pub path: RepoPath,
    /// What it held; nothing if it is new.
    pub before: Option<Vec<u8>>,
    /// What it holds then.
    pub after: Vec<u8>,
    /// How many gaps that closes.
    pub gaps: usize,
}

/// A gap that can't be closed in the way that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFixed {
    /// Where it is.
    pub path: RepoPath,
    /// Why not.
    pub why: String,
}

/// What fixes come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FixPlan {
    /// Files as they are after the fixes, by path.
    pub files: Vec<Fixed>,
    /// What stays a gap.
    pub refused: Vec<NotFixed>,
}

/// How files and licence texts are read.
pub struct FixSource<'a> {
    /// Returns what a file holds, nothing if it is not there. A symbolic link holds nothing that
    /// may be changed: it is not there either.
    pub read: &'a dyn Fn(&RepoPath) -> Option<Vec<u8>>,
    /// Returns the full text of the licence with an SPDX id.
    pub text: &'a dyn Fn(&str) -> Option<Cow<'static, str>>,
    /// Returns a README that names a licence with another in its place, or why that is not to be
    /// done without a person.
    pub restate: &'a dyn Fn(&str, &str, &str) -> Result<String, String>,
}

const NO_MANIFEST: &str = "no manifest at the top has a field that says how the licences go \
     together: say it in the README by hand, or exclude the text that the release is not under";

/// Works out what `tasks` come to, in their order.
#[must_use]
pub fn plan_fixes(tasks: &[FixTask], source: &FixSource<'_>) -> FixPlan {
    let mut work = Work { source, files: BTreeMap::new(), refused: Vec::new() };
    let mut entries: BTreeMap<(&str, Option<&str>), Vec<&FixTask>> = BTreeMap::new();
    for task in tasks {
        if task.fix.kind == FixKind::Annotation {
            // One entry for all files under the same licence.
            let says = (task.licence(), task.fix.copyright.as_deref());
            entries.entry(says).or_default().push(task);
            continue;
        }
        if let Err(why) = work.close(task) {
            work.refuse(task, why);
        }
    }
    for (says, tasks) in entries {
        if let Err(why) = work.annotate(&tasks, says) {
            tasks.iter().for_each(|task| work.refuse(task, why.clone()));
        }
    }
    let files = work.files.into_iter().filter_map(|(path, file)| {
        let after = file.now.filter(|after| Some(after) != file.before.as_ref())?;
        Some(Fixed { path, before: file.before, after, gaps: file.gaps })
    });
    FixPlan { files: files.collect(), refused: work.refused }
}

/// The files as far as they were changed.
struct Work<'a> {
    source: &'a FixSource<'a>,
    files: BTreeMap<RepoPath, File>,
    refused: Vec<NotFixed>,
}

struct File {
    before: Option<Vec<u8>>,
    now: Option<Vec<u8>>,
    gaps: usize,
}

impl FixTask {
    fn licence(&self) -> &str {
        self.fix.licence.as_deref().unwrap_or_default()
    }
}

impl Work<'_> {
    fn file(&mut self, path: &RepoPath) -> &mut File {
        let read = self.source.read;
        self.files.entry(path.clone()).or_insert_with(|| {
            let before = read(path);
            File { now: before.clone(), before, gaps: 0 }
        })
    }

    fn put(&mut self, path: &RepoPath, after: Vec<u8>) {
        let file = self.file(path);
        file.now = Some(after);
        file.gaps += 1;
    }

    fn refuse(&mut self, task: &FixTask, why: String) {
        self.refused.push(NotFixed { path: task.path.clone(), why });
    }

    fn there(&mut self, path: &RepoPath) -> Result<Vec<u8>, String> {
        self.file(path).now.clone().ok_or_else(|| "no such file, or no plain one".into())
    }

    fn close(&mut self, task: &FixTask) -> Result<(), String> {
        let copyright = task.fix.copyright.as_deref();
        match task.fix.kind {
            FixKind::License => self.add_text(task),
            FixKind::Text => {
                let altered = String::from_utf8_lossy(&self.there(&task.path)?).into_owned();
                let text = match task.rule.as_str() {
                    "license-placeholder" => licence::fill(&altered, copyright)?,
                    _ => {
                        let text = self.text(task.licence())?;
                        let text = licence::restore(&altered, &text, copyright)?;
                        licence::laid_out_as(&altered, &text)
                    }
                };
                self.put(&task.path, text.into_bytes());
                Ok(())
            }
            FixKind::Header => {
                writable(&task.path)?;
                let raw = self.there(&task.path)?;
                let syntax = comment::of(&task.path).or_else(|| comment::of_script(&raw));
                let says = (task.licence(), copyright);
                let out = header::put(&task.path, &raw, syntax, says)?;
                self.put(&task.path, out);
                Ok(())
            }
            FixKind::Manifest if task.path.is_root() => Err(NO_MANIFEST.into()),
            FixKind::Readme => self.restate(task),
            FixKind::Manifest => {
                let raw = self.there(&task.path)?;
                let says = (task.value.as_str(), task.span.as_ref());
                let out = manifest::set(&task.path, &raw, says, task.licence())?;
                self.put(&task.path, out);
                Ok(())
            }
            FixKind::Notice => self.add_notice(task),
            FixKind::Sidecar => {
                let raw = self.there(&task.path)?;
                drop(raw);
                let path = RepoPath::new(&[task.path.as_bytes(), b".license"].concat());
                if self.file(&path).now.is_some() {
                    return Err(format!("{path} is there already"));
                }
                let text = beside::sidecar(task.licence(), copyright);
                self.put(&path, text.into_bytes());
                Ok(())
            }
            // Together, by the licence.
            FixKind::Annotation => Ok(()),
        }
    }

    /// Puts right what a README names; once for all its sentences, and then for its badges there
    /// is nothing left to do.
    fn restate(&mut self, task: &FixTask) -> Result<(), String> {
        let raw = self.there(&task.path)?;
        let text = Text::decode(&raw).ok_or("binary")?;
        let now = std::str::from_utf8(&text.bytes).map_err(|_| "not UTF-8")?;
        let out = (self.source.restate)(now, &task.value, task.licence())?;
        self.put(&task.path, Text::encode(text.encoding, out.as_bytes()));
        Ok(())
    }

    fn text(&self, id: &str) -> Result<Cow<'static, str>, String> {
        (self.source.text)(id).ok_or_else(|| format!("the text of {id} is not at hand"))
    }

    /// Adds the text of each licence of the expression.
    fn add_text(&mut self, task: &FixTask) -> Result<(), String> {
        let copyright = task.fix.copyright.as_deref();
        let stored = task.rule == "reuse-missing-text";
        let all = licence::ids(task.licence());
        let mut new = Vec::new();
        for id in &all {
            let path = match (stored, all.as_slice()) {
                (true, _) => RepoPath::new(format!("LICENSES/{id}.txt").as_bytes()),
                (false, [_]) if task.rule == "license-empty" => task.path.clone(),
                (false, [_]) => below(&task.path, "LICENSE"),
                (false, _) => below(&task.path, &format!("LICENSE-{id}")),
            };
            if path != task.path && self.file(&path).now.is_some() {
                return Err(format!("{path} is there already"));
            }
            let text = self.text(id)?;
            // What is kept in a store of texts is nobody's own licence.
            let text = if stored { text.into_owned() } else { licence::fill(&text, copyright)? };
            new.push((path, text));
        }
        for (path, text) in new {
            self.put(&path, text.into_bytes());
        }
        Ok(())
    }

    fn add_notice(&mut self, task: &FixTask) -> Result<(), String> {
        let name = task.path.file_name().to_ascii_uppercase();
        let mut from = vec![task.path.clone()];
        if !name.starts_with(b"NOTICE") {
            from = beside::NOTICES.iter().map(|name| below(&task.path, name)).collect();
        }
        let found = from.into_iter().find_map(|path| Some((self.file(&path).now.clone()?, path)));
        let (notice, from) = found.ok_or("its notice is not there")?;
        let notice = String::from_utf8_lossy(&notice).into_owned();
        let root = RepoPath::root();
        let mut known = beside::NOTICES.iter().map(|name| below(&root, name));
        let known = known.find(|path| self.file(path).now.is_some());
        let to = known.unwrap_or_else(|| below(&root, beside::NOTICES[0]));
        let before = self.file(&to).now.clone();
        let before = before.map(|raw| String::from_utf8_lossy(&raw).into_owned());
        match beside::noticed(before.as_deref(), &from, &notice) {
            Some(text) => self.put(&to, text.into_bytes()),
            None => self.file(&to).gaps += 1,
        }
        Ok(())
    }

    fn annotate(&mut self, tasks: &[&FixTask], says: (&str, Option<&str>)) -> Result<(), String> {
        if self.file(&RepoPath::new(b".reuse/dep5")).now.is_some() {
            return Err(".reuse/dep5 is there, and REUSE takes no REUSE.toml beside it".into());
        }
        let path = RepoPath::new(b"REUSE.toml");
        let before = match self.file(&path).now.clone() {
            Some(raw) => Some(String::from_utf8(raw).map_err(|_| "REUSE.toml is not UTF-8")?),
            None => None,
        };
        let mut globs = Vec::new();
        for task in tasks {
            let directory = (self.source.read)(&task.path).is_none();
            globs.push(beside::glob(&task.path, directory));
        }
        globs.sort();
        globs.dedup();
        let text = beside::annotated(before.as_deref(), &globs, says)?;
        self.put(&path, text.into_bytes());
        self.file(&path).gaps += tasks.len() - 1;
        Ok(())
    }
}

/// Returns why no header can be put into the file, as far as its name tells.
#[must_use]
pub fn no_header(path: &RepoPath) -> Option<String> {
    if let Err(why) = writable(path) {
        return Some(why);
    }
    // A file without an extension may be a script.
    let plain = comment::of(path).is_none() && !path.extension().is_empty();
    plain.then(|| header::NO_COMMENTS.to_owned())
}

fn below(dir: &RepoPath, name: &str) -> RepoPath {
    match dir.is_root() {
        true => RepoPath::new(name.as_bytes()),
        false => RepoPath::new(&[dir.as_bytes(), b"/", name.as_bytes()].concat()),
    }
}

/// Refuses files that no person writes.
fn writable(path: &RepoPath) -> Result<(), String> {
    if comment::is_lock(path) {
        return Err("a lock file is written by its tool: add a .license file beside it".into());
    }
    if path.file_name().to_ascii_lowercase().ends_with(b".blade.php") {
        return Err("a line more in a Blade template shows: add a .license file beside it".into());
    }
    match PathClass::of(path) {
        PathClass::Generated => Err("it is generated: add a .license file beside it".into()),
        _ => Ok(()),
    }
}
