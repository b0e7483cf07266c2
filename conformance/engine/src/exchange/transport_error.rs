use std::time::Duration;

/// Why no complete response came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection, so nothing was sent.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// HTTP/1.1 can't express the request, so nothing was sent.
    #[error("this request can't be sent: {0}")]
    InvalidRequest(String),
    /// The time limit passed before a response began.
    #[error("no answer within {} s", .0.as_secs_f64())]
    TimedOut(Duration),
    /// The time limit passed in the middle of a response.
    #[error("an answer began and was not complete within {} s", .0.as_secs_f64())]
    Stalled(Duration),
    /// The connection ended before a response began: it was `closed` or `reset`.
    #[error("the connection was {0} before an answer came")]
    ConnectionClosed(&'static str),
    /// The connection ended in the middle of a response.
    #[error("the connection ended before the answer was complete: {0}")]
    Truncated(String),
    /// What came is no response of HTTP/1.1.
    #[error("the answer can't be read: {0}")]
    InvalidResponse(String),
    /// The response, or what was to become one, passed the limit, in bytes.
    #[error("the answer is longer than {} KiB", .0 / 1024)]
    TooLarge(usize),
}

impl TransportError {
    /// Whether a server may fail so that is asked too much at once.
    pub fn is_overload(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::TimedOut(_) | Self::ConnectionClosed("reset"))
    }
}
