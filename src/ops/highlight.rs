// SPDX-License-Identifier: MIT OR Apache-2.0
//! Colours source text by the few kinds of token that sixteen colours can tell apart.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::{Syntax, Token};
use crate::domain::RepoPath;

/// Lines longer than this are left plain: grammars take quadratic time on some of them.
const LONG_LINE: usize = 2000;

/// Loads the grammars at its first use, which takes some 70 ms.
#[derive(Default)]
pub(super) struct Highlighter {
    syntaxes: OnceLock<SyntaxSet>,
}

impl Highlighter {
    /// Returns the coloured parts of `text`, by offset; empty for a file without a grammar.
    pub(super) fn tokens(&self, path: &RepoPath, text: &[u8]) -> Vec<Token> {
        let syntaxes = self.syntaxes.get_or_init(two_face::syntax::extra_newlines);
        let (Some(syntax), Ok(text)) = (grammar(syntaxes, path), std::str::from_utf8(text)) else {
            return Vec::new();
        };
        let mut state = ParseState::new(syntax);
        let mut scopes = ScopeStack::new();
        let mut out = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if line.len() <= LONG_LINE
                && !colour(line, start, &mut state, &mut scopes, syntaxes, &mut out)
            {
                // A grammar that fails on a line can't be trusted on the next.
                break;
            }
            start += line.len();
        }
        out
    }
}

fn grammar<'a>(syntaxes: &'a SyntaxSet, path: &RepoPath) -> Option<&'a SyntaxReference> {
    let name = String::from_utf8_lossy(path.file_name()).into_owned();
    let extension = path.extension();
    // Formats that are another one in all but name.
    let extension = match extension.as_str() {
        "sls" => "yml",
        "tfvars" | "hcl" => "tf",
        "j2" | "jinja" | "tmpl" | "tpl" => {
            let inner = name.rsplit('.').nth(1).unwrap_or("");
            return syntaxes.find_syntax_by_extension(inner);
        }
        other => other,
    };
    syntaxes
        .find_syntax_by_extension(&name)
        .or_else(|| syntaxes.find_syntax_by_extension(extension))
}

fn colour(
    line: &str,
    start: usize,
    state: &mut ParseState,
    scopes: &mut ScopeStack,
    syntaxes: &SyntaxSet,
    out: &mut Vec<Token>,
) -> bool {
    let Ok(ops) = state.parse_line(line, syntaxes) else { return false };
    let mut from = 0;
    let mut put = |span: std::ops::Range<usize>, scopes: &ScopeStack| {
        if let Some(syntax) = kind(scopes.as_slice())
            && !span.is_empty()
        {
            out.push(Token { span: start + span.start..start + span.end, syntax });
        }
    };
    for (at, op) in ops {
        put(from..at, scopes);
        from = from.max(at);
        if scopes.apply(&op).is_err() {
            return false;
        }
    }
    put(from..line.len(), scopes);
    true
}

/// The innermost scope that says something decides.
fn kind(scopes: &[Scope]) -> Option<Syntax> {
    scopes.iter().rev().find_map(|scope| {
        let name = scope.build_string();
        let is = |prefix: &str| name.starts_with(prefix);
        Some(match () {
            () if is("comment") => Syntax::Comment,
            () if is("string") => Syntax::Text,
            () if is("constant") => Syntax::Constant,
            () if is("keyword") || is("storage") => Syntax::Keyword,
            () if is("entity") || is("support") || is("variable.function") => Syntax::Name,
            () => return None,
        })
    })
}
