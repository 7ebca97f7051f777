// SPDX-License-Identifier: MIT OR Apache-2.0
//! Keys and words of wallets.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "nostr-secret-key",
        path: "infra/settings.conf",
        fires: "k: {nsec}",
        near_miss: ("infra/settings.conf", "k: nsec1qqqq"),
    },
    Case {
        rule: "ethereum-private-key",
        path: "infra/settings.conf",
        fires: "private_key: \"0x{h64}\"",
        near_miss: ("infra/settings.conf", "public_key: \"0x{h64}\""),
    },
    Case {
        rule: "wallet-key",
        path: "infra/settings.conf",
        fires: "k: {xprv}",
        near_miss: ("infra/settings.conf", "k: xprv{P104}"),
    },
    Case {
        rule: "bitcoin-private-key",
        path: "infra/settings.conf",
        fires: "wif: {wif}",
        near_miss: ("infra/settings.conf", "wif: K{P51}"),
    },
    Case {
        rule: "stellar-seed",
        path: "infra/settings.conf",
        fires: "secret: {stellar}",
        near_miss: ("infra/settings.conf", "secret: SB{Z54}"),
    },
    Case {
        rule: "ripple-seed",
        path: "a.js",
        fires: "const wallet = xrpl.Wallet.fromSeed(\"{ripple}\")",
        near_miss: ("a.js", "const wallet = xrpl.Wallet.fromSeed(\"s{P28}\")"),
    },
    Case {
        rule: "tezos-secret-key",
        path: "infra/settings.conf",
        fires: "key: {edsk}",
        near_miss: ("infra/settings.conf", "key: edsk{P20}"),
    },
    Case {
        rule: "wallet-keystore",
        path: "key.json",
        fires: "\"crypto\": {{\"ciphertext\": \"{h64}\", \"cipherparams\": {{\"iv\": \"{h32}\"}}, \"kdf\": \"scrypt\"}}",
        near_miss: ("key.json", "\"ciphertext\": \"{h64}\""),
    },
    Case {
        rule: "seed-phrase",
        path: ".env",
        fires: "MNEMONIC=\"{words}\"",
        near_miss: (
            ".env",
            "MNEMONIC=\"put the twelve words of your wallet here and never tell them to anyone\"",
        ),
    },
    Case {
        rule: "seed-phrase-file",
        path: "notes/wallet-seed.txt",
        fires: "{words:32}\n",
        near_miss: (
            "notes/wallet-seed.txt",
            "keep these words in a safe place where nobody but you ever looks\n",
        ),
    },
    Case {
        rule: "solana-key",
        path: "a.ts",
        fires: "const secretKey = \"{P88}\"",
        near_miss: ("a.ts", "const publicKey = \"{P88}\""),
    },
    Case {
        rule: "solana-key-file",
        path: "deploy-keypair.json",
        fires: "[11, 48, 85, 122, 159, 196, 233, 14, 51, 88, 125, 162, 199, 236, 17, 54, 91, 128, 165, 202, 239, 20, 57, 94, 131, 168, 205, 242, 23, 60, 97, 134, 171, 208, 245, 26, 63, 100, 137, 174, 211, 248, 29, 66, 103, 140, 177, 214, 251, 32, 69, 106, 143, 180, 217, 254, 35, 72, 109, 146, 183, 220, 1, 38]",
        near_miss: ("deploy-keypair.json", "[1, 2, 3]"),
    },
];
