// SPDX-License-Identifier: MIT OR Apache-2.0
//! Memory that is used again. Clearing it each time would cost as much as filling it.

/// So many buffers wait at most.
const KEPT: usize = 32;
/// Larger buffers are given back, so that one huge object doesn't stay in memory for ever.
const LARGE: usize = 1 << 22;

/// Bytes with room to spare behind them, so that making them fewer and more again costs nothing.
#[derive(Default)]
pub(super) struct Buffer {
    bytes: Vec<u8>,
    len: usize,
}

impl Buffer {
    /// Makes room for `len` bytes, whose values are of no meaning. Returns nothing if there is
    /// not so much memory.
    pub(super) fn size(&mut self, len: usize) -> Option<&mut [u8]> {
        if self.bytes.len() < len {
            // What is there is of no use: a new allocation saves copying it.
            self.bytes = Vec::new();
            let room = if len > LARGE { len } else { len.next_power_of_two() };
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
}

impl From<Vec<u8>> for Buffer {
    fn from(bytes: Vec<u8>) -> Self {
        Self { len: bytes.len(), bytes }
    }
}

/// Buffers that wait for their next use.
#[derive(Default)]
pub(super) struct Pool {
    free: Vec<Buffer>,
}

impl Pool {
    /// Returns a buffer; what it holds is of no meaning.
    pub(super) fn take(&mut self) -> Buffer {
        self.free.pop().unwrap_or_default()
    }

    /// Takes back a buffer.
    pub(super) fn give(&mut self, buffer: Buffer) {
        if self.free.len() < KEPT && buffer.bytes.len() <= LARGE {
            self.free.push(buffer);
        }
    }
}
