// SPDX-License-Identifier: MIT OR Apache-2.0
//! IPv4, IPv6 and hardware addresses: parsed, because versions, times of day and fingerprints
//! look like them.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    ops::Range,
    sync::Arc,
};

use super::{
    Slot, Words, after, before, has_any, in_comment, in_test_code, is_word, lower_line, push,
    ranges::{
        SUPPLIER_LINES, VERSION, VERSION_END, WELL_KNOWN, is_dedicated, is_sample_key,
        is_usual_host, is_whole_range, of_supplier,
    },
    widen,
};
use crate::{
    domain::{PathClass, RepoPath, RuleIdx},
    rules::RuleSet,
    scan::{Detector, Reach, Sign, Sink, View},
};

/// Longest text of an IPv6 address.
const V6_LONGEST: usize = 45;

pub(super) struct Address {
    private: Option<Slot>,
    public: Option<Slot>,
    v6: Option<Slot>,
    mac: Option<Slot>,
    words: Arc<Words>,
}

impl Address {
    pub(super) fn new(rules: &RuleSet, words: &Arc<Words>) -> Self {
        let find = |id| Slot::find(rules, id);
        Self {
            private: find("internal/private-address"),
            public: find("internal/public-address"),
            v6: find("internal/ipv6-address"),
            mac: find("internal/mac-address"),
            words: Arc::clone(words),
        }
    }

    fn is_idle(&self) -> bool {
        [self.private, self.public, self.v6, self.mac].iter().all(Option::is_none)
    }

    fn judge_v4(&self, view: &View<'_>, quad: &Quad, sink: &mut Sink) {
        let ip = quad.ip.octets();
        let (start, line) = lower_line(view, quad.span.start);
        let head = &line[..(quad.span.start - start).min(line.len())];
        let pinned = view.facts.extension == "lock" || head.ends_with(b"^");
        if pinned || is_version(head, ip) || is_sample_key(head) {
            return;
        }
        let comment = in_comment(view, quad.span.start);
        let stock = comment && view.facts.conf;
        let private = quad.ip.is_private() || ip[0] == 100 && ip[1] & 0xc0 == 64;
        if private {
            let commented = line.trim_ascii_start().starts_with(b";");
            let shown = view.facts.module && quad.prefix.is_some();
            if commented || shown || is_whole_range(ip, quad.prefix) {
                return;
            }
            let tied = self.is_inventory(view, &line, start);
            if !tied && is_usual_host(ip) {
                return;
            }
            let wide = quad.prefix.is_some_and(|bits| bits <= 22)
                || quad.prefix.is_none() && ip[2] == 0 && ip[3] == 0;
            push(self.private, sink, |slot| match wide {
                _ if stock => slot.low(quad.span.clone()).note("a commented-out setting"),
                true => slot.low(quad.span.clone()),
                false if tied && !comment => {
                    slot.high(quad.span.clone(), "stands beside a host, a MAC or a grant")
                }
                false => slot.hit(quad.span.clone()),
            });
        } else if !is_dedicated(ip)
            && !WELL_KNOWN.contains(&ip)
            && !is_loose(head, &line, ip)
            && (quad.prefix == Some(32) || !of_supplier(view, quad.span.start))
        {
            push(self.public, sink, |slot| match stock {
                true => slot.low(quad.span.clone()).note("a commented-out setting"),
                false => slot.hit(quad.span.clone()),
            });
        }
    }

    /// Whether the line ties the address to a machine: then it is an entry of an inventory.
    fn is_inventory(&self, view: &View<'_>, lower: &[u8], start: usize) -> bool {
        const HOST: &[&str] = &[".internal", ".corp", ".lan", ".intra"];
        has_any(lower, &["fixed-address", "hardware ethernet", "grant "])
            || has_any(lower, HOST)
            || self.words.names_org(lower)
            || memchr::memchr_iter(b':', lower)
                .any(|colon| mac_at(view.text, start + colon).is_some())
    }

    fn colon(&self, view: &View<'_>, at: usize, sink: &mut Sink) {
        let text = view.text;
        let hexish = |b: u8| b.is_ascii_hexdigit();
        let span = widen(text, at..at + 1, V6_LONGEST, |b| hexish(b) || b == b':' || b == b'.');
        // The first colon speaks for the whole address.
        if text[span.start..at].contains(&b':') {
            return;
        }
        if mac_at(text, at).is_some_and(|mac| mac == span) {
            self.judge_mac(view, span, sink);
        } else if let Some(span) = trimmed(text, span) {
            self.judge_v6(view, span, sink);
        }
    }

    fn judge_v6(&self, view: &View<'_>, span: Range<usize>, sink: &mut Sink) {
        let outside = |b: u8| !is_word(b) && b != b'-' && b != b':';
        let text = &view.text[span.clone()];
        if span.len() < 9
            || !outside(before(view.text, span.start))
            || !outside(after(view.text, span.end))
        {
            return;
        }
        let parsed = std::str::from_utf8(text).ok().and_then(|text| text.parse::<Ipv6Addr>().ok());
        let Some(ip) = parsed else { return };
        let parts = ip.segments();
        if of_supplier(view, span.start) {
            return;
        }
        match parts[0] {
            // 2001:db8::/32 and 3fff::/20 are for documentation, the others open resolvers.
            0x2001 if parts[1] == 0xdb8 => {}
            0x3fff if parts[1] < 0x1000 => {}
            0x2001 if parts[1] == 0x4860 && parts[2] == 0x4860 => {}
            0x2606 if parts[1] == 0x4700 && parts[2] == 0x4700 => {}
            0x2620 if parts[1] == 0xfe => {}
            0x2000..=0x3fff => push(self.v6, sink, |slot| slot.hit(span)),
            0xfc00..=0xfdff => push(self.v6, sink, |slot| slot.low(span)),
            _ => {}
        }
    }

    /// Looks behind a word about hardware addresses for the ways to write them without colons.
    fn other_mac(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let end = view.line(at.start).end;
        let tail = &view.text[at.end.min(end)..end.min(at.end + 40)];
        let mark = |b: u8| matches!(b, b'-' | b'.');
        let Some(first) = tail.iter().position(|b| mark(*b)) else { return };
        let first = at.end + first;
        let part = |b: u8| b.is_ascii_hexdigit() || mark(b);
        let span = widen(view.text, first..first + 1, 17, part);
        let text = &view.text[span.clone()];
        let (gap, with) = if text.len() == 17 { (2, b'-') } else { (4, b'.') };
        let fits = text.len() == if gap == 2 { 17 } else { 14 }
            && text.iter().enumerate().all(|(i, b)| (i % (gap + 1) == gap) == (*b == with))
            && !is_word(before(view.text, span.start))
            && !is_word(after(view.text, span.end));
        if fits {
            self.judge_mac(view, span, sink);
        }
    }

    fn judge_mac(&self, view: &View<'_>, span: Range<usize>, sink: &mut Sink) {
        let digits = view.text[span.clone()].iter().filter(|b| b.is_ascii_hexdigit());
        let digits: Vec<u8> = digits.map(u8::to_ascii_lowercase).collect();
        let mut pairs: Vec<&[u8]> = digits.chunks(2).collect();
        let lower = pairs.join(&b':');
        let made_up = [
            "01:00:5e",
            "33:33",
            "01:80:c2",
            "00:00:5e:00:53",
            "00:11:22:33",
            "11:22:33:44",
            "01:23:45:67",
            "12:34:56:78",
            "aa:bb:cc",
            "00:01:02:03",
            "0a:0b:0c",
            "02:42:ac:11",
        ];
        let starts = made_up.iter().any(|head| lower.starts_with(head.as_bytes()));
        if starts || has_any(&lower, &["de:ad:be:ef", "ca:fe:ba:be", "be:ef"]) {
            return;
        }
        pairs.sort_unstable();
        pairs.dedup();
        if pairs.len() <= 3 {
            return;
        }
        let (_, line) = lower_line(view, span.start);
        let named = self.words.names_org(&line) || has_any(&line, &["hostname", "host "]);
        let stock = view.facts.conf && in_comment(view, span.start);
        push(self.mac, sink, |mut slot| {
            if named && !stock {
                slot.severity = slot.severity.max(crate::domain::Severity::Medium);
            }
            slot.hit(span)
        });
    }
}

impl Detector for Address {
    fn sign(&self) -> Option<Sign> {
        (!self.is_idle()).then_some(Sign::Number)
    }

    fn reach(&self) -> Reach {
        Reach::lines(SUPPLIER_LINES, 0)
    }

    fn at(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        if view.class != PathClass::Vendored && !in_test_code(view) {
            self.other_mac(view, at, sink);
        }
    }

    fn worth(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) -> bool {
        self.at(view, rule, at, sink);
        !sink.is_empty()
    }

    fn at_sign(&self, view: &View<'_>, at: usize, sink: &mut Sink) {
        // Other people's code and test code are full of made-up addresses.
        if view.class == PathClass::Vendored || in_test_code(view) {
            return;
        }
        if view.text[at] == b':' {
            self.colon(view, at, sink);
        } else if let Some(quad) = quad_at(view.text, at) {
            self.judge_v4(view, &quad, sink);
        }
    }
}

/// Whether the file is a `.conf` or a template of one: software ships them with sample settings
/// commented out.
pub(in crate::scan) fn is_conf(path: &RepoPath) -> bool {
    let name = path.file_name();
    let name = [b".j2".as_slice(), b".jinja", b".erb", b".epp", b".tmpl", b".tpl"]
        .iter()
        .find_map(|end| name.strip_suffix(*end))
        .unwrap_or(name);
    name.ends_with(b".conf")
}

/// A dotted quad with the prefix length that follows it.
struct Quad {
    ip: Ipv4Addr,
    prefix: Option<u8>,
    span: Range<usize>,
}

/// Reads the dotted quad whose first dot is at `dot`, if it stands alone.
fn quad_at(text: &[u8], dot: usize) -> Option<Quad> {
    let span = widen(text, dot..dot + 1, 15, |b| b.is_ascii_digit() || b == b'.');
    let span = trimmed(text, span)?;
    // The first dot speaks for all three.
    if text.get(span.start..dot)?.contains(&b'.') {
        return None;
    }
    let (left, right) = (before(text, span.start), after(text, span.end));
    let joined = |b: u8| is_word(b) || b == b'-';
    // A single slash makes it a directory of a download; an address follows two, or a space.
    let in_path =
        left == b'/' && span.start.checked_sub(1).is_some_and(|i| is_word(before(text, i)));
    if joined(left) || left == b'.' || joined(right) || in_path {
        return None;
    }
    let ip = std::str::from_utf8(&text[span.clone()]).ok()?.parse().ok()?;
    Some(Quad { ip, prefix: prefix_at(text, span.end), span })
}

/// Reads `/24` at `at`.
fn prefix_at(text: &[u8], at: usize) -> Option<u8> {
    let rest = text.get(at..text.len().min(at + 4))?.strip_prefix(b"/")?;
    let len = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    std::str::from_utf8(&rest[..len]).ok()?.parse().ok().filter(|bits| *bits <= 32)
}

/// Cuts the dot or colon that ends a sentence or a key.
fn trimmed(text: &[u8], span: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(span.clone())?;
    let single = part.ends_with(b".") || part.ends_with(b":") && !part.ends_with(b"::");
    Some(if single { span.start..span.end - 1 } else { span })
}

fn is_version(head: &[u8], ip: [u8; 4]) -> bool {
    let near = head.trim_ascii_end();
    let near = near.len().checked_sub(40).map_or(near, |from| &near[from..]);
    let cut = near.iter().rposition(|b| !b" \t\"'=:/({[,->~<v".contains(b)).map_or(0, |i| i + 1);
    let near_word = &near[..cut];
    let ends = |word: &&str| near_word.ends_with(word.as_bytes());
    // A server is no version: what is short must be the whole word.
    let whole = |word: &&str| {
        ends(word) && !before(near_word, near_word.len() - word.len()).is_ascii_alphabetic()
    };
    if VERSION_END.iter().any(ends) || VERSION.iter().any(whole) || near.ends_with(b"==") {
        return true;
    }
    ip.iter().all(|octet| *octet < 30)
        && has_any(head, &["version", "release", "upgrade", "pkg", "package", "_ver", "bump"])
}

/// Whether a public quad says too little alone: made up, a network of a whole class, or small
/// numbers without a word about addresses, which are most often a version.
fn is_loose(head: &[u8], line: &[u8], [a, b, c, d]: [u8; 4]) -> bool {
    const ABOUT: &[&str] =
        &["ip", "host", "addr", "server", "dns", "allow", "cidr", "://", "route", "ns:", "listen"];
    let small = [a, b, c, d].iter().all(|octet| *octet < 30);
    (a == b && b == c && c == d)
        || b == 0 && c == 0 && d < 4
        || small && (!has_any(line, ABOUT) || has_any(head, &["python", "lib", "require"]))
}

/// The six pairs around the colon at `at`, if they stand alone.
fn mac_at(text: &[u8], at: usize) -> Option<Range<usize>> {
    let span = widen(text, at..at + 1, 18, |b| b.is_ascii_hexdigit() || b == b':');
    let part = &text[span.clone()];
    let pairs = part.len() == 17
        && part.iter().enumerate().all(|(i, b)| (i % 3 == 2) == (*b == b':'))
        && !is_word(before(text, span.start))
        && !is_word(after(text, span.end));
    pairs.then_some(span)
}
