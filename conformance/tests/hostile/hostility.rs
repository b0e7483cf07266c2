//! One way to be hostile.

use std::io;

use crate::connection::Connection;

/// A name, and what is done with a request.
#[derive(Clone, Copy)]
pub(crate) struct Hostility {
    pub(crate) name: &'static str,
    /// Whether the request's body is read first. What is not read when a connection ends
    /// makes TCP reset it.
    pub(crate) hears: bool,
    pub(crate) respond: Respond,
}

/// What is done; an error says that the client has gone.
pub(crate) type Respond = fn(&mut Connection<'_>) -> io::Result<()>;

/// Done once the request has been read.
pub(crate) const fn after(name: &'static str, respond: Respond) -> Hostility {
    Hostility { name, hears: true, respond }
}

/// Done before the request's body is read.
pub(crate) const fn before(name: &'static str, respond: Respond) -> Hostility {
    Hostility { name, hears: false, respond }
}
