//! When a call is sent again, and when it is not.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::operations::GetGroupUserResponse;
use crate::operations::RemoveGroupUserRoleResponse;
use atlas_runtime::client::Error;
use atlas_runtime::settings::Settings;

use crate::server::{Server, json};
use crate::{USER, client, get, hurried, remove};

#[tokio::test]
async fn a_rate_limit_is_waited_for_and_every_answer_observed() {
    let server = Server::start(|number, _| match number {
        0 | 1 => json(429, "Retry-After: 0\r\n", "{}"),
        _ => json(200, "", USER),
    });
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let observer: atlas_runtime::settings::Observer = Arc::new(move |observed| {
        kept.lock().expect("no panic").push((observed.status, observed.repetition));
    });
    let client = client(&server.url, Settings { observer: Some(observer), ..hurried() });
    // A removal that was refused for its rate changed nothing, so it is sent again too.
    let answer = remove(&client).await.expect("an answer");
    assert!(matches!(answer, RemoveGroupUserRoleResponse::Ok(_)), "{answer:?}");
    assert_eq!(*seen.lock().expect("no panic"), [(429, 0), (429, 1), (200, 2)]);
    let bodies: Vec<_> = server.requests().into_iter().map(|request| request.body).collect();
    assert_eq!(bodies, [r#"{"groupRole":"GROUP_OWNER"}"#; 3]);
}

#[tokio::test]
async fn the_last_repetition_is_the_answer() {
    let server = Server::start(|_, _| json(429, "Retry-After: 0\r\n", "{}"));
    let answer = get(&client(&server.url, hurried())).await.expect("an answer");
    let GetGroupUserResponse::Undocumented(answer) = answer else { panic!("{answer:?}") };
    assert_eq!((answer.status, server.requests().len()), (429, 3));
}

#[tokio::test]
async fn a_failure_of_the_server_repeats_a_read_and_no_removal() {
    let server = Server::start(|number, request| match (number, request.method.as_str()) {
        (0, "GET") => json(503, "", "{}"),
        (_, "GET") => json(200, "", USER),
        _ => json(503, "", "{}"),
    });
    let client = client(&server.url, hurried());
    let read = get(&client).await.expect("an answer");
    assert!(matches!(read, GetGroupUserResponse::Ok(_)), "{read:?}");
    let removed = remove(&client).await.expect("an answer");
    let RemoveGroupUserRoleResponse::Undocumented(answer) = removed else { panic!("{removed:?}") };
    assert_eq!(answer.status, 503);
    let methods: Vec<_> = server.requests().into_iter().map(|request| request.method).collect();
    assert_eq!(methods, ["GET", "GET", "POST"]);
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_not_begun() {
    let beyond_u64 = "99999999999999999999999999";
    for asked in ["3600", "Tue, 31 Dec 2999 23:59:59 GMT", beyond_u64] {
        let server =
            Server::start(move |_, _| json(429, &format!("Retry-After: {asked}\r\n"), "{}"));
        let answer = get(&client(&server.url, hurried())).await.expect("an answer");
        assert!(matches!(answer, GetGroupUserResponse::Undocumented(_)), "{answer:?}");
        assert_eq!(server.requests().len(), 1, "{asked}");
    }
}

#[tokio::test]
async fn a_date_that_has_passed_and_nonsense_are_no_wait() {
    for asked in ["Sun, 06 Nov 1994 08:49:37 GMT", "soon", "-1"] {
        let server = Server::start(move |number, _| match number {
            0 => json(429, &format!("Retry-After: {asked}\r\n"), "{}"),
            _ => json(200, "", USER),
        });
        let answer = get(&client(&server.url, hurried())).await.expect("an answer");
        assert!(matches!(answer, GetGroupUserResponse::Ok(_)), "{asked}: {answer:?}");
        assert_eq!(server.requests().len(), 2, "{asked}");
    }
}

#[tokio::test]
async fn a_connection_that_is_refused_is_told() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr());
    let url = format!("http://{}", port.expect("a port"));
    let error = get(&client(&url, hurried())).await.expect_err("nobody is there");
    assert!(matches!(&error, Error::Transport(reason) if reason.is_connect()), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_request_is_not_tried_again() {
    let server = Server::serve(|_, _, _| {});
    let error = remove(&client(&server.url, hurried())).await.expect_err("no answer");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_server_that_is_silent_ends_the_call_in_time() {
    let server = Server::serve(|_, _, _| std::thread::sleep(Duration::from_secs(600)));
    let settings = Settings { timeout: Duration::from_millis(200), ..hurried() };
    let error = remove(&client(&server.url, settings)).await.expect_err("no answer");
    assert!(matches!(&error, Error::Transport(reason) if reason.is_timeout()), "{error:?}");
}

#[tokio::test]
async fn a_read_whose_connection_broke_is_sent_again() {
    let server = Server::serve(|number, _, stream| {
        if number > 0 {
            let _ = std::io::Write::write_all(stream, json(200, "", USER).as_bytes());
        }
    });
    let answer = get(&client(&server.url, hurried())).await.expect("an answer");
    assert!(matches!(answer, GetGroupUserResponse::Ok(_)), "{answer:?}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_call_ends_at_its_deadline_whatever_it_waits_for() {
    let server = Server::start(|_, _| json(429, "Retry-After: 30\r\n", "{}"));
    let deadline = Some(Duration::from_millis(300));
    let settings = Settings { deadline, ..hurried() };
    let error = get(&client(&server.url, settings)).await.expect_err("no answer");
    assert!(matches!(error, Error::Deadline(_)), "{error:?}");
}
