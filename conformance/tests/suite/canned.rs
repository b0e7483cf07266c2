//! A mock that keeps no state and looks at nothing but what a test tells it to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

/// Serves answers made from the request line and the body: a status, a media type and a body.
pub(crate) fn serve(answer: fn(&str, &str) -> (u16, &'static str, String)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || one(stream, answer));
        }
    });
    format!("http://{address}")
}

fn one(stream: TcpStream, answer: fn(&str, &str) -> (u16, &'static str, String)) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let (mut length, mut line) = (0, String::new());
    while reader.read_line(&mut line).ok()? > 2 {
        let (name, value) = line.split_once(':').unwrap_or_default();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let (status, media_type, text) = answer(&first, &String::from_utf8_lossy(&body));
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\
         WWW-Authenticate: Bearer\r\nConnection: close\r\n\r\n",
        text.len()
    );
    reader.into_inner().write_all(&[head.into_bytes(), text.into_bytes()].concat()).ok()
}
