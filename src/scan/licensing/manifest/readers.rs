// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which files are manifests. Formats without a field for the licence are not among them:
//! go.mod, Terraform modules, Salt's FORMULA, requirements.yml, Berksfile, Puppetfile, Gemfile.

use super::{Reader, code, data, documents, lines, packages, perl};
use crate::domain::RepoPath;

/// Returns the format of the file at `path` and who reads it.
pub(super) fn of(path: &RepoPath, text: &[u8]) -> Option<(&'static str, Reader)> {
    let name = path.file_name().to_ascii_lowercase();
    let name = std::str::from_utf8(&name).ok()?;
    by_name(name, path).or_else(|| by_ending(name)).or_else(|| by_content(name, text))
}

fn by_name(name: &str, path: &RepoPath) -> Option<(&'static str, Reader)> {
    let parent = path.parent();
    let folder = parent.file_name();
    let reader: (&str, Reader) = match name {
        "cargo.toml" => ("Cargo.toml", data::cargo),
        "pyproject.toml" => ("pyproject.toml", data::pyproject),
        "package.json" => ("package.json", data::npm),
        "bower.json" => ("bower.json", data::bower),
        "composer.json" => ("composer.json", data::composer),
        "metadata.json" => ("metadata.json", data::puppet_or_chef),
        "elm.json" => ("elm.json", data::elm),
        "vcpkg.json" => ("vcpkg.json", data::optional),
        "dub.json" => ("dub.json", data::dub),
        "codemeta.json" => ("codemeta.json", data::codemeta),
        ".zenodo.json" => (".zenodo.json", data::zenodo),
        "meta.json" => ("META.json", data::cpan),
        "setup.cfg" => ("setup.cfg", lines::setup_cfg),
        "setup.py" => ("setup.py", code::setup_py),
        "galaxy.yml" | "galaxy.yaml" => ("galaxy.yml", documents::galaxy),
        "main.yml" | "main.yaml" if folder == b"meta" => {
            ("Ansible meta/main.yml", documents::ansible_role)
        }
        "metadata.rb" => ("Chef metadata.rb", code::chef),
        "modulefile" => ("Puppet Modulefile", code::chef),
        "chart.yaml" | "chart.yml" => ("Chart.yaml", documents::chart),
        "citation.cff" => ("CITATION.cff", documents::optional),
        "snapcraft.yaml" | "snapcraft.yml" => ("snapcraft.yaml", documents::optional),
        "meta.yml" => ("META.yml", documents::cpan),
        "pom.xml" => ("pom.xml", documents::pom),
        "package.xml" => ("package.xml", documents::ros),
        "build.gradle" | "build.gradle.kts" => ("build.gradle", code::gradle),
        "mix.exs" => ("mix.exs", code::mix),
        "conanfile.py" => ("conanfile.py", code::conan),
        "dub.sdl" => ("dub.sdl", lines::dub),
        "description" => ("DESCRIPTION", lines::r_description),
        "opam" => ("opam", lines::opam),
        "dist.ini" => ("dist.ini", perl::dist_ini),
        "makefile.pl" | "build.pl" => ("Makefile.PL", perl::makefile),
        "copyright" if folder == b"debian" => ("debian/copyright", packages::debian),
        "dockerfile" | "containerfile" => ("Dockerfile label", packages::dockerfile),
        _ => return None,
    };
    Some(reader)
}

fn by_ending(name: &str) -> Option<(&'static str, Reader)> {
    let endings: [(&str, &'static str, Reader); 16] = [
        (".gemspec", "gemspec", code::gemspec),
        (".podspec", "podspec", code::podspec),
        (".podspec.json", "podspec", data::podspec),
        (".cabal", "cabal file", lines::cabal),
        (".opam", "opam", lines::opam),
        (".rockspec", "rockspec", code::rockspec),
        (".nuspec", "nuspec", documents::nuspec),
        (".csproj", "project file", documents::msbuild),
        (".fsproj", "project file", documents::msbuild),
        (".vbproj", "project file", documents::msbuild),
        ("directory.build.props", "Directory.Build.props", documents::msbuild),
        (".metainfo.xml", "metainfo.xml", documents::appstream),
        (".appdata.xml", "metainfo.xml", documents::appstream),
        (".spec", "RPM spec", packages::rpm),
        (".dockerfile", "Dockerfile label", packages::dockerfile),
        (".containerfile", "Dockerfile label", packages::dockerfile),
    ];
    if name.starts_with("dockerfile.") || name.starts_with("containerfile.") {
        return Some(("Dockerfile label", packages::dockerfile));
    }
    let found = endings.into_iter().find(|(end, ..)| name.ends_with(end));
    found.map(|(_, kind, read)| (kind, read))
}

/// An OpenAPI document may have any name; its first keys tell.
fn by_content(name: &str, text: &[u8]) -> Option<(&'static str, Reader)> {
    let head = &text[..text.len().min(256)];
    let has = |word: &[u8]| memchr::memmem::find(head, word).is_some();
    if name.ends_with(".json") {
        let api = has(b"\"openapi\"") || has(b"\"swagger\"");
        return api.then_some(("OpenAPI document", data::openapi as Reader));
    }
    let yaml = name.ends_with(".yaml") || name.ends_with(".yml");
    let line = |word: &[u8]| head.starts_with(word) || has(&[b"\n", word].concat());
    let api = yaml && (line(b"openapi:") || line(b"swagger:"));
    api.then_some(("OpenAPI document", documents::openapi as Reader))
}
