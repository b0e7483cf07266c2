//! Effects that overrule checks and decisions.

use crate::{
    auth::{Account, Caller, Denial, Scheme},
    extension::{Effect, Step},
    faults::vocabulary::conditions::{accepted, refused_for, unauthenticated},
    refusal::Refusal,
};

/// An error of the server itself.
pub(crate) const BROKEN: Refusal = Refusal::Other(500, "UNEXPECTED_ERROR");

/// Lets a call pass a check.
pub(crate) fn pass(step: Step) -> Effect {
    Effect::after(step, |_, verdict| *verdict = Ok(()))
}

/// Refuses a call at a check.
pub(crate) fn refuse_at(step: Step, refusal: Refusal) -> Effect {
    Effect::after(step, move |_, verdict| *verdict = Err(refusal.clone()))
}

/// Answers 500 at a check.
pub(crate) fn fail_at(step: Step) -> Effect {
    refuse_at(step, BROKEN)
}

/// Takes a caller whose credentials were refused for the owner.
pub(crate) fn serve_as_owner() -> Effect {
    let accept = Effect::after(Step::Identity, |call, verdict| {
        call.caller = Some(Caller { account: Account::Owner, scheme: Scheme::Bearer });
        *verdict = Ok(());
    });
    accept.when(unauthenticated())
}

pub(crate) fn deny_credentials() -> Effect {
    let refusal = Refusal::Unauthenticated(Denial::DigestResponse);
    refuse_at(Step::Identity, refusal).when(accepted())
}

/// Lets a caller through who lacks the permission.
pub(crate) fn permit() -> Effect {
    pass(Step::Permission).when(refused_for(Refusal::Forbidden))
}

/// Removes the role whatever was decided.
pub(crate) fn remove_anyway() -> Effect {
    Effect::decision(|call, _, decision| *decision = call.removal())
}

/// Removes the only role of a user.
pub(crate) fn remove_last_role() -> Effect {
    remove_anyway().when(refused_for(Refusal::LastRole))
}

/// Confirms a removal, whatever was decided, and removes nothing.
pub(crate) fn confirm_nothing() -> Effect {
    Effect::decision(|call, _, decision| *decision = call.removal_of_nothing())
}

/// Refuses a removal, whatever was decided.
pub(crate) fn refuse_removal(refusal: Refusal) -> Effect {
    Effect::decision(move |_, _, decision| *decision = Err(refusal.clone()))
}

/// Refuses a removal that is legal.
pub(crate) fn refuse_legal_removal(refusal: Refusal) -> Effect {
    refuse_removal(refusal).when(accepted())
}
