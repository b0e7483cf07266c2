//! Overruling what the conforming server decides.

use crate::{
    auth::{Account, Caller, Denial, Scheme},
    call::Call,
    hook::{Decision, Verdict},
    refusal::Refusal,
};

/// What a server says that has lost its way.
pub(super) const BROKEN: Refusal = Refusal::Other(500, "UNEXPECTED_ERROR");

/// Takes the caller for the owner where the credentials were refused for such a reason.
pub(super) fn as_owner(call: &mut Call, verdict: &mut Verdict, accepts: fn(&Call, Denial) -> bool) {
    if let Err(Refusal::Unauthenticated(denial)) = verdict
        && accepts(call, *denial)
    {
        call.caller = Some(Caller { account: Account::Owner, scheme: Scheme::Bearer });
        *verdict = Ok(());
    }
}

/// Refuses good credentials of such a kind.
pub(super) fn deny(call: &Call, verdict: &mut Verdict, denies: fn(&Call, Scheme) -> bool) {
    if verdict.is_ok() && call.caller.is_some_and(|caller| denies(call, caller.scheme)) {
        *verdict = Err(Refusal::Unauthenticated(Denial::DigestResponse));
    }
}

/// Lets a caller through who lacks the permission, where such a thing is so.
pub(super) fn permit(call: &Call, verdict: &mut Verdict, permits: fn(&Call) -> bool) {
    if *verdict == Err(Refusal::Forbidden) && permits(call) {
        *verdict = Ok(());
    }
}

/// Removes an only role, where such a thing is so.
pub(super) fn last(call: &Call, decision: &mut Decision, spares_not: fn(&Call) -> bool) {
    if decision.as_ref().err() == Some(&Refusal::LastRole) && spares_not(call) {
        *decision = call.removal();
    }
}

/// Refuses a removal that is legal, where such a thing is so.
pub(super) fn refuse(
    call: &Call,
    decision: &mut Decision,
    refusal: Refusal,
    refuses: fn(&Call) -> bool,
) {
    if decision.is_ok() && refuses(call) {
        *decision = Err(refusal);
    }
}

/// Fails where a step refuses such a thing.
pub(super) fn fail(call: &Call, verdict: &mut Verdict, fails: fn(&Call, &Refusal) -> bool) {
    if let Err(refusal) = verdict
        && fails(call, refusal)
    {
        *verdict = Err(BROKEN);
    }
}
