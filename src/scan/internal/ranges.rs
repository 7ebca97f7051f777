// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which network addresses are nobody's, everybody's or a supplier's.

use super::has_any;
use crate::{domain::RepoPath, scan::View};

/// Public addresses that everybody names: open resolvers and favourites of documentation.
pub(super) const WELL_KNOWN: &[[u8; 4]] = &[
    [1, 1, 1, 1],
    [1, 0, 0, 1],
    [8, 8, 8, 8],
    [8, 8, 4, 4],
    [9, 9, 9, 9],
    [149, 112, 112, 112],
    [208, 67, 222, 222],
    [208, 67, 220, 220],
    [4, 2, 2, 1],
    [4, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 3, 2, 1],
    [5, 6, 7, 8],
    [11, 22, 33, 44],
    [12, 34, 56, 78],
    [168, 63, 129, 16],
    // The sample of dhclient.conf(5), which systems install commented out.
    [192, 33, 137, 200],
    [192, 33, 137, 209],
    [192, 33, 137, 250],
    [192, 33, 137, 255],
    [192, 5, 5, 213],
    // The root servers, https://www.iana.org/domains/root/servers
    [198, 41, 0, 4],
    [170, 247, 170, 2],
    [192, 33, 4, 12],
    [199, 7, 91, 13],
    [192, 203, 230, 10],
    [192, 5, 5, 241],
    [192, 112, 36, 4],
    [198, 97, 190, 53],
    [192, 36, 148, 17],
    [192, 58, 128, 30],
    [193, 0, 14, 129],
    [199, 7, 83, 42],
    [202, 12, 27, 33],
];

/// Lines and files that list the networks of large suppliers; everybody has the same list.
const SUPPLIER: &[&str] = &[
    "cloudflare",
    "fastly",
    "cloudfront",
    "akamai",
    "incapsula",
    "googlebot",
    "pingdom",
    // What every snort.conf lists for AOL.
    "aim_servers",
];

/// How far above an address its supplier may be named.
pub(super) const SUPPLIER_LINES: u8 = 10;

/// Ends of words that make the number to their right a version.
pub(super) const VERSION_END: &[&str] =
    &["version", "release", "firmware", "chrome", "chromium", "revision", "oid"];

/// Short words that do the same, if they stand alone.
pub(super) const VERSION: &[&str] =
    &["safari", "edge", "opera", "driver", "build", "ver", "rev", "tag", "msie", "iis"];

/// Whether the address belongs to the list of a supplier, which is named close above, without an
/// empty line between.
pub(super) fn of_supplier(view: &View<'_>, at: usize) -> bool {
    let above = view.text[view.lines(at, SUPPLIER_LINES, 0)].to_ascii_lowercase();
    let block = memchr::memmem::rfind(&above, b"\n\n").map_or(0, |gap| gap);
    let indent = |line: &[u8]| line.len() - line.trim_ascii_start().len();
    let own = indent(&view.text[view.line(at)]);
    // What is further in than the address is settings of another entry: `cloudflare: {proxied}`.
    let inner = |line: &[u8]| line.trim_ascii_end().ends_with(b":") && indent(line) > own;
    let lines = above[block..].split(|b| *b == b'\n');
    view.facts.supplier || lines.filter(|line| !inner(line)).any(|line| has_any(line, SUPPLIER))
}

/// Whether the key that the address stands behind calls its value a sample: `my_subnet = `.
pub(super) fn is_sample_key(head: &[u8]) -> bool {
    const SAMPLES: &[&str] = &["my_", "my-", "your_", "your-", "example", "sample_", "foo"];
    let key = head.trim_ascii_end();
    let end = key.iter().rposition(|b| !b" \t\"'`=:>([{,".contains(b)).map_or(0, |i| i + 1);
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let start = key[..end].iter().rposition(|b| !part(b)).map_or(0, |i| i + 1);
    // Something must join the two, or the word is one of a sentence.
    let joined = head[end..].iter().any(|b| b"=:>".contains(b));
    joined && SAMPLES.iter().any(|sample| key[start..end].starts_with(sample.as_bytes()))
}

/// Whether the path is that of a module which a playbook of Ansible brings along: its
/// documentation is full of made-up networks.
pub(in crate::scan) fn is_module(path: &RepoPath) -> bool {
    const ABOVE: &[&[u8]] = &[b"playbooks", b"playbook", b"ansible", b"roles"];
    let lower = path.as_bytes().to_ascii_lowercase();
    let parts: Vec<&[u8]> = lower.split(|b| *b == b'/').collect();
    let Some((name, dirs)) = parts.split_last() else { return false };
    let script = name.ends_with(b".py") || !name.contains(&b'.');
    script
        && dirs.iter().enumerate().any(|(i, dir)| {
            *dir == b"library" && (i == 0 || dirs[..i].iter().any(|above| ABOVE.contains(above)))
        })
}

/// Whether the path names a supplier.
pub(in crate::scan) fn names_supplier(path: &RepoPath) -> bool {
    has_any(&path.as_bytes().to_ascii_lowercase(), SUPPLIER)
}

/// Private ranges that software brings along, so they say nothing about anybody's network.
pub(super) fn is_whole_range(ip: [u8; 4], prefix: Option<u8>) -> bool {
    let [a, b, c, d] = ip;
    match (a, b, c) {
        // Whole private ranges, and the usual first network of a cloud.
        (10, 0, 0) if d == 0 => matches!(prefix, None | Some(8 | 16 | 24)),
        (172, 16, 0) if d == 0 => prefix.is_none_or(|bits| bits <= 16),
        (192, 168, 0) if d == 0 => true,
        (100, 64, 0) if d == 0 => prefix.is_none_or(|bits| bits <= 10),
        // docker0, Vagrant, VirtualBox, libvirt, minikube, services of Kubernetes, flannel.
        (172, 17, 0) | (192, 168, 33 | 56 | 122) | (10, 0, 2) | (10, 96, 0) => true,
        (192, 168, 99) => d == 100,
        (10, 244 | 42 | 43, 0) => d == 0 && prefix.is_none_or(|bits| bits >= 16),
        _ => false,
    }
}

/// Addresses that many networks have, and samples too: only beside a host do they tell something.
pub(super) fn is_usual_host([a, b, c, d]: [u8; 4]) -> bool {
    match (a, b, c) {
        (10, 0, 0) => matches!(d, 1 | 2),
        // What a home router calls itself.
        (192, 168, 0 | 1) => d == 1 || d == 0,
        (10, x, y) => x == y && y == d,
        // The gateway of every machine that is rented at Hetzner.
        (172, 31, 1) => d == 1,
        _ => false,
    }
}

/// Ranges that belong to nobody, and health checks of clouds.
pub(super) fn is_dedicated(ip: [u8; 4]) -> bool {
    let [a, b, c, _] = ip;
    matches!(a, 0 | 127 | 224..=255)
        || matches!(
            (a, b, c),
            (169, 254, _)
                | (192, 0, 0 | 2)
                | (198, 51, 100)
                | (203, 0, 113)
                | (198, 18 | 19, _)
                | (192, 88, 99)
                | (35, 191, _)
                | (130, 211, 0..=3)
                // Google's checks of network balancers, its proxy for identities and private access.
                | (209, 85, 152..=155 | 204..=207)
                | (35, 235, 240..=255)
                | (199, 36, 153)
                // GitHub Pages.
                | (185, 199, 108..=111)
                // The sample networks of every Postfix.
                | (168, 100, 3 | 189)
                // AS 112 and the clocks of Google.
                | (192, 175, 48)
                | (216, 239, 35)
        )
}
