//! Circumstances that meet: any two of them together in a short run, any three in a long one.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use atlas_api::clauses::Clause;
use proptest::prelude::*;

use crate::call::Call;
use crate::checks::Check;
use crate::checks::query::steady_difference;
use crate::checks::request_variants::HTTP_REFUSALS;
use crate::operation;
use crate::probe::Probe;
use crate::strategies::{bodies, covering};
use crate::users::user::{Membership, User};
use atlas_engine::auth::credential::Credential;
use atlas_engine::run::check::Halt;
use atlas_engine::run::recorder::Coverage;
use atlas_engine::transport::Connection;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// The same JSON value, written in one way or another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Json {
    Plain,
    Spaced,
    Escaped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MediaType {
    Documented,
    WithCharset,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Project {
    First,
    Other,
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
    bodies: [Json; 3],
    media_types: [MediaType; 3],
    chunked: [bool; 2],
    on_used_connection: [bool; 2],
    projects: Vec<Project>,
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
        let mut projects = vec![Project::First];
        if probe.other_group().is_some() {
            projects.push(Project::Other);
            twins.extend([Twin::SameRoles, Twin::OnlyTheNamedRole, Twin::OtherRoles]);
        }
        let mut owners = probe.owners();
        if owners.contains(&Credential::OwnerKey) {
            owners.push(Credential::OwnerKeyMd5);
        }
        let most = probe.roles().len() - 1;
        Self {
            owners,
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
            bodies: [Json::Plain, Json::Spaced, Json::Escaped],
            media_types: [MediaType::Documented, MediaType::WithCharset, MediaType::None],
            chunked: [false, true],
            on_used_connection: [false, true],
            projects,
        }
    }

    fn table(&self) -> covering::Table {
        let sizes = vec![
            self.owners.len(),
            self.memberships.len(),
            self.counts.len(),
            self.requests.len(),
            self.queries.len(),
            self.histories.len(),
            self.twins.len(),
            self.on_used_connection.len(),
            self.projects.len(),
            self.bodies.len(),
            self.media_types.len(),
            self.chunked.len(),
        ];
        // A bad body is written in one way.
        let (request, body) = (3, 9);
        let bad = self.requests.iter().position(|request| *request == Request::BadBody);
        let written = self.bodies.iter().enumerate().filter(|(_, body)| **body != Json::Plain);
        let apart = bad
            .into_iter()
            .flat_map(|bad| written.clone().map(move |(level, _)| [(request, bad), (body, level)]));
        covering::Table { sizes, apart: apart.collect() }
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
            on_used_connection: self.on_used_connection[row[7]],
            project: self.projects[row[8]],
            body: self.bodies[row[9]],
            media_type: self.media_types[row[10]],
            chunked: self.chunked[row[11]],
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
    on_used_connection: bool,
    project: Project,
    body: Json,
    media_type: MediaType,
    chunked: bool,
}

async fn covered(probe: &Probe) -> Result<(), Halt> {
    let factors = Factors::new(probe);
    let table = factors.table();
    let strength = if probe.budget().is_thorough() { 3 } else { 2 };
    let random = probe.sample(&covering::choices())?;
    let (mut met, begun) = (BTreeMap::new(), RefCell::new(Vec::new()));
    let situations = table.rows(strength, &random).into_iter().map(|row| {
        let at = factors.situation(&row);
        let role = least_met(&probe.roles(), &row, at.request, &mut met);
        begun.borrow_mut().push(row);
        (at, role)
    });
    let bystanders = Bystanders::default();
    let case = async |(at, role)| tried(probe, &at, role, &bystanders).await;
    let outcome = probe.for_each(situations, case).await;
    let [pairs, triples] = [2, 3].map(|strength| table.coverage(&begun.borrow(), strength));
    probe.record_coverage(Coverage { pairs, triples });
    outcome
}

/// The role that this request named least often at the levels of a row, so that every role meets
/// every level in time.
fn least_met(
    roles: &[String],
    row: &[usize],
    request: Request,
    met: &mut BTreeMap<(Request, String, usize, usize), usize>,
) -> String {
    let key =
        |role: &String, (factor, level): (usize, &usize)| (request, role.clone(), factor, *level);
    let times = |role: &&String| -> usize {
        let levels = row.iter().enumerate();
        levels.filter_map(|level| met.get(&key(role, level))).sum()
    };
    let role = roles.iter().min_by_key(times).cloned().unwrap_or_default();
    for level in row.iter().enumerate() {
        *met.entry(key(&role, level)).or_default() += 1;
    }
    role
}

/// Users with every role, of whom no request takes any: one for each case that is under way.
#[derive(Default)]
struct Bystanders(RefCell<Vec<Rc<User>>>);

impl Bystanders {
    /// A free one in this project, or a new one.
    async fn take(
        &self,
        probe: &Probe,
        group: &str,
        membership: Membership,
    ) -> Result<Rc<User>, Halt> {
        let fits = |user: &Rc<User>| user.group == group && user.membership == membership;
        let place = self.0.borrow().iter().position(fits);
        if let Some(place) = place {
            return Ok(self.0.borrow_mut().swap_remove(place));
        }
        let name = probe.username(membership)?;
        probe.given_in(group, membership, &name, &probe.roles()).await
    }

    fn give_back(&self, probe: &Probe, user: Rc<User>) {
        // One that has lost a role shows less.
        if user.held().len() == probe.roles().len() {
            self.0.borrow_mut().push(user);
        }
    }
}

async fn tried(
    probe: &Probe,
    at: &Situation,
    role: String,
    bystanders: &Bystanders,
) -> Result<(), Halt> {
    let (here, there) = match (at.project, probe.other_group()) {
        (Project::Other, Some(other)) => (other.to_owned(), Some(probe.group())),
        (_, other) => (probe.group().to_owned(), other),
    };
    let (user, roles) = held(probe, at, &here, role).await?;
    let user = prepared(probe, at, user, &roles).await?;
    let absent = probe.roles().into_iter().find(|role| !roles.contains(role)).unwrap_or_default();
    let named = match at.request {
        Request::LastHeld => &roles[roles.len() - 1],
        Request::Absent => &absent,
        _ => &roles[0],
    };
    let twin = twin(probe, at, &user, named, there).await?;
    let bystander = bystanders.take(probe, &here, at.membership).await?;
    let before = probe.read(&user).await?;
    let call = call(probe, at, &user, named);
    let mut connection = used_connection(probe, at, &bystander).await?;
    let asked = probe.ask_and_read(&user, call, connection.as_mut()).await?;
    if let Some((exchange, after)) = asked {
        if let Some(difference) = steady_difference(&before, &after)
            && !probe.is_mismatched(&exchange)
        {
            let expected = "the user as it was but for the roles";
            probe.violate(Clause::RolesRemovesExactlyOne, expected, difference, &exchange);
        }
        for other in twin.iter().chain([&bystander]) {
            probe.expect_roles(other, Clause::RolesRemovesExactlyOne, &exchange).await?;
        }
    }
    bystanders.give_back(probe, bystander);
    for user in twin.iter().chain([&user]) {
        probe.remove_user(user).await?;
    }
    Ok(())
}

/// A connection on which a request of another user was refused before, where the situation has
/// one.
async fn used_connection(
    probe: &Probe,
    at: &Situation,
    other: &User,
) -> Result<Option<Connection>, Halt> {
    if !at.on_used_connection {
        return Ok(None);
    }
    let opened = probe.session().transport.connect().await;
    let mut connection = opened.map_err(|error| Halt::Error(error.to_string()))?;
    let unknown = Call::removal(other, "GROUP_NO_SUCH_ROLE").expecting(other.held());
    let refused = probe.send_next(unknown, &mut connection).await?;
    Ok(refused.map(|_| connection))
}

/// A user with as many roles as the situation has, of which this one will be named.
async fn held(
    probe: &Probe,
    at: &Situation,
    group: &str,
    role: String,
) -> Result<(Rc<User>, Vec<String>), Halt> {
    let mut roles = probe.sample(&Just(probe.roles()).prop_shuffle())?;
    roles.retain(|other| *other != role);
    let place = if at.request == Request::LastHeld { at.count - 1 } else { 0 };
    roles.insert(place, role);
    probe.given_first_of(group, at.membership, at.count, roles).await
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
            return probe.given_in(&user.group, at.membership, &name, roles).await;
        }
    }
    Ok(user)
}

async fn twin(
    probe: &Probe,
    at: &Situation,
    user: &User,
    named: &str,
    there: Option<&str>,
) -> Result<Option<Rc<User>>, Halt> {
    let Some(there) = there else { return Ok(None) };
    let held: Vec<String> = user.held().into_iter().collect();
    let others = probe.roles().into_iter().filter(|role| !held.contains(role)).collect();
    let roles: Vec<String> = match at.twin {
        Twin::None => return Ok(None),
        Twin::SameRoles => held,
        Twin::OnlyTheNamedRole => vec![named.to_owned()],
        Twin::OtherRoles => others,
    };
    probe.given_in(there, at.membership, &user.username, &roles).await.map(Some)
}

fn call(probe: &Probe, at: &Situation, user: &User, named: &str) -> Call {
    let call = Call::removal(user, named).query(at.query).by(at.owner.clone());
    let property = operation::role_property();
    let call = match at.body {
        Json::Plain => call,
        Json::Spaced => call.body(bodies::equivalent(property, named).swap_remove(4)),
        Json::Escaped => call.body(bodies::equivalent(property, named).swap_remove(3)),
    };
    let call = match at.media_type {
        MediaType::Documented => call,
        MediaType::WithCharset => {
            let charset = format!("{}; charset=utf-8", operation::request_media_type());
            call.content_type(Some(&charset))
        }
        MediaType::None => call.content_type(None),
    };
    let call = if at.chunked { call.header("Transfer-Encoding", "chunked") } else { call };
    // A server may refuse these forms (RFC 9112, 6.3; RFC 9110, 8.3).
    let optional = at.chunked || at.media_type == MediaType::None;
    let call = if optional { call.optional(HTTP_REFUSALS) } else { call };
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
