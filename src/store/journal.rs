// SPDX-License-Identifier: MIT OR Apache-2.0
//! Every key press on disk before the next frame.

use std::{
    fs::{File, OpenOptions},
    io::{Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    StoreError, atomic,
    bounded::Bounded,
    line::{Sealer, Written},
};
use crate::domain::Vote;

/// Once the checklist is saved only so many records are kept: it has all votes, the journal only
/// what can be undone.
const KEEP: usize = 500;
/// And of these so many bytes, which leaves room for the next session.
const ROOM: u64 = 256 << 20;
/// A step over 100,000 places is a record of 30 MB.
const FILE: Bounded = Bounded::of_repository(
    "a journal",
    512 << 20,
    "leave the review and open it again, which shortens it; if that fails, move the file away: \
     the checklist has what was saved",
);

/// What a record did: `decide`, `undo` or `redo`, as the review names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The kind of step.
    pub kind: String,
    /// Its votes.
    pub votes: Vec<Vote>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRecord {
    step: String,
    votes: Vec<Written>,
}

/// An append-only file of sealed lines: seal, blank, JSON.
pub struct Journal {
    path: PathBuf,
    file: File,
    len: u64,
}

impl Journal {
    /// Returns what stands in the journal at `path`, nothing if there is none.
    ///
    /// A last line that a crash cut short is left out, and so are lines whose seal does not fit:
    /// they were not written under this key.
    ///
    /// # Errors
    /// When the file cannot be read, or holds what a newer version wrote.
    pub fn read(path: &Path, seal: Sealer<'_>) -> Result<Vec<Record>, StoreError> {
        parse_all(path, &load(path)?, seal)
    }

    /// Opens the journal at `path`, or makes it, and returns what stands in it as
    /// [`read`](Self::read) does. A torn last line is cut off.
    ///
    /// # Errors
    /// When the file cannot be read or written, or holds what a newer version wrote.
    pub fn open(path: &Path, seal: Sealer<'_>) -> Result<(Self, Vec<Record>), StoreError> {
        let text = load(path)?;
        let whole = whole_lines(&text);
        let records = parse_all(path, &text, seal)?;
        let mut file = open_file(path)?;
        let end = file.seek(SeekFrom::End(0)).map_err(StoreError::io(path))?;
        let len = if end == text.len() as u64 { whole as u64 } else { end };
        file.set_len(len).map_err(StoreError::io(path))?;
        if let Some(folder) = path.parent() {
            atomic::sync_folder(folder)?;
        }
        Ok((Self { path: path.into(), file, len }, records))
    }

    /// Drops all but the last records. The caller must have saved the checklist, which has the
    /// votes of all of them.
    ///
    /// # Errors
    /// As [`rewrite`](Self::rewrite), and when the file cannot be read.
    pub fn shorten(&mut self, seal: Sealer<'_>) -> Result<(), StoreError> {
        let records = Self::read(&self.path, seal)?;
        if records.len() <= KEEP && self.len <= ROOM {
            return Ok(());
        }
        let lengths = records.iter().rev().map(|record| render(record, seal).len() as u64);
        let dropped = records.len() - kept(lengths);
        self.rewrite(&records[dropped..], seal)
    }

    /// Puts `records` in the place of everything that stands in it. The caller must have saved
    /// the checklist.
    ///
    /// # Errors
    /// When the file cannot be written; it is then as it was.
    pub fn rewrite(&mut self, records: &[Record], seal: Sealer<'_>) -> Result<(), StoreError> {
        let kept: String = records.iter().map(|record| render(record, seal)).collect();
        atomic::write_atomic(&self.path, kept.as_bytes())?;
        self.file = open_file(&self.path)?;
        self.len = kept.len() as u64;
        Ok(())
    }

    /// Returns what stands in it, as [`read`](Self::read) does.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn records(&self, seal: Sealer<'_>) -> Result<Vec<Record>, StoreError> {
        Self::read(&self.path, seal)
    }

    /// Appends a record and waits until it is on the disk.
    ///
    /// # Errors
    /// When it could not be written whole. What was written of it is taken back, so the next
    /// try starts clean.
    pub fn append(&mut self, record: &Record, seal: Sealer<'_>) -> Result<(), StoreError> {
        let line = render(record, seal);
        FILE.fits(&self.path, self.len + line.len() as u64)?;
        let written = self
            .file
            .seek(SeekFrom::Start(self.len))
            .and_then(|_| self.file.write_all(line.as_bytes()))
            .and_then(|()| self.file.sync_data());
        match written {
            Ok(()) => {
                self.len += line.len() as u64;
                Ok(())
            }
            Err(error) => {
                // If this fails too, the torn line has no fitting seal and is left out on reading.
                let _ = self.file.set_len(self.len);
                Err(StoreError::io(&self.path)(error))
            }
        }
    }
}

fn open_file(path: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).read(true).write(true);
    options.open(path).map_err(StoreError::io(path))
}

fn load(path: &Path) -> Result<Vec<u8>, StoreError> {
    FILE.bytes(path).map(Option::unwrap_or_default)
}

/// Returns how many of the last records are kept, whose `lengths` come the last one first.
fn kept(lengths: impl Iterator<Item = u64>) -> usize {
    let sums = lengths.scan(0, |sum, length| {
        *sum += length;
        Some(*sum)
    });
    sums.take(KEEP).take_while(|sum| *sum <= ROOM).count()
}

/// Length of `text` up to and with its last line feed: what a crash did not cut short.
fn whole_lines(text: &[u8]) -> usize {
    memchr::memrchr(b'\n', text).map_or(0, |i| i + 1)
}

fn parse_all(path: &Path, text: &[u8], seal: Sealer<'_>) -> Result<Vec<Record>, StoreError> {
    let lines = text[..whole_lines(text)].split(|b| *b == b'\n').zip(1..);
    let record = |(line, number)| {
        parse(line, seal).transpose().map(|record| {
            record.map_err(|message| StoreError::Broken {
                path: path.into(),
                line: number,
                message,
            })
        })
    };
    lines.filter_map(record).collect()
}

fn render(record: &Record, seal: Sealer<'_>) -> String {
    let votes = record.votes.iter().map(Written::from).collect();
    let record = WrittenRecord { step: record.kind.clone(), votes };
    // The record holds nothing that JSON cannot; an empty line would simply be skipped.
    let json = serde_json::to_string(&record).unwrap_or_default();
    format!("{} {json}\n", seal(&json))
}

/// Reads one line; nothing if it was not written whole or not under this key. What was written
/// under this key and can't be understood is no reason to lose it: a newer version can.
fn parse(line: &[u8], seal: Sealer<'_>) -> Result<Option<Record>, String> {
    let text = std::str::from_utf8(line).ok();
    let Some((found, json)) = text.and_then(|text| text.split_once(' ')) else { return Ok(None) };
    if found != seal(json) {
        return Ok(None);
    }
    let newer = |_| "unknown kind of step: update debut; the file was left alone".to_owned();
    let record: WrittenRecord = serde_json::from_str(json).map_err(newer)?;
    let votes: Result<Vec<Vote>, String> = record.votes.into_iter().map(Vote::try_from).collect();
    Ok(Some(Record { kind: record.step, votes: votes? }))
}

#[cfg(test)]
mod tests {
    use super::{FILE, Journal, KEEP, ROOM, Record, kept, open_file};

    #[test]
    fn no_record_makes_the_file_too_large_to_be_read_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("journal");
        let record = Record { kind: "decide".into(), votes: Vec::new() };
        let (mut journal, _) = Journal::open(&path, &|_| "seal".into()).expect("a journal");
        journal.append(&record, &|_| "seal".into()).expect("room");
        let before = std::fs::read(&path).expect("the journal");
        let file = open_file(&path).expect("the file");
        let mut full = Journal { path: path.clone(), file, len: 512 << 20 };
        let error = full.append(&record, &|_| "seal".into()).expect_err("no room").to_string();
        assert!(error.contains("open it again, which shortens it"), "{error}");
        assert_eq!(std::fs::read(&path).expect("the journal"), before);
        FILE.fits(&path, full.len).expect("the largest that is read");
    }

    #[test]
    fn the_last_records_are_kept_as_far_as_there_is_room() {
        assert_eq!(kept([1; KEEP + 9].into_iter()), KEEP);
        assert_eq!(kept([ROOM / 2; 3].into_iter()), 2);
        assert_eq!(kept([ROOM + 1, 1].into_iter()), 0);
        assert_eq!(kept(std::iter::empty()), 0);
    }
}
