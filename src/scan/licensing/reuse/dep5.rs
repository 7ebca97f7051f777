// SPDX-License-Identifier: MIT OR Apache-2.0
//! `.reuse/dep5`: what came before `REUSE.toml`, in the format of Debian's copyright files.

use super::glob::Glob;

/// A longer file is not read.
const MOST_BYTES: usize = 1 << 20;
const MOST_GLOBS: usize = 2000;

/// One paragraph that speaks for files.
#[derive(Clone, Debug)]
pub(in crate::scan::licensing) struct Paragraph {
    paths: Vec<Glob>,
    pub(in crate::scan::licensing) licence: String,
    pub(in crate::scan::licensing) copyright: Vec<String>,
}

/// The file.
#[derive(Clone, Debug, Default)]
pub(in crate::scan::licensing) struct Dep5 {
    paragraphs: Vec<Paragraph>,
    /// What is wrong with it.
    pub(in crate::scan::licensing) problems: Vec<String>,
}

impl Dep5 {
    pub(super) fn read(text: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&text[..text.len().min(MOST_BYTES)]);
        let mut out = Self::default();
        let mut globs = 0;
        // Paragraphs are parted by blank lines; a lone dot stands for one inside a field.
        for paragraph in text.replace('\r', "").split("\n\n") {
            let fields = fields(paragraph);
            let field = |name: &str| {
                fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, v)| v)
            };
            let Some(files) = field("Files") else { continue };
            let paths: Vec<Glob> =
                files.iter().flat_map(|l| l.split_whitespace()).map(Glob::dep5).collect();
            let licence = field("License").and_then(|lines| lines.first()).cloned();
            let copyright = field("Copyright").cloned().unwrap_or_default();
            globs += paths.len();
            if licence.as_ref().is_none_or(String::is_empty) || copyright.is_empty() {
                let name = files.first().map_or("", String::as_str);
                let shown: String = name.chars().take(60).collect();
                out.problems.push(format!("Files: {shown} lacks its License or Copyright"));
                out.problems.truncate(8);
            }
            if globs > MOST_GLOBS {
                break;
            }
            out.paragraphs.push(Paragraph {
                paths,
                licence: licence.unwrap_or_default(),
                copyright,
            });
        }
        out
    }

    /// Returns the paragraph that speaks for `path`: the last that fits.
    pub(in crate::scan::licensing) fn paragraph(&self, path: &[u8]) -> Option<&Paragraph> {
        let fits = |one: &&Paragraph| one.paths.iter().any(|glob| glob.matches(path));
        self.paragraphs.iter().rev().find(fits)
    }

    /// Returns every expression in it.
    pub(in crate::scan::licensing) fn expressions(&self) -> impl Iterator<Item = &str> {
        self.paragraphs.iter().map(|one| one.licence.as_str()).filter(|text| !text.is_empty())
    }
}

/// Returns the fields of a paragraph, each with its lines that are not empty.
fn fields(paragraph: &str) -> Vec<(&str, Vec<String>)> {
    let mut out: Vec<(&str, Vec<String>)> = Vec::new();
    for line in paragraph.lines().filter(|line| !line.starts_with('#')) {
        let value = if line.starts_with([' ', '\t']) {
            line
        } else {
            let Some((key, value)) = line.split_once(':') else { continue };
            out.push((key.trim(), Vec::new()));
            value
        };
        let value = value.trim();
        if let Some((_, lines)) = out.last_mut()
            && !value.is_empty()
            && value != "."
        {
            lines.push(value.to_owned());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Dep5;

    #[test]
    fn paragraphs_are_read() {
        let dep5 = Dep5::read(
            b"Format: x\nUpstream-Name: y\n\nFiles: *\nCopyright: 2020 Us\n  2021 You\nLicense: MIT\n\n\
              Files: a/*.c\n b/*\nCopyright:\n 2019 They\nLicense: GPL-2.0-only\n Some text\n .\n more\n",
        );
        assert_eq!(dep5.problems, Vec::<String>::new());
        let one = dep5.paragraph(b"x").expect("a paragraph");
        assert_eq!((one.licence.as_str(), one.copyright.len()), ("MIT", 2));
        assert_eq!(dep5.paragraph(b"b/c/d").expect("a paragraph").licence, "GPL-2.0-only");
        let problems = Dep5::read(b"Files: *\nCopyright: x\n").problems;
        assert!(problems[0].contains("lacks"), "{problems:?}");
    }
}
