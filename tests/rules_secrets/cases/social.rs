// SPDX-License-Identifier: MIT OR Apache-2.0
//! Social networks.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("meta-token", "t: EAA{a160}", "t: EAA{a40}"),
    Case::new(
        "meta-token",
        "https://graph.facebook.com/me?access_token=EAAB{a180}ZDZD",
        "t: EAA{a40}",
    ),
    Case::new("meta-token", "t: IGQ{a140}", "t: EAA{a40}"),
    Case::new("meta-app-token", "FACEBOOK_APP_TOKEN={d16}|{w27}", "FACEBOOK_APP_TOKEN={d16}|{w20}"),
    Case::new(
        "meta-app-token",
        "https://graph.facebook.com/x?access_token={d15}%7C{w27}",
        "FACEBOOK_APP_TOKEN={d16}|{w20}",
    ),
    Case::new("meta-app-secret", "FACEBOOK_APP_SECRET={h32}", "FACEBOOK_APP_HASH={h32}"),
    Case::new(
        "meta-app-secret",
        "facebook:\n  appId: {d15}\n  appSecret: {h32}",
        "FACEBOOK_APP_HASH={h32}",
    ),
    Case::new("twitter-token", "t: AAAAAAAAAAAAAAAAAAAAA{a60}", "t: AAAAAAAAAAAAAAAAAAAAA{a20}"),
    Case::new(
        "twitter-token",
        "curl -H \"Authorization: Bearer AAAAAAAAAAAAAAAAAAAAAA{a20}%3D{a60}\"",
        "t: AAAAAAAAAAAAAAAAAAAAA{a20}",
    ),
    Case::new(
        "twitter-access-token",
        "TWITTER_ACCESS_TOKEN={d10}-{a40}",
        "TWITTER_ACCESS_TOKEN={d10}-{a36}",
    ),
    Case::new(
        "twitter-access-token",
        "auth.set_access_token(\"{d18}-{a40}\", \"{a45}\")",
        "TWITTER_ACCESS_TOKEN={d10}-{a36}",
    ),
    Case::new("twitter-secret", "TWITTER_CONSUMER_SECRET={a50}", "TWITTER_HANDLE={a50}"),
    Case::new("twitter-secret", "TWITTER_ACCESS_TOKEN_SECRET={a45}", "TWITTER_HANDLE={a50}"),
    Case::new(
        "twitter-secret",
        "auth = tweepy.OAuthHandler(\"{a25}\", \"{a50}\")",
        "TWITTER_HANDLE={a50}",
    ),
    Case::new("twitter-consumer-key", "TWITTER_CONSUMER_KEY={a25}", "TWITTER_LIST={a25}"),
    Case::new("twitter-consumer-key", "TWITTER_API_KEY={a25}", "TWITTER_LIST={a25}"),
    Case::new("linkedin-secret", "t: WPL_AP1.{a16}.{b6}==", "t: WPL_AP1.{a16}.{b3}=="),
    Case::new("linkedin-secret", "t: WPL_AP1.{a16}.{b6}==", "LINKEDIN_CLIENT_ID={l14}"),
    Case::new("linkedin-secret-legacy", "LINKEDIN_CLIENT_SECRET={a16}", "LINKEDIN_CLIENT_ID={l14}"),
    Case::new("spotify-secret", "SPOTIFY_CLIENT_SECRET={h32}", "SPOTIFY_CLIENT_ID={h32}"),
    Case::new(
        "spotify-secret",
        "spotify:\n  client_id: {h32}\n  client_secret: {h32}",
        "SPOTIFY_CLIENT_ID={h32}",
    ),
    Case::new("twitch-token", "TWITCH_CLIENT_SECRET={l30}", "TWITCH_CLIENT_ID={l30}"),
    Case::new(
        "twitch-token",
        "# irc.chat.twitch.tv\nPASS = \"oauth:{l30}\"",
        "TWITCH_CLIENT_ID={l30}",
    ),
    Case::new("reddit-secret", "REDDIT_CLIENT_SECRET={w27}", "REDDIT_USER_AGENT={w27}"),
    Case::new(
        "reddit-secret",
        "reddit = praw.Reddit(client_id=\"{w14}\", client_secret=\"{w30}\")",
        "REDDIT_USER_AGENT={w27}",
    ),
    Case::new("tiktok-secret", "TIKTOK_CLIENT_SECRET={l32}", "TIKTOK_CLIENT_KEY={l18}"),
    Case::new("tiktok-secret", "TIKTOK_APP_SECRET={h40}", "TIKTOK_CLIENT_KEY={l18}"),
];
