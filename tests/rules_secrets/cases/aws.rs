// SPDX-License-Identifier: MIT OR Apache-2.0
//! Amazon Web Services and Amazon sellers.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case("aws-access-key-id", "id = AKIA{Z16}", "id = AKIA{Z13}"),
    case("aws-access-key-id", "\"accessKeyId\": \"AKIA{Z16}\"", "\"userId\": \"AIDA{Z16}\""),
    case(
        "aws-access-key-id",
        "?X-Amz-Credential=AKIA{Z16}/20260101/eu-west-1/s3",
        "checksum {b12}AKIA{Z16}{b9}",
    ),
    case("aws-temporary-key-id", "id = ASIA{Z16}", "id = ASIA{Z13}"),
    case("aws-temporary-key-id", "AWS_ACCESS_KEY_ID=ASIA{Z16}", "role = AROA{Z16}"),
    case("aws-service-key-id", "id = ABIA{Z16}", "id = ABIA{Z13}"),
    case("aws-service-key-id", "\"key\": \"ACCA{Z16}\"", "\"key\": \"APKA{Z16}\""),
    case("aws-legacy-key-id", "id = A3TX{Z16}", "id = A3TX{Z13}"),
    case("aws-secret-access-key", "aws_secret_access_key = {b40}", "aws_secret_access_key = {h40}"),
    case(
        "aws-secret-access-key",
        "\"SecretAccessKey\": \"{b40}\"",
        "\"SecretAccessKey\": \"{b43}\"",
    ),
    case(
        "aws-secret-access-key",
        "- name: AWS_SECRET_ACCESS_KEY\n  value: \"{b40}\"",
        "- name: AWS_SECRET_ACCESS_KEY\n  value: \"/usr/local/share/ca-certificates/extras\"",
    ),
    case(
        "aws-secret-access-key",
        "<awsSecretKey>{b40}</awsSecretKey>",
        "<awsSecretKey>${{AWS_SECRET}}</awsSecretKey>",
    ),
    case(
        "aws-secret-access-key",
        "os.environ['AWS_SECRET_ACCESS_KEY'] = '{b40}'",
        "os.environ['AWS_SECRET_ACCESS_KEY'] = get_secret('a/b')",
    ),
    case(
        "aws-secret-beside-key-id",
        "key: AKIA{Z16}\nsecret: {b40}",
        "key: AKIA{Z16}\ncommit_key: {h40}",
    ),
    case(
        "aws-secret-beside-key-id",
        "new BasicAWSCredentials(\"AKIA{Z16}\", \"{b40}\")",
        "new BasicAWSCredentials(\"AKIA{Z16}\", \"{b36}\")",
    ),
    case("aws-secret-beside-key-id", "deploy,AKIA{Z16},{b40}", "deploy,AKIA{Z16},{b44}"),
    case(
        "aws-secret-beside-key-id",
        "s3://AKIA{Z16}:{b40}@backups/x",
        "s3://AKIA{Z16}:x@backups/{b41}",
    ),
    case("aws-session-token", "aws_session_token={b180}", "aws_session_token={b60}"),
    case("aws-session-token", "\"SessionToken\": \"{b240}==\"", "\"SessionToken\": \"{b80}==\""),
    case(
        "aws-session-token",
        "&X-Amz-Security-Token={b200}%3D&X-Amz-Date=1",
        "&X-Amz-Security-Token={b40}%3D",
    ),
    case(
        "aws-session-token-head",
        "token: IQoJb3JpZ2luX2Vj{b300}=",
        "token: IQoJb3JpZ2luX2Vj{b60}=",
    ),
    case("aws-session-token-head", "t = 'FwoGZXIvYXdzE{b220}'", "t = 'FwoGZXIvYXdzE{b20}'"),
    case("aws-bedrock-key", "key: ABSK{B:BedrockAPIKey-{l4}-at-{d12}:{b60}}", "key: ABSK{b80}"),
    case(
        "aws-bedrock-key",
        "AWS_BEARER_TOKEN_BEDROCK=ABSK{b132}",
        "AWS_BEARER_TOKEN_BEDROCK=ABSK{b90}",
    ),
    case(
        "aws-bedrock-short-key",
        "k = bedrock-api-key-{B:bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature={h64}&Version=1}",
        "k = bedrock-api-key-{b20}",
    ),
    case("aws-mws-token", "t = amzn.mws.{U}", "t = amzn.mws.{h8}"),
    case(
        "aws-mws-token",
        "\"MWSAuthToken\": \"amzn.mws.{U}\"",
        "\"MWSAuthToken\": \"amzn.mws.{h32}\"",
    ),
    case("amazon-selling-partner-secret", "s = amzn1.oa2-cs.v1.{h64}", "s = amzn1.oa2-cs.v1.{h61}"),
    case(
        "amazon-selling-partner-secret",
        "LWA_CLIENT_SECRET=amzn1.oa2-cs.v1.{h64}",
        "LWA_CLIENT_ID=amzn1.application-oa2-client.{h32}",
    ),
    case("amazon-refresh-token", "refresh_token: \"Atzr|{w220}\"", "refresh_token: \"Atzr|{w40}\""),
    case("aws-appsync-key", "key = da2-{l26}", "key = da2-{l23}"),
    case("aws-appsync-key", "\"x-api-key\": \"da2-{l26}\"", "\"x-api-key\": \"da2-{l26}-{l4}\""),
    case(
        "aws-ses-smtp-password",
        "host: email-smtp.eu-west-1.amazonaws.com\npassword: B{b43}",
        "host: email-smtp.eu-west-1.amazonaws.com\npassword: B{b40}",
    ),
    case("aws-ses-smtp-password", "SES_SMTP_PASSWORD=B{b43}", "SES_SMTP_PASSWORD=C{b43}"),
    case(
        "aws-ses-smtp-password",
        "'host' => 'email-smtp.us-east-1.amazonaws.com',\n'username' => 'x',\n'password' => 'B{b43}',",
        "'host' => 'mail.corp.example',\n'password' => 'B{b43}',",
    ),
    case(
        "aws-signed-url",
        "https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature={h64}",
        "https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature={h61}",
    ),
    case(
        "aws-signed-url",
        "https://b.s3.amazonaws.com/k?AWSAccessKeyId=AKIA{Z16}&Expires=1767225600&Signature={b27}%3D",
        "https://b.s3.amazonaws.com/k?AWSAccessKeyId=AKIA{Z16}&Expires=1767225600",
    ),
];
