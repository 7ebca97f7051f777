// SPDX-License-Identifier: MIT OR Apache-2.0
//! Home paths, and names in TODOs.

use std::{ops::Range, sync::Arc};

use super::{Slot, Words, after, before, has_any, in_comment, in_test_code, is_word, push, widen};
use crate::{
    domain::{FileKind, PathClass, RuleIdx, Severity},
    rules::RuleSet,
    scan::{Detector, Sink, View},
};

/// Accounts of software and of images, and words that stand for a name.
pub(super) const ACCOUNTS: &[&str] = &[
    "vagrant",
    "ubuntu",
    "jenkins",
    "app",
    "apps",
    "build",
    "builder",
    "deploy",
    "deployer",
    "circleci",
    "runner",
    "jovyan",
    "git",
    "zuul",
    "gitpod",
    "user",
    "users",
    "username",
    "me",
    "you",
    "your",
    "yourname",
    "name",
    "foo",
    "bar",
    "baz",
    "test",
    "tester",
    "example",
    "admin",
    "root",
    "centos",
    "debian",
    "fedora",
    "rocky",
    "almalinux",
    "opensuse",
    "alpine",
    "core",
    "ec2-user",
    "pi",
    "node",
    "ruby",
    "python",
    "docker",
    "nonroot",
    "default",
    "shared",
    "public",
    "ansible",
    "salt",
    "puppet",
    "chef",
    "terraform",
    "www",
    "www-data",
    "nginx",
    "apache",
    "postgres",
    "mysql",
    "redis",
    "mongodb",
    "rabbitmq",
    "elasticsearch",
    "hadoop",
    "spark",
    "airflow",
    "superset",
    "dagster",
    "gitlab",
    "gitlab-runner",
    "github",
    "buildkite-agent",
    "travis",
    "vscode",
    "coder",
    "codespace",
    "linuxbrew",
    "steam",
    "sftp",
    "ftp",
    "nfs",
    "backup",
    "service",
    "svc",
    "bot",
    "mirror",
    "monitor",
    "nagios",
    "zabbix",
    "prometheus",
    "grafana",
    "jboss",
    "tomcat",
    "oracle",
    "cloud-user",
    "cloud_user",
    "stack",
    "zulip",
    "discourse",
    "nobody",
    "someone",
    "somebody",
    "alice",
    "bob",
    "jdoe",
    "johndoe",
    "myuser",
    "my",
    "dev",
    "developer",
    "webapp",
    "rails",
    "django",
    "flask",
    "odoo",
    "sandbox",
    "guest",
    "index",
    "home",
    "www-user",
    "uid",
    "foobar",
    "httpd",
    "joe",
    "data",
    "local",
    "share",
    "linux",
    "cockroach",
    "jupyter",
];

/// Files of config management, which makes the homes of accounts, and of pages, where `/home/x` is
/// a path on the site.
const MANAGED: &[&str] = &[
    "pp", "rb", "erb", "nix", "tf", "hcl", "js", "jsx", "ts", "tsx", "vue", "svelte", "php", "html",
];

/// Parts of a name that make it an account of software.
const ACCOUNT_PARTS: &[&str] = &[
    "service", "bot", "mirror", "backup", "runner", "agent", "user", "test", "svc", "deploy",
    "usr", "admin", "server", "build", "bld", "mock", "worker", "daemon", "sync", "cron", "hook",
    "data",
];

/// What stands in the brackets of a TODO and is nobody.
const NOBODY: &[&str] = &[
    "user",
    "username",
    "name",
    "me",
    "you",
    "someone",
    "anyone",
    "everyone",
    "all",
    "later",
    "bug",
    "feature",
    "optional",
    "maybe",
    "future",
    "cleanup",
    "security",
    "perf",
    "docs",
    "test",
    "tests",
    "refactor",
    "python3",
    "python2",
    "py3",
    "deprecated",
    "api",
    "ci",
    "wip",
    "done",
    "high",
    "low",
    "medium",
    "important",
    "urgent",
    "fix",
    "upstream",
    "remove",
    "temp",
    "nit",
];

/// Whether the text is of config management, by its extension.
pub(super) fn is_managed(view: &View<'_>) -> bool {
    matches!(view.facts.extension.as_str(), "pp" | "rb" | "erb" | "nix" | "tf" | "hcl")
}

pub(super) struct People {
    home: Option<Slot>,
    todo: Option<Slot>,
    words: Arc<Words>,
}

impl People {
    pub(super) fn new(rules: &RuleSet, words: &Arc<Words>) -> Self {
        let find = |id| Slot::find(rules, id);
        Self {
            home: find("internal/home-path"),
            todo: find("internal/todo-name"),
            words: Arc::clone(words),
        }
    }

    fn home(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let mac = text[at.clone()].eq_ignore_ascii_case(b"/users/");
        // `/users/` in lower case is a path of a web service.
        if mac && &text[at.clone()] != b"/Users/" {
            return;
        }
        let name = widen(text, at.end..at.end, 33, |b| is_word(b) || matches!(b, b'.' | b'-'));
        let name = at.end..name.end;
        let login = text[name.clone()].to_ascii_lowercase();
        let start = home_start(text, at.start);
        let left = before(text, start);
        let open =
            !is_word(left) && !matches!(left, b'.' | b'}' | b'/' | b'-' | b'~' | b'*' | b')');
        let ends =
            !matches!(after(text, name.end), 0x80..|b'$'| b'{' | b'%' | b'(' | b'*' | b'<' | b'@');
        if !open || !ends || login.len() < 2 || !login[0].is_ascii_alphabetic() {
            return;
        }
        let person = self.words.is_person(&login);
        // Config management makes the homes of accounts; those of people stand in what they ran,
        // wrote or pasted.
        let managed = MANAGED.contains(&view.facts.extension.as_str())
            || view.kind == FileKind::Config && !in_comment(view, start);
        let own = mac || text[start..].starts_with(b"/export") || text[at.start] == b':';
        let stranger = !own && managed || login.iter().any(|b| matches!(b, b'-' | b'_'));
        let account = ACCOUNTS.iter().any(|word| word.as_bytes() == login)
            || has_any(&login, ACCOUNT_PARTS)
            || login.contains(&b'.') && !person;
        if account || !person && (stranger || in_test_code(view)) {
            return;
        }
        push(self.home, sink, |mut slot| {
            if person {
                slot.severity = slot.severity.max(Severity::Medium);
                return slot.hit(start..name.end).note("the name of an author");
            }
            slot.hit(start..name.end)
        });
    }

    fn todo(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        if is_word(before(text, at.start)) {
            return;
        }
        let mark = text[at.start..at.end].trim_ascii_end();
        let close = mark.ends_with(b"(") || mark.ends_with(b"@");
        let upper = mark.iter().any(u8::is_ascii_uppercase);
        let start = at.end + usize::from(after(text, at.end) == b'@');
        let name = widen(text, start..start, 40, |b| is_word(b) || matches!(b, b'.' | b'-'));
        let name = start..name.end;
        let word = text[name.clone()].trim_ascii_end().to_ascii_lowercase();
        let next = after(text, name.end);
        let bracket = mark.ends_with(b"(");
        let ends = if bracket { matches!(next, b')' | b',' | b' ') } else { !is_word(next) };
        let nobody = NOBODY.iter().any(|no| no.as_bytes() == word) || word.len() < 2;
        let plain = word.iter().all(|b| b.is_ascii_lowercase() || matches!(b, b'.' | b'_' | b'-'));
        if !close || !upper || !ends || nobody || !word.first().is_some_and(u8::is_ascii_alphabetic)
        {
            return;
        }
        // `TODO (…)` may be any remark, and `NOTE(` is a call in many a language.
        let loose = mark.contains(&b' ') || mark.starts_with(b"NOTE") || next == b' ' || !plain;
        // `TODO: @returns` is about code; no such word has a digit or a dash.
        let login = text[name.clone()].iter().any(|b| b.is_ascii_digit() || *b == b'-');
        let loose = loose && !(login && mark.ends_with(b"@") && mark.contains(&b':'));
        if loose && !self.words.is_person(&word) {
            return;
        }
        push(self.todo, sink, |slot| slot.hit(name));
    }
}

impl Detector for People {
    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let is = |slot: Option<Slot>| slot.is_some_and(|slot| slot.rule == rule);
        if view.class == PathClass::Vendored {
            // Their people are not ours.
        } else if is(self.home) {
            self.home(view, at, sink);
        } else if is(self.todo) {
            self.todo(view, at, sink);
        }
    }
}

/// Takes what stands before `/home/` into the path: a drive, or `/export`.
fn home_start(text: &[u8], at: usize) -> usize {
    let head = &text[..at];
    if head.ends_with(b"/export") {
        at - 7
    } else if text[at] == b':' && head.last().is_some_and(u8::is_ascii_alphabetic) {
        at - 1
    } else if head.ends_with(b"file://") {
        at - 7
    } else {
        at
    }
}
