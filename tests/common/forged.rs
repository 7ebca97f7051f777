// SPDX-License-Identifier: MIT OR Apache-2.0
//! Packs that no Git would write.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own part")]
#![allow(clippy::expect_used, reason = "a test may panic")]

use std::fs;

use git2::{ObjectType, Oid, Repository};

pub const TREE: u8 = 2;
pub const BLOB: u8 = 3;
pub const BY_OFFSET: u8 = 6;
pub const BY_ID: u8 = 7;

/// A pack that is being written. Object number n has n as its id, unless it is given another.
pub struct Pack {
    bytes: Vec<u8>,
    /// Id and offset of each object.
    objects: Vec<([u8; 20], usize)>,
}

impl Pack {
    pub fn new() -> Self {
        Self { bytes: b"PACK\0\0\0\x02\0\0\0\0".to_vec(), objects: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Adds an entry whose header claims `size`, and returns its number.
    pub fn entry(&mut self, kind: u8, size: u64, base: &[u8], content: &[u8]) -> u32 {
        self.packed(kind, size, base, &deflated(content))
    }

    /// The same with what is compressed already.
    pub fn packed(&mut self, kind: u8, size: u64, base: &[u8], packed: &[u8]) -> u32 {
        let number = self.objects.len() as u32;
        self.objects.push((id(number), self.bytes.len()));
        let (mut byte, mut rest) = (kind << 4 | (size & 15) as u8, size >> 4);
        while rest > 0 {
            self.bytes.push(byte | 0x80);
            (byte, rest) = ((rest & 0x7f) as u8, rest >> 7);
        }
        self.bytes.push(byte);
        self.bytes.extend(base);
        self.bytes.extend(packed);
        number
    }

    pub fn blob(&mut self, content: &[u8]) -> u32 {
        self.entry(BLOB, content.len() as u64, &[], content)
    }

    pub fn delta(&mut self, base: u32, delta: &[u8]) -> u32 {
        let base = self.objects.get(base as usize).map_or_else(|| id(base), |object| object.0);
        self.entry(BY_ID, delta.len() as u64, &base, delta)
    }

    /// A delta of the entry before.
    pub fn next(&mut self, delta: &[u8]) -> u32 {
        let mut distance = self.bytes.len() - self.objects.last().expect("an entry before").1;
        let mut base = vec![(distance & 0x7f) as u8];
        while distance > 0x7f {
            distance = (distance >> 7) - 1;
            base.insert(0, (distance & 0x7f) as u8 | 0x80);
        }
        self.entry(BY_OFFSET, delta.len() as u64, &base, delta)
    }

    /// Gives a blob the id that its content should have.
    pub fn name(&mut self, number: u32, content: &[u8]) {
        self.name_as(number, ObjectType::Blob, content);
    }

    pub fn name_as(&mut self, number: u32, kind: ObjectType, content: &[u8]) {
        let id = Oid::hash_object(kind, content).expect("an id");
        self.objects[number as usize].0 = id.as_bytes().try_into().expect("twenty bytes");
    }

    pub fn id(&self, number: u32) -> Oid {
        Oid::from_bytes(&self.objects[number as usize].0).expect("an id")
    }

    /// Puts the pack into a repository.
    pub fn store(mut self, git: &Repository) {
        self.bytes.extend([0; 20]);
        self.bytes[8..12].copy_from_slice(&(self.objects.len() as u32).to_be_bytes());
        self.objects.sort_unstable();
        let mut index = b"\xfftOc\0\0\0\x02".to_vec();
        for first in 0..=255 {
            let count = self.objects.partition_point(|(id, _)| id[0] <= first);
            index.extend((count as u32).to_be_bytes());
        }
        index.extend(self.objects.iter().flat_map(|(id, _)| id));
        index.extend(vec![0; 4 * self.objects.len()]);
        let offsets = self.objects.iter().map(|(_, offset)| *offset as u32);
        index.extend(offsets.flat_map(u32::to_be_bytes));
        index.extend([0; 40]);
        let folder = git.path().join("objects/pack");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("pack-{:040}.pack", 1)), self.bytes).expect("a pack");
        fs::write(folder.join(format!("pack-{:040}.idx", 1)), index).expect("an index");
    }
}

pub fn id(number: u32) -> [u8; 20] {
    let mut out = [0; 20];
    out[4..8].copy_from_slice(&number.to_be_bytes());
    out
}

/// Returns a delta of an object of `base` bytes that claims to make `result` bytes.
pub fn delta(base: u64, result: u64, instructions: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for mut number in [base, result] {
        while number > 0x7f {
            out.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        out.push(number as u8);
    }
    out.extend(instructions);
    out
}

/// Returns instructions that copy the first `len` bytes of the base `times` times.
pub fn copies(len: u32, times: usize) -> Vec<u8> {
    let [a, b, c, d] = len.to_le_bytes();
    assert!(d == 0, "a copy has up to 16 MB");
    [0xf0, a, b, c].repeat(times)
}

/// Wraps `content` as zlib does, without compressing it.
fn deflated(content: &[u8]) -> Vec<u8> {
    let len = content.len() as u16;
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in content {
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    assert!(content.len() < 1 << 16, "one block");
    let head = [&[0x78, 1, 1][..], &len.to_le_bytes(), &(!len).to_le_bytes()].concat();
    [&head, content, &(b << 16 | a).to_be_bytes()].concat()
}

/// Returns `len` zeros, compressed as far as zlib can.
pub fn zeros(len: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.put(0b1, 1);
    bits.put(0b10, 2);
    // A zero, and then copies of 258 bytes of what came one byte before.
    let copies = len.saturating_sub(1) / 258;
    bits.put(0b0011_0000, 8);
    for _ in 0..copies {
        bits.put(0b1_1000_1010_0000, 13);
    }
    for _ in 0..len - 1 - copies * 258 {
        bits.put(0b0011_0000, 8);
    }
    bits.put(0, 7);
    let sum = ((len % 65521) as u32) << 16 | 1;
    [&[0x78, 1], bits.bytes.as_slice(), &sum.to_be_bytes()].concat()
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: usize,
}

impl Bits {
    /// Adds the lowest `count` bits of `code`, the highest of them first.
    fn put(&mut self, code: u32, count: usize) {
        for at in (0..count).rev() {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let last = self.bytes.last_mut().expect("a byte");
            *last |= ((code >> at & 1) as u8) << (self.used % 8);
            self.used += 1;
        }
    }
}
