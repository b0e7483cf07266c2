//! One way to be hostile.

use std::io;

use crate::visit::Visit;

/// A name, and what is done with a request.
#[derive(Clone, Copy)]
pub(crate) struct Hostility {
    pub(crate) name: &'static str,
    /// Whether the request's body is read first. What is left unread when a connection ends
    /// makes TCP reset it.
    pub(crate) hears: bool,
    pub(crate) deed: Deed,
}

/// What is done; an error says that the client has gone.
pub(crate) type Deed = fn(&mut Visit<'_>) -> io::Result<()>;

/// Done once the request has been read.
pub(crate) const fn after(name: &'static str, deed: Deed) -> Hostility {
    Hostility { name, hears: true, deed }
}

/// Done before the request's body is read.
pub(crate) const fn before(name: &'static str, deed: Deed) -> Hostility {
    Hostility { name, hears: false, deed }
}
