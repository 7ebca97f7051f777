// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the release checklist wants to know of a commit beside the findings: a short look at its
//! files and authors, taken when the scan is done and nobody waits for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicBool, Ordering},
};

use aho_corasick::AhoCorasick;

use crate::{
    domain::{FileKind, RepoPath, WordKind},
    repo::{Commits, EntryKind, Reader, Source, TreeEntry},
    scan::learn::{Clues, learn},
};

/// So many commits are read for their authors, as many as for the organisation's words.
const COMMITS: usize = 400;
/// Larger files are data, not source.
const MAX_BYTES: u64 = 1 << 20;
/// So many domains are told at most.
const MAX_DOMAINS: usize = 40;

/// Libraries and headers of cryptography, as they stand in imports and manifests.
const CRYPTOGRAPHY: &[&str] = &[
    "crypto/aes",
    "crypto/cipher",
    "crypto/ecdsa",
    "crypto/ed25519",
    "crypto/rsa",
    "crypto/tls",
    "golang.org/x/crypto",
    "from cryptography",
    "import cryptography",
    "from Crypto.",
    "from Cryptodome",
    "pycryptodome",
    "from nacl",
    "import nacl",
    "from OpenSSL",
    "javax.crypto",
    "java.security.Key",
    "org.bouncycastle",
    "System.Security.Cryptography",
    "openssl/",
    "OpenSSL::",
    "mbedtls/",
    "wolfssl/",
    "sodium.h",
    "libsodium",
    "CommonCrypto/",
    "CryptoKit",
    "crypto-js",
    "node:crypto",
    "require('crypto')",
    "require(\"crypto\")",
    "from 'crypto'",
    "from \"crypto\"",
    "use ring::",
    "use aes",
    "use rsa::",
    "use rustls",
    "use openssl::",
    "RbNaCl",
];

/// Programs and addresses that take usage data.
const TELEMETRY: &[&str] = &[
    "google-analytics.com",
    "googletagmanager.com",
    "api.segment.io",
    "cdn.segment.com",
    "analytics-node",
    "mixpanel",
    "amplitude.com",
    "posthog",
    "sentry_sdk",
    "@sentry/",
    "sentry-ruby",
    "sentry-go",
    "raven-go",
    "newrelic",
    "new_relic",
    "applicationinsights",
    "bugsnag",
    "rollbar",
    "matomo",
    "hotjar",
    "plausible.io",
    "rudderstack",
    "snowplow",
    "telemetry_endpoint",
    "TelemetryClient",
];

/// A commit's files and authors, as far as the release checklist asks for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeFacts {
    /// All files.
    pub files: Vec<RepoPath>,
    /// Source files that name a library of cryptography.
    pub cryptography: Vec<RepoPath>,
    /// Source files that name something that takes usage data.
    pub telemetry: Vec<RepoPath>,
    /// The organisation's domains, as they were learned.
    pub domains: Vec<String>,
    /// How many different addresses the recent commits have.
    pub people: usize,
    /// Domains of those outside of the organisation, and how many addresses each has; most first.
    pub outside: Vec<(String, usize)>,
}

impl TreeFacts {
    /// Looks at the commit of `source`, until done or `stop` is set. What can't be read is left
    /// out: this is a help, not a check.
    #[must_use]
    pub fn gather(source: &Source, stop: &AtomicBool) -> Self {
        let mut entries = source.entries().unwrap_or_default();
        entries.retain(|entry| !entry.path.is_within(&RepoPath::new(b".debut")));
        let mut out = Self::default();
        out.meet(source);
        out.read(source, &entries, stop);
        out.files = entries.into_iter().map(|entry| entry.path).collect();
        out
    }

    fn meet(&mut self, source: &Source) {
        let commits = source.recent_commits(COMMITS);
        let own = own_domains(&commits, source);
        let mails: BTreeSet<String> =
            commits.authors.iter().map(|(_, mail)| mail.trim().to_lowercase()).collect();
        let mut outside: BTreeMap<&str, usize> = BTreeMap::new();
        for mail in &mails {
            let domain = mail.rsplit_once('@').map_or("no domain", |(_, domain)| domain);
            let within = |own: &String| {
                domain.strip_suffix(own.as_str()).is_some_and(|d| d.is_empty() || d.ends_with('.'))
            };
            if !own.iter().any(within) {
                *outside.entry(domain).or_default() += 1;
            }
        }
        self.people = mails.len();
        self.outside = outside.into_iter().map(|(domain, n)| (domain.to_owned(), n)).collect();
        // Ties stay in the order of the alphabet.
        self.outside.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        self.outside.truncate(MAX_DOMAINS);
        self.domains = own;
    }

    fn read(&mut self, source: &Source, entries: &[TreeEntry], stop: &AtomicBool) {
        let words = CRYPTOGRAPHY.iter().chain(TELEMETRY);
        let Ok(words) = AhoCorasick::builder().ascii_case_insensitive(true).build(words) else {
            return;
        };
        let Ok(reader) = Reader::new(source) else { return };
        for entry in entries {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            if entry.kind != EntryKind::File || !may_import(&entry.path) {
                continue;
            }
            let Ok(text) = reader.blob(entry.oid, MAX_BYTES) else { continue };
            let (mut cryptography, mut telemetry) = (false, false);
            for found in words.find_iter(&text) {
                let first = found.pattern().as_usize() < CRYPTOGRAPHY.len();
                *if first { &mut cryptography } else { &mut telemetry } = true;
                if cryptography && telemetry {
                    break;
                }
            }
            self.cryptography.extend(cryptography.then(|| entry.path.clone()));
            self.telemetry.extend(telemetry.then(|| entry.path.clone()));
        }
    }
}

/// The domains of the organisation, as far as its authors tell.
fn own_domains(commits: &Commits, source: &Source) -> Vec<String> {
    let owner = source.owner();
    let clues = Clues { authors: &commits.authors, owner: owner.as_deref(), ..Clues::default() };
    let domains = learn(&clues).words.into_iter();
    let domains = domains.filter(|word| word.kind == WordKind::Domain && word.keep);
    domains.map(|word| word.text).collect()
}

/// Source files and manifests. Configuration and prose only talk about it.
fn may_import(path: &RepoPath) -> bool {
    const MANIFESTS: [&[u8]; 9] = [
        b"Cargo.toml",
        b"go.mod",
        b"package.json",
        b"pyproject.toml",
        b"requirements.txt",
        b"Gemfile",
        b"pom.xml",
        b"build.gradle",
        b"composer.json",
    ];
    let style = matches!(path.extension().as_str(), "css" | "scss" | "less");
    (FileKind::of(path) == FileKind::Code && !style)
        || path.extension() == "html"
        || MANIFESTS.contains(&path.file_name())
}
