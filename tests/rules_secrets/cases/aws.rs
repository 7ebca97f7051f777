// SPDX-License-Identifier: MIT OR Apache-2.0
//! Amazon Web Services and Amazon sellers.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "aws-access-key-id",
        path: "infra/settings.conf",
        fires: "id = AKIA{Z16}",
        near_miss: ("infra/settings.conf", "id = AKIA{Z13}"),
    },
    Case {
        rule: "aws-temporary-key-id",
        path: "infra/settings.conf",
        fires: "id = ASIA{Z16}",
        near_miss: ("infra/settings.conf", "id = ASIA{Z13}"),
    },
    Case {
        rule: "aws-service-key-id",
        path: "infra/settings.conf",
        fires: "id = ABIA{Z16}",
        near_miss: ("infra/settings.conf", "id = ABIA{Z13}"),
    },
    Case {
        rule: "aws-secret-access-key",
        path: "infra/settings.conf",
        fires: "aws_secret_access_key = {b40}",
        near_miss: ("infra/settings.conf", "aws_secret_access_key = {h40}"),
    },
    Case {
        rule: "aws-session-token",
        path: "infra/settings.conf",
        fires: "aws_session_token={b180}",
        near_miss: ("infra/settings.conf", "aws_session_token={b60}"),
    },
    Case {
        rule: "aws-bedrock-key",
        path: "infra/settings.conf",
        fires: "key: ABSK{b132}",
        near_miss: ("infra/settings.conf", "key: ABSK{b80}"),
    },
    Case {
        rule: "aws-mws-token",
        path: "infra/settings.conf",
        fires: "t = amzn.mws.{U}",
        near_miss: ("infra/settings.conf", "t = amzn.mws.{h8}"),
    },
    Case {
        rule: "amazon-selling-partner-secret",
        path: "infra/settings.conf",
        fires: "s = amzn1.oa2-cs.v1.{h64}",
        near_miss: ("infra/settings.conf", "s = amzn1.oa2-cs.v1.{h61}"),
    },
    Case {
        rule: "aws-appsync-key",
        path: "infra/settings.conf",
        fires: "key = da2-{l26}",
        near_miss: ("infra/settings.conf", "key = da2-{l23}"),
    },
    Case {
        rule: "aws-ses-smtp-password",
        path: "infra/settings.conf",
        fires: "host: email-smtp.eu-west-1.amazonaws.com\npassword: B{b43}",
        near_miss: (
            "infra/settings.conf",
            "host: email-smtp.eu-west-1.amazonaws.com\npassword: B{b40}",
        ),
    },
    Case {
        rule: "aws-signed-url",
        path: "infra/settings.conf",
        fires: "https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature={h64}",
        near_miss: (
            "infra/settings.conf",
            "https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature={h61}",
        ),
    },
];
