//! groupId and userId against their published patterns.

use std::rc::Rc;

use atlas_api::clauses::Clause;

use crate::call::{Call, encoded_fully};
use crate::checks::Check;
use crate::operation;
use crate::probe::Probe;
use crate::strategies::ids::{BadId, malformed, near_misses};
use crate::users::user::User;
use atlas_engine::exchange::Exchange;
use atlas_engine::run::check::Halt;

/// Statuses that HTTP allows for an overlong path.
const TOO_LONG: &[u16] = &[414, 431];

pub(super) static GROUP_ID: Check = Check {
    id: "request/ids/group-id",
    title: "A groupId outside the published pattern is refused",
    clauses: &[Clause::RequestGroupId],
    needs: &[],
    run: |probe| Box::pin(malformed_ids(probe, Part::Group)),
};

pub(super) static USER_ID: Check = Check {
    id: "request/ids/user-id",
    title: "A userId outside the published pattern is refused",
    clauses: &[Clause::RequestUserId],
    needs: &[],
    run: |probe| Box::pin(malformed_ids(probe, Part::User)),
};

#[derive(Debug, Clone, Copy)]
enum Part {
    Group,
    User,
}

impl Part {
    const fn parameter(self) -> &'static str {
        match self {
            Self::Group => "groupId",
            Self::User => "userId",
        }
    }

    const fn clause(self) -> Clause {
        match self {
            Self::Group => Clause::RequestGroupId,
            Self::User => Clause::RequestUserId,
        }
    }

    fn id(self, user: &User) -> &str {
        match self {
            Self::Group => &user.group,
            Self::User => &user.id,
        }
    }
}

async fn malformed_ids(probe: &Probe, part: Part) -> Result<(), Halt> {
    let pattern = operation::pattern_of(part.parameter());
    let roles = probe.roles();
    let user = probe.given(probe.memberships()[0], &roles[..3]).await?;
    let id = part.id(&user).to_owned();
    let mut near = near_misses(&id);
    // A user name is not an id.
    near.push(BadId { segment: crate::call::encoded(&user.username), ambiguous: false });
    let near = near.into_iter().filter(|bad| !pattern.is_match(&bad.segment));
    for bad in probe.some(near.collect())? {
        refuse(probe, part, &user, &roles[0], &bad).await?;
        if user.held().len() < 3 {
            return Err(Halt::Failed);
        }
    }
    probe
        .for_all(probe.cases(), &malformed(&id), async |bad| {
            if !pattern.is_match(&bad.segment) {
                refuse(probe, part, &user, &roles[0], &bad).await?;
            }
            Ok(())
        })
        .await
}

async fn refuse(
    probe: &Probe,
    part: Part,
    user: &User,
    role: &str,
    bad: &BadId,
) -> Result<(), Halt> {
    let call = Call::removal(user, role).also_legal(TOO_LONG);
    let call = match part {
        Part::Group => call.group_segment(&bad.segment),
        Part::User => call.user_segment(&bad.segment),
    };
    let clause = part.clause();
    if !bad.ambiguous {
        return probe.expect_refused(user, call, clause).await.map(drop);
    }
    // Such a path may name another resource, so any 3xx or 4xx status is legal.
    let exchange = probe.send(call.outside()).await?;
    if exchange.status().is_some_and(|status| status < 300) {
        probe.violate(clause, "no success", exchange.received(), &exchange);
    }
    probe.expect_roles(user, Clause::RolesRefusalChangesNothing, &exchange).await.map(drop)
}

pub(super) static EQUIVALENT: Check = Check {
    id: "request/ids/equivalent",
    title: "An id with upper-case or percent-encoded digits is served as what it spells, or refused",
    clauses: &[Clause::RequestEquivalentId, Clause::RolesRemovesExactlyOne],
    needs: &[],
    run: |probe| Box::pin(equivalent(probe)),
};

/// Writes an id in another encoding.
type Encoding<'a> = &'a dyn Fn(&str) -> String;

async fn equivalent(probe: &Probe) -> Result<(), Halt> {
    let roles = probe.roles();
    let fully = |id: &str| id.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let encodings: [(&str, Encoding<'_>); 3] = [
        ("upper-case digits", &|id| id.to_ascii_uppercase()),
        ("percent-encoded digits", &fully),
        ("one percent-encoded digit", &|id| {
            format!("{}{}", fully(&id[..1]), encoded_fully(&id[1..]))
        }),
    ];
    for (description, encode) in encodings {
        for part in [Part::Group, Part::User] {
            let user = probe.given(probe.memberships()[0], &roles[..3]).await?;
            let call = Call::removal(&user, &roles[0]).expecting(user.held_without(&roles[0]));
            let segment = encode(part.id(&user));
            let same = segment == part.id(&user);
            let call = match (part, same) {
                (_, true) => call,
                (Part::Group, _) => call.group_segment(&segment),
                (Part::User, _) => call.user_segment(&segment),
            };
            let exchange = probe.send(call).await?;
            let question = format!("{} with {description}", part.parameter());
            probe.observe(Clause::RequestEquivalentId, &question, &exchange);
            served_or_refused(probe, &user, &roles[0], &exchange, same).await?;
        }
    }
    Ok(())
}

async fn served_or_refused(
    probe: &Probe,
    user: &Rc<User>,
    role: &str,
    exchange: &Rc<Exchange>,
    must_serve: bool,
) -> Result<(), Halt> {
    let clause = Clause::RolesRemovesExactlyOne;
    if must_serve {
        probe.expect_status(exchange, clause, &[200]);
    }
    probe.expect_settled(user, exchange, user.held_without(role), clause).await.map(drop)
}
