// SPDX-License-Identifier: MIT OR Apache-2.0
//! Packages of Linux distributions: the copyright file of Debian's, the field of an RPM's head.

use super::archive::Archive;
use crate::scan::packed::{Budget, Kind, members};

/// What begins an entry of an `ar` archive's list, and how long its head is.
const AR: &[u8] = b"!<arch>\n";
const AR_HEAD: usize = 60;

/// Looks for the copyright file among the files of a Debian package.
pub(super) fn deb(raw: &[u8], out: &mut Archive) {
    let mut at = AR.len();
    // Three files make one: its version, its control files, its data.
    for _ in 0..8 {
        let Some(head) = raw.get(at..at + AR_HEAD) else { break };
        let size = std::str::from_utf8(&head[48..58]).ok().and_then(|s| s.trim().parse().ok());
        let Some(size) = size.filter(|size: &usize| *size <= raw.len()) else { break };
        let from = at + AR_HEAD;
        let data = &raw[from.min(raw.len())..from.saturating_add(size).min(raw.len())];
        if head.starts_with(b"data.tar") {
            return copyright(data, out, 0);
        }
        at = from.saturating_add(size + size % 2);
    }
    out.cut = true;
}

fn copyright(raw: &[u8], out: &mut Archive, depth: u8) {
    let mut budget = Budget::small();
    members(Kind::of(raw), raw, &mut budget, &|_| true, &mut |part, _| {
        let bytes = part.bytes.as_deref().unwrap_or_default();
        if depth == 0 && Kind::of(bytes).name == "tar archive" {
            return copyright(bytes, out, 1);
        }
        let name = &part.name;
        out.text |= memchr::memmem::find(name, b"usr/share/doc/").is_some()
            && name.ends_with(b"/copyright");
    });
    out.cut |= budget.cut.is_some();
}

/// What begins a head of an RPM, and the field that names the licence.
const HEAD: &[u8] = b"\x8e\xad\xe8\x01";
const LEAD: usize = 96;
const LICENCE: u32 = 1014;
/// No head has more fields.
const MOST_FIELDS: usize = 10_000;

/// Returns the licence that the head of an RPM names.
pub(super) fn rpm_licence(raw: &[u8]) -> Option<String> {
    // The head of the signatures comes first; it ends at a multiple of eight.
    let signatures = raw.get(LEAD..)?;
    let (fields, size) = sizes(signatures)?;
    let len = 16usize.checked_add(fields * 16)?.checked_add(size)?.next_multiple_of(8);
    let head = signatures.get(len..)?;
    let (fields, _) = sizes(head)?;
    let list = head.get(16..)?;
    let store = list.get(fields * 16..)?;
    let entry =
        list.chunks_exact(16).take(fields).find(|entry| u32_of(entry, 0) == Some(LICENCE))?;
    let text = store.get(u32_of(entry, 8)? as usize..)?;
    let end = memchr::memchr(0, &text[..text.len().min(1 << 10)])?;
    let said: String = String::from_utf8_lossy(&text[..end])
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect();
    (!said.is_empty()).then_some(said)
}

fn sizes(head: &[u8]) -> Option<(usize, usize)> {
    head.starts_with(HEAD).then_some(())?;
    let (fields, size) = (u32_of(head, 8)? as usize, u32_of(head, 12)? as usize);
    (fields <= MOST_FIELDS && size <= head.len()).then_some((fields, size))
}

fn u32_of(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::{AR, rpm_licence};
    use crate::scan::licensing::bundle::archive::Archive;

    #[test]
    fn the_head_of_an_rpm_is_read() {
        let head = |fields: &[(u32, &str)]| {
            let mut store = Vec::new();
            let mut list = Vec::new();
            for (tag, text) in fields {
                for number in [*tag, 6, store.len() as u32, 1] {
                    list.extend(number.to_be_bytes());
                }
                store.extend(text.as_bytes());
                store.push(0);
            }
            let mut out = b"\x8e\xad\xe8\x01\0\0\0\0".to_vec();
            out.extend((fields.len() as u32).to_be_bytes());
            out.extend((store.len() as u32).to_be_bytes());
            [out, list, store].concat()
        };
        let mut raw = vec![0; 96];
        raw.extend(head(&[(1000, "x")]));
        raw.resize(raw.len().next_multiple_of(8), 0);
        raw.extend(head(&[(1000, "tool"), (1014, "GPL-2.0-only")]));
        assert_eq!(rpm_licence(&raw).as_deref(), Some("GPL-2.0-only"));
        for len in 0..raw.len() {
            let _ = rpm_licence(&raw[..len]);
        }
    }

    #[test]
    fn a_damaged_debian_package_is_borne() {
        let mut out = Archive::default();
        super::deb(&[AR, &[b' '; 70]].concat(), &mut out);
        assert!(out.cut && !out.text);
    }
}
