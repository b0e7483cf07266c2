//! No answer is more than the client takes, and none is a panic.

use std::io::Write;

use crate::operations::GetGroupUserResponse;
use atlas_runtime::client::Error;
use atlas_runtime::settings::Settings;

use crate::server::{Server, json};
use crate::{client, get, hurried};

#[tokio::test]
async fn a_body_without_end_is_left_at_the_limit() {
    let server = Server::serve(|_, _, stream| {
        let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let mut going = stream.write_all(head).is_ok();
        // Far more than the limit; the client hangs up before.
        for _ in 0..10_000 {
            going = going && stream.write_all(b"1000\r\n").is_ok();
            going = going && stream.write_all(&[b' '; 0x1000]).is_ok();
            going = going && stream.write_all(b"\r\n").is_ok();
        }
        assert!(!going, "everything was taken");
    });
    let client = client(&server.url, Settings { body_limit: 100_000, ..hurried() });
    let error = get(&client).await.expect_err("too large");
    assert!(matches!(error, Error::TooLarge { status: 200, limit: 100_000 }), "{error:?}");
}

#[tokio::test]
async fn a_body_of_the_limit_is_taken() {
    let body = format!("{:100}", r#"{"error":404,"errorCode":"X"}"#);
    let taken = Server::start(move |_, _| json(404, "", &body));
    for (body_limit, fits) in [(100, true), (99, false)] {
        let client = client(&taken.url, Settings { body_limit, ..hurried() });
        match get(&client).await {
            Ok(GetGroupUserResponse::NotFound(_)) => assert!(fits),
            Err(Error::TooLarge { .. }) => assert!(!fits),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_documented_status_with_another_body_keeps_its_bytes() {
    let deep = "[".repeat(200_000);
    let bodies = ["", "null", "[]", "{\"id\":5}", "\u{feff}{}", "1e999999", &deep];
    for sent in bodies {
        let text = sent.to_owned();
        let server = Server::start(move |_, _| json(200, "", &text));
        match get(&client(&server.url, hurried())).await {
            Err(Error::Body { status: 200, body, .. }) => assert_eq!(*body, *sent.as_bytes()),
            other => panic!("{sent:.20}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn an_undocumented_status_comes_as_it_is() {
    for status in [204, 302, 418, 599] {
        let server = Server::start(move |_, _| json(status, "", ""));
        let client = client(&server.url, Settings { retries: 0, ..hurried() });
        match get(&client).await {
            Ok(GetGroupUserResponse::Undocumented(answer)) => assert_eq!(answer.status, status),
            other => panic!("{status}: {other:?}"),
        }
    }
}
