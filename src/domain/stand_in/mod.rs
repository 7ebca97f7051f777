// SPDX-License-Identifier: MIT OR Apache-2.0
//! What takes the place of a value: templates of stand-ins, and made-up names, addresses and ids
//! that nobody owns and that keep the form of what they stand for.
//!
//! Nothing here tells length, prefix or digest of a value. What is kept is what a reader needs to
//! follow the text: the number of a host, the host part of an address, the kind of a resource.

mod host;
mod ids;
mod net;
mod template;

pub use host::{HostForm, host_in};
pub use ids::{account, mac_digits, mac_like, resource_like, uuid};
pub use net::{V6_KEPT, network4, site6, wide_network};
pub use template::{Hole, Part, Template};
