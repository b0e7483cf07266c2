//! Sending a body in the way that a delivery says.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use super::wire::Delivery;

/// A chunk of an endless body.
const FILLER: &[u8] = &[b' '; 4096];

/// The pause between two pieces of a trickled body.
const REST: Duration = Duration::from_millis(2);

/// A body that is sent in the way that a delivery says.
pub(crate) struct Parcel {
    rest: Bytes,
    /// The length of the pieces.
    piece: usize,
    /// The end, when nothing is left.
    end: End,
    /// Whether the length is known beforehand.
    sized: bool,
    nap: Option<Pin<Box<Sleep>>>,
    rests: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Regular,
    Broken,
    Never,
}

pub(crate) fn parcel(body: Bytes, delivery: Delivery) -> Parcel {
    let plain = Parcel {
        piece: body.len().max(1),
        rest: body,
        end: End::Regular,
        sized: true,
        nap: None,
        rests: false,
    };
    match delivery {
        Delivery::Whole | Delivery::Dropped | Delivery::Never => plain,
        Delivery::Chunked => Parcel { piece: 7, sized: false, ..plain },
        Delivery::UntilClose => Parcel { sized: false, ..plain },
        Delivery::Trickled => Parcel { piece: plain.piece.div_ceil(4), rests: true, ..plain },
        Delivery::Truncated(after) => {
            let rest = plain.rest.slice(..after.min(plain.rest.len()));
            Parcel { rest, end: End::Broken, sized: false, ..plain }
        }
        Delivery::Endless => Parcel { end: End::Never, sized: false, ..plain },
    }
}

impl Body for Parcel {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(nap) = &mut self.nap {
            if nap.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            self.nap = None;
        }
        if self.rest.is_empty() {
            return Poll::Ready(match self.end {
                End::Regular => None,
                End::Broken => Some(Err(io::ErrorKind::ConnectionAborted.into())),
                End::Never => Some(Ok(Frame::data(Bytes::from_static(FILLER)))),
            });
        }
        let length = self.piece.min(self.rest.len());
        let piece = self.rest.split_to(length);
        if self.rests || self.end == End::Broken {
            // The bytes so far must be sent before the connection breaks.
            self.nap = Some(Box::pin(sleep(REST)));
        }
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.sized && self.rest.is_empty() && self.end == End::Regular
    }

    fn size_hint(&self) -> SizeHint {
        match self.sized {
            true => SizeHint::with_exact(self.rest.len() as u64),
            false => SizeHint::default(),
        }
    }
}
