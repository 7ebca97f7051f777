// SPDX-License-Identifier: MIT OR Apache-2.0
//! Shops, exchanges and chains.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("shopify-token", "k: shpat_{h32}", "k: shpat_{h29}"),
    Case::new("shopify-token", "X-Shopify-Access-Token: shpua_{h32}", "k: shpat_{h29}"),
    Case::new("woocommerce-secret", "k: cs_{h40}", "k: cs_{h37}"),
    Case::new(
        "woocommerce-secret",
        "?consumer_key=ck_{h40}&consumer_secret=cs_{h40}",
        "k: cs_{h37}",
    ),
    Case::new("woocommerce-key", "k: ck_{h40}", "k: ck_{h37}"),
    Case::new("bigcommerce-token", "BIGCOMMERCE_ACCESS_TOKEN={l31}", "BIGCOMMERCE_STORE={l31}"),
    Case::new(
        "bigcommerce-token",
        "curl https://api.bigcommerce.com/stores/x/v3 -H \"X-Auth-Token: {l31}\"",
        "BIGCOMMERCE_STORE={l31}",
    ),
    Case::new("etsy-key", "ETSY_API_KEY={l24}", "ETSY_SHOP={l24}"),
    Case::new("etsy-key", "etsy_keystring: \"{l24}\"", "ETSY_SHOP={l24}"),
    Case::new(
        "coinbase-cdp-key",
        "\"name\": \"organizations/{U}/apiKeys/{U}\"",
        "\"name\": \"organizations/{U}/projects/{U}\"",
    ),
    Case::new("coinbase-cdp-secret", "COINBASE_API_KEY_SECRET={b86}==", "CDP_HASH={b86}=="),
    Case::new(
        "coinbase-cdp-secret",
        "{{\n \"id\": \"{U}\",\n \"privateKey\": \"{b86}==\"\n}} // coinbase",
        "CDP_HASH={b86}==",
    ),
    Case::new("coinbase-legacy-secret", "COINBASE_API_SECRET={a32}", "COINBASE_ACCOUNT={a32}"),
    Case::new(
        "coinbase-legacy-secret",
        "client = Client(\"{a16}\", \"{a32}\")  # coinbase\ncoinbase_key = \"{a16}\"",
        "COINBASE_ACCOUNT={a32}",
    ),
    Case::new("binance-key", "BINANCE_API_SECRET={a64}", "BINANCE_HASH={h64}"),
    Case::new("binance-key", "client = binance.Client(\"{a64}\", \"{a64}\")", "BINANCE_HASH={h64}"),
    Case::new("binance-key", "# binance\napi_key = '{a64}'", "BINANCE_HASH={h64}"),
    Case::new(
        "binance-key",
        "curl -H \"X-MBX-APIKEY: {a64}\" https://api.binance.com/api/v3/account",
        "BINANCE_HASH={h64}",
    ),
    Case::new("kraken-secret", "KRAKEN_API_SECRET={b86}==", "KRAKEN_API_SECRET={b60}=="),
    Case::new(
        "kraken-secret",
        "k = krakenex.API(key=\"x\", secret=\"{b86}==\")",
        "KRAKEN_API_SECRET={b60}==",
    ),
    Case::new("kucoin-secret", "KUCOIN_API_SECRET={U}", "KUCOIN_ORDER_ID={h24}"),
    Case::new("kucoin-secret", "KUCOIN_API_KEY={h24}", "KUCOIN_ORDER_ID={h24}"),
    Case::new("bitfinex-key", "BITFINEX_API_SECRET={w43}", "BITFINEX_API_SECRET={w40}"),
    Case::new("bitfinex-key", "bfx-apikey: {w43} # bitfinex", "BITFINEX_API_SECRET={w40}"),
    Case::new("robinhood-key", "k: rh-api-{U}", "k: rh-api-{h8}"),
    Case::new("robinhood-private-key", "ROBINHOOD_PRIVATE_KEY={b43}=", "ROBINHOOD_ACCOUNT={b43}="),
    Case::new(
        "robinhood-private-key",
        "# robinhood\nBASE64_PRIVATE_KEY = \"{b43}=\"",
        "ROBINHOOD_ACCOUNT={b43}=",
    ),
    Case::new(
        "blockchain-node-key",
        "u: https://mainnet.infura.io/v3/{h32}",
        "u: https://mainnet.infura.io/v3/{h29}",
    ),
    Case::new(
        "blockchain-node-key",
        "u: wss://mainnet.infura.io/ws/v3/{h32}",
        "u: https://mainnet.infura.io/v3/{h29}",
    ),
    Case::new(
        "blockchain-node-key",
        "u: https://eth-mainnet.g.alchemy.com/v2/{w32}",
        "u: https://mainnet.infura.io/v3/{h29}",
    ),
    Case::new(
        "blockchain-node-key-assigned",
        "INFURA_PROJECT_SECRET={h32}",
        "INFURA_NETWORK={h32}",
    ),
    Case::new("blockchain-node-key-assigned", "ALCHEMY_API_KEY={w32}", "INFURA_NETWORK={h32}"),
    Case::new("etherscan-key", "ETHERSCAN_API_KEY={u34}", "ETHERSCAN_ADDRESS={u34}"),
    Case::new(
        "etherscan-key",
        "https://api.etherscan.io/api?module=account&apikey={u34}",
        "ETHERSCAN_ADDRESS={u34}",
    ),
    Case::new("duffel-token", "k: duffel_test_{a43}", "k: duffel_test_{a30}"),
    Case::new("shopify-token", "k: shptka_{x32}", "k: shptka_{x20}"),
];
