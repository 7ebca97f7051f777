// SPDX-License-Identifier: MIT OR Apache-2.0
//! Tokens that are written in pieces are found, at the place where all pieces stand.

use debut::{
    domain::{Finding, Place},
    redact::{Edit, apply},
};

use super::{
    encodings::{one, token},
    engine, scan,
};

/// A value in two pieces, in every notation that is known.
pub(crate) fn notations(value: &str) -> Vec<String> {
    let (a, b) = value.split_at(7);
    vec![
        format!("x = \"{a}\" + \"{b}\";"),
        format!("x = '{a}'+'{b}'"),
        format!("local x = \"{a}\" .. \"{b}\""),
        format!("$x = '{a}' . '{b}';"),
        format!("x <- \"{a}\" <> \"{b}\""),
        format!("github = \"{a}\" \"{b}\""),
        format!("x = \"{a}\" + \\\n    \"{b}\"\n"),
        format!("x = '{a}' + \\\n    '{b}'\n"),
        format!("x = \"{a}\" +\n    \"{b}\";"),
        format!("github = \"{a}\"\n    + \"{b}\";"),
        format!("x = (\"{a}\"\n     f\"{b}\")"),
        format!("x = \"{a}\" \\\n    \"{b}\""),
        format!("x = \"{a}\" & _\r\n    \"{b}\""),
        format!("x: \"{a}\\\n    {b}\""),
        format!("export X={a}\\\n{b}"),
        format!("x = ''.join(['{a}', '{b}'])"),
        format!("x = ''.join([\n  '{a}',\n  '{b}',\n])"),
        format!("x = [\"{a}\", \"{b}\"].join(\"\")"),
    ]
}

fn is_joined(finding: &Finding, pieces: usize) -> bool {
    finding.notes.iter().any(|note| *note == format!("joined from {pieces} pieces"))
}

#[test]
fn a_token_in_two_pieces_is_found_in_every_notation() {
    let token = token();
    for text in notations(&token) {
        for text in [text.clone(), format!("# above\n{text}\n# below\n")] {
            let found = one("a.txt", text.as_bytes(), "github-token", &token);
            assert!(is_joined(&found, 2) && found.proved(), "{text}");
            let Place::Span(span) = &found.place else { panic!("no span in {text}") };
            let written = &text[span.range()];
            assert!(written.starts_with(&token[..7]) && written.ends_with(&token[7..]), "{text}");
        }
    }
}

#[test]
fn it_does_not_matter_where_a_token_is_cut() {
    let token = token();
    for first in [1, 3, 4, 5, 20, token.len() - 3] {
        let (a, rest) = token.split_at(first);
        let text = format!("x = \"{a}\" + \"{rest}\";\n");
        assert!(is_joined(&one("a.js", text.as_bytes(), "github-token", &token), 2), "{first}");
        for second in [1, rest.len() - 1] {
            let (b, c) = rest.split_at(second);
            let text = format!("x = \"{a}\" +\n  \"{b}\" +\n  \"{c}\";\n");
            one("a.js", text.as_bytes(), "github-token", &token);
        }
    }
}

#[test]
fn a_token_among_other_text_is_cut_out_alone() {
    let token = token();
    let text =
        format!("url(\"https://x.example/?a=1&t={}\" + \"{}&b=2\");\n", &token[..9], &token[9..]);
    let found = one("a.js", text.as_bytes(), "github-token", &token);
    let Place::Span(span) = &found.place else { panic!("no span") };
    assert_eq!(&text[span.range()], format!("{}\" + \"{}", &token[..9], &token[9..]));
}

#[test]
fn what_is_redacted_is_clean_when_scanned_again() {
    let engine = engine();
    for text in notations(&token()) {
        let found = scan(&engine, "a.txt", text.as_bytes());
        let edits: Vec<Edit> = found
            .iter()
            .filter_map(|finding| match &finding.place {
                Place::Span(span) => Some(Edit {
                    span: span.range(),
                    to: engine.rules().info(finding.rule).replacement.clone(),
                }),
                _ => None,
            })
            .collect();
        assert_eq!(edits.len(), 1, "{text}");
        let out = apply(text.as_bytes(), &edits).expect("text");
        let again = scan(&engine, "a.txt", &out.raw);
        assert!(again.is_empty(), "{}", String::from_utf8_lossy(&out.raw));
    }
}

#[test]
fn other_strings_in_pieces_are_no_findings() {
    let engine = engine();
    for text in [
        "x = \"https://www.example.com/docs/v1\" + \"/some/path/2024\";\n",
        "message = \"The file \" +\n  \"could not be read, code 42.\";\n",
        "x = \"password\" + \"12345678\"\n",
        "names = ['ghp_', 'abcdefghijklmnop1234', 'abcd1234']\n",
        "run foo\\\nbar123456789012345\n",
    ] {
        assert_eq!(scan(&engine, "src/a.js", text.as_bytes()).len(), 0, "{text}");
    }
}
