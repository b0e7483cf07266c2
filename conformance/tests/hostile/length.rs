//! Bodies whose length is not what is said of it.

use crate::connection::{REFUSAL, REFUSAL_HEAD};
use crate::hostility::{Hostility, after};

/// A refusal with these lines about its length, and this body.
macro_rules! lengths {
    ($($name:literal => $lines:expr, $body:expr;)*) => {
        [$(after($name, |connection| {
            connection.say(REFUSAL_HEAD)?;
            connection.say($lines)?;
            connection.say("Connection: close\r\n\r\n")?;
            connection.say($body)
        }),)*]
    };
}

pub(crate) const ALL: [Hostility; 13] = lengths! {
    "Content-Length too long" => "Content-Length: 100\r\n", REFUSAL;
    "Content-Length too short" => "Content-Length: 10\r\n", REFUSAL;
    "Content-Length negative" => "Content-Length: -5\r\n", REFUSAL;
    "Content-Length with a sign" => "Content-Length: +82\r\n", REFUSAL;
    "Content-Length of words" => "Content-Length: many\r\n", REFUSAL;
    "Content-Length empty" => "Content-Length:\r\n", REFUSAL;
    "Content-Length of 2^64" => "Content-Length: 18446744073709551616\r\n", REFUSAL;
    "Content-Length of 2^63" => "Content-Length: 9223372036854775808\r\n", REFUSAL;
    "two different Content-Length" => "Content-Length: 5\r\nContent-Length: 7\r\n", REFUSAL;
    "a list of Content-Length" => "Content-Length: 5, 7\r\n", REFUSAL;
    "Content-Length and chunks" =>
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        format!("{:x}\r\n{REFUSAL}\r\n0\r\n\r\n", REFUSAL.len());
    "an unknown Transfer-Encoding" => "Transfer-Encoding: rot13\r\n", REFUSAL;
    "no length at all" => "", REFUSAL;
};
