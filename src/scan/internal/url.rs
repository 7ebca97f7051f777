// SPDX-License-Identifier: MIT OR Apache-2.0
//! Git sources and runbooks: addresses whose owner decides what they are.

use std::{ops::Range, sync::Arc};

use super::{Slot, Words, before, has_any, in_test_code, is_word, push, widen};
use crate::{
    domain::{FileKind, PathClass, RuleIdx},
    rules::RuleSet,
    scan::{Detector, Sink, View},
};

/// Hosting sites that anybody may use; a repository there is public more often than not.
const PUBLIC_HOSTS: &[&str] = &[
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "codeberg.org",
    "git.sr.ht",
    "gitea.com",
    "git.launchpad.net",
    "salsa.debian.org",
    "git.savannah.gnu.org",
    "git.kernel.org",
    "git.openstack.org",
    "opendev.org",
    "gist.github.com",
    "gitee.com",
    "git.code.sf.net",
    "gitlab.freedesktop.org",
    "gitlab.gnome.org",
    "invent.kde.org",
    "framagit.org",
    "chromium.googlesource.com",
    "go.googlesource.com",
    "ssh.github.com",
    "altssh.gitlab.com",
];

/// Tenants of services where runbooks are kept.
const TENANTS: &[&str] = &[
    ".atlassian.net/",
    ".sharepoint.com/",
    "docs.google.com/",
    "notion.so/",
    ".pagerduty.com/",
    ".service-now.com/",
    ".gitbook.io/",
    ".slite.com/",
    ".getguru.com/",
    "coda.io/",
];

/// First labels of sites that are there for the public.
const PUBLIC_DOCS: &[&str] = &["docs.", "www.", "forum.", "forums.", "blog."];

pub(super) struct Url {
    git: Option<Slot>,
    runbook: Option<Slot>,
    words: Arc<Words>,
}

impl Url {
    pub(super) fn new(rules: &RuleSet, words: &Arc<Words>) -> Self {
        Self {
            git: Slot::find(rules, "internal/git-source"),
            runbook: Slot::find(rules, "internal/runbook-url"),
            words: Arc::clone(words),
        }
    }

    fn git(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let url = |b: u8| is_word(b) || b"-./:@~+".contains(&b);
        let span = widen(text, at.clone(), 200, url);
        // Where brackets or quotes stand the run has ended; a full stop ends a sentence.
        let end = text[span.clone()].iter().rposition(|b| is_word(*b)).map_or(0, |i| i + 1);
        let span = span.start..span.start + end;
        let whole = String::from_utf8_lossy(&text[span.clone()]).to_ascii_lowercase();
        // Every lock file of Cargo has the registry that all use.
        if whole.ends_with("/crates.io-index") {
            return;
        }
        let Some(Source { host, owner, ssh, tail }) = source(&whole) else { return };
        // One repository is one question, whatever page of it is linked.
        let cut = if host.starts_with("git-codecommit.") { 0 } else { tail };
        let span = span.start..span.end - cut;
        // Over SSH it is not everybody's link that counts, so that the name of a domain will do.
        let ours = self.words.is_owner(owner) || ssh && self.words.is_called(owner);
        let public = PUBLIC_HOSTS.contains(&host);
        let sample = host.starts_with("example.")
            || [".example.com", ".example.org", ".test", ".invalid", ".example", "localhost"]
                .iter()
                .any(|tail| host.ends_with(tail))
                && !self.words.is_org(host.as_bytes())
            || !host.contains('.')
            || !public && host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if view.class == PathClass::Vendored && !ours && !self.words.is_org(host.as_bytes()) {
            return;
        }
        // Code that handles addresses, and its tests, hold many of them.
        let code = in_test_code(view) || view.kind == FileKind::Code && !sets_up(view);
        if public && (ours || ssh && !code && !is_sample(owner)) {
            push(self.git, sink, |slot| match (ours, ssh) {
                (true, true) => slot.hit(span),
                (true, false) => slot.low(span),
                (false, _) => slot.low(span).note("over SSH: reading it takes an account"),
            });
        } else if !public && !sample {
            push(self.git, sink, |slot| slot.hit(span).note("not one of the public hosting sites"));
        }
    }

    /// The first address of the line that is ours or that of a tenant.
    fn runbook(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let line = view.line(at.start);
        let part = |b: u8| b.is_ascii_graphic() && !b"\"'`<>()[]{}|\\".contains(&b);
        for found in memchr::memmem::find_iter(&text[line.clone()], b"://") {
            let colon = line.start + found;
            let end = widen(text, colon + 3..colon + 3, 500, part).end;
            let start = widen(text, colon..colon, 5, |b| b.is_ascii_alphabetic()).start;
            if self.is_inside(&text[colon + 3..end]) {
                let end = if before(text, end) == b'.' { end - 1 } else { end };
                push(self.runbook, sink, |slot| slot.hit(start..end));
                return;
            }
        }
    }

    /// Whether the address, its scheme left out, only opens inside.
    fn is_inside(&self, rest: &[u8]) -> bool {
        let host = rest.split(|b| b"/:?#".contains(b)).next().unwrap_or_default();
        let lower = rest.to_ascii_lowercase();
        let ours = self.words.is_org(host)
            && !PUBLIC_DOCS.iter().any(|head| host.starts_with(head.as_bytes()));
        let path = |site: &str| lower.strip_prefix(site.as_bytes());
        let owned = ["github.com/", "gitlab.com/"].iter().find_map(|site| path(site));
        let owned = owned.is_some_and(|path| {
            let owner = path.split(|b| *b == b'/').next().unwrap_or_default();
            self.words.is_owner(&String::from_utf8_lossy(owner))
        });
        ours || owned || has_any(&lower, TENANTS)
    }
}

impl Detector for Url {
    fn keywords(&self) -> Vec<(RuleIdx, String)> {
        let Some(slot) = self.git else { return Vec::new() };
        let sites = ["github.com/", "gitlab.com/", "bitbucket.org/"];
        let owners = self.words.owners.iter();
        owners.flat_map(|owner| sites.map(|site| (slot.rule, format!("{site}{owner}/")))).collect()
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let is = |slot: Option<Slot>| slot.is_some_and(|slot| slot.rule == rule);
        if is(self.git) {
            self.git(view, at, sink);
        } else if is(self.runbook) {
            self.runbook(view, at, sink);
        }
    }
}

/// Whether the file sets machines up, in a language that counts as code: manifests and templates.
fn sets_up(view: &View<'_>) -> bool {
    matches!(view.facts.extension.as_str(), "pp" | "erb" | "epp" | "nix")
}

/// Whether the owner of a repository is a made-up one.
fn is_sample(owner: &str) -> bool {
    const HEADS: &[&str] = &["your", "example", "some", "foo", "my-", "username"];
    const WORDS: &[&str] = &["my", "me", "you", "user", "org", "owner", "acme", "bar"];
    HEADS.iter().any(|head| owner.starts_with(head)) || WORDS.contains(&owner)
}

struct Source<'a> {
    host: &'a str,
    owner: &'a str,
    ssh: bool,
    /// Bytes after the repository's name.
    tail: usize,
}

/// Takes `git@host:owner/repo`, `ssh://git@host/owner/repo` or `https://host/owner/repo` apart.
fn source(url: &str) -> Option<Source<'_>> {
    let (scheme, rest) = url.rsplit_once("://").unwrap_or(("", url));
    let ssh = scheme.ends_with("ssh")
        || rest.starts_with("git@")
        || scheme.is_empty() && rest.contains("@");
    // Behind the path an `@` names a revision.
    let path = rest.find('/').unwrap_or(rest.len());
    let rest = rest[..path].find('@').map_or(rest, |at| &rest[at + 1..]);
    let at = rest.find(['/', ':'])?;
    let host = &rest[..at];
    // A port or a slash may follow the colon.
    let path = rest[at + 1..].trim_start_matches(|c: char| c == '/' || c.is_ascii_digit() && ssh);
    let mut parts = path.trim_start_matches('/').split('/');
    let owner = parts.next()?;
    let repo = parts.next().unwrap_or_default();
    let tail: usize = if ssh { 0 } else { parts.map(|part| part.len() + 1).sum() };
    let fits = !host.is_empty() && !owner.is_empty() && (ssh || !repo.is_empty());
    fits.then_some(Source { host, owner, ssh, tail })
}
