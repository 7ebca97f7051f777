// SPDX-License-Identifier: MIT OR Apache-2.0
//! Mail services.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("sendgrid-key", "k: SG.{w22}.{w43}", "k: SG.{w22}.{w40}"),
    Case::new("sendgrid-key", "sgMail.setApiKey(\"SG.{w22}.{w43}\")", "k: SG.{w22}.{w40}"),
    Case::new(
        "sendgrid-key",
        "smtp://apikey:SG.{w22}.{w43}@smtp.sendgrid.net:587",
        "k: SG.{w22}.{w40}",
    ),
    Case::new("mailgun-key", "k: key-{h32}", "k: key-{h29}"),
    Case::new("mailgun-key", "MAILGUN_API_KEY={h32}-{h8}-{h8}", "mailgun_key: pubkey-{h32}"),
    Case::new(
        "mailgun-key",
        "curl -s --user \"api:key-{h32}\" https://api.mailgun.net/v3/x",
        "mailgun_key: pubkey-{h32}",
    ),
    Case::new(
        "mailgun-key",
        "mailgun.client({{username: \"api\", key: \"{h32}-{h8}-{h8}\"}})",
        "mailgun_key: pubkey-{h32}",
    ),
    Case::new("mailgun-public-key", "k: pubkey-{h32}", "k: pubkey-{h29}"),
    Case::new(
        "mailgun-signing-key",
        "MAILGUN_WEBHOOK_SIGNING_KEY={h32}",
        "MAILGUN_SIGNING_DATE={h30}",
    ),
    Case::new("mailchimp-key", "k: {h32}-us12", "k: {h29}-us12"),
    Case::new(
        "mailchimp-key",
        "curl -u \"any:{h32}-us6\" https://us6.api.mailchimp.com/3.0/",
        "k: {h29}-us12",
    ),
    Case::new("mandrill-key", "mandrill_key: md-{w22}", "mandrill_key: md-{w19}"),
    Case::new("mandrill-key", "MANDRILL_API_KEY=\"{w22}\"", "mandrill_key: md-{w19}"),
    Case::new("brevo-key", "k: xkeysib-{h64}-{a16}", "k: xkeysib-{h64}-{a13}"),
    Case::new("brevo-key", "pass: xsmtpsib-{h64}-{a16}", "k: xkeysib-{h64}-{a13}"),
    Case::new("postmark-token", "postmark_server_token: {U}", "postmark_stream: {U}"),
    Case::new("postmark-token", "curl -H \"X-Postmark-Server-Token: {U}\"", "postmark_stream: {U}"),
    Case::new("postmark-token", "client = postmark.ServerClient(\"{U}\")", "postmark_stream: {U}"),
    Case::new("sparkpost-key", "SPARKPOST_API_KEY={h40}", "SPARKPOST_REF={h37}"),
    Case::new("sparkpost-key", "sp = SparkPost(\"{h40}\")", "SPARKPOST_REF={h37}"),
    Case::new("mailjet-key", "MAILJET_SECRET_KEY={h32}", "MAILJET_TEMPLATE={h32}"),
    Case::new("mailjet-key", "MJ_APIKEY_PRIVATE={h32}", "MAILJET_TEMPLATE={h32}"),
    Case::new("mailjet-key", "Mailjet.apiConnect(\"{h32}\", \"{h32}\")", "MAILJET_TEMPLATE={h32}"),
    Case::new("mailersend-token", "k: mlsn.{h64}", "k: mlsn.{h60}"),
    Case::new("resend-key", "k: re_{a8}_{a24}", "k: re_{a8}_{a21}"),
    Case::new("resend-key", "const resend = new Resend(\"re_{a8}_{a24}\");", "k: re_{a8}_{a21}"),
    Case::new("elastic-email-key", "ELASTICEMAIL_API_KEY={H96}", "ELASTICEMAIL_API_KEY={H90}"),
    Case::new("elastic-email-key", "elastic_email:\n  apikey: {H96}", "ELASTICEMAIL_API_KEY={H90}"),
];
