// SPDX-License-Identifier: MIT OR Apache-2.0
//! Passwords of network devices, wireless networks and tunnels.

use super::Case;

pub(super) const CASES: &[Case] = &[
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
        rule: "network-device-password",
        path: "r1.cfg",
        fires: "username ops password 7 {cisco:Tr0ub4dor&3}",
        near_miss: ("r1.cfg", "username ops privilege 15"),
    },
    Case {
        rule: "network-device-hash",
        path: "r1.cfg",
        fires: "enable secret 9 $9${a14}${a43}",
        near_miss: ("r1.cfg", "enable secret 9 $9${a10}"),
    },
    Case {
        rule: "network-device-clear-password",
        path: "r1.cfg",
        fires: "enable password {a10}",
        near_miss: ("r1.cfg", "enable password encryption"),
    },
    Case {
        rule: "snmp-default-community",
        path: "r1.cfg",
        fires: "snmp-server community public RO",
        near_miss: ("r1.cfg", "snmp-server enable traps"),
    },
    Case {
        rule: "snmp-user",
        path: "snmpd.conf",
        fires: "createUser ops SHA \"{a14}\" AES \"{a14}\"",
        near_miss: ("snmpd.conf", "createUser ops SHA \"$PASS\""),
    },
    Case {
        rule: "tunnel-shared-key",
        path: "ipsec.secrets",
        fires: "1.2.3.4 5.6.7.8 : PSK \"{a20}\"",
        near_miss: ("ipsec.secrets", ": RSA server.key"),
    },
    Case {
        rule: "radius-shared-secret",
        path: "raddb/clients.conf",
        fires: "client a {{\n  secret = {a14}\n}}",
        near_miss: ("raddb/clients.conf", "client a {{\n  secret = $SECRET\n}}"),
    },
];
