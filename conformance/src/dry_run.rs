//! A dry run: plays a run against the embedded reference, to count the requests and users that it
//! would take, without a request to the target.

use std::collections::BTreeMap;
use std::io;
use std::rc::Rc;

use atlas_engine::run::clock::RunClock;
use atlas_engine::run::runner::{self, TrafficRecorder};
use atlas_engine::run::state::RunState;
use atlas_engine::session::Session;
use atlas_remove_role::checks::{Check, RemoveRole};
use atlas_remove_role::config::{Config, ListedMembership, PROJECT_ROLES, State, Through, With};
use atlas_remove_role::probe::RunContext;
use atlas_remove_role::run::{Options, RunError};
use atlas_remove_role::users::fixture_count::{Count, Kind};
use atlas_remove_role::users::provider::Provider;
use atlas_remove_role::users::user::Membership;
use tokio::task::LocalSet;

use crate::embedded;

/// What a run would come to.
#[derive(Debug)]
pub struct DryRun {
    /// How many requests it would send, set-up included.
    pub requests: u64,
    /// Which users it would take.
    pub users: BTreeMap<Kind, Count>,
}

/// Why a dry run can't be done.
#[derive(Debug, thiserror::Error)]
pub enum DryRunError {
    /// The reference can't be started.
    #[error("can't start the embedded reference server: {0}")]
    Reference(#[source] io::Error),
    /// The run can't be set up.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// Plays a run with this configuration: with its credentials, memberships and number of roles, and
/// with its ways to read users back and to add roles.
///
/// # Errors
/// When the reference can't be started.
pub fn dry_run(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
) -> Result<DryRun, DryRunError> {
    let server = atlas_reference::Options {
        seed: Some(options.seed),
        ..atlas_reference::Options::default()
    };
    let server = atlas_reference::start(server).map_err(DryRunError::Reference)?;
    let config_here = for_reference(config, embedded::config(server.url(), server.fixture()));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(RunError::Runtime)?;
    let context = LocalSet::new().block_on(&runtime, play(&config_here, selected, options))?;
    Ok(DryRun {
        requests: context.session.requests(),
        users: named(config, context.provider.fixture_count().counts()),
    })
}

async fn play(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
) -> Result<Rc<RunContext>, RunError> {
    let settings = config.session_settings(options.timeout, None);
    let session = Rc::new(Session::new(settings)?);
    let provider = Provider::new(config, Rc::clone(&session))?.counting();
    let state = RunState::new(options.seed, options.budget, session.slots());
    let context = RunContext::new(config, state, &session, provider);
    let suite = Rc::new(RemoveRole::new(Rc::clone(&context)));
    let mut traffic = TrafficRecorder::new(&session, RunClock::start());
    runner::run(&suite, selected, 1, &mut traffic, &mut |_| {}).await;
    Ok(context)
}

/// The reference's configuration, cut down to what the target's has.
fn for_reference(config: &Config, reference: Config) -> Config {
    let (ours, real) = (reference.credentials, &config.credentials);
    let mut credentials = ours.clone();
    let bearer = |token: bool, account: bool| token || account;
    if !bearer(real.owner_token.is_some(), real.owner.is_some()) {
        credentials.owner = None;
    }
    if !bearer(real.reader_token.is_some(), real.reader.is_some()) {
        credentials.reader = None;
    }
    if real.owner_key.is_none() {
        credentials.owner_key = None;
    }
    if real.reader_key.is_none() {
        credentials.reader_key = None;
    }
    let wanted = &config.state;
    let makes = wanted.with != With::Fixtures;
    let has = |membership: Membership| wants(wanted, membership);
    let state = State {
        with: With::Api,
        read_back: Some(through(wanted.read_back())),
        add_roles: Some(match wanted.forgets {
            true => Through::Api,
            false => through(wanted.add_roles()),
        }),
        active_username: reference.state.active_username.filter(|_| has(Membership::Active)),
        pending_username: reference.state.pending_username.filter(|_| has(Membership::Pending)),
        deprecated_user_id: reference.state.deprecated_user_id,
        roles: Some(
            PROJECT_ROLES[..wanted.known_roles().len().min(PROJECT_ROLES.len())]
                .iter()
                .map(|role| (*role).to_owned())
                .collect(),
        ),
        ..State::default()
    };
    Config {
        other_group_id: reference
            .other_group_id
            .filter(|_| makes && config.other_group_id.is_some()),
        credentials,
        state,
        target: reference.target,
        group_id: reference.group_id,
        ..Config::default()
    }
}

/// What a hook does the reference's siblings do here.
const fn through(way: Through) -> Through {
    match way {
        Through::None => Through::None,
        Through::Api | Through::Hook => Through::Api,
    }
}

/// Whether a configuration has users of this membership; one that lists none yet wants both.
fn wants(state: &State, membership: Membership) -> bool {
    let (listed, named) = match membership {
        Membership::Active => (ListedMembership::Active, &state.active_username),
        Membership::Pending => (ListedMembership::Pending, &state.pending_username),
    };
    let unnamed = state.active_username.is_none() && state.pending_username.is_none();
    match state.with {
        With::Fixtures => {
            state.users.is_empty() || state.users.iter().any(|user| user.membership == listed)
        }
        With::Hook => named.is_some() || unnamed,
        With::Api => named.is_some(),
    }
}

/// The counts with the roles of the configuration in place of those of the reference. What only
/// a random case would want is left out: other cases do as well.
fn named(config: &Config, counts: &BTreeMap<Kind, Count>) -> BTreeMap<Kind, Count> {
    let known = config.state.known_roles();
    let place = |role: &String| PROJECT_ROLES.iter().position(|name| name == role);
    counts
        .iter()
        .filter_map(|(kind, count)| {
            let places: Vec<usize> = kind.roles.iter().filter_map(place).collect();
            let first = places.iter().enumerate().all(|(index, place)| index == *place);
            if !first && places.len() != 1 {
                return None;
            }
            let roles = places.into_iter().filter_map(|place| known.get(place).cloned()).collect();
            Some((Kind { membership: kind.membership, roles }, *count))
        })
        .collect()
}
