//! A call is a span that says what was called and what came, and nothing of the credentials.

use std::fmt::Debug;
use std::io::{Read, Write};
use std::sync::{Arc, Mutex};

use atlas_runtime::client::Client;
use atlas_runtime::credentials::Credentials;
use atlas_runtime::request::Call;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Keeps the fields of every span.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<String>>>);

impl Visit for &Spans {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.lock().expect("no panic").push(format!("{field}={value:?}"));
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("atlas_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut &*self);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut &*self);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut &*self);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_call_is_a_span_without_credentials() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut head = [0; 4096];
        let length = stream.read(&mut head).expect("a request");
        stream.write_all(b"HTTP/1.1 418 T\r\nContent-Length: 0\r\n\r\n").expect("an answer");
        String::from_utf8_lossy(&head[..length]).into_owned()
    });
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().expect("a client");
    let credentials = Credentials::Bearer("a-secret-token".to_owned());
    let client = Client::new(http, &url, credentials).expect("a client");
    let call = Call::new("GET", "/api/atlas/v2/groups/{groupId}", "application/json");
    client.send(call).await.expect("an answer");
    assert!(server.join().expect("the server").contains("a-secret-token"));
    let fields = spans.0.lock().expect("no panic").join("\n");
    for field in ["method=\"GET\"", "path=\"/api/atlas/v2/groups/{groupId}", "status=418"] {
        assert!(fields.contains(field), "{field} is not in\n{fields}");
    }
    assert!(!fields.contains("a-secret"), "{fields}");
}
