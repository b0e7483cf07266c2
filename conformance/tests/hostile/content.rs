//! Bodies that are whole and hurt who reads them.

use crate::hostility::{Hostility, after};

/// A refusal whose body is made like this.
macro_rules! bodies {
    ($($name:literal => $body:expr;)*) => {
        [$(after($name, |connection| connection.succeed($body)),)*]
    };
}

pub(crate) const ALL: [Hostility; 23] = bodies! {
    "JSON nested 200,000 deep" => "[".repeat(200_000);
    "JSON nested 100 deep in each field" => nested();
    "50,000 keys" => wide(false);
    "100,000 equal keys" => wide(true);
    "a number of 1,000,000 digits" => format!("{{\"id\":{}}}", "9".repeat(1_000_000));
    "1e999999" => r#"{"id":1e999999,"error":1e999999,"expires_in":1e999999}"#;
    "NaN and Infinity" => r#"{"id":NaN,"error":Infinity}"#;
    "half a surrogate pair" => r#"{"id":"\ud800","username":"\udfff\ud800"}"#;
    "bytes that are no UTF-8" => b"{\"id\":\"\xff\xfe\",\"username\":\"\xc0\xaf\"}";
    "UTF-16" => "{\"id\":1}".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    "a byte order mark" => "\u{feff}{}";
    "null" => "null";
    "an empty body" => "";
    "zeros" => vec![0; 10_000];
    "an escape in a string" => "{\"id\":\"\x1b[2J\"}";
    "text that drives terminals and pages" => DRIVES;
    "100,000 different roles" => roles();
    "a role of 900,000 characters" => format!("{{\"roles\":[\"{}\"]}}", "R".repeat(900_000));
    "an errorCode of 900,000 characters" => format!("{{\"errorCode\":\"{}\"}}", "E".repeat(900_000));
    "60,000 empty lists" => format!("{{\"parameters\":[{}[]]}}", "[],".repeat(60_000));
    "1 MiB of spaces" => format!("{}{{}}", " ".repeat(1024 * 1024 - 2));
    "1 MiB of spaces and one" => format!("{}{{}}", " ".repeat(1024 * 1024 - 1));
    "7 KiB" => format!("{{\"detail\":\"{}\"}}", "d".repeat(7000));
};

/// Whose Content-Encoding was not asked for.
pub(crate) const PACKED: [Hostility; 2] = [
    after("gzip that was not asked for", |connection| {
        connection.answer("200 OK", "Content-Encoding: gzip\r\n", bomb(26))
    }),
    after("a gzip bomb", |connection| {
        connection.answer("200 OK", "Content-Encoding: gzip\r\n", bomb(500_000))
    }),
];

/// Escape sequences, markup, marks of direction, and commands of a CI runner.
const DRIVES: &str = concat!(
    r#"{"detail":"\u001b[2J\u001b]0;owned\u0007","errorCode":"\u202e\u2066evil\u0000","#,
    r#""id":"</script><script>alert(1)</script><!--","username":"]]>&lt;\u0008\u009b2J","#,
    "\"roles\":[\"\\n::error::owned\\n\",\"\u{202e}\u{200b}\"],\"orgMembershipStatus\":\"\\r\\nX\"}"
);

fn wide(equal: bool) -> String {
    let keys = if equal { 100_000 } else { 50_000 };
    let entry = |key: usize| format!("\"k{}\":{key}", if equal { 0 } else { key });
    format!("{{{}}}", (0..keys).map(entry).collect::<Vec<_>>().join(","))
}

fn nested() -> String {
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    format!(
        "{{\"id\":{deep},\"roles\":{deep},\"error\":{deep},\"errorCode\":{deep},\
         \"parameters\":{deep},\"badRequestDetail\":{deep},\"access_token\":{deep}}}"
    )
}

fn roles() -> String {
    let roles: Vec<_> = (0..100_000).map(|role| format!("\"{role}\"")).collect();
    format!("{{\"roles\":[{}]}}", roles.join(","))
}

/// gzip of zeros, some 159 of them for each byte: one block of fixed codes (RFC 1951, 3.2.6), in
/// which a zero is followed by references to 258 bytes at distance 1.
fn bomb(length: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = vec![true, true, false];
    let code = |bits: &mut Vec<bool>, code: u32, length: u32| {
        bits.extend((0..length).rev().map(|bit| code >> bit & 1 == 1));
    };
    code(&mut bits, 0b0011_0000, 8);
    while bits.len() / 8 < length {
        code(&mut bits, 0b1100_0101, 8);
        code(&mut bits, 0, 5);
    }
    code(&mut bits, 0, 7);
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let byte = |bits: &[bool]| {
        bits.iter().enumerate().fold(0, |byte, (at, bit)| byte | u8::from(*bit) << at)
    };
    bytes.extend(bits.chunks(8).map(byte));
    bytes
}
