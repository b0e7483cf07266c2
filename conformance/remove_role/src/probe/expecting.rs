//! Then: expects a status, a refusal, a removal, or the roles of a user read back.
//!
//! A response is read in layers. Where the judge has charged its status already, nothing is said of
//! what it means; where its status is wrong for the model, nothing is said of what follows from that.

use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_api::clauses::Clause;
use atlas_engine::contract::client_errors;
use atlas_engine::exchange::Exchange;
use atlas_engine::judge::violation::{Rule, RuleKind};
use atlas_engine::run::check::Halt;
use atlas_engine::transport::Connection;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::Probe;
use crate::call::Call;
use crate::circumstances;
use crate::operation;
use crate::rules::{self, EFFECT, MEDIA_TYPE, NEVER_EMPTY, OTHERS, Outcome, SERVED, UNCHANGED};
use crate::subject::{self, compare_with_read, listed};
use crate::users::provider::Reading;
use crate::users::user::User;

/// 415, for which one clause is.
const UNSUPPORTED_MEDIA_TYPE: u16 = 415;

/// What a response says became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Served,
    Refused,
    /// Neither: no response, a redirect or a 5xx, each of which breaks a clause by itself.
    Unclear,
}

/// What the response of an exchange says became of the request.
pub fn answer(exchange: &Exchange) -> Answer {
    match exchange.effective_status() {
        200..300 => Answer::Served,
        400..500 => Answer::Refused,
        _ => Answer::Unclear,
    }
}

/// Whether the request names the user, however the id is written.
fn names(exchange: &Exchange, user: &User) -> bool {
    let target = percent_decode_str(&exchange.request.target).decode_utf8_lossy();
    target.to_ascii_lowercase().contains(&user.id.to_ascii_lowercase())
}

impl Probe {
    /// Expects one of these statuses; says whether it came.
    pub fn expect_status(&self, exchange: &Rc<Exchange>, clause: Clause, legal: &[u16]) -> bool {
        self.expect_status_for(exchange, clause, legal, "")
    }

    /// ... for a request that is described in a few words.
    pub fn expect_status_for(
        &self,
        exchange: &Rc<Exchange>,
        clause: Clause,
        legal: &[u16],
        description: &str,
    ) -> bool {
        let status = exchange.effective_status();
        let holds = legal.contains(&status);
        let serves = legal.contains(&200);
        let rule = match serves {
            true if status == UNSUPPORTED_MEDIA_TYPE => MEDIA_TYPE,
            true => SERVED,
            false => rules::refused(clause),
        };
        let expected = || {
            let legal: Vec<_> = legal.iter().map(u16::to_string).collect();
            format!("status {}{description}", legal.join(" or "))
        };
        match answer(exchange) {
            Answer::Served if holds => {
                self.keep_rule(SERVED, exchange);
                self.keep_rule(MEDIA_TYPE, exchange);
            }
            _ if holds => self.keep_rule(rule, exchange),
            Answer::Unclear => {}
            // Whoever has credentials is known, so there is nothing to say of what is asked.
            Answer::Refused if status == 401 && self.is_owner(exchange) => {
                self.mismatch(SERVED, clause, expected(), exchange.received(), exchange);
                return false;
            }
            // Another documented refusal; one that isn't documented is charged already.
            Answer::Refused if !serves => {
                if client_errors(operation::contract()).contains(&status) {
                    self.violate(clause, expected(), exchange.received(), exchange);
                }
            }
            Answer::Served if serves => {}
            Answer::Served | Answer::Refused => {
                self.retract(|it| it == Clause::StatusDocumented, exchange);
                self.mismatch(rule, clause, expected(), exchange.received(), exchange);
            }
        }
        if !serves {
            self.check_valid_credentials(status, exchange);
        }
        holds
    }

    /// Expects a refusal with a 4xx status; says whether it came.
    pub fn expect_refusal(&self, exchange: &Rc<Exchange>, clause: Clause, also: &[u16]) -> bool {
        let rule = rules::refused(clause);
        let answer = answer(exchange);
        if answer == Answer::Served && !also.contains(&exchange.effective_status()) {
            let documented = client_errors(operation::contract());
            let listed: Vec<_> = documented.iter().chain(also).map(u16::to_string).collect();
            let expected = format!("a refusal with {}", listed.join(", "));
            self.mismatch(rule, clause, expected, exchange.received(), exchange);
            return false;
        }
        if answer == Answer::Refused {
            self.keep_rule(rule, exchange);
        }
        self.check_valid_credentials(exchange.effective_status(), exchange);
        true
    }

    fn mismatch(
        &self,
        rule: Rule,
        clause: Clause,
        expected: String,
        received: String,
        exchange: &Rc<Exchange>,
    ) {
        if rule.kind == RuleKind::Refused {
            // It should not have been a success, so it is not judged as one.
            let of_success =
                |clause: Clause| clause.section() == "success" || clause == Clause::MediaSuccess;
            self.retract(of_success, exchange);
        }
        self.break_rule(rule, clause, expected, received, vec![Rc::clone(exchange)]);
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
            let clause = Clause::AuthValidCredentials;
            let expected = "valid credentials answered with another status than 401".to_owned();
            let rule = Rule::new(RuleKind::Served, clause);
            self.mismatch(rule, clause, expected, exchange.received(), exchange);
        }
    }

    /// Whether it was sent with credentials of the owner, to a project that the owner sees.
    fn is_owner(&self, exchange: &Exchange) -> bool {
        let own: Vec<_> = self.owners().iter().flat_map(circumstances::credential).collect();
        exchange.request.target.contains(self.group())
            && own.iter().any(|it| exchange.request.circumstances.contains(it))
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
        let rule = match (answer(after), clause) {
            _ if !names(after, user) => OTHERS,
            (_, Clause::RequestPostOnly) => Rule::new(EFFECT.kind, clause),
            (Answer::Refused, _) => UNCHANGED,
            (_, Clause::RolesRemovesExactlyOne) => EFFECT,
            (_, other) if other.level() == EFFECT.clause.level() => EFFECT,
            (_, other) => Rule::new(EFFECT.kind, other),
        };
        let (read, exchange) = match self.run.provider.read(user).await? {
            Reading::User(read, exchange) => (read, exchange),
            Reading::Gone(_) => {
                user.touched.set(true);
                if !self.is_mismatched(after) {
                    let expected = format!("the user with {}", listed(&expected));
                    self.mismatch(rule, clause, expected, "no such user any more".into(), after);
                }
                return Err(Halt::Failed);
            }
            Reading::Unreadable => {
                self.unreadable.set(true);
                return Ok(Value::Null);
            }
        };
        let got = subject::roles(&read).unwrap_or_default();
        if got == expected {
            self.keep_rule(rule, after);
            return Ok(read);
        }
        user.touched.set(true);
        user.roles.replace(got.clone());
        // A response that says what became of the user is right about it.
        if after.payload().as_ref().and_then(subject::roles).as_ref() == Some(&got) {
            self.retract(|it| it == Clause::SuccessRoles, after);
        }
        if !self.is_mismatched(after) {
            let rule = if got.is_empty() { NEVER_EMPTY } else { rule };
            let clause = if got.is_empty() { NEVER_EMPTY.clause } else { clause };
            let wanted = format!("the roles read back: {}", listed(&expected));
            let exchanges = vec![Rc::clone(after), exchange];
            self.break_rule(rule, clause, wanted, listed(&got), exchanges);
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

    /// Sends a removal and expects what the model says of it, or the refusal that the call asks for.
    pub async fn ask(&self, user: &User, call: Call) -> Result<Rc<Exchange>, Halt> {
        let expected = Expected::of(user, &call, Clause::RolesRemovesExactlyOne);
        self.expect(user, call, expected).await
    }

    /// ... and returns what is read back, too. `used` is an open connection; nothing is returned where
    /// the server closes it.
    pub async fn ask_and_read(
        &self,
        user: &User,
        call: Call,
        used: Option<&mut Connection>,
    ) -> Result<Option<(Rc<Exchange>, Value)>, Halt> {
        let expected = Expected::of(user, &call, Clause::RolesRemovesExactlyOne);
        let call = call.expecting(expected.roles(user));
        let exchange = match used {
            None => self.send(call).await?,
            Some(connection) => match self.send_next(call, connection).await? {
                Some(exchange) => exchange,
                None => return Ok(None),
            },
        };
        let read = self.judge(user, &exchange, expected).await?;
        Ok(Some((exchange, read)))
    }

    /// Expects a removal to be done that leaves these roles, if the response says so, or else to
    /// have done nothing; `clause` says so.
    pub async fn expect_settled(
        &self,
        user: &User,
        exchange: &Rc<Exchange>,
        left: BTreeSet<String>,
        clause: Clause,
    ) -> Result<Value, Halt> {
        self.settle(user, exchange, left).await?;
        self.expect_roles(user, clause, exchange).await
    }

    /// Lets the model follow a removal that leaves these roles, if the response says so. Where it
    /// is unclear, it was done in whole or not at all.
    async fn settle(
        &self,
        user: &User,
        exchange: &Exchange,
        left: BTreeSet<String>,
    ) -> Result<(), Halt> {
        let done = match answer(exchange) {
            Answer::Served => true,
            Answer::Refused => false,
            Answer::Unclear => match self.run.provider.read(user).await? {
                Reading::User(read, _) => subject::roles(&read).as_ref() == Some(&left),
                Reading::Gone(_) | Reading::Unreadable => false,
            },
        };
        if done {
            user.roles.replace(left);
        }
        Ok(())
    }

    /// Expects a held role that is not the last to be removed: 200, the roles left, and the same
    /// when read back; `clause` says so. Where the model says otherwise by now, that is expected
    /// instead.
    pub async fn expect_removed(
        &self,
        user: &User,
        call: Call,
        clause: Clause,
    ) -> Result<Rc<Exchange>, Halt> {
        let expected = match Expected::of(user, &call, clause) {
            Expected::Unchanged(_) => Expected::Unchanged(Clause::RolesRemovesExactlyOne),
            expected => expected,
        };
        self.expect(user, call, expected).await
    }

    /// Expects a refusal with a documented 4xx, or one that the call has as legal, that changes
    /// nothing. Where the role that the call names is not the only one any more, though the clause
    /// is about that, what the model says is expected instead.
    pub async fn expect_refused(
        &self,
        user: &User,
        call: Call,
        clause: Clause,
    ) -> Result<Rc<Exchange>, Halt> {
        let of_last = matches!(clause, Clause::RolesNeverEmpty | Clause::RolesNeverEmptyEverywhere);
        if of_last && rules::removal(&user.held(), &call.role) != Outcome::RefusedAsLast {
            return self.ask(user, call).await;
        }
        let refusal = call.refusal.unwrap_or(clause);
        self.expect(user, call, Expected::Refused { refusal, clause }).await
    }

    /// Expects a removal of a role that the user lacks to change nothing, whether it is served or
    /// refused.
    pub async fn expect_unchanged(
        &self,
        user: &User,
        call: Call,
        clause: Clause,
    ) -> Result<Rc<Exchange>, Halt> {
        self.expect(user, call, Expected::Unchanged(clause)).await
    }

    async fn expect(
        &self,
        user: &User,
        call: Call,
        expected: Expected,
    ) -> Result<Rc<Exchange>, Halt> {
        let exchange = self.send(call.expecting(expected.roles(user))).await?;
        self.judge(user, &exchange, expected).await?;
        Ok(exchange)
    }

    /// Judges what a response says became of a request, and what is read back, which is returned.
    async fn judge(
        &self,
        user: &User,
        exchange: &Rc<Exchange>,
        expected: Expected,
    ) -> Result<Value, Halt> {
        match expected {
            Expected::Removed { left, clause, optional } => {
                if !(optional && answer(exchange) == Answer::Refused) {
                    self.expect_status(exchange, clause, &[200]);
                }
                self.settle(user, exchange, left).await?;
                // What a removal does is no matter of how it is written.
                let is_must = clause.level() == EFFECT.clause.level();
                let effect = if is_must { clause } else { EFFECT.clause };
                let read = self.expect_roles(user, effect, exchange).await?;
                let payload = exchange.payload().filter(|_| exchange.effective_status() == 200);
                if let Some(payload) = payload {
                    self.put(compare_with_read(&payload, &read, exchange));
                }
                Ok(read)
            }
            Expected::Refused { refusal, clause } => {
                self.expect_refusal(exchange, refusal, &[]);
                let read = self.expect_roles(user, clause, exchange).await?;
                // With a user who has lost all roles nothing more can be shown.
                if user.held().is_empty() { Err(Halt::Failed) } else { Ok(read) }
            }
            Expected::Unchanged(clause) => {
                self.check_valid_credentials(exchange.effective_status(), exchange);
                self.expect_roles(user, clause, exchange).await
            }
        }
    }
}

/// What a request has to come to, with the clauses that it breaks otherwise.
enum Expected {
    /// It is served and leaves these roles; it may be refused where its form is `optional`.
    Removed { left: BTreeSet<String>, clause: Clause, optional: bool },
    /// It is refused, and changes nothing.
    Refused { refusal: Clause, clause: Clause },
    /// It is served or refused, and changes nothing.
    Unchanged(Clause),
}

impl Expected {
    /// What the call asks for, or the model says; `clause` is for what a removal does.
    fn of(user: &User, call: &Call, clause: Clause) -> Self {
        let optional = call.optional;
        match (call.refusal, rules::removal(&user.held(), &call.role)) {
            (Some(refusal), _) => Self::Refused { refusal, clause: refusal },
            (None, Outcome::RefusedAsLast) => {
                let last = Clause::RolesNeverEmpty;
                Self::Refused { refusal: last, clause: last }
            }
            (None, Outcome::Removed(left)) => Self::Removed { left, clause, optional },
            (None, Outcome::Unchanged) => Self::Unchanged(clause),
        }
    }

    /// The roles of the user afterwards.
    fn roles(&self, user: &User) -> BTreeSet<String> {
        match self {
            Self::Removed { left, .. } => left.clone(),
            Self::Refused { .. } | Self::Unchanged(_) => user.held(),
        }
    }
}
