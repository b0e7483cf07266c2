//! A server that keeps what it is sent.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

/// A request as it came.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The pairs of the query as they came, sorted.
    pub(crate) query: Vec<String>,
    /// Header fields by name in lower case.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

/// An answer with a body in JSON.
pub(crate) fn answer(status: u16, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status} Said\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

/// Takes a request for each answer, one for each connection.
pub(crate) fn echo(answers: Vec<String>) -> (String, JoinHandle<Vec<Request>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let accept = move || {
        // The answers come first: who waits for a connection too many waits for ever.
        let pairs = answers.iter().zip(listener.incoming());
        pairs.map(|(answer, stream)| take(stream.expect("a connection"), answer)).collect()
    };
    (url, std::thread::spawn(accept))
}

fn take(mut stream: TcpStream, answer: &str) -> Request {
    let mut reader = BufReader::new(stream.try_clone().expect("a reader"));
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    };
    let first = line();
    let mut words = first.split(' ').map(str::to_owned);
    let (method, target) = (words.next().expect("a method"), words.next().expect("a target"));
    let mut headers = BTreeMap::new();
    loop {
        let field = line();
        let Some((name, value)) = field.split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").map_or(0, |text| text.parse().expect("a length"));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("the body");
    stream.write_all(answer.as_bytes()).expect("an answer");
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let mut query: Vec<_> =
        query.split('&').filter(|pair| !pair.is_empty()).map(str::to_owned).collect();
    query.sort();
    Request { method, path: path.to_owned(), query, headers, body }
}
