//! A client works without any setup of TLS; a process of its own, which no other test has prepared.
#![cfg(feature = "client")]

use std::io::{Read, Write};

use atlas_runtime::client::Client;
use atlas_runtime::credentials::Credentials;
use atlas_runtime::request::Call;
use atlas_runtime::settings::Settings;

#[tokio::test]
async fn a_client_needs_no_setup() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let _ = stream.read(&mut [0; 4096]).expect("a request");
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").expect("an answer");
    });
    let credentials = Credentials::Bearer("t".to_owned());
    let client = Client::connect(&url, credentials, Settings::default()).expect("a client");
    let answer = client.send(Call::new("GET", "/", "application/json")).await.expect("an answer");
    assert_eq!(answer.status, 200);
}
