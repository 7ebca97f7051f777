// SPDX-License-Identifier: MIT OR Apache-2.0
//! An SPDX expression as a tree. Unknown ids stay in it, so that the rest can be judged.

/// A longer expression, or one nested deeper, says nothing that a person could mean.
const LONGEST: usize = 600;
const DEEPEST: usize = 16;

/// An SPDX expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LicenceTree {
    /// One licence, with the exception that comes `WITH` it.
    One {
        /// The id, with `+` where a later version may be chosen.
        id: String,
        /// The exception.
        with: Option<String>,
    },
    /// All of them hold.
    All(Vec<Self>),
    /// Any of them may be chosen.
    Any(Vec<Self>),
}

impl LicenceTree {
    /// Reads an expression, whatever the case of its operators; nothing if it is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let spaced = text.replace('(', " ( ").replace(')', " ) ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut reader = Reader { words: &words, at: 0 };
        let tree = reader.any(0)?;
        (reader.at == words.len()).then_some(tree)
    }

    /// Names one licence.
    #[must_use]
    pub fn one(id: &str) -> Self {
        Self::One { id: id.to_owned(), with: None }
    }

    /// Returns the ids in it, in their order.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        match self {
            Self::One { id, .. } => vec![id],
            Self::All(of) | Self::Any(of) => of.iter().flat_map(Self::ids).collect(),
        }
    }

    /// Returns whether it holds where exactly the licences that `accepts` accepts hold.
    pub fn holds(&self, accepts: &impl Fn(&str) -> bool) -> bool {
        match self {
            Self::One { id, .. } => accepts(id),
            Self::All(of) => of.iter().all(|one| one.holds(accepts)),
            Self::Any(of) => of.iter().any(|one| one.holds(accepts)),
        }
    }
}

struct Reader<'a> {
    words: &'a [&'a str],
    at: usize,
}

impl<'a> Reader<'a> {
    fn takes(&mut self, word: &str) -> bool {
        let hit = self.words.get(self.at).is_some_and(|next| next.eq_ignore_ascii_case(word));
        self.at += usize::from(hit);
        hit
    }

    fn word(&mut self) -> Option<&'a str> {
        let word = *self.words.get(self.at)?;
        let operator = ["and", "or", "with", "(", ")"];
        let id = |c: char| c.is_ascii_alphanumeric() || "-.+:_".contains(c);
        if operator.iter().any(|one| one.eq_ignore_ascii_case(word)) || !word.chars().all(id) {
            return None;
        }
        self.at += 1;
        Some(word)
    }

    fn any(&mut self, depth: usize) -> Option<LicenceTree> {
        let mut of = vec![self.all(depth)?];
        while self.takes("or") {
            of.push(self.all(depth)?);
        }
        if of.len() == 1 { of.pop() } else { Some(LicenceTree::Any(of)) }
    }

    fn all(&mut self, depth: usize) -> Option<LicenceTree> {
        let mut of = vec![self.one(depth)?];
        while self.takes("and") {
            of.push(self.one(depth)?);
        }
        if of.len() == 1 { of.pop() } else { Some(LicenceTree::All(of)) }
    }

    fn one(&mut self, depth: usize) -> Option<LicenceTree> {
        if depth > DEEPEST {
            return None;
        }
        if self.takes("(") {
            let inner = self.any(depth + 1)?;
            return self.takes(")").then_some(inner);
        }
        let id = self.word()?.to_owned();
        let with = if self.takes("with") { Some(self.word()?.to_owned()) } else { None };
        Some(LicenceTree::One { id, with })
    }
}

#[cfg(test)]
mod tests {
    use super::LicenceTree;

    #[test]
    fn expressions_are_read() {
        let read = |text: &str| LicenceTree::read(text);
        assert_eq!(
            read("MIT or (Apache-2.0 AND GPL-2.0+ with Classpath-exception-2.0)"),
            Some(LicenceTree::Any(vec![
                LicenceTree::one("MIT"),
                LicenceTree::All(vec![
                    LicenceTree::one("Apache-2.0"),
                    LicenceTree::One {
                        id: "GPL-2.0+".into(),
                        with: Some("Classpath-exception-2.0".into())
                    },
                ]),
            ]))
        );
        for wrong in ["", "MIT OR", "(MIT", "MIT)", "MIT Apache-2.0", "MIT/Apache", "WITH x"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(read(&"(".repeat(500)), None);
        assert_eq!(read(&format!("{}MIT{}", "(".repeat(200), ")".repeat(200))), None);
    }
}
