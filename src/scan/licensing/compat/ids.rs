// SPDX-License-Identifier: MIT OR Apache-2.0
//! What an id may mean: versions that it leaves open, names of whole families, old ids.

use super::{Apart, Outcome, category::bare};

/// Names that stand for more than one id, or for another.
const READINGS: &[(&str, &[&str])] = &[
    ("GPL", &["GPL-2.0-or-later", "GPL-3.0-or-later"]),
    ("GPL-1.0+", &["GPL-1.0-or-later", "GPL-2.0-or-later", "GPL-3.0-or-later"]),
    ("GPL-1.0-or-later", &["GPL-1.0-or-later", "GPL-2.0-or-later", "GPL-3.0-or-later"]),
    ("LGPL", &["LGPL-2.1-or-later", "LGPL-3.0-or-later"]),
    ("AGPL", &["AGPL-3.0-or-later"]),
    ("BSD", &["BSD-3-Clause", "BSD-2-Clause"]),
    ("BSD-2-Clause-FreeBSD", &["BSD-2-Clause"]),
    ("BSD-2-Clause-NetBSD", &["BSD-2-Clause"]),
    ("Apache", &["Apache-2.0"]),
    ("MPL", &["MPL-2.0"]),
    ("EPL", &["EPL-2.0", "EPL-1.0"]),
    ("CDDL", &["CDDL-1.1", "CDDL-1.0"]),
    ("Artistic", &["Artistic-2.0", "Artistic-1.0"]),
    ("CC-BY", &["CC-BY-4.0"]),
    ("CC-BY-SA", &["CC-BY-SA-4.0"]),
    ("StandardML-NJ", &["SMLNJ"]),
    ("MPL-1.1+", &["MPL-1.1", "MPL-2.0"]),
    ("MPL-1.0+", &["MPL-1.0", "MPL-1.1", "MPL-2.0"]),
    ("EPL-1.0+", &["EPL-1.0", "EPL-2.0"]),
    ("CPL-1.0+", &["CPL-1.0", "EPL-1.0"]),
    ("CDDL-1.0+", &["CDDL-1.0", "CDDL-1.1"]),
    ("Apache-1.1+", &["Apache-1.1", "Apache-2.0"]),
    ("EUPL-1.1+", &["EUPL-1.1", "EUPL-1.2"]),
    ("OSL-2.1+", &["OSL-2.1", "OSL-3.0"]),
    ("ZPL-2.0+", &["ZPL-2.0", "ZPL-2.1"]),
];

/// Families of which an id says by its ending whether a later version may be chosen.
const GNU: [&str; 4] = ["GPL-", "LGPL-", "AGPL-", "GFDL-"];

/// Old ids that name an exception, by what stands between `-with-` and `-exception`.
const OLD: [(&str, &str); 5] = [
    ("gcc", "GCC-exception-3.1"),
    ("autoconf", "Autoconf-exception-3.0"),
    ("bison", "Bison-exception-2.2"),
    ("classpath", "Classpath-exception-2.0"),
    ("font", "Font-exception-2.0"),
];

/// Returns the ids that `id` may stand for, and the exception that an old one names.
pub(super) fn readings(id: &str) -> (Vec<String>, Option<&'static str>) {
    let id = bare(id);
    if let Some((base, rest)) = id.split_once("-with-") {
        let name = rest.trim_end_matches("-exception").to_ascii_lowercase();
        let old = OLD.iter().find(|(known, _)| *known == name).map(|(_, exception)| *exception);
        return (readings(base).0, old);
    }
    if let Some((_, ids)) = READINGS.iter().find(|(name, _)| name.eq_ignore_ascii_case(id)) {
        return (ids.iter().map(|id| (*id).to_owned()).collect(), None);
    }
    let upper = id.to_ascii_uppercase();
    let gnu = GNU.iter().any(|start| upper.starts_with(start));
    let said = ["-only", "-or-later"].iter().any(|end| id.to_ascii_lowercase().ends_with(end));
    let out = match id.strip_suffix('+') {
        Some(base) if gnu => vec![format!("{base}-or-later")],
        Some(base) => vec![base.to_owned()],
        None if gnu && !said => vec![format!("{id}-or-later"), format!("{id}-only")],
        None => vec![id.to_owned()],
    };
    (out, None)
}

/// Exceptions for what is built or generated with the work.
const MADE: [&str; 8] =
    ["autoconf", "bison", "libtool", "gcc-", "gnu-compiler", "font-", "texinfo", "gnome-examples"];
/// Exceptions for what is linked with it, or runs on it.
const LINKED: [&str; 29] = [
    "classpath",
    "linux-syscall-note",
    "llvm-exception",
    "gpl-3.0-linking",
    "lgpl-3.0-linking",
    "gnat",
    "ocaml-lgpl",
    "openjdk",
    "wxwindows",
    "ecos",
    "freertos",
    "u-boot",
    "swift",
    "fltk",
    "mif-",
    "qt-gpl",
    "qt-lgpl",
    "qwt",
    "universal-foss",
    "i2p",
    "independent-modules",
    "erlang-otp",
    "fawkes",
    "gnu-javamail",
    "lzma",
    "rrdtool",
    "simple-library",
    "polyparse",
    "bootloader",
];

/// Returns what an exception makes of a licence that does not fit, if it is one that helps.
pub(super) fn exception(name: &str, outbounds: &[String]) -> Option<Outcome> {
    let lower = name.to_ascii_lowercase();
    let is = |starts: &[&str]| starts.iter().any(|start| lower.starts_with(start));
    // LLVM's says that GPLv2 takes the work in.
    if lower == "llvm-exception" && outbounds.iter().any(|out| out.starts_with("GPL-2.0")) {
        return Some(Outcome::Compatible);
    }
    (is(&MADE) || is(&LINKED)).then_some(Outcome::Separate(Apart::Exception))
}
