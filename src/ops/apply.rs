// SPDX-License-Identifier: MIT OR Apache-2.0
//! Writes fixes into the reviewer's own work tree, where nothing else is lost by it.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

use crate::{
    domain::RepoPath,
    redact::{FixPlan, Fixed, NotFixed},
    store::{write_beside, write_over},
};

/// What became of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Files that were written, or would be.
    pub written: Vec<RepoPath>,
    /// Files that were left alone, with the reason.
    pub refused: Vec<NotFixed>,
}

/// Writes the files of `plan` below `work_dir`. A file that is not what the reviewed commit holds
/// is left alone, and so is what lies behind a symbolic link. Each file is written whole or not at
/// all.
#[must_use]
pub fn apply_fixes(plan: &FixPlan, work_dir: &Path) -> Applied {
    let mut out = Applied::default();
    for fixed in &plan.files {
        match apply(fixed, work_dir) {
            Ok(()) => out.written.push(fixed.path.clone()),
            Err(why) => out.refused.push(NotFixed { path: fixed.path.clone(), why }),
        }
    }
    out
}

fn apply(fixed: &Fixed, work_dir: &Path) -> Result<(), String> {
    let path = place(&fixed.path, work_dir)?;
    let Some(before) = &fixed.before else {
        let folder = path.parent().unwrap_or(work_dir);
        fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        return match write_beside(&path, &fixed.after) {
            Ok(true) => Ok(()),
            Ok(false) => Err("is there already, and the reviewed commit does not have it".into()),
            Err(error) => Err(error.to_string()),
        };
    };
    let meta = fs::symlink_metadata(&path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "is not in the work tree".to_owned(),
        _ => error.to_string(),
    })?;
    if !meta.is_file() {
        return Err("is no plain file in the work tree".into());
    }
    let now = fs::read(&path).map_err(|error| error.to_string())?;
    if now == fixed.after {
        return Ok(());
    }
    if now != *before {
        return Err("has changes that are not in the reviewed commit".into());
    }
    write_over(&path, &fixed.after).map_err(|error| error.to_string())
}

/// Returns where the file lies, if nothing on the way there is a link.
fn place(path: &RepoPath, work_dir: &Path) -> Result<PathBuf, String> {
    let text = std::str::from_utf8(path.as_bytes()).map_err(|_| "its name is not UTF-8")?;
    let relative = Path::new(text);
    let plain = |part: Component<'_>| match part {
        Component::Normal(name) => !name.eq_ignore_ascii_case(".git"),
        _ => false,
    };
    if text.is_empty() || !relative.components().all(plain) {
        return Err("no place for a file".into());
    }
    let mut out = work_dir.to_owned();
    let mut parts: Vec<_> = relative.components().collect();
    let name = parts.pop();
    for part in parts {
        out.push(part);
        match fs::symlink_metadata(&out) {
            Ok(meta) if !meta.is_dir() => return Err("lies behind a link".into()),
            _ => {}
        }
    }
    out.extend(name);
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test may panic")]

    use std::fs;

    use super::apply_fixes;
    use crate::{
        domain::RepoPath,
        redact::{FixPlan, Fixed},
    };

    fn fixed(path: &str, before: Option<&str>, after: &str) -> Fixed {
        let bytes = |text: &str| text.as_bytes().to_vec();
        let path = RepoPath::new(path.as_bytes());
        Fixed { path, before: before.map(bytes), after: bytes(after), gaps: 1 }
    }

    #[test]
    fn nothing_but_what_was_reviewed_is_written_over() {
        let dir = tempfile::tempdir().expect("a folder");
        let at = |name: &str| dir.path().join(name);
        fs::write(at("clean.py"), "a").expect("written");
        fs::write(at("dirty.py"), "b, and more").expect("written");
        fs::write(at("there"), "mine").expect("written");
        let files = vec![
            fixed("clean.py", Some("a"), "# x\na"),
            fixed("dirty.py", Some("b"), "# x\nb"),
            fixed("there", None, "new"),
            fixed("a/b/new", None, "new"),
            fixed("gone.py", Some("c"), "# x\nc"),
            fixed("../out", None, "new"),
            fixed(".git/config", None, "new"),
        ];
        let out = apply_fixes(&FixPlan { files, refused: Vec::new() }, dir.path());
        let written: Vec<String> = out.written.iter().map(ToString::to_string).collect();
        assert_eq!(written, ["clean.py", "a/b/new"]);
        assert_eq!(out.refused.len(), 5);
        let read = |name: &str| fs::read_to_string(at(name)).expect("a file");
        assert_eq!(read("clean.py"), "# x\na");
        assert_eq!((read("dirty.py"), read("there")), ("b, and more".into(), "mine".into()));
        assert_eq!(read("a/b/new"), "new");
        assert!(!dir.path().parent().expect("a parent").join("out").exists());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_modes_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().expect("a folder");
        let other = tempfile::tempdir().expect("a folder");
        let at = |name: &str| dir.path().join(name);
        fs::write(other.path().join("x.py"), "a").expect("written");
        symlink(other.path(), at("out")).expect("a link");
        symlink(other.path().join("x.py"), at("x.py")).expect("a link");
        fs::write(at("run.sh"), "a").expect("written");
        fs::set_permissions(at("run.sh"), fs::Permissions::from_mode(0o755)).expect("a mode");
        let files = vec![
            fixed("out/x.py", Some("a"), "b"),
            fixed("out/new", None, "b"),
            fixed("x.py", Some("a"), "b"),
            fixed("run.sh", Some("a"), "b"),
        ];
        let out = apply_fixes(&FixPlan { files, refused: Vec::new() }, dir.path());
        assert_eq!((out.written.len(), out.refused.len()), (1, 3), "{out:?}");
        assert_eq!(fs::read_to_string(other.path().join("x.py")).expect("a file"), "a");
        assert!(!other.path().join("new").exists());
        let mode = fs::metadata(at("run.sh")).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o755);
    }
}
