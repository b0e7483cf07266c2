//! Who a request acts as.

/// The credential of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// The owner's bearer token, mostly that of a service account.
    Owner,
    /// The owner's API key, through Digest.
    OwnerKey,
    /// The same with MD5, where the target offers it beside another algorithm.
    OwnerKeyMd5,
    /// The bearer token without permission.
    Reader,
    /// The API key without permission, through Digest.
    ReaderKey,
    Anonymous,
    /// An Authorization header that is sent as it stands.
    Header(String),
}
