// SPDX-License-Identifier: MIT OR Apache-2.0
//! A key as text, to be handed to another reviewer: it says what it is, and whether it arrived
//! whole.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

const BEGIN: &str = "-----BEGIN DEBUT REVIEW KEY-----";
const END: &str = "-----END DEBUT REVIEW KEY-----";
/// Longer texts hold no key: a wrong file may be of any size.
const LONGEST: usize = 1 << 16;

/// A key with the review it belongs to. It has no `Debug` or `Serialize` on purpose.
#[derive(Clone, PartialEq, Eq)]
pub struct Handout {
    /// Name of the review.
    pub review: String,
    /// The key's id.
    pub key_id: String,
    /// The key.
    pub key: [u8; 32],
}

/// Why a text is no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandoutError {
    /// There is no block in it.
    #[error("no debut review key in it: it begins with {BEGIN}")]
    NoBlock,
    /// The block is not whole.
    #[error("the key's block has no {0}: copy it whole, from BEGIN to END")]
    Lacks(&'static str),
    /// Something in it was changed on the way.
    #[error("the checksum does not fit: the key was changed on the way, have it sent again")]
    Checksum,
}

impl Handout {
    /// Returns the block.
    #[must_use]
    pub fn render(&self) -> String {
        let Self { review, key_id, key } = self;
        let (key, sum) = (HEXLOWER.encode(key), self.checksum());
        format!(
            "# SECRET: who has this key and the checklist can test guesses of the values in it.\n\
             # Read it in with: debut key import FILE\n\
             {BEGIN}\nreview: {review}\nkey-id: {key_id}\nkey: {key}\nchecksum: {sum}\n{END}\n"
        )
    }

    /// Reads the block in `text`. What stands around it does not matter, nor do line ends and
    /// the marks that a mail puts before each line.
    ///
    /// # Errors
    /// When there is none, or it is not what was written.
    pub fn parse(text: &str) -> Result<Self, HandoutError> {
        if text.len() > LONGEST {
            return Err(HandoutError::NoBlock);
        }
        let (_, rest) = text.split_once(BEGIN).ok_or(HandoutError::NoBlock)?;
        let (block, _) = rest.split_once(END).ok_or(HandoutError::Lacks("end"))?;
        let field = |name: &'static str| {
            let plain = block.lines().map(|line| line.trim_start_matches(['>', ' ', '\t']).trim());
            let mut fields = plain.filter_map(|line| line.split_once(':'));
            let found = fields.find(|(key, _)| *key == name).map(|(_, value)| value.trim());
            found.ok_or(HandoutError::Lacks(name))
        };
        let key = HEXLOWER.decode(field("key")?.to_ascii_lowercase().as_bytes()).ok();
        let key = key.and_then(|bytes| bytes.try_into().ok()).ok_or(HandoutError::Checksum)?;
        let out = Self { review: field("review")?.into(), key_id: field("key-id")?.into(), key };
        if out.checksum() != field("checksum")? {
            return Err(HandoutError::Checksum);
        }
        Ok(out)
    }

    fn checksum(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"debut key handout 1\0");
        for part in [self.review.as_bytes(), self.key_id.as_bytes(), &self.key] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        HEXLOWER.encode(&hash.finalize()[..8])
    }
}

#[cfg(test)]
mod tests {
    use super::{Handout, HandoutError};

    fn handout() -> Handout {
        Handout { review: "rr-abc".into(), key_id: "0123abcd".into(), key: [7; 32] }
    }

    #[test]
    fn a_mail_changes_nothing_that_matters() {
        let text = handout().render();
        let mail: String = text.lines().map(|line| format!("> > {line}\r\n")).collect();
        for text in [text.clone(), format!("Hello,\n\n{text}\nBye"), mail] {
            assert!(Handout::parse(&text).is_ok_and(|read| read == handout()));
        }
    }

    #[test]
    fn any_changed_or_missing_character_is_seen() {
        let text = handout().render();
        let start = text.find("review:").expect("the first field");
        let end = text.find("-----END").expect("the end");
        for at in start..end {
            if text.as_bytes()[at].is_ascii_whitespace() {
                continue;
            }
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
            let changed = String::from_utf8(changed).expect("ASCII");
            assert!(Handout::parse(&changed).is_err(), "byte {at}");
            let cut = [&text[..at], &text[at + 1..]].concat();
            assert!(Handout::parse(&cut).is_err(), "without byte {at}");
        }
        let none = Handout::parse(&text[..end]).err();
        assert_eq!(none, Some(HandoutError::Lacks("end")));
        assert_eq!(Handout::parse("hello").err(), Some(HandoutError::NoBlock));
    }
}
