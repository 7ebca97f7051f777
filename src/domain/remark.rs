// SPDX-License-Identifier: MIT OR Apache-2.0
//! Remarks of the scan that others act upon. All others are only shown.

/// A checksum inside the value holds.
pub const CHECKSUM_MATCHES: &str = "checksum matches";
/// A token that has all its parts.
pub const TOKEN_COMPLETE: &str = "the token is complete";
/// A private key that parses.
pub const KEY_COMPLETE: &str = "the key is complete";
/// A private key that parses, beside its account.
pub const KEY_NAMES_ACCOUNT: &str = "the key is complete and names its account";
/// What a value is that its own structure proves to be real.
pub const PROOFS: [&str; 4] = [CHECKSUM_MATCHES, TOKEN_COMPLETE, KEY_COMPLETE, KEY_NAMES_ACCOUNT];

/// A key that says of itself that it is in use.
pub const LIVE: &str = "live mode: it reaches what is real";

/// A checksum inside the value does not hold.
pub const CHECKSUM_FAILED: &str = "checksum does not match: a sample, or cut short";
/// The parts of the value are not what its format asks for.
pub const STRUCTURE_FAILED: &str = "its structure does not hold: a sample, or cut short";

/// Ends the remark on a value whose path lowers its severity; what is proved never gets one.
pub const LOWERED: &str = "one step lower";

/// Ends the remark on a private key that stands in a test: it may be a real one, so it still
/// blocks.
pub const KEY_IN_TEST: &str = "high, not critical";
/// A value that a comment shows as an example.
pub const SAMPLE_IN_COMMENT: &str = "a sample in a comment: at most medium";

/// A key id in a text without the secret that goes with it.
pub const LONE_ID: &str = "without its secret it opens nothing: one step less severe";

/// A key that a vendor prints in its manual.
pub const MANUAL_SAMPLE: &str = "sample value from the vendor's manual";
/// A token that its specification prints.
pub const SPECIFIED_SAMPLE: &str = "sample token from the documentation";
/// A private key that comes with a public program.
pub const PUBLISHED_TEST_KEY: &str = "known test key, published with its software";
/// Values that a vendor has published as samples.
pub const SAMPLES: [&str; 3] = [MANUAL_SAMPLE, SPECIFIED_SAMPLE, PUBLISHED_TEST_KEY];

/// A password in the URL of a host that is set aside for examples.
pub const EXAMPLE_HOST: &str = "the host is an example";
/// A sample or default that a vendor has published.
pub const PUBLISHED_DEFAULT: &str = "sample or default value that its vendor has published";
/// A default that everybody tries first.
pub const KNOWN_DEFAULT: &str = "a well-known default";
/// An address of a role.
pub const ROLE: &str = "a role, not a person";
/// An address in a line that credits somebody.
pub const CREDIT: &str = "an author's line: keep it if the licence asks for it";

/// What makes it doubtful that a value opens anything.
const DOUBTS: [&str; 8] = [
    MANUAL_SAMPLE,
    SPECIFIED_SAMPLE,
    PUBLISHED_TEST_KEY,
    EXAMPLE_HOST,
    PUBLISHED_DEFAULT,
    KNOWN_DEFAULT,
    CHECKSUM_FAILED,
    STRUCTURE_FAILED,
];

/// Returns whether a remark makes it doubtful that a value opens anything.
#[must_use]
pub fn doubts(note: &str) -> bool {
    DOUBTS.iter().any(|doubt| note.starts_with(doubt))
}

/// Returns whether a remark says that a value is a whole private key, and no account with it.
#[must_use]
pub fn is_complete_key(note: &str) -> bool {
    note.strip_prefix(KEY_COMPLETE).is_some_and(|rest| rest.is_empty() || rest.starts_with(';'))
}

/// A key that is made to be handed out.
pub const PUBLIC: &str = "public by design";
