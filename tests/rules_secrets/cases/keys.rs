// SPDX-License-Identifier: MIT OR Apache-2.0
//! Key material, password hashes and secrets of frameworks.

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
        rule: "debut-review-key",
        path: "docs/handover.txt",
        fires: "-----BEGIN DEBUT REVIEW KEY-----\nreview: rr-{a8}\nkey-id: {h8}\nkey: {h64}\nchecksum: {h16}\n",
        near_miss: (
            "docs/handover.txt",
            "-----BEGIN DEBUT REVIEW KEY-----\nreview: rr-{a8}\nkey-id: {h8}\nkey: {h63}\nchecksum: {h16}\n",
        ),
    },
    Case {
        rule: "jwt",
        path: "infra/settings.conf",
        fires: "t: {jwt}",
        near_miss: ("infra/settings.conf", "t: eyJ{a20}.eyJ{a30}.{w43}"),
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
        rule: "wireguard-key",
        path: "infra/settings.conf",
        fires: "[Interface]\nPrivateKey = {b42}A=",
        near_miss: ("infra/settings.conf", "[Peer]\nPublicKey = {b42}A="),
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
        rule: "wallet-key",
        path: "infra/settings.conf",
        fires: "k: xprv{P107}",
        near_miss: ("infra/settings.conf", "k: xprv{P104}"),
    },
    Case {
        rule: "nostr-secret-key",
        path: "infra/settings.conf",
        fires: "k: {nsec}",
        near_miss: ("infra/settings.conf", "k: nsec1qqqq"),
    },
    Case {
        rule: "stellar-seed",
        path: "infra/settings.conf",
        fires: "stellar_seed: SB{Z54}",
        near_miss: ("infra/settings.conf", "stellar_seed: SB{Z20}"),
    },
    Case {
        rule: "ethereum-private-key",
        path: "infra/settings.conf",
        fires: "private_key: \"0x{h64}\"",
        near_miss: ("infra/settings.conf", "public_key: \"0x{h64}\""),
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
        rule: "unix-password-hash",
        path: "infra/settings.conf",
        fires: "password: $6${a16}${a86}",
        near_miss: ("infra/settings.conf", "password: $6${a16}${a40}"),
    },
    Case {
        rule: "network-device-password",
        path: "infra/settings.conf",
        fires: "username ops password 7 08{H20}",
        near_miss: ("infra/settings.conf", "username ops password 8 08{H20}"),
    },
    Case {
        rule: "group-policy-password",
        path: "infra/settings.conf",
        fires: "<Properties cpassword=\"{b43}=\" />",
        near_miss: ("infra/settings.conf", "<Properties cpassword=\"\" />"),
    },
    Case {
        rule: "windows-secure-string",
        path: "infra/settings.conf",
        fires: "$p = ConvertTo-SecureString \"{a14}\" -AsPlainText -Force",
        near_miss: (
            "infra/settings.conf",
            "$p = ConvertTo-SecureString $env:PW -AsPlainText -Force",
        ),
    },
    Case {
        rule: "mysql-password-hash",
        path: "infra/settings.conf",
        fires: "CREATE USER x IDENTIFIED BY PASSWORD '*{H40}';",
        near_miss: ("infra/settings.conf", "CREATE USER x IDENTIFIED BY PASSWORD '*{H20}';"),
    },
    Case {
        rule: "django-secret-key",
        path: "infra/settings.conf",
        fires: "SECRET_KEY = \"{J50}\"",
        near_miss: ("infra/settings.conf", "SECRET_KEY = \"{J30}\""),
    },
    Case {
        rule: "rails-secret-key",
        path: "infra/settings.conf",
        fires: "secret_key_base: {h128}",
        near_miss: ("infra/settings.conf", "secret_key_base: {h30}"),
    },
    Case {
        rule: "laravel-app-key",
        path: "infra/settings.conf",
        fires: "APP_KEY=base64:{b43}=",
        near_miss: ("infra/settings.conf", "APP_KEY=base64:{b20}="),
    },
    Case {
        rule: "wordpress-salt",
        path: "infra/settings.conf",
        fires: "define('AUTH_KEY', '{a64}');",
        near_miss: ("infra/settings.conf", "define('AUTH_KEY', 'put your unique phrase here');"),
    },
    Case {
        rule: "fernet-key",
        path: "infra/settings.conf",
        fires: "fernet_key = {w43}=",
        near_miss: ("infra/settings.conf", "fernet_key = {w20}="),
    },
    Case {
        rule: "aspnet-machine-key",
        path: "infra/settings.conf",
        fires: "<machineKey validationKey=\"{H64}\" />",
        near_miss: ("infra/settings.conf", "<machineKey validationKey=\"AutoGenerate\" />"),
    },
    Case {
        rule: "wifi-psk",
        path: "infra/settings.conf",
        fires: "psk=\"{a14}\"",
        near_miss: ("infra/settings.conf", "psk=\"${{PSK}}\""),
    },
    Case {
        rule: "snmp-community",
        path: "infra/settings.conf",
        fires: "rocommunity {a12}",
        near_miss: ("infra/settings.conf", "rocommunity {{{{ snmp_community }}}}"),
    },
    Case {
        rule: "basic-auth-header",
        path: "infra/settings.conf",
        fires: "Authorization: Basic {B:deploy:{a16}}",
        near_miss: ("infra/settings.conf", "Authorization: Basic {b17}"),
    },
    Case {
        rule: "bearer-header",
        path: "infra/settings.conf",
        fires: "curl -H 'Authorization: Bearer {a40}'",
        near_miss: ("infra/settings.conf", "curl -H 'Authorization: Bearer $TOKEN'"),
    },
    Case {
        rule: "command-line-password",
        path: "infra/settings.conf",
        fires: "curl -u deploy:{a12} https://x",
        near_miss: ("infra/settings.conf", "curl -u deploy:$PW https://x"),
    },
];
