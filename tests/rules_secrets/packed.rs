// SPDX-License-Identifier: MIT OR Apache-2.0
//! Archives are looked into, pictures and documents asked who made them, and every other file is
//! listed with what it is; bombs are cut off and told.

use std::io::Write;

use debut::{
    domain::{Finding, NotScanned, Place, RepoPath},
    scan::Scratch,
};
use flate2::{Compression, write::DeflateEncoder, write::ZlibEncoder};
use proptest::prelude::*;

use super::{
    encodings::{gzip, token},
    engine,
};

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = DeflateEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

/// Packs entries, every second one deflated.
fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (i, (name, content)) in entries.iter().enumerate() {
        let (method, data) =
            if i % 2 == 0 { (8_u16, deflate(content)) } else { (0, content.to_vec()) };
        let start = out.len() as u32;
        let mut head = Vec::new();
        head.extend([20, 0, 0, 0]);
        head.extend(method.to_le_bytes());
        head.extend([0; 8]);
        head.extend((data.len() as u32).to_le_bytes());
        head.extend((content.len() as u32).to_le_bytes());
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(data);
        list.extend(b"PK\x01\x02\x14\0");
        list.extend(&head);
        list.extend([0; 10]);
        list.extend(start.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let at = out.len() as u32;
    out.extend(&list);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([entries.len() as u8, 0, entries.len() as u8, 0]);
    out.extend((list.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn tar(entries: &[(&str, u8, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, kind, content) in entries {
        let mut head = [0; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        head[156] = *kind;
        head[257..262].copy_from_slice(b"ustar");
        out.extend(head);
        out.extend(*content);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.extend([0; 1024]);
    out
}

pub(crate) fn look(path: &str, raw: &[u8]) -> (Vec<(String, Finding)>, Option<NotScanned>) {
    let engine = engine();
    let path = RepoPath::new(path.as_bytes());
    let scan = engine.scan_file(&path, raw, &mut Scratch::default());
    let name = |f: Finding| (engine.rules().info(f.rule).name().to_owned(), f);
    (scan.findings.into_iter().map(name).collect(), scan.not_scanned)
}

/// Asserts that `rule` found something in the file, with a note that holds `note`.
fn finds(path: &str, raw: &[u8], rule: &str, note: &str) -> Option<NotScanned> {
    let (found, why) = look(path, raw);
    let all: Vec<_> = found.iter().map(|(name, f)| (name, &f.notes)).collect();
    let here = found.iter().find(|(name, _)| name == rule);
    let (_, finding) = here.unwrap_or_else(|| panic!("{rule} not in {all:?}, {why:?}"));
    assert_eq!(finding.place, Place::File);
    assert_eq!(finding.value.expose(), path.as_bytes());
    assert!(finding.notes.iter().any(|n| n.contains(note)), "{:?}", finding.notes);
    assert!(finding.notes.iter().all(|n| !n.contains(&token())), "{:?}", finding.notes);
    why
}

fn env() -> String {
    format!("A=1\nB=2\nTOKEN={}\n", token())
}

#[test]
fn archives_are_looked_into() {
    let env = env();
    let files = [("readme.txt", b"hello".as_slice()), ("a/b.env", env.as_bytes())];
    let why = finds("x/app.jar", &zip(&files), "github-token", "in entry a/b.env line 3");
    assert_eq!(why, Some(NotScanned::Kind("ZIP archive with 2 files, 2 scanned".into())));
    finds("x.whl", &zip(&files), "env-file", "in entry a/b.env");
    let tar = tar(&[("d", b'5', b""), ("l", b'2', b""), ("d/c.yml", b'0', env.as_bytes())]);
    finds("x.tar", &tar, "github-token", "in entry d/c.yml line 3");
    let why = finds("x.tgz", &gzip(&tar), "github-token", "in entry d/c.yml line 3");
    assert!(matches!(why, Some(NotScanned::Kind(_))), "{why:?}");
    finds("dump.sql.gz", &gzip(env.as_bytes()), "github-token", "line 3");
    let inner = zip(&[("k/id_rsa", b"x")]);
    finds("y.zip", &zip(&[("in.zip", &inner)]), "key-file", "in entry in.zip/k/id_rsa");
}

#[test]
fn names_of_entries_keep_no_value() {
    let (token, env) = (token(), env());
    let raw = zip(&[(&format!("{token}.env"), env.as_bytes())]);
    finds("x.zip", &raw, "github-token", "whose name holds a value");
}

#[test]
fn a_credential_that_is_the_name_of_an_entry_is_found_and_not_told() {
    let token = token();
    let deep = format!("{}{token}/x.jks", "d/".repeat(90));
    for name in [format!("{token}.jks"), format!("keys/{token}/id_rsa"), deep] {
        let raw = zip(&[(&name, b"\xfe\xed\xfe\xed\0\0\0\x02".as_slice())]);
        let (found, _) = look("x.zip", &raw);
        finds("x.zip", &raw, "github-token", "as the name of an entry");
        assert!(found.len() > 1, "{name}");
        let notes: Vec<&String> = found.iter().flat_map(|(_, f)| &f.notes).collect();
        assert!(notes.iter().all(|note| !note.contains(&token[..12])), "{notes:?}");
    }
}

#[test]
fn an_archive_of_matches_is_gone_through_to_a_limit() {
    let env = env();
    let files: Vec<String> = (0..9).map(|no| format!("{no}.txt")).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|f| (f.as_str(), env.as_bytes())).collect();
    let engine = engine().with_most_matches(4);
    let path = RepoPath::new(b"x.zip");
    let scan = engine.scan_file(&path, &zip(&files), &mut Scratch::default());
    let Some(NotScanned::CutOff(why)) = scan.not_scanned else { panic!("{:?}", scan.not_scanned) };
    assert!(why.contains("4 scanned; so many matches"), "{why}");
    assert_eq!(scan.findings.len(), 1);
}

#[test]
fn bombs_are_cut_off_and_told() {
    let cut = |raw: &[u8], word: &str| {
        let (_, why) = look("x.zip", raw);
        let Some(NotScanned::CutOff(why)) = why else { panic!("{why:?}") };
        assert!(why.contains(word), "{why}");
    };
    let zeros = vec![b'0'; 30 << 20];
    cut(&gzip(&zeros), "100 times");
    cut(&zip(&[("a", &zeros)]), "100 times");
    // Archives in archives in archives.
    let small = vec![b'0'; 4 << 20];
    let mut raw = zip(&[("a", &small)]);
    for _ in 0..4 {
        let entries: Vec<(&str, &[u8])> = (0..9).map(|_| ("b.zip", raw.as_slice())).collect();
        raw = zip(&entries);
    }
    cut(&raw, "");
    let many: Vec<(String, Vec<u8>)> = (0..10_001).map(|i| (format!("{i}"), vec![b'x'])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(n, c)| (n.as_str(), c.as_slice())).collect();
    cut(&zip(&many), "10,000");
    cut(b"PK\x03\x04 and no more", "damaged");
}

/// A picture whose Exif data has an author, a serial number and a place.
fn photo() -> Vec<u8> {
    let mut data: Vec<u8> = b"II*\0\x08\0\0\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut out = tag.to_le_bytes().to_vec();
        out.extend(kind.to_le_bytes());
        out.extend(count.to_le_bytes());
        out.extend(value);
        out
    };
    let at = |offset: u32| offset.to_le_bytes();
    // The main directory, that of the camera and that of the place.
    data.extend(3_u16.to_le_bytes());
    data.extend(entry(0x013b, 2, 9, at(200)));
    data.extend(entry(0x8769, 4, 1, at(60)));
    data.extend(entry(0x8825, 4, 1, at(90)));
    data.resize(60, 0);
    data.extend(1_u16.to_le_bytes());
    data.extend(entry(0xa431, 2, 9, at(216)));
    data.resize(90, 0);
    data.extend(4_u16.to_le_bytes());
    data.extend(entry(1, 2, 2, *b"N\0\0\0"));
    data.extend(entry(2, 5, 3, at(240)));
    data.extend(entry(3, 2, 2, *b"E\0\0\0"));
    data.extend(entry(4, 5, 3, at(264)));
    data.resize(200, 0);
    data.extend(b"Jo Jones\0");
    data.resize(216, 0);
    data.extend(b"30720145\0");
    data.resize(240, 0);
    for part in [48_u32, 1, 51, 1, 29, 1, 2, 1, 17, 1, 40, 1] {
        data.extend(part.to_le_bytes());
    }
    let mut out = b"\xff\xd8\xff\xe1".to_vec();
    out.extend((data.len() as u16 + 8).to_be_bytes());
    out.extend(b"Exif\0\0");
    out.extend(data);
    out.extend(b"\xff\xd9");
    out
}

#[test]
fn pictures_say_where_and_by_whom() {
    let why = finds("img/a.jpg", &photo(), "image-location", "in its Exif data");
    assert_eq!(why, Some(NotScanned::Kind("JPEG image".into())));
    finds("img/a", &photo(), "image-device", "in its Exif data");
    let chunk = |name: &[u8], data: &[u8]| {
        [&(data.len() as u32).to_be_bytes()[..], name, data, &[0; 4]].concat()
    };
    let png = |texts: &[Vec<u8>]| {
        [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &[0; 13]), texts.concat()].concat()
    };
    finds("a.png", &png(&[chunk(b"tEXt", b"Author\0Jo Jones")]), "document-author", "text chunks");
    let packed = [b"Author\0\0".as_slice(), &zlib(b"Jo Jones")].concat();
    finds("a.png", &png(&[chunk(b"zTXt", &packed)]), "document-author", "text chunks");
    let xmp = b"XML:com.adobe.xmp\0\0\0\0\0<x exif:GPSLatitude=\"48,51.5N\"/>";
    finds("a.png", &png(&[chunk(b"iTXt", xmp)]), "image-location", "text chunks");
    let (found, why) = look("a.png", &png(&[]));
    assert_eq!((found.len(), why), (0, Some(NotScanned::Kind("PNG image".into()))));
}

#[test]
fn documents_say_who_wrote_them() {
    let core = b"<cp:coreProperties><dc:creator>Jo Jones</dc:creator></cp:coreProperties>";
    let word = zip(&[("docProps/core.xml", core), ("word/document.xml", b"<w:t>hello</w:t>")]);
    // Word cuts a token where it looked at its spelling.
    let token_text = token();
    let (head, tail) = token_text.split_at(9);
    let cut = format!(
        "<w:p><w:t>Greetings</w:t></w:p><w:p><w:r><w:t>use {head}</w:t></w:r><w:proofErr/>\
         <w:r><w:t>{tail} now</w:t></w:r></w:p><w:p><w:t>db_password: tR4-kuPz9w</w:t></w:p>"
    );
    let cut = zip(&[("word/document.xml", cut.as_bytes())]);
    // What only the XML tells apart is found, too.
    let beside = format!("<w:p><w:t>see</w:t><w:t>{token_text}</w:t><w:t>there</w:t></w:p>");
    let beside = zip(&[("word/document.xml", beside.as_bytes())]);
    finds("c.docx", &beside, "github-token", "in entry word/document.xml line 1");
    finds("b.docx", &cut, "github-token", "in entry word/document.xml line 2");
    finds("b.docx", &cut, "generic-password", "in entry word/document.xml line 3");
    let (_, why) = look("a.docx", &word);
    assert!(matches!(why, Some(NotScanned::Kind(_))), "{why:?}");
    finds("a.docx", &word, "document-author", "in entry docProps/core.xml");
    let stream = zlib(format!("BT ({}) Tj ET\n", token()).as_bytes());
    let pdf = [
        b"%PDF-1.4\n1 0 obj << /Author (Jo Jones) >>\n2 0 obj << >> stream\n".as_slice(),
        &stream,
        b"\nendstream\n",
    ]
    .concat();
    finds("a.pdf", &pdf, "document-author", "in its properties");
    finds("a.pdf", &pdf, "github-token", "in a stream");
}

#[test]
fn other_files_are_known_by_their_content() {
    finds("a.bin", b"\xfe\xed\xfe\xed\0\0\0\x02\0", "keystore", "Java key store");
    finds("a.bin", b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5\0", "password-database", "KeePass");
    finds("a.bin", b"SQLite format 3\0\x10\0", "database-file", "SQLite");
    finds("a.bin", b"\xd4\xc3\xb2\xa1\x02\0\x04\0", "traffic-capture", "network capture");
    let program = [b"\x7fELF\x02\0\0".as_slice(), env().as_bytes(), b"\0\x01\0"].concat();
    let why = finds("tool", &program, "github-token", "in its strings");
    assert_eq!(why, Some(NotScanned::Kind("Linux executable".into())));
    let wide: Vec<u8> = token().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let program = [b"MZ\x90\0\x03\x01\0\xff\xff".as_slice(), &wide, b"\0\0"].concat();
    finds("tool.exe", &program, "github-token", "in its strings");
    let (_, why) = look("x", b"\0\x01\x02\x03");
    assert_eq!(why, Some(NotScanned::Binary));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_are_borne(
        which in 0..5_usize,
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut raw = match which {
            0 => zip(&[("a.env", env().as_bytes()), ("b", b"xx"), ("c/d", &photo())]),
            1 => tar(&[("a.env", b'0', env().as_bytes()), ("b", b'L', b"name"), ("c", b'x', b"9 path=d\n")]),
            2 => gzip(&tar(&[("a.env", b'0', env().as_bytes())])),
            3 => photo(),
            _ => [b"%PDF-1.4 /Author (J) stream\n".as_slice(), &zlib(b"text"), b"endstream"].concat(),
        };
        for (at, byte) in edits {
            let at = at.index(raw.len());
            raw[at] = byte;
        }
        look("x.bin", &raw);
        look("x.bin", &raw[..cut.index(raw.len())]);
    }
}
