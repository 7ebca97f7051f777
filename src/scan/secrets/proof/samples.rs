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
    // Tokens of GitHub's manual.
    0xbc3a_e723_f57c_6b9e,
    0x82e7_4299_544e_0073,
    0x797c_0ce4_1458_6cc8,
    0x6d7f_a4e6_4d4b_1f3e,
    // Token of GitLab's old manual.
    0x91fa_4af8_1aa0_8ddd,
    // Bot token of Slack's manual.
    0x2ddc_147f_3a3b_5a17,
    // Bot token of Telegram's manual.
    0x0b5d_d075_ccdd_03c4,
    // Bot token of Discord's manual.
    0x02f7_ce3c_263f_85c0,
    // Access token of Plaid's manual.
    0x0a9d_ef72_6e9d_e4b2,
    // Tokens of Vault's manual.
    0x8b6b_6a52_26c9_6d1d,
    0x0e4c_7bc9_6244_0327,
    // AppRole secret id of Vault's manual.
    0x63d9_3fb2_f0dd_1240,
    // Gossip keys of the manuals of Consul and Nomad.
    0x8f5e_9069_8d14_4db9,
    0x1a52_9216_c579_fbbc,
    // API key of Elasticsearch's manual.
    0xa0cc_17da_e750_0395,
    // Swarm tokens and key of Docker's manual.
    0xbb54_574a_88d7_fa31,
    0x33a6_d375_0d9a_769b,
    0xb5b1_7ca1_d657_33bb,
    0x9ec0_be03_6c22_f06f,
    // Swarm tokens of the description of Docker's API.
    0x441c_6600_9c2a_b920,
    0xe989_7976_0055_40a6,
    // Bootstrap token of the manual of kubeadm.
    0x366d_a6cf_65a0_8841,
    // Key of FastAPI's tutorial.
    0x570d_ad43_de1a_f4c9,
    // Key of Flask's manual.
    0x2598_f7d6_adc1_42d8,
    // Application keys of Laravel's package tests.
    0xe071_d5d5_3b31_b2be,
    // The same without its prefix.
    0xd765_f2a2_642a_47a3,
    0xc038_b41a_4668_6af6,
    // Keys of Supabase for a local machine.
    0x9422_8124_c289_844e,
    0x52f0_0443_8faf_7802,
    0x7054_1e07_fd4f_900b,
    0x2359_b281_e1fa_0ec3,
    0xc85d_ebb5_5f2f_204d,
    // Keys of MinIO's public playground.
    0x1bbb_9293_c38a_cc5e,
    0xdf45_2eef_23e8_cf2c,
    // Access token of Bitwarden's manual.
    0x25e4_69d6_5045_56f2,
    // Test secret of reCAPTCHA.
    0xf5e9_5c99_5463_5b65,
    // Consumer secret and token of Twitter's manual.
    0x00b3_dc64_0c9c_99fc,
    0x0e04_efa6_bc7d_2d51,
    0x5aac_38e5_42b7_6b97,
    0x8199_9482_0a8e_c7d6,
    // Bearer token of Twitter's manual.
    0xb390_e2e5_7c22_7c07,
    // Bearer token of Twitter's own web page.
    0x11d3_072e_6af2_d409,
    // Tokens, secret and login of RFC 6749.
    0x6c96_130f_130a_b0d6,
    0x00cf_4c78_1dc3_7003,
    0xe997_4c50_7d2a_8021,
    0xca74_59e2_b267_76de,
    // Token secret of the OAuth 1.0 specification.
    0x649e_1f5c_769e_718b,
    // Sandbox secret of PayPal's manual.
    0x68d9_18f4_c436_fa6b,
    // Webhook secret of the manual of Svix.
    0x96ad_2ccd_8146_2a76,
    // Key of the manual of web3.js.
    0xd8c2_efc4_c850_5e39,
    // The same without its prefix.
    0x95e8_2a7e_bb03_6b3c,
    // First account of Truffle.
    0x49f8_8a1e_bbd7_c5d4,
    // The same without its prefix.
    0xf241_67ac_cb5d_690f,
    // Keys of RFC 7520.
    0x2677_a14a_465f_8bf0,
    0x8580_dd90_707d_8c51,
    0xc108_3818_9a43_2c83,
    0xfde6_5288_758a_de65,
    0x44e6_c89a_d9f1_cbaf,
    0x930d_65db_e93c_976e,
    0x79bd_8cb5_ce94_f16b,
    0x5b6e_ff51_cddd_4d13,
    0x92a7_d7ea_52e4_3e70,
    0x243c_d676_6dfc_55fe,
    0x0330_b119_98cb_c9ab,
    // RSA key of the manual of Ory's servers.
    0xe2eb_a160_4c30_c84a,
    // Login of the manual of Bundler.
    0xb5aa_16ef_47b2_05ad,
    // UUIDs that encyclopedias and RFC 4122 show.
    0x986c_0dc9_56dc_822b,
    0x203f_a897_acf2_b02d,
    0xa3a9_e1ed_9732_cab2,
    0x8f40_0c25_7611_ed5d,
    0xe585_5ff4_8799_c52c,
    // Key of MinIO's manual, with its name and without.
    0xc4e9_1d73_cd54_8be4,
    0x4556_efab_2426_2947,
    // One-time password seed of a library for PHP.
    0x6ab8_b5e7_d7ae_41f8,
    // Signature of the manual of Amazon S3.
    0xd419_368c_7970_617d,
];

/// Returns whether `value` is a sample that its vendor has published.
pub(in crate::scan::secrets) fn is_sample(value: &[u8]) -> bool {
    let digest = Sha256::digest(value);
    let head = digest.iter().take(8).fold(0, |head: u64, byte| head << 8 | u64::from(*byte));
    SAMPLES.contains(&head)
}
