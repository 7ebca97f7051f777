// SPDX-License-Identifier: MIT OR Apache-2.0
//! Fonts, pictures, sound, films and documents: what they say of themselves about their licence.

mod font;
mod packet;
mod sound;
mod terms;

pub(in crate::scan::licensing) use terms::Said;

use crate::{domain::RepoPath, scan::packed};

/// Fonts are read up to this size; larger ones have their names at the start anyway.
const MAX_FONT: usize = 24 << 20;
/// More of a text that lies among fonts is not read.
const MAX_README: usize = 64 << 10;
/// A text longer than this is cut in what is shown.
const EVIDENCE: usize = 240;
/// A picture of a few bytes with such a name, among others, is a spacer or a dot.
const TINY: usize = 200;
const SPACERS: [&[u8]; 10] = [
    b"spacer",
    b"pixel",
    b"blank",
    b"transparent",
    b"empty",
    b"clear",
    b"dot",
    b"1x1",
    b"placeholder",
    b"shim",
];

/// What a file of this kind says of itself.
#[derive(Clone, Debug, Default)]
pub struct Media {
    /// What its fields say about its licence.
    pub said: Said,
    /// The sentence that says it, or a copyright statement.
    pub evidence: Option<Box<str>>,
    /// The name of the family, for a font.
    pub family: Option<Box<str>>,
    /// Whether it holds a font, although its name says picture.
    pub font: bool,
    /// Whether it is empty, or too small to be anybody's work.
    pub tiny: bool,
    /// Length and checksum, to know a file again under another name.
    pub mark: (usize, u32),
}

/// The kinds that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaKind {
    /// A font.
    Font,
    /// A picture.
    Picture,
    /// Sound.
    Sound,
    /// A film.
    Film,
    /// A document that is laid out.
    Document,
}

impl MediaKind {
    /// Returns the kind that the extension tells.
    #[must_use]
    pub(super) fn of(path: &RepoPath) -> Option<Self> {
        Some(match path.extension().as_str() {
            "ttf" | "otf" | "woff" | "woff2" | "eot" | "ttc" | "otc" | "pfb" | "pfa" => Self::Font,
            "png" | "jpg" | "jpeg" | "jpe" | "gif" | "webp" | "svg" | "svgz" | "ico" | "psd"
            | "ai" | "eps" | "tif" | "tiff" | "bmp" | "heic" | "avif" | "icns" | "jfif" => {
                Self::Picture
            }
            "mp3" | "ogg" | "oga" | "wav" | "flac" | "m4a" | "aac" | "opus" | "aiff" | "mid" => {
                Self::Sound
            }
            "mp4" | "mov" | "avi" | "mkv" | "webm" | "wmv" | "m4v" | "ogv" | "flv" => Self::Film,
            "pdf" | "doc" | "docx" | "xls" | "xlsx" | "ppt" | "pptx" | "odt" | "ods" | "odp" => {
                Self::Document
            }
            _ => return None,
        })
    }
}

/// Returns what the file says of itself, if its name is that of one of these kinds.
pub(super) fn observe(path: &RepoPath, raw: &[u8]) -> Option<Media> {
    let Some(kind) = MediaKind::of(path) else {
        return speaks_for_fonts(path).then(|| {
            let text = String::from_utf8_lossy(&raw[..raw.len().min(MAX_README)]).into_owned();
            Media::default().of_texts(&[text])
        });
    };
    let mark = (raw.len(), crc32fast::hash(raw));
    let media = Media { tiny: raw.is_empty(), mark, ..Media::default() };
    // What Git LFS keeps elsewhere says nothing here.
    if raw.is_empty() || raw.starts_with(b"version https://git-lfs") {
        return Some(media);
    }
    let media = match kind {
        MediaKind::Font => {
            let names = font::names(&raw[..raw.len().min(MAX_FONT)]).unwrap_or_default();
            let said = terms::of_font(&names);
            let evidence = said.evidence(&names.texts());
            Media { evidence, family: names.family.map(Into::into), ..media.saying(said) }
        }
        MediaKind::Sound | MediaKind::Film => media.of_texts(&sound::texts(raw)),
        MediaKind::Picture if path.extension() == "svg" => {
            let texts = packet::of_svg(raw);
            let font = memchr::memmem::find(raw, b"<glyph").is_some();
            Media { font, ..media }.of_texts(&texts)
        }
        MediaKind::Picture | MediaKind::Document => {
            let mut texts = packet::of_fields(&packed::metadata(raw));
            texts.extend(packet::of_document(raw));
            Media { tiny: is_spacer(path, raw), ..media }.of_texts(&texts)
        }
    };
    Some(media)
}

/// Returns whether the picture only takes up space. One dot of a format for photographs stands
/// for a photograph in many a sample, so that alone says it only of a GIF.
fn is_spacer(path: &RepoPath, raw: &[u8]) -> bool {
    let dot = raw.starts_with(b"GIF8") && raw.get(6..10) == Some(b"\x01\0\x01\0");
    let name = path.file_name().to_ascii_lowercase();
    let named =
        name.split(|byte| !byte.is_ascii_alphanumeric()).any(|word| SPACERS.contains(&word));
    dot || named && raw.len() < TINY
}

/// Returns whether the file lies among fonts and may name their licence in passing.
fn speaks_for_fonts(path: &RepoPath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    let starts = [b"readme".as_slice(), b"notice", b"credits", b"attribution", b"about"];
    starts.iter().any(|start| name.starts_with(start))
        && memchr::memmem::find(&path.parent().as_bytes().to_ascii_lowercase(), b"font").is_some()
}

impl Media {
    fn saying(mut self, said: Said) -> Self {
        self.said = said;
        self
    }

    fn of_texts(mut self, texts: &[String]) -> Self {
        self.said = terms::of_texts(texts);
        self.evidence = self.said.evidence(texts);
        self
    }
}

/// Returns `text` on one line, without what a terminal would act upon, cut to what is shown.
fn shown(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    words[..words.floor_char_boundary(EVIDENCE)].to_owned()
}
