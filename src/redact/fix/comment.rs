// SPDX-License-Identifier: MIT OR Apache-2.0
//! How a comment is written in each kind of file.

use crate::domain::RepoPath;

/// What stands before and after the text of a one-line comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Syntax {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
}

const fn line(open: &'static str) -> Syntax {
    Syntax { open, close: "" }
}

const fn block(open: &'static str, close: &'static str) -> Syntax {
    Syntax { open, close }
}

const HASH: Syntax = line("# ");
const SLASHES: Syntax = line("// ");
const STARS: Syntax = block("/* ", " */");
const MARKUP: Syntax = block("<!-- ", " -->");

/// Names that say what a file without a telling extension is.
const NAMES: [(&str, Syntax); 26] = [
    ("dockerfile", HASH),
    ("containerfile", HASH),
    ("makefile", HASH),
    ("gnumakefile", HASH),
    ("rakefile", HASH),
    ("gemfile", HASH),
    ("vagrantfile", HASH),
    ("berksfile", HASH),
    ("puppetfile", HASH),
    ("cheffile", HASH),
    ("guardfile", HASH),
    ("capfile", HASH),
    ("brewfile", HASH),
    ("podfile", HASH),
    ("snakefile", HASH),
    ("tiltfile", HASH),
    ("justfile", HASH),
    ("build", HASH),
    ("workspace", HASH),
    ("sconstruct", HASH),
    ("sconscript", HASH),
    ("wscript", HASH),
    ("cmakelists.txt", HASH),
    ("requirements.txt", HASH),
    ("jenkinsfile", SLASHES),
    ("go.mod", SLASHES),
];

/// Extensions, lower case, by how their comments are written.
const EXTENSIONS: [(Syntax, &[&str]); 16] = [
    (
        HASH,
        &[
            "py",
            "pyi",
            "pyx",
            "rb",
            "sh",
            "bash",
            "zsh",
            "ksh",
            "fish",
            "pl",
            "pm",
            "yml",
            "yaml",
            "toml",
            "tf",
            "tfvars",
            "hcl",
            "nomad",
            "pp",
            "sls",
            "r",
            "jl",
            "ex",
            "exs",
            "nix",
            "cmake",
            "mk",
            "make",
            "ps1",
            "psm1",
            "psd1",
            "awk",
            "sed",
            "tcl",
            "coffee",
            "cr",
            "graphql",
            "gql",
            "properties",
            "cfg",
            "conf",
            "rake",
            "gemspec",
            "ru",
            "bzl",
            "bazel",
            "star",
            "dockerfile",
            "service",
            "timer",
            "socket",
            "mount",
            "env",
            "rego",
            "jq",
            "nginx",
            "vcl",
            "gd",
            "nim",
            "am",
            "po",
            "gitignore",
            "gitattributes",
            "dockerignore",
            "editorconfig",
            "bashrc",
            "zshrc",
            "profile",
        ],
    ),
    (
        SLASHES,
        &[
            "rs",
            "go",
            "cc",
            "cpp",
            "cxx",
            "hpp",
            "hh",
            "hxx",
            "java",
            "js",
            "mjs",
            "cjs",
            "jsx",
            "ts",
            "tsx",
            "mts",
            "cts",
            "kt",
            "kts",
            "swift",
            "scala",
            "sc",
            "groovy",
            "gradle",
            "cs",
            "fs",
            "fsx",
            "dart",
            "proto",
            "php",
            "v",
            "sv",
            "zig",
            "jsonnet",
            "libsonnet",
            "cue",
            "scss",
            "less",
            "m",
            "mm",
            "d",
            "bicep",
            "thrift",
            "sol",
            "jsonc",
            "json5",
            "pkl",
            "typ",
        ],
    ),
    (STARS, &["c", "h", "css", "y", "l", "ld"]),
    (line("-- "), &["sql", "lua", "hs", "elm", "ada", "adb", "ads", "vhd", "vhdl"]),
    (line(";; "), &["lisp", "el", "clj", "cljs", "cljc", "scm", "rkt"]),
    (line("; "), &["ini", "asm", "nasm", "reg"]),
    (line("% "), &["tex", "sty", "cls", "erl", "hrl", "bib"]),
    (
        MARKUP,
        &[
            "html", "htm", "xhtml", "xml", "xsd", "xsl", "xslt", "svg", "md", "markdown", "vue",
            "svelte", "plist", "csproj", "vbproj", "fsproj", "props", "targets", "nuspec", "resx",
            "xaml", "wsdl", "rss", "fxml",
        ],
    ),
    (line(".. "), &["rst"]),
    (block("{# ", " #}"), &["j2", "jinja", "jinja2", "njk", "twig"]),
    (block("<%# ", " -%>"), &["erb", "epp"]),
    (block("{{/* ", " */}}"), &["gotmpl"]),
    (block("{{!-- ", " --}}"), &["hbs", "handlebars"]),
    (line("REM "), &["bat", "cmd"]),
    (block("(* ", " *)"), &["ml", "mli"]),
    (line("dnl "), &["m4", "ac"]),
];

/// Returns how a comment is written in the file, nothing if its format has none or is not known.
pub(super) fn of(path: &RepoPath) -> Option<Syntax> {
    let name = String::from_utf8_lossy(path.file_name()).to_ascii_lowercase();
    let start = name.split_once('.').map_or(&*name, |(start, _)| start);
    let by_name = NAMES.iter().find(|(known, _)| {
        // `Dockerfile.prod` is one; `build.json` is none.
        *known == name || (*known == start && matches!(start, "dockerfile" | "containerfile"))
    });
    if let Some((_, syntax)) = by_name {
        return Some(*syntax);
    }
    let dotted = path.extension();
    // `.gitignore` has no extension, but a name that tells as much.
    let extension = if dotted.is_empty() { name.strip_prefix('.')? } else { &dotted };
    let known = EXTENSIONS.iter().find(|(_, known)| known.contains(&extension));
    known.map(|(syntax, _)| *syntax)
}

/// Returns how a comment is written in a file whose first line names an interpreter.
pub(super) fn of_script(raw: &[u8]) -> Option<Syntax> {
    let line = raw.strip_prefix(b"#!")?.split(|byte| *byte == b'\n').next()?;
    let slashes = [&b"node"[..], b"deno", b"php"];
    let other = slashes.iter().any(|name| memchr::memmem::find(line, name).is_some());
    Some(if other { SLASHES } else { HASH })
}

/// Returns whether a tool writes the file anew, which would lose whatever is put into it.
pub(super) fn is_lock(path: &RepoPath) -> bool {
    let name = String::from_utf8_lossy(path.file_name()).to_ascii_lowercase();
    let named = [
        "package-lock.json",
        "npm-shrinkwrap.json",
        "pnpm-lock.yaml",
        "go.sum",
        ".terraform.lock.hcl",
    ];
    named.contains(&&*name) || path.extension() == "lock"
}

#[cfg(test)]
mod tests {
    use super::{is_lock, of, of_script};
    use crate::domain::RepoPath;

    #[test]
    fn scripts_say_by_their_first_line() {
        let open = |raw: &[u8]| of_script(raw).map(|syntax| syntax.open);
        assert_eq!(open(b"#!/usr/bin/env bash\nnode x\n"), Some("# "));
        assert_eq!(open(b"#!/usr/bin/env node\n"), Some("// "));
        assert_eq!(open(b"a = 1\n"), None);
    }

    #[test]
    fn each_format_has_its_comment() {
        let open = |name: &str| of(&RepoPath::new(name.as_bytes())).map(|syntax| syntax.open);
        for (name, expected) in [
            ("a/b.py", Some("# ")),
            ("Dockerfile.prod", Some("# ")),
            ("Makefile", Some("# ")),
            (".gitignore", Some("# ")),
            ("x.RS", Some("// ")),
            ("a.css", Some("/* ")),
            ("a.html", Some("<!-- ")),
            ("a.sh.j2", Some("{# ")),
            ("a.conf.erb", Some("<%# ")),
            ("a.json", None),
            ("build.json", None),
            ("a.png", None),
            ("README", None),
        ] {
            assert_eq!(open(name), expected, "{name}");
        }
        let lock = |name: &str| is_lock(&RepoPath::new(name.as_bytes()));
        assert!(lock("a/Cargo.lock") && lock("go.sum") && !lock("padlock.go"));
    }
}
