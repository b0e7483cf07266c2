//! Chunked bodies, broken in each way.

use crate::connection::{REFUSAL, REFUSAL_HEAD};
use crate::hostility::{Hostility, after};

const CHUNKED: &str = "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";

/// A refusal in these chunks.
macro_rules! chunks {
    ($($name:literal => $chunks:expr;)*) => {
        [$(after($name, |connection| {
            connection.say(REFUSAL_HEAD)?;
            connection.say(CHUNKED)?;
            connection.say($chunks)
        }),)*]
    };
}

/// ... that have no end.
macro_rules! endless {
    ($($name:literal => $first:expr, $then:expr;)*) => {
        [$(after($name, |connection| {
            connection.say(REFUSAL_HEAD)?;
            connection.say(CHUNKED)?;
            connection.say($first)?;
            connection.flood($then)
        }),)*]
    };
}

pub(crate) const BROKEN: [Hostility; 9] = chunks! {
    "a chunk without a size" => format!("\r\n{REFUSAL}\r\n0\r\n\r\n");
    "a chunk of negative size" => format!("-5\r\n{REFUSAL}\r\n0\r\n\r\n");
    "a chunk size of words" => format!("many\r\n{REFUSAL}\r\n0\r\n\r\n");
    "a chunk size of 2^68" => format!("100000000000000000\r\n{REFUSAL}\r\n");
    "a chunk that is longer than its size" => format!("5\r\n{REFUSAL}\r\n0\r\n\r\n");
    "a chunk that is cut off" => format!("ff\r\n{REFUSAL}");
    "no last chunk" => format!("{:x}\r\n{REFUSAL}\r\n", REFUSAL.len());
    "a last chunk without its end" => format!("{:x}\r\n{REFUSAL}\r\n0\r\n", REFUSAL.len());
    "trailers that drive terminals" =>
        format!("{:x}\r\n{REFUSAL}\r\n0\r\nX: \x1b[2J\r\n\r\n", REFUSAL.len());
};

pub(crate) const ENDLESS: [Hostility; 6] = endless! {
    "a body without end" => "ffffffffffff\r\n", "x";
    "chunks of one byte without end" => "", "1\r\nx\r\n";
    "chunk extensions without end" => "5", ";x=y";
    "a chunk size without end" => "", "0";
    "trailers without end" => "0\r\n", "X: y\r\n";
    "a trailer of one line without end" => "0\r\nX: ", "y";
};
