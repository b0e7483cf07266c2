//! Who a call acts as, by each kind of credentials, and how its values are written.

use atlas_runtime::client::Client;
use atlas_runtime::credentials::Credentials;
use atlas_runtime::request::Call;

use crate::server::{Request, Server, json};
use crate::{http, hurried};

async fn sent(credentials: Credentials, call: Call) -> Request {
    let server = Server::start(|_, _| json(200, "", "{}"));
    let client = Client::with(http(), &server.url, credentials, hurried()).expect("a client");
    client.send(call).await.expect("an answer");
    server.requests().remove(0)
}

fn call() -> Call {
    let mut call = Call::new("GET", "/things", "application/json");
    call.query("a", Some(&1));
    call
}

#[tokio::test]
async fn each_kind_is_sent_where_it_belongs() {
    let (username, password) = ("u".to_owned(), "p".to_owned());
    let basic = sent(Credentials::Basic { username, password }, call()).await;
    assert_eq!(basic.authorization.as_deref(), Some("Basic dTpw"));
    let (name, key) = ("X-API-Key".to_owned(), "a key".to_owned());
    let header = sent(Credentials::HeaderKey { name, key }, call()).await;
    assert!(header.head.contains("x-api-key: a key\n"), "{}", header.head);
    let (name, key) = ("api_key".to_owned(), "k&".to_owned());
    let query = sent(Credentials::QueryKey { name, key }, call()).await;
    assert_eq!(query.target, "/things?a=1&api_key=k%26");
    let none = sent(Credentials::None, call()).await;
    assert_eq!((none.authorization, &*none.target), (None, "/things?a=1"));
}

#[tokio::test]
async fn what_takes_no_credentials_gets_none() {
    let (name, key) = ("api_key".to_owned(), "k".to_owned());
    for credentials in [Credentials::Bearer("t".to_owned()), Credentials::QueryKey { name, key }] {
        let mut call = call();
        call.without_credentials();
        let request = sent(credentials, call).await;
        assert_eq!((request.authorization, &*request.target), (None, "/things?a=1"));
    }
}

#[tokio::test]
async fn a_comma_within_a_value_is_no_separator() {
    let mut call = call();
    call.query_list("list", Some(&vec!["a,b", "c"]));
    let request = sent(Credentials::None, call).await;
    assert_eq!(request.target, "/things?a=1&list=a%2Cb,c");
}
