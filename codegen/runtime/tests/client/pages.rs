//! Pages as a stream of their items.

use std::pin::pin;

use atlas_runtime::page::PageError;
use futures_util::StreamExt;

use crate::operations::{ListGroupUsersResponse, users};
use crate::server::{Request, Server, json};
use crate::{USER, client, hurried};

/// A page of so many users.
fn page(users: usize, total: Option<usize>) -> String {
    let total = total.map(|total| format!(r#","totalCount":{total}"#)).unwrap_or_default();
    json(200, "", &format!(r#"{{"results":[{}]{total}}}"#, vec![USER; users].join(",")))
}

/// How many items came, why there were no more, and the targets that were asked for.
async fn walk(
    server: &Server,
    first: Option<i64>,
) -> (usize, Option<PageError<ListGroupUsersResponse>>) {
    let client = client(&server.url, hurried());
    let mut items = pin!(users(&client, first));
    let mut count = 0;
    while let Some(item) = items.next().await {
        match item {
            Ok(_) => count += 1,
            Err(error) => {
                assert!(items.next().await.is_none(), "something came after an error");
                return (count, Some(error));
            }
        }
    }
    (count, None)
}

fn numbers(server: &Server) -> Vec<String> {
    let number = |request: Request| {
        let (_, number) = request.target.split_once("pageNum=").expect("a page");
        number.to_owned()
    };
    server.requests().into_iter().map(number).collect()
}

#[tokio::test]
async fn the_total_ends_the_walk() {
    let server = Server::start(|number, _| page(if number == 0 { 2 } else { 1 }, Some(3)));
    let (count, error) = walk(&server, None).await;
    assert_eq!((count, error.is_none()), (3, true), "{error:?}");
    assert_eq!(numbers(&server), ["1", "2"]);
}

#[tokio::test]
async fn without_a_total_an_empty_page_ends_it() {
    let server = Server::start(|number, _| page(2 - number, None));
    let (count, error) = walk(&server, None).await;
    assert_eq!((count, error.is_none()), (3, true), "{error:?}");
    assert_eq!(numbers(&server), ["1", "2", "3"]);
}

#[tokio::test]
async fn a_walk_from_a_later_page_goes_to_the_end() {
    let server = Server::start(|number, _| page(1 - number, Some(1)));
    let (count, error) = walk(&server, Some(7)).await;
    assert_eq!((count, error.is_none()), (1, true), "{error:?}");
    assert_eq!(numbers(&server), ["7", "8"]);
}

#[tokio::test]
async fn what_is_no_page_ends_it_and_is_told() {
    let server = Server::start(|number, _| match number {
        0 => page(2, Some(5)),
        _ => json(404, "", r#"{"error":404,"errorCode":"GROUP_NOT_FOUND"}"#),
    });
    let (count, error) = walk(&server, None).await;
    assert_eq!(count, 2);
    let Some(PageError::Answer(answer)) = error else { panic!("{error:?}") };
    assert!(matches!(answer, ListGroupUsersResponse::NotFound(_)), "{answer:?}");
}

#[tokio::test]
async fn a_server_that_ignores_the_number_ends_it() {
    let server = Server::start(|_, _| page(2, None));
    let (count, error) = walk(&server, None).await;
    assert_eq!((count, error.is_none()), (2, true), "{error:?}");
    assert_eq!(numbers(&server), ["1", "2"]);
}
