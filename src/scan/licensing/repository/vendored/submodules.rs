// SPDX-License-Identifier: MIT OR Apache-2.0
//! Submodules: the licence of what is in another repository cannot be told from here.

use std::net::IpAddr;

use super::{Ground, Report, weigh};
use crate::{
    domain::{RepoPath, Severity},
    repo::EntryKind,
    scan::licensing::{bundle::Submodule, repository::Gap},
};

/// Hosts on which anybody can read what is public.
const PUBLIC: &[&str] = &[
    "github.com",
    "gitlab.com",
    "codeberg.org",
    "bitbucket.org",
    "git.sr.ht",
    "hg.sr.ht",
    "kernel.org",
    "gnu.org",
    "savannah.nongnu.org",
    "debian.org",
    "freedesktop.org",
    "gnome.org",
    "kde.org",
    "sourceforge.net",
    "code.sf.net",
    "launchpad.net",
    "gitee.com",
    "notabug.org",
    "apache.org",
    "googlesource.com",
    "googlecode.com",
    "wikimedia.org",
    "mozilla.org",
    "openstack.org",
    "opendev.org",
    "eclipse.org",
    "qt.io",
    "videolan.org",
    "pagure.io",
    "fedoraproject.org",
    "git.io",
    "gitea.com",
    "framagit.org",
    "framasoft.org",
    "inria.fr",
    "torproject.org",
    "xfce.org",
    "libreoffice.org",
    "sourceware.org",
    "gcc.gnu.org",
    "postgresql.org",
    "php.net",
    "python.org",
    "alpinelinux.org",
    "archlinux.org",
    "gentoo.org",
    "zx2c4.com",
    "openbsd.org",
    "netfilter.org",
    "haxx.se",
    "radicle.xyz",
    "disroot.org",
    "huggingface.co",
    "gitorious.org",
    "repo.or.cz",
    "salsa.debian.org",
];

/// Labels of hosts that only their owners reach.
const PRIVATE: [&str; 17] = [
    "corp",
    "internal",
    "int",
    "intranet",
    "intra",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "priv",
    "private",
    "vpn",
    "home",
    "arpa",
    "inhouse",
    "office",
    "prod",
];

/// Judges every submodule.
pub(super) fn judge(scan: &Ground<'_>, report: &mut Report<'_>) {
    let list = RepoPath::new(b".gitmodules");
    let entries = scan.bundle(&list).map_or(&[] as &[Submodule], |bundle| &bundle.submodules);
    for entry in entries {
        let home = RepoPath::new(entry.path.as_bytes());
        // Once its files were put into the tree they are judged as such.
        if scan.has_folder(&home) {
            continue;
        }
        let origin = Origin::of(&entry.url);
        let evidence =
            format!("{}: its content is in another repository, {}", entry.path, origin.words());
        let mut gap = Gap::new("submodule-unknown", &list, &entry.path)
            .at(Some(&entry.span))
            .because(evidence)
            .note(origin.note());
        if !origin.is_private() {
            gap = gap.at_most(Severity::Medium);
        }
        report.push(weigh(gap, false));
    }
    let known =
        |path: &RepoPath| entries.iter().any(|entry| entry.path.as_bytes() == path.as_bytes());
    for (path, _) in scan.tree.iter().filter(|(_, kind)| *kind == EntryKind::Submodule) {
        if !known(path) {
            let value = path.to_string();
            let gap = Gap::new("submodule-unknown", path, &value)
                .because(format!("{value} is a submodule that .gitmodules does not name"))
                .note("nothing says where it comes from")
                .at_most(Severity::Medium);
            report.push(weigh(gap, false));
        }
    }
}

/// Where a submodule comes from.
#[derive(Debug, PartialEq, Eq)]
enum Origin {
    /// A host where anybody can read it.
    Public(String),
    /// A host of which that is not known.
    Unknown(String),
    /// A host that only its owners reach, or want logins of.
    Private(String),
    /// Beside this repository, wherever that is.
    Relative(String),
    /// A folder on somebody's disk.
    Folder,
    /// Nothing was written down.
    Nowhere,
}

impl Origin {
    fn of(url: &str) -> Self {
        let url = url.trim();
        if url.is_empty() {
            return Self::Nowhere;
        }
        if url.starts_with("./") || url.starts_with("../") {
            return Self::Relative(url.to_owned());
        }
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        if scheme == "file" || url.starts_with(['/', '~']) {
            return Self::Folder;
        }
        let authority = rest.split('/').next().unwrap_or(rest);
        // `git@host:path` is the short form of ssh.
        let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(u, h)| (u, h));
        let short = scheme.is_empty() && host.contains(':');
        if scheme.is_empty() && !short {
            return if user.is_empty() { Self::Folder } else { Self::Unknown(host.to_owned()) };
        }
        let host = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or(rest),
            None => host.split(':').next().unwrap_or(host),
        };
        let host = host.to_ascii_lowercase();
        let public = PUBLIC.iter().any(|known| {
            host == *known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.'))
        });
        let ssh = short || scheme.contains("ssh");
        match () {
            () if public => Self::Public(host),
            () if ssh || is_private(&host) || scheme == "http" && user.contains(':') => {
                Self::Private(host)
            }
            () => Self::Unknown(host),
        }
    }

    fn is_private(&self) -> bool {
        matches!(self, Self::Private(_) | Self::Folder)
    }

    fn words(&self) -> String {
        match self {
            Self::Public(host) | Self::Unknown(host) | Self::Private(host) => format!("on {host}"),
            Self::Relative(path) => format!("at {path} from this one"),
            Self::Folder => "in a folder of somebody's disk".into(),
            Self::Nowhere => "and nothing says where".into(),
        }
    }

    fn note(&self) -> String {
        match self {
            Self::Public(host) => format!("{host} is public; its licence is to be looked up there"),
            Self::Unknown(host) => format!("whether {host} lets anybody in is not known"),
            Self::Private(host) => {
                format!("{host} seems to be private: a public clone fails there")
            }
            Self::Relative(_) => "it must be published beside this repository".into(),
            Self::Folder => "nobody else has that folder".into(),
            Self::Nowhere => "a clone fails there".into(),
        }
    }
}

fn is_private(host: &str) -> bool {
    if let Ok(address) = host.parse::<IpAddr>() {
        return match address {
            IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_link_local(),
            IpAddr::V6(v6) => v6.is_loopback() || v6.segments()[0] & 0xfe00 == 0xfc00,
        };
    }
    // `int` is a public domain at the end of a name.
    let own = |label: &str| PRIVATE.contains(&label) && !(label == "int" && host.ends_with(".int"));
    !host.contains('.') || host.split('.').any(own)
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn origins_are_told_apart() {
        let of = |url: &str| match Origin::of(url) {
            Origin::Public(_) => "public",
            Origin::Unknown(_) => "unknown",
            Origin::Private(_) => "private",
            Origin::Relative(_) => "relative",
            Origin::Folder => "folder",
            Origin::Nowhere => "nowhere",
        };
        for (url, expected) in [
            ("https://github.com/a/b", "public"),
            ("git@github.com:a/b.git", "public"),
            ("https://salsa.debian.org/a/b", "public"),
            ("https://notgithub.com/a", "unknown"),
            ("git@code.acme.example:a/b.git", "private"),
            ("ssh://git@code.acme.example:7999/a/b.git", "private"),
            ("https://git.corp.acme.example/a.git", "private"),
            ("https://10.1.2.3/a.git", "private"),
            ("http://gitlab/a.git", "private"),
            ("../sibling.git", "relative"),
            ("/srv/git/a.git", "folder"),
            ("", "nowhere"),
        ] {
            assert_eq!(of(url), expected, "{url}");
        }
    }
}
