// SPDX-License-Identifier: MIT OR Apache-2.0
//! Any bytes under any name: assignments, decoders, licences, tables, notebooks.

#![no_main]

use debut_fuzz::{PATHS, choose, scan};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some((path, raw)) = choose(data, PATHS) {
        scan(path, raw);
    }
});
