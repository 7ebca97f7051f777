// SPDX-License-Identifier: MIT OR Apache-2.0
//! Archives, packages and programs: whether their licence is packed with them.

use super::{closed, members, packages, phar};
use crate::{domain::RepoPath, scan::packed::Kind};

/// What an archive, a package or a program says about its licence.
#[derive(Clone, Debug, Default)]
pub(in crate::scan::licensing) struct Archive {
    /// What it is, in words.
    pub(in crate::scan::licensing) kind: &'static str,
    /// Whether a licence text is packed in it.
    pub(in crate::scan::licensing) text: bool,
    /// What its own fields call its licence.
    pub(in crate::scan::licensing) named: Option<String>,
    /// Whose it is, if it is known that it may not be passed on.
    pub(in crate::scan::licensing) closed: Option<&'static str>,
    /// Whether only a part of it could be looked at.
    pub(in crate::scan::licensing) cut: bool,
}

/// Formats by their extension, in words.
const FORMATS: &[(&str, &str)] = &[
    ("jar", "Java archive"),
    ("war", "Java web archive"),
    ("ear", "Java enterprise archive"),
    ("aar", "Android library"),
    ("hpi", "Jenkins plugin"),
    ("jpi", "Jenkins plugin"),
    ("whl", "Python wheel"),
    ("egg", "Python egg"),
    ("gem", "Ruby gem"),
    ("tgz", "tar archive"),
    ("tar", "tar archive"),
    ("tbz2", "tar archive"),
    ("txz", "tar archive"),
    ("crate", "Rust crate"),
    ("zip", "ZIP archive"),
    ("7z", "7z archive"),
    ("nupkg", "NuGet package"),
    ("vsix", "Visual Studio extension"),
    ("xpi", "browser extension"),
    ("crx", "browser extension"),
    ("dll", "Windows library"),
    ("exe", "Windows program"),
    ("msi", "Windows installer"),
    ("so", "Linux library"),
    ("dylib", "macOS library"),
    ("pyd", "Python library"),
    ("node", "Node library"),
    ("o", "object file"),
    ("obj", "object file"),
    ("a", "static library"),
    ("lib", "static library"),
    ("deb", "Debian package"),
    ("rpm", "RPM package"),
    ("apk", "Android or Alpine package"),
    ("class", "Java class"),
];

/// Archives that every project has, and whose licence everybody knows.
const WRAPPERS: [&str; 2] = ["gradle-wrapper.jar", "maven-wrapper.jar"];

/// Looks at the list of what is packed in the file, if it is an archive, a package or a program.
pub(super) fn read(path: &RepoPath, raw: &[u8]) -> Option<Archive> {
    let name = String::from_utf8_lossy(path.file_name()).to_ascii_lowercase();
    let kind = Kind::of(raw);
    let packed = phar::read(raw);
    let format = packed.map_or_else(|| format(&name, kind), |_| Some("PHP archive"))?;
    if WRAPPERS.contains(&name.as_str()) {
        return None;
    }
    let mut out =
        Archive { kind: format, closed: closed::package(name.as_bytes()), ..Archive::default() };
    match format {
        "PHP archive" => out.text = packed.unwrap_or_default(),
        "Debian package" => packages::deb(raw, &mut out),
        "RPM package" => out.named = packages::rpm_licence(raw),
        _ if kind.form.is_archive() => {
            let seen = members::read(kind, raw, &mut out);
            // An empty archive holds nobody's work.
            if seen == 0 && !out.cut {
                return None;
            }
        }
        _ => {}
    }
    Some(out)
}

/// Returns what a file of that name is, by its extension alone.
pub(in crate::scan::licensing) fn format_of(path: &RepoPath) -> Option<&'static str> {
    let end = path.extension();
    FORMATS.iter().find(|(known, _)| *known == end).map(|(_, format)| *format)
}

/// Returns what the file is, if it is of a kind that is asked for its licence.
fn format(name: &str, kind: Kind) -> Option<&'static str> {
    let end = name.rsplit('.').next().unwrap_or("");
    if matches!(kind.name, "image" | "PNG image" | "JPEG image") {
        return None;
    }
    if let Some((_, format)) = FORMATS.iter().find(|(known, _)| *known == end && name.contains('.'))
    {
        // A text or a picture that only has the name of one is none.
        return Some(format)
            .filter(|_| !matches!(*format, "static library" | "object file") || is_program(kind))
            .copied();
    }
    let packed_tar = [".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst", ".tar.z"];
    if packed_tar.iter().any(|end| name.ends_with(end)) {
        return Some("tar archive");
    }
    // `libfoo.so.1.2`, and programs without an extension.
    match kind.name {
        "Linux executable" if name.contains(".so.") => Some("Linux library"),
        "Linux executable" | "macOS executable" | "Windows executable" => Some("program"),
        "Debian package" | "RPM package" => Some(kind.name),
        _ => None,
    }
}

fn is_program(kind: Kind) -> bool {
    matches!(
        kind.name,
        "static library"
            | "Linux executable"
            | "macOS executable"
            | "Windows executable"
            | "binary"
    )
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::domain::RepoPath;

    fn kind(name: &str, raw: &[u8]) -> Option<&'static str> {
        read(&RepoPath::new(name.as_bytes()), raw).map(|archive| archive.kind)
    }

    #[test]
    fn kinds_are_told_by_name_and_content() {
        assert_eq!(kind("lib/a.so", b"\x7fELF\0\0"), Some("Linux library"));
        assert_eq!(kind("lib/a.so.1.2", b"\x7fELF\0\0"), Some("Linux library"));
        assert_eq!(kind("bin/tool", b"\x7fELF\0\0"), Some("program"));
        assert_eq!(kind("a.class", b"\xca\xfe\xba\xbe\0\0\0\x34"), Some("Java class"));
        assert_eq!(kind("a.bin", b"\0\x01\x02"), None);
        assert_eq!(kind("font.o", b"wOFF"), None);
        assert_eq!(kind("gradle/wrapper/gradle-wrapper.jar", b"PK\x03\x04"), None);
        assert!(
            read(&RepoPath::new(b"l/ojdbc8.jar"), b"PK\x03\x04").expect("kind").closed.is_some()
        );
    }
}
