// SPDX-License-Identifier: MIT OR Apache-2.0
//! What names of fonts and pictures tell.

use crate::domain::RepoPath;

/// Extensions of what pictures are drawn from.
pub(super) const SOURCES: [&str; 16] = [
    "dot",
    "gv",
    "puml",
    "plantuml",
    "uml",
    "mmd",
    "drawio",
    "dia",
    "vsdx",
    "tex",
    "py",
    "d2",
    "pu",
    "graffle",
    "excalidraw",
    "xml",
];

/// Agencies that sell pictures, as they stand in names of files.
const STOCK: [&str; 18] = [
    "shutterstock",
    "gettyimages",
    "getty-images",
    "istockphoto",
    "istock",
    "adobestock",
    "adobe-stock",
    "adobe_stock",
    "depositphotos",
    "dreamstime",
    "alamy",
    "123rf",
    "fotolia",
    "freepik",
    "pngtree",
    "bigstock",
    "vecteezy",
    "thinkstock",
];

/// How names begin of what each project makes for itself.
const OWN: [&str; 20] = [
    "favicon",
    "apple-touch",
    "apple-icon",
    "android-chrome",
    "mstile",
    "ms-icon",
    "safari-pinned",
    "ic_launcher",
    "ic_notification",
    "appicon",
    "app-icon",
    "screenshot",
    "screen-shot",
    "screen_shot",
    "screen shot",
    "screencast",
    "social-preview",
    "og-image",
    "og_image",
    "opengraph",
];

/// Words in the names of what is drawn or taken of one's own work.
const DRAWN: [&str; 9] = [
    "screenshot",
    "screenshots",
    "diagram",
    "diagrams",
    "architecture",
    "flowchart",
    "workflow",
    "topology",
    "erd",
];

/// The lower-case name of a file without its last extension.
pub(super) struct Stem {
    text: String,
    drawing: bool,
}

impl Stem {
    pub(super) fn of(path: &RepoPath) -> Self {
        let name = String::from_utf8_lossy(path.file_name()).to_lowercase();
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        Self { text: stem.to_owned(), drawing: matches!(path.extension().as_str(), "svg" | "ico") }
    }

    /// Returns the bytes, to know the same font again in another format.
    pub(super) fn plain(&self) -> Vec<u8> {
        self.text.as_bytes().to_vec()
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
    }

    /// Returns whether the name is that of what each project makes for itself.
    pub(super) fn is_own(&self) -> bool {
        // Terminals that tests compare with are drawn by the tests.
        let drawn_by_tests = self.text.ends_with(".term");
        if drawn_by_tests || OWN.iter().any(|start| self.text.starts_with(start)) {
            return true;
        }
        let logo = self.words().next() == Some("logo")
            && self.words().skip(1).all(|word| {
                let sizes = word.bytes().all(|b| b.is_ascii_digit() || b == b'x');
                let kinds = [
                    "dark",
                    "light",
                    "white",
                    "black",
                    "small",
                    "large",
                    "square",
                    "mark",
                    "text",
                    "full",
                    "icon",
                    "only",
                    "horizontal",
                    "vertical",
                    "mini",
                    "mono",
                ];
                sizes || kinds.contains(&word)
            });
        logo || self.words().any(|word| DRAWN.contains(&word))
    }
}

/// Returns whether the folder holds what each project makes for itself: its icons, pictures of
/// its screen, what its tests compare with.
pub(super) fn is_own_folder(path: &RepoPath) -> bool {
    let lower = path.parent().as_bytes().to_ascii_lowercase();
    lower.split(|byte| *byte == b'/').any(|part| {
        part.ends_with(b".appiconset")
            || part.ends_with(b"screenshots")
            || part.starts_with(b"mipmap-")
            || matches!(part, b"__snapshots__" | b"__image_snapshots__" | b"screenshot")
    })
}

/// Returns the agency after which a picture is named, and not its logo.
pub(super) fn is_stock(stem: &Stem) -> Option<&'static str> {
    let text = &stem.text;
    let found = STOCK.iter().find(|agency| {
        text.find(**agency).is_some_and(|at| {
            let before = text[..at].chars().next_back();
            before.is_none_or(|c| !c.is_alphabetic())
        })
    })?;
    let number = text.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() >= 4);
    let mark = ["logo", "icon", "brand"].iter().any(|word| text.contains(word));
    // Sets of brands hold each agency's sign under its bare name.
    let rest: String = text.replace(*found, "").chars().filter(|c| c.is_alphanumeric()).collect();
    let bare = rest.is_empty() || stem.drawing;
    (number || !mark && !bare).then_some(found)
}

/// Returns the site of free pictures after which one is named; their terms are no open licence.
pub(super) fn is_free_stock(stem: &Stem) -> Option<&'static str> {
    let sites = ["unsplash", "pexels", "pixabay"];
    sites.into_iter().find(|site| stem.words().any(|word| word == *site))
}

/// Free fonts that everybody knows, by how their names begin once blanks are gone, and the
/// licence under which their publishers give them away.
const FAMILIES: &[(&str, &str, &str)] = &[
    ("fontawesome", "Font Awesome Free", "OFL-1.1"),
    ("fa-solid", "Font Awesome Free", "OFL-1.1"),
    ("fa-regular", "Font Awesome Free", "OFL-1.1"),
    ("fa-brands", "Font Awesome Free", "OFL-1.1"),
    ("fa-v4compat", "Font Awesome Free", "OFL-1.1"),
    ("glyphicons-halflings", "Glyphicons Halflings", "MIT (only as part of Bootstrap)"),
    ("glyphiconshalflings", "Glyphicons Halflings", "MIT (only as part of Bootstrap)"),
    ("bootstrap-icons", "Bootstrap Icons", "MIT"),
    ("materialicons", "Material Icons", "Apache-2.0"),
    ("materialsymbols", "Material Symbols", "Apache-2.0"),
    ("material-icons", "Material Icons", "Apache-2.0"),
    ("materialdesignicons", "Material Design Icons", "Apache-2.0"),
    ("opensans", "Open Sans", "OFL-1.1 (Apache-2.0 before 2021)"),
    ("open-sans", "Open Sans", "OFL-1.1 (Apache-2.0 before 2021)"),
    ("roboto", "Roboto", "OFL-1.1 (Apache-2.0 before 2024)"),
    ("lato", "Lato", "OFL-1.1"),
    ("sourcesans", "Source Sans", "OFL-1.1"),
    ("source-sans", "Source Sans", "OFL-1.1"),
    ("sourcecode", "Source Code", "OFL-1.1"),
    ("source-code", "Source Code", "OFL-1.1"),
    ("sourceserif", "Source Serif", "OFL-1.1"),
    ("source-serif", "Source Serif", "OFL-1.1"),
    ("noto", "Noto", "OFL-1.1"),
    ("dejavu", "DejaVu", "Bitstream-Vera"),
    ("liberation", "Liberation", "OFL-1.1"),
    ("firasans", "Fira Sans", "OFL-1.1"),
    ("fira-sans", "Fira Sans", "OFL-1.1"),
    ("firacode", "Fira Code", "OFL-1.1"),
    ("firamono", "Fira Mono", "OFL-1.1"),
    ("fira", "Fira", "OFL-1.1"),
    ("inter", "Inter", "OFL-1.1"),
    ("octicons", "Octicons", "OFL-1.1 (MIT since 2017)"),
    ("ionicons", "Ionicons", "MIT"),
    ("montserrat", "Montserrat", "OFL-1.1"),
    ("poppins", "Poppins", "OFL-1.1"),
    ("raleway", "Raleway", "OFL-1.1"),
    ("nunito", "Nunito", "OFL-1.1"),
    ("ubuntu", "Ubuntu", "Ubuntu-font-1.0"),
    ("ibmplex", "IBM Plex", "OFL-1.1"),
    ("jetbrainsmono", "JetBrains Mono", "OFL-1.1"),
    ("jetbrains-mono", "JetBrains Mono", "OFL-1.1"),
    ("comfortaa", "Comfortaa", "OFL-1.1"),
    ("hack-", "Hack", "MIT and Bitstream-Vera"),
    ("katex_", "KaTeX", "OFL-1.1"),
    ("mathjax_", "MathJax", "Apache-2.0"),
];

/// Returns the known free family, and its licence.
pub(super) fn free_family(
    stem: &Stem,
    family: Option<&str>,
) -> Option<(&'static str, &'static str)> {
    let family = family.map(|name| name.to_lowercase().replace(' ', ""));
    if [Some(&stem.text), family.as_ref()].into_iter().flatten().any(|name| {
        name.contains("pro") && name.contains("awesome")
            || name.starts_with("fa-light")
            || name.starts_with("fa-duotone")
    }) {
        return None;
    }
    let begins = |name: &str, start: &str| {
        // `inter` begins Inter and Inter-Bold, and not Interstate.
        name.strip_prefix(start).is_some_and(|rest| {
            start.len() > 5
                || rest.chars().next().is_none_or(|c| !c.is_ascii_lowercase())
                || rest.starts_with("variable")
                || rest.starts_with("sans")
                || rest.starts_with("serif")
                || rest.starts_with("mono")
        })
    };
    let fits = |start: &str| {
        begins(&stem.text.replace(' ', ""), start)
            || family.as_ref().is_some_and(|name| begins(name, start))
    };
    FAMILIES.iter().find(|(start, ..)| fits(start)).map(|(_, name, licence)| (*name, *licence))
}

/// Returns whether a generator put the font together from chosen icons.
pub(super) fn is_made_of_icons(stem: &Stem, family: Option<&str>) -> bool {
    let made = ["icomoon", "fontello", "fontastic"];
    let named = family.map(str::to_lowercase).unwrap_or_default();
    made.iter().any(|name| stem.text.contains(name) || named.contains(name))
}

/// Returns whether the file's name is that of a licence, also of one called after its font.
pub(super) fn is_licence(path: &RepoPath) -> bool {
    let name = String::from_utf8_lossy(path.file_name()).to_lowercase();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
    let kept = matches!(
        extension,
        "" | "txt" | "md" | "rst" | "html" | "htm" | "rtf" | "pdf" | "ofl" | "mit" | "apache"
    );
    let words = ["license", "licence", "copying", "copyright", "unlicense"];
    let named = words.iter().any(|word| stem.contains(word));
    let short =
        stem.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| matches!(word, "ofl" | "ufl"));
    kept && (named || short)
}

/// Returns the folder of a font, above those that part its formats.
pub(super) fn home(path: &RepoPath) -> RepoPath {
    let dir = path.parent();
    match dir.file_name() {
        b"ttf" | b"otf" | b"woff" | b"woff2" | b"eot" | b"svg" => dir.parent(),
        _ => dir,
    }
}

/// Returns whether a folder holds fonts, or one family or format of them.
pub(super) fn is_font_folder(dir: &RepoPath) -> bool {
    let above = dir.parent();
    let is = |dir: &RepoPath| {
        let name = String::from_utf8_lossy(dir.file_name()).to_lowercase();
        name.contains("font")
            || matches!(
                name.as_str(),
                "ttf" | "otf" | "woff" | "woff2" | "eot" | "static" | "variable"
            )
    };
    is(dir) || is(&above)
}

/// Returns whether the file belongs to documentation.
pub(super) fn is_documentation(path: &RepoPath) -> bool {
    let lower = path.as_bytes().to_ascii_lowercase();
    lower.split(|b| *b == b'/').any(|part| matches!(part, b"doc" | b"docs" | b"documentation"))
}
