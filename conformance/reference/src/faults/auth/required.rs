//! Missing or wrong credentials that are served, or refused wrongly.

use super::{authorization, credentials};
use crate::faults::vocabulary::*;

const CLAUSE: &str = "auth.required";

/// The beginning of all tokens.
const TOKEN_PREFIX: &str = "mdb_at_";

/// The length of all tokens.
const TOKEN_LENGTH: usize = 7 + 32 + 1 + 64;

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("missing-credentials-accepted", CLAUSE)
            .summary("A request without credentials is served.")
            .effect(serve_if_denied(Denial::Missing)),
        Fault::new("missing-credentials-accepted-for-backup-managers", CLAUSE)
            .summary("A request without credentials that names GROUP_BACKUP_MANAGER is served.")
            .effect(serve_if_denied(Denial::Missing).when(role("GROUP_BACKUP_MANAGER"))),
        Fault::new("missing-credentials-accepted-with-envelope", CLAUSE)
            .summary("A request without credentials is served with envelope=true.")
            .effect(serve_if_denied(Denial::Missing).when(envelope())),
        Fault::new("missing-credentials-accepted-with-chunks", CLAUSE)
            .summary("A request without credentials is served if its body comes in chunks.")
            .effect(serve_if_denied(Denial::Missing).when(chunked())),
        Fault::new("missing-credentials-accepted-with-any-accept", CLAUSE)
            .summary("A request without credentials is served if it accepts anything.")
            .effect(
                serve_if_denied(Denial::Missing)
                    .only_if(|call| call.request.header("accept") == Some("*/*")),
            ),
        Fault::new("any-token-accepted-from-nearby", CLAUSE)
            .summary("Any token is accepted if X-Forwarded-For is the server's own address.")
            .effect(
                serve_if_denied(Denial::Token)
                    .only_if(|call| call.request.header("x-forwarded-for") == Some("127.0.0.1")),
            ),
        Fault::new("absent-role-answered-to-strangers", CLAUSE)
            .summary("Without credentials, a role that the user lacks is a success.")
            .effect(serve_if_denied(Denial::Missing))
            .effect(confirm_absent_role().only_if(|call| call.credentials == Err(Denial::Missing))),
        Fault::new("any-scheme-accepted", CLAUSE)
            .summary("An unknown scheme is served.")
            .effect(serve_if_denied(Denial::Scheme)),
        Fault::new("any-token-accepted", CLAUSE)
            .summary("Any token is accepted.")
            .effect(serve_if_denied(Denial::Token)),
        Fault::new("altered-token-accepted", CLAUSE)
            .summary("A token that looks like one of the server's is accepted.")
            .effect(serve_token(|token| {
                token.starts_with(TOKEN_PREFIX) && token.len() == TOKEN_LENGTH
            })),
        Fault::new("truncated-token-accepted", CLAUSE)
            .summary("The beginning of a token is accepted.")
            .effect(serve_token(|token| {
                token.starts_with(TOKEN_PREFIX) && token.len() < TOKEN_LENGTH
            })),
        Fault::new("extended-token-accepted", CLAUSE)
            .summary("Anything after a token is ignored.")
            .effect(serve_token(|token| {
                token.starts_with(TOKEN_PREFIX) && token.len() > TOKEN_LENGTH
            })),
        Fault::new("empty-token-accepted", CLAUSE)
            .summary("The scheme Bearer without a token is accepted.")
            .effect(serve_token(|token| token.trim().is_empty())),
        Fault::new("wrong-digest-accepted", CLAUSE)
            .summary("The response of Digest is not checked.")
            .effect(serve_if_denied(Denial::DigestResponse)),
        Fault::new("digest-uri-unchecked", CLAUSE)
            .summary("A Digest response for another request target is accepted.")
            .effect(serve_if_denied(Denial::DigestUri)),
        Fault::new("digest-nonce-unchecked", CLAUSE)
            .summary("A nonce that the server never made is accepted.")
            .effect(serve_if_denied(Denial::DigestNonce)),
        Fault::new("digest-username-unchecked", CLAUSE)
            .summary("A public key that doesn't exist is accepted.")
            .effect(serve_if_denied(Denial::DigestUsername)),
        Fault::new("incomplete-digest-accepted", CLAUSE)
            .summary("Digest with missing or unknown parameters is accepted.")
            .effect(serve_if_denied(Denial::DigestSyntax)),
        Fault::new("missing-credentials-forbidden", CLAUSE)
            .summary("A request without credentials is answered with 403.")
            .effect(restate(403).when(denied(Denial::Missing))),
        Fault::new("wrong-credentials-bad-request", CLAUSE)
            .summary("Wrong credentials are answered with 400.")
            .effect(restate(400).when(unauthenticated()).when(denied(Denial::Missing).not())),
        Fault::new("credentials-remembered-by-the-connection", CLAUSE)
            .summary("After a request of the owner, a connection needs no credentials.")
            .effect(note_at_identity(owner_on_connection).when(by_owner()))
            .effect(serve_as_owner().when(noted(owner_on_connection))),
        Fault::new("digest-without-qop-accepted", CLAUSE)
            .summary("A Digest response without qop is not checked.")
            .effect(serve_as_owner().only_if(|call| {
                let sent = authorization(call);
                sent.starts_with("Digest ")
                    && sent.contains("response=\"")
                    && !sent.contains("qop=")
            })),
        Fault::new("used-nonce-accepted", CLAUSE)
            .summary("With a nonce that was answered rightly once, any response is accepted.")
            .effect(note_at_identity(nonce).when(accepted()).when(by_any_digest()))
            .effect(serve_as_owner().when(noted(nonce))),
    ]
}

/// Serves a caller whose credentials were refused for this reason.
fn serve_if_denied(denial: Denial) -> Effect {
    serve_as_owner().when(denied(denial))
}

/// Serves a caller whose token is unknown and fits.
fn serve_token(fits: fn(&str) -> bool) -> Effect {
    serve_if_denied(Denial::Token).only_if(move |call| fits(credentials(call)))
}

/// Confirms the removal of a role that the user lacks, and refuses all others.
fn confirm_absent_role() -> Effect {
    Effect::decision(|call, _, decision| {
        let holds = call.had().iter().any(|role| Some(role.as_str()) == call.role());
        *decision = match holds {
            true => Err(Refusal::Unauthenticated(Denial::Missing)),
            false => call.removal_of_nothing(),
        };
    })
}

/// Notes something as soon as the credentials are checked.
fn note_at_identity(key: fn(&Call) -> String) -> Effect {
    Effect::after(Step::Identity, move |call, _| {
        call.memory.note(&key(call), true.into());
    })
}

fn owner_on_connection(call: &Call) -> String {
    format!("owner on connection {}", call.request.connection)
}

/// The nonce of a Digest response.
fn nonce(call: &Call) -> String {
    let rest = authorization(call).split_once("nonce=\"").map_or("", |(_, rest)| rest);
    rest.split('"').next().unwrap_or_default().to_owned()
}
