//! When: sends requests of the operation, and judges each by the clauses that hold for all responses.

use std::rc::Rc;

use atlas_engine::exchange::{Exchange, TransportError};
use atlas_engine::run::check::Halt;
use atlas_engine::transport::Connection;

use super::Probe;
use crate::call::Call;
use crate::circumstances;
use crate::subject;

impl Probe {
    /// Sends a request of the operation and judges its answer by the clauses that hold for all.
    pub async fn send(&self, call: Call) -> Result<Rc<Exchange>, Halt> {
        self.send_on(call, None).await
    }

    /// ... on an open connection.
    pub async fn send_on(
        &self,
        mut call: Call,
        connection: Option<&mut Connection>,
    ) -> Result<Rc<Exchange>, Halt> {
        self.check_stopped()?;
        let credential = match call.credential.take() {
            Some(credential) => credential,
            None => self.owners().remove(0),
        };
        let session = &self.run.session;
        let (kept, reused) = match &connection {
            Some(connection) => (true, connection.responses() > 0),
            None => (false, false),
        };
        call.circumstances.extend(circumstances::credential(&credential));
        if reused {
            call.circumstances.insert(circumstances::used_connection());
        }
        if self.other_group() == Some(call.group.as_str()) {
            call.circumstances.insert(circumstances::message("the other project"));
        }
        let request = call.request(&session.prefix);
        let sent = session.send(request, &credential, connection).await?;
        call.context.secrets = session.secrets();
        self.count_requests(sent.len());
        // A trip of Digest or a 429 may come first, after which the server may close as well.
        let reused = reused || (kept && sent.iter().any(|exchange| exchange.outcome.is_ok()));
        let closed = reused
            && matches!(
                sent.last().map(|exchange| &exchange.outcome),
                Some(Err(TransportError::ConnectionClosed(_)))
            );
        let answered = if closed { sent.len() - 1 } else { sent.len() };
        self.extend_trail(sent[..answered].last().cloned());
        for exchange in &sent[..answered] {
            self.put(subject::judge(exchange, &call.context, Some(&call.subject)));
        }
        let last = sent.last().ok_or_else(|| Halt::Error("nothing was sent".to_owned()))?;
        if closed {
            return Err(Halt::Closed);
        }
        if call.subject.roles.is_none() && matches!(last.status(), Some(200..300)) {
            self.unmodelled.borrow_mut().insert(call.subject.id.clone());
        }
        if !matches!(last.status(), Some(400..500)) {
            self.users.borrow().iter().for_each(|user| user.touched.set(true));
        }
        self.record_shape(last);
        // One request without a response is enough for a verdict, and each costs a time limit.
        match &last.outcome {
            Ok(_) => Ok(Rc::clone(last)),
            // Nothing was sent, so nothing is known of what would have come.
            Err(error @ (TransportError::Unreachable(_) | TransportError::InvalidRequest(_))) => {
                Err(Halt::from(error.clone()))
            }
            Err(_) => {
                // What became of the user is open.
                self.unmodelled.borrow_mut().insert(call.subject.id.clone());
                Err(Halt::Failed)
            }
        }
    }

    /// Sends a request on an open connection, unless the server has closed it: a server may do so
    /// after any answer, and a client can't tell in time (RFC 9112, 9.5).
    pub async fn send_next(
        &self,
        call: Call,
        connection: &mut Connection,
    ) -> Result<Option<Rc<Exchange>>, Halt> {
        if !connection.is_open().await {
            return Ok(None);
        }
        match self.send_on(call, Some(connection)).await {
            Err(Halt::Closed) => Ok(None),
            sent => sent.map(Some),
        }
    }
}
