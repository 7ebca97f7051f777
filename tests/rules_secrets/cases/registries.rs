// SPDX-License-Identifier: MIT OR Apache-2.0
//! Package and image registries.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case("npm-token", "//registry.npmjs.org/:_authToken={gh:npm_}", "t: npm_{a20}"),
    case("npm-token", "NPM_TOKEN: {gh:npm_}", "NPM_TOKEN: npm_config_registry_of_the_company_x"),
    case(
        "npmrc-credential",
        "//npm.corp.example/:_authToken={U}",
        "//npm.corp.example/:_authToken=${{NPM_TOKEN}}",
    ),
    case("npmrc-credential", "_auth={B:deploy:{a14}}", "_auth_type={a20}"),
    case(
        "npmrc-credential",
        "//npm.corp.example/:_password={B:{a14}}",
        "//npm.corp.example/:always-auth=true",
    ),
    case(
        "npmrc-credential",
        "npm config set //npm.corp.example/:_authToken {U}",
        "npm config set //npm.corp.example/:_authToken $NPM_TOKEN",
    ),
    case("npm-legacy-token", "NPM_TOKEN={U}", "NPM_TOKEN={h32}"),
    case("npm-legacy-token", "npmAuthToken: \"{U}\"", "npmAuthToken: \"${{NPM}}\""),
    case(
        "npm-legacy-token",
        "- name: NPM_AUTH_TOKEN\n  value: {U}",
        "- name: NPM_TASK\n  value: {U}",
    ),
    case("pypi-token", "t: {pypi}", "t: pypi-AgEIcHlwaS5vcmc{w40}"),
    case(
        "pypi-token",
        "[pypi]\nusername = __token__\npassword = {pypi}",
        "[pypi]\nusername = __token__\npassword = pypi-AgEIcHlwaS5vcmc...",
    ),
    case(
        "testpypi-token",
        "TWINE_PASSWORD={testpypi}",
        "TWINE_PASSWORD=pypi-AgENdGVzdC5weXBpLm9yZw{w20}",
    ),
    case("crates-io-token", "token = \"cio{a32}\"", "token = \"cio{a29}\""),
    case("crates-io-token", "cargo login cio{a32}", "spec cio{a32}"),
    case(
        "crates-io-token",
        "CARGO_REGISTRY_TOKEN=cio{a32}",
        "CARGO_REGISTRY_TOKEN=cioAsyncioEventLoopImplementation",
    ),
    case("rubygems-key", "k: rubygems_{h48}", "k: rubygems_{h45}"),
    case("rubygems-key", ":rubygems_api_key: rubygems_{h48}", ":rubygems_api_key: rubygems_key"),
    case("nuget-key", "k: oy2{z16}q{z25}m", "k: oy2{z40}"),
    case(
        "nuget-key",
        "dotnet nuget push a.nupkg --api-key oy2{z43}",
        "dotnet nuget push a.nupkg --api-key oy2{z50}",
    ),
    case(
        "nuget-clear-password",
        "<add key=\"ClearTextPassword\" value=\"{a20}\" />",
        "<add key=\"ClearTextPassword\" value=\"%FEED_TOKEN%\" />",
    ),
    case("docker-hub-token", "t: dckr_pat_{w27}", "t: dckr_pat_{w24}"),
    case(
        "docker-hub-token",
        "echo dckr_oat_{w30} | docker login -u org --password-stdin",
        "echo dckr_oat_{w20} | docker login",
    ),
    case("docker-hub-legacy-token", "DOCKERHUB_TOKEN={U}", "DOCKER_BUILD_ID={U}"),
    case(
        "docker-hub-legacy-token",
        "docker login -u deploy -p {U}",
        "docker run -p 80:80 --name {U}",
    ),
    case(
        "docker-hub-legacy-token",
        "- name: DOCKER_PASSWORD\n  value: {U}",
        "- name: DOCKER_RUN\n  value: {U}",
    ),
    case(
        "docker-registry-auth",
        "{{\"auths\": {{\"registry.corp.example\": {{\"auth\": \"{B:deploy:{a16}}\"}}}}}}",
        "{{\"auths\": {{\"registry.corp.example\": {{\"auth\": \"{b23}!\"}}}}}}",
    ),
    case(
        "docker-registry-auth",
        "\"auths\": {{\n \"r.corp.example\": {{\n  \"auth\": \"{B:ci:{a20}}\"",
        "\"auths\": {{\n \"r.corp.example\": {{\n  \"auth\": \"{B:{a20}}\"",
    ),
    case("artifactory-key", "k: AKCp{P69}", "k: AKCp{P66}"),
    case(
        "artifactory-key",
        "-H \"X-JFrog-Art-Api: AKCp{P69}\"",
        "-H \"X-JFrog-Art-Api: AKCp{P80}\"",
    ),
    case("artifactory-reference-token", "k: {B:reftkn:01:{d10}:{a27}}", "k: cmVmdGtu{a52}"),
    case(
        "artifactory-reference-token",
        "JFROG_ACCESS_TOKEN=cmVmdGtu{a56}",
        "JFROG_ACCESS_TOKEN=cmVmdGtu{a60}",
    ),
    case("clojars-token", "k: CLOJARS_{l60}", "k: CLOJARS_{l57}"),
    case("packagist-token", "k: packagist_out_{h68}", "k: packagist_out_{h65}"),
    case(
        "packagist-token",
        "\"password\": \"packagist_cut_{h68}\"",
        "\"password\": \"packagist_xut_{h68}\"",
    ),
    case("packagist-read-token", "k: packagist_ort_{h68}", "k: packagist_ort_{h60}"),
    case("open-vsx-token", "k: ovsxp_{U}", "k: ovsxp_{h8}"),
    case("open-vsx-token", "npx ovsx publish -p ovsxat_{U}", "npx ovsx publish -p ovsx_{U}"),
    case("hex-key", "HEX_API_KEY={h32}", "HEX_API_KEY={h29}"),
    case("hex-key", "hexApiKey: \"{h32}\"", "hex_key = \"{h32}\""),
    case(
        "hex-key",
        "curl -H \"Authorization: {h32}\" https://hex.pm/api/users/me",
        "curl https://hex.pm/api/packages/{h32}",
    ),
    case("cloudsmith-key", "k: csa_{h30}{a6}", "k: csa_{h30}"),
    case("cloudsmith-legacy-key", "CLOUDSMITH_API_KEY={h40}", "CLOUDSMITH_API_KEY={h36}"),
    case(
        "cloudsmith-legacy-key",
        "curl -H \"X-Api-Key: {h40}\" https://api.cloudsmith.io/v1/user/self/",
        "curl https://dl.cloudsmith.io/{h40}/x",
    ),
    case("deno-token", "k: ddp_{a36}", "k: ddp_{a33}"),
    case("deno-token", "JSR_TOKEN=jsrp_{a36}", "JSR_TOKEN=jsrx_{a36}"),
    case("deno-token", "DENO_DEPLOY_TOKEN=\"ddw_{a36}\"", "DENO_DEPLOY_TOKEN=\"ddw_{a46}\""),
    case(
        "docker-swarm-token",
        "docker swarm join --token SWMTKN-1-{l50}-{l25}",
        "docker swarm join --token SWMTKN-1-{l50}-{l22}",
    ),
    case("docker-swarm-token", "unlock: SWMKEY-1-{b43}", "unlock: SWMKEY-1-{b40}"),
    Case::new("deno-token", "DENO_DEPLOY_TOKEN=ddo_{a36}", "DENO_DEPLOY_TOKEN=ddx_{a36}"),
];
