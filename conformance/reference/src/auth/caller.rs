//! The caller of a request, or why the credentials are refused.

use super::Algorithm;

/// The account that credentials belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Account {
    /// May do everything in both projects.
    Owner,
    /// May read both projects.
    Reader,
}

/// The way in which credentials are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// A service account's token.
    Bearer,
    /// An API key, with this algorithm.
    Digest(Algorithm),
}

/// The caller of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The account that the credentials belong to.
    pub(crate) account: Account,
    /// The way in which the credentials were sent.
    pub(crate) scheme: Scheme,
}

/// The reason why credentials are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Denial {
    Missing,
    /// Several Authorization fields, or one that isn't text.
    Unreadable,
    /// A scheme other than Bearer and Digest.
    Scheme,
    /// A token that was never issued.
    Token,
    ExpiredToken,
    /// Digest parameters that are missing, repeated or unknown.
    DigestSyntax,
    /// An algorithm that was not offered.
    DigestAlgorithm,
    /// A username that isn't a public key.
    DigestUsername,
    DigestRealm,
    /// A nonce that this server never made.
    DigestNonce,
    /// A response that the password doesn't give.
    DigestResponse,
    /// A good response for another request target.
    DigestUri,
    /// A good response with an expired nonce.
    StaleNonce,
    /// A good response with a count that was used before.
    Replay,
}

impl Denial {
    /// Whether the same credentials are good with a fresh nonce.
    pub(crate) fn is_stale(self) -> bool {
        matches!(self, Self::StaleNonce | Self::Replay)
    }
}
