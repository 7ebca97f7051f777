// SPDX-License-Identifier: MIT OR Apache-2.0
//! Google Cloud, Firebase and other Google services.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "google-api-key",
        path: "infra/settings.conf",
        fires: "key: AIza{w35}",
        near_miss: ("infra/settings.conf", "key: AIza{w32}"),
    },
    Case {
        rule: "google-auth-key",
        path: "infra/settings.conf",
        fires: "key: AQ.Ab{w48}",
        near_miss: ("infra/settings.conf", "key: AQ.Ab{w30}"),
    },
    Case {
        rule: "google-oauth-client-secret",
        path: "infra/settings.conf",
        fires: "secret: GOCSPX-{w28}",
        near_miss: ("infra/settings.conf", "secret: GOCSPX-{w25}"),
    },
    Case {
        rule: "google-oauth-access-token",
        path: "infra/settings.conf",
        fires: "token: ya29.{a60}",
        near_miss: ("infra/settings.conf", "token: ya29.{a12}"),
    },
    Case {
        rule: "google-oauth-refresh-token",
        path: "infra/settings.conf",
        fires: "refresh_token: 1//0{w60}",
        near_miss: ("infra/settings.conf", "refresh_token: 1//0{w20}"),
    },
    Case {
        rule: "gcp-service-account-key",
        path: "infra/settings.conf",
        fires: "{{\"type\": \"service_account\", \"project_id\": \"p\", \"private_key_id\": \"{h40}\", \"private_key\": \"{gcppem}\", \"client_email\": \"a@b.iam.gserviceaccount.com\"}}",
        near_miss: (
            "infra/settings.conf",
            "{{\"type\": \"service_account\", \"project_id\": \"p\", \"private_key\": \"REDACTED\"}}",
        ),
    },
    Case {
        rule: "gcs-hmac-key",
        path: "infra/settings.conf",
        fires: "id = GOOG1E{u57}",
        near_miss: ("infra/settings.conf", "id = GOOG1E{u54}"),
    },
    Case {
        rule: "firebase-server-key",
        path: "infra/settings.conf",
        fires: "key=AAAA{w7}:APA91b{w134}",
        near_miss: ("infra/settings.conf", "key=AAAA{w7}:APA91b{w131}"),
    },
    Case {
        rule: "recaptcha-secret",
        path: "infra/settings.conf",
        fires: "recaptcha_secret_key: 6L{w38}",
        near_miss: ("infra/settings.conf", "recaptcha_site_key: 6L{w38}"),
    },
    Case {
        rule: "google-app-password",
        path: "infra/settings.conf",
        fires: "host: smtp.gmail.com\npassword: qzvk mhwx pjtg cnrd",
        near_miss: ("infra/settings.conf", "host: smtp.gmail.com\npassword: qzvk mhwx"),
    },
];
