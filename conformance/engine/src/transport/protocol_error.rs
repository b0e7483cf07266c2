//! Explains why bytes that came are no response of HTTP/1.1.

use std::error::Error;
use std::io;

use crate::exchange::TransportError;
use crate::transport::byte_counter::ByteCounter;

/// How many characters of the response are quoted.
const QUOTED: usize = 40;

/// No head came, or none that can be read.
pub(super) fn head(
    error: &hyper::Error,
    counter: &ByteCounter,
    longest: usize,
    fields: usize,
) -> TransportError {
    let beginning = counter.beginning();
    if let Some(most) = counter.exceeded() {
        return TransportError::TooLarge(most);
    }
    if error.is_parse_too_large() {
        let many = lines(&beginning).count() > fields || counter.bytes() < longest;
        return TransportError::InvalidResponse(match many {
            true => format!("its head has more than {fields} fields"),
            false => format!("its head is longer than {} KiB", longest / 1024),
        });
    }
    if counter.bytes() == 0 {
        return TransportError::ConnectionClosed(how_it_ended(error));
    }
    match explain_head(&beginning) {
        Some(why) => TransportError::InvalidResponse(why),
        None if error.is_parse() => TransportError::InvalidResponse(chain(error)),
        None => {
            TransportError::Truncated(format!("{} bytes came, and no whole head", counter.bytes()))
        }
    }
}

/// The head came, and no whole body; `length` is what Content-Length promised.
pub(super) fn body(
    error: &hyper::Error,
    counter: &ByteCounter,
    came: usize,
    length: Option<&[u8]>,
) -> TransportError {
    if let Some(most) = counter.exceeded() {
        return TransportError::TooLarge(most);
    }
    let ended = [
        io::ErrorKind::UnexpectedEof,
        io::ErrorKind::ConnectionReset,
        io::ErrorKind::ConnectionAborted,
        io::ErrorKind::BrokenPipe,
    ];
    if let Some(cause) = io_error(error)
        && !ended.contains(&cause.kind())
    {
        let cause = cause.to_string().to_lowercase();
        let why = format!("a chunk of its body is wrong, after {came} bytes: {cause}");
        return TransportError::InvalidResponse(why);
    }
    TransportError::Truncated(match length {
        Some(length) => {
            format!("{came} of {} bytes of the body came", String::from_utf8_lossy(length))
        }
        None => format!("{came} bytes of the body came, and not its end"),
    })
}

/// What is wrong with a head, as far as its beginning shows it.
fn explain_head(bytes: &[u8]) -> Option<String> {
    if matches!(bytes, [0x14..=0x17, 3, ..]) {
        return Some("it is of TLS, not of HTTP: is the target https://?".to_owned());
    }
    if !bytes.iter().zip(b"HTTP/1.").all(|(byte, wanted)| byte == wanted) {
        let first = lines(bytes).next()?;
        return Some(format!(
            "it begins with {}, not with a status line of HTTP/1.1",
            quoted(first)
        ));
    }
    // A line that has not come to its end may yet be right.
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let mut lines = lines(&bytes[..whole]);
    let first = lines.next().filter(|line| !line.is_empty())?;
    let code = first.get(9..).unwrap_or_default();
    let digits = code.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let status = std::str::from_utf8(&code[..digits]).ok().and_then(|code| code.parse().ok());
    match status {
        Some(100..=199) => {
            let rest = bytes.windows(4).position(|end| end == b"\r\n\r\n")?;
            return explain_head(&bytes[rest + 4..]);
        }
        Some(200..=999_u32) if digits == 3 => {}
        _ => return Some(format!("its status line is {}", quoted(first))),
    }
    let mut lengths = Vec::new();
    for line in lines.take_while(|line| !line.is_empty()) {
        if let Some(why) = explain_field(line) {
            return Some(why);
        }
        let (name, value) = field(line)?;
        if name.eq_ignore_ascii_case(b"content-length") {
            lengths.push(value.trim_ascii().to_vec());
        }
    }
    lengths.dedup();
    let quoted: Vec<_> = lengths.iter().map(|length| quoted(length)).collect();
    (!quoted.is_empty()).then(|| format!("its Content-Length is {}", quoted.join(" and ")))
}

/// What is wrong with one line of a head.
fn explain_field(line: &[u8]) -> Option<String> {
    if line.first().is_some_and(|byte| b" \t".contains(byte)) {
        return Some(
            "a field of its head is folded over lines, which HTTP/1.1 no longer has (RFC 9112, \
             5.2)"
                .to_owned(),
        );
    }
    let Some((name, value)) = field(line) else {
        return Some(format!("a line of its head has no colon: {}", quoted(line)));
    };
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    if name.is_empty() || !name.iter().all(is_token) {
        return Some(format!("a field of its head is named {}", quoted(name)));
    }
    let control = value.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t');
    control.then(|| format!("the field {} of its head has a control character", quoted(name)))
}

fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    Some((&line[..colon], &line[colon + 1..]))
}

/// Lines without their ends, which may lack the carriage return.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// The beginning of something, in backticks and with what can't be seen escaped.
fn quoted(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(QUOTED * 4)]).into_owned();
    let shown: String = text.chars().take(QUOTED).collect();
    let more = if bytes.len() > shown.len() { "…" } else { "" };
    format!("`{}{more}`", shown.escape_debug())
}

fn how_it_ended(error: &hyper::Error) -> &'static str {
    match io_error(error).map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe) => "reset",
        _ => "closed",
    }
}

/// The error of the stream below, if it was one.
fn io_error(error: &hyper::Error) -> Option<&io::Error> {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(found) = cause.downcast_ref() {
            return Some(found);
        }
        source = cause.source();
    }
    None
}

/// An error with its causes, since hyper's own texts stop short of them.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::explain_head;

    fn why(bytes: &[u8]) -> String {
        explain_head(bytes).unwrap_or_default()
    }

    #[test]
    fn what_is_wrong_with_a_head_is_said() {
        assert_eq!(
            why(b"<html>hello\n"),
            "it begins with `<html>hello`, not with a status line of HTTP/1.1"
        );
        assert_eq!(
            why(b"\x15\x03\x03\0\x02\x02\x28"),
            "it is of TLS, not of HTTP: is the target https://?"
        );
        assert_eq!(why(b"HTTP/1.1 abc\r\n\r\n"), "its status line is `HTTP/1.1 abc`");
        assert_eq!(why(b"HTTP/1.1 000 X\r\n\r\n"), "its status line is `HTTP/1.1 000 X`");
        assert_eq!(why(b"HTTP/1.1 200 X\r\nfoo\r\n\r\n"), "a line of its head has no colon: `foo`");
        assert_eq!(why(b"HTTP/1.1 200 X\r\nA B: c\r\n\r\n"), "a field of its head is named `A B`");
        assert_eq!(
            why(b"HTTP/1.1 200 X\r\nA: b\rc\r\n\r\n"),
            "the field `A` of its head has a control character"
        );
        assert_eq!(
            why(b"HTTP/1.1 200 X\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n"),
            "its Content-Length is `5` and `7`"
        );
        assert!(why(b"HTTP/1.1 200 X\r\nA: b\r\n c\r\n\r\n").contains("folded"));
        assert_eq!(
            why(b"HTTP/1.1 100 X\r\n\r\nHTTP/1.1 2 X\r\n\r\n"),
            "its status line is `HTTP/1.1 2 X`"
        );
    }

    #[test]
    fn what_is_not_understood_is_left_to_others() {
        assert_eq!(explain_head(b"HTTP/1.1 200 X\r\nA: b\r\n\r\n"), None);
        assert_eq!(explain_head(b"HTTP/1.1 100 X\r\n"), None);
        assert_eq!(explain_head(b"HTTP/1.1 40"), None);
        assert_eq!(explain_head(b"HTTP/1.1 403 X\r\nContent-Ty"), None);
    }
}
