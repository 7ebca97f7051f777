// SPDX-License-Identifier: MIT OR Apache-2.0
//! XML as the same flat list; names without their prefixes, attributes behind an `@`.

use std::ops::Range;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::fields::Fields;

/// Elements nested deeper say nothing about the licence of the whole.
const MAX_DEPTH: usize = 10;

impl Fields {
    /// Reads XML up to the first fault.
    pub(super) fn xml(text: &str) -> Self {
        let mut out = Self::default();
        let mut reader = Reader::from_str(text);
        let mut path: Vec<String> = Vec::new();
        let mut from = 0;
        while let Ok(event) = reader.read_event() {
            let end =
                usize::try_from(reader.buffer_position()).unwrap_or(text.len()).min(text.len());
            match event {
                Event::Start(tag) => {
                    path.push(local(&tag));
                    attributes(&tag, &path, &mut out);
                }
                Event::Empty(tag) => {
                    path.push(local(&tag));
                    attributes(&tag, &path, &mut out);
                    if path.len() <= MAX_DEPTH {
                        out.push(path.join("/"), String::new(), None);
                    }
                    path.pop();
                }
                Event::End(_) => {
                    path.pop();
                }
                Event::Text(_) => scalar(text, from..end, &path, &mut out),
                Event::CData(_) => {
                    let inner = from + "<![CDATA[".len()..end.saturating_sub("]]>".len());
                    scalar(text, inner, &path, &mut out);
                }
                Event::Eof => break,
                _ => {}
            }
            from = end;
        }
        out
    }
}

fn local(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_owned()
}

fn attributes(tag: &BytesStart<'_>, path: &[String], out: &mut Fields) {
    if path.len() > MAX_DEPTH {
        return;
    }
    for attribute in tag.attributes().flatten().take(16) {
        let key = attribute.key.local_name().as_ref().to_owned();
        let value = attribute.value.to_string();
        out.push(format!("{}/@{key}", path.join("/")), value, None);
    }
}

fn scalar(text: &str, range: Range<usize>, path: &[String], out: &mut Fields) {
    let Some(raw) = text.get(range.clone()) else { return };
    let trimmed = raw.trim();
    if trimmed.is_empty() || path.len() > MAX_DEPTH {
        return;
    }
    let start = range.start + (raw.len() - raw.trim_start().len());
    // The only reference that stands in names of licences.
    let value = trimmed.replace("&amp;", "&");
    out.push(path.join("/"), value, Some(start..start + trimmed.len()));
}
