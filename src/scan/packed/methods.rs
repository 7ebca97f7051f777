// SPDX-License-Identifier: MIT OR Apache-2.0
//! One file, compressed: by which method, and what comes out.

use lzma_rust2::XzReader;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use super::{Budget, Part, bzip2};
use crate::scan::decode::{self, Inflated};

/// What unpacking may keep in memory: files ask for what they like, up to gigabytes. The highest
/// levels of xz need 65 MiB, those of Zstandard that need more are for long files only.
pub(super) const MOST_MEMORY: usize = 80 << 20;
/// A Zstandard file is of so many frames at most.
const MOST_FRAMES: usize = 10_000;

/// A method that packs one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scan) enum Method {
    Gzip,
    Bzip2,
    Xz,
    Zstd,
}

impl Method {
    /// Hands over the file that is packed as `raw` under `name`.
    pub(super) fn read(
        self,
        name: &[u8],
        raw: &[u8],
        budget: &mut Budget,
        found: &mut dyn FnMut(Part, &mut Budget),
    ) {
        let most = decode::bound(raw.len(), budget.most());
        let inflated = match self {
            Self::Gzip => decode::gunzip(raw, most),
            Self::Bzip2 => bzip2::read(raw, most),
            Self::Xz => {
                let memory = (MOST_MEMORY >> 10) as u32;
                decode::read_up_to(XzReader::new_mem_limit(raw, true, memory), most)
            }
            Self::Zstd => frames(raw, most),
        };
        let Some(inflated) = inflated else {
            budget.cut = Some("damaged, or it needs more than 80 MB of memory to unpack");
            return;
        };
        let bytes = Some(budget.spend(inflated));
        found(Part { name: self.inner(name), bytes, strict: false }, budget);
    }

    /// Returns the name of the packed file.
    fn inner(self, name: &[u8]) -> Vec<u8> {
        let (long, short): (&[u8], &[u8]) = match self {
            Self::Gzip => (b".gz", b".tgz"),
            Self::Bzip2 => (b".bz2", b".tbz2"),
            Self::Xz => (b".xz", b".txz"),
            Self::Zstd => (b".zst", b".tzst"),
        };
        let inner = name.strip_suffix(long).unwrap_or(name);
        match inner.strip_suffix(short) {
            Some(stem) => [stem, b".tar"].concat(),
            None => inner.to_vec(),
        }
    }
}

/// Reads one frame after the other. Returns nothing if nothing could be read.
fn frames(raw: &[u8], most: usize) -> Option<Inflated> {
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(MOST_MEMORY as u64);
    let mut out = Inflated { bytes: Vec::new(), cut: false };
    let mut rest = raw;
    for _ in 0..MOST_FRAMES {
        if let Some(skipped) = skippable(rest) {
            rest = skipped;
        }
        if rest.is_empty() {
            return Some(out);
        }
        let left = most.saturating_sub(out.bytes.len());
        let frame = StreamingDecoder::new_with_decoder(&mut rest, &mut decoder).ok();
        let read = frame.and_then(|frame| decode::read_up_to(frame, left));
        let Some(read) = read else { break };
        out.bytes.extend(read.bytes);
        if read.cut {
            break;
        }
    }
    out.cut = true;
    (!out.bytes.is_empty()).then_some(out)
}

/// Returns what follows a frame that holds nothing of the file.
fn skippable(raw: &[u8]) -> Option<&[u8]> {
    let [0x50..=0x5f, 0x2a, 0x4d, 0x18, a, b, c, d, rest @ ..] = raw else { return None };
    Some(rest.get(u32::from_le_bytes([*a, *b, *c, *d]) as usize..).unwrap_or_default())
}
