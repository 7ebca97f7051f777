// SPDX-License-Identifier: MIT OR Apache-2.0
//! `.debut/rules/*.toml`: the rule files of the repository under review.
//!
//! What they mean is known in `rules`. Here they are only read, as what may lie there is hostile:
//! plain files, so many and so large as people write.

use std::{fs, io, path::Path};

use super::{Folder, StoreError, bounded::Bounded};

/// Name of the folder, beside the checklist.
const NAME: &str = "rules";
/// Larger than all that comes with the program.
const FILE: Bounded = Bounded::of_repository("a rule file", 512 << 10, "split it");
/// Most files.
const MOST: usize = 100;

/// Returns path and text of each rule file in `folder`, by name. The path is that from the folder
/// above, as people see it: `.debut/rules/acme.toml`.
///
/// # Errors
/// When something there is no plain file, too large or can't be read.
pub fn read_own_rules(folder: &Folder) -> Result<Vec<(String, String)>, StoreError> {
    let at = folder.file(NAME);
    match fs::symlink_metadata(&at) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::io(&at)(error)),
        Ok(found) if !found.is_dir() => {
            return Err(StoreError::NotOurs { path: at, wanted: "folder" });
        }
        Ok(_) => {}
    }
    let above = folder.checklist().parent().and_then(Path::file_name).unwrap_or_default();
    let above = Path::new(above).join(NAME);
    let mut names = Vec::new();
    for entry in fs::read_dir(&at).map_err(StoreError::io(&at))? {
        let name = entry.map_err(StoreError::io(&at))?.file_name();
        if Path::new(&name).extension().is_some_and(|end| end == "toml") {
            names.push(name);
        }
        if names.len() > MOST {
            let message = format!("more than {MOST} rule files: join some");
            return Err(StoreError::Config { path: at, line: 1, field: NAME.into(), message });
        }
    }
    names.sort();
    let mut out = Vec::new();
    for name in names {
        let path = at.join(&name);
        // It may have gone since.
        if let Some(text) = read_rule_file(&path)? {
            out.push((above.join(&name).to_string_lossy().into_owned(), text));
        }
    }
    Ok(out)
}

/// Returns the text of one rule file; nothing if there is none.
///
/// # Errors
/// When something there is no plain file, too large, can't be read or is no text.
pub fn read_rule_file(path: &Path) -> Result<Option<String>, StoreError> {
    FILE.text(path).map_err(|error| match error {
        StoreError::Broken { path, line, message } => {
            StoreError::Config { path, line, field: "the file".into(), message }
        }
        other => other,
    })
}
