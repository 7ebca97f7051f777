// SPDX-License-Identifier: MIT OR Apache-2.0
//! One manifest of each format, under each kind of licence.

use debut::domain::Severity;

use super::{Checks, MIT, in_mit, names, scan};

/// One manifest of each format, with `@` where the licence stands.
pub(super) const FORMATS: [(&str, &str); 36] = [
    ("Cargo.toml", "[package]\nname = \"a\"\nlicense = \"@\"\n"),
    ("package.json", r#"{"name": "a", "license": "@"}"#),
    ("bower.json", r#"{"name": "a", "license": ["@"]}"#),
    ("pyproject.toml", "[project]\nname = \"a\"\nlicense = \"@\"\n"),
    ("setup.cfg", "[metadata]\nname = a\nlicense = @\n"),
    ("setup.py", "from setuptools import setup\nsetup(name='a', license='@')\n"),
    ("galaxy.yml", "namespace: a\nname: b\nlicense:\n  - @\n"),
    ("roles/r/meta/main.yml", "galaxy_info:\n  author: a\n  license: @\n"),
    ("cookbooks/c/metadata.rb", "name 'c'\nlicense '@'\n"),
    (
        "cookbooks/c/metadata.json",
        r#"{"name": "c", "version": "1", "platforms": {}, "license": "@"}"#,
    ),
    (
        "modules/m/metadata.json",
        r#"{"name": "a-m", "version": "1", "dependencies": [], "license": "@"}"#,
    ),
    ("c/Chart.yaml", "name: c\nannotations:\n  artifacthub.io/license: @\n"),
    ("composer.json", r#"{"name": "a/b", "license": "@"}"#),
    ("a.gemspec", "Gem::Specification.new do |s|\n  s.license = '@'\nend\n"),
    ("pom.xml", "<project><licenses><license><name>@</name></license></licenses></project>"),
    ("build.gradle", "licenses {\n  license {\n    name = '@'\n  }\n}\n"),
    (
        "a.nuspec",
        "<package><metadata><license type=\"expression\">@</license></metadata></package>",
    ),
    (
        "a.csproj",
        "<Project><PropertyGroup><PackageLicenseExpression>@</PackageLicenseExpression></PropertyGroup></Project>",
    ),
    ("DESCRIPTION", "Package: a\nLicense: @\n"),
    ("a.cabal", "name: a\nlicense: @\n"),
    ("mix.exs", "defp package do\n  [licenses: [\"@\"]]\nend\n"),
    ("elm.json", r#"{"type": "package", "license": "@"}"#),
    ("dub.json", r#"{"name": "a", "license": "@"}"#),
    ("a-1.rockspec", "package = 'a'\ndescription = { license = '@' }\n"),
    ("META.json", r#"{"meta-spec": {"version": 2}, "license": ["@"]}"#),
    ("Makefile.PL", "WriteMakefile(\n  LICENSE => '@',\n);\n"),
    ("a.podspec", "Pod::Spec.new do |s|\n  s.license = { :type => '@' }\nend\n"),
    ("vcpkg.json", r#"{"name": "a", "license": "@"}"#),
    ("a.opam", "opam-version: \"2.0\"\nlicense: \"@\"\n"),
    ("Dockerfile", "FROM a\nLABEL x=y \\\n  org.opencontainers.image.licenses=\"@\"\n"),
    ("debian/copyright", "Format: x\n\nFiles: *\nLicense: @\n"),
    ("a.spec", "Name: a\nVersion: 1\nLicense: @\n"),
    ("snapcraft.yaml", "name: a\nlicense: @\n"),
    ("a.metainfo.xml", "<component><project_license>@</project_license></component>"),
    ("openapi.yaml", "openapi: 3.0.0\ninfo:\n  license:\n    name: @\n"),
    ("CITATION.cff", "cff-version: 1.2.0\nlicense: @\n"),
];

#[test]
fn every_format_is_held_against_the_text() {
    let mut checks = Checks::default();
    for (name, template) in FORMATS {
        let text = |licence: &str| template.replace('@', licence);
        let found = scan(&[("LICENSE", MIT), (name, &text("GPL-3.0-only"))]);
        let [(rule, finding)] = found.as_slice() else {
            panic!("{name}: {} findings", found.len())
        };
        assert_eq!(rule, "manifest-contradicts", "{name}");
        let span = finding.place.span().expect("a place");
        assert_eq!(&text("GPL-3.0-only").as_bytes()[span.range()], b"GPL-3.0-only", "{name}");
        checks.same(&in_mit(&[(name, &text("MIT"))]), &[], name);
        checks.same(&in_mit(&[(name, &text("Proprietary"))]), &["manifest-proprietary"], name);
        checks.same(&in_mit(&[(name, &text("Our Own Terms"))]), &["manifest-invalid"], name);
    }
}

#[test]
fn what_is_missing_in_each_format() {
    let mut checks = Checks::default();
    for (name, text) in [
        ("Cargo.toml", "[package]\nname = \"a\"\n"),
        ("package.json", r#"{"name": "a", "version": "1"}"#),
        ("pyproject.toml", "[build-system]\nrequires = []\n[project]\nname = \"a\"\n"),
        ("setup.py", "from setuptools import setup\nsetup(name='a')\n"),
        ("galaxy.yml", "namespace: a\nname: b\n"),
        ("r/meta/main.yml", "galaxy_info:\n  author: a\n"),
        ("metadata.rb", "name 'a'\nversion '1'\n"),
        ("metadata.json", r#"{"name": "a-m", "version": "1", "dependencies": []}"#),
        ("composer.json", r#"{"name": "a/b", "require": {}}"#),
        ("a.gemspec", "Gem::Specification.new do |s|\n  s.name = 'a'\nend\n"),
        ("pom.xml", "<project><artifactId>a</artifactId></project>"),
        ("DESCRIPTION", "Package: a\n"),
        ("a.spec", "Name: a\nVersion: 1\n"),
    ] {
        let found = scan(&[("LICENSE", MIT), (name, text)]);
        let [(rule, finding)] = found.as_slice() else {
            panic!("{name}: {:?}", names(&[("LICENSE", MIT), (name, text)]))
        };
        assert!(rule == "manifest-missing" && finding.severity == Severity::Low, "{name}: {rule}");
    }
    for (name, text) in [
        ("Cargo.toml", "[package]\nname = \"a\"\npublish = false\n"),
        ("Cargo.toml", "[package]\nname = \"a\"\nlicense-file = \"LICENSE\"\n"),
        ("package.json", r#"{"name": "a", "version": "1", "private": true}"#),
        ("pyproject.toml", "[tool.poetry]\nname = \"a\"\npackage-mode = false\n"),
        ("examples/a/package.json", r#"{"name": "a", "version": "1"}"#),
        ("tests/fixtures/a/Cargo.toml", "[package]\nname = \"a\"\n"),
        ("c/Chart.yaml", "name: c\nversion: 1\n"),
        ("Dockerfile", "FROM a\n"),
        ("main.tf", "terraform {}\n"),
        ("go.mod", "module a\n"),
        ("FORMULA", "name: a\n"),
        ("requirements.yml", "roles: []\n"),
        ("Berksfile", "source 'x'\n"),
        ("Puppetfile", "mod 'a'\n"),
        ("Gemfile", "gem 'a'\n"),
        ("pubspec.yaml", "name: a\n"),
        ("pom.xml", "<project><parent><version>1</version></parent></project>"),
    ] {
        checks.same(&in_mit(&[(name, text)]), &[], &format!("{name}: {text}"));
    }
}
