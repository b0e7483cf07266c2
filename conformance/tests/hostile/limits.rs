//! Rate limits that ask for too much.

use crate::connection::REFUSAL;
use crate::hostility::{Hostility, after};

/// 429 with this Retry-After.
macro_rules! waits {
    ($($name:literal => $lines:expr;)*) => {
        [$(after($name, |connection| {
            connection.answer("429 Too Many Requests", concat!($lines, "Content-Type: application/json\r\n"), REFUSAL)
        }),)*]
    };
}

pub(crate) const ALL: [Hostility; 9] = waits! {
    "429 with Retry-After 99999999" => "Retry-After: 99999999\r\n";
    "429 with Retry-After 2^64" => "Retry-After: 18446744073709551616\r\n";
    "429 with Retry-After -1" => "Retry-After: -1\r\n";
    "429 with Retry-After 1e400" => "Retry-After: 1e400\r\n";
    "429 with Retry-After 0" => "Retry-After: 0\r\n";
    "429 with Retry-After 11" => "Retry-After: 11\r\n";
    "429 with Retry-After 1" => "Retry-After: 1\r\n";
    "429 until the year 9999" => "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n";
    "429 without Retry-After" => "";
};

/// Retry-After where it means nothing.
pub(crate) const ELSEWHERE: [Hostility; 1] =
    [after("403 with Retry-After 99999999", |connection| {
        connection.refuse_with(b"Retry-After: 99999999\r\n")
    })];
