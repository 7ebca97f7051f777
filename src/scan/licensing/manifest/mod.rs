// SPDX-License-Identifier: MIT OR Apache-2.0
//! The licence that a package manifest declares.

mod data;
mod lines;

use super::Declared;
use crate::{
    domain::{LineIndex, RepoPath, Span},
    scan::View,
};

/// Larger manifests are not read.
const MAX_BYTES: usize = 1 << 20;

/// A package manifest, as far as its licence is concerned.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// Its format, as the reviewer knows it.
    pub kind: &'static str,
    /// What it declares.
    pub claim: Claim,
}

/// What a manifest says about the licence.
#[derive(Clone, Debug)]
pub enum Claim {
    /// It names a licence, here if the place was found.
    Declared(Declared, Option<Span>),
    /// Its format has a field for the licence, and it is not used.
    Missing,
    /// It points to a file, inherits the licence, or is not meant to be published.
    Elsewhere,
}

/// What a reader found, before it is located.
enum Found {
    Values(Vec<String>),
    Missing,
    Elsewhere,
    /// No manifest at all, whatever the name says.
    Nothing,
}

impl Found {
    /// Values if there are any, otherwise nothing declared.
    fn values(values: Vec<String>) -> Self {
        let values: Vec<String> =
            values.into_iter().map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect();
        if values.is_empty() { Self::Missing } else { Self::Values(values) }
    }

    /// Nothing declared matters only in something that is meant to be a package.
    fn needed(self, package: bool) -> Self {
        match self {
            Self::Missing if !package => Self::Elsewhere,
            other => other,
        }
    }
}

/// Reads the manifest, if the file's name is that of one.
pub(super) fn read(path: &RepoPath, view: &View<'_>) -> Option<Manifest> {
    let name = path.file_name().to_ascii_lowercase();
    let name = String::from_utf8_lossy(&name);
    let (kind, read) = reader(&name, path)?;
    if view.text.len() > MAX_BYTES {
        return None;
    }
    let text = String::from_utf8_lossy(view.text);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let claim = match read(text) {
        Found::Values(values) => {
            let span = locate(view.text, values.first()?);
            Claim::Declared(Declared::read_any(&values), span)
        }
        Found::Missing => Claim::Missing,
        Found::Elsewhere => Claim::Elsewhere,
        Found::Nothing => return None,
    };
    Some(Manifest { kind, claim })
}

type Reader = fn(&str) -> Found;

fn reader(name: &str, path: &RepoPath) -> Option<(&'static str, Reader)> {
    let in_meta = || path.parent().file_name() == b"meta";
    let reader: (&str, Reader) = match name {
        "cargo.toml" => ("Cargo.toml", data::cargo),
        "pyproject.toml" => ("pyproject.toml", data::pyproject),
        "package.json" => ("package.json", data::npm),
        "bower.json" => ("bower.json", data::bower),
        "composer.json" => ("composer.json", data::composer),
        "metadata.json" => ("Puppet metadata.json", data::puppet),
        "setup.cfg" => ("setup.cfg", lines::setup_cfg),
        "setup.py" => ("setup.py", lines::setup_py),
        "galaxy.yml" | "galaxy.yaml" => ("galaxy.yml", lines::galaxy),
        "main.yml" | "main.yaml" if in_meta() => ("Ansible meta/main.yml", lines::ansible_role),
        "metadata.rb" => ("Chef metadata.rb", lines::chef),
        "chart.yaml" => ("Chart.yaml", lines::chart),
        "pom.xml" => ("pom.xml", lines::pom),
        _ if name.ends_with(".gemspec") => ("gemspec", lines::gemspec),
        _ if name == "dockerfile"
            || name.starts_with("dockerfile.")
            || name.ends_with(".dockerfile") =>
        {
            ("Dockerfile label", lines::dockerfile)
        }
        _ => return None,
    };
    Some(reader)
}

/// Returns the place of `value` after the first mention of a licence.
fn locate(text: &[u8], value: &str) -> Option<Span> {
    let lower = text.to_ascii_lowercase();
    let word =
        memchr::memmem::find(&lower, b"licen").or(memchr::memmem::find(&lower, b"private ::"))?;
    let line = memchr::memrchr(b'\n', &text[..word]).map_or(0, |i| i + 1);
    let at = line + memchr::memmem::find(&text[line..], value.as_bytes())?;
    Some(LineIndex::new(text).span(text, at..at + value.len()))
}

#[cfg(test)]
mod tests {
    use super::{Claim, read};
    use crate::{
        domain::RepoPath,
        scan::{PathFacts, View},
    };

    fn claim(name: &str, text: &str) -> String {
        let path = RepoPath::new(name.as_bytes());
        match read(&path, &View::new(&PathFacts::of(&path), text.as_bytes()))
            .map(|manifest| manifest.claim)
        {
            None => "nothing".into(),
            Some(Claim::Missing) => "missing".into(),
            Some(Claim::Elsewhere) => "elsewhere".into(),
            Some(Claim::Declared(declared, span)) => {
                format!("{}@{}", declared.text, span.map_or(0, |span| span.line))
            }
        }
    }

    #[test]
    fn cargo_and_python() {
        assert_eq!(claim("Cargo.toml", "[package]\nname = \"a\"\nlicense = \"MIT\"\n"), "MIT@3");
        assert_eq!(claim("Cargo.toml", "[package]\nname = \"a\"\n"), "missing");
        assert_eq!(claim("Cargo.toml", "[package]\nname = \"a\"\npublish = false\n"), "elsewhere");
        assert_eq!(claim("Cargo.toml", "[package]\nlicense.workspace = true\n"), "elsewhere");
        assert_eq!(claim("Cargo.toml", "[workspace]\nmembers = []\n"), "nothing");
        assert_eq!(
            claim("pyproject.toml", "[project]\nname = \"a\"\nlicense = { text = \"BSD\" }"),
            "BSD@3"
        );
        assert_eq!(
            claim(
                "pyproject.toml",
                "[project]\nname = \"a\"\nclassifiers = [\n\"License :: OSI Approved :: MIT License\"]"
            ),
            "MIT License@4"
        );
        assert_eq!(claim("pyproject.toml", "[tool.black]\nx = 1"), "nothing");
        assert_eq!(claim("setup.py", "setup(\n  name='a',\n  license='GPLv3',\n)"), "GPLv3@3");
        assert_eq!(claim("setup.py", "setup(name='a')"), "missing");
        assert_eq!(claim("setup.py", "from setuptools import setup\nsetup()"), "elsewhere");
        assert_eq!(claim("setup.cfg", "[metadata]\nname = a\nlicense = ISC\n"), "ISC@3");
    }

    #[test]
    fn json() {
        assert_eq!(claim("package.json", r#"{"name": "a", "license": "MIT"}"#), "MIT@1");
        assert_eq!(claim("package.json", r#"{"name": "a", "license": {"type": "ISC"}}"#), "ISC@1");
        assert_eq!(
            claim("package.json", r#"{"licenses": [{"type": "MIT"}, {"type": "ISC"}]}"#),
            "MIT OR ISC@1"
        );
        assert_eq!(
            claim("package.json", r#"{"name": "a", "version": "1", "private": true}"#),
            "elsewhere"
        );
        assert_eq!(claim("package.json", r#"{"name": "a", "version": "1"}"#), "missing");
        assert_eq!(claim("package.json", "{ not json"), "nothing");
        assert_eq!(claim("composer.json", r#"{"name": "a/b", "license": ["MIT"]}"#), "MIT@1");
        assert_eq!(
            claim("metadata.json", r#"{"name": "a-b", "version": "1", "dependencies": []}"#),
            "missing"
        );
        assert_eq!(claim("metadata.json", r#"{"x": 1}"#), "nothing");
    }

    #[test]
    fn configuration_management() {
        assert_eq!(
            claim("galaxy.yml", "namespace: a\nname: b\nlicense:\n  - GPL-3.0-or-later # x\n"),
            "GPL-3.0-or-later@4"
        );
        assert_eq!(
            claim("galaxy.yml", "namespace: a\nname: b\nlicense_file: COPYING\n"),
            "elsewhere"
        );
        assert_eq!(
            claim("r/meta/main.yml", "---\ngalaxy_info:\n  author: x\n  license: 'Apache 2.0'\n"),
            "Apache 2.0@4"
        );
        assert_eq!(claim("r/meta/main.yml", "galaxy_info:\n  author: x\n"), "missing");
        assert_eq!(claim("r/meta/main.yml", "dependencies: []\n"), "nothing");
        assert_eq!(claim("r/tasks/main.yml", "galaxy_info:\n  license: x\n"), "nothing");
        assert_eq!(
            claim("metadata.rb", "name 'a'\nlicense 'All Rights Reserved'\n"),
            "All Rights Reserved@2"
        );
        assert_eq!(claim("metadata.rb", "name 'a'\n"), "missing");
        assert_eq!(
            claim("Chart.yaml", "name: a\nannotations:\n  artifacthub.io/license: MIT\n"),
            "MIT@3"
        );
        assert_eq!(claim("Chart.yaml", "name: a\n"), "elsewhere");
    }

    #[test]
    fn others() {
        assert_eq!(
            claim("a.gemspec", "Gem::Specification.new do |s|\n  s.license = \"MIT\"\nend"),
            "MIT@2"
        );
        assert_eq!(
            claim("a.gemspec", "Gem::Specification.new do |s|\n  s.licenses = ['MIT', 'ISC']\nend"),
            "MIT OR ISC@2"
        );
        assert_eq!(
            claim(
                "pom.xml",
                "<project><licenses><license>\n<name>MIT</name></license></licenses></project>"
            ),
            "MIT@2"
        );
        assert_eq!(claim("pom.xml", "<project><parent/></project>"), "elsewhere");
        assert_eq!(
            claim("Dockerfile", "FROM x\nLABEL org.opencontainers.image.licenses=\"MIT\"\n"),
            "MIT@2"
        );
        assert_eq!(claim("Dockerfile", "FROM x\n"), "nothing");
    }
}
