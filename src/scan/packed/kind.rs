// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a file is, by its first bytes: names lie.

use super::Method;

/// How a file is looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scan) enum Form {
    /// A zip archive, under whatever name.
    Zip,
    /// A tar archive.
    Tar,
    /// A 7z archive.
    SevenZip,
    /// One file, compressed.
    Packed(Method),
    /// A picture with metadata.
    Image,
    /// A PDF document.
    Pdf,
    /// Sound, film, fonts, and what is compressed or encrypted in a way that is not read here:
    /// strings in it mean nothing.
    Media,
    /// Anything else.
    Other,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scan) struct Kind {
    /// In words.
    pub(in crate::scan) name: &'static str,
    /// How to look into it.
    pub(in crate::scan) form: Form,
    /// The rule that such a file breaks, whatever it is called.
    pub(in crate::scan) rule: Option<&'static str>,
}

type Magic = (usize, &'static [u8], &'static str, Form);

/// Offset, bytes, words and form; the first that fits counts.
const MAGICS: &[Magic] = &[
    (0, b"PK\x03\x04", "ZIP archive", Form::Zip),
    (0, b"PK\x05\x06", "empty ZIP archive", Form::Zip),
    (0, b"\x1f\x8b\x08", "gzip file", Form::Packed(Method::Gzip)),
    (257, b"ustar", "tar archive", Form::Tar),
    (4, b"1AY&SY", "bzip2 file", Form::Packed(Method::Bzip2)),
    (0, b"\xfd7zXZ\0", "xz file", Form::Packed(Method::Xz)),
    (0, b"\x28\xb5\x2f\xfd", "Zstandard file", Form::Packed(Method::Zstd)),
    (0, b"\x04\x22\x4d\x18", "LZ4 file", Form::Media),
    (0, b"7z\xbc\xaf\x27\x1c", "7z archive", Form::SevenZip),
    (0, b"Rar!\x1a\x07", "RAR archive", Form::Media),
    (0, b"!<arch>\ndebian-binary", "Debian package", Form::Media),
    (0, b"!<arch>\n", "static library", Form::Other),
    (0, b"\xed\xab\xee\xdb", "RPM package", Form::Media),
    (0, b"MSCF", "Windows cabinet", Form::Media),
    (0, b"# v2 git bundle\n", "Git bundle", Form::Media),
    (0, b"# v3 git bundle\n", "Git bundle", Form::Media),
    (0, b"PACK\0\0\0", "Git pack", Form::Media),
    (0, b"DIRC\0\0\0", "Git index", Form::Other),
    (0, b"\x89PNG\r\n\x1a\n", "PNG image", Form::Image),
    (0, b"\xff\xd8\xff", "JPEG image", Form::Image),
    (0, b"GIF8", "GIF image", Form::Media),
    (8, b"WEBP", "WebP image", Form::Image),
    (0, b"II*\0", "TIFF image", Form::Image),
    (0, b"MM\0*", "TIFF image", Form::Image),
    (4, b"ftypheic", "HEIC image", Form::Image),
    (4, b"ftypheix", "HEIC image", Form::Image),
    (4, b"ftypmif1", "HEIF image", Form::Image),
    (4, b"ftypavif", "AVIF image", Form::Image),
    (4, b"ftyp", "film or sound (MP4)", Form::Media),
    (0, b"\0\0\x01\0", "Windows icon", Form::Media),
    (0, b"8BPS", "Photoshop image", Form::Media),
    (0, b"icns", "Apple icon", Form::Media),
    (0, b"%PDF-", "PDF document", Form::Pdf),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office document in the old format", Form::Other),
    (0, b"wOFF", "font", Form::Media),
    (0, b"wOF2", "font", Form::Media),
    (0, b"OTTO", "font", Form::Media),
    (0, b"ttcf", "font", Form::Media),
    (0, b"\0\x01\0\0\0", "font", Form::Media),
    (34, b"LP", "font", Form::Media),
    (0, b"ID3", "sound", Form::Media),
    (0, b"OggS", "sound", Form::Media),
    (0, b"fLaC", "sound", Form::Media),
    (8, b"WAVE", "sound", Form::Media),
    (8, b"AVI ", "film", Form::Media),
    (0, b"\x1a\x45\xdf\xa3", "film", Form::Media),
    (0, b"\x7fELF", "Linux executable", Form::Other),
    (0, b"\xfe\xed\xfa\xce", "macOS executable", Form::Other),
    (0, b"\xfe\xed\xfa\xcf", "macOS executable", Form::Other),
    (0, b"\xce\xfa\xed\xfe", "macOS executable", Form::Other),
    (0, b"\xcf\xfa\xed\xfe", "macOS executable", Form::Other),
    (0, b"\xca\xfe\xba\xbe\0\0\0", "Java class, or macOS executable", Form::Other),
    (0, b"\0asm", "WebAssembly", Form::Other),
    (0, b"MZ", "Windows executable", Form::Other),
    (0, b"\xac\xed\0\x05", "serialised Java objects", Form::Other),
    (0, b"PAR1", "Parquet table", Form::Other),
    (0, b"\x89HDF", "HDF5 data", Form::Other),
    (0, b"\x93NUMPY", "NumPy data", Form::Other),
    (0, b"\xde\x12\x04\x95", "translations (gettext)", Form::Other),
    (0, b"\x95\x04\x12\xde", "translations (gettext)", Form::Other),
    (0, b"bplist00", "Apple property list", Form::Other),
    (0, b"\0\0\0\x01Bud1", "Finder folder settings, with names of files", Form::Other),
    (0, b"ElfFile\0", "Windows event log", Form::Other),
    (0, b"regf", "Windows registry hive", Form::Other),
    (0, b"!BDN", "Outlook mailbox", Form::Other),
    (128, b"DICM", "medical image (DICOM)", Form::Other),
    (0, b"KDMV", "disk image", Form::Other),
    (0, b"QFI\xfb", "disk image", Form::Other),
];

/// Offset, bytes and words of what a rule knows by name, and the rule.
const RULED: &[(usize, &[u8], &str, &str)] = &[
    (0, b"\xfe\xed\xfe\xed", "Java key store", "sensitive/keystore"),
    (0, b"\xce\xce\xce\xce", "Java key store (JCEKS)", "sensitive/keystore"),
    (0, b"\x05\x02\0\0\0", "Kerberos keytab", "sensitive/keystore"),
    (0, b"\x03\xd9\xa2\x9a", "KeePass password database", "sensitive/password-database"),
    (0, b"PWS3", "Password Safe database", "sensitive/password-database"),
    (0, b"\xa1\xb2\xc3\xd4", "network capture", "sensitive/traffic-capture"),
    (0, b"\xd4\xc3\xb2\xa1", "network capture", "sensitive/traffic-capture"),
    (0, b"\xa1\xb2\x3c\x4d", "network capture", "sensitive/traffic-capture"),
    (0, b"\x4d\x3c\xb2\xa1", "network capture", "sensitive/traffic-capture"),
    (0, b"\x0a\x0d\x0d\x0a", "network capture", "sensitive/traffic-capture"),
    (0, b"SQLite format 3\0", "SQLite database", "sensitive/database-file"),
    (0, b"REDIS0", "Redis dump", "sensitive/database-file"),
    (0, b"\0\x01\0\0Standard ", "Access database", "sensitive/database-file"),
    (0, b"PGDMP", "PostgreSQL dump", "sensitive/database-dump"),
];

/// A PFX structure: a sequence that begins with version 3 and goes on with a sequence.
fn is_pkcs12(raw: &[u8]) -> bool {
    let inner = match raw {
        [0x30, 0x82, _, _, rest @ ..] | [0x30, 0x83, _, _, _, rest @ ..] => rest,
        [0x30, 0x80 | 0x81, rest @ ..] => rest.strip_prefix(&[0x80]).unwrap_or(rest),
        _ => return false,
    };
    inner.starts_with(&[2, 1, 3, 0x30])
}

impl Form {
    /// Returns whether it holds files.
    pub(in crate::scan) fn is_archive(self) -> bool {
        matches!(self, Self::Zip | Self::Tar | Self::SevenZip | Self::Packed(_))
    }
}

impl Kind {
    /// Looks at the first bytes of `raw`.
    pub(in crate::scan) fn of(raw: &[u8]) -> Self {
        let at = |offset: usize, magic: &[u8]| {
            raw.get(offset..).is_some_and(|raw| raw.starts_with(magic))
        };
        if let Some((.., name, rule)) = RULED.iter().find(|(offset, m, ..)| at(*offset, m)) {
            return Self { name, form: Form::Other, rule: Some(rule) };
        }
        if is_pkcs12(raw) {
            let (name, rule) = ("PKCS#12 key store", Some("sensitive/keystore"));
            return Self { name, form: Form::Media, rule };
        }
        if let Some((.., name, form)) = MAGICS.iter().find(|(offset, m, ..)| at(*offset, m)) {
            return Self { name, form: *form, rule: None };
        }
        let der = raw.starts_with(&[0x30, 0x82]) && raw.len() < 64 << 10;
        let name = if der { "certificate or key (DER)" } else { "binary" };
        Self { name, form: Form::Other, rule: None }
    }
}

/// Returns whether `raw` is packed, although few of its bytes may be zeros.
pub(in crate::scan) fn packs(raw: &[u8]) -> bool {
    // Nearly every file begins with something else than these.
    matches!(raw.first(), Some(b'P' | b'7' | 0x1f | b'%' | b'B' | 0xfd | 0x28 | 0x89 | 0xff))
        && matches!(
            Kind::of(raw),
            Kind { form: Form::Zip | Form::SevenZip | Form::Packed(_) | Form::Pdf, .. }
                | Kind { name: "PNG image" | "JPEG image", .. }
        )
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn what_a_file_is_stands_in_its_bytes() {
        for (raw, name) in [
            (b"\xfe\xed\xfe\xed\0\0\0\x02".as_slice(), "Java key store"),
            (b"\x30\x82\x09\x01\x02\x01\x03\x30\x82", "PKCS#12 key store"),
            (b"\x30\x82\x03\x01\x30\x82\x02", "certificate or key (DER)"),
            (b"SQLite format 3\0", "SQLite database"),
            (b"MZ\x90\0", "Windows executable"),
            (b"\0\0\0\x18ftypheic", "HEIC image"),
            (b"", "binary"),
        ] {
            assert_eq!(Kind::of(raw).name, name);
        }
    }
}
