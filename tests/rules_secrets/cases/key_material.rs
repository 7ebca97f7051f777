// SPDX-License-Identifier: MIT OR Apache-2.0
//! Private keys and secrets of protocols.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "private-key",
        path: "infra/settings.conf",
        fires: "{pem:RSA PRIVATE KEY}",
        near_miss: ("infra/settings.conf", "{pem:RSA PUBLIC KEY}"),
    },
    Case {
        rule: "encrypted-private-key",
        path: "infra/settings.conf",
        fires: "{pem:ENCRYPTED PRIVATE KEY}",
        near_miss: ("infra/settings.conf", "{pem:CERTIFICATE}"),
    },
    Case {
        rule: "private-key-body",
        path: "realm.json",
        fires: "  \"privateKey\": \"{der:RSA PRIVATE KEY}\",",
        near_miss: ("realm.json", "  \"privateKey\": \"{der:RSA PUBLIC KEY}\","),
    },
    Case {
        rule: "private-key-body",
        path: "src/Keys.java",
        fires: "String SIGNING = \"{der:PRIVATE KEY}\";",
        near_miss: ("src/Keys.java", "String SIGNING = \"MIIC{b400}IBADANBgkqhkiG9w0BAQEF\";"),
    },
    Case {
        rule: "debut-review-key",
        path: "docs/handover.txt",
        fires: "-----BEGIN DEBUT REVIEW KEY-----\nreview: rr-{a8}\nkey-id: {h8}\nkey: {h64}\nchecksum: {h16}\n",
        near_miss: (
            "docs/handover.txt",
            "-----BEGIN DEBUT REVIEW KEY-----\nreview: rr-{a8}\nkey-id: {h8}\nkey: {h63}\nchecksum: {h16}\n",
        ),
    },
    Case {
        rule: "putty-private-key",
        path: "infra/settings.conf",
        fires: "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nComment: x\nPublic-Lines: 1\n{b64}\nPrivate-Lines: 1\n{b64}\n",
        near_miss: ("infra/settings.conf", "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\n"),
    },
    Case {
        rule: "age-secret-key",
        path: "infra/settings.conf",
        fires: "k: {age}",
        near_miss: ("infra/settings.conf", "k: AGE-SECRET-KEY-1QQQQ"),
    },
    Case {
        rule: "jwk-private",
        path: "infra/settings.conf",
        fires: "{{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"{w43}\", \"d\": \"{w43}\"}}",
        near_miss: (
            "infra/settings.conf",
            "{{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"{w43}\"}}",
        ),
    },
    Case {
        rule: "nats-seed",
        path: "infra/settings.conf",
        fires: "seed: {nkey}",
        near_miss: ("infra/settings.conf", "seed: SUA{Z40}"),
    },
    Case {
        rule: "otp-seed",
        path: "infra/settings.conf",
        fires: "otpauth://totp/a?secret={Z32}&issuer=b",
        near_miss: ("infra/settings.conf", "otpauth://totp/a?secret={Z8}"),
    },
    Case {
        rule: "openvpn-static-key",
        path: "infra/settings.conf",
        fires: "-----BEGIN OpenVPN Static key V1-----\n{h32}\n{h32}\n{h32}\n{h32}\n{h32}\n-----END OpenVPN Static key V1-----",
        near_miss: (
            "infra/settings.conf",
            "-----BEGIN OpenVPN Static key V1-----\nREDACTED\n-----END OpenVPN Static key V1-----",
        ),
    },
    Case {
        rule: "encoded-keystore",
        path: "infra/settings.conf",
        fires: "keystore: /u3+7QAAAAI{b120}",
        near_miss: ("infra/settings.conf", "keystore: /u3+7QAAAAI{b20}"),
    },
    Case {
        rule: "putty-encrypted-key",
        path: "infra/settings.conf",
        fires: "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\nComment: x\nPublic-Lines: 1\n{b64}\nKey-Derivation: Argon2id\nPrivate-Lines: 1\n{b64}\n",
        near_miss: (
            "infra/settings.conf",
            "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\n",
        ),
    },
    Case {
        rule: "gpg-agent-key",
        path: "gnupg/a.key",
        fires: "Key: (private-key (ecc (curve Ed25519)(q #{H64}#)(d #{H64}#)))",
        near_miss: ("gnupg/a.key", "Key: (public-key (ecc (curve Ed25519)(q #{H64}#)))"),
    },
    Case {
        rule: "age-plugin-identity",
        path: "infra/settings.conf",
        fires: "{ageplugin}",
        near_miss: ("infra/settings.conf", "AGE-PLUGIN-YUBIKEY-1QQQQQQQQQQ"),
    },
    Case {
        rule: "wireguard-key",
        path: "infra/settings.conf",
        fires: "[Interface]\nPrivateKey = {wg}",
        near_miss: ("infra/settings.conf", "[Peer]\nPublicKey = {wg}"),
    },
    Case {
        rule: "otp-seed-setting",
        path: "a.py",
        fires: "totp = pyotp.TOTP(\"{Z32}\")",
        near_miss: ("a.py", "totp = pyotp.TOTP(user.secret)"),
    },
    Case {
        rule: "dns-transfer-key",
        path: "etc/rndc.key",
        fires: "key \"k\" {{\n  algorithm hmac-sha256;\n  secret \"{b43}=\";\n}};",
        near_miss: ("etc/rndc.key", "key \"k\" {{ algorithm hmac-sha256; secret \"...\"; }};"),
    },
    Case {
        rule: "gpg-passphrase",
        path: "a.sh",
        fires: "gpg --batch --passphrase {a14} --sign x",
        near_miss: ("a.sh", "gpg --batch --passphrase-file {a14} --sign x"),
    },
];
