//! The client for programs that are not asynchronous.

use std::io;

use tokio::runtime::{Builder, Runtime};

/// A client that waits for its answers. It must not be used inside of an asynchronous program.
#[derive(Debug)]
pub struct Client<C> {
    client: C,
    runtime: Runtime,
}

impl<C> Client<C> {
    /// A client on a runtime of its own, which takes no thread.
    ///
    /// # Errors
    /// When the system gives no runtime.
    pub fn new(client: C) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        Ok(Self { client, runtime })
    }

    /// Waits for one call, as in `client.wait(|client| client.some_operation(…))`.
    pub fn wait<'c, F: Future>(&'c self, call: impl FnOnce(&'c C) -> F) -> F::Output {
        self.runtime.block_on(async { call(&self.client).await })
    }
}
