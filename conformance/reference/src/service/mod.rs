//! The service: from a request to a response, and the state that all calls share.

mod checks;
mod handler;
mod siblings;
mod token;

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

pub(crate) use handler::answer;

use crate::{
    auth::{Authority, Caller, Denial},
    call::{Call, Input, Memory, Route},
    extension::Extensions,
    fixture::{Fixture, Random},
    http::{Flags, Query, Request},
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
}

impl Service {
    /// A service with these extensions, and the fixture that it starts with.
    pub(crate) fn new(seed: Option<u64>, extensions: Extensions) -> (Self, Fixture) {
        let mut random = Random::new(seed);
        let fixture = Fixture::draw(&mut random);
        let settings = &extensions.settings;
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
        };
        (service, fixture)
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
