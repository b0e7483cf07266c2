//! A server that is honest but for one kind of request.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::connection::Connection;
use crate::hostility::Hostility;
use crate::relay::{Relay, Request};

/// Where a server is hostile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// At removeRole.
    Operation,
    /// At the token endpoint.
    Tokens,
    /// At the operations that set users up and read them back.
    Siblings,
    /// At a hook that does so.
    Hook,
    /// At every request.
    Everywhere,
    /// As soon as a connection is open, before a request is read.
    Connection,
}

impl Place {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Operation => "removeRole",
            Self::Tokens => "tokens",
            Self::Siblings => "siblings",
            Self::Hook => "hook",
            Self::Everywhere => "everywhere",
            Self::Connection => "connection",
        }
    }

    fn holds(self, request: &Request) -> bool {
        match self {
            Self::Operation => request.is_removal(),
            Self::Tokens => request.is_for_a_token(),
            Self::Siblings => !request.is_removal() && !request.is_for_a_token(),
            Self::Hook => request.is_for_the_hook(),
            Self::Everywhere | Self::Connection => true,
        }
    }
}

/// A server that ends with this value.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    stopped: Arc<AtomicBool>,
}

impl Server {
    /// A server on a free port, with a thread for each connection.
    pub(crate) fn start(place: Place, hostility: Hostility, relay: Relay) -> Self {
        let visited = Arc::new(AtomicUsize::new(0));
        Self::accepting(move |stream| {
            // An error says that the client has gone.
            let _ = connection(&stream, place, hostility, &relay, &visited);
        })
    }

    /// A server that does this with each connection.
    pub(crate) fn accepting(each: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let stopped = Arc::new(AtomicBool::new(false));
        let (each, over) = (Arc::new(each), Arc::clone(&stopped));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let _ = stream.set_nodelay(true);
                let each = Arc::clone(&each);
                std::thread::spawn(move || each(stream));
            }
        });
        Self { address, stopped }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // Wakes the listener, which sees that it is over.
        let _ = TcpStream::connect(self.address);
    }
}

fn connection(
    mut stream: &TcpStream,
    place: Place,
    hostility: Hostility,
    relay: &Relay,
    visited: &AtomicUsize,
) -> io::Result<()> {
    let mut request = Request::default();
    if place != Place::Connection {
        request = Request::read_head_alone(stream)?;
    }
    // An answer to HEAD has no body, which is not what any row is about.
    let spoilt = place.holds(&request) && !request.is_head();
    if place != Place::Connection && (hostility.hears || !spoilt) {
        request.read_body(&mut stream)?;
    }
    let number = if spoilt { visited.fetch_add(1, Ordering::Relaxed) + 1 } else { 0 };
    let mut connection = Connection::new(stream, request, number, relay);
    if spoilt { (hostility.respond)(&mut connection) } else { connection.behave() }
}
