//! From a request to an answer.

use std::time::Duration;

use super::{
    auth::Denial,
    behaviour::Hooks,
    call::Call,
    hook::{Decision, Verdict},
    refusal::Refusal,
    reply::{Reply, Success},
    request::Request,
    route::{Operation, Route},
    service::Service,
    siblings,
    store::Store,
    token,
    wire::Wire,
};

/// Answers one request.
pub(crate) async fn answer(service: &Service, mut request: Request) -> Wire {
    let _turn = match service.behaviour.manner.one_at_a_time {
        true => Some(service.turn.lock().await),
        false => None,
    };
    let _presence = service.memory.enter();

    let route = Route::of(&request.path);
    let hooks = service.behaviour.hooks(matches!(route, Route::RemoveRole(_)));
    let gate = hooks.gate(&service.memory);
    let credentials = match gate {
        Ok(()) => service.authority().authenticate(&request),
        // Nobody looks at them, so that the same nonce and count serve the next try.
        Err(_) => Err(Denial::Missing),
    };
    hooks.rewrite(&mut request);
    let mut call = service.open(request, credentials);

    let reply = match call.route {
        Route::Token => token::answer(service, &call.request),
        _ => {
            let outcome = perform(service, hooks, &mut call, gate).await;
            present(service, hooks, &call, outcome)
        }
    };
    let mut wire = Wire::of(reply);
    hooks.wire(&call, &mut wire);
    pause(wire.delay).await;
    wire
}

/// Checks a call that passed the gate, and does what it asks for.
async fn perform(
    service: &Service,
    hooks: Hooks<'_>,
    call: &mut Call,
    gate: Verdict,
) -> Result<Success, Refusal> {
    let outcome = match gate.and_then(|()| check(service, hooks, call)) {
        Ok(Operation::RemoveRole) => remove_role(service, hooks, call).await,
        Ok(sibling) => siblings::perform(service, call, sibling),
        Err(refusal) => Err(refusal),
    };
    if let Err(refusal) = &outcome {
        call.refusal = Some(refusal.clone());
        hooks.effect(call, &mut service.store());
    }
    outcome
}

fn check(service: &Service, hooks: Hooks<'_>, call: &mut Call) -> Result<Operation, Refusal> {
    for step in &service.behaviour.manner.steps {
        let mut verdict = step.take(call, service);
        hooks.after(*step, call, &mut verdict);
        verdict?;
    }
    call.operation.ok_or(Refusal::NoSuchRoute)
}

/// The operation under test. The decision and the change happen under one lock, unless a fault
/// leaves a window between them.
async fn remove_role(
    service: &Service,
    hooks: Hooks<'_>,
    call: &mut Call,
) -> Result<Success, Refusal> {
    pause(hooks.before(call)).await;
    match hooks.window(call) {
        Duration::ZERO => {
            let mut store = service.store();
            let decision = decide(hooks, call, &store);
            change(hooks, call, &mut store, decision)
        }
        window => {
            let decision = decide(hooks, call, &service.store());
            pause(window).await;
            change(hooks, call, &mut service.store(), decision)
        }
    }
}

fn decide(hooks: Hooks<'_>, call: &mut Call, store: &Store) -> Decision {
    let target = call.target().ok_or(Refusal::NoSuchRoute)?;
    call.before = store.find(&target).cloned();
    let mut decision = store.decide(&target, call.role().unwrap_or_default());
    hooks.decide(call, store, &mut decision);
    decision
}

fn change(
    hooks: Hooks<'_>,
    call: &Call,
    store: &mut Store,
    decision: Decision,
) -> Result<Success, Refusal> {
    let removal = decision?;
    store.remove(&removal);
    hooks.effect(call, store);
    let member = store.find(&removal.target).ok_or(Refusal::UnknownUser)?;
    Ok(Success::ok(member.view()))
}

/// Puts the outcome into words.
fn present(
    service: &Service,
    hooks: Hooks<'_>,
    call: &Call,
    outcome: Result<Success, Refusal>,
) -> Reply {
    let mut reply = Reply::to(call, outcome);
    hooks.reply(call, &mut reply);
    if call.flags.envelope {
        reply.wrap();
    }
    hooks.envelope(call, &mut reply);
    hooks.aftermath(call, &mut service.store());
    reply
}

/// The conforming server never waits, not even for its next turn on the runtime.
async fn pause(time: Duration) {
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}
