// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether the repository can be judged whole.

use super::Check;
use crate::{
    ops::Options,
    repo::{Present, RepoError, Source},
};

/// Opens the repository; where that fails, nothing else can be looked at.
pub(super) fn open(options: &Options, out: &mut Vec<Check>) -> Option<Source> {
    match Source::open(&options.path, &options.revision) {
        Ok(source) => {
            let folder = source.work_dir.as_deref().unwrap_or(&source.git_dir);
            out.push(Check::ok("repository", folder.display().to_string()));
            let commit = format!("{} is {:.12}", source.revision, source.commit.to_string());
            out.push(Check::ok("commit", commit));
            Some(source)
        }
        Err(error) => {
            let (name, to_do) = match &error {
                RepoError::Unborn(_) => ("commit", "commit something, then look again"),
                RepoError::NoSuchRevision { .. } => {
                    ("commit", "name a branch, a tag or a commit with --rev")
                }
                RepoError::NotARepository(_) | RepoError::NoSuchFolder(_) => {
                    ("repository", "name the folder of a Git repository")
                }
                RepoError::NotYours(_) => ("repository", "see git help config, safe.directory"),
                _ => ("repository", "run git fsck, or clone the repository anew"),
            };
            out.push(Check::broken(name, error.to_string(), to_do));
            None
        }
    }
}

/// Looks at how whole it is.
pub(super) fn examine(source: &Source, out: &mut Vec<Check>) {
    out.push(match source.incomplete {
        None => Check::ok("clone", "complete"),
        Some(words) if words.starts_with("shallow") => {
            Check::mend("clone", words, "git fetch --unshallow")
        }
        Some(words) => Check::mend("clone", words, "clone the repository anew, without --filter"),
    });
    out.push(match source.present() {
        Ok(Present { files, missing: 0 }) => {
            Check::ok("objects", format!("all {files} files of the commit are there"))
        }
        Ok(Present { files, missing }) => Check::broken(
            "objects",
            format!("{missing} of {files} files or directories of the commit are not there"),
            "git fetch them, or clone the repository anew; git fsck names them",
        ),
        Err(error) => Check::broken("objects", error.to_string(), "git fsck tells more"),
    });
}
