// SPDX-License-Identifier: MIT OR Apache-2.0
//! Hosts on private domains and on domains of the organisation, and e-mail addresses there.

use std::{ops::Range, sync::Arc};

use super::{
    Slot, Words, after, before, has_any, in_test_code, is_word, lower_line,
    name::{self, Face},
    private::{own_host, private_host},
    push, widen,
};
use crate::{
    domain::{PathClass, RepoPath, RuleIdx, WordKind, remark},
    rules::RuleSet,
    scan::{Detector, Sink, View},
};

/// Returns whether the file credits people.
pub(in crate::scan) fn credits_people(path: &RepoPath) -> bool {
    CREDITS.iter().any(|file| path.file_name().starts_with(file.as_bytes()))
}

/// Files that credit people.
const CREDITS: &[&str] =
    &["AUTHORS", "CONTRIBUTORS", "CREDITS", "LICENSE", "COPYING", "NOTICE", ".mailmap"];

/// Mailboxes of a role rather than a person.
const ROLES: &[&str] = &[
    "abuse",
    "admin",
    "admins",
    "contact",
    "devops",
    "help",
    "helpdesk",
    "hello",
    "hostmaster",
    "info",
    "infra",
    "jobs",
    "mailer-daemon",
    "no-reply",
    "noreply",
    "nobody",
    "office",
    "ops",
    "opensource",
    "oss",
    "postmaster",
    "press",
    "root",
    "sales",
    "security",
    "support",
    "sysadmin",
    "team",
    "webmaster",
    "www-data",
];

pub(super) struct Host {
    internal: Option<Slot>,
    consul: Option<Slot>,
    kubernetes: Option<Slot>,
    org: Option<Slot>,
    email: Option<Slot>,
    principal: Option<Slot>,
    words: Arc<Words>,
}

impl Host {
    pub(super) fn new(rules: &RuleSet, words: &Arc<Words>) -> Self {
        let find = |id| Slot::find(rules, id);
        Self {
            internal: find("internal/internal-host"),
            consul: find("internal/consul-service"),
            kubernetes: find("internal/k8s-service"),
            org: find("internal/org-host"),
            email: find("internal/org-email"),
            principal: find("internal/principal"),
            words: Arc::clone(words),
        }
    }

    fn private_domain(&self, view: &View<'_>, tail: Range<usize>, sink: &mut Sink) {
        // Others are private everywhere.
        let is_learned =
            |suffix: &&String| view.text[tail.clone()].eq_ignore_ascii_case(suffix.as_bytes());
        let learned = self.words.suffixes.iter().find(is_learned);
        if let Some(suffix) = learned {
            self.words.rests_on(WordKind::Suffix, &suffix.as_bytes()[1..]);
        }
        let own = learned.and_then(|_| own_host(view, tail.clone()));
        if let Some(span) = own.or_else(|| private_host(view, tail, learned.is_some()))
            && !self.words.is_org(&view.text[span.clone()])
        {
            push(self.internal, sink, |slot| slot.hit(span));
        }
    }

    fn consul(&self, view: &View<'_>, tail: Range<usize>, sink: &mut Sink) {
        let Some(span) = name::ending_at(view.text, tail.clone()) else { return };
        let labels = &view.text[span.start..tail.start];
        // `name.service`, or with a data centre behind: `name.service.dc1`.
        let kind = |label: &[u8]| matches!(label, b"service" | b"node" | b"query");
        let service = labels.split(|b| *b == b'.').skip(1).any(kind);
        let stock = labels == b"consul.service" || labels.starts_with(b"example.");
        if service && !stock && !name::in_file_path(view.text, span.start) {
            push(self.consul, sink, |slot| slot.hit(span));
        }
    }

    fn kubernetes(&self, view: &View<'_>, tail: Range<usize>, sink: &mut Sink) {
        let Some(span) = name::ending_at(view.text, tail.clone()) else { return };
        let labels = &view.text[span.start..tail.start];
        let stock = labels.ends_with(b".default")
            || labels.ends_with(b".kube-system")
            || has_any(labels, &["example", "my-"]);
        if labels.contains(&b'.') && !stock && !in_test_code(view) {
            push(self.kubernetes, sink, |slot| slot.hit(span));
        }
    }

    fn organisation(&self, view: &View<'_>, tail: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        self.words.rests_on(WordKind::Domain, &text[tail.clone()]);
        let span =
            name::ending_at(text, tail.clone()).or_else(|| name::of_file(text, tail.clone()));
        let Some(span) = span else { return };
        // `submit.example` is not below `it.example`.
        if span.start < tail.start && before(text, tail.start) != b'.' {
            return;
        }
        let left = before(text, span.start);
        if left == b'_' || left == b'%' {
            return;
        }
        if left == b'@' {
            let local = widen(text, span.start - 1..span.start - 1, 64, is_local_part);
            let local = local.start..span.start - 1;
            let version_control = matches!(&text[local.clone()], b"git" | b"hg" | b"svn");
            if !local.is_empty() && !version_control && before(text, local.start) != b'%' {
                self.mailbox(view, local, span, sink);
                return;
            }
        }
        let directory = span.start == tail.start && name::in_other_address(text, span.start);
        if !directory && !is_identifier(view, &span) {
            self.org_host(view, span, tail.start, sink);
        }
    }

    /// A mailbox at a tenant of a service: `team@initech.opsgenie.net`.
    fn tenant(&self, view: &View<'_>, tail: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let label = widen(text, tail.start..tail.start, 64, |b| is_word(b) || b == b'-').start;
        let joined = is_word(after(text, tail.end))
            || matches!(after(text, tail.end), b'-' | b'.') && is_word(after(text, tail.end + 1));
        if label == tail.start || before(text, label) != b'@' || joined {
            return;
        }
        let local = widen(text, label - 1..label - 1, 64, is_local_part).start..label - 1;
        let stock = has_any(
            &text[label..tail.start].to_ascii_lowercase(),
            &["example", "your", "mycompany"],
        );
        if !local.is_empty() && !stock && !self.words.is_org(&text[label..tail.end]) {
            self.mailbox(view, local, label..tail.end, sink);
        }
    }

    fn org_host(&self, view: &View<'_>, span: Range<usize>, domain: usize, sink: &mut Sink) {
        let labels = &view.text[span.start..domain];
        push(self.org, sink, |slot| match name::face(labels) {
            Face::Public => slot.low(span.clone()),
            Face::Plain => slot.hit(span.clone()),
            Face::Fleet if in_test_code(view) => slot.hit(span.clone()),
            Face::Fleet => slot.high(span.clone(), "a number or an environment in the name"),
        });
    }

    fn mailbox(&self, view: &View<'_>, local: Range<usize>, host: Range<usize>, sink: &mut Sink) {
        let span = local.start..host.end;
        let name = view.text[local].to_ascii_lowercase();
        let domain = &view.text[host];
        // A realm is written in capitals, a mail domain never is.
        if !domain.iter().any(u8::is_ascii_lowercase) {
            push(self.principal, sink, |slot| slot.hit(span));
            return;
        }
        let (_, line) = lower_line(view, span.start);
        let role = ROLES.iter().any(|role| {
            name.strip_prefix(role.as_bytes()).is_some_and(|rest| {
                rest.is_empty() || rest.starts_with(b"+") || rest.starts_with(b"-")
            })
        }) || name.ends_with(b"-oncall");
        push(self.email, sink, |slot| {
            if has_any(&line, &["copyright", "author", "signed-off-by", "(c) 20"])
                || view.facts.credits
            {
                slot.low(span).note(remark::CREDIT)
            } else if role {
                slot.low(span).note(remark::ROLE)
            } else {
                slot.hit(span)
            }
        });
    }
}

impl Detector for Host {
    fn keywords(&self) -> Vec<(RuleIdx, String)> {
        let with = |slot: Option<Slot>, words: &[String]| -> Vec<(RuleIdx, String)> {
            let pair = |slot: Slot| words.iter().map(move |word| (slot.rule, word.clone()));
            slot.into_iter().flat_map(pair).collect()
        };
        let mut all = with(self.org, &self.words.domains);
        all.extend(with(self.internal, &self.words.suffixes));
        all
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let is = |slot: Option<Slot>| slot.is_some_and(|slot| slot.rule == rule);
        if is(self.org) {
            self.organisation(view, at, sink);
        } else if view.class == PathClass::Vendored {
            // The engine would drop it anyway.
        } else if is(self.email) {
            self.tenant(view, at, sink);
        } else if is(self.internal) {
            self.private_domain(view, at, sink);
        } else if is(self.consul) {
            self.consul(view, at, sink);
        } else if is(self.kubernetes) {
            self.kubernetes(view, at, sink);
        }
    }
}

fn is_local_part(b: u8) -> bool {
    is_word(b) || matches!(b, b'.' | b'+' | b'-')
}

/// Whether the name is a key of an API, a URN or a package rather than a place on the network.
fn is_identifier(view: &View<'_>, span: &Range<usize>) -> bool {
    let text = view.text;
    let url = before(text, span.start) == b'/';
    let rest = text.get(span.end..text.len().min(span.end + 3)).unwrap_or_default();
    // `thing.corp.example/v1`, the group of a Kubernetes resource.
    let versioned = rest.starts_with(b"/v") && rest.get(2).is_some_and(u8::is_ascii_digit);
    let line = view.line(span.start);
    let head = text[line.start..span.start].trim_ascii_start();
    let tail = &text[span.end..line.end.max(span.end)];
    // `thing.corp.example/team: x`, a label or annotation.
    let label = rest.starts_with(b"/")
        && head.iter().all(|b| matches!(b, b'"' | b'\'' | b'-' | b' '))
        && tail.contains(&b':');
    let package = head.starts_with(b"import ") || head.starts_with(b"package ");
    !url && (versioned || label || package) || head.ends_with(b"urn:") || head.ends_with(b"urn:x-")
}

#[cfg(test)]
mod tests {
    use super::{Face, name::face};

    #[test]
    fn labels_tell_a_fleet() {
        assert!(face(b"db1001.") == Face::Fleet);
        assert!(face(b"app.stg.") == Face::Fleet);
        assert!(face(b"") == Face::Public);
        assert!(face(b"wiki.") == Face::Public);
        assert!(face(b"payroll.") == Face::Plain);
    }
}
