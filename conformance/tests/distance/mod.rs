//! Ways to a server that cost time: a distance, a slow or single-threaded server, a rate limit.

#![allow(dead_code, reason = "each test that shares this module uses a part of it")]

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// A way to a server.
pub(crate) struct Way {
    /// Where it begins.
    pub(crate) url: String,
    connections: Arc<AtomicUsize>,
}

impl Way {
    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// To the server at this URL, with what becomes of each connection.
    fn to(url: &str, serve: impl Fn(TcpStream, TcpStream) + Send + Sync + 'static) -> Self {
        Self::with_absence(url, usize::MAX, Duration::ZERO, serve)
    }

    /// ... which after so many connections is gone for a while.
    fn with_absence(
        url: &str,
        after: usize,
        absence: Duration,
        serve: impl Fn(TcpStream, TcpStream) + Send + Sync + 'static,
    ) -> Self {
        let to = url.trim_start_matches("http://").to_owned();
        let mut listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&connections);
        std::thread::spawn(move || {
            while let Ok((client, _)) = listener.accept() {
                if let Ok(server) = TcpStream::connect(&to) {
                    let _ = server.set_nodelay(true);
                    let _ = client.set_nodelay(true);
                    serve(client, server);
                }
                if counted.fetch_add(1, Ordering::Relaxed) + 1 == after {
                    drop(listener);
                    std::thread::sleep(absence);
                    listener = TcpListener::bind(address).expect("the same port");
                }
            }
        });
        Self { url: format!("http://{address}"), connections }
    }
}

/// A server that restarts after so many connections, and keeps its users.
pub(crate) fn restarting(url: &str, after: usize, absence: Duration) -> Way {
    Way::with_absence(url, after, absence, |client, server| {
        std::thread::spawn(move || {
            let _ = answer(client, server, || {}, false);
        });
    })
}

/// A distance: each byte takes so long, and the first ones wait for the handshake of TCP as well.
pub(crate) fn distant(url: &str, way: Duration) -> Way {
    Way::to(url, move |client, server| {
        std::thread::spawn(move || {
            std::thread::sleep(way * 2);
            let copies = (client.try_clone(), server.try_clone());
            if let (Ok(client_copy), Ok(server_copy)) = copies {
                std::thread::spawn(move || delay(client_copy, server_copy, way));
                delay(server, client, way);
            }
        });
    })
}

/// Hands on what comes, each piece so much later.
fn delay(mut from: TcpStream, mut to: TcpStream, way: Duration) {
    let (sender, receiver) = channel::<(Instant, Vec<u8>)>();
    std::thread::spawn(move || {
        for (due, bytes) in receiver {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            if to.write_all(&bytes).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    });
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes) {
        if sender.send((Instant::now() + way, bytes[..length].to_vec())).is_err() {
            break;
        }
    }
}

/// A server that thinks for so long about each request, as many at once as come.
pub(crate) fn thinking(url: &str, time: Duration) -> Way {
    Way::to(url, move |client, server| {
        std::thread::spawn(move || {
            let _ = answer(client, server, || std::thread::sleep(time), false);
        });
    })
}

/// A server with one thread, which thinks for so long about each request, and waits for the next on the
/// same connection before it takes another.
pub(crate) fn single_threaded(url: &str, time: Duration) -> Way {
    Way::to(url, move |client, server| {
        let _ = answer(client, server, || std::thread::sleep(time), false);
    })
}

/// A server that answers every so manieth request with 429 and asks to wait a second.
pub(crate) fn limited(url: &str, every: usize) -> Way {
    let count = Arc::new(AtomicUsize::new(0));
    Way::to(url, move |client, server| {
        let refuses = (count.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(every);
        std::thread::spawn(move || answer(client, server, || {}, refuses));
    })
}

/// Answers the one request of a connection.
fn answer(
    mut client: TcpStream,
    mut server: TcpStream,
    think: impl Fn(),
    refuses: bool,
) -> io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    think();
    if refuses {
        let answer = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\
                      Connection: close\r\n\r\n";
        client.write_all(answer.as_bytes())?;
        client.shutdown(Shutdown::Write)?;
        // Whoever closes with bytes that were not read resets the connection.
        io::copy(&mut client, &mut io::sink())?;
        return Ok(());
    }
    head.truncate(head.len() - 2);
    server.write_all(&[&head[..], b"Connection: close\r\n\r\n"].concat())?;
    let (mut body, mut to) = (client.try_clone()?, server.try_clone()?);
    let upwards = std::thread::spawn(move || io::copy(&mut body, &mut to));
    io::copy(&mut server, &mut client)?;
    client.shutdown(Shutdown::Both)?;
    let _ = upwards.join();
    Ok(())
}
