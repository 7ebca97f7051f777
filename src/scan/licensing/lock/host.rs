// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which hosts anybody can fetch from.

use super::{MAX_NAME, Source};

/// Registries, hosts of source code and mirrors that anybody can read, and what is below them.
const PUBLIC: &[&str] = &[
    // Source code.
    "github.com",
    "githubusercontent.com",
    "github.io",
    "gitlab.com",
    "gitlab.io",
    "bitbucket.org",
    "codeberg.org",
    "gitea.com",
    "gitee.com",
    "sr.ht",
    "sourceforge.net",
    "sf.net",
    "launchpad.net",
    "pagure.io",
    "framagit.org",
    "notabug.org",
    "opendev.org",
    "googlesource.com",
    "savannah.gnu.org",
    "gnome.org",
    "gnu.org",
    "kde.org",
    "kernel.org",
    "debian.org",
    "ubuntu.com",
    "fedoraproject.org",
    "archlinux.org",
    "gentoo.org",
    "freedesktop.org",
    "haskell.org",
    "apache.org",
    "eclipse.org",
    "mozilla.org",
    "openstack.org",
    "wikimedia.org",
    "videolan.org",
    "torproject.org",
    "w3.org",
    "zx2c4.com",
    "alpinelinux.org",
    "postgresql.org",
    "python.org",
    "nixos.org",
    "flakehub.com",
    // Registries.
    "npmjs.org",
    "npmjs.com",
    "yarnpkg.com",
    "npmmirror.com",
    "npm.taobao.org",
    "jsr.io",
    "deno.land",
    "esm.sh",
    "unpkg.com",
    "jsdelivr.net",
    "pypi.org",
    "pypi.python.org",
    "pythonhosted.org",
    "pytorch.org",
    "anaconda.org",
    "crates.io",
    "rubygems.org",
    "packagist.org",
    "packagist.com",
    "wpackagist.org",
    "drupal.org",
    "asset-packagist.org",
    "hex.pm",
    "pub.dev",
    "pub.dartlang.org",
    "nuget.org",
    "maven.org",
    "maven.apache.org",
    "gradle.org",
    "dl.google.com",
    "maven.google.com",
    "jitpack.io",
    "cocoapods.org",
    "conan.io",
    "swift.org",
    "golang.org",
    "puppet.com",
    "puppetlabs.com",
    "chef.io",
    "getchef.com",
    "opscode.com",
    "ansible.com",
    "registry.terraform.io",
    "releases.hashicorp.com",
    "registry.opentofu.org",
    "helm.sh",
    "storage.googleapis.com",
    "artifacthub.io",
    "docker.io",
    "registry-1.docker.io",
    "quay.io",
    "ghcr.io",
    "gcr.io",
    "public.ecr.aws",
    "mcr.microsoft.com",
    "registry.k8s.io",
];

/// Below a public host, yet read only by those who sign in.
const CLOSED: &[&str] = &[
    "npm.pkg.github.com",
    "maven.pkg.github.com",
    "nuget.pkg.github.com",
    "rubygems.pkg.github.com",
    "composer.pkg.github.com",
    "repo.packagist.com",
    "private.packagist.com",
];

/// Top-level domains that no public host has.
const PRIVATE_ENDS: &[&str] = &[
    "internal",
    "local",
    "localdomain",
    "localhost",
    "lan",
    "corp",
    "intra",
    "intranet",
    "private",
    "home",
    "test",
    "invalid",
    "example",
];

/// Labels that organisations give to what is theirs.
const PRIVATE_LABELS: &[&str] = &[
    "corp",
    "internal",
    "intern",
    "intranet",
    "int",
    "ghe",
    "stash",
    "nexus",
    "artifactory",
    "jfrog",
    "codeartifact",
    "visualstudio",
    "private",
];

impl Source {
    /// Reads where a package comes from, in whatever way a lock file writes it. A host that is
    /// not known counts as one that not everybody can read.
    pub(super) fn of(text: &str) -> Self {
        match place(text) {
            Place::Path(path) => Self::Path(path.into()),
            Place::Host(host) if !is_public(&host) => Self::Host(host.into()),
            Place::Host(_) | Place::Nowhere => Self::Public,
        }
    }

    /// The same where everybody serves packages from hosts of their own: charts, Go, Nix.
    pub(super) fn open(text: &str) -> Self {
        match Self::of(text) {
            Self::Host(host) if !looks_private(&host) => Self::Open(host),
            other => other,
        }
    }
}

enum Place {
    Path(String),
    Host(String),
    Nowhere,
}

fn place(text: &str) -> Place {
    let text = text.trim().trim_matches(['"', '\'']);
    if text.is_empty() || text.len() > 8 * MAX_NAME {
        return Place::Nowhere;
    }
    let mut rest = text;
    for prefix in ["registry+", "sparse+", "git+", "hg+", "svn+", "bzr+", "direct+"] {
        rest = rest.strip_prefix(prefix).unwrap_or(rest);
    }
    for scheme in ["file://", "file:", "link:", "portal:", "path:", "workspace:", "directory+"] {
        if let Some(path) = rest.strip_prefix(scheme) {
            return path_of(path);
        }
    }
    if rest.starts_with('.')
        || rest.starts_with('/') && !rest.starts_with("//")
        || rest.starts_with('~')
    {
        return path_of(rest);
    }
    if let Some((_, after)) = rest.split_once("://") {
        return host_of(after);
    }
    // `git@host:owner/name`, but not `github:owner/name`.
    match rest.split_once(':') {
        Some((user, _)) if user.contains('@') && !user.contains('/') => host_of(user),
        _ => Place::Nowhere,
    }
}

fn path_of(path: &str) -> Place {
    let end = path.find(['#', '?']).unwrap_or(path.len());
    Place::Path(path[..end.min(path.floor_char_boundary(MAX_NAME))].to_owned())
}

fn host_of(rest: &str) -> Place {
    let end = rest.find(['/', '?', '#', ' ']).unwrap_or(rest.len());
    let place = &rest[..end];
    let place = place.rsplit_once('@').map_or(place, |(_, host)| host);
    let host = place.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let fits = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    if host.is_empty() || !fits || host.len() > 253 { Place::Nowhere } else { Place::Host(host) }
}

fn is_public(host: &str) -> bool {
    let within = |known: &&str| {
        host.strip_suffix(*known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    PUBLIC.iter().any(within) && !CLOSED.contains(&host)
}

/// Returns whether the name alone says that not everybody can reach `host`.
pub(in crate::scan::licensing) fn looks_private(host: &str) -> bool {
    let mut labels = host.split('.');
    let first = labels.next().unwrap_or_default();
    let last = host.rsplit('.').next().unwrap_or_default();
    let numeric = last.bytes().all(|byte| byte.is_ascii_digit());
    let sample =
        ["example.com", "example.org", "example.net"].iter().any(|end| host.ends_with(end));
    !host.contains('.')
        || numeric
        || sample
        || PRIVATE_ENDS.contains(&last)
        || host.split('.').any(|label| PRIVATE_LABELS.contains(&label))
        || matches!(first, "git" | "gitlab" | "gitea" | "ghes" | "scm") && !is_public(host)
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn sources_in_every_notation() {
        let host = |text: &str| match Source::of(text) {
            Source::Host(host) => format!("host {host}"),
            Source::Path(path) => format!("path {path}"),
            Source::Open(host) => format!("open {host}"),
            Source::Public => "public".to_owned(),
        };
        for text in [
            "https://registry.npmjs.org/a/-/a-1.0.0.tgz",
            "registry+https://github.com/rust-lang/crates.io-index",
            "git+ssh://git@github.com/a/b.git#0123",
            "git@github.com:a/b.git",
            "github:a/b",
            "",
        ] {
            assert_eq!(host(text), "public", "{text}");
        }
        for text in [
            "git+ssh://git@git.corp.example/a/b.git",
            "git@git.corp.example:a/b.git",
            "https://user:word@git.corp.example:8443/a?b#c",
            "ssh://git.corp.example/a",
        ] {
            assert_eq!(host(text), "host git.corp.example", "{text}");
        }
        assert_eq!(host("https://npm.pkg.github.com/a"), "host npm.pkg.github.com");
        assert_eq!(host("https://notgithub.com/a"), "host notgithub.com");
        assert_eq!(host("file:../shared"), "path ../shared");
        assert_eq!(host("./b"), "path ./b");
    }

    #[test]
    fn open_hosts_are_judged_by_their_names() {
        let private = |text: &str| matches!(Source::open(text), Source::Host(_));
        assert!(private("https://charts.corp.example/x") && private("https://git.acme.com/x"));
        assert!(private("https://nexus.acme.com/x") && private("oci://10.0.0.1:5000/x"));
        assert!(!private("https://charts.bitnami.com/x") && !private("https://k8s.io/api"));
    }
}
