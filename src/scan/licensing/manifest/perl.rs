// SPDX-License-Identifier: MIT OR Apache-2.0
//! Perl's files, where a distribution names its licence.

use super::{
    Found, Value,
    lines::{lines, pair, strings, unquoted},
};

/// Reads Dist::Zilla's file; other tools have one of that name too.
pub(super) fn dist_ini(text: &str) -> Option<Found> {
    let mut found = Found::default();
    let mut package = false;
    for (start, line) in lines(text).take_while(|(_, line)| !line.starts_with('[')) {
        let Some((key, value)) = pair(line, '=') else { continue };
        package |= key == "name";
        if key == "license" {
            found.values.push(Value::within(line, start, unquoted(value)));
        }
    }
    package.then(|| found.needed(true))
}

/// Reads `LICENSE => 'perl'`, `license => …` and `license 'perl';`.
pub(super) fn makefile(text: &str) -> Option<Found> {
    let maker = ["WriteMakefile", "Module::Build", "Module::Install"];
    if !maker.iter().any(|name| text.contains(name)) {
        return None;
    }
    let value = lines(text).find_map(|(start, line)| {
        let bare = line.trim_start().trim_start_matches(['"', '\'']);
        let word =
            bare.get(.."license".len()).filter(|word| word.eq_ignore_ascii_case("license"))?;
        let rest = bare[word.len()..].trim_start_matches(['"', '\'']).trim_start();
        let value = rest.strip_prefix("=>").unwrap_or(rest);
        let quoted = value.trim_start().starts_with(['"', '\'', '[']);
        strings(value).next().filter(|_| quoted).map(|one| Value::within(line, start, one))
    });
    Some(Found::values(value.into_iter().collect()).needed(true))
}
