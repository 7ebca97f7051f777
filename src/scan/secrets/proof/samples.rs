// SPDX-License-Identifier: MIT OR Apache-2.0
//! Values that everybody knows: samples of manuals and standards, keys that come with software.

use sha2::{Digest, Sha256};

/// First eight bytes of the SHA-256 of each, so that no scanner mistakes this file for a leak.
const SAMPLES: &[u64] = &[
    // Vagrant's insecure key, first line.
    0xeca7_c079_6c0d_2871,
    // Stripe documentation key.
    0x2caf_c097_0149_a84f,
    // Azure storage emulator.
    0x0011_cc25_eb43_2071,
    // Azure Cosmos DB emulator.
    0xaa65_4743_9583_c3a2,
    // Stripe documentation key, older.
    0xf2d6_ca16_5150_33e5,
    // Default secret key of Grafana.
    0xf3c3_964c_a854_e172,
    // Vagrant's insecure Ed25519 key, last 64 characters.
    0xb020_40ed_bdc9_a25d,
    // Vagrant's insecure key for PuTTY, first line.
    0xbb1f_34ce_18cd_c127,
    // Key of Go's net/http tests, first line.
    0xdc01_a372_cc52_f9ee,
    // Ed25519 key of RFC 8410.
    0x4ff9_6a60_9348_49a7,
    // EC key of RFC 7517.
    0xa454_04ae_333d_d955,
    // RSA key of RFC 7517.
    0x2e4f_f57e_9c83_2eda,
    // HMAC key of RFC 7515.
    0x8b1b_17a9_740c_068a,
    // EC key of RFC 7515.
    0x5ccf_2edb_4f07_0f0b,
    // Ed25519 key of RFC 8037.
    0x190e_df59_d573_6c3b,
    // One-time password seed of authenticator manuals.
    0x8be5_d113_c087_1ce1,
    // One-time password seed of RFC 6238.
    0x549c_9390_539e_fcfa,
    // The same, half.
    0xb62a_d8b3_465e_33dc,
    // First test vector of BIP 32.
    0x2243_ae4c_7301_4469,
    // Key of the Bitcoin wiki.
    0x9d6a_2b9d_1f01_d457,
    // The same, compressed.
    0x1100_4084_3c3a_df0d,
    // First account of Hardhat and Anvil.
    0x60a0_9e43_5786_8c1e,
    // The same without its prefix.
    0xbc1a_5096_6c9e_6486,
    // Their second account.
    0x0951_01cf_732c_298a,
    // The same without its prefix.
    0x8335_c553_3482_1eef,
    // Their third account.
    0xbb49_78fb_e763_8de8,
    // The same without its prefix.
    0xb26a_b652_9d20_ebeb,
    // First account of Ganache.
    0x4247_42fc_6538_f5e7,
    // The same without its prefix.
    0x5785_9218_5588_730b,
    // Words of Hardhat and Anvil.
    0xf79c_d64f_9cea_2378,
    // Words of Ganache.
    0x9c5d_0a66_56e5_d3f3,
    // Words of Truffle.
    0xb83e_9641_7f61_cb14,
    // First test vector of BIP 39.
    0xc557_eec8_78df_d852,
    // Second test vector of BIP 39.
    0xecb0_e7ba_498c_5920,
    // WireGuard key of the manual.
    0xea1c_a3e2_5b35_a51e,
    // Basic login of RFC 7617.
    0xcf4d_418e_d3de_92d7,
    // The same, older.
    0x73f7_1af0_93fd_f154,
];

/// Returns whether `value` is a sample that its vendor has published.
pub(in crate::scan::secrets) fn is_sample(value: &[u8]) -> bool {
    let digest = Sha256::digest(value);
    let head = digest.iter().take(8).fold(0, |head: u64, byte| head << 8 | u64::from(*byte));
    SAMPLES.contains(&head)
}
