//! What a whole document need not have is sent rightly as well: forms, objects and lists in queries,
//! JSON in parameters, and null beside what is absent.

use std::path::Path;

use crate::echo::{add_program, run_program};
use crate::server::{Request, answer};
use crate::{calls, lock, write};

/// Sends the calls of a program to a client of one fixture.
fn sent(fixture: &str, calls: &str, count: usize) -> Vec<Request> {
    answered(fixture, calls, vec![answer(404, ""); count])
}

/// The same, to a server that gives these answers.
fn answered(fixture: &str, calls: &str, answers: Vec<String>) -> Vec<Request> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/accept");
    let folder = tempfile::tempdir().expect("a folder");
    let package = folder.path().join("echo-client");
    write(&fixtures.join(fixture).display().to_string(), &package);
    lock(&package);
    add_program(&package, &calls::program(calls));
    run_program(&package, answers)
}

fn text(request: &Request) -> &str {
    std::str::from_utf8(&request.body).expect("text")
}

#[test]
#[ignore = "compiles a package"]
fn a_query_holds_objects_and_lists_and_json() {
    let calls = r#"
        use echo_client::{types, untagged::list_things::{Headers, Query}};
        let more = [("a b".to_owned(), "c&d".to_owned())].into();
        let query = Query {
            filter: Some(types::Filter { name: "n".to_owned(), size: Some(3), additional: more }),
            sort: types::ListThingsSort { by: Some("age".to_owned()), down: None },
            spaced: Some(vec!["x".to_owned(), "y".to_owned()]),
            piped: Some(vec![1, 2]),
            where_: Some(types::ListThingsWhere { deep: Some(vec![7]) }),
        };
        let headers = Headers { x_context: types::ListThingsXContext { trace: Some("t".to_owned()) } };
        let _ = client.wait(async |client| client.list_things(&query, &headers).await);
    "#;
    let requests = sent("query_styles.yaml", calls, 1);
    let expected = [
        "by=age",
        "filter%5Ba%20b%5D=c%26d",
        "filter%5Bname%5D=n",
        "filter%5Bsize%5D=3",
        "piped=1%7C2",
        "spaced=x%20y",
        "where=%7B%22deep%22%3A%5B7%5D%7D",
    ];
    assert_eq!(requests[0].query, expected);
    assert_eq!(requests[0].headers["x-context"], r#"{"trace":"t"}"#);
}

#[test]
#[ignore = "compiles a package"]
fn forms_are_sent_as_fields_and_as_parts() {
    let calls = r#"
        use echo_client::{types, untagged::{send_fields, send_parts_as_form_data}};
        let form = send_fields::Form {
            grant_type: types::SendFieldsBodyGrantType::Code,
            scopes: Some(vec!["a b".to_owned(), "c".to_owned()]),
            limit: Some(3),
            password: Some("p&q".to_owned()),
            filter: Some(types::SendFieldsBodyFilter { name: Some("n".to_owned()) }),
        };
        let _ = client.wait(async |client| client.send_fields(&form).await);
        let form = send_parts_as_form_data::Form {
            picture: vec![0, 255, 13, 10].into(),
            more: None,
            note: Some("a note".to_owned()),
            place: Some(types::SendPartsAsFormDataBodyPlace { city: Some("Bonn".to_owned()) }),
        };
        let _ = client.wait(async |client| client.send_parts_as_form_data(Some(&form)).await);
        let _ = client.wait(async |client| client.send_parts_as_form_data(None).await);
    "#;
    let requests = sent("forms.yaml", calls, 3);
    assert_eq!(requests[0].headers["content-type"], "application/x-www-form-urlencoded");
    let fields = "grantType=CODE&scopes=a%20b&scopes=c&limit=3&password=p%26q\
                  &filter=%7B%22name%22%3A%22n%22%7D";
    assert_eq!(text(&requests[0]), fields);

    let content_type = &requests[1].headers["content-type"];
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").expect("a boundary");
    let mut parts = Vec::new();
    let mut part = |head: &str, content: &[u8]| {
        parts.extend_from_slice(format!("--{boundary}\r\n{head}\r\n\r\n").as_bytes());
        parts.extend_from_slice(content);
        parts.extend_from_slice(b"\r\n");
    };
    let disposition = "Content-Disposition: form-data; name=";
    let file = format!(
        "{disposition}\"picture\"; filename=\"picture\"\r\nContent-Type: application/octet-stream"
    );
    part(&file, &[0, 255, 13, 10]);
    part(&format!("{disposition}\"note\""), b"a note");
    let json = format!("{disposition}\"place\"\r\nContent-Type: application/json");
    part(&json, br#"{"city":"Bonn"}"#);
    parts.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    assert_eq!(requests[1].body, parts);
    assert_eq!((requests[2].headers.get("content-type"), requests[2].body.len()), (None, 0));
}

#[test]
#[ignore = "compiles a package"]
fn fields_of_a_form_are_sent_deeply_where_their_encoding_says_so() {
    let calls = r#"
        let form = echo_client::untagged::add_thing::Form {
            metadata: Some([("a b".to_owned(), "c".to_owned())].into()),
            expand: Some(vec!["x".to_owned(), "y".to_owned()]),
            name: Some("n".to_owned()),
        };
        let _ = client.wait(async |client| client.add_thing(&form).await);
    "#;
    let requests = sent("form_encoding.yaml", calls, 1);
    let mut pairs: Vec<_> = text(&requests[0]).split('&').collect();
    pairs.sort_unstable();
    assert_eq!(pairs, ["expand%5B0%5D=x", "expand%5B1%5D=y", "metadata%5Ba%20b%5D=c", "name=n"]);
}

#[test]
#[ignore = "compiles a package"]
fn a_union_writes_the_value_that_chooses_its_shape() {
    let calls = r#"
        use echo_client::types::{Cat, Dog, Pet};
        let cat = Pet::Kitty(Box::new(Cat { kind: "anything".to_owned(), lives: Some(9) }));
        let named = Pet::Kitty(Box::new(Cat { kind: "Cat".to_owned(), lives: None }));
        let dog = Pet::Dog(Box::new(Dog { barks: Some(true) }));
        for pet in [cat, named, dog] {
            let _ = client.wait(async |client| client.add_pet(&pet).await);
            let text = serde_json::to_string(&pet).expect("JSON");
            let read: Pet = serde_json::from_str(&text).expect("a pet");
            assert!(!matches!(read, Pet::Unknown(_)), "{read:?}");
        }
    "#;
    let requests = sent("discriminator_values.yaml", calls, 3);
    let bodies: Vec<serde_json::Value> = requests
        .iter()
        .map(|request| serde_json::from_slice(&request.body).expect("JSON"))
        .collect();
    let expected = [
        serde_json::json!({"kind": "KITTY", "lives": 9}),
        serde_json::json!({"kind": "Cat"}),
        serde_json::json!({"kind": "dog", "barks": true}),
    ];
    assert_eq!(bodies, expected);
}

#[test]
#[ignore = "compiles a package"]
fn each_kind_of_json_has_a_method_of_its_own() {
    let calls = r#"
        use echo_client::types::{ChangeThingAsMergePatchJsonBody, ChangeThingBody};
        let body = ChangeThingBody { name: Some("n".to_owned()) };
        let _ = client.wait(async |client| client.change_thing(&body).await);
        let body = ChangeThingAsMergePatchJsonBody { size: Some(None) };
        let _ = client.wait(async |client| client.change_thing_as_merge_patch_json(&body).await);
    "#;
    let requests = sent("json_media_types.yaml", calls, 2);
    let came: Vec<_> =
        requests.iter().map(|request| (&*request.headers["content-type"], text(request))).collect();
    let expected = [
        ("application/json", r#"{"name":"n"}"#),
        ("application/merge-patch+json", r#"{"size":null}"#),
    ];
    assert_eq!(came, expected);
}

#[test]
#[ignore = "compiles a package"]
fn what_takes_no_credentials_gets_none() {
    let calls = r#"
        let _ = client.wait(async |client| client.get_things().await);
        let _ = client.wait(async |client| client.get_health().await);
    "#;
    let requests = sent("security.yaml", calls, 2);
    let came: Vec<_> =
        requests.iter().map(|request| request.headers.contains_key("authorization")).collect();
    assert_eq!(came, [true, false]);
}

#[test]
#[ignore = "compiles a package"]
fn null_is_sent_where_it_is_meant_and_only_there() {
    let calls = r#"
        use echo_client::types::Change;
        for note in [None, Some(None), Some(Some("n".to_owned()))] {
            let body = Change { note, size: Some(1) };
            let _ = client.wait(async |client| client.update_thing(&body).await);
            let text = serde_json::to_string(&body).expect("JSON");
            assert_eq!(serde_json::from_str::<Change>(&text).expect("a change"), body);
        }
    "#;
    let requests = sent("nullable_and_optional.yaml", calls, 3);
    let bodies: Vec<_> = requests.iter().map(text).collect();
    assert_eq!(bodies, [r#"{"size":1}"#, r#"{"note":null,"size":1}"#, r#"{"note":"n","size":1}"#]);
}

#[test]
#[ignore = "compiles a package"]
fn a_header_of_an_answer_is_read_as_its_type() {
    let calls = r#"
        use echo_client::headers::{LOCATION, RATE_LIMIT_LIMIT, X_CACHED};
        let came = reqwest::header::HeaderMap::from_iter([
            (reqwest::header::HeaderName::from_static("ratelimit-limit"), "12".parse().expect("a value")),
            (reqwest::header::HeaderName::from_static("x-cached"), "perhaps".parse().expect("a value")),
        ]);
        assert_eq!(RATE_LIMIT_LIMIT.of(&came), Ok(Some(12)));
        assert_eq!(LOCATION.of(&came), Ok(None));
        let wrong = X_CACHED.of(&came).expect_err("no boolean").to_string();
        assert_eq!(wrong, "expected the documented kind of value in the header X-Cached, got `perhaps`");
        let _ = client;
    "#;
    assert!(sent("response_headers.yaml", calls, 0).is_empty());
}

#[test]
#[ignore = "compiles a package"]
fn pages_are_walked_through_along_their_links_and_not_to_another_server() {
    let calls = r#"
        use echo_client::{page::PageError, untagged::list_things::Query};
        use futures_util::StreamExt;
        let query = Query { limit: Some(2) };
        let came: Vec<_> = client.wait(async |client| client.list_things_items("a b", &query).collect().await);
        let items: Vec<_> = came.iter().filter_map(|item| item.as_ref().ok()).collect();
        assert_eq!(items, ["one", "two", "three"]);
        let Some(Err(PageError::Exchange(error))) = came.last() else { panic!("{came:?}") };
        assert_eq!(error.to_string(), "expected a link to the same server, got `http://elsewhere.example/`");
    "#;
    let page = |items: &str, next: &str| {
        let links = r#"{"rel":"self","href":"/"},{"rel":"next","href":""#;
        answer(200, &format!(r#"{{"links":[{links}{next}"}}],"results":[{items}]}}"#))
    };
    let answers = vec![
        page(r#""one","two""#, "/things/a%20b?cursor=x%2By"),
        page(r#""three""#, "http://elsewhere.example/"),
    ];
    let requests = answered("pages_by_links.yaml", calls, answers);
    let asked: Vec<_> = requests.iter().map(|request| (&*request.path, &*request.query)).collect();
    let (first, second) = (["limit=2".to_owned()], ["cursor=x%2By".to_owned()]);
    assert_eq!(asked, [("/things/a%20b", &first[..]), ("/things/a%20b", &second[..])]);
    assert!(requests.iter().all(|request| request.headers["authorization"] == "Bearer a-token"));
}
