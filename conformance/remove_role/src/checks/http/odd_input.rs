//! The server keeps serving after odd input.

use atlas_api::clauses::Clause;

use crate::call::Call;
use crate::checks::Check;
use crate::circumstances::after;
use crate::operation;
use crate::probe::Probe;
use crate::probe::expecting::{Answer, answer};
use crate::strategies::bodies;
use atlas_engine::run::check::Halt;

pub(super) static GOES_ON: Check = Check {
    id: "http/odd-input/goes-on",
    title: "After any odd input a good request is served",
    clauses: &[Clause::HttpAfterOddInput],
    needs: &[],
    run: |probe| Box::pin(goes_on(probe)),
};

async fn goes_on(probe: &Probe) -> Result<(), Halt> {
    const LEGAL: &[u16] = &[411, 413, 414, 415, 431];
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 2).await?;
        let right = String::from_utf8_lossy(&Call::removal(&user, &roles[0]).body).into_owned();
        let mut odd = bodies::malformed(&right, operation::role_property(), &roles[0]);
        odd.push("x".repeat(200_000).into_bytes());
        for (index, body) in probe.some(odd)?.into_iter().enumerate() {
            let id = if index % 2 == 0 { user.id.clone() } else { "\u{0}".repeat(index) };
            let call = Call::removal(&user, &roles[0]).body(body).user(&id).also_legal(LEGAL);
            // Read by a kind parser, it may be a removal like any.
            let odd = probe.send(call.odd(Clause::RequestOddBodies)).await?;
            if answer(&odd) == Answer::Served {
                user.roles.replace(probe.roles_of(&user).await?.0);
            }
            if user.held().contains(&roles[0]) {
                let call = Call::removal(&user, &roles[0]).under(after("odd input"));
                probe.expect_removed(&user, call, Clause::HttpAfterOddInput).await?;
            }
            if !user.held().contains(&roles[0]) {
                probe.add_role(&user, &roles[0]).await?;
            }
        }
    }
    Ok(())
}

pub(super) static FIELDS: Check = Check {
    id: "http/odd-input/fields",
    title: "Header fields and queries that nobody asked for are answered, and good requests after them",
    clauses: &[Clause::HttpAfterOddInput],
    needs: &[],
    run: |probe| Box::pin(fields(probe)),
};

/// Fields as some client, proxy or framework sends them, or a broken one might.
const FIELD_LINES: [(&str, &[u8]); 33] = [
    ("Accept-Charset", b"utf-7, *;q=0"),
    ("Accept-Encoding", b"br;q=0, *;q=0"),
    ("Accept-Language", b"tlh, *;q=zero"),
    ("Cache-Control", b"max-age=never"),
    ("Content-Encoding", b"gzip"),
    ("Content-Language", b"-"),
    ("Content-MD5", b"no digest"),
    ("Cookie", b"session; =; a==b"),
    ("Date", b"yesterday"),
    ("Expect", b"the unexpected"),
    ("Forwarded", b"for=\"[::1\""),
    ("From", b"\xe9"),
    ("Idempotency-Key", b"one"),
    ("If-Match", b"*"),
    ("If-Match", b"\"another\""),
    ("If-Modified-Since", b"yesterday"),
    ("If-None-Match", b"*"),
    ("If-Range", b"\""),
    ("If-Unmodified-Since", b"Thu, 01 Jan 1970 00:00:00 GMT"),
    ("Max-Forwards", b"-1"),
    ("Origin", b"null"),
    ("Prefer", b"return=minimal"),
    ("Priority", b"u=9"),
    ("Range", b"bytes=0-"),
    ("Referer", b":"),
    ("TE", b"trailers, deflate;q=2"),
    ("Traceparent", b"00-zz-zz-zz"),
    ("User-Agent", b"\xff\xfe"),
    ("Via", b"0.9 nobody"),
    ("X-Forwarded-For", b"unknown, , 999.1.1.1"),
    ("X-Forwarded-Host", b"example.com:port"),
    ("X-Forwarded-Proto", b"gopher"),
    ("X-Request-Id", b"{}"),
];

const MEDIA_TYPES: [&str; 4] =
    ["application/json; charset=utf-7", "application/json; charset=", "application/", ";"];

const ODD_QUERIES: [&str; 15] = [
    "pretty=true&pretty=false",
    "pretty=TRUE",
    "envelope=1",
    "envelope=yes&envelope=no",
    "envelope",
    "envelope=",
    "pretty=%00",
    "pretty=%ff",
    "pretty=%",
    "pretty[=true",
    "pretty[]=true",
    "a[b][c]=d",
    "&&=&",
    "?",
    "pageNum=-1&itemsPerPage=x",
];

/// Each call asks for the user's only role, which must stay.
async fn fields(probe: &Probe) -> Result<(), Halt> {
    let (user, roles) = probe.given_some(probe.memberships()[0], 1).await?;
    let last = || Call::removal(&user, &roles[0]);
    let mut calls: Vec<Call> =
        FIELD_LINES.iter().map(|(name, value)| last().header(name, value)).collect();
    calls.extend(MEDIA_TYPES.map(|media_type| last().content_type(Some(media_type))));
    calls.extend(MEDIA_TYPES.map(|media_type| last().accept(Some(media_type))));
    calls.extend(ODD_QUERIES.map(|query| last().query(query)));
    calls.push(last().query(&format!("unknown={}", "x".repeat(3000))));
    for call in probe.some(calls)? {
        // HTTP leaves the status to the server, but the only role must stay.
        let call = call.outside().odd(Clause::RequestOddBodies);
        let exchange = probe.send(call).await?;
        probe.expect_roles(&user, Clause::RolesNeverEmptyEverywhere, &exchange).await?;
        if user.held().is_empty() {
            return Err(Halt::Failed);
        }
    }
    let other = probe.roles().into_iter().find(|role| *role != roles[0]).unwrap_or_default();
    probe.add_role(&user, &other).await?;
    let good = Call::removal(&user, &other).under(after("odd input"));
    probe.expect_removed(&user, good, Clause::HttpAfterOddInput).await.map(drop)
}
