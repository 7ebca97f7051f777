// SPDX-License-Identifier: MIT OR Apache-2.0
//! One declaration of each format, where it stands, and files that only look like a manifest.

use super::{Claim, read};
use crate::{
    domain::RepoPath,
    scan::{PathFacts, View},
};

fn claim(name: &str, text: &str) -> String {
    let path = RepoPath::new(name.as_bytes());
    let Some(manifest) = read(&path, &View::new(&PathFacts::of(&path), text.as_bytes())) else {
        return "nothing".into();
    };
    let mut out = match manifest.claim {
        Claim::Missing => "missing".into(),
        Claim::Elsewhere => "elsewhere".into(),
        Claim::Declared(declared, span) => {
            format!("{}@{}", declared.text, span.map_or(0, |span| span.line))
        }
    };
    for (declared, _) in manifest.also {
        out += &format!(" also {}", declared.text);
    }
    for (file, _) in manifest.files {
        out += &format!(" file {file}");
    }
    out + if manifest.inherits { " inherits" } else { "" }
}

#[test]
fn cargo_and_python() {
    assert_eq!(claim("Cargo.toml", "[package]\nname = \"a\"\nlicense = \"MIT\"\n"), "MIT@3");
    assert_eq!(claim("Cargo.toml", "[package]\nname = \"a\"\n"), "missing");
    for publish in ["publish = false", "publish = []", "publish.workspace = true"] {
        let text = format!("[package]\nname = \"a\"\n{publish}\n");
        assert_eq!(claim("Cargo.toml", &text), "elsewhere", "{publish}");
    }
    for publish in ["publish = true", "publish = [\"crates-io\"]"] {
        let text = format!("[package]\nname = \"a\"\n{publish}\n");
        assert_eq!(claim("Cargo.toml", &text), "missing", "{publish}");
    }
    assert_eq!(claim("Cargo.toml", "[package]\nlicense.workspace = true\n"), "elsewhere inherits");
    assert_eq!(claim("Cargo.toml", "[workspace]\nmembers = []\n"), "elsewhere");
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
        "elsewhere file COPYING"
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
    assert_eq!(claim("pom.xml", "<project><parent/></project>"), "elsewhere inherits");
    assert_eq!(
        claim("Dockerfile", "FROM x\nLABEL org.opencontainers.image.licenses=\"MIT\"\n"),
        "MIT@2"
    );
    assert_eq!(claim("Dockerfile", "FROM x\n"), "nothing");
}

#[test]
fn yaml_in_its_styles() {
    for (text, want) in [
        ("namespace: a\nlicense: [MIT, 'ISC']\n", "MIT OR ISC@2"),
        ("{namespace: a, license: MIT}\n", "MIT@1"),
        ("\u{feff}---\r\nnamespace: a\r\nlicense:\r\n- MIT # x\r\n", "MIT@4"),
        ("namespace: &n MIT\nlicense: *n\n", "MIT@0"),
        ("namespace: a\n\"license\": \"MIT\"\n", "MIT@2"),
        ("namespace: a\nlicense: >-\n  MIT\n", "MIT@3"),
        ("namespace: a\nlicense: MIT\nbroken: {{ x }\n  - y: [\n", "MIT@2"),
        ("namespace: a\nbroken: {{ x }\n  - y: [\nlicense: MIT\n", "missing"),
        ("namespace: a\nlicense: ''\n", "missing"),
        ("name: a\nlicense: MIT\n", "nothing"),
    ] {
        assert_eq!(claim("galaxy.yml", text), want, "{text}");
    }
    let chart = "apiVersion: v2\nannotations:\n  # c\n  licenses: |\n    Apache-2.0\n";
    assert_eq!(claim("c/Chart.yaml", chart), "Apache-2.0@5");
}

#[test]
fn python_and_rust_beyond_the_plain() {
    let both = "[project]\nname = \"a\"\nlicense = \"MIT\"\nclassifiers = [\"License :: OSI Approved :: Apache Software License\"]\n";
    assert_eq!(claim("pyproject.toml", both), "MIT@3 also Apache Software License");
    let file = "[project]\nname = \"a\"\nlicense = { file = \"LICENCE\" }\n[build-system]\n";
    assert_eq!(claim("pyproject.toml", file), "elsewhere file LICENCE");
    let poetry = "[tool.poetry]\nname = \"a\"\nlicense = \"MIT\"\n";
    assert_eq!(claim("pyproject.toml", poetry), "MIT@3");
    let whole = "[project]\nname = \"a\"\nlicense = { text = \"\"\"MIT License\n\nCopyright\"\"\" }\nclassifiers = []\n";
    assert_eq!(claim("pyproject.toml", whole), "elsewhere");
    let broken = "[package]\nname = \"a\"\nlicense = \"MIT\"\n[[[\n";
    assert_eq!(claim("Cargo.toml", broken), "MIT@3");
    assert_eq!(
        claim(
            "Cargo.toml",
            "[workspace.package]\nlicense = \"MIT\"\n[package]\nname = \"a\"\nlicense.workspace = true"
        ),
        "MIT@2 inherits"
    );
    assert_eq!(
        claim("Cargo.toml", "[package]\nname = \"a\"\nlicense-file = \"L\"\n"),
        "elsewhere file L"
    );
    assert_eq!(
        claim(
            "setup.cfg",
            "[metadata]\nname = a\nclassifiers =\n    License :: OSI Approved :: MIT License\n"
        ),
        "MIT License@4"
    );
    assert_eq!(
        claim("setup.cfg", "[metadata]\nname = a\nlicense_files = LICENSE\n"),
        "elsewhere file LICENSE"
    );
    assert_eq!(claim("setup.py", "setup(\n  name='a', license=read('X'))"), "elsewhere");
    assert_eq!(claim("setup.py", "setup(\n  name='a', # license='X'\n  license = \"MIT\")"), "X@2");
}

#[test]
fn other_languages() {
    for (name, text, want) in [
        ("DESCRIPTION", "Package: a\nLicense: GPL (>= 2)\n", "GPL (>= 2)@2"),
        ("DESCRIPTION", "a text\nLicense: none\n", "nothing"),
        (
            "a.cabal",
            "name: a\nlicense:  BSD-3-Clause\nlicense-file: LICENSE\nlibrary\n  license: x\n",
            "BSD-3-Clause@2 file LICENSE",
        ),
        ("mix.exs", "defp package do\n  [licenses: [\"MIT\", \"ISC\"]]\nend\n", "MIT OR ISC@2"),
        ("mix.exs", "def project do\n  [package: package()]\nend\n", "missing"),
        ("mix.exs", "def project do\n  []\nend\n", "elsewhere"),
        ("elm.json", r#"{"type": "package", "license": "MIT"}"#, "MIT@1"),
        ("elm.json", r#"{"type": "application"}"#, "nothing"),
        ("dub.sdl", "name \"a\"\nlicense \"MIT\"\n", "MIT@2"),
        ("dub.json", r#"{"name": "a", "license": "MIT"}"#, "MIT@1"),
        ("a-1.rockspec", "package = \"a\"\ndescription = {\n  license = \"MIT\"\n}\n", "MIT@3"),
        ("META.json", r#"{"meta-spec": {"version": 2}, "license": ["perl_5"]}"#, "perl_5@1"),
        ("META.yml", "meta-spec:\n  version: 1\nlicense: perl\n", "perl@3"),
        ("dist.ini", "name = A\nlicense = Perl_5\n[@Basic]\nlicense = x\n", "Perl_5@2"),
        ("Makefile.PL", "WriteMakefile(\n  'LICENSE' => 'artistic_2',\n);\n", "artistic_2@2"),
        ("a.podspec", "Pod::Spec.new do |s|\n  s.license = { type: 'MIT', file: 'L' }\n", "MIT@2"),
        ("a.podspec", "Pod::Spec.new do |s|\n  s.license = 'MIT'\n", "MIT@2"),
        ("vcpkg.json", r#"{"name": "a", "license": "MIT"}"#, "MIT@1"),
        ("vcpkg.json", r#"{"name": "a", "license": null}"#, "elsewhere"),
        ("conanfile.py", "class A(ConanFile):\n    license = \"MIT\"\n", "MIT@2"),
        ("a.opam", "opam-version: \"2.0\"\nlicense: \"MIT\"\n", "MIT@2"),
        (
            "build.gradle",
            "pom {\n  licenses {\n    license {\n      name = 'Apache-2.0'\n      url = 'u'\n    }\n  }\n  name = 'x'\n}\n",
            "Apache-2.0@4",
        ),
        ("build.gradle.kts", "licenses {\n license {\n  name.set(\"MIT\")\n }\n}\n", "MIT@3"),
        ("build.gradle", "license { header rootProject.file('x') }\nname = 'a'\n", "elsewhere"),
        (
            "a.gemspec",
            "Gem::Specification.new do |s|\n  s.licenses = %w[MIT ISC]\nend",
            "MIT OR ISC@2",
        ),
        ("a.gemspec", "Gem::Specification.new do |s|\n  s.license = LICENSE\nend", "elsewhere"),
    ] {
        assert_eq!(claim(name, text), want, "{name}: {text}");
    }
}

#[test]
fn packages_and_documents() {
    for (name, text, want) in [
        (
            "a.nuspec",
            "<?xml version=\"1.0\"?>\n<package><metadata>\n<license type=\"expression\">MIT</license></metadata></package>",
            "MIT@3",
        ),
        (
            "a.nuspec",
            "<package><metadata><license type=\"file\">L.txt</license></metadata></package>",
            "elsewhere file L.txt",
        ),
        (
            "a.nuspec",
            "<package><metadata><licenseUrl>https://opensource.org/licenses/MIT</licenseUrl></metadata></package>",
            "https://opensource.org/licenses/MIT@1",
        ),
        (
            "a.csproj",
            "<Project><PropertyGroup>\n<PackageLicenseExpression>MIT</PackageLicenseExpression></PropertyGroup></Project>",
            "MIT@2",
        ),
        ("a.csproj", "<Project/>", "elsewhere"),
        ("pom.xml", "<project><!-- <licenses> --><name>x</name></project>", "missing"),
        (
            "pom.xml",
            "<project><parent><version>1</version></parent></project>",
            "elsewhere inherits",
        ),
        (
            "package.xml",
            "<package><maintainer>x</maintainer><license>BSD</license></package>",
            "BSD@1",
        ),
        (
            "org.a.metainfo.xml",
            "<component><metadata_license>CC0-1.0</metadata_license>\n<project_license>GPL-3.0+</project_license></component>",
            "GPL-3.0+@2",
        ),
        (
            "debian/copyright",
            "Format: x\n\nFiles: debian/*\nLicense: MIT\n\nFiles: *\nCopyright: us\nLicense: GPL-2+\n text: here\n",
            "GPL-2+@8",
        ),
        ("debian/copyright", "It was debianised by us.\n", "nothing"),
        (
            "a.spec",
            "%define x 1\nName: a\nVersion: 1\nLicense:  GPLv2+ and MIT\n%description\nLicense: x\n",
            "GPLv2+ and MIT@4",
        ),
        ("a.spec", "a: 1\n", "nothing"),
        ("snapcraft.yaml", "name: a\nlicense: MIT\n", "MIT@2"),
        (
            "api/v1.yaml",
            "openapi: 3.0.0\ninfo:\n  license:\n    name: Apache 2.0\n    url: x\n",
            "Apache 2.0@4",
        ),
        (
            "api/v1.json",
            r#"{"openapi": "3.1.0", "info": {"license": {"name": "x", "identifier": "MIT"}}}"#,
            "MIT@1",
        ),
        ("api/v1.yaml", "kind: x\nopenapi: 3\n", "elsewhere"),
        ("CITATION.cff", "cff-version: 1.2.0\nlicense:\n  - MIT\n", "MIT@3"),
        (".zenodo.json", r#"{"license": {"id": "cc-by-4.0"}}"#, "cc-by-4.0@1"),
        (
            "codemeta.json",
            r#"{"license": "https://spdx.org/licenses/MIT"}"#,
            "https://spdx.org/licenses/MIT@1",
        ),
    ] {
        assert_eq!(claim(name, text), want, "{name}: {text}");
    }
}

#[test]
fn labels_of_images() {
    for (text, want) in [
        (
            "LABEL a=b \\\n      # c\n      org.opencontainers.image.licenses=\"MIT\" \\\n      x=y\n",
            "MIT@3",
        ),
        ("LABEL org.opencontainers.image.licenses=Apache-2.0 x=y\n", "Apache-2.0@1"),
        ("LABEL \"org.opencontainers.image.licenses\"='MIT'\n", "MIT@1"),
        ("LABEL org.label-schema.license MIT\n", "MIT@1"),
        ("# LABEL org.opencontainers.image.licenses=MIT\n", "nothing"),
        ("RUN echo license=MIT\nLABEL a=b\nENV license=x\n", "nothing"),
        ("FROM a\nLABEL license=ISC\nFROM b\nLABEL license=MIT\n", "MIT@4"),
        ("LABEL org.opencontainers.image.licenses=${LICENSE}\n", "${LICENSE}@1"),
    ] {
        assert_eq!(claim("x.Dockerfile", text), want, "{text}");
    }
}

#[test]
fn formats_without_a_field() {
    for name in [
        "go.mod",
        "main.tf",
        "FORMULA",
        "requirements.yml",
        "Berksfile",
        "Puppetfile",
        "Gemfile",
        "pubspec.yaml",
        "Package.swift",
        "action.yml",
        "antora.yml",
    ] {
        assert_eq!(claim(name, "name: a\nlicense: MIT\n"), "nothing", "{name}");
    }
}
