//! What all calls share.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use super::{
    auth::{Authority, Caller, Denial},
    behaviour::Behaviour,
    call::{Call, Input},
    fixture::Fixture,
    memory::Memory,
    options::Options,
    query::Query,
    random::Random,
    request::Request,
    route::Route,
    store::Store,
};

/// What all calls share.
pub(crate) struct Service {
    /// The hooks that are in force.
    pub(crate) behaviour: Behaviour,
    /// What a fault remembers.
    pub(crate) memory: Arc<Memory>,
    /// Taken by calls that are answered strictly one after the other.
    pub(crate) turn: tokio::sync::Mutex<()>,
    store: Mutex<Store>,
    authority: Mutex<Authority>,
    serial: AtomicU64,
}

impl Service {
    /// A service as the options want it, and what a client has to know of it.
    pub(crate) fn new(options: &Options) -> (Self, Fixture) {
        let mut random = Random::new(options.seed);
        let fixture = Fixture::draw(&mut random);
        let behaviour = Behaviour::of(options);
        let manner = &behaviour.manner;
        let ids = Random::new(Some(random.number()));
        let store = Store::new(&fixture, ids, manner.ids);
        let authority = Authority::new(fixture.clone(), manner.challenge.clone(), random);
        let service = Self {
            behaviour,
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

    /// The judge of credentials, for as long as the guard lives.
    pub(crate) fn authority(&self) -> MutexGuard<'_, Authority> {
        self.authority.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts a call.
    pub(crate) fn open(&self, request: Request, credentials: Result<Caller, Denial>) -> Call {
        let query = Query::read(&request.query);
        let stale = credentials.err().is_some_and(Denial::is_stale);
        let mut call = Call {
            route: Route::of(&request.path),
            operation: None,
            credentials,
            caller: None,
            flags: query.flags(),
            query,
            input: Input::Nothing,
            before: None,
            refusal: None,
            challenges: self.authority().challenges(stale),
            serial: self.serial.fetch_add(1, Ordering::Relaxed),
            memory: Arc::clone(&self.memory),
            request,
        };
        call.before = call.target().and_then(|target| self.store().find(&target).cloned());
        call
    }
}
