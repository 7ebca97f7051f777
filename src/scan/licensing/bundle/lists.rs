// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files that list other people's work: `modules.txt`, `.gitmodules`, NOTICE and its kin.

use serde_json::Value as Json;

use super::is_namespace;
use crate::domain::{LineIndex, Span};

/// Longer lists are cut there.
const MOST_ITEMS: usize = 5_000;
const MOST_BYTES: usize = 1 << 20;

/// One entry of `.gitmodules`.
#[derive(Clone, Debug)]
pub(in crate::scan::licensing) struct Submodule {
    /// Where it stands in the tree.
    pub(in crate::scan::licensing) path: String,
    /// The place of the path, or of the whole section if it has none.
    pub(in crate::scan::licensing) span: Span,
    /// Where it comes from.
    pub(in crate::scan::licensing) url: String,
}

/// Returns the modules that Go's `vendor/modules.txt` lists.
pub(super) fn modules(text: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(&text[..text.len().min(MOST_BYTES)]);
    let lines = text.lines().filter_map(|line| line.strip_prefix("# "));
    let names = lines.filter_map(|line| line.split(' ').next());
    names.filter(|name| name.contains('.')).take(MOST_ITEMS).map(str::to_owned).collect()
}

/// Returns the names of the packages that a list of dependencies fetches from elsewhere.
pub(super) fn fetched(name: &[u8], text: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(&text[..text.len().min(MOST_BYTES)]);
    let lines = text.lines().map(str::trim);
    let quoted = |line: &str| line.trim_matches([' ', '\'', '"', ',']).to_owned();
    match name {
        b"puppetfile" => lines
            .filter_map(|line| line.strip_prefix("mod "))
            .filter_map(|line| line.split(',').next())
            .map(|name| quoted(name).rsplit(['/', '-']).next().unwrap_or("").to_owned())
            .take(MOST_ITEMS)
            .collect(),
        b"chart.yaml" | b"requirements.yaml" => charts(&text),
        // A role is called after its name, or after what it is fetched as.
        _ => lines
            .map(|line| line.trim_start_matches("- "))
            .filter_map(|line| line.strip_prefix("name:").or_else(|| line.strip_prefix("src:")))
            .map(quoted)
            .filter(|name| !name.is_empty() && !name.contains([' ', ':']))
            .take(MOST_ITEMS)
            .collect(),
    }
}

/// Returns the names of the charts that come from a repository of charts.
fn charts(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut inside = false;
    let (mut name, mut remote) = (String::new(), false);
    for line in text.lines().chain(["- end:"]) {
        let bare = line.trim();
        if !line.starts_with([' ', '-', '#']) && !bare.is_empty() {
            inside = bare == "dependencies:";
        }
        if bare.starts_with("- ") && !name.is_empty() {
            let name = std::mem::take(&mut name);
            out.extend(Some(name).filter(|_| remote));
        }
        let field = bare.trim_start_matches("- ").split_once(':').filter(|_| inside);
        remote &= !bare.starts_with("- ");
        match field {
            Some(("name", value)) => value.trim().trim_matches(['"', '\'']).clone_into(&mut name),
            Some(("repository", value)) => {
                remote = is_remote(value.trim().trim_matches(['"', '\'']));
            }
            _ => {}
        }
        if out.len() >= MOST_ITEMS {
            break;
        }
    }
    out
}

fn is_remote(repository: &str) -> bool {
    ["http", "oci:", "@", "alias:"].iter().any(|start| repository.starts_with(start))
}

/// Returns the entries of `.gitmodules`.
pub(super) fn submodules(text: &[u8]) -> Vec<Submodule> {
    let text = &text[..text.len().min(MOST_BYTES)];
    let mut index = None;
    let mut out: Vec<Submodule> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in text.split(|byte| *byte == b'\n') {
        let from = at;
        at += line.len() + 1;
        let shown = String::from_utf8_lossy(line);
        let shown = shown.trim();
        if shown.starts_with('[') {
            let named = shown.strip_prefix("[submodule");
            open = named.is_some() && out.len() < MOST_ITEMS;
            if open {
                let name = named.unwrap_or("").trim_matches([' ', '"', ']', '\t']).to_owned();
                let index = index.get_or_insert_with(|| LineIndex::new(text));
                let span = index.span(text, from..from + line.len());
                out.push(Submodule { path: name, span, url: String::new() });
            }
            continue;
        }
        let Some((key, value)) = shown.split_once('=').filter(|_| open) else { continue };
        let value = value.trim().trim_matches('"');
        let Some(last) = out.last_mut() else { continue };
        match key.trim().to_ascii_lowercase().as_str() {
            "path" => {
                let start = memchr::memmem::find(line, value.as_bytes()).unwrap_or(0);
                let index = index.get_or_insert_with(|| LineIndex::new(text));
                last.span = index.span(text, from + start..from + start + value.len());
                last.path = value.trim_end_matches('/').to_owned();
            }
            "url" => last.url = value.to_owned(),
            _ => {}
        }
    }
    out
}

/// Returns whether the file's lower-case name is that of a list of notices.
pub(in crate::scan::licensing) fn is_notice_name(name: &[u8]) -> bool {
    let starts: [&[u8]; 12] = [
        b"notice",
        b"third-party",
        b"third_party",
        b"thirdparty",
        b"3rdparty",
        b"3rd-party",
        b"3rd_party",
        b"attribution",
        b"licenses-third",
        b"license-third",
        b"license-3rdparty",
        b"bundled",
    ];
    let stem = name.split(|byte| *byte == b'.').next().unwrap_or_default();
    let end = name.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    let prose = stem.len() == name.len()
        || matches!(end, b"txt" | b"md" | b"rst" | b"html" | b"adoc" | b"tmpl");
    prose && starts.iter().any(|start| stem.starts_with(start))
}

/// Returns the lines that say something, without frames, and white space and case apart.
pub(super) fn lines_of(text: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(&text[..text.len().min(MOST_BYTES)]);
    let mut out: Vec<String> = Vec::new();
    for line in text.lines().take(MOST_ITEMS) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let line = words.join(" ");
        let line = line.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_lowercase();
        if line.chars().any(char::is_alphanumeric) {
            out.push(line);
        }
    }
    out
}

/// Returns where a manifest says that its package comes from.
pub(super) fn origin(name: &[u8], text: &[u8]) -> Option<String> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let said = match name {
        b"metadata.json" => {
            let map = serde_json::from_slice::<Json>(text).ok()?;
            let field = |key: &str| map.get(key).and_then(Json::as_str).map(str::to_owned);
            // Puppet's names begin with that of their owner, Chef's have a maintainer.
            let owner = field("name")
                .and_then(|name| name.split_once(['-', '/']).map(|(owner, _)| owner.to_owned()));
            field("maintainer")
                .or(owner.filter(|_| {
                    map.get("requirements").is_some()
                        || map.get("dependencies").is_some_and(Json::is_array)
                }))
                .or_else(|| field("author"))
        }
        b"package.json" => {
            let map = serde_json::from_slice::<Json>(text).ok()?;
            // Older versions of npm wrote down what they had installed.
            map.get("_resolved").or_else(|| map.get("_from")).map(|_| "npm".to_owned())
        }
        b"chart.yaml" => {
            let text = String::from_utf8_lossy(text);
            text.lines().find_map(publisher).map(str::to_owned)
        }
        b"metadata.rb" => {
            let text = String::from_utf8_lossy(text);
            let line = text.lines().find_map(|line| line.trim().strip_prefix("maintainer "))?;
            Some(line.trim().trim_matches(['\'', '"', '(', ')']).to_owned())
        }
        _ => None,
    };
    said.map(|said| said.chars().take(100).collect())
}

/// Returns the known publisher that a line of a chart names: its home, a source, a maintainer.
fn publisher(line: &str) -> Option<&str> {
    let clean = line.trim().trim_start_matches("- ");
    let owner = clean
        .split_once("github.com/")
        .and_then(|(_, rest)| rest.split(['/', '"', '\'', ' ']).next())
        .or_else(|| clean.strip_prefix("name:").map(|name| name.trim().trim_matches(['"', '\''])));
    // A chart may well be called after what it installs.
    owner.filter(|owner| line.starts_with([' ', '-', 'h']) && is_namespace(owner))
}

#[cfg(test)]
mod tests {
    use super::{fetched, is_notice_name, lines_of, modules, origin, submodules};

    #[test]
    fn lists_are_read() {
        let text =
            b"# github.com/a/b v1.2.3\n## explicit\ngithub.com/a/b/c\n# gopkg.in/yaml.v2 v2\n";
        assert_eq!(modules(text), ["github.com/a/b", "gopkg.in/yaml.v2"]);
        let text = b"[submodule \"x\"]\n\tpath = ext/x\n\turl = https://example.org/x\n[other]\n\turl = y\n";
        let all = submodules(text);
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].path.as_str(), all[0].url.as_str()), ("ext/x", "https://example.org/x"));
        assert_eq!(&text[all[0].span.range()], b"ext/x");
        assert_eq!(lines_of(b"  A   Notice\n=====\n\n"), ["a notice"]);
    }

    #[test]
    fn packages_from_elsewhere_are_listed() {
        let chart = b"name: a\ndependencies:\n- name: redis\n  repository: https://example.org\n- repository: file://../b\n  name: b\n- name: c\n  repository: \"oci://x\"\nmaintainers:\n- name: d\n";
        assert_eq!(fetched(b"chart.yaml", chart), ["redis", "c"]);
        assert_eq!(fetched(b"puppetfile", b"mod 'puppetlabs-stdlib', '1.0'\n"), ["stdlib"]);
        let roles = b"roles:\n  - src: a.b\n  - name: c\n    src: https://example.org/c\n";
        assert_eq!(fetched(b"requirements.yml", roles), ["a.b", "c"]);
    }

    #[test]
    fn names_of_notices() {
        for name in ["NOTICE", "NOTICE.txt", "THIRD-PARTY-NOTICES.md", "ThirdPartyNotices.txt"] {
            assert!(is_notice_name(name.to_ascii_lowercase().as_bytes()), "{name}");
        }
        for name in ["notice.py", "notices_controller.rb", "license", "third_party.tf"] {
            assert!(!is_notice_name(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn manifests_name_their_origin() {
        let puppet =
            br#"{"name": "puppetlabs-stdlib", "author": "puppetlabs", "dependencies": []}"#;
        assert_eq!(origin(b"metadata.json", puppet).as_deref(), Some("puppetlabs"));
        let chef = b"name 'x'\nmaintainer 'Sous Chefs'\n";
        assert_eq!(origin(b"metadata.rb", chef).as_deref(), Some("Sous Chefs"));
        assert_eq!(origin(b"package.json", br#"{"name": "a"}"#), None);
        let chart = b"name: redis\nhome: https://github.com/bitnami/charts\n";
        assert_eq!(origin(b"chart.yaml", chart).as_deref(), Some("bitnami"));
        let chart = b"name: redis\nmaintainers:\n  - name: Bitnami\n";
        assert_eq!(origin(b"chart.yaml", chart).as_deref(), Some("Bitnami"));
        assert_eq!(origin(b"chart.yaml", b"name: bitnami\nhome: https://acme.org\n"), None);
    }
}
