// SPDX-License-Identifier: MIT OR Apache-2.0
//! Data about natural persons.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "personal-email",
        path: "infra/settings.conf",
        fires: "contact: alpha.beta@gmail.com",
        near_miss: ("infra/settings.conf", "author: alpha.beta@gmail.com"),
    },
    Case {
        rule: "personal-email",
        path: "data/newsletter.txt",
        fires: "alpha.beta@gmail.com",
        near_miss: ("data/NEWS.md", "alpha.beta@gmail.com"),
    },
    Case {
        rule: "named-email",
        path: "infra/settings.conf",
        fires: "notify: marta.quill@quillnet.org",
        near_miss: ("infra/settings.conf", "notify: web.team@example.com, max.mustermann@a.de"),
    },
    Case {
        rule: "phone",
        path: "infra/settings.conf",
        fires: "pager: \"+49 30 2345 6789\"",
        near_miss: ("infra/settings.conf", "pager: \"+1 202 555 0143\""),
    },
    Case {
        rule: "payment-card",
        path: "infra/settings.conf",
        fires: "card_number: {card}",
        near_miss: ("infra/settings.conf", "card_number: {d16}0000"),
    },
    Case {
        rule: "iban",
        path: "infra/settings.conf",
        fires: "iban: {iban}",
        near_miss: ("infra/settings.conf", "iban: DE00500105175407324930"),
    },
];
