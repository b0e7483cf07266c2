//! Who a request acts as.

/// The credential of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// The owner's service account.
    Owner,
    /// The owner's API key, through Digest.
    OwnerKey,
    /// The service account without permission.
    Reader,
    /// The API key without permission, through Digest.
    ReaderKey,
    /// None.
    Anonymous,
    /// An Authorization header that is sent as it stands.
    Header(String),
}
