//! One run's access to the target: transport, credentials, rate limits and counters.

mod error;
pub mod failure_budget;
pub mod pace;
pub mod rate_limiter;
pub mod slots;

use std::cell::{Cell, OnceCell};
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use atlas_api::digest::Algorithm;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use url::Url;

use crate::auth::bearer::Bearer;
use crate::auth::credential::Credential;
use crate::auth::credentials::Credentials;
use crate::auth::digest::Key;
use crate::exchange::{Exchange, Request, Response, TransportError};
use crate::secret::Secret;
use crate::transport::proxy::ProxySettings;
use crate::transport::tls::TrustStore;
use crate::transport::{self, Connection, Pool, Transport, is_loopback};
pub use error::{SendError, SessionError};
use failure_budget::FailureBudget;
use rate_limiter::{RateLimiter, retry_delay};
use slots::Slots;

/// How often a request that met 429 is sent again.
const RATE_LIMIT_TRIES: u32 = 6;

/// How often a request is sent by Digest while its nonces are stale.
const DIGEST_TRIPS: usize = 8;

/// The pause between two attempts to reach a server that went away: a mock that its supervisor
/// restarts is back within seconds.
const RECONNECT_PAUSE: Duration = Duration::from_millis(100);

/// What a session needs to know of its target.
#[derive(Debug, Clone)]
pub struct Settings<'a> {
    /// The target's URL; a path is a prefix of every request's.
    pub target: &'a str,
    /// A file of certificates that are trusted beside the system's.
    pub ca_file: Option<&'a Path>,
    /// Which proxies requests go through.
    pub proxies: &'a ProxySettings,
    /// Who requests act as.
    pub credentials: &'a Credentials,
    /// Further secrets that no output may show.
    pub secrets: Vec<Secret>,
    /// The time limit of one exchange.
    pub timeout: Duration,
    /// The most requests a second, if there is a limit.
    pub rate: Option<f64>,
}

/// Access to one target, shared by all checks of a run.
pub struct Session {
    /// The transport to the target.
    pub transport: Transport,
    /// The path prefix of the target, without a trailing slash.
    pub prefix: String,
    /// The URL without path, for evidence.
    pub origin: String,
    trust: TrustStore,
    proxies: ProxySettings,
    timeout: Duration,
    owner: Option<Bearer>,
    owner_key: Option<Key>,
    owner_key_md5: Option<Key>,
    reader: Option<Bearer>,
    reader_key: Option<Key>,
    secrets: Vec<Secret>,
    rate_limiter: RateLimiter,
    slots: Rc<Slots>,
    pool: Pool,
    quickest: Cell<Option<Duration>>,
    requests: Cell<u64>,
    rate_limited: Cell<u64>,
    setup_retries: Cell<u64>,
    answered: Cell<bool>,
    gone_since: Cell<Option<Instant>>,
    operation_budget: FailureBudget,
    sibling_budget: FailureBudget,
    token_budget: FailureBudget,
    cnonces: Cell<u64>,
    watcher: OnceCell<UnboundedSender<Rc<Exchange>>>,
}

impl Session {
    /// Access to the target that the settings name. Sends nothing.
    ///
    /// # Errors
    /// When the target's URL or the file of certificates can't be used.
    pub fn new(settings: Settings<'_>) -> Result<Self, SessionError> {
        let Settings { target, ca_file, proxies, credentials, mut secrets, timeout, rate } =
            settings;
        let url: Url = target
            .parse()
            .map_err(|source| SessionError::Url { got: target.to_owned(), source })?;
        let trust = TrustStore::read(ca_file).map_err(SessionError::Certificates)?;
        let transport = proxies
            .proxy_for(&url)
            .map_err(transport::SetupError::from)
            .and_then(|proxy| Transport::new(&url, &trust, proxy, timeout))
            .map_err(SessionError::Transport)?;
        let budget = FailureBudget::new("the target", timeout);
        secrets.splice(0..0, credentials.secrets().cloned());
        Ok(Self {
            transport,
            trust,
            proxies: proxies.clone(),
            timeout,
            prefix: url.path().trim_end_matches('/').to_owned(),
            origin: url.origin().ascii_serialization(),
            owner: Bearer::new(credentials.owner_token.as_ref(), credentials.owner.as_ref()),
            owner_key: credentials.owner_key.clone().map(Key::new),
            owner_key_md5: credentials
                .owner_key
                .clone()
                .map(|key| Key::new(key).preferring(Algorithm::Md5)),
            reader: Bearer::new(credentials.reader_token.as_ref(), credentials.reader.as_ref()),
            reader_key: credentials.reader_key.clone().map(Key::new),
            secrets,
            rate_limiter: RateLimiter::new(rate),
            slots: Rc::default(),
            pool: Pool::default(),
            quickest: Cell::new(None),
            requests: Cell::new(0),
            rate_limited: Cell::new(0),
            setup_retries: Cell::new(0),
            answered: Cell::new(false),
            gone_since: Cell::new(None),
            sibling_budget: budget.beside("the target"),
            token_budget: budget.beside("the token endpoint"),
            operation_budget: budget,
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

    /// How many checks may be at work at once.
    pub fn slots(&self) -> &Rc<Slots> {
        &self.slots
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
    pub fn setup_retries(&self) -> u64 {
        self.setup_retries.get()
    }

    /// Counts a 5xx answer to such a request, which is sent again.
    pub fn count_setup_retry(&self) {
        self.setup_retries.set(self.setup_retries.get() + 1);
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
    /// When there is no such account or the token endpoint gives no token.
    pub async fn token(&self, credential: &Credential) -> Result<Secret, SendError> {
        let bearer = match credential {
            Credential::Reader | Credential::ReaderKey => &self.reader,
            _ => &self.owner,
        };
        let bearer = bearer.as_ref().ok_or(SendError::NoBearer)?;
        bearer.token(&self.prefix, async |request| self.request_token(request).await).await
    }

    async fn request_token(&self, request: Request) -> Result<Response, SendError> {
        for attempt in 0..RATE_LIMIT_TRIES {
            self.token_budget.check()?;
            self.count();
            let exchange = self.send_with_reconnect(request.clone()).await;
            self.token_budget.record(&exchange);
            if !self.wait_out(&exchange, attempt, &self.token_budget).await? {
                return exchange.outcome.map_err(|source| SendError::Token { source });
            }
        }
        Err(SendError::RateLimited { part: "the token endpoint", tries: RATE_LIMIT_TRIES })
    }

    /// The transport to a server beside the target, with the same certificates and time limit.
    ///
    /// # Errors
    /// As [`Transport::new`].
    pub fn transport_to(&self, url: &Url) -> Result<Transport, transport::SetupError> {
        let proxy = if is_loopback(url) { None } else { self.proxies.proxy_for(url)? };
        Transport::new(url, &self.trust, proxy, self.timeout)
    }

    /// The failure budget of another part of the run.
    pub fn budget_of(&self, part: &'static str) -> FailureBudget {
        self.operation_budget.beside(part)
    }

    /// The failure budget of the part of the target that a request is for.
    fn budget(&self, request: &Request) -> &FailureBudget {
        match request.under_test {
            true => &self.operation_budget,
            false => &self.sibling_budget,
        }
    }

    /// Sends a request as a credential: Digest takes two trips, 429 is waited out.
    /// Returns the exchanges in order; the last is the answer.
    ///
    /// # Errors
    /// When there is no token or the target has stopped answering.
    pub async fn send(
        &self,
        request: Request,
        credential: &Credential,
        mut connection: Option<&mut Connection>,
    ) -> Result<Vec<Rc<Exchange>>, SendError> {
        let budget = self.budget(&request);
        let mut sent = Vec::new();
        for attempt in 0..RATE_LIMIT_TRIES {
            budget.check()?;
            self.authenticate(&request, credential, connection.as_deref_mut(), &mut sent).await?;
            let Some(last) = sent.last() else { return Ok(sent) };
            if !self.wait_out(last, attempt, budget).await? {
                return Ok(sent);
            }
        }
        Err(SendError::RateLimited { part: "the target", tries: RATE_LIMIT_TRIES })
    }

    /// Waits as long as a 429 asks for; false where the response is another.
    async fn wait_out(
        &self,
        exchange: &Exchange,
        attempt: u32,
        budget: &FailureBudget,
    ) -> Result<bool, SendError> {
        let limited = exchange.response().filter(|_| exchange.effective_status() == 429);
        let Some(response) = limited else {
            budget.reset_wait();
            return Ok(false);
        };
        let wait = retry_delay(response, attempt);
        self.rate_limited.set(self.rate_limited.get() + 1);
        budget.check_wait(wait)?;
        self.note_wait();
        tokio::time::sleep(wait).await;
        Ok(true)
    }

    async fn authenticate(
        &self,
        request: &Request,
        credential: &Credential,
        mut connection: Option<&mut Connection>,
        sent: &mut Vec<Rc<Exchange>>,
    ) -> Result<(), SendError> {
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
            Credential::OwnerKeyMd5 => &self.owner_key_md5,
            Credential::ReaderKey => &self.reader_key,
        };
        let key = key.as_ref().ok_or(SendError::NoApiKey)?;
        let (method, target) = (&request.method, &request.target);
        let mut authorization = key.authorization(method, target, &self.cnonce());
        // The first trip may lack a challenge. A later one may meet a stale nonce, which requests
        // beside this one have used up.
        for _ in 0..DIGEST_TRIPS {
            let exchange =
                self.once(request, authorization.take(), connection.as_deref_mut()).await;
            let answered =
                sent.last().is_some_and(|last| carries_digest(&exchange) && carries_digest(last));
            let challenge = match &exchange.outcome {
                Ok(answer) if answer.status == 401 => key.challenge(answer),
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
        self.rate_limiter.acquire().await;
        self.count();
        let exchange = match connection {
            Some(connection) => self.transport.send_on(connection, request).await,
            None => self.send_with_reconnect(request).await,
        };
        self.note_pace(&exchange);
        self.budget(&exchange.request).record(&exchange);
        let exchange = Rc::new(exchange);
        if let Some(watcher) = self.watcher.get() {
            // Whoever watched may have gone.
            let _ = watcher.send(Rc::clone(&exchange));
        }
        exchange
    }

    /// Sends a request. A server that is gone after it was there may be on its way back, and what
    /// met no connection was not sent, so it can be sent again.
    async fn send_with_reconnect(&self, request: Request) -> Exchange {
        if let Some(exchange) = self.pool.send(&self.transport, &request).await {
            if exchange.outcome.is_ok() {
                self.gone_since.set(None);
            }
            return exchange;
        }
        loop {
            let exchange = self.transport.send(request.clone()).await;
            match &exchange.outcome {
                Err(TransportError::Unreachable(_)) if self.may_return() => {
                    tokio::time::sleep(RECONNECT_PAUSE).await;
                }
                Err(TransportError::Unreachable(_)) => return exchange,
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
        self.answered.get() && since.elapsed() < self.operation_budget.longest_absence()
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
