// SPDX-License-Identifier: MIT OR Apache-2.0
//! Networks that nobody routes.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Bits of an IPv6 network that lie behind those which are exchanged: the subnets of a site stay
/// what they are to each other.
pub const V6_KEPT: u8 = 48;

/// Bits of an IPv4 network that are exchanged.
const V4_SWAPPED: u8 = 24;

/// Returns the `n`th network of 256 addresses, counted from 0: the three for documentation
/// (RFC 5737), the 512 for benchmarks (RFC 2544), and then those that were never given out.
#[must_use]
pub fn network4(n: usize) -> Option<[u8; 3]> {
    let documentation = [[192, 0, 2], [198, 51, 100], [203, 0, 113]];
    if let Some(network) = documentation.get(n) {
        return Some(*network);
    }
    let n = u32::try_from(n - documentation.len()).ok()?;
    let base: u32 = match n {
        0..512 => (198 << 16) + (18 << 8) + n,
        _ => (240 << 16) + (n - 512),
    };
    let [_, a, b, c] = base.to_be_bytes();
    (a < 255).then_some([a, b, c])
}

/// Returns the address `host` in the `site`th network for documentation (RFC 3849), in the subnet
/// of the site that has the same number as before.
#[must_use]
pub fn site6(site: u16, subnet: u16, host: u64) -> Ipv6Addr {
    let [.., a, b, c, d] = Ipv6Addr::from(u128::from(host)).segments();
    Ipv6Addr::new(0x2001, 0xdb8, site, subnet, a, b, c, d)
}

/// Returns whether `ip` is the base of a network of `bits` that is wider than what a stand-in
/// keeps apart: no range for documentation has room for it.
#[must_use]
pub fn wide_network(ip: IpAddr, bits: u8) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let host = u32::MAX.checked_shr(u32::from(bits)).unwrap_or(0);
            bits < V4_SWAPPED && Ipv4Addr::to_bits(ip) & host == 0
        }
        IpAddr::V6(ip) => {
            let host = u128::MAX.checked_shr(u32::from(bits)).unwrap_or(0);
            bits < V6_KEPT && Ipv6Addr::to_bits(ip) & host == 0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{network4, wide_network};

    #[test]
    fn networks_follow_each_other_without_end() {
        assert_eq!(network4(0), Some([192, 0, 2]));
        assert_eq!(network4(3), Some([198, 18, 0]));
        assert_eq!(network4(514), Some([198, 19, 255]));
        assert_eq!(network4(515), Some([240, 0, 0]));
        assert_eq!(network4(515 + 15 * 65536), None);
    }

    #[test]
    fn wide_means_wider_than_what_is_exchanged() {
        let is = |ip: &str, bits| wide_network(ip.parse().expect("an address"), bits);
        assert!(is("10.20.0.0", 16) && is("0.0.0.0", 0) && is("2620:0::", 32));
        assert!(!is("10.20.3.0", 24) && !is("10.20.3.0", 16) && !is("2620:0:861::", 48));
    }
}
