// SPDX-License-Identifier: MIT OR Apache-2.0
//! A line of text the reviewer types.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A one-line text field with a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Field {
    text: String,
    /// Byte offset of the cursor, on a character boundary.
    cursor: usize,
}

impl Field {
    /// Starts with `text`, the cursor at its end.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len() }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text before and after the cursor.
    pub(crate) fn halves(&self) -> (&str, &str) {
        self.text.split_at(self.cursor)
    }

    /// Puts the cursor at a byte offset, which must be on a character boundary.
    pub(crate) fn place(&mut self, at: usize) {
        if self.text.is_char_boundary(at) {
            self.cursor = at;
        }
    }

    /// Puts text in, without line ends and control characters.
    pub(crate) fn insert(&mut self, text: &str) {
        let plain = text.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c });
        let plain: String = plain.filter(|c| !c.is_control()).collect();
        self.text.insert_str(self.cursor, &plain);
        self.cursor += plain.len();
    }

    /// Takes a key. Returns whether it was one for a text field.
    pub(crate) fn key(&mut self, key: KeyEvent) -> bool {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('u') if ctrl => {
                self.text.drain(..self.cursor);
                self.cursor = 0;
            }
            KeyCode::Char('w') if ctrl => {
                let head = self.text[..self.cursor].trim_end();
                let start = head.rfind(' ').map_or(0, |i| i + 1);
                self.text.drain(start..self.cursor);
                self.cursor = start;
            }
            KeyCode::Char('a') if ctrl => self.cursor = 0,
            KeyCode::Char('e') if ctrl => self.cursor = self.text.len(),
            KeyCode::Char(c) if !ctrl && !key.modifiers.contains(KeyModifiers::ALT) => {
                self.insert(c.encode_utf8(&mut [0; 4]));
            }
            KeyCode::Backspace => {
                if let Some(c) = self.text[..self.cursor].chars().next_back() {
                    self.cursor -= c.len_utf8();
                    self.text.remove(self.cursor);
                }
            }
            KeyCode::Delete if self.cursor < self.text.len() => {
                self.text.remove(self.cursor);
            }
            KeyCode::Left => self.cursor -= width(self.text[..self.cursor].chars().next_back()),
            KeyCode::Right => self.cursor += width(self.text[self.cursor..].chars().next()),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = self.text.len(),
            _ => return false,
        }
        true
    }
}

fn width(c: Option<char>) -> usize {
    c.map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::Field;

    #[test]
    fn editing() {
        let mut field = Field::new("täst data");
        let mut press = |code, mods| field.key(KeyEvent::new(code, mods));
        assert!(press(KeyCode::Char('w'), KeyModifiers::CONTROL));
        assert!(press(KeyCode::Left, KeyModifiers::NONE));
        assert!(press(KeyCode::Backspace, KeyModifiers::NONE));
        assert!(press(KeyCode::Char('x'), KeyModifiers::NONE));
        assert!(!press(KeyCode::Enter, KeyModifiers::NONE));
        field.insert("\u{1b}a\nb");
        assert_eq!(field.text(), "täsxa b ");
    }
}
