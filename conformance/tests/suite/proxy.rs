//! Forward proxies, and certificates as openssl makes them.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

use crate::people;
use crate::spawn::{err, file, out, run_with};

/// A proxy that leads every host to one address, and tells the request line and the credentials of
/// each connection.
fn proxy(address: String) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let own = listener.local_addr().expect("an address").to_string();
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (address, sender) = (address.clone(), sender.clone());
            std::thread::spawn(move || serve(stream, &address, &sender));
        }
    });
    (own, receiver)
}

fn serve(mut stream: TcpStream, address: &str, told: &std::sync::mpsc::Sender<String>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read_exact(&mut byte).is_ok() {
        head.extend_from_slice(&byte);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let line = head.lines().next().unwrap_or_default().to_owned();
    let authorized = head.contains("proxy-authorization: Basic bWU6c2VjcmV0LXdvcmQ=");
    let _ = told.send(format!("{line} {authorized}"));
    let Ok(mut there) = TcpStream::connect(address) else { return };
    if line.starts_with("CONNECT ") {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
    } else {
        // What a forward proxy does: the origin form, and none of its own fields.
        let rest =
            head.lines().skip(1).filter(|line| !line.starts_with("proxy-") && !line.is_empty());
        let rest: Vec<_> = rest.collect();
        let origin = line.split(' ').nth(1).and_then(|url| url.splitn(4, '/').nth(3));
        let method = line.split(' ').next().unwrap_or_default();
        let line = format!("{method} /{} HTTP/1.1", origin.unwrap_or_default());
        let _ = there.write_all(format!("{line}\r\n{}\r\n\r\n", rest.join("\r\n")).as_bytes());
    }
    let (mut from, mut to) =
        (stream.try_clone().expect("a copy"), there.try_clone().expect("a copy"));
    std::thread::spawn(move || std::io::copy(&mut from, &mut to));
    let _ = std::io::copy(&mut there, &mut stream);
}

#[test]
fn a_target_elsewhere_is_reached_through_the_proxy_of_the_environment() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let (address, seen) = proxy(server.url().trim_start_matches("http://").to_owned());
    let text = people::owner(&server).replace(server.url(), "http://atlas.corp.invalid:8080");
    let text =
        format!("{text}[state]\nactive_username = \"{}\"\n", server.fixture().active_username);
    let (_folder, path) = file("target.toml", &text);
    let confirm = ["--confirm-target", "atlas.corp.invalid"];
    let only = ["--only", "roles/last/refused", "--config", path.to_str().expect("UTF-8")];
    let arguments = [&["run"][..], &confirm, &only].concat();
    let proxy = format!("http://me:secret-word@{address}");
    let output = run_with(&arguments, &[("HTTP_PROXY", &proxy)]);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    let said = format!("through the proxy http://{address} (HTTP_PROXY)");
    assert!(err(&output).contains(&said), "{}", err(&output));
    assert!(!err(&output).contains("secret-word") && !out(&output).contains("secret-word"));
    let first = seen.recv().expect("a request");
    assert_eq!(first, "POST http://atlas.corp.invalid:8080/api/oauth/token HTTP/1.1 true");
    // NO_PROXY, and an option against the environment.
    for (option, variable) in [(None, "corp.invalid"), (Some("none"), "")] {
        let option = option.map(|value| vec!["--proxy", value]).unwrap_or_default();
        let variables = [("HTTP_PROXY", proxy.as_str()), ("NO_PROXY", variable)];
        let output = run_with(&[&arguments[..], &option].concat(), &variables);
        assert_eq!(output.status.code(), Some(3), "{}", err(&output));
        assert!(err(&output).contains("no connection"), "{}", err(&output));
    }
}

#[test]
fn a_tunnel_is_asked_for_over_tls_and_a_proxy_that_refuses_is_named() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let (address, seen) = proxy(server.url().trim_start_matches("http://").to_owned());
    let text = people::owner(&server).replace(server.url(), "https://atlas.corp.invalid");
    let text =
        format!("{text}[state]\nactive_username = \"{}\"\n", server.fixture().active_username);
    let (_folder, path) = file("target.toml", &text);
    let path = path.to_str().expect("UTF-8");
    let arguments = ["run", "--confirm-target", "atlas.corp.invalid", "--config", path];
    let output = run_with(&[&arguments[..], &["--proxy", &address]].concat(), &[]);
    // What answers behind the proxy speaks no TLS: it was asked by the way of the tunnel.
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert!(err(&output).contains("is the target http://?"), "{}", err(&output));
    assert_eq!(seen.recv().expect("a request"), "CONNECT atlas.corp.invalid:443 HTTP/1.1 false");
    // The reference server is no proxy: it refuses CONNECT.
    let output = run_with(&[&arguments[..], &["--proxy", server.url()]].concat(), &[]);
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert!(err(&output).contains("answered CONNECT with `HTTP/1.1 "), "{}", err(&output));
}

#[test]
fn a_proxy_that_is_none_is_refused_before_a_request() {
    let (_folder, path) = file(
        "target.toml",
        "target = \"http://127.0.0.1:1\"\ngroup_id = \"5f1b2c3d4e5f60718293a4b5\"\n\
         proxy = \"socks5://p.example:1080\"\n[credentials.owner_token]\naccess_token = \"t\"\n",
    );
    let output = run_with(&["run", "--config", path.to_str().expect("UTF-8")], &[]);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    assert!(err(&output).contains("expected a proxy like http://"), "{}", err(&output));
}

#[test]
fn a_file_may_say_that_there_is_none() {
    let (_folder, path) = file("target.toml", "proxy = \"none\"\n");
    let config = atlas_conformance::config::load(Some(&path), &|_| None).expect("a configuration");
    assert_eq!(config.proxy.chosen.as_deref(), Some("none"));
}
