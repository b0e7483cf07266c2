//! When: requests of the operation, each judged by the clauses that hold for all answers.

use std::rc::Rc;

use atlas_api::clauses::Clause;

use super::Probe;
use crate::call::Call;
use crate::check::Halt;
use crate::exchange::{Exchange, Request, Silence};
use crate::judge::answer::judge;
use crate::target::wire::Connection;

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
        self.going_on()?;
        let credential = match call.credential.take() {
            Some(credential) => credential,
            None => self.owners().remove(0),
        };
        let request = self.request(&call);
        let reused = connection.as_ref().is_some_and(|connection| connection.answers() > 0);
        let session = &self.ground.session;
        let sent = session.send(request, &credential, connection).await.map_err(Halt::Error)?;
        call.asked.secrets = session.secrets();
        self.exchanges.set(self.exchanges.get() + sent.len() as u64);
        let closed =
            reused && matches!(sent.last().map(|e| &e.outcome), Some(Err(Silence::Closed(_))));
        let answered = if closed { sent.len() - 1 } else { sent.len() };
        self.trail.borrow_mut().extend(sent[..answered].last().cloned());
        for exchange in &sent[..answered] {
            self.put(judge(exchange, &call.asked));
        }
        let last = sent.last().ok_or_else(|| Halt::Error("nothing was sent".to_owned()))?;
        if closed {
            return Err(Halt::Closed);
        }
        if let Some(subject) = &call.asked.subject
            && subject.roles.is_none()
            && matches!(last.status(), Some(200..300))
        {
            self.untold.borrow_mut().insert(subject.id.clone());
        }
        if !matches!(last.status(), Some(400..500)) {
            self.users.borrow().iter().for_each(|user| user.touched.set(true));
        }
        self.answers.borrow_mut().saw(self.check, last);
        // One request without an answer is enough for a verdict, and each costs a time limit.
        match &last.outcome {
            Ok(_) => Ok(Rc::clone(last)),
            // Nothing was sent, so nothing is known of what would have come.
            Err(silence @ Silence::Unreachable(_)) => Err(Halt::Error(silence.to_string())),
            Err(silence) => {
                let clause = self.clauses.first().copied().unwrap_or(Clause::HttpAnswers);
                if clause != Clause::HttpAnswers {
                    self.violate(clause, "an answer", silence.to_string(), last);
                }
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

    fn request(&self, call: &Call) -> Request {
        let mut headers = call.headers.clone();
        for (name, value) in [("Content-Type", &call.content_type), ("Accept", &call.accept)] {
            if let Some(value) = value {
                headers.push((name.to_owned(), value.clone().into_bytes()));
            }
        }
        Request {
            method: call.method.clone(),
            target: call.target(&self.ground.session.prefix),
            headers,
            body: call.body.clone(),
        }
    }
}
