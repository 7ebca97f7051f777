// SPDX-License-Identifier: MIT OR Apache-2.0
//! The full texts of licences, as they are to be put into a release.

use std::borrow::Cow;

/// The licences of this program itself.
const MIT: &str = include_str!("../../../LICENSE-MIT");
const APACHE: &str = include_str!("../../../LICENSE-APACHE");

/// Returns the text of the licence with the SPDX id, with `<year>` and `<copyright holders>` where
/// they are to be filled in. Nothing comes back if the text is not at hand.
#[must_use]
pub fn licence_text(id: &str) -> Option<Cow<'static, str>> {
    match id {
        "MIT" => {
            let line = MIT.lines().find(|line| line.starts_with("Copyright"))?;
            Some(MIT.replacen(line, "Copyright (c) <year> <copyright holders>", 1).into())
        }
        "Apache-2.0" => Some(APACHE.into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::licence_text;

    #[test]
    fn texts_ask_who_holds_the_copyright() {
        let mit = licence_text("MIT").expect("a text");
        assert!(mit.contains("\nCopyright (c) <year> <copyright holders>\n"));
        assert!(licence_text("Apache-2.0").expect("a text").contains("[yyyy]"));
        assert!(licence_text("Nonsense-1.0").is_none());
    }
}
