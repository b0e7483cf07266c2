//! Faults that are restricted to a condition.

use http::{HeaderMap, Method};
use serde_json::Value;

use crate::{
    Condition, Fault, conditions,
    extension::Extensions,
    fault,
    fixture::Fixture,
    http::Request,
    service::{Service, answer},
};

/// A service with a fault, to be called without a connection.
struct Served {
    service: Service,
    fixture: Fixture,
    token: String,
}

impl Served {
    fn new(fault: &Fault) -> Self {
        let extensions = Extensions::new(Vec::new(), Some(fault.effect.clone()));
        let (service, fixture) = Service::new(Some(1), extensions);
        let owner = &fixture.owner;
        let token = service.authority().issue_token(&owner.client_id, &owner.client_secret);
        Self { service, token: token.expect("the owner is known"), fixture }
    }

    /// Status and body of the response to a removal of the only role of a new user.
    fn remove_last_role(&self, username: &str, query: &str) -> (u16, Value) {
        let group = &self.fixture.group_id;
        let roles = vec!["GROUP_OWNER".to_owned()];
        let user = {
            let mut store = self.service.store();
            store.add_user(group, username, roles).expect("a new user").person.id.clone()
        };
        let path = format!("/api/atlas/v2/groups/{group}/users/{user}:removeRole");
        let mut headers = HeaderMap::new();
        headers.insert("authorization", format!("Bearer {}", self.token).parse().expect("text"));
        let request = Request {
            method: Method::POST,
            target: format!("{path}?{query}"),
            path,
            query: query.to_owned(),
            headers,
            body: r#"{"groupRole":"GROUP_OWNER"}"#.into(),
            oversized: false,
            connection: 1,
            ordinal: 1,
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        let wire = runtime.expect("a runtime").block_on(answer(&self.service, request));
        (wire.status, serde_json::from_slice(&wire.body).expect("JSON"))
    }

    fn removes_last_role(&self, username: &str, query: &str) -> bool {
        match self.remove_last_role(username, query).0 {
            200 => true,
            403 => false,
            other => panic!("status {other}"),
        }
    }
}

/// A level of a factor, by its name.
fn level(name: &str) -> Condition {
    let mut levels = conditions().into_iter().flat_map(|factor| factor.levels);
    levels.find(|level| level.name() == name).expect("the level")
}

fn last_role_removed() -> Fault {
    fault("last-role-removed").expect("the fault").clone()
}

#[test]
fn a_restricted_fault_has_its_effect_under_the_condition_only() {
    let restricted = last_role_removed().when(level("pending"));
    assert_eq!(restricted.name, "last-role-removed-when-pending");
    assert_eq!(restricted.clause, "roles.never-empty");
    assert!(restricted.summary.ends_with("only when the user is pending."));

    let served = Served::new(&restricted);
    assert!(served.removes_last_role("pending-1@example.com", ""));
    assert!(!served.removes_last_role("active-1@example.com", ""));
    let unrestricted = Served::new(&last_role_removed());
    assert!(unrestricted.removes_last_role("active-1@example.com", ""));
}

#[test]
fn conditions_combine() {
    let both = level("pending").and(level("envelope"));
    assert_eq!(both.name(), "pending-and-envelope");
    let served = Served::new(&last_role_removed().when(both));
    assert!(served.removes_last_role("pending-1@example.com", "envelope=true"));
    assert!(!served.removes_last_role("pending-2@example.com", ""));
    assert!(!served.removes_last_role("active-1@example.com", "envelope=true"));

    let neither = level("pending").or(level("envelope")).not();
    let served = Served::new(&last_role_removed().when(neither));
    assert!(!served.removes_last_role("pending-1@example.com", ""));
    assert!(!served.removes_last_role("active-1@example.com", "envelope=true"));
    assert!(served.removes_last_role("active-2@example.com", ""));
}

#[test]
fn an_edit_of_the_request_sees_the_request_as_it_was_sent() {
    let wraps = |fault: &Fault| {
        let (_, body) =
            Served::new(fault).remove_last_role("active-1@example.com", "envelope=true");
        body.get("content").is_some()
    };
    let ignored = fault("envelope-ignored").expect("the fault").clone();
    assert!(!wraps(&ignored));
    assert!(!wraps(&ignored.clone().when(level("envelope"))));
    assert!(wraps(&ignored.when(level("not-envelope"))));
}

#[test]
fn levels_have_names_of_their_own() {
    let mut names: Vec<String> = Vec::new();
    for factor in conditions() {
        assert!(factor.levels.len() > 1, "{} has one level", factor.name);
        names.extend(factor.levels.iter().map(|level| level.name().to_owned()));
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "{names:?}");
}
