//! The generated client speaks rightly: twenty operations, picked by hash, are sent to a server that keeps what
//! it gets, and each request is held against the document as another reader sees it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::operation::{Operation, operations};
use crate::server::{Request, echo};
use crate::{calls, lock, succeeds, target, write};

const COUNT: usize = 20;

#[test]
#[ignore = "needs the published document and minutes"]
fn operations_of_the_whole_document_are_sent_as_it_says() {
    let document = std::env::var("ATLAS_DOCUMENT").expect("ATLAS_DOCUMENT names the document");
    let text = fs::read_to_string(&document).expect("the document");
    let tree: Value = serde_yaml::from_str(&text).expect("YAML");
    let mut picked = operations(&tree);
    picked.sort_by_key(|operation| hash(&operation.id));
    picked.truncate(COUNT);
    assert_eq!(picked.len(), COUNT);
    let folder = tempfile::tempdir().expect("a folder");
    let package = folder.path().join("echo-client");
    generate(&document, &picked, folder.path(), &package);
    let (url, requests) = echo(COUNT);
    let mut run = Command::new(env!("CARGO"));
    run.current_dir(&package).env("CARGO_TARGET_DIR", target());
    succeeds(run.args(["run", "--features", "blocking", "--example", "echo", "--", &url]));
    let requests = requests.join().expect("the server");
    for (operation, request) in picked.iter().zip(&requests) {
        holds(operation, request);
    }
}

/// A package with the picked operations alone, so that it is compiled soon, and a program that calls them.
fn generate(document: &str, picked: &[Operation<'_>], folder: &Path, package: &Path) {
    let slice = folder.join("slice.yaml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_atlas-codegen"));
    command.args(["spec", "slice", "--from", document, "--out"]).arg(&slice);
    succeeds(command.args(picked.iter().flat_map(|picked| ["--operation", &picked.id])));
    write(&slice.display().to_string(), package);
    lock(package);
    let manifest = package.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("the manifest");
    let rustls = "{ version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }";
    fs::write(&manifest, format!("{text}\n[dev-dependencies]\nrustls = {rustls}\n"))
        .expect("the manifest");
    fs::create_dir(package.join("examples")).expect("a folder");
    fs::write(package.join("examples/echo.rs"), calls::program(package, picked))
        .expect("the program");
}

fn holds(operation: &Operation<'_>, request: &Request) {
    let id = &operation.id;
    assert_eq!(request.method, operation.method, "{id}");
    let mut path = operation.path.clone();
    let mut query = Vec::new();
    for parameter in operation.parameters() {
        let sent = escaped(&parameter.value);
        match parameter.location.as_str() {
            "path" => path = path.replace(&format!("{{{}}}", parameter.name), &sent),
            "query" => query.push(format!("{}={sent}", parameter.name)),
            "header" => {
                let got = request.headers.get(&parameter.name.to_lowercase());
                assert_eq!(got, Some(&parameter.value), "{id}: {}", parameter.name);
            }
            other => panic!("{id}: a parameter in {other}"),
        }
    }
    query.sort();
    assert_eq!(request.path, path, "{id}");
    assert_eq!(request.query, query, "{id}");
    assert_eq!(request.headers.get("authorization").map(String::as_str), Some("Bearer a-token"));
    let accept = request.headers.get("accept").expect("Accept").as_str();
    let accepted = operation.accepted();
    assert!(accepted.is_empty() || accepted.contains(&accept), "{id}: {accept}");
    let content_type = request.headers.get("content-type").map(String::as_str);
    match operation.body() {
        Some((media_type, body)) => {
            assert_eq!(content_type, Some(media_type), "{id}");
            let sent: Value = serde_json::from_slice(&request.body).expect("JSON");
            assert_eq!(sent, body, "{id}");
        }
        None => assert_eq!((content_type, request.body.len()), (None, 0), "{id}"),
    }
}

/// Everything but RFC 3986's unreserved characters is escaped.
fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

/// FNV-1a, which picks the same operations everywhere.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
