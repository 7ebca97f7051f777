// SPDX-License-Identifier: MIT OR Apache-2.0
//! How much the findings of a file weigh, judged by its path.
//!
//! The names nearest to the file decide: `deploy/tests/` holds tests, and `tests/deploy/` holds
//! what is deployed.

use super::RepoPath;

/// What the place of a file says about how much its findings weigh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathClass {
    /// Nothing special.
    Normal,
    /// Tests, fixtures, examples: severity drops one step.
    Test,
    /// Documentation: severity drops one step, but not that of internal references. Credentials are
    /// made up for it; the hosts and people that it names are the real ones.
    Docs,
    /// Other people's code kept in the tree: severity drops one step.
    Vendored,
    /// Lock files and generated or minified code: severity drops one step.
    Generated,
}

impl PathClass {
    /// Returns the class of `path`, judged by its names alone.
    #[must_use]
    pub fn of(path: &RepoPath) -> Self {
        let lower = path.as_bytes().to_ascii_lowercase();
        let mut parts = lower.split(|b| *b == b'/').rev();
        let name = parts.next().unwrap_or_default();
        let mut class = Self::of_name(name);
        // Once it is known that a file is in use, no folder above makes a test of it.
        let mut in_use = is_env(name);
        let mut below: &[u8] = b"";
        for dir in parts {
            if VENDORED.contains(&dir) {
                return Self::Vendored;
            }
            in_use |= IN_USE.contains(&dir) || dir == b".github" && below == b"workflows";
            match class {
                Self::Normal if GENERATED_DIRS.contains(&dir) => class = Self::Generated,
                Self::Normal if matches!(dir, b"dist" | b"build") && is_bundled(name) => {
                    class = Self::Generated;
                }
                Self::Normal | Self::Docs
                    if !in_use && (TEST_DIRS.contains(&dir) || is_test_set(dir)) =>
                {
                    class = Self::Test;
                }
                Self::Normal if !in_use && DOCS_DIRS.contains(&dir) => class = Self::Docs,
                _ => {}
            }
            below = dir;
        }
        class
    }

    fn of_name(name: &[u8]) -> Self {
        let ends = |suffix: &&[u8]| name.ends_with(suffix);
        if GENERATED.contains(&name) || GENERATED_ENDS.iter().any(ends) {
            return Self::Generated;
        }
        let mut words = name.split(|b| *b == b'.').filter(|word| !word.is_empty());
        let first = words.next().unwrap_or_default();
        let sample = matches!(first, b"example" | b"sample") || words.any(is_sample_word);
        let test = name.starts_with(b"test_")
            || SHOWN.iter().any(|word| is_led_by(name, word) || is_ended_by(name, word))
            || TEST_FILES.contains(&name);
        if sample || test || TEST_ENDS.iter().any(ends) {
            return Self::Test;
        }
        let docs = name.starts_with(b"readme") || DOCS_ENDS.iter().any(ends);
        if docs { Self::Docs } else { Self::Normal }
    }

    /// Returns whether what stands there shows or tries something.
    #[must_use]
    pub fn shows(self) -> bool {
        matches!(self, Self::Test | Self::Docs)
    }

    /// Returns the words for a finding's note, none for a normal path.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Normal => None,
            Self::Test | Self::Docs => Some("test or documentation path"),
            Self::Vendored => Some("vendored path"),
            Self::Generated => Some("generated file"),
        }
    }
}

const VENDORED: [&[u8]; 14] = [
    b".yarn",
    b"vendor",
    b"vendored",
    b"third_party",
    b"third-party",
    b"3rdparty",
    b"node_modules",
    b"vendor_modules",
    b"r10k_modules",
    b"core_modules",
    b"bower_components",
    b"site-packages",
    b"bundle",
    b"plugged",
];

/// Whether a folder holds a set of tests: `dockerTest`, `testFixtures`, `smoke-test`.
fn is_test_set(dir: &[u8]) -> bool {
    let kinds: [&[u8]; 9] = [
        b"android",
        b"docker",
        b"func",
        b"int",
        b"integration",
        b"jvm",
        b"smoke",
        b"system",
        b"unit",
    ];
    let ends = [b"tests".as_slice(), b"test", b"-tests", b"-test", b"_tests", b"_test"];
    dir == b"testfixtures"
        || dir == b"datafixtures"
        || ends.iter().any(|end| dir.strip_suffix(*end).is_some_and(|kind| kinds.contains(&kind)))
}

/// Folders of what is in use: what stands there is no test, whatever is above.
const IN_USE: [&[u8]; 6] =
    [b"prod", b"production", b"deploy", b"deployment", b"secrets", b"secret"];

const TEST_DIRS: [&[u8]; 34] = [
    b"test",
    b"tests",
    b"testing",
    b"__tests__",
    b"spec",
    b"specs",
    b"e2e",
    b"fixture",
    b"fixtures",
    b"__fixtures__",
    b"test-fixtures",
    b"testdata",
    b"test-data",
    b"test_data",
    b"test-resources",
    b"test_resources",
    b"testresources",
    b"test-suite",
    b"sbt-test",
    b"example",
    b"examples",
    b"sample",
    b"samples",
    b"mock",
    b"mocks",
    b"__mocks__",
    b"vagrant",
    b"snapshots",
    b"__snapshots__",
    b"demo",
    b"demos",
    b"cassettes",
    b"vcr_cassettes",
    b"fixture_data",
];

const DOCS_DIRS: [&[u8]; 5] = [b"docs", b"doc", b"documentation", b"tutorial", b"tutorials"];

const GENERATED_DIRS: [&[u8]; 3] = [b"generated", b"__generated__", b"generated-sources"];

const GENERATED: [&[u8]; 8] = [
    b"package-lock.json",
    b"npm-shrinkwrap.json",
    b"pnpm-lock.yaml",
    b"packages.lock.json",
    b"conda-lock.yml",
    b"go.sum",
    b"go.work.sum",
    b".terraform.lock.hcl",
];

const GENERATED_ENDS: [&[u8]; 18] = [
    b".lock",
    b".lockb",
    b".lockfile",
    b".lock.json",
    b".resolved",
    b".min.js",
    b".min.mjs",
    b".min.css",
    b"-min.js",
    b".bundle.js",
    b".chunk.js",
    b".map",
    b".pb.go",
    b"_pb2.py",
    b"_pb2_grpc.py",
    b".g.dart",
    b".designer.cs",
    b".g.cs",
];

const TEST_FILES: [&[u8]; 7] = [
    b"phpunit.xml",
    b"conftest.py",
    b"pytest.ini",
    b"tox.ini",
    b"test.rs",
    b"tests.py",
    b"tests.rs",
];

const TEST_ENDS: [&[u8]; 24] = [
    b"_test.go",
    b"_test.py",
    b"_test.rb",
    b"_test.rs",
    b"_test.exs",
    b"_test.cc",
    b"_spec.rb",
    b"_test.cpp",
    b"_test.dart",
    b"_spec.lua",
    b"_tests.rs",
    b"-test.js",
    b"-spec.js",
    b"test.java",
    b"test.groovy",
    b"test.kt",
    b"test.php",
    b"test.scala",
    b"tests.cs",
    b"tests.java",
    b"tests.kt",
    b"tests.swift",
    b"spec.groovy",
    b"conftest.py",
];

const DOCS_ENDS: [&[u8]; 3] = [b".md", b".rst", b".adoc"];

/// Words before or behind the name of what only shows something.
const SHOWN: [&[u8]; 5] = [b"example", b"sample", b"mock", b"fake", b"dummy"];

/// `sample-account.json`
fn is_led_by(name: &[u8], word: &[u8]) -> bool {
    name.strip_prefix(word).is_some_and(|rest| rest.starts_with(b"-") || rest.starts_with(b"_"))
}

/// `values-example.yaml`
fn is_ended_by(name: &[u8], word: &[u8]) -> bool {
    // `shop_example.com.key` is called after a host.
    let stem = name.iter().position(|b| *b == b'.').map_or(name, |dot| &name[..dot]);
    let dots = name.iter().filter(|b| **b == b'.').count();
    dots < 2
        && stem.strip_suffix(word).is_some_and(|rest| rest.ends_with(b"-") || rest.ends_with(b"_"))
}

/// A part of a name that says that the file is no real one, as in `.env.example` or `a.spec.ts`.
fn is_sample_word(word: &[u8]) -> bool {
    matches!(
        word,
        b"example" | b"sample" | b"dist" | b"template" | b"spec" | b"test" | b"snap" | b"mock"
    )
}

/// Whether a build folder puts out files of this name; scripts of a build are written by hand.
fn is_bundled(name: &[u8]) -> bool {
    [b".js".as_slice(), b".mjs", b".cjs", b".css"].iter().any(|end| name.ends_with(end))
}

/// The settings of a process, which hold whatever it signs in with.
fn is_env(name: &[u8]) -> bool {
    name == b".env" || name.starts_with(b".env.")
}

#[cfg(test)]
mod tests {
    use super::{PathClass, RepoPath};

    fn class(path: &str) -> PathClass {
        PathClass::of(&RepoPath::new(path.as_bytes()))
    }

    #[test]
    fn vendored_beats_test() {
        assert_eq!(class("vendor/x/tests/a.py"), PathClass::Vendored);
        assert_eq!(class("vendor/x/prod/.env"), PathClass::Vendored);
        assert_eq!(class("roles/x/tests/a.yml"), PathClass::Test);
    }

    #[test]
    fn what_a_program_wrote_is_generated() {
        for path in [
            "Cargo.lock",
            "flake.lock",
            "web/package-lock.json",
            "action/dist/index.js",
            "api/v1.pb.go",
            "src/generated/client.py",
            "js/app.min.js",
            "js/app.js.map",
        ] {
            assert_eq!(class(path), PathClass::Generated, "{path}");
        }
        assert_eq!(class("docker/build/mysql/Dockerfile"), PathClass::Normal);
        assert_eq!(class("src/a.py"), PathClass::Normal);
    }

    #[test]
    fn samples_and_recordings_are_tests() {
        for path in [
            ".env.example",
            "config.sample.yml",
            "app/config.php.dist",
            "a/__snapshots__/x.tsx",
            "spec/cassettes/login.yml",
            "src/x.spec.ts",
            "src/x.test.tsx",
            "example.env",
            "deploy/tests/a.yml",
            "values-example.yaml",
            "supply/sample-account.json",
            "src/tests.rs",
            "drivers/test-resources/auth.json",
            "FooTests.java",
        ] {
            assert_eq!(class(path), PathClass::Test, "{path}");
        }
    }

    #[test]
    fn what_is_written_about_it_is_documentation() {
        for path in ["docs/index.html", "README.md", "a/readme", "doc/x/a.yml", "a/b.adoc"] {
            assert_eq!(class(path), PathClass::Docs, "{path}");
        }
        assert_eq!(class("examples/README.md"), PathClass::Test);
        assert_eq!(class("docs/examples/a.yml"), PathClass::Test);
        assert_eq!(class("vendor/a/README.md"), PathClass::Vendored);
    }

    #[test]
    fn what_is_in_use_is_no_test() {
        for path in [
            ".env",
            "tests/.env",
            "examples/.env.production",
            "prod/db.yml",
            "docs/deploy/values.yaml",
            "test/secrets/app.yml",
            "examples/x/.github/workflows/ci.yml",
            ".github/workflows/test.yml",
            "template.yaml",
            "certs/shop_example.com.key",
        ] {
            assert_eq!(class(path), PathClass::Normal, "{path}");
        }
    }
}
