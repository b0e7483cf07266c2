//! Whether a target is ready to be judged: what is looked at, one finding for each.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use atlas_api::constraints::GET_GROUP_USER;
use atlas_engine::auth::credential::Credential;
use atlas_engine::exchange::{Exchange, Response};
use atlas_engine::run::check::Halt;
use atlas_engine::session::Session;
use atlas_remove_role::call::NOBODY;
use atlas_remove_role::config::{Config, confirmation};
use atlas_remove_role::preflight::{self, Acceptance};
use atlas_remove_role::run::RunError;
use atlas_remove_role::subject::{self, listed};
use atlas_remove_role::users::api::request;
use atlas_remove_role::users::last_owner_guard::check_other_owners;
use atlas_remove_role::users::provider::{Provider, Reading};
use atlas_remove_role::users::user::{Membership, User};

/// How far apart two clocks may be before tokens and nonces suffer, in seconds.
const SKEW: i64 = 30;

/// How a look ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// As it should be.
    Good,
    /// Not there; some checks are skipped for it.
    Absent,
    /// Wrong; the run can't be trusted or has no verdict.
    Bad,
}

/// One look and what it found.
#[derive(Debug, Clone)]
pub struct Finding {
    pub health: Health,
    /// What was looked at.
    pub subject: &'static str,
    /// What was found, in words.
    pub found: String,
}

/// Looks at everything that a run depends on. Users that it makes are removed again.
///
/// # Errors
/// When the target's or the hook's URL can't be used.
pub async fn examine(
    config: &Config,
    timeout: Duration,
) -> Result<(Vec<Finding>, Provider), RunError> {
    let session = Rc::new(Session::new(config.session_settings(timeout, None))?);
    let provider = Provider::new(config, Rc::clone(&session))?;
    let mut findings = Vec::new();
    let answer = match reached(&session, config).await {
        Ok((finding, answer)) => {
            findings.push(finding);
            answer
        }
        Err(finding) => return Ok((vec![finding], provider)),
    };
    findings.push(clock(&answer));
    let mut owned = true;
    let protected = answer.status == 401;
    for (subject, credential) in CREDENTIALS {
        let (finding, fit) = accepted(&session, config, subject, &credential, protected).await;
        owned &= fit;
        findings.push(finding);
    }
    if !owned {
        return Ok((findings, provider));
    }
    let local = confirmation::is_local(config);
    if let Err(error) = check_other_owners(config, provider.api(), local).await {
        findings.push(bad("project owners", error.to_string()));
    }
    let (finding, roles) = project_roles(&provider, config).await;
    findings.extend(finding);
    for membership in Membership::ALL {
        findings.extend(set_up(&provider, config, membership, &roles).await);
    }
    Ok((findings, provider))
}

const CREDENTIALS: [(&str, Credential); 4] = [
    ("owner, bearer", Credential::Owner),
    ("owner, Digest", Credential::OwnerKey),
    ("reader, bearer", Credential::Reader),
    ("reader, Digest", Credential::ReaderKey),
];

async fn reached(session: &Session, config: &Config) -> Result<(Finding, Response), Finding> {
    const SUBJECT: &str = "reachability";
    let group = config.group_id.as_deref().unwrap_or_default();
    let ids = [("groupId", group), ("userId", NOBODY)];
    let request = request(&session.prefix, &GET_GROUP_USER, &ids, None);
    let sent = session.send(request, &Credential::Anonymous, None).await;
    let sent = sent.map_err(|error| bad(SUBJECT, error.to_string()))?;
    let last: &Exchange = sent.last().ok_or_else(|| bad(SUBJECT, "nothing was sent".to_owned()))?;
    match &last.outcome {
        Ok(answer) => {
            let found = format!(
                "{} answers in {} ms ({} without credentials)",
                config.target.as_deref().unwrap_or_default(),
                last.duration.as_millis(),
                last.received()
            );
            Ok((good(SUBJECT, found), answer.clone()))
        }
        Err(error) => Err(bad(SUBJECT, error.to_string())),
    }
}

/// The target's clock against ours: tokens and nonces live by it.
fn clock(answer: &Response) -> Finding {
    const SUBJECT: &str = "clock";
    let Some(date) = answer.header("Date") else {
        return absent(SUBJECT, "the target sends no Date".to_owned());
    };
    let Ok(theirs) = httpdate::parse_http_date(&date) else {
        return absent(SUBJECT, format!("the Date `{date}` is no date of HTTP"));
    };
    let ahead = seconds_since_epoch(theirs) - seconds_since_epoch(SystemTime::now());
    match ahead.abs() {
        0..=SKEW => good(SUBJECT, format!("{} s apart", ahead.abs())),
        _ => bad(
            SUBJECT,
            format!(
                "the target's clock is {} s {} this machine's: tokens and nonces may be refused",
                ahead.abs(),
                if ahead > 0 { "ahead of" } else { "behind" }
            ),
        ),
    }
}

fn seconds_since_epoch(time: SystemTime) -> i64 {
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

/// Whether a credential is accepted, and whether the run can go on after that.
async fn accepted(
    session: &Session,
    config: &Config,
    subject: &'static str,
    credential: &Credential,
    protected: bool,
) -> (Finding, bool) {
    let configured =
        session.owners().contains(credential) || session.readers().contains(credential);
    if !configured {
        return (absent(subject, "not configured".to_owned()), true);
    }
    let owner = matches!(credential, Credential::Owner | Credential::OwnerKey);
    let name = preflight::described(config, credential);
    match preflight::check_credential(session, config, credential).await {
        Err(reason) => (bad(subject, reason.to_string()), !owner),
        Ok(Acceptance { challenged, answer }) => {
            let received = answer.received();
            let failed = matches!(answer.status(), Some(500..));
            if failed || (!protected && !challenged && answer.json().is_none()) {
                let found = format!("{name} got {received}, which says nothing of credentials");
                return (bad(subject, found), !owner);
            }
            if protected || challenged {
                return (good(subject, format!("{name} is accepted ({received})")), true);
            }
            let found = format!("{name} was not asked for: {received} without credentials");
            (absent(subject, found), true)
        }
    }
}

/// The roles that the target knows, each tried once with a user of its own, and what was found. A
/// target that makes no users at all is looked at elsewhere.
async fn project_roles(provider: &Provider, config: &Config) -> (Option<Finding>, Vec<String>) {
    const SUBJECT: &str = "project roles";
    let all = config.state.known_roles();
    let memberships = provider.capabilities.memberships();
    let Some(membership) = memberships.first().filter(|_| provider.capabilities.makes_users())
    else {
        return (None, all);
    };
    let (mut known, mut refused) = (Vec::new(), Vec::new());
    for (number, role) in all.iter().enumerate() {
        let roles = BTreeSet::from([role.clone()]);
        match new_user(provider, config, *membership, &format!("role{number}"), &roles).await {
            Ok(user) => {
                known.push(role.clone());
                if let Err(reason) = provider.give_back(&user).await {
                    return (Some(bad(SUBJECT, reason.to_string())), all);
                }
            }
            Err(_) => refused.push(role.clone()),
        }
    }
    match (known.is_empty(), refused.is_empty()) {
        (_, true) => (Some(good(SUBJECT, format!("all {} are known", known.len()))), known),
        (true, _) => (None, all),
        (false, false) => {
            let found = format!(
                "no user could be given {}: set `state.roles` to what the target knows, as {}",
                refused.join(", "),
                known.join(", ")
            );
            (Some(bad(SUBJECT, found)), known)
        }
    }
}

/// A user with a name of its own.
async fn new_user(
    provider: &Provider,
    config: &Config,
    membership: Membership,
    mark: &str,
    roles: &BTreeSet<String>,
) -> Result<User, Halt> {
    let unique = format!("doctor{}{mark}", std::process::id());
    let template = provider.capabilities.template(membership).unwrap_or("{n}@example.com");
    let name = template.replace("{n}", &unique);
    let group = config.group_id.as_deref().unwrap_or_default();
    provider.user(group, membership, &name, roles).await
}

/// One user of a membership: set up, read back, given a role, and taken out again.
async fn set_up(
    provider: &Provider,
    config: &Config,
    membership: Membership,
    known: &[String],
) -> Vec<Finding> {
    let subject = match membership {
        Membership::Active => "active users",
        Membership::Pending => "pending users",
    };
    if !provider.capabilities.memberships().contains(&membership) {
        return vec![absent(subject, "none can be had with this configuration".to_owned())];
    }
    let user = match a_user(provider, config, membership, known).await {
        Ok(user) => user,
        Err(reason) => return vec![bad(subject, reason)],
    };
    let mut findings = vec![good(subject, format!("{} ({}) is there", user.username, user.id))];
    findings.push(match provider.read(&user).await {
        Ok(Reading::User(read, _)) => {
            let got = subject::roles(&read).unwrap_or_default();
            match got == user.held() {
                true => good("read back", format!("the roles {}", listed(&got))),
                false => bad(
                    "read back",
                    format!("the roles {}, not {}", listed(&got), listed(&user.held())),
                ),
            }
        }
        Ok(Reading::Gone(_)) => bad("read back", "there is no such user".to_owned()),
        Ok(Reading::Unreadable) => absent("read back", "`state.read_back` is `none`".to_owned()),
        Err(halt) => bad("read back", words(halt)),
    });
    if provider.capabilities.makes_users() {
        let new = known.iter().find(|role| !user.held().contains(*role));
        findings.push(match provider.add_role(&user, new.map_or("", String::as_str)).await {
            Ok(_) => good("roles added", new.cloned().unwrap_or_default()),
            Err(Halt::Skip(reason)) => absent("roles added", reason),
            Err(halt) => bad("roles added", words(halt)),
        });
    }
    if let Err(reason) = provider.give_back(&user).await {
        findings.push(bad("clean-up", reason.to_string()));
    }
    findings
}

async fn a_user(
    provider: &Provider,
    config: &Config,
    membership: Membership,
    known: &[String],
) -> Result<User, String> {
    let counts = if provider.capabilities.makes_users() { 2..=2 } else { 1..=known.len() };
    let mut last = String::new();
    for count in counts {
        match provider.roles_of_some(membership, count, known.to_vec()) {
            Ok(roles) => {
                let roles: BTreeSet<String> = roles.into_iter().collect();
                return new_user(provider, config, membership, "", &roles).await.map_err(words);
            }
            Err(halt) => last = words(halt),
        }
    }
    Err(last)
}

fn words(halt: Halt) -> String {
    match halt {
        Halt::Error(reason) | Halt::Skip(reason) => reason,
        Halt::Failed | Halt::Closed => "it failed".to_owned(),
    }
}

fn good(subject: &'static str, found: String) -> Finding {
    Finding { health: Health::Good, subject, found }
}

fn absent(subject: &'static str, found: String) -> Finding {
    Finding { health: Health::Absent, subject, found }
}

fn bad(subject: &'static str, found: String) -> Finding {
    Finding { health: Health::Bad, subject, found }
}
