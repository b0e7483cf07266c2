//! From a request to a response.

use std::time::Duration;

use super::{Service, checks, siblings, token};
use crate::{
    auth::Denial,
    call::{Call, Operation, Response, Route, Success},
    extension::InForce,
    http::{Request, Wire},
    refusal::{Refusal, Verdict},
    store::{Decision, Store},
};

pub(crate) async fn answer(service: &Service, request: Request) -> Wire {
    let _turn = match service.extensions.settings.one_at_a_time {
        true => Some(service.turn.lock().await),
        false => None,
    };
    let _presence = service.memory.enter();

    let route = Route::of(&request.path);
    let extensions = service.extensions.in_force(matches!(route, Route::RemoveRole(_)));
    let gate = extensions.gate(&service.memory).and_then(|()| service.admit());
    let credentials = match gate {
        Ok(()) => service.authority().authenticate(&request),
        // They are not checked, so the same nonce and count are good for the next try.
        Err(_) => Err(Denial::Missing),
    };
    let mut call = service.open(request, credentials);
    extensions.request(&mut call, &service.store());

    let response = match call.route {
        Route::Token => token::answer(service, &call.request),
        Route::Revoke => token::revoke(service, &call.request),
        _ => {
            let outcome = perform(service, extensions, &mut call, gate).await;
            present(service, extensions, &call, outcome)
        }
    };
    let mut wire = response.into_wire();
    extensions.wire(&call, &mut wire);
    pause(wire.delay + service.extensions.settings.latency).await;
    wire
}

/// Checks a call that passed the gate, and performs its operation.
async fn perform(
    service: &Service,
    extensions: InForce<'_>,
    call: &mut Call,
    gate: Verdict,
) -> Result<Success, Refusal> {
    let outcome = match gate.and_then(|()| check(service, extensions, call)) {
        Ok(Operation::RemoveRole) => remove_role(service, extensions, call).await,
        Ok(sibling) => siblings::perform(service, call, sibling),
        Err(refusal) => Err(refusal),
    };
    call.refusal = outcome.as_ref().err().cloned();
    if call.refusal.is_some() {
        extensions.store(call, &mut service.store());
    }
    if let Route::RemoveRole(target) = &call.route {
        service.memory.note_outcome(&target.user, call.refusal.is_some());
    }
    outcome
}

fn check(
    service: &Service,
    extensions: InForce<'_>,
    call: &mut Call,
) -> Result<Operation, Refusal> {
    for step in &service.extensions.settings.steps {
        let mut verdict = checks::check(*step, call, service);
        extensions.after(*step, call, &mut verdict);
        verdict?;
    }
    call.operation.ok_or(Refusal::NoSuchRoute)
}

/// The operation under test. The decision and the change happen under one lock, unless a fault
/// leaves a window between them.
async fn remove_role(
    service: &Service,
    extensions: InForce<'_>,
    call: &mut Call,
) -> Result<Success, Refusal> {
    pause(extensions.delay(call)).await;
    match extensions.window(call) {
        Duration::ZERO => {
            let mut store = service.store();
            let decision = decide(extensions, call, &store);
            change(extensions, call, &mut store, decision)
        }
        window => {
            let decision = decide(extensions, call, &service.store());
            pause(window).await;
            change(extensions, call, &mut service.store(), decision)
        }
    }
}

fn decide(extensions: InForce<'_>, call: &mut Call, store: &Store) -> Decision {
    let target = call.target().ok_or(Refusal::NoSuchRoute)?;
    call.before = store.find(&target).cloned();
    let mut decision = store.decide(&target, call.role().unwrap_or_default());
    extensions.decision(call, store, &mut decision);
    decision
}

fn change(
    extensions: InForce<'_>,
    call: &Call,
    store: &mut Store,
    decision: Decision,
) -> Result<Success, Refusal> {
    let removal = decision?;
    store.remove(&removal);
    extensions.store(call, store);
    let member = store.find(&removal.target).ok_or(Refusal::UnknownUser)?;
    Ok(Success::ok(member.view()))
}

/// Makes the response to an outcome.
fn present(
    service: &Service,
    extensions: InForce<'_>,
    call: &Call,
    outcome: Result<Success, Refusal>,
) -> Response {
    let mut response = Response::to(call, outcome);
    extensions.response(call, &mut response);
    if call.flags.envelope {
        response.wrap();
    }
    extensions.envelope(call, &mut response);
    extensions.store_afterwards(call, &mut service.store());
    response
}

/// The conforming server never waits, not even for its next turn on the runtime.
async fn pause(time: Duration) {
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}
