//! One run's access to the target: the wire, the credentials, rate limits and counters.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use url::Url;

use crate::auth::bearer::Bearer;
use crate::auth::credential::Credential;
use crate::auth::digest::{self, Key};
use crate::config::Config;
use crate::exchange::{Answer, Exchange, Request, Silence};
use crate::probe::effective_status;
use crate::secret::Secret;
use crate::target::pace::{Pace, asked_wait};
use crate::target::patience::Patience;
use crate::target::trust::Trust;
use crate::target::wire::{Connection, Wire};

/// How often a request that met 429 is sent again.
const RATE_LIMIT_TRIES: u32 = 6;

/// How often a request is sent by Digest while its nonces are stale.
const DIGEST_TRIPS: usize = 8;

/// After which pause a server that went away is looked for again: a mock that is started anew by
/// its supervisor is back within seconds.
const RETURN_PAUSE: Duration = Duration::from_millis(100);

/// Access to one target, shared by all checks of a run.
pub struct Session {
    /// The wire.
    pub wire: Wire,
    /// The path prefix of the target, without a trailing slash.
    pub prefix: String,
    /// The URL without path, for evidence.
    pub origin: String,
    trust: Trust,
    timeout: Duration,
    owner: Option<Bearer>,
    owner_key: Option<Key>,
    reader: Option<Bearer>,
    reader_key: Option<Key>,
    secrets: Vec<Secret>,
    pace: Pace,
    requests: Cell<u64>,
    rate_limited: Cell<u64>,
    unwell: Cell<u64>,
    answered: Cell<bool>,
    gone_since: Cell<Option<Instant>>,
    with_operation: Patience,
    with_siblings: Patience,
    with_tokens: Patience,
    cnonces: Cell<u64>,
    watcher: OnceCell<UnboundedSender<Rc<Exchange>>>,
}

impl Session {
    /// Access to the target of a valid configuration: each exchange may last for `timeout`, and
    /// `rate` is the most requests a second, if there is a limit.
    ///
    /// # Errors
    /// In words, when the target's URL or the file of certificates can't be used.
    pub fn new(config: &Config, timeout: Duration, rate: Option<f64>) -> Result<Self, String> {
        let text = config.target.as_deref().unwrap_or_default();
        let url: Url = text.parse().map_err(|error| {
            format!("target: expected a URL like http://127.0.0.1:8080, got `{text}` ({error})")
        })?;
        let trust = Trust::read(config.ca_file.as_deref())?;
        let wire = Wire::new(&url, &trust, timeout);
        let wire = wire.map_err(|reason| format!("target: {reason}"))?;
        let credentials = &config.credentials;
        let patience = Patience::new("the target", timeout);
        Ok(Self {
            wire,
            trust,
            timeout,
            prefix: url.path().trim_end_matches('/').to_owned(),
            origin: url.origin().ascii_serialization(),
            owner: Bearer::new(credentials.owner_token.as_ref(), credentials.owner.as_ref()),
            owner_key: credentials.owner_key.clone().map(Key::new),
            reader: Bearer::new(credentials.reader_token.as_ref(), credentials.reader.as_ref()),
            reader_key: credentials.reader_key.clone().map(Key::new),
            secrets: config.secrets(),
            pace: Pace::new(rate),
            requests: Cell::new(0),
            rate_limited: Cell::new(0),
            unwell: Cell::new(0),
            answered: Cell::new(false),
            gone_since: Cell::new(None),
            with_siblings: patience.beside("the target"),
            with_tokens: patience.beside("the token endpoint"),
            with_operation: patience,
            cnonces: Cell::new(0),
            watcher: OnceCell::new(),
        })
    }

    /// Every exchange from now on, as it ends. To be called once.
    pub fn watch(&self) -> UnboundedReceiver<Rc<Exchange>> {
        let (sender, receiver) = unbounded_channel();
        let _ = self.watcher.set(sender);
        receiver
    }

    /// The credentials of an owner that this run has, bearer first.
    pub fn owners(&self) -> Vec<Credential> {
        let bearer = self.owner.is_some().then_some(Credential::Owner);
        let key = self.owner_key.is_some().then_some(Credential::OwnerKey);
        bearer.into_iter().chain(key).collect()
    }

    /// The credentials without permission that this run has.
    pub fn readers(&self) -> Vec<Credential> {
        let bearer = self.reader.is_some().then_some(Credential::Reader);
        let key = self.reader_key.is_some().then_some(Credential::ReaderKey);
        bearer.into_iter().chain(key).collect()
    }

    /// The requests sent so far.
    pub fn requests(&self) -> u64 {
        self.requests.get()
    }

    /// The 429 answers so far.
    pub fn rate_limited(&self) -> u64 {
        self.rate_limited.get()
    }

    /// The 5xx answers so far to requests that set users up or read them back.
    pub fn unwell(&self) -> u64 {
        self.unwell.get()
    }

    /// Counts a 5xx answer to such a request, which is sent again.
    pub fn was_unwell(&self) {
        self.unwell.set(self.unwell.get() + 1);
    }

    /// Everything that no output may show: configured secrets and tokens.
    pub fn secrets(&self) -> Vec<Secret> {
        let tokens =
            [&self.owner, &self.reader].into_iter().flatten().filter_map(Bearer::last_token);
        self.secrets.iter().cloned().chain(tokens).collect()
    }

    /// The bearer token of the owner or the reader.
    ///
    /// # Errors
    /// In words, when there is no such account or the token endpoint refuses.
    pub async fn token(&self, credential: &Credential) -> Result<Secret, String> {
        let account = match credential {
            Credential::Reader | Credential::ReaderKey => &self.reader,
            _ => &self.owner,
        };
        let account =
            account.as_ref().ok_or("no service account and no access token is configured")?;
        account.token(&self.prefix, async |request| self.token_request(request).await).await
    }

    async fn token_request(&self, request: Request) -> Result<Answer, String> {
        for attempt in 0..RATE_LIMIT_TRIES {
            self.with_tokens.lasts()?;
            self.count();
            let exchange = self.sent(request.clone()).await;
            self.with_tokens.spend(&exchange);
            if !self.waited_out(&exchange, attempt, &self.with_tokens).await? {
                let answer = exchange.outcome;
                return answer.map_err(|silence| format!("the token endpoint: {silence}"));
            }
        }
        Err(format!("the token endpoint went on answering 429, {RATE_LIMIT_TRIES} times in a row"))
    }

    /// The way to a server beside the target, which is trusted and waited for alike.
    ///
    /// # Errors
    /// As [`Wire::new`].
    pub fn wire_to(&self, url: &Url) -> Result<Wire, String> {
        Wire::new(url, &self.trust, self.timeout)
    }

    /// The patience with a hook beside the target.
    pub fn patience_with_hook(&self) -> Patience {
        self.with_operation.beside("the hook")
    }

    /// The patience with the part of the target that a request is for.
    fn patience(&self, request: &Request) -> &Patience {
        match request.is_removal() {
            true => &self.with_operation,
            false => &self.with_siblings,
        }
    }

    /// The API key of the owner.
    pub fn owner_key(&self) -> Option<&Key> {
        self.owner_key.as_ref()
    }

    /// Sends a request as a credential: Digest takes two trips, 429 is waited out.
    /// Returns the exchanges in order; the last is the answer.
    ///
    /// # Errors
    /// In words, when no token could be had or the target has stopped answering.
    pub async fn send(
        &self,
        request: Request,
        credential: &Credential,
        mut connection: Option<&mut Connection>,
    ) -> Result<Vec<Rc<Exchange>>, String> {
        let patience = self.patience(&request);
        let mut sent = Vec::new();
        for attempt in 0..RATE_LIMIT_TRIES {
            patience.lasts()?;
            self.authenticated(&request, credential, connection.as_deref_mut(), &mut sent).await?;
            let Some(last) = sent.last() else { return Ok(sent) };
            if !self.waited_out(last, attempt, patience).await? {
                return Ok(sent);
            }
        }
        Err(format!("the target went on answering 429, {RATE_LIMIT_TRIES} times in a row"))
    }

    /// Waits as long as a 429 asks for; false where the answer is another.
    async fn waited_out(
        &self,
        exchange: &Exchange,
        attempt: u32,
        patience: &Patience,
    ) -> Result<bool, String> {
        let Some(wait) = rate_limit(exchange, attempt) else {
            patience.goes_on();
            return Ok(false);
        };
        self.rate_limited.set(self.rate_limited.get() + 1);
        patience.allows(wait)?;
        tokio::time::sleep(wait).await;
        Ok(true)
    }

    async fn authenticated(
        &self,
        request: &Request,
        credential: &Credential,
        mut connection: Option<&mut Connection>,
        sent: &mut Vec<Rc<Exchange>>,
    ) -> Result<(), String> {
        let key = match credential {
            Credential::Owner | Credential::Reader => {
                let token = self.token(credential).await?;
                let authorization = Some(format!("Bearer {}", token.expose()));
                sent.push(self.once(request, authorization, connection).await);
                return Ok(());
            }
            Credential::Anonymous => {
                sent.push(self.once(request, None, connection).await);
                return Ok(());
            }
            Credential::Header(value) => {
                sent.push(self.once(request, Some(value.clone()), connection).await);
                return Ok(());
            }
            Credential::OwnerKey => &self.owner_key,
            Credential::ReaderKey => &self.reader_key,
        };
        let key = key.as_ref().ok_or("no API key is configured")?;
        let (method, target) = (&request.method, &request.target);
        let mut authorization = key.authorization(method, target, &self.cnonce());
        // The first trip may lack a challenge, and others meet a nonce that is stale by then: requests
        // beside this one may have used it up.
        for _ in 0..DIGEST_TRIPS {
            let exchange =
                self.once(request, authorization.take(), connection.as_deref_mut()).await;
            let answered =
                sent.last().is_some_and(|last| carries_digest(&exchange) && carries_digest(last));
            let challenge = match &exchange.outcome {
                Ok(answer) if answer.status == 401 => digest::challenge(answer),
                _ => None,
            };
            let fresh = carries_digest(&exchange) && challenge.as_ref().is_some_and(|c| !c.stale);
            sent.push(exchange);
            match challenge {
                // A fresh nonce refused twice is a refusal of the credential.
                Some(challenge) if !(fresh && answered) => {
                    authorization = Some(key.renewed(challenge, method, target, &self.cnonce()));
                }
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    async fn once(
        &self,
        request: &Request,
        authorization: Option<String>,
        connection: Option<&mut Connection>,
    ) -> Rc<Exchange> {
        let mut request = request.clone();
        if let Some(value) = authorization {
            request.headers.insert(0, ("Authorization".to_owned(), value.into_bytes()));
        }
        self.pace.turn().await;
        self.count();
        let exchange = match connection {
            Some(connection) => self.wire.send_on(connection, request).await,
            None => self.sent(request).await,
        };
        self.patience(&exchange.request).spend(&exchange);
        let exchange = Rc::new(exchange);
        if let Some(watcher) = self.watcher.get() {
            // Whoever watched may have gone.
            let _ = watcher.send(Rc::clone(&exchange));
        }
        exchange
    }

    /// Sends a request. A server that is gone after it was there may be on its way back, and what
    /// met no connection was not sent, so it can be sent again.
    async fn sent(&self, request: Request) -> Exchange {
        loop {
            let exchange = self.wire.send(request.clone()).await;
            match &exchange.outcome {
                Err(Silence::Unreachable(_)) if self.may_return() => {
                    tokio::time::sleep(RETURN_PAUSE).await;
                }
                Err(Silence::Unreachable(_)) => return exchange,
                outcome => {
                    self.answered.set(self.answered.get() || outcome.is_ok());
                    self.gone_since.set(None);
                    return exchange;
                }
            }
        }
    }

    /// Whether a server that can't be reached was there before, not too long ago.
    fn may_return(&self) -> bool {
        let since = self.gone_since.get().unwrap_or_else(Instant::now);
        self.gone_since.set(Some(since));
        self.answered.get() && since.elapsed() < self.with_operation.longest_absence()
    }

    fn count(&self) {
        self.requests.set(self.requests.get() + 1);
    }

    /// A client nonce: unique in the run, which is all that Digest asks of it.
    fn cnonce(&self) -> String {
        self.cnonces.set(self.cnonces.get() + 1);
        format!("{:016x}", self.cnonces.get().wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }
}

fn carries_digest(exchange: &Exchange) -> bool {
    exchange.request.headers.iter().any(|(name, value)| {
        name == "Authorization" && value.get(..6).is_some_and(|s| s.eq_ignore_ascii_case(b"digest"))
    })
}

/// How long to wait before a request that met 429 is sent again.
fn rate_limit(exchange: &Exchange, attempt: u32) -> Option<Duration> {
    let answer = exchange.outcome.as_ref().ok()?;
    (effective_status(exchange) == 429).then(|| asked_wait(answer, attempt))
}
