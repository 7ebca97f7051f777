// SPDX-License-Identifier: MIT OR Apache-2.0
//! Hosts on private domains: what makes a dotted word one, and not an attribute or a file.

use std::ops::Range;

use super::{after, before, has_any, in_comment, in_test_code, is_word, name};
use crate::{domain::FileKind, scan::View};

/// First labels that are objects of a language or a template, not hosts.
const OBJECTS: &[&str] = &[
    "self",
    "this",
    "var",
    "vars",
    "data",
    "local",
    "locals",
    "module",
    "modules",
    "item",
    "user",
    "os",
    "path",
    "dir",
    "node",
    "params",
    "config",
    "settings",
    "each",
    "values",
    "ctx",
    "facts",
    "hostvars",
    "grains",
    "pillar",
    "salt",
    "super",
    "env",
    "resource",
    "output",
    "example",
    "mydomain",
    "my-domain",
    "your-domain",
    "domain",
    "foo",
    "bar",
    "test",
    "git",
    "io",
    "com",
    "org",
    "net",
    "package",
    "app",
    "localhost",
    "ansible",
    "threading",
    "etc",
    "rc",
];

/// Names that come with a platform and are the same everywhere.
const PLATFORM: &[&str] = &[
    "localhost.localdomain",
    "host.docker.internal",
    "gateway.docker.internal",
    "metadata.google.internal",
    "kubernetes.docker.internal",
    "host.containers.internal",
    "image-registry.openshift-image-registry.svc",
    "host.minikube.internal",
    "metadata.internal",
    "host.lima.internal",
    "mail.local",
    "foo.local",
    "example.local",
];

/// The host that ends with the learned domain at `tail`. Nobody else has that domain, so neither a
/// bracket around it nor a test makes the name another thing; even the domain of a place is one.
pub(super) fn own_host(view: &View<'_>, tail: Range<usize>) -> Option<Range<usize>> {
    let text = view.text;
    let span = name::ending_at(text, tail.clone())?;
    // `web<%= @n %>.wan`: what a template writes is a host as well.
    if span.start == tail.start {
        let head = &text[..tail.start];
        let filled = head.ends_with(b"%>") || head.ends_with(b"}") && view.kind != FileKind::Code;
        return (filled && after(text, tail.end) != b'(').then_some(tail.start + 1..tail.end);
    }
    let lower_only = !text[span.clone()].iter().any(u8::is_ascii_uppercase);
    let (left, right) = (before(text, span.start), after(text, span.end));
    let joined = is_word(left) || matches!(left, b'.' | b'$' | b'%' | b'\\');
    let open = lower_only && !joined && !matches!(right, b'(' | b'[' | b'{' | b'*');
    let attribute = view.kind == FileKind::Code && !is_enclosed(view, &span);
    (open && !attribute && !name::in_file_path(text, span.start)).then_some(span)
}

/// Whether quotes, brackets or a comment set the name apart from the code around it.
fn is_enclosed(view: &View<'_>, span: &Range<usize>) -> bool {
    let (left, right) = (before(view.text, span.start), after(view.text, span.end));
    let blank = |b: u8| b.is_ascii_whitespace() || matches!(b, b'=' | b'(' | b',');
    !blank(left) || !blank(right) && right != b')' || in_comment(view, span.start)
}

/// The host that ends with the private domain at `tail`, if it looks like one there. Nothing else
/// ends with one that was learned, while `.local` and `.home` are words of many languages.
pub(super) fn private_host(
    view: &View<'_>,
    tail: Range<usize>,
    learned: bool,
) -> Option<Range<usize>> {
    let text = view.text;
    let span = name::ending_at(text, tail.clone())?;
    let host = &text[span.clone()];
    let labels = text.get(span.start..tail.start).filter(|labels| !labels.is_empty())?;
    let lower_only = !host.iter().any(u8::is_ascii_uppercase);
    let telling = learned
        || labels.contains(&b'.')
        || labels.iter().any(|b| b.is_ascii_digit() || *b == b'-');
    let first = labels.split(|b| *b == b'.').next().unwrap_or_default();
    let object = OBJECTS.iter().any(|word| word.as_bytes() == first)
        || PLATFORM.iter().any(|stock| host.ends_with(stock.as_bytes()));
    let cloud = host.ends_with(b"compute.internal") || host.ends_with(b"ec2.internal");
    let cluster = host.ends_with(b".svc.cluster.local") || host.ends_with(b".cluster.local");
    if !lower_only || !telling || object || cloud || cluster || in_test_code(view) {
        return None;
    }
    if name::in_file_path(text, span.start) || is_made_up(host) || is_override(view, &span) {
        return None;
    }
    let left = before(text, span.start);
    let open = is_word(left) || matches!(left, b'$' | b'%' | b'\\');
    let apart = !open && after(text, span.end) != b'(';
    (learned && apart || fits(view, &span, host)).then_some(span)
}

/// Ends of files that take the place of others on one machine: `ssl.pem.local`.
const OF_FILES: &[&str] = &[
    ".pem.local",
    ".key.local",
    ".crt.local",
    ".conf.local",
    ".cfg.local",
    ".yml.local",
    ".yaml.local",
    ".json.local",
    ".env.local",
    ".sh.local",
];

/// Whether nobody calls a machine so.
fn is_made_up(host: &[u8]) -> bool {
    host.ends_with(b".test.local")
        || OF_FILES.iter().any(|end| host.ends_with(end.as_bytes()))
        || has_any(host, &["..", ".example.", "example-", "somehost"])
}

/// Whether a setting names the file that takes the place of another: `jail.local` for `jail.conf`.
fn is_override(view: &View<'_>, span: &Range<usize>) -> bool {
    let host = &view.text[span.clone()];
    let single = host.strip_suffix(b".local").is_some_and(|first| !first.contains(&b'.'));
    let head = view.text[view.line(span.start).start..span.start].trim_ascii();
    let key = head.strip_suffix(b"=").map(<[u8]>::trim_ascii_end);
    let include = key.is_some_and(|key| key == b"after" || key == b"before");
    view.facts.conf && single && (include || in_comment(view, span.start))
}

/// Whether the neighbours are those of a host: in code and templates a dotted word is most often
/// an attribute.
fn fits(view: &View<'_>, span: &Range<usize>, host: &[u8]) -> bool {
    let (left, right) = (before(view.text, span.start), after(view.text, span.end));
    let hcl = matches!(view.facts.extension.as_str(), "tf" | "hcl" | "tfvars");
    let blank = |b: u8| b.is_ascii_whitespace();
    let edge = |b: u8| blank(b) || matches!(b, b'"' | b'\'' | b'`' | b'/' | b'@' | b':');
    if is_word(left) || matches!(left, b'$' | b'{' | b'%' | b'}' | b'\\') {
        return false;
    }
    // `key = ` to the right: the name is the key of a setting.
    let line = view.line(span.start);
    let rest = view.text[span.end..line.end.max(span.end)].trim_ascii_start();
    let key = rest.starts_with(b"=");
    if view.kind == FileKind::Code || hcl {
        let quoted = !blank(left) || host.contains(&b'-') && !hcl || in_comment(view, span.start);
        return edge(left) && edge(right) && quoted && !key;
    }
    // Keys of a shell or of an unknown language have dots too; hosts have a digit or a dash.
    let loose = matches!(view.kind, FileKind::Shell | FileKind::Other)
        && !host.iter().any(|b| b.is_ascii_digit() || *b == b'-')
        && blank(left);
    let templated =
        memchr::memmem::rfind(&view.text[line.start..span.start], b"{{").is_some_and(|open| {
            !has_any(&view.text[line.start + open..span.start], &["}}", "\"", "'"])
        });
    !key && !matches!(right, b'(' | b'[' | b'{' | b'*') && !templated && !loose
}
