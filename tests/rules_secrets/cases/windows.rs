// SPDX-License-Identifier: MIT OR Apache-2.0
//! Passwords in Windows set-up, policy and PowerShell.

use super::Case;

pub(super) const CASES: &[Case] = &[
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
        rule: "windows-unattended-password",
        path: "unattend.xml",
        fires: "<AdministratorPassword>\n  <Value>{b40}</Value>\n  <PlainText>false</PlainText>",
        near_miss: ("unattend.xml", "<AdministratorPassword>\n  <Value></Value>"),
    },
    Case {
        rule: "profile-password",
        path: "wifi.mobileconfig",
        fires: "<key>Password</key>\n<string>{a14}</string>",
        near_miss: ("wifi.mobileconfig", "<key>PayloadType</key>\n<string>{a14}</string>"),
    },
];
