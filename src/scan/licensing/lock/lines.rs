// SPDX-License-Identifier: MIT OR Apache-2.0
//! Lock files read line by line: Go, pip, Yarn, Gradle, Mix.

use super::{Lock, Package, Source};

/// Modules carry their host in their name.
fn go_module(path: &str, lock: &mut Lock) {
    let path = path.trim_matches('"');
    if path.split('/').next().is_some_and(|host| host.contains('.')) {
        lock.add(Package::new(path, Source::open(&format!("https://{path}"))));
    }
}

pub(super) fn go_mod(content: &str, lock: &mut Lock) -> Option<()> {
    let mut block = "";
    for line in content.lines() {
        let line = line.split("//").next().unwrap_or_default().trim();
        if line == ")" {
            block = "";
            continue;
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let (directive, rest) = match rest.trim() {
            "(" => {
                block = word;
                continue;
            }
            _ if block.is_empty() => (word, rest.trim()),
            _ => (block, line),
        };
        match directive {
            "require" => go_module(rest.split_whitespace().next().unwrap_or_default(), lock),
            "replace" => go_replace(rest, lock),
            _ => {}
        }
    }
    Some(())
}

/// Reads `old => ../path` or `old => other v1.0.0`.
fn go_replace(rest: &str, lock: &mut Lock) {
    let Some((old, new)) = rest.split_once("=>") else { return };
    let name = |text: &str| text.split_whitespace().next().unwrap_or_default().to_owned();
    let (old, new) = (name(old), name(new));
    lock.packages.retain(|package| *package.name != old);
    if new.starts_with('.') || new.starts_with('/') {
        lock.add(Package::new(&old, Source::Path(new.into())));
    } else {
        go_module(&new, lock);
    }
}

pub(super) fn go_sum(content: &str, lock: &mut Lock) -> Option<()> {
    let mut last = "";
    for line in content.lines() {
        let mut words = line.split_whitespace();
        let (Some(path), Some(version)) = (words.next(), words.next()) else { continue };
        // Where only the manifest was read, the module is not built.
        if path != last && !version.ends_with("/go.mod") {
            go_module(path, lock);
            last = path;
        }
    }
    Some(())
}

/// Reads a list for pip: names, addresses, paths and options.
pub(super) fn requirements(content: &str, lock: &mut Lock) -> Option<()> {
    for line in content.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || line.len() > 4096 {
            continue;
        }
        let (word, rest) = line.split_once([' ', '=', '\t']).unwrap_or((line, ""));
        let rest = rest.trim_start_matches('=').trim();
        match word {
            "-i" | "--index-url" | "--extra-index-url" | "-f" | "--find-links" => {
                lock.indexes.push(Source::of(rest));
            }
            "-e" | "--editable" => address(rest, lock),
            _ if word.starts_with('-') => {}
            _ => requirement(line, lock),
        }
        if lock.indexes.len() > 50 {
            lock.indexes.truncate(50);
        }
    }
    Some(())
}

/// Takes in a package that is named by its address or path.
fn address(text: &str, lock: &mut Lock) {
    let text = text.split([' ', ';']).next().unwrap_or_default();
    let egg = text.split_once("#egg=").map(|(_, egg)| egg.split(['&', '[']).next().unwrap_or(egg));
    // Only an address or a path can be taken from elsewhere; `.` is the project itself.
    let bare = text.split(['[', '#']).next().unwrap_or_default();
    let source = if text.contains("://") || text.contains('@') && text.contains(':') {
        Source::of(text)
    } else {
        Source::Path(bare.into())
    };
    let last = text.split('#').next().unwrap_or_default().trim_end_matches('/');
    let last = last.rsplit('/').next().unwrap_or_default();
    let last = last.split('@').next().unwrap_or_default().trim_end_matches(".git");
    lock.add(Package::new(egg.unwrap_or(last), source));
}

fn requirement(line: &str, lock: &mut Lock) {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    if line.starts_with('.') || line.starts_with('/') {
        return address(line, lock);
    }
    let end = line.bytes().position(|byte| !is_name(byte)).unwrap_or(line.len());
    let (name, rest) = (&line[..end], line[end..].trim_start());
    let rest = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((_, rest)) => rest.trim_start(),
        None => rest,
    };
    if rest.starts_with("://") || rest.starts_with('+') {
        return address(line, lock);
    }
    // Other files called so hold prose: a name stands alone or before a version.
    let versioned =
        rest.is_empty() || rest.starts_with(['=', '<', '>', '~', '!', ';', '#', '@', '\\']);
    if name.is_empty() || !versioned {
        return;
    }
    let source = rest.strip_prefix('@').map_or(Source::Public, Source::of);
    lock.add(Package::new(name, source));
}

/// Reads both generations of Yarn's: `resolved "…"` and `resolution: "…"`.
pub(super) fn yarn(content: &str, lock: &mut Lock) -> Option<()> {
    let mut name = String::new();
    for line in content.lines() {
        if !line.starts_with([' ', '#']) && line.ends_with(':') {
            let key = line.trim_matches(['"', ':']);
            name = before_version(key.split([',', '"']).next().unwrap_or_default()).to_owned();
            continue;
        }
        let line = line.trim();
        if let Some(place) = line.strip_prefix("resolved ") {
            lock.add(Package::new(&name, Source::of(place)));
        } else if let Some(id) = line.strip_prefix("resolution: ") {
            berry(id.trim_matches('"'), lock);
        }
    }
    Some(())
}

fn before_version(id: &str) -> &str {
    let at = id.get(1..).and_then(|rest| rest.find('@')).map_or(id.len(), |at| at + 1);
    &id[..at]
}

fn berry(id: &str, lock: &mut Lock) {
    let name = before_version(id);
    let version = id.get(name.len() + 1..).unwrap_or_default();
    let source = match version.split_once(':') {
        Some(("workspace", _)) => return,
        // A patch of a package, beside the package itself.
        Some(("patch", _)) => return,
        Some(("npm", rest)) => match rest.split_once("__archiveUrl=") {
            Some((_, url)) => Source::of(&url.replace("%3A", ":").replace("%2F", "/")),
            None => Source::Public,
        },
        Some(("file" | "link" | "portal", path)) => {
            Source::Path(path.split("::").next().unwrap_or_default().trim_start_matches('/').into())
        }
        Some(_) => Source::of(version),
        None => Source::Public,
    };
    lock.add(Package::new(name, source));
}

pub(super) fn gradle(content: &str, lock: &mut Lock) -> Option<()> {
    for line in content.lines().filter(|line| !line.starts_with(['#', ' '])) {
        let Some((coordinates, uses)) = line.split_once('=') else { continue };
        let mut parts = coordinates.split(':');
        let (Some(group), Some(artifact), Some(_)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let tests = uses.split(',').all(|one| one.to_ascii_lowercase().contains("test"));
        lock.add(Package::new(&format!("{group}:{artifact}"), Source::Public).dev(tests));
    }
    Some(())
}

/// Reads `"name": {:hex, :name, …}` and `"name": {:git, "address", …}`.
pub(super) fn mix(content: &str, lock: &mut Lock) -> Option<()> {
    for line in content.lines() {
        let Some((name, rest)) = line.trim().split_once(": {:") else { continue };
        let source = match rest.strip_prefix("git, \"") {
            Some(place) => Source::of(place.split('"').next().unwrap_or_default()),
            None => Source::Public,
        };
        lock.add(Package::new(name.trim_matches('"'), source));
    }
    Some(())
}
