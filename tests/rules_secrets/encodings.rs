// SPDX-License-Identifier: MIT OR Apache-2.0
//! Secrets are found inside of what encodes them, with the value in the clear at the encoded
//! place, and texts full of encoded runs are judged alike with and without an earlier version.

use std::io::Write;

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use debut::domain::{Finding, NotScanned, Place, RepoPath};
use debut::redact::{Edit, apply};
use debut::scan::Scratch;
use flate2::{Compression, write::GzEncoder};

use super::{engine, scan, template::expand};

/// A GitHub token with a valid checksum.
pub(crate) fn token() -> String {
    expand("{gh:ghp_}")
}

/// A script as instances run it when they start.
pub(crate) fn script() -> String {
    format!(
        "#!/bin/bash\nset -e\nexport GITHUB={}\necho done with everything that is to do\n",
        token()
    )
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

/// Breaks a text into lines with something before each.
pub(crate) fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let lines =
        text.as_bytes().chunks(width).map(|line| String::from_utf8_lossy(line).into_owned());
    lines.map(|line| format!("{indent}{line}\n")).collect()
}

/// Returns encoded blocks and lines for random texts: every few of the samples, and scripts in
/// all shapes.
pub(crate) fn pieces(samples: &[String]) -> Vec<String> {
    let encode = |text: &str| BASE64.encode(text.as_bytes());
    let mut out: Vec<String> =
        samples.iter().step_by(3).map(|sample| format!("x: \"{}\"", encode(sample))).collect();
    out.extend(samples.iter().step_by(5).map(|sample| format!("{:?}", format!("{{{sample:?}}}"))));
    let long = format!("{}{}{}", script(), "# a line of comment\n".repeat(9), script());
    for _ in 0..4 {
        for width in [64, 76] {
            out.push(wrapped(&encode(&long), width, "  "));
            out.push(wrapped(&encode(&script()), width, ""));
            out.push(wrapped(&BASE64.encode(&gzip(long.as_bytes())), width, "  "));
        }
        out.push(encode(&encode(&script())));
        out.push(format!("data: {}", encode(&script())));
        out.push("  password: aHVudGVyMjIh".into());
        out.push("  password: cGFzc3dvcmQ=".into());
        out.push(format!("url: https://x.example/?a%3D{}%26b", token()));
        out.extend(super::pieces::notations(&token()));
    }
    out
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Returns the one finding of `rule` whose value is `value`.
pub(crate) fn one(path: &str, text: &[u8], rule: &str, value: &str) -> Finding {
    let engine = engine();
    let mut found = scan(&engine, path, text);
    let name = |f: &Finding| engine.rules().info(f.rule).name().to_owned();
    let all: Vec<String> = found
        .iter()
        .map(|f| {
            format!("{} {:?} {:?}", name(f), String::from_utf8_lossy(f.value.expose()), f.notes)
        })
        .collect();
    found.retain(|f| name(f) == rule && f.value.expose() == value.as_bytes());
    assert_eq!(found.len(), 1, "{all:#?} in {}", String::from_utf8_lossy(text));
    found.remove(0)
}

fn reached(finding: &Finding) -> Option<&str> {
    finding.notes.iter().map(String::as_str).find(|note| note.starts_with("inside "))
}

/// Asserts that the token is found in `text`, standing at `written`, and how it was reached.
fn token_in(path: &str, text: &str, written: &str, how: &str) {
    let finding = one(path, text.as_bytes(), "github-token", &token());
    let Place::Span(span) = &finding.place else { panic!("no span in {text}") };
    assert_eq!(&text[span.range()], written, "{text}");
    assert_eq!(finding.value.written(), written.as_bytes());
    assert_eq!(reached(&finding), Some(how), "{text}");
    assert!(finding.proved(), "{text}");
}

#[test]
fn a_token_is_found_in_every_encoding() {
    let script = script();
    let encoded = BASE64.encode(script.as_bytes());
    token_in("a.tf", &format!("  user_data = \"{encoded}\"\n"), &encoded, "inside base64");
    let bare = BASE64URL_NOPAD.encode(script.as_bytes());
    token_in("a.py", &format!("x = f('{bare}')\n"), &bare, "inside base64");
    for skip in 1..4 {
        let run = format!("{}{encoded}", &"abc"[..skip]);
        token_in("a.txt", &format!("x {run} y\n"), &run, "inside base64");
    }
    let hex = HEXLOWER.encode(token().as_bytes());
    token_in("a.txt", &format!("key={hex}\n"), &hex, "inside hexadecimal");
    let twice = BASE64.encode(encoded.as_bytes());
    token_in("a.yml", &format!("x: {twice}\n"), &twice, "inside base64 inside base64");
    let gz = BASE64.encode(&gzip(script.as_bytes()));
    token_in("a.yml", &format!("  content: {gz}\n"), &gz, "inside gzip inside base64");
    let wide: Vec<u8> = script.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = BASE64.encode(&wide);
    token_in("a.ps1", &format!("powershell -enc {wide}\n"), &wide, "inside base64");
}

#[test]
fn a_token_is_found_in_wrapped_base64() {
    let long = format!("{}{}{}", script(), "# one more line of comment\n".repeat(12), script());
    let encoded = BASE64.encode(long.as_bytes());
    for width in [64, 76] {
        let block = wrapped(&encoded, width, "      ");
        let text = format!("write_files:\n  - content: !!binary |\n{block}    path: /etc/x\n");
        token_in("a.yml", &text, block.trim(), "inside base64");
        let joined = wrapped(&encoded, width, "").trim().replace('\n', "\\n");
        token_in(
            "a.json",
            &format!("{{\"a\": \"{joined}\", \"b\": 1}}\n"),
            &joined,
            "inside base64",
        );
        let gz = BASE64.encode(&gzip(long.as_bytes()));
        let block = wrapped(&gz, width, "\t");
        token_in(
            "a.yml",
            &format!("x: |\n{block}y: 1\n"),
            block.trim(),
            "inside gzip inside base64",
        );
        let pieces = wrapped(&encoded, width, "  \"").replace('\n', "\" +\n");
        let written = &pieces[3..pieces.len() - 4];
        token_in("a.js", &format!("x =\n{pieces}  y\n"), written, "inside base64");
    }
}

#[test]
fn a_token_is_found_behind_escapes() {
    let token = token();
    let percent = percent(&token);
    let text = |written: &str| format!("url: https://x.example/?github_a%3D{written}%26b%3D1\n");
    token_in("a.yml", &text(&percent), &percent, "inside escapes");
    // What is written out keeps its place.
    let found = one("a.yml", text(&token).as_bytes(), "github-token", &token);
    assert!(!found.value.is_decoded() && found.proved());
    one(
        "a.json",
        format!("{{\"run\": \"echo\\nexport\\n{token}\\n\"}}").as_bytes(),
        "github-token",
        &token,
    );
    one(
        "a.html",
        format!("<a b=&quot;token&#x3d;{token}&quot;>").as_bytes(),
        "github-token",
        &token,
    );
    let codes: String = token.bytes().map(|byte| format!("\\x{byte:02x}")).collect();
    token_in("a.js", &format!("x = '{codes}'\n"), &codes, "inside escapes");
    let codes: String = token.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    token_in("a.json", &format!("{{\"x\": \"{codes}\"}}\n"), &codes, "inside escapes");
    let codes: Vec<String> = token.bytes().map(|byte| format!("0x{byte:02x}")).collect();
    let codes = codes.join(", ");
    token_in("a.h", &format!("char x[] = {{{codes}, 0x00}};\n"), &codes, "inside escapes");
}

#[test]
fn escaped_json_in_a_string_is_read() {
    let token = token();
    let inner = format!(
        "{{\\\"auth\\\":{{\\\"x\\\":\\\"{token}\\\"}},\\\"password\\\":\\\"tR4-kuPz9w\\\"}}"
    );
    let text = format!("{{\"last-applied\": \"{inner}\"}}\n");
    one("a.json", text.as_bytes(), "github-token", &token);
    one("a.json", text.as_bytes(), "generic-password", "tR4-kuPz9w");
    let encoded = BASE64.encode(script().as_bytes());
    let text =
        format!("{{\"last-applied\": \"{{\\\"data\\\":{{\\\"x\\\":\\\"{encoded}\\\"}}}}\\n\"}}\n");
    one("a.json", text.as_bytes(), "github-token", &token);
}

#[test]
fn values_of_a_kubernetes_secret_are_judged_decoded() {
    let secret = |value: &str| {
        format!("apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: {value}\n")
    };
    let text = secret("aHVudGVyMjIh");
    let found = one("a.yml", text.as_bytes(), "generic-password", "hunter22!");
    let Place::Span(span) = &found.place else { panic!("no span") };
    assert_eq!(&text[span.range()], "aHVudGVyMjIh");
    one("a.yml", b"data: {password: aHVudGVyMg==}\n", "generic-password", "hunter2");
    one(
        "a.json",
        b"{\"data\": {\"db_password\": \"aHVudGVyMjI=\"}}\n",
        "generic-password",
        "hunter22",
    );
    let long = BASE64.encode(b"correct-Horse-9-battery-77\n");
    let found =
        one("a.yml", secret(&long).as_bytes(), "generic-password", "correct-Horse-9-battery-77");
    assert_eq!(found.value.written(), long.as_bytes());
    // The decoded value is judged, not the run.
    for sample in ["changeme", "your-password-here-please", "${PASSWORD}", "password"] {
        let text = secret(&BASE64.encode(sample.as_bytes()));
        assert_eq!(scan(&engine(), "a.yml", text.as_bytes()).len(), 0, "{sample}");
    }
}

#[test]
fn a_docker_config_is_read() {
    let auth = BASE64.encode(format!("robot:{}", token()).as_bytes());
    let config = format!("{{\"auths\":{{\"registry.example\":{{\"auth\":\"{auth}\"}}}}}}");
    let text = format!("data:\n  .dockerconfigjson: {}\n", BASE64.encode(config.as_bytes()));
    let found = scan(&engine(), "a.yml", text.as_bytes());
    assert!(!found.is_empty());
    assert!(found.iter().all(|f| reached(f).is_some_and(|how| how.starts_with("inside base64"))));
}

#[test]
fn one_run_holds_several_values() {
    let (first, second) = (token(), expand("{gh:gho_}"));
    let encoded = BASE64.encode(format!("a={first}\nb={second}\nc={first}\n").as_bytes());
    let text = format!("x: {encoded}\n");
    one("a.yml", text.as_bytes(), "github-token", &first);
    one("a.yml", text.as_bytes(), "github-token", &second);
    assert_eq!(scan(&engine(), "a.yml", text.as_bytes()).len(), 2);
}

#[test]
fn nesting_has_an_end_and_says_so() {
    let mut text = script();
    for _ in 0..3 {
        text = BASE64.encode(text.as_bytes());
    }
    one("a.yml", format!("x: {text}\n").as_bytes(), "github-token", &token());
    let text = format!("x: {}\n", BASE64.encode(text.as_bytes()));
    let scan =
        engine().scan_file(&RepoPath::new(b"a.yml"), text.as_bytes(), &mut Scratch::default());
    assert!(scan.findings.is_empty());
    assert!(matches!(scan.not_scanned, Some(NotScanned::CutOff(_))));
}

#[test]
fn a_bomb_in_base64_is_cut_off_and_told() {
    let bomb = BASE64.encode(&gzip(&vec![b'a'; 30 << 20]));
    let text = format!("x: {bomb}\n");
    let scan =
        engine().scan_file(&RepoPath::new(b"a.yml"), text.as_bytes(), &mut Scratch::default());
    assert!(matches!(scan.not_scanned, Some(NotScanned::CutOff(_))));
}

#[test]
fn what_encodes_no_text_is_left_alone() {
    let engine = engine();
    for text in [
        "integrity sha512-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08Zq==",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
        "/usr/share/python3/dist-packages/something/or/other/file.py",
    ] {
        assert_eq!(scan(&engine, "a.yml", text.as_bytes()).len(), 0, "{text}");
    }
}

#[test]
fn a_value_is_one_whether_it_is_encoded_or_not() {
    let clear = one("a.yml", format!("token: {}\n", token()).as_bytes(), "github-token", &token());
    let encoded = BASE64.encode(script().as_bytes());
    let found = one("b.yml", format!("x: {encoded}\n").as_bytes(), "github-token", &token());
    assert_eq!(found.rule, clear.rule);
    assert!(found.value.is_decoded() && !clear.value.is_decoded());
}

#[test]
fn a_key_that_is_base64_of_signs_is_still_one() {
    let key = BASE64.encode(expand("{a20}:{a22}").as_bytes());
    let text = format!("api_key: {key}\n");
    assert!(!scan(&engine(), "a.yml", text.as_bytes()).is_empty());
}

#[test]
fn texts_of_four_bytes_a_character_are_read() {
    let text = format!("# a file\ntoken: {}\n", token());
    for mark in [true, false] {
        for big in [true, false] {
            let bytes = |code: u32| if big { code.to_be_bytes() } else { code.to_le_bytes() };
            let mark = mark.then_some(0xfeff_u32).into_iter();
            let raw: Vec<u8> = mark.chain(text.chars().map(u32::from)).flat_map(bytes).collect();
            let found = one("a.txt", &raw, "github-token", &token());
            let Place::Span(span) = &found.place else { panic!("no span") };
            let edit = Edit { span: span.range(), to: "REDACTED".into() };
            let out = apply(&raw, &[edit]).expect("text").raw;
            assert!(scan(&engine(), "a.txt", &out).is_empty());
            assert_eq!(out.len() % 4, 0);
        }
    }
}

#[test]
fn mails_are_read() {
    let token = token();
    for (text, written) in [
        (
            format!("<a href=3D\"https://x.example/?t=3D{}=\n{}\">\n", &token[..9], &token[9..]),
            format!("{}=\n{}", &token[..9], &token[9..]),
        ),
        (
            format!("{} {}=\r\n{} end\n", "a word ".repeat(8), &token[..9], &token[9..]),
            format!("{}=\r\n{}", &token[..9], &token[9..]),
        ),
        (format!("key=3D{}\n", token.replace('_', "=5F")), token.replace('_', "=5F")),
    ] {
        token_in("a.eml", &text, &written, "inside quoted-printable");
    }
    let text = format!("key=3D{token}\n");
    assert!(!one("a.eml", text.as_bytes(), "github-token", &token).value.is_decoded());
}

#[test]
fn notebooks_are_read() {
    let token = token();
    let text = format!(
        "{{\"cells\": [\n {{\"source\": [\n  \"import x\\n\",\n  \"x.login(\\\"{token}\\\")\\n\"\n ],\n \
         \"outputs\": [{{\"text\": [\"ok\\n{token}\\n\"]}}]}}]}}\n"
    );
    let found = scan(&engine(), "a.ipynb", text.as_bytes());
    let lines: Vec<u32> = found.iter().map(|f| f.place.line()).collect();
    assert_eq!(lines, [4, 6]);
    let last = |i: usize| found[i].notes.last().map(String::as_str);
    assert_eq!([0, 1].map(last), [Some("cell 1, source"), Some("cell 1, output")]);
    assert!(found.iter().all(|f| f.value.expose() == token.as_bytes()));
}
