//! Then: expects a status, a refusal, a removal, or the roles of a user read back.

use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_api::clauses::{Clause, Level};
use atlas_engine::contract::client_errors;
use atlas_engine::exchange::Exchange;
use atlas_engine::judge::violation::Violation;
use atlas_engine::run::check::Halt;
use serde_json::Value;

use super::Probe;
use crate::call::Call;
use crate::operation;
use crate::subject::{self, compare_with_read, listed};
use crate::users::provider::Reading;
use crate::users::user::User;

impl Probe {
    /// Expects one of these statuses; says whether it came.
    pub fn expect_status(&self, exchange: &Rc<Exchange>, clause: Clause, legal: &[u16]) -> bool {
        let status = exchange.effective_status();
        let holds = legal.contains(&status);
        if !holds {
            let legal: Vec<_> = legal.iter().map(u16::to_string).collect();
            let expected = format!("status {}", legal.join(" or "));
            self.violate(clause, expected, exchange.received(), exchange);
        }
        self.check_valid_credentials(status, exchange);
        holds
    }

    /// Expects a refusal with any documented 4xx status; says whether it came.
    pub fn expect_refusal(&self, exchange: &Rc<Exchange>, clause: Clause, also: &[u16]) -> bool {
        let status = exchange.effective_status();
        let documented = client_errors(operation::contract());
        let holds = documented.contains(&status) || also.contains(&status);
        if !holds {
            let listed: Vec<_> = documented.iter().chain(also).map(u16::to_string).collect();
            let expected = format!("a refusal with {}", listed.join(", "));
            self.violate(clause, expected, exchange.received(), exchange);
        }
        self.check_valid_credentials(status, exchange);
        holds
    }

    fn check_valid_credentials(&self, status: u16, exchange: &Rc<Exchange>) {
        // 401 may hide a project that the caller must not know of.
        let mut groups = [Some(self.group()), self.other_group()].into_iter().flatten();
        if status != 401 || !groups.any(|group| exchange.request.target.contains(group)) {
            return;
        }
        let valid = exchange.request.headers.iter().any(|(name, value)| {
            name == "Authorization" && self.is_valid(&String::from_utf8_lossy(value))
        });
        if valid {
            let expected = "valid credentials answered with another status than 401";
            self.violate(Clause::AuthValidCredentials, expected, exchange.received(), exchange);
        }
    }

    fn is_valid(&self, authorization: &str) -> bool {
        let token = authorization.strip_prefix("Bearer ").unwrap_or("\n");
        self.run.session.secrets().iter().any(|secret| secret.expose() == token)
    }

    /// Expects the user to have the roles of the model; returns what the target says.
    /// Where it says otherwise the model follows, so that one breach is reported once.
    pub async fn expect_roles(
        &self,
        user: &User,
        clause: Clause,
        after: &Rc<Exchange>,
    ) -> Result<Value, Halt> {
        let expected = user.held();
        let (read, exchange) = match self.run.provider.read(user).await? {
            Reading::User(read, exchange) => (read, exchange),
            Reading::Gone(_) => {
                user.touched.set(true);
                let expected = format!("the user with {}", listed(&expected));
                self.violate(clause, expected, "no such user any more", after);
                return Err(Halt::Failed);
            }
            Reading::Unreadable => {
                self.unreadable.set(true);
                return Ok(Value::Null);
            }
        };
        let got = subject::roles(&read).unwrap_or_default();
        if got != expected {
            user.touched.set(true);
            let mut clauses = vec![clause];
            if (400..500).contains(&after.effective_status()) {
                clauses.push(Clause::RolesRefusalChangesNothing);
            }
            if got.is_empty() {
                clauses.push(Clause::RolesNeverEmpty);
            }
            clauses.dedup();
            for clause in clauses {
                let wanted = format!("the roles read back: {}", listed(&expected));
                let mut violation = Violation::new(clause, wanted, listed(&got), after);
                violation.exchanges.push(Rc::clone(&exchange));
                self.put(vec![violation]);
            }
            user.roles.replace(got);
        }
        Ok(read)
    }

    /// The roles that the target says a user has.
    pub async fn roles_of(&self, user: &User) -> Result<(BTreeSet<String>, Rc<Exchange>), Halt> {
        match self.run.provider.read(user).await? {
            Reading::User(read, exchange) => {
                Ok((subject::roles(&read).unwrap_or_default(), exchange))
            }
            Reading::Gone(_) => Err(Halt::Error(format!("the user {} is gone", user.username))),
            Reading::Unreadable => {
                Err(Halt::Skip("needs a way to read users back: set `state.read_back`".to_owned()))
            }
        }
    }

    /// Expects a held role that is not the last to be removed: 200, the roles left, and the same
    /// when read back.
    pub async fn expect_removed(
        &self,
        user: &User,
        role: &str,
        call: Call,
        clause: Clause,
    ) -> Result<Rc<Exchange>, Halt> {
        let left = user.held_without(role);
        let exchange = self.send(call.expecting(left.clone())).await?;
        if self.expect_status(&exchange, clause, &[200]) {
            user.roles.replace(left);
        }
        let effect = match clause.level() {
            Level::Must => clause,
            _ => Clause::RolesRemovesExactlyOne,
        };
        let read = self.expect_roles(user, effect, &exchange).await?;
        if let Some(payload) = exchange.payload().filter(|_| exchange.effective_status() == 200) {
            self.put(compare_with_read(&payload, &read, &exchange));
        }
        Ok(exchange)
    }

    /// Expects a refusal with a documented 4xx, or one that the call has as legal, that changes
    /// nothing.
    pub async fn expect_refused(
        &self,
        user: &User,
        call: Call,
        clause: Clause,
    ) -> Result<Rc<Exchange>, Halt> {
        let also = call.context.also_legal;
        let exchange = self.send(call.expecting(user.held())).await?;
        self.expect_refusal(&exchange, clause, also);
        let effect = match clause {
            Clause::RolesNeverEmpty | Clause::RolesNeverEmptyEverywhere => clause,
            _ => Clause::RolesRefusalChangesNothing,
        };
        self.expect_roles(user, effect, &exchange).await?;
        // With a user who has lost all roles nothing more can be shown.
        if user.held().is_empty() { Err(Halt::Failed) } else { Ok(exchange) }
    }
}
