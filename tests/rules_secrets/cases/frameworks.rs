// SPDX-License-Identifier: MIT OR Apache-2.0
//! Keys of web frameworks.

use super::Case;

pub(super) const CASES: &[Case] = &[
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
        rule: "django-insecure-key",
        path: "settings.py",
        fires: "SECRET_KEY = \"django-insecure-{J50}\"",
        near_miss: (
            "settings.py",
            "SECRET_KEY = \"django-insecure-change-me-please-change-me-now\"",
        ),
    },
    Case {
        rule: "rails-master-key",
        path: ".env",
        fires: "RAILS_MASTER_KEY={h32}",
        near_miss: (".env", "RAILS_MASTER_KEY=$KEY"),
    },
    Case {
        rule: "symfony-secret",
        path: ".env",
        fires: "APP_SECRET={h32}",
        near_miss: (".env", "APP_SECRET="),
    },
    Case {
        rule: "session-secret",
        path: "app.js",
        fires: "app.use(cookieParser(\"{a20}\"))",
        near_miss: ("app.js", "app.use(cookieParser(secret))"),
    },
    Case {
        rule: "php-database-password",
        path: "wp-config.php",
        fires: "define( 'DB_PASSWORD', 'swordfish' );",
        near_miss: ("wp-config.php", "define( 'DB_PASSWORD', 'password_here' );"),
    },
];
