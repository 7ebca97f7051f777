// SPDX-License-Identifier: MIT OR Apache-2.0
//! The licence among what is packed in an archive: a text of its own, or a field of a manifest.

use super::archive::Archive;
use crate::scan::packed::{Budget, Form, Kind, Part, members};

/// More of a manifest than this is not read.
const MANIFEST: usize = 256 << 10;
/// An archive in an archive, as gems and compressed tars are.
const DEEPEST: u8 = 3;

/// Looks through the archive; returns the number of files that were listed.
pub(super) fn read(kind: Kind, raw: &[u8], out: &mut Archive) -> usize {
    let mut files = 0;
    let mut budget = Budget::small();
    layer(kind, raw, 0, &mut budget, out, &mut files);
    out.cut |= budget.cut.is_some();
    files
}

fn layer(
    kind: Kind,
    raw: &[u8],
    depth: u8,
    budget: &mut Budget,
    out: &mut Archive,
    files: &mut usize,
) {
    members(kind, raw, budget, &is_wanted, &mut |part, budget| {
        let Part { name, bytes, .. } = part;
        let inner = bytes.as_deref().map_or(kind, Kind::of);
        let wraps = matches!(kind.form, Form::Packed(_)) && inner.form == Form::Tar;
        let lower = name.to_ascii_lowercase();
        let gem = matches!(lower.as_slice(), b"data.tar.gz" | b"metadata.gz");
        if let Some(bytes) = bytes.as_deref().filter(|_| (wraps || gem) && depth < DEEPEST) {
            *files += usize::from(gem);
            if lower == b"metadata.gz" {
                return metadata_of_gem(inner, bytes, budget, out);
            }
            return layer(inner, bytes, depth + 1, budget, out, files);
        }
        *files += 1;
        out.text |= is_licence(&lower);
        if out.named.is_none()
            && let Some(bytes) = bytes.filter(|_| is_manifest(&lower))
        {
            out.named = field(&lower, &bytes[..bytes.len().min(MANIFEST)]);
        }
    });
}

fn metadata_of_gem(kind: Kind, raw: &[u8], budget: &mut Budget, out: &mut Archive) {
    members(kind, raw, budget, &|_| true, &mut |part, _| {
        if let Some(bytes) = part.bytes {
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MANIFEST)]).into_owned();
            let mut lines = text.lines().skip_while(|line| !line.starts_with("licenses:")).skip(1);
            let named = lines.next().and_then(|line| line.strip_prefix("- "));
            out.named = out.named.take().or(named.map(clean));
        }
    });
}

/// Returns whether the entry's bytes are asked for; of most the name is enough.
fn is_wanted(name: &[u8]) -> bool {
    is_manifest(&name.to_ascii_lowercase())
}

/// Returns whether an entry of that lower-case name holds a licence.
pub(super) fn is_licence(name: &[u8]) -> bool {
    let base = name.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    let code: [&[u8]; 9] =
        [b".class", b".java", b".py", b".rb", b".js", b".go", b".h", b".png", b".svg"];
    let starts: [&[u8]; 8] = [
        b"license",
        b"licence",
        b"copying",
        b"unlicense",
        b"mit-license",
        b"gpl-",
        b"lgpl-",
        b"epl-",
    ];
    let folder = memchr::memmem::find(name, b".dist-info/licenses/").is_some()
        || name.starts_with(b"meta-inf/licenses/");
    (starts.iter().any(|start| base.starts_with(start)) || folder)
        && !code.iter().any(|end| base.ends_with(end))
}

fn is_manifest(name: &[u8]) -> bool {
    let ends: [&[u8]; 11] = [
        b".dist-info/metadata",
        b"egg-info/pkg-info",
        b"/pom.xml",
        b"meta-inf/manifest.mf",
        b".nuspec",
        b"package/package.json",
        b"/cargo.toml",
        b"chart.yaml",
        b".pkginfo",
        b"/metadata.json",
        b"/modulefile",
    ];
    ends.iter().any(|end| name.ends_with(end)) || name == b"metadata.json"
}

/// Returns what the manifest calls the licence.
fn field(name: &[u8], bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let line = |keys: &[&str]| {
        text.lines().map(str::trim).find_map(|line| {
            keys.iter().find_map(|key| line.strip_prefix(key)).map(clean).filter(|v| is_said(v))
        })
    };
    if name.ends_with(b".nuspec") {
        return between(&text, "<license", "</license>")
            .or_else(|| between(&text, "<licenseUrl", "</licenseUrl>"));
    }
    if name.ends_with(b"pom.xml") {
        let licences = between(&text, "<licenses", "</licenses>")?;
        return between(&licences, "<name", "</name>");
    }
    if name.ends_with(b".json") {
        let map = serde_json::from_str::<serde_json::Value>(&text).ok()?;
        return map.get("license")?.as_str().map(clean).filter(|value| is_said(value));
    }
    line(&[
        "License-Expression:",
        "License:",
        "Classifier: License ::",
        "Bundle-License:",
        "license '",
        "license =",
        "license=",
        "artifacthub.io/license:",
    ])
}

/// Returns the text between the end of the tag that begins with `open` and `close`.
fn between(text: &str, open: &str, close: &str) -> Option<String> {
    let rest = &text[text.find(open)? + open.len()..];
    let rest = &rest[rest.find('>')? + 1..];
    let end = rest.find(close)?;
    Some(clean(&rest[..end])).filter(|value| is_said(value))
}

fn is_said(value: &str) -> bool {
    !value.is_empty() && !matches!(value.to_ascii_lowercase().as_str(), "unknown" | "none" | "null")
}

/// Returns the value without quotes and what follows it, cut to a line.
fn clean(text: &str) -> String {
    let text = text.trim().trim_end_matches(',').trim_matches(['"', '\'']);
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::{field, is_licence};

    #[test]
    fn licences_are_told_by_name() {
        for name in ["meta-inf/license", "a/copying.txt", "x-1.dist-info/licenses/a.txt"] {
            assert!(is_licence(name.as_bytes()), "{name}");
        }
        for name in ["com/a/license.class", "a/licenses.py", "a/notice"] {
            assert!(!is_licence(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn manifests_name_licences() {
        let said = |name: &str, text: &str| field(name.as_bytes(), text.as_bytes());
        assert_eq!(said("x.dist-info/metadata", "License: MIT\n").as_deref(), Some("MIT"));
        assert_eq!(said("x.dist-info/metadata", "License: UNKNOWN\n"), None);
        let pom = "<project><licenses><license><name>EPL</name></license></licenses></project>";
        assert_eq!(said("meta-inf/maven/a/b/pom.xml", pom).as_deref(), Some("EPL"));
        assert_eq!(
            said("a.nuspec", "<license type=\"expression\">MIT</license>").as_deref(),
            Some("MIT")
        );
    }
}
