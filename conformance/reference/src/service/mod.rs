//! The service: from a request to a response, and the state that all calls share.

mod checks;
mod handler;
mod rate_limit;
mod siblings;
mod token;

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

pub(crate) use handler::answer;
use rate_limit::RateLimit;

use crate::{
    auth::{Authority, Caller, Denial},
    call::{Call, Input, Memory, Route},
    extension::Extensions,
    fixture::{Fixture, Random, SAMPLE_USERS, SampleUser},
    http::{Flags, Query, Request},
    refusal::{Refusal, Verdict},
    store::Store,
};

/// The state that all calls share.
pub(crate) struct Service {
    /// The extensions that are in force.
    pub(crate) extensions: Extensions,
    /// The state beside the store.
    pub(crate) memory: Arc<Memory>,
    /// Taken by calls if they are answered strictly one after the other.
    pub(crate) turn: tokio::sync::Mutex<()>,
    store: Mutex<Store>,
    authority: Mutex<Authority>,
    serial: AtomicU64,
    rate_limit: Option<Mutex<RateLimit>>,
}

impl Service {
    /// A service with these extensions, and the fixture that it starts with.
    pub(crate) fn new(seed: Option<u64>, extensions: Extensions) -> (Self, Fixture) {
        let mut random = Random::new(seed);
        let fixture = Fixture::draw(&mut random);
        let settings = &extensions.settings;
        let rate_limit = settings.rate_limit.map(RateLimit::new).map(Mutex::new);
        let ids = Random::new(Some(random.number()));
        let store = Store::new(&fixture, ids, settings.ids);
        let authority = Authority::new(fixture.clone(), settings.challenge.clone(), random);
        let service = Self {
            extensions,
            memory: Arc::default(),
            turn: tokio::sync::Mutex::default(),
            store: Mutex::new(store),
            authority: Mutex::new(authority),
            serial: AtomicU64::new(1),
            rate_limit,
        };
        (service, fixture)
    }

    /// Adds the users that are there from the start.
    pub(crate) fn add_sample_users(&self, group: &str) -> Vec<SampleUser> {
        let mut store = self.store();
        let added = SAMPLE_USERS.iter().filter_map(|(username, roles)| {
            let held = roles.iter().map(|role| (*role).to_owned()).collect();
            let id = store.add_user(group, username, held).ok()?.person.id.clone();
            Some(SampleUser { id, username, roles })
        });
        added.collect()
    }

    /// Refuses a request beyond the rate limit.
    pub(crate) fn admit(&self) -> Verdict {
        let Some(limit) = &self.rate_limit else { return Ok(()) };
        match limit.lock().unwrap_or_else(PoisonError::into_inner).take() {
            true => Ok(()),
            false => Err(Refusal::TooManyRequests),
        }
    }

    /// The projects and their users, for as long as the guard lives.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The authority over credentials, for as long as the guard lives.
    pub(crate) fn authority(&self) -> MutexGuard<'_, Authority> {
        self.authority.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn open(&self, request: Request, credentials: Result<Caller, Denial>) -> Call {
        let stale = credentials.err().is_some_and(Denial::is_stale);
        let mut call = Call {
            route: Route::Unknown,
            operation: None,
            credentials,
            caller: None,
            query: Query::default(),
            flags: Flags::default(),
            input: Input::Nothing,
            before: None,
            in_main_project: false,
            previous_refused: None,
            refusal: None,
            challenges: self.authority().challenges(stale),
            serial: self.serial.fetch_add(1, Ordering::Relaxed),
            memory: Arc::clone(&self.memory),
            request,
        };
        call.read(&self.store());
        call
    }
}
