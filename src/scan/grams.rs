// SPDX-License-Identifier: MIT OR Apache-2.0
//! By which three bytes each keyword is found, so that few places of a text have to be looked at.

use std::collections::{HashMap, HashSet};

use super::{
    keywords::{Set, around, gram_of, hash},
    trigrams::{all, frequency},
};

/// Spreads the bits of a gram; an odd number close to the golden ratio of 2^32.
const SPREAD: u32 = 0x9e37_79b1;
/// So many multiples of it are tried for the one that takes fewest frequent grams for others.
const TRIES: u32 = 16;
/// So often each keyword chooses anew, since the others have chosen too.
const ROUNDS: usize = 3;
/// What it costs to go into a yes for four bytes, beside what a yes for three costs.
const FOUR_COSTS: f64 = 4.0;
/// How much likelier three bytes are that stand behind the two they share with other ones.
const FOLLOWS: f64 = 10.0;
/// What one more bit of the set costs everywhere, as a share of the places that ask.
const NOISE: f64 = 5e-5;

/// Three bytes that may find a keyword.
struct Choice {
    gram: u32,
    /// What it costs that every place is asked about them …
    three: f64,
    /// … and that some are asked about a fourth byte.
    four: f64,
}

/// Returns for each keyword where the three bytes of it stand that cost least. Each place of a text
/// is asked about three bytes, and few about the fourth behind them; three bytes that other
/// keywords have chosen already cost nothing more.
pub(super) fn cheapest(keywords: &[Box<[u8]>]) -> Vec<usize> {
    let choices: Vec<Vec<Choice>> = keywords.iter().map(|keyword| choices_of(keyword)).collect();
    let mut order: Vec<usize> = (0..keywords.len()).filter(|i| !choices[*i].is_empty()).collect();
    // Longer ones have a choice, and take what the others have taken.
    order.sort_by_key(|i| choices[*i].len());
    let mut offsets = vec![0; keywords.len()];
    let mut chosen: HashMap<u32, usize> = HashMap::new();
    for round in 0..ROUNDS {
        for &i in &order {
            let own = &choices[i];
            if round > 0 {
                *chosen.entry(own[offsets[i]].gram).or_default() -= 1;
            }
            let cost = |at: &usize| {
                let one = &own[*at];
                let is_new = chosen.get(&one.gram).is_none_or(|count| *count == 0);
                one.four + if is_new { one.three + NOISE } else { 0.0 }
            };
            let best = (0..own.len()).min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or(0);
            offsets[i] = best;
            *chosen.entry(own[best].gram).or_default() += 1;
        }
    }
    offsets
}

fn choices_of(keyword: &[u8]) -> Vec<Choice> {
    let often: Vec<f64> = keyword.windows(3).map(frequency).collect();
    let choice = |(at, three): (usize, &f64)| {
        let next = often.get(at + 1).map_or(1.0, |next| (next * FOLLOWS).min(1.0));
        let gram = gram_of(around(keyword, at)) & 0xff_ffff;
        Choice { gram, three: *three, four: FOUR_COSTS * three * next }
    };
    often.iter().enumerate().map(choice).collect()
}

/// Returns what spreads the bits of the grams at `offsets` so that few frequent ones are taken for
/// one of them.
pub(super) fn spread_of(keywords: &[Box<[u8]>], offsets: &[usize]) -> u32 {
    let long = keywords.iter().zip(offsets).filter(|(keyword, _)| keyword.len() >= 3);
    let gram = |part: &[u8]| gram_of(around(part, 0)) & 0xff_ffff;
    let grams: HashSet<u32> = long.map(|(keyword, at)| gram(&keyword[*at..])).collect();
    let others: Vec<(u32, f64)> =
        all().map(|(part, often)| (gram(&part), often)).filter(|o| !grams.contains(&o.0)).collect();
    let cost = |spread: u32| -> f64 {
        let mut set = Set::new();
        grams.iter().for_each(|gram| set.add(hash(*gram, spread)));
        others.iter().filter(|(gram, _)| set.has(hash(*gram, spread))).map(|(_, often)| often).sum()
    };
    let spreads = (0..TRIES).map(|i| SPREAD.wrapping_mul(2 * i + 1));
    let costs = spreads.map(|spread| (spread, cost(spread)));
    costs.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(SPREAD, |(spread, _)| spread)
}
