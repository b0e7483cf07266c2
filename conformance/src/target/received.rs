//! What came on a connection since a request was sent: how much, and how it began. hyper tells no
//! more of an answer that it can't read than that it can't.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How much of the beginning is kept.
const KEPT: usize = 16 * 1024;

/// What came since the last `forget`.
#[derive(Debug, Clone)]
pub(super) struct Received {
    came: Arc<Mutex<Came>>,
    most: usize,
}

#[derive(Debug, Default)]
struct Came {
    bytes: usize,
    beginning: Vec<u8>,
    surplus: usize,
}

impl Received {
    /// Nothing so far; once more than `most` bytes came, no more is read.
    pub(super) fn up_to(most: usize) -> Self {
        Self { came: Arc::default(), most }
    }

    /// The limit, where it was passed.
    pub(super) fn passed(&self) -> Option<usize> {
        (self.bytes() > self.most).then_some(self.most)
    }

    /// What comes from now on is counted.
    pub(super) fn forget(&self) {
        *self.came() = Came::default();
    }

    /// How many bytes came.
    pub(super) fn bytes(&self) -> usize {
        self.came().bytes
    }

    /// The first of them.
    pub(super) fn beginning(&self) -> Vec<u8> {
        self.came().beginning.clone()
    }

    /// How many of them stand behind the end of the answer; known once the connection has ended,
    /// which such bytes bring about at once.
    pub(super) fn surplus(&self) -> usize {
        self.came().surplus
    }

    /// Notes that so many bytes were read and belong to no answer.
    pub(super) fn left_over(&self, bytes: usize) {
        self.came().surplus = bytes;
    }

    fn note(&self, new: &[u8]) {
        let mut came = self.came();
        came.bytes += new.len();
        let room = KEPT - came.beginning.len();
        came.beginning.extend_from_slice(&new[..new.len().min(room)]);
    }

    fn came(&self) -> MutexGuard<'_, Came> {
        self.came.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream whose reader is watched.
pub(super) struct Watched<S> {
    stream: S,
    received: Received,
}

impl<S> Watched<S> {
    pub(super) fn new(stream: S, received: Received) -> Self {
        Self { stream, received }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.received.passed().is_some() {
            return Poll::Ready(Err(io::Error::other("too much came")));
        }
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let Some(new) = buffer.filled().get(before..).filter(|new| !new.is_empty()) {
            self.received.note(new);
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
