//! Bytes that come behind a response.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use atlas_engine::exchange::Request;
use atlas_engine::transport::Transport;
use atlas_engine::transport::tls::TrustStore;

/// A server that answers one request, and answers once more a moment later.
fn answers_twice() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let _ = stream.read(&mut [0; 4096]);
        for pause in [0, 5] {
            std::thread::sleep(Duration::from_millis(pause));
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        }
        // Stays open, as a server does that keeps connections.
        let _ = stream.read(&mut [0; 1]);
    });
    format!("http://{address}")
}

#[test]
fn a_chunked_request_that_is_answered_twice_is_seen_each_time() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        for _ in 0..5 {
            let url = answers_twice().parse().expect("a URL");
            let trust = TrustStore::default();
            let timeout = Duration::from_secs(5);
            let transport = Transport::new(&url, &trust, None, timeout).expect("a transport");
            let request = Request {
                method: "POST".to_owned(),
                target: "/".to_owned(),
                headers: vec![("Transfer-Encoding".to_owned(), b"chunked".to_vec())],
                body: "{}".into(),
                ..Request::default()
            };
            let exchange = transport.send(request).await;
            assert!(exchange.trailing_bytes > 0, "the second answer was not seen");
        }
    });
}
