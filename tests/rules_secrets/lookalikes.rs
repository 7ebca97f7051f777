// SPDX-License-Identifier: MIT OR Apache-2.0
//! What only looks like one of the structural formats.

use super::{engine, template};

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
        "db/procedures.sql",
        &[
            "    [MasterPassword] = @MasterPassword,",
            "UPDATE users SET password = :new_password WHERE id = 7;",
        ],
    ),
    (
        "client/login.go",
        &[
            "\t\tIdentityToken: registryConfig.IdentityToken,",
            "\t\tRegistryToken: n.c.nodeRegistryToken2(),",
            "\tsess.JwtSecret = base64_urldecode2(content)",
        ],
    ),
    ("driver.go", &["linodeDriverChecksum := \"{h64}\"", "linodeDriverChecksum = \"{h64}\""]),
    ("Model.java", &["        this.authPassphrase = authPassphrase;"]),
    ("models.rb", &["    :remember_token, :unconfirmed_email2, :failed_attempts]"]),
    ("ci.yml", &["  BUNDLE_GITHUB__COM: username:password"]),
    ("src/env.ts", &["  identityToken: 'ACME_CLI_IDENTITY_TOKEN',"]),
    (
        "src/serve.ts",
        &[
            "const ok = await verify(JWT_SECRET, JWKS_ENDPOINT2, token);",
            "ref.current = {{sessionKey, seenBefore2: false}}",
            "notify(targets, outbound.sessionId, device.curve25519Key, code)",
            "const key = {{kty: \"oct\", k: op_node_export_key_b64url2(this[h])}};",
            "const key = {{kty: \"oct\", k: \"AQIDBAUGBwgJCgsMDQ4PEA\"}};",
        ],
    ),
    ("db/data.sql", &["INSERT INTO tenants (id, jwt_secret, max_users_2, inserted_at)"]),
    ("web/app.js", &["x={{sessionData:null,sessionKeys:null,startOffset2:null}}"]),
    ("config/runtime.exs", &["live_view: [signing_salt: System.fetch_env!(\"SALT_2\")],"]),
    ("consul.hcl", &["consul {{ token = \"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\" }}"]),
    ("nomad_test.go", &["consul.Token = \"badc0deb-adc0-deba-dc0d-ebadc0debadc\""]),
    ("docs/consul.html", &["consul token: <a href=\"#{U}\">more</a>"]),
    (
        "res/Main.resx",
        &["{b76}/+\nAAAAAAAAAAAAAAAAAAAAAAAA{b60}\n{b76}/+", "{b76}EAAB{a110}+/{b76}"],
    ),
    ("design/scheme.mwb", &["x"]),
    ("seeds/mock-recovery-codes-1.txt", &["EXAMPLE"]),
    ("docs/orders.md", &["\"token\": \"acme_cst_abc123xyz\","]),
    ("src/make.ts", &["  client_secret: 'cs_test_123',"]),
    ("src/sign.py", &["\"?X-Amz-Credential=__call__%2F20220513%2Feu-1%2Fq%2Faws4_request\""]),
    ("Send.cs", &["        IValidator<ResourcePassword> _sendPasswordRequestValidator,"]),
    ("lib/sessions.api", &["\tpublic static final fun sessionId (Lio/acme/server/Call;)V"]),
    ("publish.txt", &["io.acme:server-auth-api-key-watchosx64/.klib"]),
    ("contracts.json", &["\"token\": \"0x{h40}\""]),
    (
        "data_bags/db.json",
        &["{{\"password\": {{\"iv\": \"{b16}\", \"version\": 3, \"cipher\": \"aes-256-gcm\"}}}}"],
    ),
    ("bom.xml", &["<name>secret-service</name>\n<version>1.8.1-jdk17</version>"]),
    (
        "postinst.sh",
        &[r"sed -i 's/^(\w+)\.password=default\.encryption\.password$/\1.password=x/' conf"],
    ),
    ("src/rlm.c", &["\t\tpsk = token_psk_of_device;", "  psk=config.get(ATTR_PSK, None),"]),
    ("agent.conf", &["# token = \"eyJhbGc...Qssw5c\""]),
    ("conf/locale/locale_zh-CN.ini", &["auths.bind_password=绑定密码"]),
    ("db/structure.sql", &["COPY public.schema_migrations (version, dirty) FROM stdin;"]),
    (
        "Search.java",
        &[
            "context.tokenFilter(\"edge_ngram_2_20\").type(\"edge_ngram\");",
            "public static final String PREFERENCE_PASSCODE_D1 = \"PrefPinCode1\";",
        ],
    ),
    ("fake.ex", &["      idempotency_token: \"78114608-be8a-465a-b9cd-81970fb802c6\","]),
    ("cacher.go", &["req.Header.Set(\"Authorization\", \"Bearer \"+idTokenRequestToken)"]),
    (
        "node.json",
        &[
            "\"machine_key\": \"privkey:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210\"",
        ],
    ),
    (".gitconfig", &["[user]\n\tsigningkey = {H16}"]),
    ("rum.js", &["  clientToken: 'pub{h32}',"]),
    ("appveyor.yml", &["environment:\n  token:\n    secure: {b43}="]),
    (
        "auth.py",
        &[
            "# password: the password of the user",
            "# token: Uint8Array",
            "# password: string123",
            "# secret = get_secret(name)",
            "# api_key: settings.API_KEY",
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
    (
        "app/i18n/locales/fi.json",
        &[
            "  \"E2EE_password\": \"E2EE-salasana\",",
            "  \"Password\": \"Salasana\",",
            "  \"Enter_Password\": \"\u{8f38}\u{5165} E2EE \u{5bc6}\u{78bc}\u{ff01}\",",
        ],
    ),
    ("lang/eu/auth.php", &["    'password' => 'Pasahitza',"]),
    (
        "app/rules.php",
        &["'password' => 'required|alpha_dash|string|max:255',", "'password' => 'nullable|min:8',"],
    ),
    (
        "templates/secret.yaml",
        &[
            "{{{{- $password := .Values.jobs.previousPasswords.password }}}}",
            "{{{{- $rootPassword := .Values.rootPassword }}}}",
            "key-password: {{{{ include \"x.manage\" (list \"a.keyPassword\") \"context\" }}}}",
            "## DEPRECATED ldap.bind_password: please use 'ldap.bindpw' instead",
            "## List of `username:password` or `username:bcrypted_password` combinations",
            "passwordMtime: \"2006-01-02T15:04:05Z\"",
            "initialClusterToken: \"etcd-cluster-k8s\"",
        ],
    ),
    (
        "facts.j2",
        &["output['password'] = instance['password']", "out['token'] = call(\"x1y2z3w4v5u6\")"],
    ),
    (
        "README.md",
        &["Add parameters such as `existingSecret`, `containerPorts.*` or `lifecycleHooks`."],
    ),
    ("test_infra.py", &["if args.token == \"aws:ec2/getVpc:getVpc\":"]),
    (
        "Provider.java",
        &[
            "f(OAuth2Authorization authorization, OAuth2AuthorizationCodeRequestAuthenticationToken x)",
        ],
    ),
    (
        "catalogo.json",
        &["\"ClaveUnidad\": \"H87\",", "\"clave\": \"Precio\",", "\"jeton\": \"Joueur\","],
    ),
    ("receta.yml", &["pepper: black-2", "salt: coarse", "cle_primaire: id_client"]),
    ("fit.R", &["token <- readLines(con)", "password <- Sys.getenv(\"DB_PW\")"]),
    (
        "Makefile",
        &["TOKEN ?= $(shell gh auth token)", "SECRET_FILES := x9.enc", "\tPASSWORD = ask k8Vq2"],
    ),
    (
        "src/login.go",
        &["// the password is sha256-hashed", "// password: string of 8 to 64 characters"],
    ),
    ("hosts.csv", &["host,password_hint\nweb-1,dog\n", "user,pwd\nops,${{PW}}\n"]),
    ("settings.json", &["\"Db\": \"Host=localhost;Username=app;Password=yourWeak(!)Password\""]),
    (
        "tasks.yml",
        &[
            "etherpad_session_key: '{{{{ lookup(\"password\", dir\n  + \"/session_key chars=ascii_letters,numbers,digits,hexdigits length=30\") }}}}'",
        ],
    ),
    ("Metadata.cs", &["public ICollection<Company> Companies => Networks;"]),
    (
        "PgpUtils.java",
        &["Pattern.compile(\".*?(-----BEGIN PGP MESSAGE-----.*?-----END PGP MESSAGE-----).*\")"],
    ),
    ("a.rb", &["%{{<a href=\"sms:+015155555785;\">5155555785</a>}}"]),
    (
        "variables.tf",
        &["variable \"db_password\" {{\n  type = string\n  default = \"admin/db_password\"\n}}"],
    ),
    ("input.svelte", &["<button on:click={{noop}}>click</button>"]),
    ("api.php", &["const LIVE_SECRET_KEY = 'sk_live_key_123';"]),
    (
        "docs/upgrade.md",
        &[
            "These hold `replicaCount=2`, `ejbcaAdminPassword=dbPassword`, `a.password=dbPassword`.",
            "Pass `--from-literal=keystore-password=KEYSTORE_PASSWORD` and the rest.",
        ],
    ),
    ("locales/nn.json", &["\"E2EE_password\": \"E2EE-passord\","]),
    ("build-aux/config.guess", &["# From Ada.Lovelace@stratus.com."]),
    (
        "main.yml",
        &["tags: [ 'role::mosquitto:config', 'role::mosquitto:passwd', 'role::mosquitto:acl' ]"],
    ),
    ("settings.ini", &["# or, if using a password: HOST:PORT:DATABASE:PASSWORD"]),
    ("Register.php", &["'password' => \"barryIsTheBest{{$i}}\","]),
    ("form.html", &["<input type=\"hidden\" name=\"csrfmiddlewaretoken\" value=\"{a64}\">"]),
    ("composer.lock", &["\"email\": \"ada.lovelace@gmail.com\""]),
    ("src/keys.rs", &["    #[buffer] passphrase: Option<&[u8]>,"]),
    ("Decoder.java", &["public Mono<UserPassword> decode(Publisher<Buffer> input, Type type) {{"]),
    ("Command.php", &["  <info>php %command.full_name% [password] 'App\\Entity\\User'</info>"]),
    ("common.go", &["\tPasswordPatten = `^.{{8,32}}$`"]),
    ("slice.ts.ejs", &["export const PasswordSlice = createSlice({{"]),
    ("Plugin.php", &["'Template.user.afterPassword' => 'render2FaSettings',"]),
    (
        "static/translations/fi-3b1f.json",
        &["\"wifi_password\":\"Wi-Fi salasana\"", "\"keystore-password\": \"Avaimen sana\""],
    ),
    ("app.yml", &["    key_store_password: \"${{KEY_STORE_PASSWORD:server_store_password}}\""]),
    (
        "deploy.yml",
        &[
            "client_secret: YWNtZS13ZWItY2xpZW50LXNlY3JldA==",
            "secret: WVMxelpXTnlaWFF0ZEc5clpXNHRkRzh0WTJoaGJtZGxMV0psWm05eVpTMTFjMlU9",
            "token: aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
            "api_key: 48E92789-57A3-466A-9959-1A1A1A1A1A1A",
        ],
    ),
    (
        "plugin.py",
        &[
            "#   ring://PhoneNo:JWTToken@ClientID/ClientSecret",
            "url = 'https://x.acme.io/?token=AaBbCcDd%3D%3D'",
            "go('http://localhost:1337@8675309')",
        ],
    ),
    ("messages.xlf", &["<trans-unit id=\"4539718204629173059\"> card"]),
    (
        ".github/workflows/ci.yml",
        &["  DB: \"Host=db;Username=app;Password=SET_A_PASSWORD_HERE_123;Database=shop\""],
    ),
    ("page.json", &["\"of tokens) with 3D printed version of them<a href=\\\"#{U}\\\">\""]),
    (
        "lookup.py",
        &[
            "{{{{ lookup('keeper', 'a_test', field='password', collection_id='{U}') }}}}",
            "hostvars.update({{'ansible_password': str(metadata['password'])}})",
            "if not secret.metadata.name.startswith('sh.helm.release.v1.'):",
        ],
    ),
    ("turn.conf.j2", &["# user=<db-user> password=<database-user-password> connect_timeout=30\""]),
    ("common.sh", &["gs -o Credentials:gs_json_port=4443 -o Boto:check=False\""]),
    ("kitchen.yml", &["    private_key: test/id_ed25519", "    auth_key: 'k8s_wikikube'"]),
    ("manifests/postfix/mx.pp", &["    include profile::mail::relay"]),
    ("schema.sql", &["CREATE TABLE shops (id int);\n-- Dump completed on 2024-05-01"]),
    ("auth.go", &["defaultPassword = \"Hello, world!\""]),
];

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

/// What stands beside those that are none still counts.
#[test]
fn what_is_like_them_is_found() {
    let engine = engine();
    for (path, text) in [
        ("conf/ldap.ini", "bind_password=k8Vq{a10}"),
        ("db/structure.sql", "COPY public.accounts (id, name) FROM stdin;"),
        ("fake.ex", "access_token: \"{a40}\""),
        ("cacher.go", "req.Header.Set(\"Authorization\", \"Bearer {a40}\")"),
        ("node.json", "\"private_key\": \"0x{h64}\""),
        ("db/procedures.sql", "    [MasterPassword] = '@k8Vq{a10}',"),
        ("docs/orders.md", "\"token\": \"acme_cst_{a24}\","),
        ("src/make.ts", "  client_secret: 'cs_test_{a24}',"),
        ("view.jsx", "<Password>k8Vq{a10}</Password>"),
        ("lib/session.txt", "sessionid={l32}"),
        ("publish.txt", "api-key: {a32}"),
        ("src/keys.rs", "    #[buffer] passphrase: \"k8Vq{a10}\","),
        ("static/translations/fi-3b1f.json", "\"wifi_password\":\"k8Vq{a10}\""),
        ("app.yml", "    key_store_password: \"${{KEY_STORE_PASSWORD:k8Vq{a10}}}\""),
        ("deploy.yml", "token: {U}"),
        ("kitchen.yml", "    auth_key: 'k8s_{a24}'"),
        ("lookup.py", "os.environ.get('password', default='k8Vq{a10}')"),
        ("turn.conf.j2", "<password>k8Vq{a10}</password>"),
        ("app/release.keystore", "store"),
        ("plugin.py", "x = 'ring://PhoneNo:k8Vq{a10}@gate.acme.io/x'"),
    ] {
        let text = template::expand(text);
        assert!(!super::scan(&engine, path, text.as_bytes()).is_empty(), "{path}: {text}");
    }
}
