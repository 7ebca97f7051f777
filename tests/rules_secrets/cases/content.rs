// SPDX-License-Identifier: MIT OR Apache-2.0
//! Content, maps, media and data services.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("algolia-key", "ALGOLIA_ADMIN_API_KEY={h32}", "ALGOLIA_INDEX={h32}"),
    Case::new("algolia-key", "algoliasearch(\"{u10}\", \"{h32}\")", "ALGOLIA_INDEX={h32}"),
    Case::new(
        "algolia-search-key",
        "searchOnlyApiKey: '{h32}',",
        "searchOnlyApiKey: process.env.KEY,",
    ),
    Case::new(
        "docsearch-key",
        "  algolia: {{\n    appId: '{u10}',\n    apiKey: '{h32}',\n    indexName: 'docs',\n    contextualSearch: true,\n",
        "  algolia: {{\n    appId: '{u10}',\n    apiKey: '{h32}',\n    indexName: 'docs',\n  }},\n",
    ),
    Case::new(
        "docsearch-key",
        "docsearch({{\n  apiKey: '{h32}',\n",
        "docsearch({{\n  apiKey: key,\n",
    ),
    Case::new("algolia-search-key", "ALGOLIA_SEARCH_KEY={h32}", "ALGOLIA_SEARCH_INDEX={h30}"),
    Case::new("mapbox-token", "t: {mapbox:sk}", "t: sk.eyJ{w60}.{w19}"),
    Case::new("mapbox-token", "t: sk.eyJ{w60}.{w22}", "t: sk.eyJ{w60}.{w19}"),
    Case::new("mapbox-token", "t: {mapbox:tk}", "t: sk.eyJ{w60}.{w19}"),
    Case::new("mapbox-public-token", "t: {mapbox:pk}", "t: pk.eyJ{w60}.{w19}"),
    Case::new("contentful-token", "t: CFPAT-{w43}", "t: CFPAT-{w40}"),
    Case::new(
        "contentful-delivery-token",
        "CONTENTFUL_ACCESS_TOKEN={w43}",
        "CONTENTFUL_SPACE={w43}",
    ),
    Case::new(
        "contentful-delivery-token",
        "contentful.createClient({{space: \"x\", accessToken: \"{w43}\"}})",
        "CONTENTFUL_SPACE={w43}",
    ),
    Case::new(
        "cloudinary-url",
        "u: cloudinary://{d15}:{w27}@demo",
        "u: cloudinary://{d15}:{w12}@demo",
    ),
    Case::new("cloudinary-secret", "CLOUDINARY_API_SECRET={w27}", "CLOUDINARY_PRESET={w27}"),
    Case::new(
        "cloudinary-secret",
        "cloudinary.config(\n  api_key=\"{d15}\",\n  api_secret=\"{w27}\")",
        "CLOUDINARY_PRESET={w27}",
    ),
    Case::new("uploadcare-key", "UPLOADCARE_SECRET_KEY={l20}", "UPLOADCARE_PUBLIC_KEY={l20}"),
    Case::new(
        "uploadcare-key",
        "Uploadcare(public_key=\"{l20}\", secret_key=\"{l20}\")",
        "UPLOADCARE_PUBLIC_KEY={l20}",
    ),
    Case::new(
        "imagekit-key",
        "IMAGEKIT_PRIVATE_KEY=private_{b27}=",
        "IMAGEKIT_PUBLIC_KEY=public_{b27}=",
    ),
    Case::new(
        "imagekit-key",
        "privateKey: \"private_{b27}=\"",
        "IMAGEKIT_PUBLIC_KEY=public_{b27}=",
    ),
    Case::new("sanity-token", "SANITY_API_TOKEN=sk{a79}", "SANITY_API_TOKEN=sk{a60}"),
    Case::new("sanity-token", "sanityClient({{token: \"sk{a178}\"}})", "SANITY_API_TOKEN=sk{a60}"),
    Case::new("storyblok-token", "STORYBLOK_TOKEN={a22}tt", "STORYBLOK_SPACE={a22}"),
    Case::new(
        "storyblok-token",
        "storyblok.init({{accessToken: \"{a22}tt\"}})",
        "STORYBLOK_SPACE={a22}",
    ),
    Case::new("webflow-token", "WEBFLOW_TOKEN={h64}", "WEBFLOW_HASH={h60}"),
    Case::new("webflow-token", "new Webflow({{ token: \"{h64}\" }})", "WEBFLOW_HASH={h60}"),
    Case::new("ghost-key", "GHOST_ADMIN_API_KEY={h24}:{h64}", "GHOST_ADMIN_API_KEY={h24}:{h60}"),
    Case::new(
        "ghost-key",
        "new GhostAdminAPI({{url: \"x\", key: \"{h24}:{h64}\"",
        "GHOST_ADMIN_API_KEY={h24}:{h60}",
    ),
    Case::new("maxmind-key", "k: {a6}_{a29}_mmk", "k: {a6}_{a26}_mmk"),
    Case::new("maxmind-key-legacy", "MAXMIND_LICENSE_KEY={a16}", "MAXMIND_DB={a16}"),
    Case::new("maxmind-key-legacy", "# GeoIP.conf\nLicenseKey {a16}", "MAXMIND_DB={a16}"),
    Case::new("virustotal-key", "VIRUSTOTAL_API_KEY={h64}", "VIRUSTOTAL_FILE={h64}"),
    Case::new(
        "virustotal-key",
        "curl -H \"x-apikey: {h64}\" https://www.virustotal.com/api/v3/x",
        "VIRUSTOTAL_FILE={h64}",
    ),
    Case::new("shodan-key", "SHODAN_API_KEY={a32}", "SHODAN_QUERY={a32}"),
    Case::new("shodan-key", "api = shodan.Shodan(\"{a32}\")", "SHODAN_QUERY={a32}"),
    Case::new("shodan-key", "shodan init {a32}", "SHODAN_QUERY={a32}"),
    Case::new("openweather-key", "OPENWEATHER_API_KEY={h32}", "OPENWEATHER_CITY={h32}"),
    Case::new(
        "openweather-key",
        "https://api.openweathermap.org/data/2.5/weather?q=x&appid={h32}",
        "OPENWEATHER_CITY={h32}",
    ),
    Case::new("nasa-key", "NASA_API_KEY={a40}", "NASA_COMMIT={h40}"),
    Case::new("nasa-key", "https://api.nasa.gov/planetary/apod?api_key={a40}", "NASA_COMMIT={h40}"),
    Case::new("rapidapi-key", "X-RapidAPI-Key: {a50}", "X-RapidAPI-Host: {a50}"),
    Case::new("rapidapi-key", "RAPIDAPI_KEY={a10}msh{a15}p1{a6}jsn{a14}", "X-RapidAPI-Host: {a50}"),
    Case::new("foursquare-key", "FOURSQUARE_API_KEY=fsq3{b44}", "k: fsq3{b30}"),
    Case::new("foursquare-key", "Authorization: fsq3{b43}=", "k: fsq3{b30}"),
    Case::new(
        "virustotal-key",
        "static const char virustotal_api_key[] = \"{h64}\";",
        "static const char virustotal_api_hash[] = \"{h64}\";",
    ),
    Case::new("virustotal-key", "VIRUSTOTAL_API_KEY ?= {h64}", "VIRUSTOTAL_FILE ?= {h64}"),
];
