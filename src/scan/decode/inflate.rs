// SPDX-License-Identifier: MIT OR Apache-2.0
//! Deflated bytes, up to a limit.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// What a gzip file begins with; deflate is the only method there is.
pub(super) const GZIP: &[u8] = b"\x1f\x8b\x08";
/// A run in a text says so much at most.
pub(super) const MOST_IN_TEXT: usize = 4 << 20;
/// Whatever inflates to more than so many times its size is a bomb.
const RATIO: usize = 100;
/// Small inputs reach any ratio.
const LEAST: usize = 64 << 10;

/// Inflated bytes.
pub(in crate::scan) struct Inflated {
    /// What came out.
    pub(in crate::scan) bytes: Vec<u8>,
    /// Whether more would have come out, or the rest is damaged.
    pub(in crate::scan) cut: bool,
}

/// Inflates a gzip file, up to `most` bytes and a ratio of 100.
pub(in crate::scan) fn gunzip(raw: &[u8], most: usize) -> Option<Inflated> {
    read(MultiGzDecoder::new(raw), raw.len(), most)
}

/// Inflates a bare stream.
pub(in crate::scan) fn inflate(raw: &[u8], most: usize) -> Option<Inflated> {
    read(DeflateDecoder::new(raw), raw.len(), most)
}

/// Inflates what is framed as in PNG and PDF files; what is cut off counts as whole.
pub(in crate::scan) fn zlib(raw: &[u8], most: usize) -> Option<Vec<u8>> {
    read(ZlibDecoder::new(raw), raw.len(), most).map(|inflated| inflated.bytes)
}

fn read(from: impl Read, size: usize, most: usize) -> Option<Inflated> {
    read_up_to(from, bound(size, most))
}

/// Returns how much of what is packed in `size` bytes is unpacked, of which `most` are wanted.
pub(in crate::scan) fn bound(size: usize, most: usize) -> usize {
    most.min(size.saturating_mul(RATIO).max(LEAST))
}

/// Reads up to `most` bytes. Returns nothing if nothing could be read.
pub(in crate::scan) fn read_up_to(from: impl Read, most: usize) -> Option<Inflated> {
    let mut bytes = Vec::new();
    let outcome = from.take(most as u64 + 1).read_to_end(&mut bytes);
    if outcome.is_err() && bytes.is_empty() {
        return None;
    }
    let cut = outcome.is_err() || bytes.len() > most;
    bytes.truncate(most);
    Some(Inflated { bytes, cut })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};
    use proptest::prelude::*;

    use super::{gunzip, inflate};

    #[test]
    fn a_bomb_is_cut_off() {
        let mut out = GzEncoder::new(Vec::new(), Compression::best());
        out.write_all(&vec![b'a'; 20 << 20]).expect("memory");
        let bomb = out.finish().expect("memory");
        let cut = gunzip(&bomb, 200 << 20).expect("gzip");
        assert!(cut.cut && cut.bytes.len() <= bomb.len() * 100);
    }

    proptest! {
        #[test]
        fn any_bytes_are_borne(raw in prop::collection::vec(any::<u8>(), 0..400)) {
            let headed = [b"\x1f\x8b\x08\0\0\0\0\0\0\0".as_slice(), &raw].concat();
            for out in [gunzip(&headed, 1000), inflate(&raw, 1000)].into_iter().flatten() {
                prop_assert!(out.bytes.len() <= 1000);
            }
        }
    }
}
