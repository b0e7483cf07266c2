//! Redirects: none is followed, and no credential goes elsewhere.

use std::net::TcpListener;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::hostility::{Hostility, after};

pub(crate) const ALL: [Hostility; 6] = [
    after("redirects to itself", |connection| {
        connection.answer("302 Found", "Location: /api/atlas/v2/loop:removeRole\r\n", "")
    }),
    after("redirects to another host", |connection| {
        connection.answer("307 Temporary Redirect", &format!("Location: {}\r\n", elsewhere()), "")
    }),
    after("redirects to another host for good", |connection| {
        connection.answer("308 Permanent Redirect", &format!("Location: {}\r\n", elsewhere()), "")
    }),
    after("redirects to a file", |connection| {
        connection.answer("302 Found", "Location: file:///etc/passwd\r\n", "")
    }),
    after("redirects to a script", |connection| {
        connection.answer("301 Moved Permanently", "Location: javascript:alert(1)\r\n", "")
    }),
    after("redirects nowhere", |connection| connection.answer("300 Multiple Choices", "", "")),
];

static ASKED: AtomicUsize = AtomicUsize::new(0);

/// Another host, which counts who comes.
static ELSEWHERE: LazyLock<String> = LazyLock::new(|| {
    // Where the loopback network has one address, another port has to do.
    let bound = TcpListener::bind("127.0.0.2:0").or_else(|_| TcpListener::bind("127.0.0.1:0"));
    let listener = bound.expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for _stream in listener.incoming() {
            ASKED.fetch_add(1, Ordering::Relaxed);
        }
    });
    format!("http://{address}/")
});

fn elsewhere() -> &'static str {
    &ELSEWHERE
}

/// How many connections the other host was sent.
pub(crate) fn followed() -> usize {
    ASKED.load(Ordering::Relaxed)
}
