// SPDX-License-Identifier: MIT OR Apache-2.0
//! Names of hosts and domains below `example.com`.

/// First labels that say what a site is for and nothing about whose it is.
const PUBLIC: &[&str] = &[
    "api",
    "assets",
    "blog",
    "bugs",
    "cdn",
    "chat",
    "docs",
    "download",
    "downloads",
    "ftp",
    "git",
    "help",
    "issues",
    "lists",
    "mail",
    "npm",
    "packages",
    "play",
    "pypi",
    "registry",
    "shop",
    "smtp",
    "static",
    "status",
    "support",
    "wiki",
    "www",
];

/// Last labels below which there are hosts, and no domains of anybody.
const PRIVATE: &[&str] = &[
    "consul",
    "corp",
    "home",
    "internal",
    "intra",
    "intranet",
    "lan",
    "local",
    "localdomain",
    "private",
];

/// Second labels below which a country registers domains.
const SECOND: &[&str] = &["ac", "co", "com", "edu", "gov", "net", "or", "org", "ne", "go"];

/// Longest number of a host that is kept: a longer one may be an account or a date.
const DIGITS: usize = 4;

/// What is kept of the name of a host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum HostForm {
    /// A domain as somebody registered it.
    Domain,
    /// A host: the name it gets, if something of its own is kept, and whether a domain follows.
    Host {
        /// The label with the number or the purpose of the host.
        name: Option<String>,
        /// Whether it was written with its domain.
        qualified: bool,
    },
}

impl HostForm {
    /// Returns what is kept of `host`, which is in lower case.
    #[must_use]
    pub fn of(host: &str) -> Self {
        let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
        let first = labels.first().copied().unwrap_or_default();
        let kept = &first[first.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
        let numbered = !kept.is_empty() && kept.len() <= DIGITS && kept.len() < first.len();
        if !numbered && is_domain(&labels) {
            return Self::Domain;
        }
        let name = match () {
            () if numbered => Some(format!("host{kept}")),
            () if PUBLIC.contains(&first) => Some(first.to_owned()),
            () => None,
        };
        Self::Host { name, qualified: labels.len() > 1 }
    }

    /// Returns the `n`th name of this form, counted from 1.
    #[must_use]
    pub fn name(&self, n: usize) -> String {
        let (name, qualified) = match self {
            Self::Domain => {
                let domains = ["example.com", "example.org", "example.net"];
                let more = || format!("domain-{n}.example.com");
                return domains.get(n - 1).map_or_else(more, |domain| (*domain).to_owned());
            }
            Self::Host { name, qualified } => (name, qualified),
        };
        let label = match name {
            Some(name) if n == 1 => name.clone(),
            Some(name) => format!("{name}-{n}"),
            None => format!("host-{n}"),
        };
        if *qualified { format!("{label}.example.com") } else { label }
    }
}

fn is_domain(labels: &[&str]) -> bool {
    match labels {
        [_, top] => !PRIVATE.contains(top),
        [_, second, top] => top.len() == 2 && SECOND.contains(second),
        _ => false,
    }
}

/// Returns the host in `value`: of a URL, of an address of mail or `user@host:path`, or the value
/// itself where it has the form of one.
#[must_use]
pub fn host_in(value: &str) -> Option<&str> {
    let rest = value.split_once("://").map_or(value, |(_, rest)| rest);
    let schemed = rest.len() < value.len();
    let rest = if schemed { rest.split(['/', '?', '#']).next()? } else { rest };
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let host = rest.split([':', '/']).next()?.trim_matches('.');
    let host = host.strip_prefix("*.").unwrap_or(host);
    let letters = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let named = host.bytes().any(|b| b.is_ascii_alphabetic());
    // Without a scheme, a path is no host: `go/links`.
    let path = !schemed && value.contains('/') && !host.contains('.');
    (!host.is_empty() && named && !path && host.bytes().all(letters)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::{HostForm, host_in};

    #[test]
    fn a_number_or_a_purpose_is_kept_and_nothing_else() {
        let cases = [
            ("initech.net", "example.com"),
            ("initech.co.uk", "example.com"),
            ("www.initech.net", "www.example.com"),
            ("db2038.lon1.initech.net", "host2038.example.com"),
            ("payroll.initech.net", "host-1.example.com"),
            ("498213057761.dkr.initech.net", "host-1.example.com"),
            ("vault.internal", "host-1.example.com"),
            ("db1.internal", "host1.example.com"),
            ("db2038", "host2038"),
        ];
        for (host, name) in cases {
            assert_eq!(HostForm::of(host).name(1), name, "{host}");
        }
        assert_eq!(HostForm::of("a.initech.net").name(2), "host-2.example.com");
        assert_eq!(HostForm::of("www.initech.net").name(2), "www-2.example.com");
    }

    #[test]
    fn hosts_stand_in_urls_and_addresses() {
        let cases = [
            ("https://u:p@wiki.corp.test:8443/x?y", Some("wiki.corp.test")),
            ("git@git.corp.test:infra/x.git", Some("git.corp.test")),
            ("alpha@corp.test", Some("corp.test")),
            ("db1.corp.test", Some("db1.corp.test")),
            ("*.corp.test", Some("corp.test")),
            ("go/oncall-guide", None),
            ("10.0.0.1", None),
        ];
        for (value, host) in cases {
            assert_eq!(host_in(value), host, "{value}");
        }
    }
}
