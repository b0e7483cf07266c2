//! Counts the bytes that come on a connection below hyper, and keeps the first of them: hyper's
//! errors say that a response can't be read, not why, and its headers lose their order and case.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How much of the beginning is kept: the longest head.
const KEPT: usize = super::LONGEST_HEAD;

/// The bytes that came since the last `reset`.
#[derive(Debug, Clone)]
pub(super) struct ByteCounter {
    counts: Arc<Mutex<Counts>>,
    limit: usize,
}

#[derive(Debug, Default)]
struct Counts {
    bytes: usize,
    beginning: Vec<u8>,
    trailing: usize,
}

impl ByteCounter {
    /// A counter at zero; once more than `limit` bytes came, no more is read.
    pub(super) fn with_limit(limit: usize) -> Self {
        Self { counts: Arc::default(), limit }
    }

    /// The limit, where it was exceeded.
    pub(super) fn exceeded(&self) -> Option<usize> {
        (self.bytes() > self.limit).then_some(self.limit)
    }

    pub(super) fn reset(&self) {
        *self.counts() = Counts::default();
    }

    pub(super) fn bytes(&self) -> usize {
        self.counts().bytes
    }

    /// The first of the bytes that came.
    pub(super) fn beginning(&self) -> Vec<u8> {
        self.counts().beginning.clone()
    }

    /// How many bytes followed the end of the response; known once the connection has ended,
    /// which such bytes bring about at once.
    pub(super) fn trailing(&self) -> usize {
        self.counts().trailing
    }

    pub(super) fn set_trailing(&self, bytes: usize) {
        self.counts().trailing = bytes;
    }

    fn record(&self, new: &[u8]) {
        let mut counts = self.counts();
        counts.bytes += new.len();
        let room = KEPT - counts.beginning.len();
        counts.beginning.extend_from_slice(&new[..new.len().min(room)]);
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream that counts what is read from it.
pub(super) struct CountingStream<S> {
    stream: S,
    counter: ByteCounter,
}

impl<S> CountingStream<S> {
    pub(super) fn new(stream: S, counter: ByteCounter) -> Self {
        Self { stream, counter }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for CountingStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.counter.exceeded().is_some() {
            return Poll::Ready(Err(io::Error::other("too much came")));
        }
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let Some(new) = buffer.filled().get(before..).filter(|new| !new.is_empty()) {
            self.counter.record(new);
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for CountingStream<S> {
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
