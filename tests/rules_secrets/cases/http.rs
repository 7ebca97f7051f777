// SPDX-License-Identifier: MIT OR Apache-2.0
//! Headers, cookies and web tokens.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "jwt",
        path: "infra/settings.conf",
        fires: "t: {jwt}",
        near_miss: ("infra/settings.conf", "t: eyJ{a20}.eyJ{a30}.{w43}"),
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
        rule: "digest-or-ntlm-header",
        path: "a.log",
        fires: "Authorization: Digest username=\"a\", realm=\"b\", response=\"{h32}\"",
        near_miss: ("a.log", "WWW-Authenticate: Digest realm=\"b\", nonce=\"{h32}\""),
    },
    Case {
        rule: "api-key-header",
        path: "a.sh",
        fires: "curl -H \"X-Api-Key: {a32}\" https://x",
        near_miss: ("a.sh", "curl -H \"X-Api-Key: $KEY\" https://x"),
    },
    Case {
        rule: "session-cookie",
        path: "a.log",
        fires: "Cookie: theme=dark; JSESSIONID={H32}",
        near_miss: ("a.log", "Cookie: theme=dark; JSESSIONID=..."),
    },
    Case {
        rule: "cookie-header",
        path: "a.log",
        fires: "Cookie: theme=dark; access_token={a40}",
        near_miss: ("a.log", "Cookie: theme=dark; access_token=..."),
    },
    Case {
        rule: "encrypted-session-cookie",
        path: "a.log",
        fires: "Set-Cookie: laravel_session=eyJpdiI6{a120}%3D; path=/",
        near_miss: ("a.log", "Set-Cookie: laravel_session=eyJpdiI6{a20}; path=/"),
    },
];
