// SPDX-License-Identifier: MIT OR Apache-2.0
//! The full texts of licences, as they are to be put into a release.

use std::borrow::Cow;

use super::texts;

/// The licences of this program itself, laid out as their authors did.
const MIT: &str = include_str!("../../../LICENSE-MIT");
const APACHE: &str = include_str!("../../../LICENSE-APACHE");

/// Returns the text of the licence with the SPDX id, with `<year>` and `<copyright holders>` where
/// they are to be filled in. Nothing comes back for what is not on the list.
#[must_use]
pub fn licence_text(id: &str) -> Option<Cow<'static, str>> {
    match id {
        "MIT" => {
            let line = MIT.lines().find(|line| line.starts_with("Copyright"))?;
            Some(MIT.replacen(line, "Copyright (c) <year> <copyright holders>", 1).into())
        }
        "Apache-2.0" => Some(APACHE.into()),
        _ if spdx::license_id(id).is_some() || spdx::exception_id(id).is_some() => {
            texts::original(id).map(Cow::Owned)
        }
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
        assert!(licence_text("ISC").expect("a text").contains("\nCopyright (c) <year> <copyright"));
        assert!(licence_text("GPL-2.0-or-later").is_some());
        assert!(licence_text("LLVM-exception").is_some());
        assert!(licence_text("MIT-only").is_none());
        assert!(licence_text("Nonsense-1.0").is_none());
    }
}
