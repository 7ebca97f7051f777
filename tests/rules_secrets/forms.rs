// SPDX-License-Identifier: MIT OR Apache-2.0
//! Structural formats in the many ways in which they are written, and what only looks like them.

use super::{engine, rules, template};

/// Path, rules of which one must fire, and lines that must each be found.
type Form = (&'static str, &'static [&'static str], &'static [&'static str]);

/// Lines of which each must be found. `{…}` is drawn, see `template`.
const FOUND: &[Form] = &[
    (
        "a.txt",
        &["url-password"],
        &[
            "postgresql+psycopg2://app:{a14}@db1:5432/app",
            "redis://:{a14}@cache-1:6379/0",
            "DATABASE_URL=\"mysql://root:{a14}@10.0.0.4/app?ssl=true\"",
            "amqps://svc:{a8}%21{a4}@mq-1/vhost",
            "git clone https://ci:{a20}@git.acme.io/x.git",
            "git+https://ci:{a20}@git.acme.io/x.git@v1",
            "mongodb+srv://app:{a14}@c0.mongodb.net,c1.mongodb.net/app",
            "smb://ACME;ops:{a14}@files-1/share",
            "ldaps://cn=admin:{a14}@ldap-1",
            "socks5h://ops:{a14}@proxy-1:1080",
            "\"url\": \"https:\\/\\/ci:{a14}@git.acme.io\\/x\"",
            "rtsp://admin:{a10}@192.168.4.2:554/stream1",
            "export HTTPS_PROXY=http://ops:{a10}@proxy-1:3128",
            "sftp://backup:{a4}@{a6}@files-1/x",
            "snowflake://app:{a14}@acme-eu/db",
            "clickhouse://default:{a14}@ch-1:9000",
        ],
    ),
    (
        "src/db.go",
        &["connection-string-password"],
        &[
            "sql.Open(\"mysql\", \"app:{a14}@tcp(db-1:3306)/app?parseTime=true\")",
            "sql.Open(\"postgres\", \"host=db-1 user=app password={a14} dbname=app sslmode=disable\")",
        ],
    ),
    (
        "appsettings.json",
        &["connection-string-password"],
        &[
            "\"Default\": \"Server=tcp:a.database.windows.net,1433;Initial Catalog=x;User ID=app;Password={a10}$x9;Encrypt=True\"",
            "\"Default\": \"Data Source=db-1;User Id=app;Pwd={a14}\"",
            "\"Odbc\": \"Driver={{SQL Server}};Server=db-1;Uid=sa;Pwd={a14};\"",
            "\"Default\": \"Password={a14};Persist Security Info=True;User ID=sa;Data Source=db-1\"",
            "\"Redis\": \"jdbc:postgresql://db-1/app?user=app&password={a14}\"",
            "\"O\": \"jdbc:oracle:thin:app/{a14}@//db-1:1521/x\"",
            "\"M\": \"jdbc:sqlserver://db-1:1433;databaseName=x;user=sa;password={a14}\"",
        ],
    ),
    (
        "a.py",
        &["basic-auth-header"],
        &[
            "headers = {{\"Authorization\": \"Basic {B:ci:{a20}}\"}}",
            "req.add_header('Authorization', 'Basic {B:ci:{a20}}')",
            "Proxy-Authorization: Basic {B:ci:{a20}}",
            "curl -H 'authorization: basic {B:ci:{a20}}'",
        ],
    ),
    (
        "a.js",
        &["bearer-header", "okta-token"],
        &[
            "headers: {{ Authorization: `Bearer {a40}` }}",
            "'Authorization' => 'Token token={a40}'",
            "request.Headers.Add(\"Authorization\", \"ApiKey {a40}\");",
            "Authorization: SSWS 00{a40}",
            "const auth = 'Bearer {a48}'",
            "\\\"Authorization\\\": \\\"Bearer {a40}\\\"",
            "axios.defaults.headers.common['Authorization'] = 'Bearer {a40}'",
        ],
    ),
    (
        "a.sh",
        &["api-key-header"],
        &[
            "curl -H 'PRIVATE-TOKEN: {a24}' https://git.acme.io",
            "http GET https://x X-Auth-Token:{a32}",
            "curl --header \"X-Vault-Token: {a32}\" https://x",
            "-H \"Ocp-Apim-Subscription-Key: {h32}\"",
        ],
    ),
    (
        "a.log",
        &["session-cookie", "cookie-header"],
        &[
            "Set-Cookie: PHPSESSID={l26}; path=/; HttpOnly",
            "Cookie: _ga=GA1.2.3; connect.sid=s%3A{w32}.{a43}",
            "Cookie: theme=x; laravel_session={b120}%3D",
            "curl -b 'sessionid={l32}' https://x",
            "Cookie: .AspNetCore.Identity.Application={w120}",
            "\"name\": \"JSESSIONID\",\n \"value\": \"{H32}\"",
            "Cookie: li_at=AQED{w100}",
        ],
    ),
    (
        "deploy.sh",
        &[
            "command-line-password",
            "database-client-password",
            "registry-login-password",
            "key-tool-password",
            "windows-command-password",
            "client-password-variable",
            "gpg-passphrase",
            "url-password",
        ],
        &[
            "curl -sSfu ops:{a12} https://x",
            "curl https://x --user \"ops:{a12}\"",
            "curl -x http://proxy --proxy-user ops:{a12} https://x",
            "wget --user=ops --password={a12} https://x",
            "mysqldump -uroot -p{a12} app > x.sql",
            "mysql --user=root --password='{a12}' app",
            "/usr/bin/mysqladmin -u root -p{a12} status",
            "mongosh --username ops --password {a12} mongodb://db-1",
            "mongodump -u ops -p {a12} -d app",
            "redis-cli -h cache-1 -a {a20} ping",
            "sqlcmd -S db-1 -U sa -P {a12}",
            "sqlplus app/{a12}@db-1",
            "docker login --username ci --password {a20}",
            "echo {a20} | docker login -u ci --password-stdin",
            "az login --service-principal -u x -p {a34} --tenant y",
            "helm registry login reg.acme.io -u ci -p {a20}",
            "oc login https://x -u ops -p {a12}",
            "helm repo add x https://x --username ci --password {a12}",
            "kubectl create secret docker-registry x --docker-username=ci --docker-password={a20}",
            "skopeo copy --dest-creds ci:{a20} docker://a docker://b",
            "sshpass -p '{a12}' ssh ops@web-1",
            "sshpass -p{a12} ssh ops@web-1",
            "openssl rsa -in a.key -passin pass:{a12}",
            "openssl enc -aes-256-cbc -pass pass:{a12}",
            "keytool -genkey -keystore a.jks -storepass {a12} -keypass {a12}",
            "plink -ssh ops@web-1 -pw {a12} uptime",
            "net use \\\\files-1\\x /user:ACME\\ops {a12}",
            "net user ops {a12} /add",
            "cmdkey /add:web-1 /user:ops /pass:{a12}",
            "psexec \\\\web-1 -u ops -p {a12} cmd",
            "smbclient //files-1/x -U ops%{a12}",
            "mount -t cifs //files-1/x /mnt -o username=ops,password={a12}",
            "ldapsearch -x -D cn=admin,dc=acme -w {a12} -b dc=acme",
            "echo '{a12}' | sudo -S apt update",
            "echo \"ops:{a12}\" | chpasswd",
            "rabbitmqctl add_user ops {a12}",
            "htpasswd -bc .htpasswd ops {a12}",
            "ipmitool -I lanplus -H bmc-1 -U admin -P {a12} power on",
            "export PGPASSWORD='{a12}'",
            "MYSQL_PWD={a12} mysqldump app",
            "7z a -p{a12} out.7z x",
            "zip -P {a12} out.zip x",
            "gpg --batch --yes --passphrase '{a12}' -d x.gpg",
            "security unlock-keychain -p {a12} login.keychain",
        ],
    ),
    (
        "router.cfg",
        &[
            "network-device-password",
            "network-device-hash",
            "network-device-clear-password",
            "snmp-community",
            "snmp-user",
            "unix-password-hash",
            "tunnel-shared-key",
        ],
        &[
            "enable secret 5 $1${a4}${a22}",
            "enable secret 9 $9${a14}${a43}",
            "username ops privilege 15 secret 8 $8${a14}${a43}",
            "username ops password 0 {a10}",
            " password 7 {cisco:Tr0ub4dor&3}",
            "tacacs-server key 7 {cisco:Tr0ub4dor&3}",
            "radius-server host 10.0.0.4 auth-port 1812 key {a12}",
            "crypto isakmp key {a14} address 203.0.113.9",
            "neighbor 10.0.0.4 password {a12}",
            " key-string 7 {cisco:Tr0ub4dor&3}",
            "ip ospf message-digest-key 1 md5 {a12}",
            "snmp-server community {a10} RO 10",
            "snmp-server user ops GRP v3 auth sha {a12} priv aes 128 {a12}",
            "set system root-authentication encrypted-password \"$6${a8}${a86}\"",
            "secret \"$9$aBcQn6/9tO1\"; ## SECRET-DATA",
            "set psksecret ENC {b60}",
            "pre-shared-key ascii-text \"{a14}\";",
        ],
    ),
    (
        "etc/net.conf",
        &[
            "wifi-psk",
            "snmp-community",
            "tunnel-shared-key",
            "directory-bind-password",
            "snmp-user",
        ],
        &[
            "psk={h64}",
            "wpa_passphrase={a12}",
            "psk=\"{a6} {a6}\"",
            "rocommunity {a10} 10.0.0.0/8",
            "com2sec ops default {a10}",
            "const char* WIFI_PASSWORD = \"{a12}\";",
            "<keyMaterial>{a12}</keyMaterial>",
            "203.0.113.4 %any : PSK \"{a16}\"",
            "ops : EAP \"{a16}\"",
            "bindpw {a12}",
            "ldap_bind_password: \"{a12}\"",
            "rootpw {a12}",
        ],
    ),
    (
        "users.txt",
        &["unix-password-hash", "windows-password-hash", "mysql-password-hash"],
        &[
            "ops:$6${a8}${a86}:19000:0:99999:7:::",
            "ops:$y$j9T${a22}${a43}:19000:0:99999:7:::",
            "ops:{{SHA}}{b27}=",
            "ops:$2y$10${a53}",
            "traefik: \"ops:$$apr1$${a8}$${a22}\"",
            "echo 'ops:\\$6\\${a8}\\${a86}'",
            "pbkdf2_sha256$260000${a22}${b43}=",
            "scrypt:32768:8:1${a16}${h128}",
            "pbkdf2:sha256:260000${a8}${h64}",
            "$argon2id$v=19$m=65536,t=3,p=4${b22}${b43}",
            "userPassword: {{SSHA}}{b38}==",
            "Administrator:500:aad3b435b51404eeaad3b435b51404ee:{h32}:::",
            "ops::ACME:{h16}:{h32}:{h120} ntlmv2",
            "$krb5tgs$23$*ops$ACME$x*${h32}${h200}",
            "$DCC2$10240#ops#{h32}",
            "ALTER USER app PASSWORD 'md5{h32}'",
            "SCRAM-SHA-256$4096:{b22}==${b43}=:{b43}=",
            "IDENTIFIED BY PASSWORD '*{H40}'",
            "IDENTIFIED BY VALUES 'S:{H60}'",
        ],
    ),
    (
        "app/.env",
        &[
            "session-secret",
            "laravel-app-key",
            "symfony-secret",
            "rails-secret-key",
            "rails-master-key",
            "fernet-key",
            "wordpress-salt",
            "django-secret-key",
            "otp-seed-setting",
            "ethereum-private-key",
            "seed-phrase",
            "bitcoin-private-key",
            "stellar-seed",
            "generic-secret",
        ],
        &[
            "APP_KEY=base64:{b43}=",
            "APP_SECRET={h32}",
            "NEXTAUTH_SECRET={b43}=",
            "JWT_SECRET={a40}",
            "APP_KEYS={b22}==,{b22}==",
            "SECRET_KEY_BASE={h128}",
            "SECRET_KEY_BASE={b64}",
            "AIRFLOW__CORE__FERNET_KEY={w43}=",
            "AUTH_KEY='{a20}#[{a20}({a20}'",
            "TOTP_SECRET={Z32}",
            "DEPLOYER_PRIVATE_KEY=0x{h64}",
            "PRIVATE_KEY={h64}",
            "MNEMONIC=\"{words}\"",
            "SEED_PHRASE={words}",
            "BTC_PRIVATE_KEY={wif}",
            "STELLAR_SECRET={stellar}",
        ],
    ),
    (
        "deploy.yml",
        &[
            "kubernetes-secret",
            "ansible-password",
            "wireguard-key",
            "jwk-private",
            "kubeconfig-credential",
            "unix-password-hash",
            "generic-password",
        ],
        &[
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\nstringData:\n  cert-pin: \"{a8}\"\n",
            "ansible_become_password: {a10}",
            "ansible_ssh_pass: '{a10}'",
            "wg_private_key: {wg}",
            "PresharedKey: \"{b42}A=\"",
            "jwk: '{{\"kty\":\"oct\",\"k\":\"{w43}\",\"alg\":\"HS256\"}}'",
            "{{\n \"kty\": \"RSA\",\n \"n\": \"{w80}\",\n \"e\": \"AQAB\",\n \"d\": \"{w80}\"\n}}",
            "contexts: []\nusers:\n- name: a\n  user:\n    client-key-data: {b80}\n",
            "passwd: \"$6${a8}${a86}\"",
        ],
    ),
    (
        "home/.netrc",
        &["netrc-password", "client-file-password"],
        &[
            "machine a.acme.io login ci password {a12}",
            "machine a.acme.io\n  login ci\n  password {a12}",
            "default login anonymous password {a12}",
        ],
    ),
    (
        "clients.xml",
        &[
            "ftp-client-password",
            "saved-session-password",
            "desktop-connection-password",
            "group-policy-password",
            "windows-unattended-password",
            "aspnet-machine-key",
        ],
        &[
            "<Pass encoding=\"base64\">{B:{a12}}</Pass>",
            "<Pass>{a12}</Pass>",
            "<Node Name=\"web\" Type=\"Connection\" Username=\"ops\" Password=\"{b44}\" Hostname=\"web-1\" />",
            "<User name=\"x\"><Properties action=\"U\" cpassword=\"{b43}\" userName=\"ops\"/></User>",
            "<AutoLogon><Password><Value>{b40}==</Value></Password></AutoLogon>",
            "<machineKey validationKey=\"{H128}\" decryptionKey=\"{H64}\" validation=\"SHA1\" />",
        ],
    ),
    (
        "setup.ps1",
        &["windows-secure-string", "generic-password", "windows-unattended-password"],
        &[
            "$p = ConvertTo-SecureString -String '{a12}' -AsPlainText -Force",
            "$p = ConvertTo-SecureString -AsPlainText -Force -String \"{a12}\"",
            "$p = '{a12}' | ConvertTo-SecureString -AsPlainText -Force",
            "$c = New-Object System.Net.NetworkCredential('ops', '{a12}')",
            "reg add \"HKLM\\x\\Winlogon\" /v DefaultPassword /t REG_SZ /d {a12} /f",
        ],
    ),
    (
        "android/key.properties",
        &["mobile-or-build-signing-password", "generic-password"],
        &["storePassword={a12}", "keyPassword={a12}", "server.ssl.key-store-password={a12}"],
    ),
];

/// Texts in which nothing sensitive may be found.
const NOTHING: &[(&str, &[&str])] = &[
    (
        "a.txt",
        &[
            "https://user:pass@example.com/x",
            "https://username:password@host/x",
            "postgres://app:${{DB_PASSWORD}}@db-1/app",
            "https://git.acme.io/x.git",
            "ssh://git@git.acme.io:22/x.git",
            "npm:@scope/name@1.2.3",
            "https://x.acme.io/a:b@c",
            "http://{{{{ user }}}}:{{{{ password }}}}@x/",
            "redis://:$REDIS_PASSWORD@cache-1",
            "postgresql://<user>:<password>@<host>/db",
            "mysql://USER:PASSWORD@HOST/DB",
        ],
    ),
    (
        "appsettings.json",
        &[
            "\"Default\": \"Server=db-1;Integrated Security=true\"",
            "\"Default\": \"Server=db-1;User Id=app;Password=${{PW}}\"",
            "\"Default\": \"Server=db-1;User Id=app;Password=%DB_PW%;\"",
            "\"Default\": \"Server=db-1;User Id=app;Password={{0}};\"",
            "\"Default\": \"Server=db-1;User Id=app;Password=<password>;\"",
        ],
    ),
    (
        "a.sh",
        &[
            "curl -u \"$USER:$PASS\" https://x",
            "curl -u ops https://x",
            "mysql -u root -p app",
            "mysql --password=\"$PW\" app",
            "docker login -u ci --password-stdin",
            "docker login -u ci -p \"${{TOKEN}}\"",
            "sshpass -e ssh ops@web-1",
            "sshpass -p \"$PW\" ssh web-1",
            "mkdir -p /srv/app",
            "docker run --name mysql -p3306:3306 mysql:8",
            "docker exec mysql mkdir -p /var/lib/mysql",
            "mysql -h db -P 3306 -protocol=tcp",
            "ssh -p 2222 ops@web-1",
            "PGPASSWORD=\"$PW\" psql",
            "PGPASSWORD=$(cat /run/secrets/pw) psql",
            "openssl rsa -in a.key -passin env:PW",
            "keytool -list -storepass \"$PW\"",
            "kubectl get secret x -o yaml",
            "docker run -p 8080:80 mysql:8",
            "redis-cli -a \"$REDIS_PW\"",
            "echo \"done\" | sudo tee /etc/x",
            "vault login -method=oidc",
            "htpasswd -c .htpasswd ops",
            "curl -H \"Authorization: Bearer ${{TOKEN}}\" https://x",
            "curl -H \"X-Api-Key: $KEY\" https://x",
            "curl -u user:password https://x",
        ],
    ),
    (
        "router.cfg",
        &[
            "enable secret 5 <removed>",
            "username ops nopassword",
            "service password-encryption",
            "snmp-server community {{{{ snmp_ro }}}} RO",
            "neighbor 10.0.0.4 remote-as 65001",
            "no enable password",
        ],
    ),
    (
        "a.py",
        &[
            "SECRET_KEY = os.environ['SECRET_KEY']",
            "SECRET_KEY = config(\"SECRET_KEY\")",
            "headers = {{'Authorization': f'Bearer {{token}}'}}",
            "headers = {{'Authorization': 'Basic ' + encoded}}",
            "cookie = request.cookies.get('sessionid')",
            "session_key = models.CharField(max_length=40)",
            "jwt_secret = get_secret('jwt')",
            "private_key = load_key(path)",
            "totp = pyotp.TOTP(user.otp_secret)",
            "mnemonic = generate_mnemonic(128)",
        ],
    ),
    (
        "docs.yml",
        &[
            "-----BEGIN PUBLIC KEY-----\n{b64}\n-----END PUBLIC KEY-----",
            "-----BEGIN CERTIFICATE-----\n{b64}\n-----END CERTIFICATE-----",
            "ssh-rsa {b200} ops@web-1",
            "age1{l58}",
            "stringData:\n  password: ${{PW}}\n",
            "kty: RSA\nn: abc\ne: AQAB\n",
            "{{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"{w43}\",\"y\":\"{w43}\"}}",
            "PublicKey: {wg}",
            "password: $6$salt$",
            "ansible_password: \"{{{{ lookup('env', 'PW') }}}}\"",
            "psk: \"{{{{ wifi_psk }}}}\"",
            "commit: {h40}",
            "sha256: {h64}",
            "auth: oauth2",
        ],
    ),
];

#[test]
fn every_form_is_found() {
    let engine = engine();
    let mut wrong = Vec::new();
    for (path, any, lines) in FOUND {
        for line in *lines {
            let text = template::expand(line);
            let found = rules(&engine, path, &text);
            if !found.iter().any(|rule| any.contains(&rule.as_str())) {
                wrong.push(format!("{path}: {line:?} -> {text:?}, found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} missed:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_only_looks_like_a_secret_is_left_alone() {
    let engine = engine();
    let mut wrong = Vec::new();
    for (path, lines) in NOTHING {
        for line in *lines {
            let text = template::expand(line);
            let found = super::scan(&engine, path, text.as_bytes());
            for finding in found {
                let info = engine.rules().info(finding.rule);
                if info.id.starts_with("sensitive/") {
                    wrong.push(format!("{path}: {text:?}: {}", info.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
