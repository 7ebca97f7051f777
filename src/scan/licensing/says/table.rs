// SPDX-License-Identifier: MIT OR Apache-2.0
//! Phrases that name a licence, as [`Words`](super::blocks::Words) leaves them, and what they say.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// The full name of a licence.
    Name(&'static str),
    /// A short name that means something else as often: it needs words around it.
    Short(&'static str),
    /// A GNU licence, whose version follows or stands in the name.
    Gnu(Gnu, Option<(&'static str, bool)>),
    /// A sentence that grants the licence by itself.
    Grant(&'static str),
    /// The address of a licence's text.
    Link(&'static str),
    /// An address below which the versions of GNU licences stand.
    GnuLink,
    /// An exception to the licence.
    Except(&'static str),
}

/// The families of GNU licences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gnu {
    Gpl,
    Lgpl,
    Agpl,
    Gfdl,
}

impl Gnu {
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Gpl => "GPL",
            Self::Lgpl => "LGPL",
            Self::Agpl => "AGPL",
            Self::Gfdl => "GFDL",
        }
    }

    /// Returns the version as SPDX spells it.
    pub(super) fn version(self, written: &str) -> Option<&'static str> {
        match (self, written) {
            (Self::Gpl, "1" | "1.0") | (Self::Agpl, "1" | "1.0") => Some("1.0"),
            (Self::Gpl | Self::Lgpl, "2" | "2.0") => Some("2.0"),
            (Self::Lgpl, "2.1") => Some("2.1"),
            (Self::Gpl | Self::Lgpl | Self::Agpl, "3" | "3.0") => Some("3.0"),
            (Self::Gfdl, "1.1") => Some("1.1"),
            (Self::Gfdl, "1.2") => Some("1.2"),
            (Self::Gfdl, "1.3") => Some("1.3"),
            _ => None,
        }
    }

    /// Returns the first version, which stands for "any" where none is named.
    pub(super) fn any(self) -> &'static str {
        match self {
            Self::Gpl => "1.0",
            Self::Lgpl => "2.0",
            Self::Agpl => "3.0",
            Self::Gfdl => "1.1",
        }
    }
}

use Says::{Except, Grant, Link, Name, Short};

/// All but the GNU licences.
const PHRASES: &[(&str, Says)] = &[
    // Apache.
    ("apache license version 2.0", Name("Apache-2.0")),
    ("apache license version 2", Name("Apache-2.0")),
    ("apache license 2.0", Name("Apache-2.0")),
    ("apache license 2", Name("Apache-2.0")),
    ("apache license v2.0", Name("Apache-2.0")),
    ("apache license v2", Name("Apache-2.0")),
    ("apache license v 2.0", Name("Apache-2.0")),
    ("apache 2.0 license", Name("Apache-2.0")),
    ("apache 2 license", Name("Apache-2.0")),
    ("apache v2 license", Name("Apache-2.0")),
    ("apache version 2.0 license", Name("Apache-2.0")),
    ("apache software license version 2.0", Name("Apache-2.0")),
    ("apache software license 2.0", Name("Apache-2.0")),
    ("apache software license v2", Name("Apache-2.0")),
    ("apache public license 2.0", Name("Apache-2.0")),
    ("version 2.0 of the apache license", Name("Apache-2.0")),
    ("apache software license version 1.1", Name("Apache-1.1")),
    ("apache license version 1.1", Name("Apache-1.1")),
    ("apache license", Name("Apache")),
    ("apache software license", Name("Apache")),
    ("apache 2.0", Short("Apache-2.0")),
    ("apache 2", Short("Apache-2.0")),
    ("apache2", Short("Apache-2.0")),
    ("apache2.0", Short("Apache-2.0")),
    ("apachev2", Short("Apache-2.0")),
    ("apache v2", Short("Apache-2.0")),
    ("apache v2.0", Short("Apache-2.0")),
    ("apache version 2.0", Short("Apache-2.0")),
    ("asl 2.0", Short("Apache-2.0")),
    ("asl2", Short("Apache-2.0")),
    ("asl2.0", Short("Apache-2.0")),
    ("asl v2", Short("Apache-2.0")),
    ("al2", Short("Apache-2.0")),
    ("apache", Short("Apache")),
    ("apache org licenses license 2.0", Link("Apache-2.0")),
    ("opensource org licenses apache 2.0", Link("Apache-2.0")),
    ("opensource org license apache 2 0", Link("Apache-2.0")),
    ("aws amazon com apache2.0", Link("Apache-2.0")),
    // MIT and its like.
    ("mit license", Name("MIT")),
    ("the mit license", Name("MIT")),
    ("mit open source license", Name("MIT")),
    ("mit style license", Name("MIT")),
    ("mit x11 license", Name("MIT")),
    ("mit expat license", Name("MIT")),
    ("expat license", Name("MIT")),
    ("mit", Short("MIT")),
    ("mit x11", Short("MIT")),
    ("expat", Short("MIT")),
    ("mit 0", Short("MIT-0")),
    ("mit no attribution", Name("MIT-0")),
    ("opensource org licenses mit", Link("MIT")),
    ("opensource org licenses mit license", Link("MIT")),
    ("opensource org license mit", Link("MIT")),
    ("spdx org licenses mit", Link("MIT")),
    ("jquery org license", Link("MIT")),
    ("mit license org", Link("MIT")),
    ("permission is hereby granted free of charge to any person obtaining a copy", Grant("MIT")),
    (
        "permission is hereby granted free of charge to any person or organization obtaining a copy of the software and accompanying documentation covered by this license",
        Grant("BSL-1.0"),
    ),
    ("isc license", Name("ISC")),
    ("isc", Short("ISC")),
    ("opensource org licenses isc", Link("ISC")),
    ("opensource org licenses isc license", Link("ISC")),
    (
        "permission to use copy modify and distribute this software for any purpose with or without fee is hereby granted",
        Grant("ISC"),
    ),
    (
        "permission to use copy modify and or distribute this software for any purpose with or without fee is hereby granted",
        Grant("ISC"),
    ),
    (
        "permission to use copy modify and distribute this software and its documentation for any purpose",
        Grant("HPND"),
    ),
    (
        "permission to use copy modify distribute and sell this software and its documentation for any purpose",
        Grant("HPND-sell-variant"),
    ),
    (
        "permission to use copy modify and distribute this software is freely granted provided that this notice is preserved",
        Grant("SunPro"),
    ),
    (
        "permission to use copy modify and distribute this software for any purpose without fee is hereby granted provided that this entire notice is included in all copies",
        Grant("dtoa"),
    ),
    // BSD.
    ("redistribution and use in source and binary forms", Grant("BSD")),
    ("bsd 3 clause license", Name("BSD-3-Clause")),
    ("3 clause bsd license", Name("BSD-3-Clause")),
    ("three clause bsd license", Name("BSD-3-Clause")),
    ("3 clause bsd", Name("BSD-3-Clause")),
    ("bsd 3 clause", Name("BSD-3-Clause")),
    ("bsd3", Short("BSD-3-Clause")),
    ("bsd 3", Short("BSD-3-Clause")),
    ("new bsd license", Name("BSD-3-Clause")),
    ("new bsd", Short("BSD-3-Clause")),
    ("modified bsd license", Name("BSD-3-Clause")),
    ("revised bsd license", Name("BSD-3-Clause")),
    ("bsd style license", Name("BSD-style")),
    ("bsd style", Short("BSD-style")),
    ("bsd like license", Name("BSD-style")),
    ("bsd 2 clause license", Name("BSD-2-Clause")),
    ("2 clause bsd license", Name("BSD-2-Clause")),
    ("two clause bsd license", Name("BSD-2-Clause")),
    ("2 clause bsd", Name("BSD-2-Clause")),
    ("bsd 2 clause", Name("BSD-2-Clause")),
    ("bsd2", Short("BSD-2-Clause")),
    ("bsd 2", Short("BSD-2-Clause")),
    ("simplified bsd license", Name("BSD-2-Clause")),
    ("simplified bsd", Short("BSD-2-Clause")),
    ("freebsd license", Name("BSD-2-Clause")),
    ("bsd 4 clause", Name("BSD-4-Clause")),
    ("4 clause bsd", Name("BSD-4-Clause")),
    ("bsd zero clause license", Name("0BSD")),
    ("zero clause bsd", Name("0BSD")),
    ("0bsd", Short("0BSD")),
    ("bsd license", Name("BSD")),
    ("bsd license 2 clause", Name("BSD-2-Clause")),
    ("bsd license 3 clause", Name("BSD-3-Clause")),
    ("bsd licensed", Name("BSD")),
    ("bsd", Short("BSD")),
    ("opensource org licenses bsd 3 clause", Link("BSD-3-Clause")),
    ("opensource org licenses bsd license", Link("BSD-2-Clause")),
    ("opensource org licenses bsd 2 clause", Link("BSD-2-Clause")),
    // Mozilla, Eclipse, Sun, IBM.
    ("mozilla public license version 2.0", Name("MPL-2.0")),
    ("mozilla public license v 2.0", Name("MPL-2.0")),
    ("mozilla public license v2.0", Name("MPL-2.0")),
    ("mozilla public license 2.0", Name("MPL-2.0")),
    ("mozilla public license v2", Name("MPL-2.0")),
    ("mozilla public license version 1.1", Name("MPL-1.1")),
    ("mozilla public license 1.1", Name("MPL-1.1")),
    ("mozilla public license v1.1", Name("MPL-1.1")),
    ("mozilla public license version 1.0", Name("MPL-1.0")),
    ("mozilla public license", Name("MPL")),
    ("mpl 2.0", Short("MPL-2.0")),
    ("mpl 2", Short("MPL-2.0")),
    ("mpl v2", Short("MPL-2.0")),
    ("mplv2", Short("MPL-2.0")),
    ("mpl2", Short("MPL-2.0")),
    ("mpl2.0", Short("MPL-2.0")),
    ("mpl 1.1", Short("MPL-1.1")),
    ("mpl", Short("MPL")),
    ("mozilla org mpl 2.0", Link("MPL-2.0")),
    ("mozilla org en us mpl 2.0", Link("MPL-2.0")),
    ("mozilla org mpl mpl 1.1", Link("MPL-1.1")),
    ("opensource org licenses mpl 2.0", Link("MPL-2.0")),
    ("eclipse public license v2.0", Name("EPL-2.0")),
    ("eclipse public license v 2.0", Name("EPL-2.0")),
    ("eclipse public license 2.0", Name("EPL-2.0")),
    ("eclipse public license version 2.0", Name("EPL-2.0")),
    ("eclipse public license v1.0", Name("EPL-1.0")),
    ("eclipse public license v 1.0", Name("EPL-1.0")),
    ("eclipse public license 1.0", Name("EPL-1.0")),
    ("eclipse public license version 1.0", Name("EPL-1.0")),
    ("eclipse public license", Name("EPL")),
    ("epl 2.0", Short("EPL-2.0")),
    ("epl 1.0", Short("EPL-1.0")),
    ("eclipse org legal epl 2.0", Link("EPL-2.0")),
    ("eclipse org legal epl v10", Link("EPL-1.0")),
    ("eclipse org legal epl v20", Link("EPL-2.0")),
    ("eclipse distribution license v1.0", Name("BSD-3-Clause")),
    ("eclipse distribution license v 1.0", Name("BSD-3-Clause")),
    ("common development and distribution license version 1.1", Name("CDDL-1.1")),
    ("common development and distribution license version 1.0", Name("CDDL-1.0")),
    ("common development and distribution license", Name("CDDL")),
    ("cddl 1.1", Short("CDDL-1.1")),
    ("cddl 1.0", Short("CDDL-1.0")),
    ("cddl", Short("CDDL")),
    ("common public license version 1.0", Name("CPL-1.0")),
    ("common public license v1.0", Name("CPL-1.0")),
    ("common public license 1.0", Name("CPL-1.0")),
    ("european union public license version 1.2", Name("EUPL-1.2")),
    ("eupl version 1.2", Name("EUPL-1.2")),
    ("eupl v1.2", Name("EUPL-1.2")),
    ("eupl 1.2", Name("EUPL-1.2")),
    ("eupl version 1.1", Name("EUPL-1.1")),
    ("eupl 1.1", Name("EUPL-1.1")),
    ("universal permissive license v 1.0", Name("UPL-1.0")),
    ("universal permissive license v1.0", Name("UPL-1.0")),
    ("open software license osl 3.0", Name("OSL-3.0")),
    ("open software license 3.0", Name("OSL-3.0")),
    ("open software license version 3.0", Name("OSL-3.0")),
    ("opensource org licenses osl 3.0", Link("OSL-3.0")),
    ("academic free license afl 3.0", Name("AFL-3.0")),
    ("academic free license 3.0", Name("AFL-3.0")),
    ("academic free license version 3.0", Name("AFL-3.0")),
    ("academic free license version 2.1", Name("AFL-2.1")),
    ("opensource org licenses afl 3.0", Link("AFL-3.0")),
    ("microsoft public license", Name("MS-PL")),
    ("microsoft reciprocal license", Name("MS-RL")),
    ("ms pl", Short("MS-PL")),
    ("cecill b", Short("CECILL-B")),
    ("cecill c", Short("CECILL-C")),
    ("cecill license version 2.1", Name("CECILL-2.1")),
    ("cecill v2.1", Short("CECILL-2.1")),
    ("cecill 2.1", Short("CECILL-2.1")),
    // Others that are open.
    ("boost software license version 1.0", Name("BSL-1.0")),
    ("boost software license v1.0", Name("BSL-1.0")),
    ("boost software license 1.0", Name("BSL-1.0")),
    ("boost software license", Name("BSL-1.0")),
    ("boost org license 1 0 txt", Link("BSL-1.0")),
    ("zlib license", Name("Zlib")),
    ("zlib libpng license", Name("Zlib")),
    ("zlib", Short("Zlib")),
    ("the origin of this software must not be misrepresented", Grant("Zlib")),
    ("university of illinois open source license", Name("NCSA")),
    ("university of illinois ncsa open source license", Name("NCSA")),
    ("postgresql license", Name("PostgreSQL")),
    ("openssl license", Name("OpenSSL")),
    ("curl se docs copyright", Link("curl")),
    ("curl haxx se docs copyright", Link("curl")),
    ("php license version 3.01", Name("PHP-3.01")),
    ("version 3.01 of the php license", Name("PHP-3.01")),
    ("version 3.0 of the php license", Name("PHP-3.0")),
    ("php net license 3 01 txt", Link("PHP-3.01")),
    ("version 2.00 of the zend license", Name("Zend-2.0")),
    ("python software foundation license version 2", Name("PSF-2.0")),
    ("python software foundation license", Name("PSF-2.0")),
    ("psf license agreement", Name("PSF-2.0")),
    ("psf license", Name("PSF-2.0")),
    ("psf 2.0", Short("PSF-2.0")),
    ("psf", Short("PSF-2.0")),
    ("python license", Name("Python-2.0")),
    ("zope public license version 2.1", Name("ZPL-2.1")),
    ("zope public license version 2.0", Name("ZPL-2.0")),
    ("zpl version 2.1", Name("ZPL-2.1")),
    ("zpl version 2.0", Name("ZPL-2.0")),
    ("zpl 2.1", Short("ZPL-2.1")),
    ("artistic license 2.0", Name("Artistic-2.0")),
    ("artistic license version 2.0", Name("Artistic-2.0")),
    ("artistic 2.0", Short("Artistic-2.0")),
    ("artistic license", Name("Artistic-1.0-Perl")),
    ("artistic", Short("Artistic-1.0-Perl")),
    ("same terms as perl itself", Grant("Artistic-1.0-Perl OR GPL-1.0-or-later")),
    ("same terms as perl", Grant("Artistic-1.0-Perl OR GPL-1.0-or-later")),
    ("same terms as the perl", Grant("Artistic-1.0-Perl OR GPL-1.0-or-later")),
    ("under the same license as perl", Grant("Artistic-1.0-Perl OR GPL-1.0-or-later")),
    (
        "terms of the perl programming language system itself",
        Grant("Artistic-1.0-Perl OR GPL-1.0-or-later"),
    ),
    ("same terms as ruby", Grant("Ruby")),
    ("ruby license", Name("Ruby")),
    ("ruby s license", Name("Ruby")),
    ("same terms as vim itself", Grant("Vim")),
    ("vim license", Name("Vim")),
    ("license vim", Grant("Vim")),
    ("wxwindows library license", Name("LGPL-2.0-or-later WITH WxWindows-exception-3.1")),
    ("wxwindows license", Name("LGPL-2.0-or-later WITH WxWindows-exception-3.1")),
    ("sil open font license version 1.1", Name("OFL-1.1")),
    ("sil open font license 1.1", Name("OFL-1.1")),
    ("open font license version 1.1", Name("OFL-1.1")),
    ("open font license", Name("OFL-1.1")),
    ("ofl 1.1", Short("OFL-1.1")),
    ("sil ofl 1.1", Name("OFL-1.1")),
    ("scripts sil org ofl", Link("OFL-1.1")),
    ("openfontlicense org", Link("OFL-1.1")),
    ("unlicense org", Link("Unlicense")),
    ("the unlicense", Name("Unlicense")),
    ("unlicense", Short("Unlicense")),
    ("this is free and unencumbered software released into the public domain", Grant("Unlicense")),
    ("do what the fuck you want to public license", Grant("WTFPL")),
    ("wtfpl", Name("WTFPL")),
    ("the beer ware license", Grant("Beerware")),
    ("beerware", Short("Beerware")),
    ("latex project public license either version 1.3", Name("LPPL-1.3c")),
    ("latex project public license version 1.3", Name("LPPL-1.3c")),
    ("latex project public license", Name("LPPL-1.3c")),
    ("w3c software notice and license", Name("W3C")),
    ("ncsa open source license", Name("NCSA")),
    ("blue oak model license 1.0.0", Name("BlueOak-1.0.0")),
    ("mulan psl v2", Name("MulanPSL-2.0")),
    ("open data commons attribution license", Name("ODC-By-1.0")),
    ("open database license", Name("ODbL-1.0")),
    ("info zip license", Name("Info-ZIP")),
    (
        "copying and distribution of this file with or without modification are permitted in any medium without royalty",
        Grant("FSFAP"),
    ),
    (
        "the free software foundation gives unlimited permission to copy and or distribute it with or without modifications as long as this notice is preserved",
        Grant("FSFULLR"),
    ),
    (
        "the free software foundation gives unlimited permission to copy distribute and modify it",
        Grant("FSFUL"),
    ),
    ("released into the public domain", Grant("LicenseRef-Public-Domain")),
    ("placed in the public domain", Grant("LicenseRef-Public-Domain")),
    ("placed into the public domain", Grant("LicenseRef-Public-Domain")),
    ("put in the public domain", Grant("LicenseRef-Public-Domain")),
    ("released to the public domain", Grant("LicenseRef-Public-Domain")),
    ("is in the public domain", Grant("LicenseRef-Public-Domain")),
    ("is public domain", Grant("LicenseRef-Public-Domain")),
    ("dedicated to the public domain", Grant("LicenseRef-Public-Domain")),
    ("the author disclaims copyright to this source code", Grant("blessing")),
    ("100 public domain", Grant("LicenseRef-Public-Domain")),
    ("public domain", Short("LicenseRef-Public-Domain")),
    ("creativecommons org publicdomain zero 1.0", Link("CC0-1.0")),
    ("cc0 1.0 universal", Name("CC0-1.0")),
    ("cc0 1.0", Short("CC0-1.0")),
    ("cc0", Short("CC0-1.0")),
    ("creative commons zero", Name("CC0-1.0")),
    // Others that are not.
    ("commons clause license condition", Grant("LicenseRef-Commons-Clause")),
    ("business source license 1.1", Name("BUSL-1.1")),
    ("business source license", Name("BUSL-1.1")),
    ("busl 1.1", Short("BUSL-1.1")),
    ("server side public license v 1", Name("SSPL-1.0")),
    ("server side public license version 1", Name("SSPL-1.0")),
    ("server side public license", Name("SSPL-1.0")),
    ("sspl v1", Short("SSPL-1.0")),
    ("sspl 1.0", Short("SSPL-1.0")),
    ("elastic license 2.0", Name("Elastic-2.0")),
    ("elastic license v2", Name("Elastic-2.0")),
    ("elastic license", Name("Elastic-2.0")),
    ("polyform noncommercial license 1.0.0", Name("PolyForm-Noncommercial-1.0.0")),
    ("polyform noncommercial license", Name("PolyForm-Noncommercial-1.0.0")),
    ("polyform small business license", Name("PolyForm-Small-Business-1.0.0")),
    ("confluent community license", Name("LicenseRef-Confluent-Community-1.0")),
    ("redis source available license", Name("LicenseRef-RSALv2")),
    ("functional source license version 1.1 mit", Name("FSL-1.1-MIT")),
    ("functional source license version 1.1 apache 2.0", Name("FSL-1.1-ALv2")),
    // Exceptions.
    ("classpath exception", Except("Classpath-exception-2.0")),
    (
        "permission to link this library with independent modules to produce an executable",
        Except("Classpath-exception-2.0"),
    ),
    ("subject to the classpath exception", Except("Classpath-exception-2.0")),
    (
        "that contains a configuration script generated by autoconf",
        Except("Autoconf-exception-generic"),
    ),
    ("configure scripts that are the output of autoconf", Except("Autoconf-exception-2.0")),
    ("when this file is copied by bison into a bison output file", Except("Bison-exception-1.24")),
    ("part or all of the bison parser skeleton", Except("Bison-exception-2.2")),
    ("that is built using gnu libtool", Except("Libtool-exception")),
    ("gcc runtime library exception", Except("GCC-exception-3.1")),
    (
        "link the compiled version of this file into combinations with other programs",
        Except("GCC-exception-2.0"),
    ),
    ("llvm exceptions", Except("LLVM-exception")),
    ("llvm exception", Except("LLVM-exception")),
    ("with runtime library exception", Except("Swift-exception")),
    (
        "perform linking of portions of this program with the openssl library",
        Except("cryptsetup-OpenSSL-exception"),
    ),
    (
        "link the code of portions of this program with the openssl library under certain conditions",
        Except("cryptsetup-OpenSSL-exception"),
    ),
    ("link the code of this program with the openssl library", Except("openvpn-openssl-exception")),
    ("qt company gpl exception", Except("Qt-GPL-exception-1.0")),
    ("qt gpl exception", Except("Qt-GPL-exception-1.0")),
    ("wxwindows library exception", Except("WxWindows-exception-3.1")),
    ("embed this font or unaltered portions", Except("Font-exception-2.0")),
    ("foss license exception", Except("Universal-FOSS-exception-1.0")),
    ("universal foss exception", Except("Universal-FOSS-exception-1.0")),
];

const GNU_NAMES: &[(&str, Gnu)] = &[
    ("general public license", Gnu::Gpl),
    ("gnu general public license", Gnu::Gpl),
    ("gnu public license", Gnu::Gpl),
    ("gnu lesser general public license", Gnu::Lgpl),
    ("lesser general public license", Gnu::Lgpl),
    ("lesser gnu public license", Gnu::Lgpl),
    ("lesser gnu general public license", Gnu::Lgpl),
    ("gnu lesser public license", Gnu::Lgpl),
    ("gnu library general public license", Gnu::Lgpl),
    ("library general public license", Gnu::Lgpl),
    ("gnu library or lesser general public license", Gnu::Lgpl),
    ("gnu lesser or library general public license", Gnu::Lgpl),
    ("lesser gpl", Gnu::Lgpl),
    ("gnu affero general public license", Gnu::Agpl),
    ("affero general public license", Gnu::Agpl),
    ("gnu affero gpl", Gnu::Agpl),
    ("affero gpl", Gnu::Agpl),
    ("gnu free documentation license", Gnu::Gfdl),
];

/// Phrases without dots at whose end a version may hang: `gplv3+`.
const GNU_SHORT: &[(&str, Gnu)] =
    &[("gpl", Gnu::Gpl), ("lgpl", Gnu::Lgpl), ("agpl", Gnu::Agpl), ("gfdl", Gnu::Gfdl)];

const VERSIONS: [&str; 10] = ["1", "1.0", "1.1", "1.2", "1.3", "2", "2.0", "2.1", "3", "3.0"];

/// The address of a Creative Commons licence or its name, with the parts that `say` as SPDX does.
const CREATIVE: &[(&str, &str)] = &[
    ("by", "BY"),
    ("by sa", "BY-SA"),
    ("by nc", "BY-NC"),
    ("by nd", "BY-ND"),
    ("by nc sa", "BY-NC-SA"),
    ("by nc nd", "BY-NC-ND"),
    ("attribution", "BY"),
    ("attribution sharealike", "BY-SA"),
    ("attribution share alike", "BY-SA"),
    ("attribution noncommercial", "BY-NC"),
    ("attribution non commercial", "BY-NC"),
    ("attribution noderivatives", "BY-ND"),
    ("attribution noncommercial sharealike", "BY-NC-SA"),
    ("attribution non commercial sharealike", "BY-NC-SA"),
    ("attribution noncommercial noderivatives", "BY-NC-ND"),
];

const CREATIVE_VERSIONS: [&str; 5] = ["4.0", "3.0", "2.5", "2.0", "1.0"];

/// All phrases, ready to be looked for.
pub(super) struct Table {
    automaton: AhoCorasick,
    says: Vec<Says>,
}

impl Table {
    /// Returns the table; nothing if it could not be made.
    pub(super) fn get() -> Option<&'static Self> {
        static TABLE: OnceLock<Option<Table>> = OnceLock::new();
        TABLE.get_or_init(Self::new).as_ref()
    }

    fn new() -> Option<Self> {
        let mut phrases: Vec<String> = Vec::new();
        let mut says = Vec::new();
        let mut add = |phrase: &str, what: Says| {
            phrases.push(format!(" {phrase} "));
            says.push(what);
        };
        for (phrase, what) in PHRASES {
            add(phrase, *what);
        }
        for (name, gnu) in GNU_NAMES {
            add(name, Says::Gnu(*gnu, None));
        }
        add("gnu org licenses", Says::GnuLink);
        add("gnu org copyleft", Says::GnuLink);
        for (short, gnu) in GNU_SHORT {
            add(short, Says::Gnu(*gnu, None));
            add(&format!("gnu {short}"), Says::Gnu(*gnu, None));
            for version in VERSIONS {
                let Some(id) = gnu.version(version) else { continue };
                for between in ["", "v"] {
                    add(&format!("{short}{between}{version}"), Says::Gnu(*gnu, Some((id, false))));
                    add(&format!("{short}{between}{version}+"), Says::Gnu(*gnu, Some((id, true))));
                }
            }
        }
        for (words, parts) in CREATIVE {
            for version in CREATIVE_VERSIONS {
                let id: &'static str = creative(parts, version)?;
                add(&format!("creativecommons org licenses {words} {version}"), Link(id));
                add(&format!("creative commons {words} {version}"), Name(id));
                add(&format!("{words} {version} international"), Name(id));
                if words.starts_with("by") {
                    add(&format!("cc {words} {version}"), Name(id));
                }
            }
        }
        let automaton =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&phrases);
        Some(Self { automaton: automaton.ok()?, says })
    }

    /// Returns the phrases in `row` from left to right, each with where it begins and ends.
    pub(super) fn find(&self, row: &str) -> Vec<(usize, usize, Says)> {
        let mut out = Vec::new();
        let mut from = 0;
        while let Some(found) =
            self.automaton.find(aho_corasick::Input::new(row).span(from..row.len()))
        {
            out.push((found.start() + 1, found.end() - 1, self.says[found.pattern().as_usize()]));
            // The blank behind a phrase is also the one before the next.
            from = found.end() - 1;
        }
        out
    }
}

/// Returns the id of a Creative Commons licence as the SPDX list has it.
fn creative(parts: &str, version: &str) -> Option<&'static str> {
    super::spell::official(&format!("CC-{parts}-{version}"))
}

#[cfg(test)]
mod tests {
    use super::{GNU_SHORT, PHRASES, Says, VERSIONS};

    #[test]
    fn every_id_is_one_of_spdx() {
        let stand_ins = ["Apache", "BSD", "BSD-style", "MPL", "EPL", "CDDL"];
        for (phrase, says) in PHRASES {
            let (Says::Name(id) | Says::Short(id) | Says::Grant(id) | Says::Link(id)) = says else {
                continue;
            };
            let known = stand_ins.contains(id) || spdx::Expression::parse(id).is_ok();
            assert!(known, "{phrase}: {id}");
            assert!(
                phrase
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b" .".contains(&b)),
                "{phrase}"
            );
        }
        for (_, says) in PHRASES {
            if let Says::Except(id) = says {
                assert!(spdx::exception_id(id).is_some(), "{id}");
            }
        }
        for (_, gnu) in GNU_SHORT {
            for version in VERSIONS.iter().filter_map(|written| gnu.version(written)) {
                let id = format!("{}-{version}-or-later", gnu.id());
                assert!(spdx::license_id(&id).is_some(), "{id}");
            }
        }
    }
}
