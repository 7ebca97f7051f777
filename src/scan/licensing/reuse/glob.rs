// SPDX-License-Identifier: MIT OR Apache-2.0
//! The globs of `REUSE.toml` and of `.reuse/dep5`.

/// What one part of a pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// This byte.
    Byte(u8),
    /// Any one byte.
    Any,
    /// Any number of bytes that are no slash.
    Star,
    /// Any number of bytes.
    Stars,
}

/// A pattern for paths.
#[derive(Clone, Debug)]
pub(super) struct Glob {
    /// What a path must start with.
    fixed: Vec<u8>,
    rest: Vec<Piece>,
}

impl Glob {
    /// Reads a path of `REUSE.toml`: `*` stays in a directory, `**` does not, and a backslash
    /// takes the meaning from what follows.
    pub(super) fn reuse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut bytes = text.bytes().peekable();
        while let Some(byte) = bytes.next() {
            pieces.push(match byte {
                b'\\' => match bytes.next() {
                    Some(next) => Piece::Byte(next),
                    None => break,
                },
                b'*' if bytes.next_if_eq(&b'*').is_some() => {
                    while bytes.next_if_eq(&b'*').is_some() {}
                    // `**/` matches nothing as well, so that `a/**/b` covers `a/b`.
                    bytes.next_if_eq(&b'/');
                    Piece::Stars
                }
                b'*' => Piece::Star,
                byte => Piece::Byte(byte),
            });
        }
        Self::new(pieces)
    }

    /// Reads a path of DEP-5: `*` matches slashes too, `?` any one byte.
    pub(super) fn dep5(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut bytes = text.bytes().peekable();
        while let Some(byte) = bytes.next() {
            pieces.push(match byte {
                b'\\' => match bytes.next() {
                    Some(next) => Piece::Byte(next),
                    None => break,
                },
                b'*' => {
                    while bytes.next_if_eq(&b'*').is_some() {}
                    Piece::Stars
                }
                b'?' => Piece::Any,
                byte => Piece::Byte(byte),
            });
        }
        Self::new(pieces)
    }

    fn new(mut pieces: Vec<Piece>) -> Self {
        let fixed = pieces.iter().map_while(|piece| match piece {
            Piece::Byte(byte) => Some(*byte),
            _ => None,
        });
        let fixed: Vec<u8> = fixed.collect();
        let rest = pieces.split_off(fixed.len());
        Self { fixed, rest }
    }

    /// Returns the only path that fits, if there is but one.
    pub(super) fn literal(&self) -> Option<&[u8]> {
        self.rest.is_empty().then_some(&*self.fixed)
    }

    /// Returns whether the whole of `path` fits.
    pub(super) fn matches(&self, path: &[u8]) -> bool {
        path.strip_prefix(&*self.fixed).is_some_and(|rest| fits(&self.rest, rest))
    }
}

/// Goes back to the last star of each kind where a byte does not fit: an earlier one could only
/// take more of what the later one may take as well.
fn fits(pieces: &[Piece], path: &[u8]) -> bool {
    let (mut piece, mut at) = (0, 0);
    // Where to go on in the pattern, and how much of the path the star has taken.
    let mut star: Option<(usize, usize)> = None;
    let mut stars: Option<(usize, usize)> = None;
    loop {
        match pieces.get(piece) {
            Some(Piece::Stars) => {
                piece += 1;
                (star, stars) = (None, Some((piece, at)));
                continue;
            }
            Some(Piece::Star) => {
                piece += 1;
                star = Some((piece, at));
                continue;
            }
            Some(Piece::Any) if at < path.len() => {
                (piece, at) = (piece + 1, at + 1);
                continue;
            }
            Some(Piece::Byte(byte)) if path.get(at) == Some(byte) => {
                (piece, at) = (piece + 1, at + 1);
                continue;
            }
            None if at == path.len() => return true,
            _ => {}
        }
        if let Some((after, taken)) = star.filter(|(_, taken)| path.get(*taken) != Some(&b'/'))
            && taken < path.len()
        {
            star = Some((after, taken + 1));
            (piece, at) = (after, taken + 1);
        } else if let Some((after, taken)) = stars.filter(|(_, taken)| *taken < path.len()) {
            star = None;
            stars = Some((after, taken + 1));
            (piece, at) = (after, taken + 1);
        } else {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn one_star_stays_in_its_directory() {
        let fits = |glob: &str, path: &str| Glob::reuse(glob).matches(path.as_bytes());
        for (glob, path) in [
            ("po/*.po", "po/a.po"),
            ("po/*.po", "po/.po"),
            ("a**", "ab/c"),
            ("b/**", "b/y/z"),
            ("c/**/x", "c/x"),
            ("c/**/x", "c/q/r/x"),
            (r"d/\*x", "d/*x"),
            ("[f]", "[f]"),
            ("**.m", "q/r.m"),
            ("n/**.o", "n/n/y.o"),
            ("*/*/x*y", "a/b/xyy"),
            ("**/a*c", "b/abd/abc"),
            ("**", "a"),
        ] {
            assert!(fits(glob, path), "{glob} {path}");
        }
        for (glob, path) in [
            ("po/*.po", "po/s/a.po"),
            (r"d/\*x", "d/yx"),
            ("e?", "ee"),
            ("g/", "g/x"),
            ("h", "h/x"),
            ("./i", "i"),
            ("l/*", "l/s/x"),
            ("*/*/x*y", "a/b/c/xyy"),
        ] {
            assert!(!fits(glob, path), "{glob} {path}");
        }
    }

    #[test]
    fn a_star_of_dep5_crosses_directories() {
        let fits = |glob: &str, path: &str| Glob::dep5(glob).matches(path.as_bytes());
        assert!(fits("*", "a/b") && fits("a/*.c", "a/b/x.c") && fits("a?c", "abc"));
        assert!(fits(r"a\?", "a?") && !fits(r"a\?", "ab") && !fits("a", "a/b"));
    }

    #[test]
    fn many_stars_end_soon() {
        let path = "a".repeat(4000);
        assert!(Glob::reuse(&"**a*".repeat(300)).matches(path.as_bytes()));
        assert!(!Glob::reuse(&format!("{}b", "**a".repeat(300))).matches(path.as_bytes()));
    }
}
