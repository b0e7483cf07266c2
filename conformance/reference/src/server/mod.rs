//! Starting and stopping the server.

mod connection;
mod options;

use std::{
    io,
    net::{Ipv4Addr, TcpListener as StdListener},
    sync::Arc,
    thread::{Builder, JoinHandle},
};

use tokio::{net::TcpListener, runtime, sync::oneshot};

use connection::serve;
pub use options::Options;

use crate::{fixture::Fixture, service::Service};

/// A server that runs on a thread of its own until it is dropped.
#[derive(Debug)]
pub struct Reference {
    url: String,
    fixture: Fixture,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Starts the server on 127.0.0.1.
pub fn start(options: Options) -> io::Result<Reference> {
    let listener = StdListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;

    let (service, mut fixture) = Service::new(options.seed, options.extensions());
    if options.users {
        fixture.users = service.add_sample_users(&fixture.group_id);
    }
    let url = format!("http://127.0.0.1:{port}{}", service.extensions.settings.prefix);
    let (stop, stopped) = oneshot::channel();
    let thread = Builder::new().name("reference".to_owned()).spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                () = accept(listener, Arc::new(service)) => {}
                // An error means that the handle is gone, which stops the server as well.
                _ = stopped => {}
            }
        });
    })?;
    Ok(Reference { url, fixture, stop: Some(stop), thread: Some(thread) })
}

impl Reference {
    /// The URL of the server: scheme, host, port and the prefix of all paths, if any.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The projects, credentials and users that the server started with.
    pub fn fixture(&self) -> &Fixture {
        &self.fixture
    }

    /// Stops the server and waits until it is gone.
    pub fn shutdown(self) {
        drop(self);
    }

    /// Lets the server run forever.
    pub fn wait(mut self) {
        self.join();
    }

    fn join(&mut self) {
        if let Some(thread) = self.thread.take() {
            // A panic of the server has been reported by its own thread.
            let _ = thread.join();
        }
    }
}

impl Drop for Reference {
    fn drop(&mut self) {
        drop(self.stop.take());
        self.join();
    }
}

async fn accept(listener: StdListener, service: Arc<Service>) {
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    for number in 1.. {
        // A connection that can't be accepted is lost; the next one may be accepted.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        tokio::spawn(serve(Arc::clone(&service), stream, number));
    }
}
