// SPDX-License-Identifier: MIT OR Apache-2.0
//! Folders in which each file is called after a machine or a person.

use crate::domain::RepoPath;

/// What the files of a folder are called after, as far as its own name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Hosts, whatever they are called.
    Hosts,
    /// Hosts, if most of them are called like one.
    MaybeHosts,
    /// People who wrote the repository, if some are.
    People,
}

/// Returns the kind of the folder `dir`.
pub(super) fn kind(dir: &RepoPath) -> Option<Kind> {
    match dir.file_name().to_ascii_lowercase().as_slice() {
        b"host_vars" => Some(Kind::Hosts),
        b"hosts" | b"host" | b"nodes" | b"node" | b"machines" | b"servers" | b"hosts.d"
        | b"fqdn" | b"hostnames" | b"minions" | b"inventory" | b"inventories" | b"host-keys"
        | b"certname" | b"trusted" => Some(Kind::MaybeHosts),
        b"users" | b"user" | b"people" | b"home" | b"homes" | b"accounts" | b"admins"
        | b"staff" | b"team" | b"pubkeys" | b"public_keys" | b"ssh_keys" | b"ssh-keys"
        | b"sshkeys" | b"authorized_keys" | b"keys" => Some(Kind::People),
        _ => None,
    }
}

/// Ends of names that say what a file is and not whose.
const ENDS: [&[u8]; 42] = [
    b"yml", b"yaml", b"json", b"toml", b"ini", b"conf", b"cfg", b"cnf", b"txt", b"md", b"rst",
    b"erb", b"epp", b"j2", b"tmpl", b"tpl", b"tt", b"pp", b"rb", b"py", b"sh", b"nix", b"tf",
    b"hcl", b"tfvars", b"sls", b"pub", b"key", b"pem", b"crt", b"cert", b"csr", b"asc", b"gpg",
    b"age", b"enc", b"eyaml", b"xml", b"service", b"html", b"zone", b"default",
];

/// Returns the length of `name` without what says what kind of file it is.
pub(super) fn stem(name: &[u8]) -> usize {
    let mut end = name.len();
    while let Some(dot) = memchr::memrchr(b'.', &name[..end]).filter(|dot| *dot > 0) {
        if !ENDS.contains(&name[dot + 1..end].to_ascii_lowercase().as_slice()) {
            break;
        }
        end = dot;
    }
    end
}

/// Names in folders of hosts that stand for none, or for any.
const STOCK: [&[u8]; 22] = [
    b"localhost",
    b"all",
    b"default",
    b"defaults",
    b"common",
    b"main",
    b"init",
    b"index",
    b"readme",
    b"vagrant",
    b"host",
    b"hosts",
    b"hostname",
    b"node",
    b"server",
    b"template",
    b"dummy",
    b"controller",
    b"127.0.0.1",
    b"group_vars",
    b"host_vars",
    b"tasks",
];

/// Whether a name in a folder of hosts stands for none of them.
pub(super) fn is_stock(stem: &[u8]) -> bool {
    let lower = stem.to_ascii_lowercase();
    let made_up: [&[u8]; 6] = [b"example", b"sample", b"test", b"some", b"your", b"my-"];
    lower.starts_with(b".")
        || lower.starts_with(b"_")
        || STOCK.contains(&lower.as_slice())
        || made_up.iter().any(|word| lower.starts_with(word))
        || lower.ends_with(b".example")
        || lower.ends_with(b".test")
        || memchr::memmem::find(&lower, b"example.").is_some()
}

/// Whether a name is one of a machine by its form: `db2038`, `web-3`, `db1.prod.corp`.
pub(super) fn is_hostlike(stem: &[u8]) -> bool {
    let fits = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    let letter = stem.first().is_some_and(u8::is_ascii_lowercase);
    if !letter || stem.len() < 3 || !stem.iter().all(fits) || is_stock(stem) {
        return false;
    }
    let labels: Vec<&[u8]> = stem.split(|b| *b == b'.').collect();
    let last = labels.last().copied().unwrap_or_default();
    let domain = labels.len() >= 3 || labels.len() == 2 && labels[0].iter().any(u8::is_ascii_digit);
    let dotted = domain && last.len() >= 2 && last.iter().all(u8::is_ascii_lowercase);
    let first = labels[0];
    let digits = first.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let counted = labels.len() == 1 && (1..=5).contains(&digits) && first.len() - digits >= 2;
    dotted || counted
}

#[cfg(test)]
mod tests {
    use super::{is_hostlike, is_stock, stem};

    #[test]
    fn an_end_says_what_kind_of_file_it_is() {
        let cut = |name: &'static str| &name[..stem(name.as_bytes())];
        assert_eq!(cut("db1.corp.example.yml"), "db1.corp.example");
        assert_eq!(cut("db1.corp.example"), "db1.corp.example");
        assert_eq!(cut("a.cfg.j2"), "a");
        assert_eq!(cut(".yml"), ".yml");
    }

    #[test]
    fn machines_are_numbered_or_have_a_domain() {
        for name in ["db2038", "web-3", "db1.prod.corp", "core01.ofborg.org", "mx.initech.net"] {
            assert!(is_hostlike(name.as_bytes()), "{name}");
        }
        for name in ["main", "Binary1", "a1", "v1.2.3", "some-host1", "site.css", "db-12345678"] {
            assert!(!is_hostlike(name.as_bytes()), "{name}");
        }
        assert!(is_stock(b"localhost") && is_stock(b"web1.example.com") && !is_stock(b"caliban"));
    }
}
