// SPDX-License-Identifier: MIT OR Apache-2.0
//! Each format of lock files: which packages are seen, and which hosts count as not public.

use debut::domain::Licensing;

use crate::{found, judge, text};

/// Name, content, number of packages, and hosts or paths that are not public.
const SAMPLES: &[(&str, &str, usize, &[&str])] = &[
    (
        "package-lock.json",
        r#"{"lockfileVersion": 3, "packages": {
            "": {"name": "a", "license": "UNLICENSED"},
            "packages/b": {"name": "b", "license": "UNLICENSED"},
            "node_modules/b": {"resolved": "packages/b", "link": true},
            "node_modules/c": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/c/-/c-1.0.0.tgz"},
            "node_modules/c/node_modules/@x/d": {"resolved": "git+ssh://git@git.corp.example/d.git#1"},
            "node_modules/e": {"resolved": "file:../../e", "link": true}}}"#,
        3,
        &["git.corp.example", "../../e"],
    ),
    (
        "npm-shrinkwrap.json",
        r#"{"lockfileVersion": 1, "dependencies": {
            "a": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/a", "dependencies": {
                "b": {"version": "git+https://git.corp.example/b.git#1"}}}}}"#,
        2,
        &["git.corp.example"],
    ),
    (
        "composer.lock",
        r#"{"packages": [
            {"name": "a/b", "source": {"type": "git", "url": "https://github.com/a/b.git"},
             "dist": {"type": "zip", "url": "https://mirror.corp.example/b.zip"}},
            {"name": "c/d", "source": {"type": "git", "url": "git@git.corp.example:c/d.git"}}],
            "packages-dev": [{"name": "e/f", "dist": {"type": "path", "url": "../f"}}]}"#,
        3,
        &["git.corp.example", "../f"],
    ),
    (
        "Pipfile.lock",
        r#"{"_meta": {"sources": [{"url": "https://pypi.org/simple"}, {"url": "https://pypi.corp.example/x"}]},
            "default": {"a": {"version": "==1"}, "b": {"git": "https://github.com/b/b.git"}},
            "develop": {"c": {"version": "==1"}}}"#,
        3,
        &["pypi.corp.example"],
    ),
    (
        "packages.lock.json",
        r#"{"version": 1, "dependencies": {"net8.0": {
            "A": {"type": "Direct"}, "B": {"type": "Transitive"}, "ours": {"type": "Project"}},
            "net6.0": {"A": {"type": "Direct"}}}}"#,
        2,
        &[],
    ),
    (
        "Package.resolved",
        r#"{"pins": [{"identity": "a", "kind": "remoteSourceControl", "location": "https://github.com/a/a"},
            {"identity": "b", "location": "git@git.corp.example:b/b.git"}], "version": 2}"#,
        2,
        &["git.corp.example"],
    ),
    (
        "conan.lock",
        r#"{"version": "0.5", "requires": ["zlib/1.2.11#1%2"], "build_requires": ["cmake/3.20#1"]}"#,
        2,
        &[],
    ),
    (
        "flake.lock",
        r#"{"root": "root", "nodes": {"root": {"inputs": {"a": "a"}},
            "a": {"locked": {"type": "github", "owner": "NixOS", "repo": "nixpkgs"}},
            "b": {"locked": {"type": "git", "url": "ssh://git@git.corp.example/b"}}}}"#,
        2,
        &["git.corp.example"],
    ),
    (
        "bun.lock",
        "{\n // for Bun\n \"lockfileVersion\": 1,\n \"packages\": {\n  \"a\": [\"a@1.0.0\", \"\", {}, \"sha512-x\"],\n  \
         \"@b/c\": [\"@b/c@2.0.0\", \"https://npm.corp.example/c\", {}, \"y\",],\n  \"w\": [\"w@workspace:w\"],\n }\n}",
        2,
        &["npm.corp.example"],
    ),
    (
        "Cargo.lock",
        "version = 3\n[[package]]\nname = \"ours\"\nversion = \"1.0.0\"\n[[package]]\nname = \"a\"\n\
         source = \"registry+https://github.com/rust-lang/crates.io-index\"\n[[package]]\nname = \"b\"\n\
         source = \"git+ssh://git@git.corp.example/b?rev=1#2\"\n",
        2,
        &["git.corp.example"],
    ),
    (
        "poetry.lock",
        "[[package]]\nname = \"a\"\ncategory = \"main\"\n[[package]]\nname = \"b\"\n[package.source]\n\
         type = \"legacy\"\nurl = \"https://pypi.corp.example/simple\"\n[[package]]\nname = \"c\"\n\
         [package.source]\ntype = \"directory\"\nurl = \"../c\"\n",
        3,
        &["pypi.corp.example", "../c"],
    ),
    (
        "uv.lock",
        "version = 1\n[[package]]\nname = \"ours\"\nsource = { editable = \".\" }\n[[package]]\nname = \"a\"\n\
         source = { registry = \"https://pypi.org/simple\" }\n[[package]]\nname = \"b\"\n\
         source = { git = \"https://git.corp.example/b?rev=1\" }\n",
        2,
        &["git.corp.example"],
    ),
    (
        "pdm.lock",
        "[[package]]\nname = \"a\"\ngroups = [\"default\"]\n[[package]]\nname = \"b\"\n\
         git = \"https://git.corp.example/b\"\n",
        2,
        &["git.corp.example"],
    ),
    (
        "requirements.txt",
        "# what we need\n--extra-index-url https://user:word@pypi.corp.example/simple\n-r other.txt\n-e .\n\
         flask==1.0 \\\n    --hash=sha256:aa\nrequests[socks]>=2 ; python_version > '3'\n\
         -e git+ssh://git@git.corp.example/team/lib.git@main#egg=lib\n\
         b @ git+https://github.com/b/b@1\nThis list is for deployment.\n",
        4,
        &["git.corp.example", "pypi.corp.example"],
    ),
    (
        "yarn.lock",
        "# yarn lockfile v1\n\n\"@a/b@^1.0\", \"@a/b@^1.1\":\n  version \"1.1.0\"\n  resolved \
         \"https://registry.yarnpkg.com/@a/b/-/b-1.1.0.tgz#1\"\n\nc@^1:\n  version \"1.0.0\"\n  resolved \
         \"https://npm.corp.example/c/-/c-1.0.0.tgz\"\n",
        2,
        &["npm.corp.example"],
    ),
    (
        "pnpm-lock.yaml",
        "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies: {}\npackages:\n\n  '@a/b@1.0.0':\n    \
         resolution: {integrity: sha512-x}\n\n  c@1.0.0:\n    resolution: {tarball: \
         https://npm.corp.example/c.tgz}\n    dev: true\n\nsnapshots:\n\n  c@1.0.0: {}\n",
        2,
        &["npm.corp.example"],
    ),
    (
        "go.mod",
        "module example.org/us\n\ngo 1.22\n\nrequire github.com/a/b v1.0.0\nrequire (\n\tgo.uber.org/zap v1.0.0 // \
         indirect\n\tgit.corp.example/team/lib v0.1.0\n\tgithub.com/old/x v1.0.0\n)\nreplace github.com/old/x \
         => ../x\n",
        4,
        &["git.corp.example", "../x"],
    ),
    (
        "gradle.lockfile",
        "# This is a Gradle generated file\na.b:c:1.0=compileClasspath,runtimeClasspath\nd.e:f:1=testRuntime\nempty=\n",
        2,
        &[],
    ),
    (
        "mix.lock",
        "%{\n  \"a\": {:hex, :a, \"1.0.0\", \"x\", [:mix], [], \"hexpm\", \"y\"},\n  \
         \"b\": {:git, \"git@git.corp.example:b.git\", \"1\", []},\n}\n",
        2,
        &["git.corp.example"],
    ),
    (
        "Gemfile.lock",
        "GIT\n  remote: git@git.corp.example:a/a.git\n  revision: 1\n  specs:\n    a (1.0)\n      b (>= 1)\n\n\
         GEM\n  remote: https://rubygems.org/\n  specs:\n    b (1.0)\n    c (1.0)\n      b\n\nPLATFORMS\n  ruby\n",
        3,
        &["git.corp.example"],
    ),
    (
        ".terraform.lock.hcl",
        "provider \"registry.terraform.io/hashicorp/aws\" {\n  version = \"5.0.0\"\n}\n\
         provider \"terraform.corp.example/team/own\" {\n}\n",
        2,
        &["terraform.corp.example"],
    ),
    (
        "Puppetfile",
        "forge 'https://forge.puppet.com'\nmod 'puppetlabs/stdlib', '9.0.0'\nmod 'own',\n  :git => \
         'git@git.corp.example:own.git',\n  :ref => 'main'\nmod 'here', :local => true\n",
        2,
        &["git.corp.example"],
    ),
    (
        "Berksfile",
        "source 'https://supermarket.chef.io'\nmetadata\ncookbook 'apt', '~> 1'\ncookbook 'own', git: \
         'git@git.corp.example:own.git'\n",
        2,
        &["git.corp.example"],
    ),
    (
        "Chart.lock",
        "dependencies:\n- name: redis\n  repository: https://charts.bitnami.com/bitnami\n  version: 1.0.0\n\
         - name: own\n  repository: oci://registry.corp.example/charts\n  version: 1.0.0\ndigest: sha256:x\n",
        2,
        &["registry.corp.example"],
    ),
    (
        "requirements.yml",
        "---\nroles:\n  - geerlingguy.nginx\n  - src: git+https://git.corp.example/roles/own.git\n    name: own\n\
         collections:\n  - name: community.general\n    version: 1.0.0\n",
        3,
        &["git.corp.example"],
    ),
    (
        "pubspec.lock",
        "packages:\n  a:\n    dependency: \"direct main\"\n    description:\n      name: a\n      url: \
         \"https://pub.dev\"\n    source: hosted\n  b:\n    dependency: transitive\n    description:\n      path: \
         \".\"\n      url: \"https://git.corp.example/b\"\n    source: git\nsdks:\n  dart: \">=3\"\n",
        2,
        &["git.corp.example"],
    ),
    (
        "Podfile.lock",
        "PODS:\n  - A (1.0):\n    - A/Core (= 1.0)\n  - A/Core (1.0)\n  - B (1.0)\n  - R (1.0)\n\nDEPENDENCIES:\n  - A\n\n\
         SPEC REPOS:\n  trunk:\n    - A\n\nEXTERNAL SOURCES:\n  B:\n    :git: git@git.corp.example:b.git\n  \
         R:\n    :path: \"../node_modules/r\"\n",
        2,
        &["git.corp.example"],
    ),
];

#[test]
fn packages_and_hosts_of_every_format_are_read() {
    for (name, content, packages, hosts) in SAMPLES {
        let files = [text(name, content), text("packages/b/x.txt", "x")];
        let counted: usize =
            judge(Licensing::default(), &files).dependencies.iter().map(|one| one.packages).sum();
        assert_eq!(counted, *packages, "{name}");
        let found = found(&files);
        let mut seen: Vec<&str> = found
            .iter()
            .filter_map(|one| one.value.strip_prefix(name)?.strip_prefix(' '))
            .collect();
        seen.sort_unstable();
        let mut wanted = hosts.to_vec();
        wanted.sort_unstable();
        assert_eq!(seen, wanted, "{name}: {found:?}");
    }
}
