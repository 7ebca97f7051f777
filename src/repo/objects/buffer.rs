// SPDX-License-Identifier: MIT OR Apache-2.0
//! Memory that is used again. Clearing it each time would cost as much as filling it.

use super::budget::{Purse, Share};

/// So many buffers wait at most, and so many bytes.
const KEPT: usize = 32;
const KEPT_BYTES: usize = 1 << 24;
/// Larger buffers are given back, so that one huge object doesn't stay in memory for ever, and
/// count against the budget.
const LARGE: usize = 1 << 22;

/// Bytes with room to spare behind them, so that making them fewer and more again costs nothing.
#[derive(Default)]
pub(super) struct Buffer {
    bytes: Vec<u8>,
    len: usize,
    /// What a large one takes of the budget. It comes last: first the memory is given back.
    share: Option<Share>,
}

impl Buffer {
    /// Makes room for `len` bytes, whose values are of no meaning; a large one comes out of
    /// `purse`. Returns nothing if there is not so much memory.
    pub(super) fn size(&mut self, len: usize, purse: Option<&Purse>) -> Option<&mut [u8]> {
        if self.bytes.len() < len {
            // What is there is of no use: a new allocation saves copying it.
            self.bytes = Vec::new();
            self.share = None;
            let room = if len > LARGE { len } else { len.next_power_of_two() };
            self.share = share(room, purse);
            self.bytes.try_reserve_exact(room).ok()?;
            self.bytes.resize(room, 0);
        }
        self.len = len;
        self.bytes.get_mut(..len)
    }

    /// The bytes.
    pub(super) fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// Makes the first `count` bytes go away.
    pub(super) fn skip(&mut self, count: usize) {
        let count = count.min(self.len);
        self.bytes.copy_within(count..self.len, 0);
        self.len -= count;
    }

    /// Gives back the memory if it is much.
    pub(super) fn shrink(&mut self) {
        if self.bytes.len() > LARGE {
            *self = Self::default();
        }
    }
}

/// Takes what is large out of `purse`.
pub(super) fn share(len: usize, purse: Option<&Purse>) -> Option<Share> {
    purse.filter(|_| len > LARGE).map(|purse| purse.take(len as u64))
}

/// Buffers that wait for their next use.
#[derive(Default)]
pub(super) struct Pool {
    free: Vec<Buffer>,
    bytes: usize,
}

impl Pool {
    /// Returns a buffer; what it holds is of no meaning.
    pub(super) fn take(&mut self) -> Buffer {
        let buffer = self.free.pop().unwrap_or_default();
        self.bytes -= buffer.bytes.len();
        buffer
    }

    /// Takes back a buffer.
    pub(super) fn give(&mut self, buffer: Buffer) {
        let len = buffer.bytes.len();
        if self.free.len() < KEPT && len <= LARGE && self.bytes + len <= KEPT_BYTES {
            self.bytes += len;
            self.free.push(buffer);
        }
    }
}
