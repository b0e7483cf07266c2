//! Who sent a request, or why nobody is known to have sent it.

use super::Algorithm;

/// Whose credentials they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Account {
    /// May do everything in both projects.
    Owner,
    /// May read both projects.
    Reader,
}

/// How they were presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// A service account's token.
    Bearer,
    /// An API key, with this algorithm.
    Digest(Algorithm),
}

/// Who sent a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// Whose credentials they are.
    pub(crate) account: Account,
    /// How they were presented.
    pub(crate) scheme: Scheme,
}

/// Why nobody is known to have sent a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Denial {
    /// No Authorization field.
    Missing,
    /// Several Authorization fields, or one that is no text.
    Unreadable,
    /// A scheme other than Bearer and Digest.
    Scheme,
    /// A token that was never issued.
    Token,
    /// A token whose time is over.
    ExpiredToken,
    /// Digest parameters that are missing, repeated or not understood.
    DigestSyntax,
    /// An algorithm that was not offered.
    DigestAlgorithm,
    /// A username that is no public key.
    DigestUsername,
    /// A realm other than ours.
    DigestRealm,
    /// A nonce that this server never made.
    DigestNonce,
    /// A response that the password doesn't give.
    DigestResponse,
    /// A good response for another request target.
    DigestUri,
    /// A good response with a nonce whose time is over.
    StaleNonce,
    /// A good response with a count that was used before.
    Replay,
}

impl Denial {
    /// Whether a fresh nonce is all that is wanted.
    pub(crate) fn is_stale(self) -> bool {
        matches!(self, Self::StaleNonce | Self::Replay)
    }
}
