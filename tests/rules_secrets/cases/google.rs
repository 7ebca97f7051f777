// SPDX-License-Identifier: MIT OR Apache-2.0
//! Google Cloud, Firebase and other Google services.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case("google-api-key", "key: AIza{w35}", "key: AIza{w32}"),
    case(
        "google-api-key",
        "src=\"https://maps.googleapis.com/maps/api/js?key=AIza{w35}&v=3\"",
        "src=\"https://maps.googleapis.com/maps/api/js?key=AIza{w50}&v=3\"",
    ),
    case("google-auth-key", "key: AQ.Ab{w48}", "key: AQ.Ab{w30}"),
    case("google-auth-key", "GEMINI_API_KEY=\"AQ.Ab8{w47}\"", "GEMINI_API_KEY=\"AQ.ab{w47}\""),
    case("google-oauth-client-secret", "secret: GOCSPX-{w28}", "secret: GOCSPX-{w25}"),
    case(
        "google-oauth-client-secret",
        "{{\"installed\":{{\"client_secret\":\"GOCSPX-{w28}\"}}}}",
        "{{\"installed\":{{\"client_secret\":\"GOCSPX-{w35}\"}}}}",
    ),
    case(
        "google-oauth-legacy-secret",
        "client_id: 1-{l8}.apps.googleusercontent.com\nclient_secret: {w24}",
        "client_id: {l8}\nclient_secret: {w24}",
    ),
    case("google-oauth-legacy-secret", "GOOGLE_CLIENT_SECRET={w24}", "GOOGLE_CLIENT_SECRET={w29}"),
    case(
        "google-oauth-legacy-secret",
        "\"client_id\":\"{d12}-{l32}.apps.googleusercontent.com\",\"client_secret\":\"{w24}\"",
        "\"client_id\":\"{d12}-{l32}.apps.googleusercontent.com\",\"client_secret_file\":\"x\"",
    ),
    case("google-oauth-access-token", "t: ya29.{w60}", "t: ya29.{w15}"),
    case(
        "google-oauth-access-token",
        "Authorization: Bearer ya29.a0{w180}",
        "Authorization: Bearer ya29.<token>",
    ),
    case("google-oauth-refresh-token", "t: 1//0{w60}", "t: 1//0{w30}"),
    case(
        "google-oauth-refresh-token",
        "'refresh_token' => '1//0g{w62}',",
        "'refresh_path' => '1//0/{w30}',",
    ),
    case(
        "gcp-service-account-key",
        "{{\"type\": \"service_account\",\n\"project_id\": \"p\",\n\"private_key_id\": \"{h40}\",\n\"private_key\": \"{gcppem}\",\n\"client_email\": \"a@p.iam.gserviceaccount.com\"}}",
        "{{\"type\": \"service_account\",\n\"project_id\": \"p\",\n\"private_key_id\": \"{h40}\",\n\"client_email\": \"a@p.iam.gserviceaccount.com\"}}",
    ),
    case(
        "gcp-service-account-key",
        "{{\"type\":\"service_account\",\"project_id\":\"p\",\"private_key\":\"{gcppem}\",\"client_email\":\"a@p.iam.gserviceaccount.com\"}}",
        "{{\"type\":\"service_account\",\"private_key\":\"-----BEGIN\"}}",
    ),
    case(
        "gcp-user-credentials",
        "{{\"client_id\": \"x\", \"client_secret\": \"d-{w22}\", \"refresh_token\": \"1/{w50}\", \"type\": \"authorized_user\"}}",
        "{{\"client_id\": \"x\", \"refresh_token\": \"1/x\", \"type\": \"authorized_user\"}}",
    ),
    case("gcs-hmac-key", "id: GOOG1E{u57}", "id: GOOG1E{u40}"),
    case("gcs-hmac-key", "gs_access_key_id = GOOG{u20}", "gs_access_key_id = GOOG{u30}"),
    case(
        "gcs-hmac-secret",
        "access_id: GOOG1E{u57}\nsecret: {b40}",
        "access_id: GOOG1E{u57}\nsecret: {b36}",
    ),
    case("gcs-hmac-secret", "GCS_HMAC_SECRET={b40}", "GCS_HMAC_SECRET={h40}"),
    case("firebase-server-key", "k: AAAA{w7}:APA91b{w134}", "k: AAAA{w7}:APA91b{w131}"),
    case(
        "firebase-server-key",
        "-H 'Authorization: key=AAAA{w7}:APA91b{w134}'",
        "-H 'Authorization: key={w11}:APA91b{w134}'",
    ),
    case("recaptcha-secret", "recaptcha_secret_key: 6L{w38}", "recaptcha_site_key: 6L{w38}"),
    case(
        "recaptcha-secret",
        "'recaptcha' => [\n  'secret' => '6L{w38}',",
        "'recaptcha' => [\n  'sitekey' => '6L{w38}',",
    ),
    case(
        "recaptcha-secret",
        "https://www.google.com/recaptcha/api/siteverify?secret=6L{w38}&response=x",
        "https://www.google.com/recaptcha/api.js?render=6L{w38}",
    ),
    case(
        "google-app-password",
        "host: smtp.gmail.com\npassword: qzvw kxjr tnbp hgmd",
        "host: smtp.gmail.com\npassword: qzvw kxjr",
    ),
    Case::new(
        "google-app-password",
        "gmailAppPassword: \"qzvw kxjr tnbp hgmd\"",
        "gmailAppPassword: \"use your own mail account\"",
    ),
    Case::new(
        "google-app-password",
        "GMAIL_APP_PASSWORD=\"qzvwkxjrtnbphgmd\"",
        "GMAIL_APP_PASSWORD=\"qzvwkxjrtnbphgmdq\"",
    ),
    case(
        "google-app-password",
        "auth: {{ user: 'x@gmail.com', pass: 'qzvwkxjrtnbphgmd' }}",
        "auth: {{ user: 'x@gmail.com', pass: process.env.PASS }}",
    ),
];
