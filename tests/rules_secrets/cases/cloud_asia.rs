// SPDX-License-Identifier: MIT OR Apache-2.0
//! Clouds of China and Russia.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case("alibaba-access-key-id", "id: LTAI{a20}", "id: LTAI{a9}"),
    case("alibaba-access-key-id", "accessKeyId: 'LTAI5t{a18}'", "accessKeyId: 'LTAI5t{a28}'"),
    case(
        "alibaba-secret",
        "accessKeyId: LTAI{a20}\naccessKeySecret: {a30}",
        "accessKeyId: LTAI{a20}\naccessKeySecret: {a27}",
    ),
    case("alibaba-secret", "ALIYUN_ACCESS_KEY_SECRET={a30}", "ACME_ACCESS_KEY_SECRET={a30}"),
    case(
        "alibaba-secret",
        "new DefaultAcsClient(\"cn-hangzhou\", \"LTAI{a20}\", \"{a30}\")",
        "new DefaultAcsClient(\"cn-hangzhou\", \"LTAI{a20}\", secret)",
    ),
    case("alibaba-secret", "alicloud_secret_key = \"{a30}\"", "alicloud_secret_key = \"{a34}\""),
    case("alibaba-sts-id", "AccessKeyId: STS.{a24}", "AccessKeyId: STS.{a12}"),
    case("alibaba-sts-id", "\"STS.NU{a22}\"", "\"STS.AssumeRoleWithSamlRequest\""),
    case("tencent-secret-id", "id: AKID{a32}", "id: AKID{a29}"),
    case(
        "tencent-secret-id",
        "TENCENTCLOUD_SECRET_ID=AKID{a32}",
        "TENCENTCLOUD_SECRET_ID=AKID{a40}",
    ),
    case(
        "tencent-secret-key",
        "secretId: AKID{a32}\nsecretKey: {a32}",
        "secretId: AKID{a32}\nsecretKey: {a29}",
    ),
    case("tencent-secret-key", "TENCENTCLOUD_SECRET_KEY={a32}", "ACME_SECRET_KEY={a32}"),
    case(
        "tencent-secret-key",
        "new Credential(\"AKID{a32}\", \"{a32}\")",
        "new Credential(\"AKID{a32}\", key)",
    ),
    case("wechat-app-secret", "appid: wx{h16}\nappsecret: {h32}", "appid: x\nappsecret: {h32}"),
    case("wechat-app-secret", "WECHAT_APP_SECRET={h32}", "WECHAT_APP_SECRET={h29}"),
    case(
        "wechat-app-secret",
        "https://api.weixin.qq.com/cgi-bin/token?grant_type=client_credential&appid=wx{h16}&secret={h32}",
        "https://api.weixin.qq.com/cgi-bin/token?appid=wx{h16}&nonce={h32}",
    ),
    case(
        "huawei-access-key-id",
        "endpoint: obs.cn-north-4.myhuaweicloud.com\nak: {u20}\nsk: {a40}",
        "endpoint: obs.cn-north-4.myhuaweicloud.com\nbucket: {u20}",
    ),
    case("huawei-access-key-id", "HW_ACCESS_KEY=\"{u20}\"", "HW_ACCESS_KEY=\"$AK\""),
    case("huawei-secret-key", "HUAWEICLOUD_SK={a40}", "HUAWEICLOUD_SK={a37}"),
    case(
        "huawei-secret-key",
        "endpoint: obs.cn-north-4.myhuaweicloud.com\nak: {u20}\nsk: {a40}",
        "endpoint: obs.cn-north-4.myhuaweicloud.com\nak: {u20}\ncommit_sk: {h40}",
    ),
    case("huawei-secret-key", "HW_SECRET_KEY=\"{a40}\"", "HW_SECRET_KEY=\"$SK\""),
    case("baidu-access-key", "ak: ALTAK-{a21}", "ak: ALTAK-{a15}"),
    case("baidu-access-key", "BAIDU_ACCESS_KEY=ALTAK{a21}", "BAIDU_ACCESS_KEY=ALTAK{a30}"),
    case(
        "baidu-secret-key",
        "access_key: ALTAK-{a21}\nsecret_key: {h32}",
        "access_key: ALTAK-{a21}\nmd5: {h32}",
    ),
    case("baidu-secret-key", "BAIDU_SECRET_KEY={h32}", "ACME_SECRET_KEY={h32}"),
    case("volcengine-access-key", "k: AKLT{a44}", "k: AKLT{a37}"),
    case("volcengine-access-key", "VOLC_ACCESSKEY=AKLT{a43}", "VOLC_ACCESSKEY=AKLTX{a20}"),
    case(
        "volcengine-secret",
        "access_key: AKLT{a44}\nsecret_key: {b58}==",
        "access_key: AKLT{a44}\nsecret_key: {h20}",
    ),
    case("volcengine-secret", "VOLC_SECRETKEY={b58}==", "VOLC_SECRETKEY=$VOLC_SK"),
    case(
        "yandex-iam-token",
        "Authorization: Bearer t1.9{w120}.{w86}==",
        "Authorization: Bearer t1.9{w120}.{w60}",
    ),
    case("yandex-oauth-token", "t: y0_{w58}", "t: y0_{w30}"),
    case(
        "yandex-oauth-token",
        "yandex_disk_token = \"y0_Ag{w54}\"",
        "yandex_disk_token = \"y1_Ag{w54}\"",
    ),
    case("yandex-cloud-key", "k: AQVN{w36}", "k: AQVN{w30}"),
    case(
        "yandex-cloud-key",
        "Authorization: Api-Key AQVN{w36}",
        "Authorization: Api-Key AQVN{w50}",
    ),
    case(
        "yandex-static-key-id",
        "access_key = YCA{w22}\nendpoint = storage.yandexcloud.net",
        "path = YCA{w22}",
    ),
    case("yandex-static-key-id", "AWS_ACCESS_KEY_ID=YCAJE{w20}", "AWS_ACCESS_KEY_ID=YCAJE{w26}"),
    case("yandex-static-secret", "secret_key = YC{w38}", "secret_key = YC{w35}"),
    case(
        "yandex-static-secret",
        "YANDEX_SECRET_ACCESS_KEY=\"YCN{w37}\"",
        "YANDEX_SECRET_ACCESS_KEY=\"$YCN\"",
    ),
];
