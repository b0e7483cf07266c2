//! Credentials that are missing or wrong: 401, and nothing changes.

use atlas_api::clauses::Clause;
use atlas_api::digest::Challenge;

use crate::call::{Call, NOBODY};
use crate::checks::Check;
use crate::checks::auth::accepted::challenges;
use crate::checks::request_variants;
use crate::needs::Need;
use crate::probe::Probe;
use crate::users::user::{Membership, User};
use atlas_engine::auth::credential::Credential;
use atlas_engine::run::check::Halt;

/// A token that no server has given out.
const WRONG_TOKEN: &str = "Bearer not-a-token-of-this-server";

/// None, unknown schemes, garbage and altered tokens.
pub static REQUIRED: Check = Check {
    id: "auth/rejected/required",
    title: "Missing or wrong credentials are answered with 401 and change nothing",
    clauses: &[Clause::AuthRequired],
    needs: &[],
    run: |probe| Box::pin(required(probe)),
};

async fn required(probe: &Probe) -> Result<(), Halt> {
    let headers = wrong_headers(probe).await?;
    for membership in probe.memberships() {
        for count in [1, 3] {
            let (user, roles) = probe.given_some(membership, count).await?;
            for query in ["", "envelope=true", "pretty=true"] {
                let call = Call::removal(&user, &roles[0]).by(Credential::Anonymous).query(query);
                unauthorized(probe, &user, call).await?;
            }
            for header in &probe.some(headers.clone())? {
                let by = Credential::Header(header.clone());
                unauthorized(probe, &user, Call::removal(&user, &roles[0]).by(by)).await?;
            }
        }
        let roles = probe.roles();
        let user = probe.given(membership, &roles).await?;
        for role in probe.some(roles)? {
            let call = Call::removal(&user, &role).by(Credential::Anonymous);
            unauthorized(probe, &user, call).await?;
        }
        let wrong = Credential::Header(WRONG_TOKEN.to_owned());
        for stranger in [Credential::Anonymous, wrong] {
            keeps_out(probe, membership, &stranger, Clause::AuthRequired).await?;
        }
    }
    Ok(())
}

/// However a removal is asked for, wherever, and whoever asked for the same before.
pub(super) async fn keeps_out(
    probe: &Probe,
    membership: Membership,
    stranger: &Credential,
    clause: Clause,
) -> Result<(), Halt> {
    let (user, roles) = probe.given_some(membership, 3).await?;
    out_of(probe, &user, &roles, stranger, clause).await?;
    let right = Call::removal(&user, &roles[0]);
    probe.expect_removed(&user, &roles[0], right, Clause::RolesRemovesExactlyOne).await?;
    let again = Call::removal(&user, &roles[0]).by(stranger.clone());
    kept_out(probe, &user, again, clause).await?;
    let Some(there) = probe.other_group() else { return Ok(()) };
    let (user, roles) = probe.given_some_in(there, membership, 3).await?;
    out_of(probe, &user, &roles, stranger, clause).await
}

async fn out_of(
    probe: &Probe,
    user: &User,
    roles: &[String],
    stranger: &Credential,
    clause: Clause,
) -> Result<(), Halt> {
    let absent = probe.roles().into_iter().find(|role| !roles.contains(role));
    let mut calls = request_variants::all(user, &roles[0]);
    calls.extend(absent.map(|absent| Call::removal(user, &absent)));
    for call in probe.some(calls)? {
        kept_out(probe, user, call.by(stranger.clone()), clause).await?;
    }
    Ok(())
}

/// Sends the call, expects a refusal, and nothing changed. What is odd about the call may be looked
/// at first, so any refusal will do.
async fn kept_out(probe: &Probe, user: &User, call: Call, clause: Clause) -> Result<(), Halt> {
    let also = call.context.also_legal;
    let before = user.held();
    let exchange = probe.send(call).await?;
    // Of the other project the caller may know nothing, and 401 says so of valid credentials too.
    if exchange.effective_status() != 401 {
        probe.expect_refusal(&exchange, clause, also);
    }
    probe.expect_roles(user, clause, &exchange).await?;
    if user.held() == before { Ok(()) } else { Err(Halt::Failed) }
}

/// Authorization values that nobody may take for credentials. The token itself is used only to
/// be altered.
async fn wrong_headers(probe: &Probe) -> Result<Vec<String>, Halt> {
    let mut headers: Vec<String> = [
        "Bearer",
        WRONG_TOKEN,
        "Bearer null",
        "Bearer undefined",
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvd25lciJ9.",
        "Basic dXNlcjpwYXNzd29yZA==",
        "Negotiate YWJjZGVm",
        "Token not-a-token-of-this-server",
        "Digest",
        "Digest username=\"nobody\"",
        "Digest username=\"nobody",
        "Digest username=\"nobody\", realm=\"x\", nonce=\"x\", uri=\"/\", response=\"x\", algorithm=ROT13, \
         qop=auth, nc=zz, cnonce=\"x\"",
        "Bearer a.b.c",
        "not-a-scheme",
    ]
    .map(str::to_owned)
    .to_vec();
    headers.extend(probe.basic_headers());
    if let Some(account) = probe.session().owners().into_iter().find(|c| *c == Credential::Owner) {
        let token = probe.session().token(&account).await?;
        let token = token.expose();
        let (middle, end) = (token.len() / 2, token.len());
        let other = |at: usize| if token.as_bytes()[at] == b'A' { "B" } else { "A" };
        headers.extend([
            format!("Bearer {}{}{}", &token[..middle], other(middle), &token[middle + 1..]),
            format!("Bearer {}{}", other(0), &token[1..]),
            format!("Bearer {}", &token[..end.saturating_sub(4)]),
            format!("Bearer {token}x"),
            format!("Bearer x{token}"),
            format!("Token {token}"),
            format!("Basic {token}"),
            format!("BearerX {token}"),
        ]);
        if end > 2 {
            headers.push(format!(
                "Bearer {}{}{}",
                &token[..end - 2],
                other(end - 2),
                &token[end - 1..]
            ));
        }
        // The last digit of base64 may hold bits that mean nothing; in other tokens it counts.
        if !token.contains('.') && !token.contains(['-', '_', '+', '/']) {
            headers.push(format!("Bearer {}{}", &token[..end - 1], other(end - 1)));
        }
        // The digits of a UUID have no case.
        let is_uuid = token.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        let swapped: String = token.chars().map(swap_case).collect();
        if swapped != token && !is_uuid {
            headers.push(format!("Bearer {swapped}"));
        }
    }
    Ok(headers)
}

fn swap_case(c: char) -> char {
    if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }
}

/// Sends the call, expects 401, and nothing changed.
async fn unauthorized(probe: &Probe, user: &User, call: Call) -> Result<(), Halt> {
    // Credentials that lack a part, or are for another path, are malformed as well, which 400 says
    // (RFC 6750, 3.1; RFC 7616, 3.4 and 3.4.6).
    let target = call.target(&probe.session().prefix);
    let malformed = matches!(&call.credential, Some(Credential::Header(value))
        if lacks_a_part(value) || is_for_another_path(value, &target));
    let legal: &[u16] = if malformed { &[401, 400] } else { &[401] };
    let exchange = probe.send(call).await?;
    probe.expect_status(&exchange, Clause::AuthRequired, legal);
    probe.expect_roles(user, Clause::AuthRequired, &exchange).await.map(drop)
}

/// Whether an Authorization value of Digest names another path than that of its request.
fn is_for_another_path(value: &str, target: &str) -> bool {
    value.starts_with("Digest ") && !value.contains(&format!("uri=\"{target}\""))
}

/// Whether an Authorization value has not all that its scheme asks for.
fn lacks_a_part(value: &str) -> bool {
    const DIGEST: [&str; 5] = ["username", "realm", "nonce", "uri", "response"];
    let (scheme, parameters) = value.split_once(' ').unwrap_or((value, ""));
    match scheme {
        "Digest" if !parameters.contains(", qop=") => true,
        "Digest" => DIGEST.iter().any(|name| {
            let told = parameters.split(", ").find_map(|part| {
                part.strip_prefix(name).and_then(|value| value.strip_prefix("=\""))
            });
            told.is_none_or(|value| value.starts_with('"'))
        }),
        _ => parameters.is_empty(),
    }
}

/// A server may come to trust a connection after a while.
const TIMES_ON_ONE_CONNECTION: usize = 10;

/// Nobody is known by the connection.
pub static USED_CONNECTION: Check = Check {
    id: "auth/rejected/used-connection",
    title: "Each request needs credentials of its own, on a connection that others have used too",
    clauses: &[Clause::AuthRequired, Clause::AuthPermission],
    needs: &[],
    run: |probe| Box::pin(used_connection(probe)),
};

async fn used_connection(probe: &Probe) -> Result<(), Halt> {
    let wrong = Credential::Header(WRONG_TOKEN.to_owned());
    let mut others = vec![(Credential::Anonymous, 401), (wrong, 401)];
    others.extend(probe.session().readers().into_iter().map(|reader| (reader, 403)));
    for owner in probe.owners() {
        for (other, status) in &others {
            let (user, roles) = probe.given_some(probe.memberships()[0], 3).await?;
            let opened = probe.session().transport.connect().await;
            let mut connection = opened.map_err(|error| Halt::Error(error.to_string()))?;
            let first = Call::removal(&user, &roles[0]).by(owner.clone());
            let Some(exchange) = probe.send_next(first, &mut connection).await? else { continue };
            if exchange.status() == Some(200) {
                user.roles.replace(user.held_without(&roles[0]));
            }
            let clause = if *status == 401 { Clause::AuthRequired } else { Clause::AuthPermission };
            for _ in 0..TIMES_ON_ONE_CONNECTION {
                let call = Call::removal(&user, &roles[1]).by(other.clone());
                let Some(exchange) = probe.send_next(call, &mut connection).await? else { break };
                // 401 for a reader is a lesser breach, which the judge of permission words.
                if *status == 401 || exchange.status() != Some(401) {
                    probe.expect_status(&exchange, clause, &[*status]);
                }
                probe.expect_roles(&user, clause, &exchange).await?;
                if !user.held().contains(&roles[1]) {
                    return Err(Halt::Failed);
                }
            }
        }
    }
    Ok(())
}

/// Digest with one thing wrong.
pub static WRONG_DIGEST: Check = Check {
    id: "auth/rejected/wrong-digest",
    title: "A wrong Digest response is answered with 401 and changes nothing",
    clauses: &[Clause::AuthRequired],
    needs: &[Need::ApiKey],
    run: |probe| Box::pin(wrong_digest(probe)),
};

async fn wrong_digest(probe: &Probe) -> Result<(), Halt> {
    let config = probe.api_key().ok_or_else(|| Halt::Error("no API key".to_owned()))?;
    let (name, password) = (config.public_key.clone(), config.private_key.expose().to_owned());
    let memberships = probe.memberships().into_iter();
    for (membership, query) in memberships.flat_map(|it| [(it, ""), (it, "pretty=true")]) {
        let (user, roles) = probe.given_some(membership, 3).await?;
        let removal = || Call::removal(&user, &roles[0]).query(query);
        let target = removal().target(&probe.session().prefix);
        let elsewhere = target.replace(&user.id, NOBODY);
        let attempts: [&dyn Fn(&Challenge) -> String; 13] = [
            &|c| c.authorization(&name, "wrong-password", "POST", &target, 1, "c0ffee01"),
            &|c| c.authorization(&name, "", "POST", &target, 1, "c0ffee02"),
            &|c| c.authorization("nobody", &password, "POST", &target, 1, "c0ffee03"),
            &|c| c.authorization(&name, &password, "GET", &target, 1, "c0ffee04"),
            &|c| c.authorization(&name, &password, "POST", &elsewhere, 1, "c0ffee05"),
            &|c| {
                let made_up = Challenge { nonce: "bm90LWEtbm9uY2U=".to_owned(), ..c.clone() };
                made_up.authorization(&name, &password, "POST", &target, 1, "c0ffee06")
            },
            &|c| {
                let value = c.authorization(&name, &password, "POST", &target, 1, "c0ffee07");
                altered_response(&value)
            },
            &|c| {
                // The response belongs to another path than the header says.
                let there = c.authorization(&name, &password, "POST", &elsewhere, 1, "c0ffee08");
                there.replace(&elsewhere, &target)
            },
            &|c| {
                let value = c.authorization(&name, &password, "POST", &target, 1, "c0ffee09");
                value.replace("c0ffee09", "c0ffee10")
            },
            // The way of RFC 2069, without qop, and with a response that fits nothing.
            &|c| {
                let old = Challenge { qop_auth: false, ..c.clone() };
                altered_response(&old.authorization(&name, &password, "POST", &target, 1, ""))
            },
            &|c| {
                without(
                    &c.authorization(&name, &password, "POST", &target, 1, "c0ffee12"),
                    "response",
                )
            },
            &|c| {
                let value = c.authorization(&name, &password, "POST", &target, 1, "c0ffee13");
                let shown = value.find("response=\"").map_or(0, |at| at + "response=\"".len());
                let end = value[shown..].find('"').map_or(value.len(), |end| shown + end);
                format!("{}{}", &value[..shown], &value[end..])
            },
            &|c| {
                without(&c.authorization(&name, &password, "POST", &target, 1, "c0ffee14"), "nonce")
            },
        ];
        for attempt in probe.some(attempts.to_vec())? {
            let refused = probe.send(removal().by(Credential::Anonymous)).await?;
            let offered = challenges(&refused);
            if offered.is_empty() {
                return Err(Halt::Error("the 401 offers no Digest challenge".to_owned()));
            }
            for challenge in offered {
                let call = removal().by(Credential::Header(attempt(&challenge)));
                unauthorized(probe, &user, call).await?;
            }
        }
        // A nonce that was used rightly excuses nothing afterwards.
        let refused = probe.send(removal().by(Credential::Anonymous)).await?;
        for challenge in challenges(&refused) {
            let elsewhere = removal().user(NOBODY);
            let target_of_nobody = elsewhere.target(&probe.session().prefix);
            let right =
                challenge.authorization(&name, &password, "POST", &target_of_nobody, 1, "c0ffee20");
            probe.send(elsewhere.by(Credential::Header(right))).await?;
            let wrong = challenge.authorization(&name, "wrong", "POST", &target, 2, "c0ffee21");
            unauthorized(probe, &user, removal().by(Credential::Header(wrong))).await?;
        }
    }
    Ok(())
}

/// The value without one of its parameters.
fn without(value: &str, parameter: &str) -> String {
    let Some((scheme, parameters)) = value.split_once(' ') else { return value.to_owned() };
    let kept = parameters.split(", ").filter(|p| !p.starts_with(&format!("{parameter}=")));
    format!("{scheme} {}", kept.collect::<Vec<_>>().join(", "))
}

/// The value with one digit of `response` changed.
fn altered_response(value: &str) -> String {
    let Some(at) = value.find("response=\"").map(|at| at + "response=\"".len()) else {
        return value.to_owned();
    };
    let digit = if value[at..].starts_with('0') { "1" } else { "0" };
    format!("{}{digit}{}", &value[..at], &value[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::{is_for_another_path, lacks_a_part};

    #[test]
    fn whole_credentials_lack_nothing() {
        let whole =
            "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"/\", response=\"0f\", qop=auth";
        assert!(!lacks_a_part(whole) && !lacks_a_part("Bearer x") && !lacks_a_part("Token x"));
        assert!(lacks_a_part("Bearer") && lacks_a_part("Digest"));
        assert!(lacks_a_part(&whole.replace("response=\"0f\"", "response=\"\"")));
        assert!(lacks_a_part(&whole.replace(", nonce=\"n\"", "")));
        assert!(lacks_a_part(&whole.replace(", nonce=\"n\"", ", cnonce=\"n\"")));
        assert!(lacks_a_part(&whole.replace(", qop=auth", "")));
        assert!(is_for_another_path(whole, "/a") && !is_for_another_path(whole, "/"));
    }
}
