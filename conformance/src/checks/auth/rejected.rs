//! Credentials that are missing or wrong: 401, and nothing changes.

use atlas_api::clauses::Clause;
use atlas_api::digest::Challenge;

use crate::auth::credential::Credential;
use crate::call::Call;
use crate::check::{Check, Halt, Need};
use crate::checks::auth::accepted::challenges;
use crate::probe::Probe;
use crate::user::User;

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
    }
    Ok(())
}

/// Authorization values that nobody may take for credentials. The token itself is used only to
/// be altered.
async fn wrong_headers(probe: &Probe) -> Result<Vec<String>, Halt> {
    let mut headers: Vec<String> = [
        "Bearer",
        "Bearer not-a-token-of-this-server",
        "Bearer null",
        "Bearer undefined",
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvd25lciJ9.",
        "Basic dXNlcjpwYXNzd29yZA==",
        "Negotiate YWJjZGVm",
        "Token not-a-token-of-this-server",
        "Digest",
        "Digest username=\"nobody\"",
        "not-a-scheme",
    ]
    .map(str::to_owned)
    .to_vec();
    if let Some(account) = probe.session().owners().into_iter().find(|c| *c == Credential::Owner) {
        let token = probe.session().token(&account).await.map_err(Halt::Error)?;
        let middle = token.len() / 2;
        let other = |at: usize| if token.as_bytes()[at] == b'A' { "B" } else { "A" };
        headers.extend([
            format!("Bearer {}{}{}", &token[..middle], other(middle), &token[middle + 1..]),
            format!("Bearer {}{}", other(0), &token[1..]),
            format!("Bearer {}", &token[..token.len() - 4]),
            format!("Bearer {token}x"),
            format!("Bearer x{token}"),
            format!("Token {token}"),
            format!("Basic {token}"),
            format!("BearerX {token}"),
        ]);
        let swapped: String = token.chars().map(swap_case).collect();
        if swapped != token {
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
    let exchange = probe.send(call).await?;
    probe.expect_status(&exchange, Clause::AuthRequired, &[401]);
    probe.expect_roles(user, Clause::AuthRequired, &exchange).await.map(drop)
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
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 3).await?;
        let removal = || Call::removal(&user, &roles[0]);
        let target = removal().target(&probe.session().prefix);
        let elsewhere = target.replace(&user.id, "ffffffffffffffffffffffff");
        let attempts: [&dyn Fn(&Challenge) -> String; 9] = [
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
    }
    Ok(())
}

/// The value with one digit of `response` changed.
fn altered_response(value: &str) -> String {
    let Some(at) = value.find("response=\"").map(|at| at + "response=\"".len()) else {
        return value.to_owned();
    };
    let digit = if value[at..].starts_with('0') { "1" } else { "0" };
    format!("{}{digit}{}", &value[..at], &value[at + 1..])
}
