// SPDX-License-Identifier: MIT OR Apache-2.0
//! Fonts, pictures, sound and documents.

use debut::domain::{Licensing, Severity};

use crate::{
    File, Found, MIT,
    bytes::{eot, exif, iptc, jpeg, mp3, ogg, pdf, png, ttf, woff, woff2, xmp},
    found, text, under,
};

const OFL: &str = "This Font Software is licensed under the SIL Open Font License, Version 1.1.";

fn one(file: File<'_>) -> Option<Found> {
    let mut found = found(&[text("LICENSE", MIT), file]);
    assert!(found.len() < 2, "{found:?}");
    found.pop()
}

fn severity(file: File<'_>) -> Option<Severity> {
    one(file).map(|found| found.severity)
}

#[test]
fn fonts_say_their_licence_in_every_wrapper() {
    type Maker = fn(&[(u16, &str)]) -> Vec<u8>;
    let makers: [(&str, Maker); 4] = [("ttf", ttf), ("woff", woff), ("woff2", woff2), ("eot", eot)];
    for (extension, make) in makers {
        let name = format!("web/Acme.{extension}");
        assert_eq!(severity((&name, make(&[(1, "Acme"), (13, OFL)]))), None, "{extension}");
        let mute = one((&name, make(&[(1, "Acme")]))).expect("nothing says the licence");
        assert_eq!((mute.severity, &*mute.value), (Severity::High, "web (fonts)"), "{extension}");
        assert!(mute.notes.contains("family Acme"), "{extension}: {}", mute.notes);
        let sold = "Copyright 2001 Linotype Library GmbH. All rights reserved.";
        let sold = one((&name, make(&[(0, sold), (1, "Acme")]))).expect("a font that is sold");
        assert!(sold.severity == Severity::High && sold.notes.contains("Linotype"), "{extension}");
    }
}

#[test]
fn licences_of_fonts_are_told_from_limits() {
    let font = |id: u16, text: &str| {
        severity(("a.ttf", ttf(&[(0, "(c) Us. All rights reserved."), (id, text)])))
    };
    for open in ["http://scripts.sil.org/OFL", "http://www.apache.org/licenses/LICENSE-2.0"] {
        assert_eq!(font(14, open), None, "{open}");
    }
    for open in ["Licensed under the Ubuntu Font Licence 1.0", "Bitstream Vera is a trademark"] {
        assert_eq!(font(13, open), None, "{open}");
    }
    for closed in ["This font may not be redistributed.", "Free for personal use", "See the EULA"] {
        assert_eq!(font(13, closed), Some(Severity::High), "{closed}");
    }
}

#[test]
fn fonts_with_a_licence_beside_them_are_fine() {
    for beside in [
        "web/fonts/OFL.txt",
        "web/fonts/lato/LICENSE",
        "web/fonts/lato/ttf/Lato-license.md",
        "LICENSE-fonts.txt",
        "web/fonts/lato/ttf/Acme.ttf.license",
    ] {
        let files =
            [text("LICENSE", MIT), text(beside, OFL), ("web/fonts/lato/ttf/Acme.ttf", ttf(&[]))];
        assert!(found(&files).is_empty(), "{beside}: {:?}", found(&files));
    }
    for elsewhere in ["web/LICENSE", "web/fonts/other/LICENSE", "web/fonts/license.go"] {
        let files =
            [text("LICENSE", MIT), text(elsewhere, OFL), ("web/fonts/lato/ttf/Acme.ttf", ttf(&[]))];
        assert_eq!(found(&files).len(), 1, "{elsewhere}");
    }
    let readme = text("web/fonts/README.md", "Acme is under the SIL Open Font License.");
    assert!(found(&[readme, ("web/fonts/Acme.ttf", ttf(&[]))]).is_empty());
    let package = text("vendor/acme/package.json", r#"{"name": "a", "license": "OFL-1.1"}"#);
    assert!(found(&[package, ("vendor/acme/web/Acme.ttf", ttf(&[]))]).is_empty());
    // The same font in another format says it.
    let files = [("a/Acme.eot", vec![1; 200]), ("a/Acme.ttf", ttf(&[(13, OFL)]))];
    assert!(found(&files).is_empty());
}

#[test]
fn known_free_fonts_still_need_their_text() {
    let awesome = one(("static/fontawesome-webfont.woff2", vec![0; 300])).expect("no text");
    assert_eq!(awesome.severity, Severity::Medium);
    assert!(awesome.notes.contains("Font Awesome Free is published under OFL-1.1"));
    let bootstrap = one(("a/glyphicons-halflings-regular.ttf", vec![0; 300])).expect("no text");
    assert!(bootstrap.notes.contains("only as part of Bootstrap"));
    let reserved = ttf(&[(0, "Copyright Dave Gandy 2016. All rights reserved.")]);
    assert_eq!(severity(("a/fontawesome-webfont.ttf", reserved)), Some(Severity::Medium));
    assert_eq!(severity(("a/Interstate.ttf", vec![0; 300])), Some(Severity::High));
    assert_eq!(severity(("a/Inter-Bold.ttf", vec![0; 300])), Some(Severity::Medium));
}

#[test]
fn bought_pictures_block() {
    for name in [
        "img/shutterstock_1234567.jpg",
        "img/iStock-1234567.jpg",
        "img/gettyimages-1234567-612x612.jpg",
        "img/AdobeStock_12345.jpeg",
        "img/hero-depositphotos.png",
        "img/dreamstime_m_12345.webp",
        "img/fotolia_123456_s.jpg",
        "img/123rf_9999999.jpg",
    ] {
        let found = one((name, png(&[]))).expect(name);
        assert_eq!(
            (found.severity, &*found.value),
            (Severity::High, "img (stock pictures)"),
            "{name}"
        );
    }
    for name in ["img/shutterstock.svg", "img/brands/freepik.png", "img/shutterstock-logo.png"] {
        let content = if name.ends_with("svg") { b"<svg/>".to_vec() } else { png(&[]) };
        assert_ne!(severity((name, content)), Some(Severity::High), "{name}");
    }
}

#[test]
fn pictures_and_sound_say_their_licence() {
    let free = "http://creativecommons.org/licenses/by/4.0/";
    let licence = xmp(&format!("<cc:license rdf:resource=\"{free}\"/>"));
    assert_eq!(severity(("a/photo.jpg", jpeg(&licence))), None);
    assert_eq!(severity(("a/photo.png", png(&[("Copyright", "CC0")]))), None);
    assert_eq!(severity(("a/talk.ogg", ogg(&format!("LICENSE={free}")))), None);
    let terms = "<xmpRights:UsageTerms><rdf:li>May not be reproduced without permission</rdf:li></xmpRights:UsageTerms>";
    let closed = [
        ("a/photo.jpg", jpeg(&xmp(terms))),
        ("a/photo.jpg", iptc("2020 Getty Images")),
        ("a/photo.jpg", exif("Jo Doe, all rights reserved")),
        ("a/photo.png", png(&[("Copyright", "Jo Doe. All rights reserved.")])),
        ("a/paper.pdf", pdf(&xmp("<dc:rights>All rights reserved</dc:rights>"))),
        ("a/song.mp3", mp3("2020 Some Records. All rights reserved")),
    ];
    for file in closed {
        let name = file.0;
        let found = one(file).expect(name);
        assert_eq!(found.severity, Severity::High, "{found:?}");
        assert!(found.notes.contains("it says of itself"), "{found:?}");
    }
    let holder = one(("a/photo.jpg", exif("Copyright Jo Doe"))).expect("a note");
    assert!(holder.severity == Severity::Low && holder.notes.contains("Jo Doe"));
}

#[test]
fn drawings_say_their_licence() {
    let svg = |inner: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inner}<path d=\"M0 0h10v10H0zM1 1h8v8H1z\"/></svg>").into_bytes()
    };
    let cc = "<metadata><cc:Work><cc:license rdf:resource=\"https://creativecommons.org/licenses/by-sa/4.0/\"/></cc:Work></metadata>";
    assert_eq!(severity(("a/x.svg", svg(cc))), None);
    assert_eq!(severity(("a/x.svg", svg(""))), Some(Severity::Low));
    let nc = cc.replace("by-sa", "by-nc-sa");
    assert_eq!(severity(("a/x.svg", svg(&nc))), Some(Severity::High));
    let pro = "<!--! Font Awesome Pro 6.4.0 License - https://fontawesome.com/license (Commercial License) -->";
    assert_eq!(severity(("a/x.svg", svg(pro))), Some(Severity::High));
    let free = pro
        .replace("Pro", "Free")
        .replace("Commercial License", "Icons: CC BY 4.0, Fonts: SIL OFL 1.1");
    assert_eq!(severity(("a/x.svg", svg(&free))), None);
}

#[test]
fn other_pictures_are_notes_by_folder() {
    let files = [
        text("LICENSE", MIT),
        ("docs/images/one.png", png(&[])),
        ("docs/images/two.png", png(&[("Title", "two")])),
        ("paper.pdf", pdf("")),
        ("slides.pptx", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec()),
    ];
    let found = found(&files);
    let seen: Vec<(&str, Severity)> = found.iter().map(|one| (&*one.value, one.severity)).collect();
    let low = Severity::Low;
    let spacer = files[4].1.len() < 100;
    assert!(spacer, "an archive this small holds nothing");
    assert_eq!(seen[..3], [("docs/images", low), ("docs/images", low), (".", low)]);
}

#[test]
fn a_file_that_stands_for_what_was_bought_may_be_small() {
    let dot = || b"\x89PNG\r\n\x1a\n".to_vec();
    assert_eq!(severity(("img/iStock-98765432.png", dot())), Some(Severity::High));
    assert_eq!(severity(("img/gettyimages-12345.gif", b"GIF89a".to_vec())), Some(Severity::High));
    assert_eq!(severity(("img/team.png", dot())), Some(Severity::Low));
}

#[test]
fn traps_stay_silent() {
    let mark = png(&[("Title", "our mark")]);
    let clean = [
        text("LICENSE", MIT),
        ("static/favicon.ico", [b"\0\0\x01\0".as_slice(), &[5; 300]].concat()),
        ("static/logo.png", mark.clone()),
        // The same picture under another name.
        ("app/header.png", mark),
        ("docs/img/screenshot-login.png", png(&[])),
        ("ios/App.xcassets/AppIcon.appiconset/87.png", png(&[("Title", "icon")])),
        ("docs/img/network-diagram.png", png(&[])),
        // Drawn from the source beside it.
        ("docs/flow.png", png(&[("Title", "flow")])),
        text("docs/flow.puml", "@startuml\n@enduml\n"),
        ("static/spacer.gif", b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\0\0\0!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec()),
        ("static/empty.png", Vec::new()),
        // Icons of other people's code that has its licence.
        ("vendor/tool/LICENSE", MIT.as_bytes().to_vec()),
        ("vendor/tool/icons/ok.png", png(&[("Title", "ok")])),
        ("vendor/tool/fonts/Acme.ttf", ttf(&[])),
        ("a/photo.jpg", jpeg("x")),
        text("a/photo.jpg.license", "SPDX-License-Identifier: CC0-1.0\n"),
        text("src/font.rs", "struct Font;\n"),
    ];
    assert!(found(&clean).is_empty(), "{:?}", found(&clean));
}

#[test]
fn tests_weigh_less_and_vendored_fonts_do_not() {
    assert_eq!(severity(("tests/data/Acme.ttf", ttf(&[]))), Some(Severity::Medium));
    assert_eq!(severity(("tests/data/x.png", png(&[]))), Some(Severity::Info));
    assert_eq!(severity(("vendor/x/Acme.ttf", ttf(&[]))), Some(Severity::High));
    let deep = one(("a/tests/data/one/x.png", png(&[]))).expect("a note");
    assert_eq!(deep.value, "a/tests", "one decision holds for a set of tests");
    let third_party = Licensing { third_party: vec!["lib/**".into()], ..Licensing::default() };
    let files = [text("lib/x/LICENSE", MIT), ("lib/x/a/b/x.png", png(&[]))];
    assert!(under(third_party, &files).is_empty());
    assert_eq!(found(&files).len(), 1);
}

#[test]
fn what_the_owners_keep_is_theirs_to_give() {
    let owners = vec!["Acme Ltd".into()];
    let policy = Licensing { owners, ..Licensing::default() };
    let files = [("a/photo.jpg", exif("Acme Ltd, all rights reserved"))];
    assert_eq!(under(policy, &files)[0].severity, Severity::Low);
    assert_eq!(found(&files)[0].severity, Severity::High);
}
