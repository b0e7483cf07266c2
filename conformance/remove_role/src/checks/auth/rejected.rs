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

/// A token that no server has issued.
const WRONG_TOKEN: &str = "Bearer not-a-token-of-this-server";

/// No credentials, unknown schemes, garbage and altered tokens.
pub(super) static REQUIRED: Check = Check {
    id: "auth/rejected/required",
    title: "Missing or wrong credentials are answered with 401 and change nothing",
    clauses: &[Clause::AuthRequired],
    needs: &[],
    run: |probe| Box::pin(required(probe)),
};

async fn required(probe: &Probe) -> Result<(), Halt> {
    let attempts = &wrong_values(probe).await?;
    let kinds = probe.memberships().into_iter().flat_map(|it| [1, 3].map(|count| (it, count)));
    let case = async |(membership, count): (Membership, usize)| {
        let (user, roles) = probe.given_some(membership, count).await?;
        for query in ["", "envelope=true", "pretty=true"] {
            let call = Call::removal(&user, &roles[0]).query(query);
            refuse_anonymous(probe, &user, call).await?;
        }
        for attempt in &probe.some(attempts.clone())? {
            let call = Call::removal(&user, &roles[0]);
            refuse_attempt(probe, &user, call, attempt).await?;
        }
        Ok(())
    };
    probe.for_each(kinds, case).await?;
    let case = async |membership: Membership| {
        let roles = probe.roles();
        let user = probe.given(membership, &roles).await?;
        for role in probe.some(roles)? {
            refuse_anonymous(probe, &user, Call::removal(&user, &role)).await?;
        }
        Ok(())
    };
    probe.for_each(probe.memberships(), case).await?;
    let wrong = Credential::Header(WRONG_TOKEN.to_owned());
    always_refused(probe, &[Credential::Anonymous, wrong], Clause::AuthRequired).await
}

/// Expects a refusal of every variant of a removal, in each project, and of a repeated one that was
/// legal for its owner. Each variant meets each stranger, membership and project, though not all of
/// them at once.
pub(super) async fn always_refused(
    probe: &Probe,
    strangers: &[Credential],
    clause: Clause,
) -> Result<(), Halt> {
    let memberships = probe.memberships().into_iter().enumerate();
    let each = memberships.flat_map(|(number, membership)| {
        let strangers = strangers.iter().enumerate();
        strangers.map(move |(place, stranger)| (number + place, membership, stranger.clone()))
    });
    let groups = [Some(probe.group()), probe.other_group()];
    let each =
        each.flat_map(|it| groups.into_iter().flatten().map(move |group| (it.clone(), group)));
    type Stranger = (usize, Membership, Credential);
    let case = async |((turn, membership, stranger), group): (Stranger, &str)| {
        let (user, roles) = probe.given_some_in(group, membership, 3).await?;
        let turn = turn + usize::from(group != probe.group());
        expect_variants_refused(probe, &user, &roles, &stranger, clause, turn).await?;
        if group == probe.group() {
            let right = Call::removal(&user, &roles[0]);
            probe.expect_removed(&user, right, Clause::RolesRemovesExactlyOne).await?;
            let again = Call::removal(&user, &roles[0]).by(stranger.clone());
            expect_refused_unchanged(probe, &user, again, clause).await?;
        }
        Ok(())
    };
    probe.for_each(each, case).await
}

async fn expect_variants_refused(
    probe: &Probe,
    user: &User,
    roles: &[String],
    stranger: &Credential,
    clause: Clause,
    turn: usize,
) -> Result<(), Halt> {
    let absent = probe.roles().into_iter().find(|role| !roles.contains(role));
    let mut calls = request_variants::all(user, &roles[0]);
    calls.extend(absent.map(|absent| Call::removal(user, &absent)));
    // Without a second project or membership, nothing else would meet the other half.
    let turns = if probe.other_group().is_some() || probe.memberships().len() > 1 { 2 } else { 1 };
    let calls = calls.into_iter().skip(turn % turns).step_by(turns);
    for call in probe.some(calls.collect())? {
        expect_refused_unchanged(probe, user, call.by(stranger.clone()), clause).await?;
    }
    Ok(())
}

/// Sends the call, expects a refusal, and nothing changed. A server may look at another oddity of the
/// call first, so any refusal is legal.
async fn expect_refused_unchanged(
    probe: &Probe,
    user: &User,
    call: Call,
    clause: Clause,
) -> Result<(), Halt> {
    let also = call.context.also_legal;
    let before = user.held();
    let exchange = probe.send(call).await?;
    // A server may hide the other project from valid credentials behind a 401.
    if exchange.effective_status() != 401 {
        probe.expect_refusal(&exchange, clause, also);
    }
    probe.expect_roles(user, clause, &exchange).await?;
    if user.held() == before { Ok(()) } else { Err(Halt::Failed) }
}

/// One wrong Authorization value.
#[derive(Debug, Clone)]
struct Attempt {
    description: &'static str,
    value: String,
    legal: &'static [u16],
}

/// The credentials are whole but wrong.
const WRONG: &[u16] = &[401];

/// The credentials lack a part, or are for another path. They are malformed as well, which 400 says
/// (RFC 6750, 3.1; RFC 7616, 3.4 and 3.4.6).
const MALFORMED: &[u16] = &[401, 400];

impl Attempt {
    fn new(description: &'static str, value: impl Into<String>, legal: &'static [u16]) -> Self {
        Self { description, value: value.into(), legal }
    }
}

/// Authorization values without valid credentials. The target's own token is used only to alter it.
async fn wrong_values(probe: &Probe) -> Result<Vec<Attempt>, Halt> {
    const DIGEST_OF_UNKNOWN_ALGORITHM: &str = "Digest username=\"nobody\", realm=\"x\", \
        nonce=\"x\", uri=\"/\", response=\"x\", algorithm=ROT13, qop=auth, nc=zz, cnonce=\"x\"";
    let mut attempts: Vec<Attempt> = [
        ("Bearer without a token", "Bearer", MALFORMED),
        ("an unknown token", WRONG_TOKEN, WRONG),
        ("the token `null`", "Bearer null", WRONG),
        ("the token `undefined`", "Bearer undefined", WRONG),
        ("a JWT without a signature", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvd25lciJ9.", WRONG),
        ("Basic with an unknown user", "Basic dXNlcjpwYXNzd29yZA==", WRONG),
        ("the scheme Negotiate", "Negotiate YWJjZGVm", WRONG),
        ("the scheme Token", "Token not-a-token-of-this-server", WRONG),
        ("Digest without parameters", "Digest", MALFORMED),
        ("Digest with only a user name", "Digest username=\"nobody\"", MALFORMED),
        ("Digest with an open quote", "Digest username=\"nobody", MALFORMED),
        (
            "Digest for another path, of an unknown algorithm",
            DIGEST_OF_UNKNOWN_ALGORITHM,
            MALFORMED,
        ),
        ("a malformed JWT", "Bearer a.b.c", WRONG),
        ("an unknown scheme without parameters", "not-a-scheme", MALFORMED),
    ]
    .map(|(description, value, legal)| Attempt::new(description, value, legal))
    .to_vec();
    let basic = probe.basic_headers().into_iter();
    attempts.extend(basic.map(|value| Attempt::new("the right secret as Basic", value, WRONG)));
    if let Some(account) = probe.session().owners().into_iter().find(|c| *c == Credential::Owner) {
        let token = probe.session().token(&account).await?;
        attempts.extend(altered_tokens(token.expose()));
    }
    Ok(attempts)
}

/// The token with one thing changed, and under other schemes.
fn altered_tokens(token: &str) -> Vec<Attempt> {
    let (middle, end) = (token.len() / 2, token.len());
    let other = |at: usize| if token.as_bytes()[at] == b'A' { "B" } else { "A" };
    let with_other =
        |at: usize| format!("Bearer {}{}{}", &token[..at], other(at), &token[at + 1..]);
    let short = &token[..end.saturating_sub(4)];
    let mut attempts = vec![
        Attempt::new("a token with another middle", with_other(middle), WRONG),
        Attempt::new("a token with another beginning", with_other(0), WRONG),
        Attempt::new(
            "a token cut short",
            format!("Bearer {short}"),
            if short.is_empty() { MALFORMED } else { WRONG },
        ),
        Attempt::new("a token with a character after it", format!("Bearer {token}x"), WRONG),
        Attempt::new("a token with a character before it", format!("Bearer x{token}"), WRONG),
        Attempt::new("a token under the scheme Token", format!("Token {token}"), WRONG),
        Attempt::new("a token under the scheme Basic", format!("Basic {token}"), WRONG),
        Attempt::new("a token under an unknown scheme", format!("BearerX {token}"), WRONG),
    ];
    if end > 2 {
        attempts.push(Attempt::new("a token with another end", with_other(end - 2), WRONG));
    }
    // The last digit of base64 may hold bits that mean nothing; in other tokens it counts.
    if !token.contains(['.', '-', '_', '+', '/']) {
        attempts.push(Attempt::new("a token with another last digit", with_other(end - 1), WRONG));
    }
    // The digits of a UUID have no case.
    let is_uuid = token.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let swapped: String = token.chars().map(swap_case).collect();
    if swapped != token && !is_uuid {
        attempts.push(Attempt::new(
            "a token in the other letter case",
            format!("Bearer {swapped}"),
            WRONG,
        ));
    }
    attempts
}

fn swap_case(c: char) -> char {
    if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }
}

/// Sends the call without credentials, expects 401, and nothing changed.
async fn refuse_anonymous(probe: &Probe, user: &User, call: Call) -> Result<(), Halt> {
    let exchange = probe.send(call.by(Credential::Anonymous)).await?;
    probe.expect_status(&exchange, Clause::AuthRequired, WRONG);
    probe.expect_roles(user, Clause::AuthRequired, &exchange).await.map(drop)
}

/// Sends the call with a wrong value, expects a legal status, and nothing changed.
async fn refuse_attempt(
    probe: &Probe,
    user: &User,
    call: Call,
    attempt: &Attempt,
) -> Result<(), Halt> {
    let exchange = probe.send(call.by(Credential::Header(attempt.value.clone()))).await?;
    let description = format!(" for {}", attempt.description);
    probe.expect_status_for(&exchange, Clause::AuthRequired, attempt.legal, &description);
    probe.expect_roles(user, Clause::AuthRequired, &exchange).await.map(drop)
}

/// A server may come to trust a connection after a while.
const TIMES_ON_ONE_CONNECTION: usize = 10;

pub(super) static USED_CONNECTION: Check = Check {
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
    let owners = probe.owners();
    let pairs = owners.iter().flat_map(|owner| others.iter().map(move |other| (owner, other)));
    let case = async |(owner, (other, status)): (&Credential, &(Credential, u16))| {
        let (user, roles) = probe.given_some(probe.memberships()[0], 3).await?;
        let opened = probe.session().transport.connect().await;
        let mut connection = opened.map_err(|error| Halt::Error(error.to_string()))?;
        let first = Call::removal(&user, &roles[0]).by(owner.clone());
        let Some(exchange) = probe.send_next(first, &mut connection).await? else { return Ok(()) };
        let left = user.held_without(&roles[0]);
        probe.expect_settled(&user, &exchange, left, Clause::RolesRemovesExactlyOne).await?;
        let clause = if *status == 401 { Clause::AuthRequired } else { Clause::AuthPermission };
        let mut last = None;
        for _ in 0..TIMES_ON_ONE_CONNECTION {
            let call = Call::removal(&user, &roles[1]).by(other.clone());
            let Some(exchange) = probe.send_next(call, &mut connection).await? else { break };
            // 401 for a reader breaks another clause, which the judge reports.
            let excused = *status == 403 && exchange.status() == Some(401);
            let refused = excused || probe.expect_status(&exchange, clause, &[*status]);
            last = Some(exchange);
            if !refused {
                break;
            }
        }
        let Some(last) = last else { return Ok(()) };
        probe.expect_roles(&user, clause, &last).await?;
        if user.held().contains(&roles[1]) { Ok(()) } else { Err(Halt::Failed) }
    };
    probe.for_each(pairs, case).await
}

pub(super) static WRONG_DIGEST: Check = Check {
    id: "auth/rejected/wrong-digest",
    title: "A wrong Digest response is answered with 401 and changes nothing",
    clauses: &[Clause::AuthRequired],
    needs: &[Need::ApiKey],
    run: |probe| Box::pin(wrong_digest(probe)),
};

async fn wrong_digest(probe: &Probe) -> Result<(), Halt> {
    let config = probe.api_key().ok_or_else(|| Halt::Error("no API key".to_owned()))?;
    let memberships = probe.memberships().into_iter();
    let kinds = memberships.flat_map(|it| [(it, ""), (it, "pretty=true")]);
    let case = async |(membership, query): (Membership, &str)| {
        let (user, roles) = probe.given_some(membership, 3).await?;
        let removal = || Call::removal(&user, &roles[0]).query(query);
        let target = removal().target(&probe.session().prefix);
        let right = RightDigest {
            name: config.public_key.clone(),
            password: config.private_key.expose().to_owned(),
            elsewhere: target.replace(&user.id, NOBODY),
            target,
        };
        for flaw in probe.some(FLAWS.to_vec())? {
            let refused = probe.send(removal().by(Credential::Anonymous)).await?;
            let offered = challenges(&refused);
            if offered.is_empty() {
                return Err(Halt::Error("the 401 offers no Digest challenge".to_owned()));
            }
            for challenge in offered {
                refuse_attempt(probe, &user, removal(), &flaw(&right, &challenge)).await?;
            }
        }
        // A wrong response stays wrong after a right one with the same nonce.
        let refused = probe.send(removal().by(Credential::Anonymous)).await?;
        for challenge in challenges(&refused) {
            let elsewhere = removal().user(NOBODY);
            let uri = elsewhere.target(&probe.session().prefix);
            let (name, password) = (&right.name, &right.password);
            let value = challenge.authorization(name, password, "POST", &uri, 1, "c0ffee20");
            probe.send(elsewhere.by(Credential::Header(value))).await?;
            let value =
                challenge.authorization(name, "wrong", "POST", &right.target, 2, "c0ffee21");
            let description = "Digest with a wrong password and a nonce that was used";
            let attempt = Attempt::new(description, value, legal_for(&challenge));
            refuse_attempt(probe, &user, removal(), &attempt).await?;
        }
        Ok(())
    };
    probe.for_each(kinds, case).await
}

/// What a right Digest response is made from, and the path of another user.
struct RightDigest {
    name: String,
    password: String,
    target: String,
    elsewhere: String,
}

impl RightDigest {
    fn value(&self, challenge: &Challenge, cnonce: &str) -> String {
        challenge.authorization(&self.name, &self.password, "POST", &self.target, 1, cnonce)
    }

    fn value_elsewhere(&self, challenge: &Challenge, cnonce: &str) -> String {
        challenge.authorization(&self.name, &self.password, "POST", &self.elsewhere, 1, cnonce)
    }
}

/// A Digest response to a challenge, with one thing wrong.
type Flaw = fn(&RightDigest, &Challenge) -> Attempt;

const FLAWS: [Flaw; 13] = [
    |right, c| {
        let value =
            c.authorization(&right.name, "wrong-password", "POST", &right.target, 1, "c0ffee01");
        Attempt::new("Digest with a wrong password", value, legal_for(c))
    },
    |right, c| {
        let value = c.authorization(&right.name, "", "POST", &right.target, 1, "c0ffee02");
        Attempt::new("Digest with an empty password", value, legal_for(c))
    },
    |right, c| {
        let value =
            c.authorization("nobody", &right.password, "POST", &right.target, 1, "c0ffee03");
        Attempt::new("Digest with an unknown user name", value, legal_for(c))
    },
    |right, c| {
        let value =
            c.authorization(&right.name, &right.password, "GET", &right.target, 1, "c0ffee04");
        Attempt::new("a Digest response for another method", value, legal_for(c))
    },
    |right, c| {
        let value = right.value_elsewhere(c, "c0ffee05");
        Attempt::new("a Digest response for another path", value, MALFORMED)
    },
    |right, c| {
        let made_up = Challenge { nonce: "bm90LWEtbm9uY2U=".to_owned(), ..c.clone() };
        let value = right.value(&made_up, "c0ffee06");
        Attempt::new("Digest with a nonce that was not issued", value, legal_for(&made_up))
    },
    |right, c| {
        let value = with_other_response(&right.value(c, "c0ffee07"));
        Attempt::new("Digest with an altered response", value, legal_for(c))
    },
    |right, c| {
        let value = right.value_elsewhere(c, "c0ffee08").replace(&right.elsewhere, &right.target);
        Attempt::new("a Digest response for another path than its `uri`", value, legal_for(c))
    },
    |right, c| {
        let value = right.value(c, "c0ffee09").replace("c0ffee09", "c0ffee10");
        Attempt::new("a Digest response for another cnonce", value, legal_for(c))
    },
    |right, c| {
        // As in RFC 2069.
        let old = Challenge { qop_auth: false, ..c.clone() };
        let value = with_other_response(&right.value(&old, ""));
        Attempt::new("Digest with an altered response and without qop", value, MALFORMED)
    },
    |right, c| {
        let value = without(&right.value(c, "c0ffee12"), "response");
        Attempt::new("Digest without a response", value, MALFORMED)
    },
    |right, c| {
        let value = with_empty_response(&right.value(c, "c0ffee13"));
        Attempt::new("Digest with an empty response", value, MALFORMED)
    },
    |right, c| {
        let value = without(&right.value(c, "c0ffee14"), "nonce");
        Attempt::new("Digest without a nonce", value, MALFORMED)
    },
];

/// The legal statuses for a wrong response to the challenge. Without qop, or with an empty realm or
/// nonce, no response to it has all that RFC 7616 requires.
const fn legal_for(challenge: &Challenge) -> &'static [u16] {
    let is_whole = challenge.qop_auth && !challenge.realm.is_empty() && !challenge.nonce.is_empty();
    if is_whole { WRONG } else { MALFORMED }
}

/// The value without one of its parameters.
fn without(value: &str, parameter: &str) -> String {
    let Some((scheme, parameters)) = value.split_once(' ') else { return value.to_owned() };
    let kept = parameters.split(", ").filter(|p| !p.starts_with(&format!("{parameter}=")));
    format!("{scheme} {}", kept.collect::<Vec<_>>().join(", "))
}

/// The value with one digit of `response` changed.
fn with_other_response(value: &str) -> String {
    let Some(at) = value.find("response=\"").map(|at| at + "response=\"".len()) else {
        return value.to_owned();
    };
    let digit = if value[at..].starts_with('0') { "1" } else { "0" };
    format!("{}{digit}{}", &value[..at], &value[at + 1..])
}

fn with_empty_response(value: &str) -> String {
    let shown = value.find("response=\"").map_or(0, |at| at + "response=\"".len());
    let end = value[shown..].find('"').map_or(value.len(), |end| shown + end);
    format!("{}{}", &value[..shown], &value[end..])
}

#[cfg(test)]
mod tests {
    use atlas_api::digest::Challenge;

    use super::{Attempt, FLAWS, RightDigest, altered_tokens};

    fn flawed(challenge: &str) -> Vec<Attempt> {
        let right = RightDigest {
            name: "name".to_owned(),
            password: "password".to_owned(),
            target: "/here".to_owned(),
            elsewhere: "/elsewhere".to_owned(),
        };
        let challenge = &Challenge::parse_all(challenge)[0];
        FLAWS.iter().map(|flaw| flaw(&right, challenge)).collect()
    }

    fn malformed(attempts: &[Attempt]) -> Vec<&'static str> {
        attempts.iter().filter(|it| it.legal.contains(&400)).map(|it| it.description).collect()
    }

    #[test]
    fn only_digest_values_that_lack_a_part_or_are_for_another_path_may_be_called_malformed() {
        let attempts = flawed("Digest realm=\"r\", nonce=\"n\", qop=\"auth\"");
        assert_eq!(
            malformed(&attempts),
            [
                "a Digest response for another path",
                "Digest with an altered response and without qop",
                "Digest without a response",
                "Digest with an empty response",
                "Digest without a nonce",
            ]
        );
        let value = |description| {
            let attempt = attempts.iter().find(|it| it.description == description);
            attempt.expect("an attempt").value.as_str()
        };
        assert!(value("a Digest response for another path").contains("uri=\"/elsewhere\""));
        assert!(!value("Digest with an altered response and without qop").contains("qop="));
        assert!(!value("Digest without a response").contains("response="));
        assert!(value("Digest with an empty response").contains(", response=\"\""));
        assert!(!value("Digest without a nonce").contains(", nonce="));
        assert!(value("Digest without a nonce").contains(", cnonce="));
        assert!(attempts.iter().all(|it| it.legal.contains(&401)));
    }

    #[test]
    fn a_challenge_without_a_part_leads_to_malformed_values() {
        for challenge in
            ["Digest realm=\"r\", nonce=\"n\"", "Digest realm=\"\", nonce=\"n\", qop=auth"]
        {
            let attempts = flawed(challenge);
            assert_eq!(malformed(&attempts).len(), attempts.len(), "{challenge}");
        }
    }

    #[test]
    fn altered_tokens_are_whole_and_differ() {
        for token in ["0123456789", "AAAAAAAA", "header.payload.signature"] {
            let attempts = altered_tokens(token);
            assert!(malformed(&attempts).is_empty(), "{token}");
            assert!(attempts.iter().all(|it| it.value != format!("Bearer {token}")), "{token}");
        }
    }
}
