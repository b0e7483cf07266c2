//! Circumstances that meet: any two of them together in a short run, any three in a long one.

use std::rc::Rc;

use atlas_api::clauses::Clause;

use crate::call::Call;
use crate::checks::Check;
use crate::checks::query::steady_difference;
use crate::operation;
use crate::probe::Probe;
use crate::strategies::{bodies, covering};
use crate::users::user::{Membership, User};
use atlas_engine::auth::credential::Credential;
use atlas_engine::run::check::Halt;

pub(super) static COVERED: Check = Check {
    id: "roles/combination/covered",
    title: "Whatever circumstances meet, a removal does what it does without them",
    clauses: &[
        Clause::RolesRemovesExactlyOne,
        Clause::RolesNeverEmptyEverywhere,
        Clause::RolesRefusalChangesNothing,
    ],
    needs: &[],
    run: |probe| Box::pin(covered(probe)),
};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Request {
    FirstHeld,
    LastHeld,
    Absent,
    Anonymous,
    Reader,
    BadBody,
}

/// What happened to the user before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum History {
    None,
    GivenTwice,
    TakenAndGivenBack,
    RefusedBefore,
    MadeAgain,
}

/// The same person in the other project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Twin {
    None,
    SameRoles,
    OnlyTheNamedRole,
    OtherRoles,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Spaced,
    Escaped,
    Charset,
}

/// The levels of each factor, as far as the target has them.
struct Factors {
    owners: Vec<Credential>,
    memberships: Vec<Membership>,
    counts: Vec<usize>,
    requests: Vec<Request>,
    queries: [&'static str; 7],
    histories: Vec<History>,
    twins: Vec<Twin>,
    forms: [Form; 4],
    on_used_connection: [bool; 2],
}

impl Factors {
    fn new(probe: &Probe) -> Self {
        let mut requests = vec![
            Request::FirstHeld,
            Request::LastHeld,
            Request::Absent,
            Request::Anonymous,
            Request::BadBody,
        ];
        if !probe.session().readers().is_empty() {
            requests.push(Request::Reader);
        }
        let mut histories = vec![
            History::None,
            History::GivenTwice,
            History::TakenAndGivenBack,
            History::RefusedBefore,
        ];
        if probe.makes_users() {
            histories.push(History::MadeAgain);
        }
        let mut twins = vec![Twin::None];
        if probe.other_group().is_some() {
            twins.extend([Twin::SameRoles, Twin::OnlyTheNamedRole, Twin::OtherRoles]);
        }
        let most = probe.roles().len() - 1;
        Self {
            owners: probe.owners(),
            memberships: probe.memberships(),
            counts: vec![1, 2.min(most), 3.min(most), most],
            requests,
            queries: [
                "",
                "envelope=true",
                "pretty=true",
                "envelope=true&pretty=true",
                "pretty=true&envelope=true",
                "envelope=false",
                "pretty=false",
            ],
            histories,
            twins,
            forms: [Form::Plain, Form::Spaced, Form::Escaped, Form::Charset],
            on_used_connection: [false, true],
        }
    }

    fn sizes(&self) -> [usize; 9] {
        [
            self.owners.len(),
            self.memberships.len(),
            self.counts.len(),
            self.requests.len(),
            self.queries.len(),
            self.histories.len(),
            self.twins.len(),
            self.forms.len(),
            self.on_used_connection.len(),
        ]
    }

    fn situation(&self, row: &[usize]) -> Situation {
        Situation {
            owner: self.owners[row[0]].clone(),
            membership: self.memberships[row[1]],
            count: self.counts[row[2]],
            request: self.requests[row[3]],
            query: self.queries[row[4]],
            history: self.histories[row[5]],
            twin: self.twins[row[6]],
            form: self.forms[row[7]],
            on_used_connection: self.on_used_connection[row[8]],
        }
    }
}

/// One level of each factor.
struct Situation {
    owner: Credential,
    membership: Membership,
    count: usize,
    request: Request,
    query: &'static str,
    history: History,
    twin: Twin,
    form: Form,
    on_used_connection: bool,
}

async fn covered(probe: &Probe) -> Result<(), Halt> {
    let factors = Factors::new(probe);
    let strength = if probe.budget().is_thorough() { 3 } else { 2 };
    let random = probe.sample(&covering::choices())?;
    // A bad body has no other form.
    let legal = |row: &[usize]| {
        factors.requests[row[3]] != Request::BadBody || factors.forms[row[7]] == Form::Plain
    };
    for row in covering::rows(&factors.sizes(), strength, legal, &random) {
        if probe.budget().is_spent() {
            break;
        }
        tried(probe, &factors.situation(&row)).await?;
    }
    Ok(())
}

async fn tried(probe: &Probe, at: &Situation) -> Result<(), Halt> {
    let (user, roles) = probe.given_some(at.membership, at.count).await?;
    let user = prepared(probe, at, user, &roles).await?;
    let absent = probe.roles().into_iter().find(|role| !roles.contains(role)).unwrap_or_default();
    let named = match at.request {
        Request::LastHeld => &roles[roles.len() - 1],
        Request::Absent => &absent,
        _ => &roles[0],
    };
    let twin = twin(probe, at, &user, named).await?;
    let bystander = probe.given(at.membership, &roles).await?;
    let before = probe.read(&user).await?;
    let call = call(probe, at, &user, named);
    let exchange = match at.on_used_connection {
        false => probe.ask(&user, call).await?,
        true => match probe.ask_on_used_connection(&user, call, &bystander).await? {
            Some(exchange) => exchange,
            None => return Ok(()),
        },
    };
    let unchanged = Clause::RolesRefusalChangesNothing;
    let after = probe.expect_roles(&user, unchanged, &exchange).await?;
    if let Some(difference) = steady_difference(&before, &after)
        && !probe.is_mismatched(&exchange)
    {
        let expected = "the user as it was but for the roles";
        probe.violate(Clause::RolesRemovesExactlyOne, expected, difference, &exchange);
    }
    for other in twin.iter().chain([&bystander]) {
        probe.expect_roles(other, Clause::RolesRemovesExactlyOne, &exchange).await?;
    }
    for user in twin.iter().chain([&bystander, &user]) {
        probe.remove_user(user).await?;
    }
    Ok(())
}

/// Lets the user go through its history; it has the same roles afterwards.
async fn prepared(
    probe: &Probe,
    at: &Situation,
    user: Rc<User>,
    roles: &[String],
) -> Result<Rc<User>, Halt> {
    match at.history {
        History::None => {}
        History::GivenTwice => drop(probe.try_add_role(&user, &roles[0]).await?),
        History::TakenAndGivenBack => {
            let removal = Call::removal(&user, &roles[0]);
            let exchange = probe.ask(&user, removal).await?;
            if !user.held().contains(&roles[0]) && !probe.is_mismatched(&exchange) {
                probe.add_role(&user, &roles[0]).await?;
            }
        }
        History::RefusedBefore => {
            let refused = Call::removal(&user, &roles[0]).body("{}");
            probe.ask(&user, refused.refused_for(Clause::RequestBodyShape)).await?;
        }
        History::MadeAgain => {
            let name = user.username.clone();
            probe.remove_user(&user).await?;
            let group = probe.group().to_owned();
            return probe.given_in(&group, at.membership, &name, roles).await;
        }
    }
    Ok(user)
}

async fn twin(
    probe: &Probe,
    at: &Situation,
    user: &User,
    named: &str,
) -> Result<Option<Rc<User>>, Halt> {
    let Some(there) = probe.other_group().map(str::to_owned) else { return Ok(None) };
    let held: Vec<String> = user.held().into_iter().collect();
    let others = probe.roles().into_iter().filter(|role| !held.contains(role)).collect();
    let roles: Vec<String> = match at.twin {
        Twin::None => return Ok(None),
        Twin::SameRoles => held,
        Twin::OnlyTheNamedRole => vec![named.to_owned()],
        Twin::OtherRoles => others,
    };
    probe.given_in(&there, at.membership, &user.username, &roles).await.map(Some)
}

fn call(probe: &Probe, at: &Situation, user: &User, named: &str) -> Call {
    let call = Call::removal(user, named).query(at.query).by(at.owner.clone());
    let property = operation::role_property();
    let call = match at.form {
        Form::Plain => call,
        Form::Spaced => call.body(bodies::equivalent(property, named).swap_remove(0)),
        Form::Escaped => call.body(bodies::equivalent(property, named).swap_remove(3)),
        Form::Charset => {
            let charset = format!("{}; charset=utf-8", operation::request_media_type());
            call.content_type(Some(&charset))
        }
    };
    match at.request {
        Request::FirstHeld | Request::LastHeld | Request::Absent => call,
        Request::Anonymous => call.by(Credential::Anonymous),
        Request::BadBody => call.body("{}").refused_for(Clause::RequestBodyShape),
        Request::Reader => match probe.session().readers().into_iter().next() {
            Some(reader) => call.by(reader),
            None => call,
        },
    }
}
