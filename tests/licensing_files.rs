// SPDX-License-Identifier: MIT OR Apache-2.0
//! What single files say about their licence: tags, notices, names, copyright lines, and what only
//! looks like one of these.
#![allow(clippy::expect_used, reason = "a test may panic")]

use std::sync::Arc;

use debut::{
    domain::{Finding, How, LicenceFact, RepoPath, Severity, Text, Vocabulary},
    rules::RuleSet,
    scan::{
        Engine, PathFacts, Scratch, View,
        licensing::{LicensingScan, licence_text, observe},
    },
};

/// Returns what is known of the file at `name`, beside the other `files`.
fn fact_among(name: &str, files: &[(&str, &[u8])]) -> LicenceFact {
    let mut scan = LicensingScan::default();
    for (name, raw) in files {
        let path = RepoPath::new(name.as_bytes());
        let text = Text::decode(raw).expect("text");
        if let Some(seen) = observe(&path, &View::new(&PathFacts::of(&path), &text.bytes)) {
            scan.add(&path, seen);
        }
    }
    let path = RepoPath::new(name.as_bytes());
    let none = LicenceFact {
        path: path.clone(),
        licence: "NONE".into(),
        how: How::Nothing,
        line: None,
        holders: Vec::new(),
    };
    scan.facts().into_iter().find(|fact| fact.path == path).unwrap_or(none)
}

fn fact(name: &str, text: &str) -> LicenceFact {
    fact_among(name, &[(name, text.as_bytes())])
}

/// Checks what each file says; all that is wrong is told at once.
fn check(cases: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(name, text, expected)| {
            let found = fact(name, text);
            let same = &*found.licence == *expected;
            (!same).then(|| format!("{name}: {text:?}\n  is {} and not {expected}", found.licence))
        })
        .collect();
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Assembled here so that no tool takes them for tags of this file.
fn tag(value: &str) -> String {
    format!("SPDX-License-{}: {value}", "Identifier")
}

#[test]
fn tags_of_every_kind_of_comment() {
    let mit = tag("MIT");
    for (name, text) in [
        ("a.py", format!("# {mit}\nx = 1\n")),
        ("a.c", format!("/* {mit} */\nint x;\n")),
        ("b.c", format!("/*\n * {mit}\n */\nint x;\n")),
        ("a.go", format!("package a // {mit}\n")),
        ("a.sql", format!("-- {mit}\nselect 1;\n")),
        ("a.el", format!(";; {mit}\n(x)\n")),
        ("a.bat", format!("REM {mit}\necho\n")),
        ("b.bat", format!(":: {mit}\necho\n")),
        ("a.tex", format!("% {mit}\n\\x\n")),
        ("a.html", format!("<!-- {mit} -->\n<p>\n")),
        ("a.md", format!("<!--\n{mit}\n-->\n# A\n")),
        ("a.j2", format!("{{# {mit} #}}\nx\n")),
        ("a.tmpl", format!("{{{{/* {mit} */}}}}\nx\n")),
        ("a.vim", format!("\" {mit}\nset x\n")),
        ("a.ini", format!("; {mit}\n[x]\n")),
        ("a.ps1", format!("<#\n{mit}\n#>\nx\n")),
        ("a.rst", format!(".. {mit}\n\nA\n=\n")),
        ("a.f90", format!("! {mit}\nend\n")),
        ("a.m4", format!("dnl {mit}\nx\n")),
        ("a.yml", format!("---\n# {mit}\na: 1\n")),
        ("a.svg", format!("<svg>\n<!-- {mit} -->\n</svg>\n")),
        ("a.lua", format!("--[[ {mit} ]]\nx = 1\n")),
        ("a.erb", format!("<%# {mit} %>\nx\n")),
        ("c.py", format!("\"\"\"Docs.\n\n{mit}\n\"\"\"\nx = 1\n")),
        ("a.1", format!(".\\\" {mit}\n.TH A 1\n")),
        ("a.css", format!("/*! a | {mit} */\np {{}}\n")),
        ("crlf.c", format!("// {mit}\r\nint x;\r\n")),
        ("c2.c", format!("/* Copyright 2020 Us. {mit} */\nint x;\n")),
        ("a.d", format!("/+ {mit} +/\nvoid main() {{}}\n")),
        ("a.jl", format!("#= {mit} =#\nx = 1\n")),
        ("a.nim", format!("#[ {mit} ]#\nx\n")),
        ("a.cmake", format!("#[[ {mit} ]]\nproject(x)\n")),
        ("late.c", format!("{}/* {mit} */\n", "int x;\n".repeat(90))),
    ] {
        let found = fact(name, &text);
        assert_eq!((&*found.licence, found.how), ("MIT", How::Tag), "{name}: {text}");
    }
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(format!("# {mit}\r\nx = 1\r\n").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(&*fact_among("a.ps1", &[("a.ps1", &wide)]).licence, "MIT");
}

#[test]
fn tags_hold_expressions() {
    for (value, expected) in [
        ("APACHE-2.0", "Apache-2.0"),
        ("mit or apache-2.0", "MIT OR Apache-2.0"),
        ("(MIT AND BSD-3-Clause) */", "(MIT AND BSD-3-Clause)"),
        ("GPL-2.0-only WITH Linux-syscall-note", "GPL-2.0-only WITH Linux-syscall-note"),
        ("GPL-2.0+", "GPL-2.0+"),
        ("LicenseRef-Ours", "LicenseRef-Ours"),
        ("DocumentRef-a:LicenseRef-b", "DocumentRef-a:LicenseRef-b"),
        ("\"ISC\"", "ISC"),
        ("MIT.", "MIT"),
        ("MIT (see LICENSE)", "MIT"),
        ("MIT ======", "MIT"),
    ] {
        assert_eq!(
            &*fact("a.c", &format!("// {}\nint x;\n", tag(value))).licence,
            expected,
            "{value}"
        );
    }
    let two = format!("// {}\n// {}\n", tag("MIT"), tag("ISC OR 0BSD"));
    assert_eq!(&*fact("a.c", &two).licence, "MIT AND (ISC OR 0BSD)");
    let snippet = format!(
        "# {}\nx = 1\n# SPDX-SnippetBegin\n# {}\ny = 1\n# SPDX-SnippetEnd\n",
        tag("MIT"),
        tag("ISC")
    );
    assert_eq!(&*fact("a.py", &snippet).licence, "MIT");
}

#[test]
fn quoted_tags_are_none() {
    let mit = tag("MIT");
    for (name, text) in [
        ("a.py", format!("x = \"{mit}\"\n")),
        ("b.py", format!("T = \"\"\"\n# {mit}\n\"\"\"\n")),
        ("c.py", format!("RE = re.compile(r'{}')\n", tag("(.*)"))),
        ("a.js", format!("const t = `\n// {mit}\n`;\n")),
        ("a.sh", format!("cat <<EOF > x\n# {mit}\nEOF\n")),
        ("a.md", format!("# A\n\n```\n# {mit}\n```\n")),
        ("b.md", format!("# A\n\n    {mit}\n")),
        ("c.md", format!("Write `{mit}` at the top.\n")),
        ("a.c", format!("// {}\n", tag("<id>"))),
        ("b.c", format!("// {}\n", tag("{{ license }}"))),
        ("c.c", format!("// {}\n", tag("$LICENSE"))),
        ("d.c", format!("// REUSE-IgnoreStart\n// {mit}\n// REUSE-IgnoreEnd\nint x;\n")),
        ("a.yml", format!("a:\n  content: |\n    # {mit}\n    x\n")),
        ("a.txt", format!("The tag {mit} says it.\n")),
    ] {
        assert_eq!(&*fact(name, &text).licence, "NONE", "{name}: {text}");
    }
}

const GPL: &str = "is free software: you can redistribute it and/or modify\n# it under the terms of the GNU General Public License as published by\n# the Free Software Foundation, either version 3 of the License, or\n# (at your option) any later version.\n#\n# It is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY.\n# See the GNU General Public License for more details.\n#\n# You should have received a copy of the GNU General Public License\n# along with it.  If not, see <http://www.gnu.org/licenses/>.\n";

#[test]
#[expect(clippy::too_many_lines, reason = "one line for each case")]
fn gnu_notices_tell_the_version_and_whether_later_ones_will_do() {
    let long = format!("# This {GPL}x = 1\n");
    check(&[
        ("a.py", &long, "GPL-3.0-or-later"),
        (
            "b.py",
            "# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)\n",
            "GPL-3.0-or-later",
        ),
        (
            "c.c",
            "/* under the terms of the GNU General Public License as published by\n * the Free Software Foundation; either version 2 of the License, or\n * (at your option) any later version. */\n",
            "GPL-2.0-or-later",
        ),
        (
            "d.c",
            "/* under the terms of the GNU General Public License version 2 as\n * published by the Free Software Foundation. */\n",
            "GPL-2.0-only",
        ),
        (
            "e.c",
            "/* terms of the GNU General Public License as published by the Free Software\n * Foundation; version 2 of the License. */\n",
            "GPL-2.0-only",
        ),
        ("f.py", "# License: GPLv2+\nx = 1\n", "GPL-2.0-or-later"),
        ("g.py", "# Licensed under the GPL v3\n", "GPL-3.0-only"),
        (
            "h.c",
            "/* GNU Lesser General Public License as published by the Free Software Foundation;\n either version 2.1 of the License, or (at your option) any later version. */\n",
            "LGPL-2.1-or-later",
        ),
        (
            "i.c",
            "/* under the terms of the GNU Library General Public License as published by the\n Free Software Foundation; either version 2 of the License, or any later version. */\n",
            "LGPL-2.0-or-later",
        ),
        (
            "j.py",
            "# under the terms of the GNU Affero General Public License as\n# published by the Free Software Foundation, either version 3 of the\n# License, or (at your option) any later version.\n",
            "AGPL-3.0-or-later",
        ),
        (
            "k.php",
            "<?php\n/**\n * License: GPL-2.0+\n * License URI: http://www.gnu.org/licenses/gpl-2.0.txt\n */\n",
            "GPL-2.0-or-later",
        ),
        (
            "l.sh",
            "#!/bin/sh\n# This is licensed under the terms of version 2 of the GNU General Public License.\n",
            "GPL-2.0-only",
        ),
        (
            "m.py",
            "# This program is licensed under the GNU General Public License.\n",
            "GPL-1.0-or-later",
        ),
        ("n.php", "<?php\n/*\n * License: GPLv2 or later\n */\n", "GPL-2.0-or-later"),
        (
            "o.pl",
            "# Licensed under the GNU GPL, version 2 or any later version.\n",
            "GPL-2.0-or-later",
        ),
        ("p.py", "# GPLv3 license, see COPYING\n", "GPL-3.0-only"),
        (
            "q.c",
            "/* under the terms of the GNU General Public License as published by the Free Software Foundation,\n either version 2 of the License, or (at your option) any later version.\n As a special exception to the GNU General Public License, if you distribute this file as part of a\n program that contains a configuration script generated by Autoconf, you may include it. */\n",
            "GPL-2.0-or-later WITH Autoconf-exception-generic",
        ),
        (
            "r.java",
            "/*\n * under the terms of the GNU General Public License version 2 only, as\n * published by the Free Software Foundation. Oracle designates this\n * particular file as subject to the \"Classpath\" exception as provided\n */\n",
            "GPL-2.0-only WITH Classpath-exception-2.0",
        ),
    ]);
}

#[test]
#[expect(clippy::too_many_lines, reason = "one line for each case")]
fn other_notices() {
    check(&[
        (
            "a.go",
            "// Licensed under the Apache License, Version 2.0 (the \"License\");\n// you may not use this file except in compliance with the License.\n//     http://www.apache.org/licenses/LICENSE-2.0\npackage a\n",
            "Apache-2.0",
        ),
        (
            "b.py",
            "# All Rights Reserved.\n#    Licensed under the Apache License, Version 2.0 (the \"License\"); you may\n",
            "Apache-2.0",
        ),
        ("c.rb", "# License:: Apache License, Version 2.0\n", "Apache-2.0"),
        ("d.py", "# License: ASL 2.0\n", "Apache-2.0"),
        (
            "e.c",
            "/* This Source Code Form is subject to the terms of the Mozilla Public\n * License, v. 2.0. If a copy of the MPL was not distributed with this\n * file, You can obtain one at http://mozilla.org/MPL/2.0/. */\n",
            "MPL-2.0",
        ),
        (
            "f.go",
            "// Use of this source code is governed by a BSD-style\n// license that can be found in the LICENSE file.\npackage a\n",
            "BSD-3-Clause",
        ),
        ("g.js", "// Licensed under the MIT license.\n", "MIT"),
        ("h.js", "/* foo 1.2 | MIT Licensed */\nx();\n", "MIT"),
        ("i.py", "# This code is under the MIT license.\n", "MIT"),
        (
            "j.cpp",
            "// Distributed under the Boost Software License, Version 1.0.\n// (See accompanying file LICENSE_1_0.txt)\n",
            "BSL-1.0",
        ),
        ("k.py", "__license__ = 'MIT'\nx = 1\n", "MIT"),
        ("l.py", "\"\"\"A module.\n\n:license: BSD-3-Clause\n\"\"\"\n", "BSD-3-Clause"),
        ("m.js", "/**\n * @license MIT\n */\n", "MIT"),
        (
            "n.pl",
            "use x;\nsub y {}\n\n=head1 LICENSE\n\nThis library is free software; you can redistribute it and/or modify\nit under the same terms as Perl itself.\n\n=cut\n",
            "Artistic-1.0-Perl OR GPL-1.0-or-later",
        ),
        (
            "o.js",
            "/*\n * Dual licensed under the MIT or GPL Version 2 licenses.\n */\n",
            "MIT OR GPL-2.0-only",
        ),
        (
            "p.rs",
            "// Licensed under the Apache License, Version 2.0 <LICENSE-APACHE or\n// http://www.apache.org/licenses/LICENSE-2.0> or the MIT license\n// <LICENSE-MIT or http://opensource.org/licenses/MIT>, at your\n// option.\n",
            "Apache-2.0 OR MIT",
        ),
        (
            "q.js",
            "/* Version: MPL 1.1/GPL 2.0/LGPL 2.1\n * The contents of this file are subject to the Mozilla Public License Version 1.1\n * Alternatively, the contents of this file may be used under the terms of\n * either the GNU General Public License Version 2 or later (the \"GPL\"), or\n * the GNU Lesser General Public License Version 2.1 or later (the \"LGPL\") */\n",
            "MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later",
        ),
        (
            "r.py",
            "# Simplified BSD License (see licenses/simplified_bsd.txt or https://opensource.org/licenses/BSD-2-Clause)\n",
            "BSD-2-Clause",
        ),
        (
            "s.cpp",
            "// Part of the LLVM Project, under the Apache License v2.0 with LLVM Exceptions.\n// See https://llvm.org/LICENSE.txt for license information.\n",
            "Apache-2.0 WITH LLVM-exception",
        ),
        (
            "t.c",
            "/* This file is distributed under the University of Illinois Open Source\n * License. See LICENSE.TXT for details. */\n",
            "NCSA",
        ),
        (
            "u.py",
            "# This file is licensed under a Creative Commons license:\n# http://creativecommons.org/licenses/by/3.0/\n",
            "CC-BY-3.0",
        ),
        (
            "v.c",
            "/* This code is released into the public domain. */\n",
            "LicenseRef-Public-Domain",
        ),
        (
            "w.vim",
            "\" Distributed under the same terms as Vim itself.  See :help license.\n",
            "Vim",
        ),
        (
            "x.c",
            "/* Permission is hereby granted, free of charge, to any person obtaining a copy\n * of this software, subject to: The above copyright notice and this permission notice shall be included\n * in all copies */\n",
            "MIT",
        ),
        (
            "y.c",
            "/* Redistribution and use in source and binary forms, with or without\n * 1. Redistributions of source code must retain the above copyright notice.\n * 2. Redistributions in binary form must reproduce it. */\n",
            "BSD-2-Clause",
        ),
        (
            "NOTICE",
            "A module\nCopyright 2020 Us\n\nLicensed under the Apache License, Version 2.0 (the \"License\");\n",
            "Apache-2.0",
        ),
        (
            "README.md",
            "# x\n\n## License\n\nGNU General Public License v3.0 or later\n",
            "GPL-3.0-or-later",
        ),
        (
            "e.h",
            "/* Written by Us and released to the public domain,\n * as explained at http://creativecommons.org/publicdomain/zero/1.0/ */\n",
            "CC0-1.0",
        ),
        (
            "e.pl",
            "# the terms of the GNU General Public License as published by the Free Software\n# Foundation, version 2; OR the Perl Artistic License.\n",
            "GPL-2.0-only OR Artistic-1.0-Perl",
        ),
        (
            "z.java",
            "/* This program and the accompanying materials are made available under the\n * terms of the Eclipse Public License 2.0 which is available at\n * http://www.eclipse.org/legal/epl-2.0. */\n",
            "EPL-2.0",
        ),
    ]);
}

#[test]
fn one_line_says_it_all() {
    check(&[
        ("a.css", "/*! a v8.0.1 | MIT License | github.com/a/a */\n", "MIT"),
        ("a.js", "// (c) 2012 Us. MIT License. https://example.com\nx\n", "MIT"),
        (
            "c.py",
            "# Bundled:\n# | a | MIT License | example.com |\n# | b | Zlib license | example.com |\n# | c | ISC | example.com |\nx = 1\n",
            "NONE",
        ),
        ("b.js", "// A checker of names, made in 2012. MIT License. Boston.\nx\n", "NONE"),
        ("a.sls", "# Managed by Salt\n# Released under Apache 2.0\na:\n", "Apache-2.0"),
        ("a.sh", "#!/bin/sh\n# BSD License (2-clause)\n", "BSD-2-Clause"),
        ("b.sh", "#!/bin/sh\n# WTFPL, see http://www.wtfpl.net/\n", "WTFPL"),
        ("a.R", "# License: GPL (>= 2)\nx <- 1\n", "GPL-2.0-or-later"),
        (
            "a.php",
            "<?php\n/**\n * @license http://example.com/license/new-bsd New BSD License\n */\n",
            "BSD-3-Clause",
        ),
        (
            "c.js",
            "// @license magnet:?xt=urn:btih:0b31508aeb&dn=agpl-3.0.txt AGPL-3.0\nx\n",
            "AGPL-3.0-only",
        ),
        (
            "b.css",
            "/*\n * License - https://example.com/free (Icons: CC BY 4.0, Fonts: SIL OFL 1.1, Code: MIT License)\n */\n",
            "CC-BY-4.0 AND OFL-1.1 AND MIT",
        ),
    ]);
}

#[test]
fn a_module_says_whose_it_is() {
    let found = fact("a.py", "x = 1\n__copyright__ = \"Copyright 2017, Example Ltd\"\n");
    assert_eq!(found.holders.iter().map(|one| &**one).collect::<Vec<_>>(), ["Example Ltd"]);
    assert!(fact("a.txt", "Copyright belongs to those who wrote it.\n").holders.is_empty());
    check(&[("a.py", "# Checks that no file here is under the GPL-3.0.\nx = 1\n", "NONE")]);
}

#[test]
fn a_page_links_its_licence() {
    let link = |id: &str| {
        format!(
            "<a rel=\"license\" href=\"https://creativecommons.org/licenses/{id}/4.0/\">x</a>\n"
        )
    };
    let page = |ids: &[&str]| ids.iter().map(|id| link(id)).collect::<String>();
    check(&[
        ("a.html", &page(&["by-nc"]), "CC-BY-NC-4.0"),
        ("b.html", &page(&["by-nc", "by-nc"]), "CC-BY-NC-4.0"),
        ("c.html", &page(&["by-nc", "by"]), "NONE"),
        ("d.html", &link("by").replace("rel=\"license\" ", ""), "NONE"),
    ]);
}

#[test]
fn what_only_speaks_of_licences() {
    let none = "NONE";
    check(&[
        ("a.py", "# Connects to the license server\nx = 1\n", none),
        ("b.py", "# Set your Windows license key here.\nx = 1\n", none),
        ("c.py", "x = 'Licensed under the MIT license'\n", none),
        ("d.py", "LICENSES = ['MIT', 'Apache-2.0', 'GPL-3.0']  # known licenses\n", none),
        ("e.py", "# Checks whether a file is licensed under the MIT license\nx = 1\n", none),
        (
            "f.md",
            "# Contributing\n\nBy contributing you agree that your contributions will be licensed under the MIT license.\n",
            none,
        ),
        (
            "g.md",
            "# Choosing a licence\n\nMany projects are licensed under the GPL. Others choose the Apache License 2.0.\n",
            none,
        ),
        ("h.sh", "cat <<EOF\n# Licensed under the Apache License, Version 2.0\nEOF\n", none),
        ("i.yml", "- name: accept the licence\n  license: yes\n", none),
        ("j.py", "# Ask the MIT people about Kerberos; see mit.edu\nx = 1\n", none),
        ("k.c", "/* GPL-incompatible, do not link */\nint x;\n", none),
        ("l.tf", "license_type = \"BYOL\"\n# license included\n", none),
        ("m.py", "# Possible values: MIT, BSD, GPL, Apache, ISC or MPL license\n", none),
        ("o.txt", "a.py: missing-license: GPLv3 license header not found\n", none),
        ("p.j2", "  # Some suggested licenses:\n  # - BSD (default)\n  # - MIT\n", none),
        ("q.txt", "Changes\n\n* new license: MIT.\n", none),
        (
            "r.md",
            "# Tables\n\nThis module uses a table that is licensed under the MIT license.\n",
            none,
        ),
        ("n.json", "{\"text\": \"licensed under the MIT license\"}\n", none),
    ]);
}

#[test]
fn a_bare_name_takes_the_version_of_the_text_beside_it() {
    let bsd = licence_text("BSD-2-Clause").expect("a text").into_owned();
    let go = "// Use of this source code is governed by a BSD-style\n// license that can be found in the LICENSE file.\npackage a\n";
    let files = [("LICENSE", bsd.as_bytes()), ("x/a.go", go.as_bytes())];
    assert_eq!(&*fact_among("x/a.go", &files).licence, "BSD-2-Clause");
}

#[test]
fn a_text_is_known_under_any_name() {
    let found = fact("licenses/of-us.txt", include_str!("../LICENSE-MIT"));
    assert_eq!((&*found.licence, found.how), ("MIT", How::Text));
    assert_eq!(&*fact("docs/apache.md", include_str!("../LICENSE-APACHE")).licence, "Apache-2.0");
}

#[test]
fn the_line_and_the_holders_are_told() {
    let text = "#!/usr/bin/python\n#\n# Copyright (c) 2012-2019 Jane Roe\n# Copyright 2020 Example GmbH. All rights reserved.\n# Licensed under the MIT license.\nx = 1\n";
    let found = fact("a.py", text);
    assert_eq!(found.line, Some(5));
    let holders: Vec<&str> = found.holders.iter().map(|one| &**one).collect();
    assert_eq!(holders, ["Jane Roe", "Example GmbH"]);
}

fn findings(name: &str, text: &str) -> Vec<(String, Finding)> {
    let rules = Arc::new(RuleSet::builtin().expect("built-in rules"));
    let engine = Engine::new(rules.clone(), &Vocabulary::default()).expect("engine");
    let found =
        engine.scan_file(&RepoPath::new(name.as_bytes()), text.as_bytes(), &mut Scratch::default());
    let named = |one: Finding| (rules.info(one.rule).name().to_owned(), one);
    let all = found.findings.into_iter().map(named);
    all.filter(|(name, _)| name.starts_with("spdx") || name.starts_with("snippet")).collect()
}

fn severity(name: &str, text: &str) -> Option<(String, Severity)> {
    findings(name, text).pop().map(|(rule, one)| (rule, one.severity))
}

#[test]
fn broken_and_old_tags_are_told_apart() {
    let is = |value: &str| {
        severity("a.c", &format!("// {}\nint x;\n", tag(value))).map(|(rule, _)| rule)
    };
    assert_eq!(is("Apache 2").as_deref(), Some("spdx-invalid"));
    assert_eq!(is("Foo-1.0").as_deref(), Some("spdx-invalid"));
    assert_eq!(is("GPL-2.0").as_deref(), Some("spdx-deprecated"));
    assert_eq!(is("GPL-2.0+").as_deref(), Some("spdx-deprecated"));
    for fine in
        ["APACHE-2.0", "<id>", "{{ id }}", "$ID", "GPL-2.0-or-later WITH Classpath-exception-2.0"]
    {
        assert_eq!(is(fine), None, "{fine}");
    }
}

/// No tool reads a tag whose name is misspelt.
#[test]
fn a_misspelt_tag_is_told() {
    let is = |wrong: &str, value: &str| {
        let text = tag(value).replace("License-Identifier", wrong);
        severity("a.pp", &format!("# {text}\nclass a {{ }}\n")).map(|(rule, _)| rule)
    };
    for wrong in
        ["LicensekIdentifier", "Licence-Identifier", "License-Identifer", "License_Identifier"]
    {
        assert_eq!(is(wrong, "MIT").as_deref(), Some("spdx-invalid"), "{wrong}");
    }
    assert_eq!(is("License-Identifier", "MIT"), None);
    assert_eq!(is("License-List", "MIT"), None);
    assert_eq!(is("LicenseInfoInFile", "MIT"), None);
    assert_eq!(is("LicensekIdentifier", "what"), None);
}

/// A head line of nothing but the word and a name.
#[test]
fn a_line_may_name_the_licence_without_a_colon() {
    let of = |line: &str| fact("a.pp", &format!("# {line}\nclass a {{\n}}\n")).licence.to_string();
    assert_eq!(of("Licence AGPL version 3 or later"), "AGPL-3.0-or-later");
    assert_eq!(of("License GPL v2"), "GPL-2.0-only");
    assert_eq!(of("License check for GPL packages"), "NONE");
    assert_eq!(of("License MIT server host"), "NONE");
    assert_eq!(of("Licenses MIT"), "NONE");
}

/// Whose a module is may stand in a string, of a variable made for it.
#[test]
fn a_notice_may_stand_in_the_variable_for_it() {
    let of = |name: &str| {
        let text = format!(
            "'''Counts.'''\n\n__author__ = 'A'\n{name} = '''\nCopyright 2020 A\n\n\
             Licensed under the Apache License, Version 2.0 (the \"License\");\n'''\nimport a\n"
        );
        fact("a.py", &text).licence.to_string()
    };
    assert_eq!(of("__copyright__"), "Apache-2.0");
    assert_eq!(of("__license__"), "Apache-2.0");
    assert_eq!(of("TEMPLATE"), "NONE");
    let lens = "(*\nAbout: License:\n  This file is licensed under the Apache 2.0 licence.\n*)\n";
    assert_eq!(&*fact("a.aug", lens).licence, "Apache-2.0");
    let module = "name 'a-b'\nlicense 'Apache License 2.0'\n";
    assert_eq!(&*fact("Modulefile", module).licence, "Apache-2.0");
}

#[test]
fn a_classifier_tells_whether_a_later_version_will_do() {
    let of = |name: &str| {
        let line = format!("License :: OSI Approved :: {name}");
        let text = format!("[project]\nname = \"a\"\nclassifiers = [\"{line}\"]\n");
        fact("pyproject.toml", &text).licence.to_string()
    };
    assert_eq!(of("GNU General Public License v3 or later (GPLv3+)"), "GPL-3.0-or-later");
    assert_eq!(of("GNU General Public License v3 (GPLv3)"), "GPL-3.0-only");
    assert_eq!(of("MIT License"), "MIT");
}

#[test]
fn taken_code_weighs_more_than_a_link() {
    let post = "https://stackoverflow.com/a/12345";
    let is = |text: String| severity("a.py", &text).map(|(_, severity)| severity);
    assert_eq!(is(format!("# taken from {post}\nx = 1\n")), Some(Severity::Medium));
    assert_eq!(is(format!("# see {post}\nx = 1\n")), Some(Severity::Low));
    assert_eq!(is(format!("x = '{post}'\n")), None);
    assert_eq!(is("# see https://stackoverflow.com/tags\nx = 1\n".into()), None);
    let block = |name: &str, text: String| severity(name, &text).map(|(_, severity)| severity);
    assert_eq!(
        block("a.c", format!("/*\n  Taken from {post}\n*/\nint a;\n")),
        Some(Severity::Medium)
    );
    let far = "x = 1\n".repeat(90);
    let docstring = format!("{far}def f():\n    \"\"\"Does it.\n\n    From {post}\n    \"\"\"\n");
    assert_eq!(is(docstring), Some(Severity::Medium));
    assert_eq!(is(format!("x = \"\"\"\nTaken from {post}\n\"\"\"\n")), None);
    assert_eq!(block("a.js", format!("const a = ['src/**/*.js',\n  '{post}'];\n")), None);
    let gist = "https://gist.github.com/someone/0123456789abcdef";
    assert_eq!(is(format!("# copied from {gist}\nx = 1\n")), Some(Severity::Medium));
    assert_eq!(is(format!("# see {gist}\nx = 1\n")), None);
    assert_eq!(severity("a.md", &format!("taken from {post}\n")), None);
    let dated = findings("a.py", &format!("# copied 2016-03-01 from {post}\nx = 1\n"));
    assert!(dated[0].1.notes[0].contains("CC BY-SA 3.0"), "{:?}", dated[0].1.notes);
}

#[test]
fn banners_in_columns() {
    check(&[
        ("a.css", "/*! tailwindcss v4.3.1 | MIT License | https://example.com */\na{}\n", "MIT"),
        ("b.js", "/*! highlight.js v9 | BSD3 License | example.com/l */\n!f()\n", "BSD-3-Clause"),
        (
            "c.js",
            "/*\n Shiv v3 | @some @body | MIT/GPL2 Licensed\n*/\nf()\n",
            "MIT OR GPL-2.0-only",
        ),
        (
            "d.blade.php",
            "<html>\n<style>\n  /*! normalize v8 | MIT License | example.com */html{a:b}\n</style>\n",
            "MIT",
        ),
        ("e.html", "<style>/*! x v1 | MIT License | example.com */a{}</style>\n", "MIT"),
        // A table of what others are under.
        (
            "f.md",
            "# ADR 7\n\n| Name | A | B |\n|---|---|---|\n| License | Apache 2.0 | MIT |\n",
            "NONE",
        ),
        ("g.js", "/* a | MIT License is one of those that we list */\nf()\n", "NONE"),
        ("h.js", "/*! a v1 | (c) Some Body | example.com */\nf()\n", "NONE"),
    ]);
}

#[test]
fn drawings_and_notebooks() {
    let svg = |tag: &str| format!("<svg>\n<metadata><cc:Work>{tag}</cc:Work></metadata>\n</svg>\n");
    let by_sa =
        svg("<cc:license rdf:resource=\"http://creativecommons.org/licenses/by-sa/3.0/\" />");
    let cell = |said: &str| {
        format!(
            "{{\n \"cells\": [\n  {{\n   \"source\": [\n    \"# A\\n\",\n    \"{said}\"\n   ]\n  }}\n ]\n}}\n"
        )
    };
    let both = cell(
        "*The text is released under the [CC-BY-NC-ND license](https://creativecommons.org/licenses/by-nc-nd/4.0/), and code is released under the [MIT license](https://opensource.org/licenses/MIT).*",
    );
    let other = cell("The data set that we load is under the MIT license.");
    check(&[
        ("a.svg", &by_sa, "CC-BY-SA-3.0"),
        ("b.svg", &svg("<cc:license rdf:resource=\"\" />"), "NONE"),
        ("a.ipynb", &both, "CC-BY-NC-ND-4.0 AND MIT"),
        ("b.ipynb", &other, "NONE"),
    ]);
}

#[test]
fn readmes_without_a_section() {
    check(&[
        (
            "README.md",
            "# A\n\nThe contents of this repository are released under the MIT license.\n",
            "MIT",
        ),
        (
            "a/README.md",
            "# A\n\n<a href=\"LICENSE\">\n <img src=\"https://example.com/mitlicense.svg\" alt=\"MIT License\">\n</a>\n",
            "MIT",
        ),
        ("b/README.md", "# A\n\nWe check files under the MIT license.\n", "NONE"),
        (
            "c/README.md",
            "# A\n\n<img src=\"https://example.com/mit.svg\" alt=\"A building of MIT\">\n",
            "NONE",
        ),
    ]);
}

/// The MIT licence in a comment of a file of code.
fn mit_header(after: &str, says: impl Fn(&str) -> String) -> String {
    let text = includes_mit();
    let text = says(text.trim_end());
    let lines = text.lines().map(|line| format!(" * {line}\n")).collect::<String>();
    format!("/*\n{lines}{after} */\nint x;\nint y;\n")
}

fn includes_mit() -> &'static str {
    include_str!("../LICENSE-MIT")
}

#[test]
fn texts_in_comments_that_somebody_changed() {
    let same = |text: &str| text.to_owned();
    let plain = mit_header("", same);
    let limited = mit_header("", |text| {
        text.replace("free of charge,", "free of charge, for non-commercial use only,")
    });
    let rider = mit_header(" *\n * This software may not be used for commercial purposes.\n", same);
    let benign = mit_header(
        " *\n * See AUTHORS. Do not edit: this file is made by a program.\n * The buffer must be freed.\n",
        same,
    );
    check(&[
        ("a.c", &plain, "MIT"),
        ("b.c", &limited, "LicenseRef-altered-MIT"),
        ("c.c", &rider, "LicenseRef-altered-MIT"),
        ("d.c", &benign, "MIT"),
    ]);
}

#[test]
fn a_tag_wins_over_what_the_notice_adds() {
    let only = tag("GPL-2.0-only");
    let notice = "This program is free software; you can redistribute it and/or modify\n# it under the terms of the GNU General Public License as published by\n# the Free Software Foundation; either version 2 of the License, or\n# (at your option) any later version.";
    let above = format!("# {only}\n#\n# {notice}\nx = 1\n");
    let below = format!("# {notice}\n\n# {only}\nx = 1\n");
    check(&[("a.py", &above, "GPL-2.0-only"), ("b.py", &below, "GPL-2.0-only")]);
}

/// The manual of a macro above its licence says what must be, and limits nothing.
#[test]
fn a_manual_above_a_text_is_no_rider() {
    let text = licence_text("FSFAP").expect("a text of the list");
    let comment = |said: &str| {
        let rows =
            format!("SYNOPSIS\n\n  A_MACRO([x])\n\nDESCRIPTION\n\n{said}\n\nLICENSE\n\n{text}");
        let rows = rows.lines().map(|line| format!("# {line}\n"));
        format!("{}\nA_DEFUN\n", rows.collect::<String>())
    };
    let manual = "  The third argument says that support is required. It must not be empty.";
    let sale = "  This macro may not be sold without a licence of its author.";
    check(&[
        ("a.m4", &comment(manual), "FSFAP"),
        ("b.m4", &comment(sale), "LicenseRef-altered-FSFAP"),
    ]);
}

#[test]
fn a_full_stop_ends_the_sentence_and_not_the_address() {
    let post = "https://stackoverflow.com/a/12345";
    for end in ["", ".", ":", "?!", "), which see"] {
        let text = format!("# copied from {post}{end}\nx = 1\n");
        let (_, found) = findings("a.py", &text).pop().expect("a finding");
        let span = found.place.span().expect("a place in the file");
        assert_eq!(&text[span.start..span.end], post, "{end}");
    }
}
