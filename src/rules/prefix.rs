// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether a pattern begins with its keywords, read off its text: parsing every expression at
//! each start would cost more than many a scan.

/// Characters that mean something in an expression.
const SPECIAL: &str = r"\.+*?()|[]{}^$";

/// Returns `keywords`, if each alternative of `pattern` begins with one of them in this very
/// case: then a keyword that is written otherwise starts no match.
pub(super) fn prefixes(pattern: Option<&str>, keywords: Vec<String>) -> Option<Vec<String>> {
    let pattern = pattern?;
    let escaped: Vec<String> = keywords.iter().map(|keyword| escape(keyword)).collect();
    let begins = |part: &str| {
        escaped.iter().any(|keyword| {
            // What may be absent is no beginning.
            let rest = part.strip_prefix(keyword.as_str());
            rest.is_some_and(|rest| !rest.starts_with(['?', '*', '{']))
        })
    };
    alternatives(pattern).iter().all(|part| begins(part)).then_some(keywords)
}

fn escape(keyword: &str) -> String {
    let mut out = String::new();
    for c in keyword.chars() {
        if SPECIAL.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Splits at the bars outside of brackets.
fn alternatives(pattern: &str) -> Vec<&str> {
    let (mut depth, mut class, mut escaped, mut from) = (0_usize, false, false, 0);
    let mut out = Vec::new();
    for (at, c) in pattern.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => class = false,
            _ if class => {}
            '[' => class = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                out.push(&pattern[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(&pattern[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::prefixes;

    fn begins(pattern: &str, keywords: &[&str]) -> bool {
        prefixes(Some(pattern), keywords.iter().map(|k| (*k).to_owned()).collect()).is_some()
    }

    #[test]
    fn beginnings_are_read_off_the_text() {
        assert!(begins(r"SK[0-9a-f|]{32}", &["SK"]));
        assert!(begins(r"mlsn\.[0-9a-f]{64}|re_(a|b)", &["re_", "mlsn."]));
        assert!(!begins(r"sk[0-9]|x", &["sk"]));
        assert!(!begins(r"SK[0-9]", &["sk"]));
        assert!(!begins(r"(?i)sk[0-9]", &["sk"]));
        assert!(!begins(r"sk?x", &["sk"]) && !begins(r"(?:sk)x", &["sk"]));
        assert!(prefixes(None, vec!["sk".into()]).is_none());
    }
}
