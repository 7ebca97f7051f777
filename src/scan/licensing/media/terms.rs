// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the texts inside a font or a picture mean.

use super::{font::Names, shown};

/// What a file says about its own licence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    #[default]
    Nothing,
    /// Whose it is, and no more.
    Holder,
    /// An open licence, by its SPDX id.
    Open(&'static str),
    /// Whose it is, with all rights reserved; free fonts are full of it.
    Reserved,
    /// That it must not be passed on, or not freely.
    Closed,
}

/// Words, in lower case, that name an open licence; the first that is found counts.
const OPEN: &[(&str, &str)] = &[
    ("sil open font license", "OFL-1.1"),
    ("sil open font licence", "OFL-1.1"),
    ("open font license", "OFL-1.1"),
    ("scripts.sil.org/ofl", "OFL-1.1"),
    ("openfontlicense.org", "OFL-1.1"),
    ("sil ofl", "OFL-1.1"),
    ("ofl-1.1", "OFL-1.1"),
    ("ubuntu font licen", "Ubuntu-font-1.0"),
    ("font.ubuntu.com/licence", "Ubuntu-font-1.0"),
    ("ubuntu.com/legal/terms-and-policies/font-licence", "Ubuntu-font-1.0"),
    ("bitstream vera", "Bitstream-Vera"),
    ("gust font licen", "LPPL-1.3c"),
    ("latex project public licen", "LPPL-1.3c"),
    ("ipa font licen", "IPA"),
    ("arphic public licen", "Arphic-1999"),
    ("apache.org/licenses/license-2.0", "Apache-2.0"),
    ("apache license", "Apache-2.0"),
    ("apache 2.0", "Apache-2.0"),
    ("publicdomain/zero", "CC0-1.0"),
    ("cc0", "CC0-1.0"),
    ("creativecommons.org/publicdomain", "CC-PDDC"),
    ("creativecommons.org/licenses/publicdomain", "CC-PDDC"),
    ("public domain", "CC-PDDC"),
    ("/licenses/by-sa/4", "CC-BY-SA-4.0"),
    ("/licenses/by-sa/3", "CC-BY-SA-3.0"),
    ("/licenses/by-sa/2.5", "CC-BY-SA-2.5"),
    ("/licenses/by-sa/2", "CC-BY-SA-2.0"),
    ("/licenses/by/4", "CC-BY-4.0"),
    ("/licenses/by/3", "CC-BY-3.0"),
    ("/licenses/by/2.5", "CC-BY-2.5"),
    ("/licenses/by/2", "CC-BY-2.0"),
    ("cc by-sa 4.0", "CC-BY-SA-4.0"),
    ("cc-by-sa-4.0", "CC-BY-SA-4.0"),
    ("cc by 4.0", "CC-BY-4.0"),
    ("cc-by-4.0", "CC-BY-4.0"),
    ("opensource.org/licenses/mit", "MIT"),
    ("mit license", "MIT"),
    ("mit licence", "MIT"),
    ("the mit/x", "MIT"),
    ("licensed under mit", "MIT"),
    ("gnu general public license", "GPL-2.0-or-later"),
    ("gnu.org/licenses/gpl", "GPL-3.0-or-later"),
    ("artlibre.org", "LAL-1.3"),
    ("mozilla public license", "MPL-2.0"),
    ("copying and distribution of this file, with or without modification, are permitted", "FSFAP"),
    ("free software; you can redistribute", "GPL-2.0-or-later"),
];

/// Words of Creative Commons and of makers that let nobody pass the work on freely. They win over
/// the names of open licences.
const LIMITED: &[&str] = &[
    "/licenses/by-nc",
    "/licenses/by-nd",
    "cc by-nc",
    "cc-by-nc",
    "cc by-nd",
    "cc-by-nd",
    "noncommercial",
    "non-commercial use only",
    "personal use only",
    "free for personal use",
    "for personal use",
    "demo version",
    "trial version",
    "evaluation only",
    "font awesome pro",
    "commercial license",
    "commercial licence",
];

/// Words that keep the work to those who paid or were allowed.
const RESERVED: &[&str] = &[
    "may not be redistributed",
    "may not redistribute",
    "not be redistributed",
    "may not be distributed",
    "may not be reproduced",
    "may not be copied",
    "may not be used",
    "may not be modified",
    "do not redistribute",
    "not for redistribution",
    "without permission",
    "without the permission",
    "without written",
    "prior written",
    "unauthorized",
    "unauthorised",
    "strictly prohibited",
    "end user license",
    "end-user license",
    "end user licence",
    "eula",
    "license agreement",
    "licence agreement",
    "licensed to",
    "rights-managed",
    "rights managed",
    "royalty-free license",
    "confidential",
    "proprietary",
    "purchase",
];

/// Agencies that sell pictures, and makers that sell fonts. Their names alone, without a grant,
/// say that a licence was bought.
const AGENCIES: &[&str] = &[
    "getty images",
    "gettyimages",
    "shutterstock",
    "istockphoto",
    "istock",
    "adobe stock",
    "stock.adobe.com",
    "depositphotos",
    "dreamstime",
    "alamy",
    "123rf",
    "fotolia",
    "corbis",
    "bigstock",
];
const FOUNDRIES: &[&str] = &[
    "monotype",
    "linotype",
    "fontfont",
    "fontshop",
    "hoefler",
    "typekit",
    "typography.com",
    "myfonts",
    "fonts.com",
    "font bureau",
    "emigre",
    "international typeface corporation",
    "adobe systems",
    "adobe inc",
    "microsoft corp",
    "apple inc",
    "apple computer",
    "commercial type",
    "dalton maag",
    "mark simonson",
    "exljbris",
    "house industries",
    "bitstream inc",
    "ascender corp",
    "klim type",
    "grilli type",
    "h&co",
    "url://typotheque",
    "typotheque",
    "parachute",
    "berthold",
    "fontsmith",
    "lineto",
    "swiss typefaces",
];

/// Returns what the names in a font say.
pub(super) fn of_font(names: &Names) -> Said {
    let texts = names.texts();
    match of_texts(&texts) {
        Said::Nothing | Said::Holder | Said::Reserved if has(&texts, FOUNDRIES).is_some() => {
            Said::Closed
        }
        said => said,
    }
}

/// Returns what the texts say together: a grant, limits, or only whose the work is.
pub(super) fn of_texts(texts: &[String]) -> Said {
    if texts.iter().all(|text| text.trim().is_empty()) {
        return Said::Nothing;
    }
    if has(texts, LIMITED).is_some() {
        return Said::Closed;
    }
    // Fonts under open licences reserve their names and all other rights in the same breath.
    if let Some(id) = open(texts) {
        return Said::Open(id);
    }
    if has(texts, RESERVED).is_some() || has(texts, AGENCIES).is_some() {
        return Said::Closed;
    }
    if has(texts, &["all rights reserved", "alle rechte vorbehalten", "tous droits r"]).is_some() {
        return Said::Reserved;
    }
    let owned = ["copyright", "(c)", "\u{a9}", "rights"];
    if has(texts, &owned).is_some() { Said::Holder } else { Said::Nothing }
}

fn open(texts: &[String]) -> Option<&'static str> {
    let lower: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    // A licence named by nothing but its id.
    if lower.iter().any(|text| text.trim() == "mit" || text.trim() == "ofl") {
        return Some(if lower.iter().any(|text| text.trim() == "mit") { "MIT" } else { "OFL-1.1" });
    }
    OPEN.iter().find(|(words, _)| lower.iter().any(|text| text.contains(words))).map(|(_, id)| *id)
}

/// Returns the first text that holds one of the words.
fn has<'a>(texts: &'a [String], words: &[&str]) -> Option<&'a String> {
    texts.iter().find(|text| {
        let lower = text.to_lowercase();
        words.iter().any(|word| lower.contains(word))
    })
}

impl Said {
    /// Returns the text that says it.
    pub(super) fn evidence(&self, texts: &[String]) -> Option<Box<str>> {
        let text = match self {
            Self::Nothing => return None,
            Self::Open(id) => {
                let words: Vec<&str> =
                    OPEN.iter().filter(|(_, one)| one == id).map(|(words, _)| *words).collect();
                has(texts, &words).or(texts.first())
            }
            Self::Closed | Self::Reserved => has(texts, LIMITED)
                .or_else(|| has(texts, RESERVED))
                .or_else(|| has(texts, AGENCIES))
                .or_else(|| has(texts, &["rights reserved"]))
                .or_else(|| has(texts, FOUNDRIES))
                .or(texts.first()),
            Self::Holder => has(texts, &["copyright", "(c)", "\u{a9}", "rights"]),
        };
        text.map(|text| shown(text).into_boxed_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, of_texts};

    fn said(text: &str) -> Said {
        of_texts(&[text.to_owned()])
    }

    #[test]
    fn grants_win_over_reservations_and_limits_over_grants() {
        let ofl = "Copyright 2011 Us. All rights reserved. This Font Software is licensed under the \
                   SIL Open Font License, Version 1.1.";
        assert_eq!(said(ofl), Said::Open("OFL-1.1"));
        assert_eq!(said("http://creativecommons.org/licenses/by-nc/4.0/"), Said::Closed);
        assert_eq!(said("This font may not be redistributed"), Said::Closed);
        assert_eq!(said("\u{a9} 2020 Getty Images"), Said::Closed);
        assert_eq!(said("Copyright 2020 Us"), Said::Holder);
        assert_eq!(said("a nice picture"), Said::Nothing);
        let pro =
            "Font Awesome Pro 6.0 - License - https://fontawesome.com/license (Commercial License)";
        assert_eq!(said(pro), Said::Closed);
        let free =
            "Font Awesome Free 6.0 - (Icons: CC BY 4.0, Fonts: SIL OFL 1.1, Code: MIT License)";
        assert!(matches!(said(free), Said::Open(_)));
    }
}
