//! Connections to a target that is far away, opened before they are needed.
//!
//! A request that is judged has a connection of its own, as ever; here it is open already. Requests
//! that set users up and read them share connections: they can be repeated.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;

use super::{Connection, Transport};
use crate::exchange::{Exchange, Request, TransportError};

/// A connection that nobody used for longer may be about to be closed by the server.
const LONGEST_IDLE: Duration = Duration::from_secs(2);

/// Open connections to one target. At first it holds none and opens none.
#[derive(Default)]
pub struct Pool {
    /// Connections that carried nothing yet, the oldest first.
    fresh: RefCell<VecDeque<(Instant, Opening)>>,
    /// Connections that have carried answers, the last used at the end.
    used: RefCell<Vec<(Instant, Connection)>>,
    /// How many fresh connections are kept open.
    depth: Cell<usize>,
}

type Opening = JoinHandle<Result<Connection, TransportError>>;

impl Pool {
    /// Keeps so many fresh connections from now on; zero closes all.
    pub fn set_depth(&self, depth: usize) {
        self.depth.set(depth);
        if depth == 0 {
            self.used.borrow_mut().clear();
            self.fresh.borrow_mut().drain(..).for_each(|(_, opening)| opening.abort());
        }
    }

    /// Whether connections are kept.
    pub fn is_in_use(&self) -> bool {
        self.depth.get() > 0
    }

    /// Sends a request on a connection that is open; `None` where there is none, or where the server
    /// has closed it before it answered anything.
    pub async fn send(&self, transport: &Transport, request: &Request) -> Option<Exchange> {
        if !self.is_in_use() {
            return None;
        }
        let shared = !request.under_test;
        let kept = if shared { self.take_used() } else { None };
        let mut connection = match kept {
            Some(connection) => connection,
            None => self.take_fresh(transport).await?,
        };
        let exchange = transport.send_on(&mut connection, request.clone()).await;
        match &exchange.outcome {
            Err(TransportError::ConnectionClosed(_)) if shared => return None,
            Ok(_) if shared => self.used.borrow_mut().push((Instant::now(), connection)),
            _ => {}
        }
        Some(exchange)
    }

    fn take_used(&self) -> Option<Connection> {
        loop {
            let (since, connection) = self.used.borrow_mut().pop()?;
            if since.elapsed() < LONGEST_IDLE && connection.sender.is_ready() {
                return Some(connection);
            }
        }
    }

    async fn take_fresh(&self, transport: &Transport) -> Option<Connection> {
        loop {
            self.fill(transport);
            let (since, opening) = self.fresh.borrow_mut().pop_front()?;
            self.fill(transport);
            if since.elapsed() > LONGEST_IDLE {
                opening.abort();
                continue;
            }
            let connection = opening.await.ok()?.ok()?;
            if !connection.sender.is_closed() {
                return Some(connection);
            }
        }
    }

    fn fill(&self, transport: &Transport) {
        let mut fresh = self.fresh.borrow_mut();
        while fresh.len() < self.depth.get() {
            let transport = transport.clone();
            let opening = tokio::spawn(async move { transport.connect().await });
            fresh.push_back((Instant::now(), opening));
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.set_depth(0);
    }
}
