// SPDX-License-Identifier: MIT OR Apache-2.0
//! Paths as Git has them: bytes, with `/` between the parts.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A path inside the repository: bytes, no leading slash; empty for the repository itself.
///
/// Git paths need not be UTF-8, so the text form escapes what is not: bytes that are not UTF-8,
/// control characters and the backslash become `\xNN`, which [`parse`](Self::parse) reads back.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RepoPath(Arc<[u8]>);

impl RepoPath {
    /// Wraps the bytes Git gave.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }

    /// Returns the path that stands for the repository itself.
    #[must_use]
    pub fn root() -> Self {
        Self::new(b"")
    }

    /// Reads the text form that `Display` writes.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut out = Vec::with_capacity(bytes.len());
        let mut i = 0;
        while i < bytes.len() {
            let code = bytes
                .get(i..i + 4)
                .filter(|part| part.starts_with(b"\\x"))
                .and_then(|part| std::str::from_utf8(&part[2..]).ok())
                .and_then(|hex| u8::from_str_radix(hex, 16).ok());
            if let Some(byte) = code {
                out.push(byte);
                i += 4;
            } else {
                out.push(bytes[i]);
                i += 1;
            }
        }
        Self::new(&out)
    }

    /// Returns the bytes Git gave.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns whether this stands for the repository itself.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the last part.
    #[must_use]
    pub fn file_name(&self) -> &[u8] {
        self.0.rsplit(|b| *b == b'/').next().unwrap_or_default()
    }

    /// Returns the directory that holds it, the root for a top-level file.
    #[must_use]
    pub fn parent(&self) -> Self {
        let end = self.0.iter().rposition(|b| *b == b'/').unwrap_or(0);
        Self::new(&self.0[..end])
    }

    /// Returns whether this is `dir` itself or lies below it. Everything lies below the root.
    #[must_use]
    pub fn is_within(&self, dir: &Self) -> bool {
        dir.is_root()
            || self
                .0
                .strip_prefix(dir.as_bytes())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
    }

    /// Returns the lower-case extension without its dot, empty where there is none.
    #[must_use]
    pub fn extension(&self) -> String {
        let name = self.file_name();
        match name.iter().rposition(|b| *b == b'.') {
            Some(dot) if dot > 0 => String::from_utf8_lossy(&name[dot + 1..]).to_ascii_lowercase(),
            _ => String::new(),
        }
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            for c in chunk.valid().chars() {
                if c.is_control() || c == '\\' {
                    let mut buffer = [0; 4];
                    for byte in c.encode_utf8(&mut buffer).bytes() {
                        write!(f, "\\x{byte:02x}")?;
                    }
                } else {
                    write!(f, "{c}")?;
                }
            }
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02x}")?;
            }
        }
        Ok(())
    }
}

impl Serialize for RepoPath {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RepoPath {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self::parse(&String::deserialize(from)?))
    }
}

impl fmt::Debug for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

/// Broad kind of a file, judged by its name; decides which context rules apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// A programming language: bare words are identifiers, literals are quoted.
    Code,
    /// Shell scripts and Dockerfiles: words are often literals.
    Shell,
    /// YAML, INI, TOML, JSON, HCL, properties and other configuration.
    Config,
    /// Markdown and other prose.
    Prose,
    /// Anything else.
    Other,
}

impl FileKind {
    /// Returns the kind of `path`.
    #[must_use]
    pub fn of(path: &RepoPath) -> Self {
        // `.env.production` and its kin.
        if path.file_name().to_ascii_lowercase().starts_with(b".env") {
            return Self::Config;
        }
        let extension = path.extension();
        // `Dockerfile.prod`, but `Dockerfile.md`.
        if extension != "md" && Self::of_bare_name(path.file_name()) == Self::Shell {
            return Self::Shell;
        }
        match extension.as_str() {
            "rs" | "py" | "rb" | "go" | "js" | "jsx" | "ts" | "tsx" | "java" | "kt" | "scala"
            | "c" | "h" | "cc" | "cpp" | "hpp" | "cs" | "php" | "pl" | "pm" | "swift" | "ex"
            | "exs" | "erl" | "hs" | "lua" | "clj" | "groovy" | "mjs" | "cjs" | "vue" | "dart"
            | "r" | "m" | "mm" | "css" | "scss" | "less" | "erb" | "nix" | "pp" | "gradle"
            | "kts" | "mts" | "cts" | "svelte" | "astro" | "cxx" | "hh" | "fs" | "vb" | "zig"
            | "ml" | "rake" | "gemspec" | "ipynb" | "jsonnet" | "libsonnet" | "bzl" | "sol"
            | "ino" | "cshtml" | "razor" | "aspx" | "jsp" | "twig" | "phtml" => Self::Code,
            "sh" | "bash" | "zsh" | "fish" | "ksh" | "ps1" | "psm1" | "psd1" | "bat" | "cmd"
            | "mk" | "dockerfile" | "containerfile" => Self::Shell,
            "yml" | "yaml" | "json" | "toml" | "ini" | "cfg" | "conf" | "cnf" | "properties"
            | "env" | "tf" | "tfvars" | "hcl" | "sls" | "xml" | "plist" | "csv" | "tsv"
            | "jinja" | "j2" | "tmpl" | "tpl" | "config" | "service" | "sql" | "zone" | "jsonl"
            | "ndjson" | "json5" | "jsonc" | "har" | "tfstate" | "tfbackend" | "reg" | "inf"
            | "settings" | "prefs" | "edn" | "eyaml" | "yamllint" => Self::Config,
            "md" | "rst" | "adoc" | "txt" | "tex" | "org" | "html" | "htm" => Self::Prose,
            "" => Self::of_bare_name(path.file_name()),
            _ => Self::Other,
        }
    }

    fn of_bare_name(name: &[u8]) -> Self {
        let lower = name.to_ascii_lowercase();
        if lower.starts_with(b"dockerfile")
            || lower.starts_with(b"containerfile")
            || matches!(lower.as_slice(), b"makefile" | b"gnumakefile" | b"justfile" | b"crontab")
        {
            Self::Shell
        } else if matches!(
            lower.as_slice(),
            b"vagrantfile" | b"jenkinsfile" | b"rakefile" | b"gemfile" | b"fastfile" | b"podfile"
        ) {
            Self::Code
        } else if lower.starts_with(b".") || lower == b"hosts" {
            Self::Config
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RepoPath;

    #[test]
    fn text_form_reads_back() {
        for bytes in [&b"a/b"[..], b"\xff\x1b[2J", b"a\\x41", "sn\u{f6}/\u{202e}x".as_bytes(), b""]
        {
            let path = RepoPath::new(bytes);
            assert_eq!(RepoPath::parse(&path.to_string()), path);
        }
        assert_eq!(RepoPath::new(b"\x1b\xff").to_string(), "\\x1b\\xff");
    }

    #[test]
    fn parents_and_containment() {
        let path = RepoPath::new(b"a/b/c.tf");
        assert_eq!(path.parent(), RepoPath::new(b"a/b"));
        assert_eq!(RepoPath::new(b"c.tf").parent(), RepoPath::root());
        assert!(path.is_within(&RepoPath::new(b"a")));
        assert!(!RepoPath::new(b"ab/c").is_within(&RepoPath::new(b"a")));
        assert_eq!(path.extension(), "tf");
        assert_eq!(RepoPath::new(b"x/.env").extension(), "");
    }
}
