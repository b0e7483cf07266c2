//! Listed users: what can be judged with them, what can't, and that they come back as they were.

use atlas_reference::{Options, Reference};
use atlas_remove_role::users::user::Membership::{Active, Pending};
use serde_json::Value;

use crate::spawn::{err, file, out, run};
use crate::{canned, people};

const FIVE: &str = "roles = [\"GROUP_OWNER\", \"GROUP_READ_ONLY\", \"GROUP_BACKUP_MANAGER\", \"GROUP_CLUSTER_MANAGER\", \"GROUP_DATA_ACCESS_ADMIN\"]\n";

/// A run's exit code and its report.
fn judged(config: &str, only: &[&str]) -> (Option<i32>, Value) {
    let (folder, path) = file("target.toml", config);
    let report = folder.path().join("report.json");
    let report_argument = format!("json={}", report.display());
    let mut arguments = vec!["run", "--seed", "1", "--cases", "4", "--config"];
    arguments.extend([path.to_str().expect("UTF-8"), "--report", &report_argument]);
    only.iter().for_each(|only| arguments.extend(["--only", only]));
    let output = run(&arguments);
    let text = std::fs::read_to_string(&report)
        .unwrap_or_else(|_| panic!("no report: {} {}", out(&output), err(&output)));
    (output.status.code(), serde_json::from_str(&text).expect("JSON"))
}

fn check<'a>(report: &'a Value, id: &str) -> &'a Value {
    let checks = report["checks"].as_array().expect("checks");
    checks.iter().find(|check| check["id"] == id).unwrap_or_else(|| panic!("no {id}"))
}

fn server() -> Reference {
    atlas_reference::start(Options::default()).expect("a free port")
}

#[test]
fn listed_users_are_judged_and_get_their_roles_back() {
    let server = server();
    let three = ["GROUP_OWNER", "GROUP_READ_ONLY", "GROUP_BACKUP_MANAGER"];
    let users = people::listed(
        &server,
        &[
            (Active, &three[..1]),
            (Active, &three[..2]),
            (Active, &three),
            (Pending, &three[..1]),
            (Pending, &three[..2]),
            (Pending, &three),
            // Somebody else owns the project.
        ],
    );
    people::listed(&server, &[(Active, &["GROUP_OWNER", "GROUP_CLUSTER_MANAGER"])]);
    let before = people::all(&server);
    let config = format!(
        "{}[state]\nwith = \"fixtures\"\nread_back = \"api\"\nadd_roles = \"api\"\n{FIVE}{users}",
        people::owner(&server)
    );
    let only = ["roles/last/refused", "roles/removal/replace-only-role", "success/fields/*"];
    let (code, report) = judged(&config, &only);
    assert_eq!(code, Some(0), "{report:#}");
    for id in only[..2].iter().chain(&["success/fields/roles", "success/fields/id"]) {
        assert_eq!(check(&report, id)["verdict"], "pass", "{id}: {report:#}");
    }
    assert_eq!(people::all(&server), before);
}

#[test]
fn a_list_that_is_not_true_is_an_error_and_no_failure() {
    let server = server();
    let users = people::listed(&server, &[(Active, &["GROUP_READ_ONLY", "GROUP_BACKUP_MANAGER"])]);
    let wrong = users.replace("GROUP_BACKUP_MANAGER", "GROUP_CLUSTER_MANAGER");
    let config = format!(
        "{}[state]\nwith = \"fixtures\"\nread_back = \"api\"\n{FIVE}{wrong}",
        people::owner(&server)
    );
    let (code, report) = judged(&config, &["roles/last/refused"]);
    let message = check(&report, "roles/last/refused")["message"].as_str().unwrap_or_default();
    assert_eq!(code, Some(3), "{report:#}");
    assert!(message.contains("correct `state.users`"), "{message}");
}

#[test]
fn the_last_project_owner_is_never_changed() {
    let server = server();
    let users = people::listed(&server, &[(Active, &["GROUP_OWNER", "GROUP_READ_ONLY"])]);
    let config = format!(
        "{}[state]\nwith = \"fixtures\"\nread_back = \"api\"\n{FIVE}{users}",
        people::owner(&server)
    );
    let (_folder, path) = file("target.toml", &config);
    let output = run(&["run", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(3), "{}", out(&output));
    assert!(err(&output).contains("last Project Owner"), "{}", err(&output));
}

#[test]
fn who_is_protected_is_never_taken() {
    let server = server();
    let users = people::listed(&server, &[(Active, &["GROUP_READ_ONLY", "GROUP_BACKUP_MANAGER"])]);
    let config = format!(
        "protect = [\"Active-Listed0@example.com\"]\n{}[state]\nwith = \"fixtures\"\n{FIVE}{users}",
        people::owner(&server)
    );
    let before = people::all(&server);
    let (code, report) = judged(&config, &["roles/last/refused"]);
    assert_eq!(people::all(&server), before);
    let message = check(&report, "roles/last/refused")["message"].as_str().unwrap_or_default();
    assert!(message.contains("no users can be had"), "{message}");
    assert_eq!(code, Some(4), "{report:#}");
}

#[test]
fn a_check_without_users_says_which_it_lacks() {
    let server = server();
    let users = people::listed(&server, &[(Active, &["GROUP_READ_ONLY"])]);
    let config = format!("{}[state]\nwith = \"fixtures\"\n{FIVE}{users}", people::owner(&server));
    let (_, report) = judged(&config, &["roles/last/refused"]);
    let refused = check(&report, "roles/last/refused");
    assert_eq!(refused["verdict"], "skip");
    let message = refused["message"].as_str().unwrap_or_default();
    assert!(message.contains("one more ACTIVE user with 2 roles"), "{message}");
}

const USER: &str = "application/vnd.atlas.2025-02-19+json";

/// A mock that answers everything with the same user.
fn same_user(_: &str, _: &str) -> (u16, &'static str, String) {
    let body = r#"{"id":"5f1b2c3d0000000000000001","orgMembershipStatus":"ACTIVE","roles":["GROUP_READ_ONLY"],"username":"one@example.com","createdAt":"2025-02-19T00:00:00Z","firstName":"A","lastName":"B"}"#;
    (200, USER, body.to_owned())
}

/// A mock that refuses everything, and as documented.
fn same_refusal(_: &str, _: &str) -> (u16, &'static str, String) {
    (403, "application/json", r#"{"error":403,"errorCode":"NO"}"#.to_owned())
}

fn stateless(target: &str, users: &[(&str, &str)]) -> String {
    let mut text = format!(
        "target = \"{target}\"\ngroup_id = \"5f1b2c3d4e5f60718293a4b5\"\n\
         [credentials.owner_token]\naccess_token = \"a-token\"\n\
         [state]\nwith = \"fixtures\"\nforgets = true\n{FIVE}"
    );
    for (number, (name, roles)) in users.iter().enumerate() {
        let membership = if *name == "pending" { "PENDING" } else { "ACTIVE" };
        text += &format!(
            "[[state.users]]\nid = \"5f1b2c3d00000000000000{:02}\"\nmembership = \"{membership}\"\n\
             roles = [{roles}]\nusername = \"{name}@example.com\"\n",
            number + 1
        );
    }
    text
}

#[test]
fn one_canned_answer_is_neither_accused_nor_passed_for_whom_it_is_about() {
    let target = canned::serve(same_user);
    let three = "\"GROUP_OWNER\", \"GROUP_READ_ONLY\", \"GROUP_BACKUP_MANAGER\"";
    // The constant roles are wrong, and reported by the check that is for them.
    let only = ["media/bodies/success", "success/fields/*"];
    let (_, report) = judged(&stateless(&target, &[("one", three)]), &only);
    assert_eq!(check(&report, "success/fields/roles")["verdict"], "fail", "{report:#}");
    // With one user a constant id is right by chance.
    assert_eq!(check(&report, "success/fields/id")["verdict"], "skip", "{report:#}");
    // What does not depend on whom the answer is about can be told all the same.
    assert_eq!(check(&report, "media/bodies/success")["verdict"], "pass", "{report:#}");
    // With a second user the constant id is wrong for one of them.
    let users = [("one", three), ("pending", three)];
    let (code, report) = judged(&stateless(&target, &users), &["success/fields/*"]);
    assert_eq!(check(&report, "success/fields/id")["verdict"], "fail", "{report:#}");
    assert_eq!(code, Some(1));
}

#[test]
fn what_can_not_be_read_back_is_broken_or_skipped_and_never_passed() {
    let single: Vec<(&str, String)> = [
        "GROUP_OWNER",
        "GROUP_READ_ONLY",
        "GROUP_BACKUP_MANAGER",
        "GROUP_CLUSTER_MANAGER",
        "GROUP_DATA_ACCESS_ADMIN",
    ]
    .map(|role| ("one", format!("\"{role}\"")))
    .to_vec();
    let single: Vec<(&str, &str)> =
        single.iter().map(|(name, role)| (*name, role.as_str())).collect();
    let only = ["roles/last/everywhere", "request/body/shape", "status/codes/documented"];
    // Every answer is as it should be, but whether the role stays can't be seen.
    let (_, report) = judged(&stateless(&canned::serve(same_refusal), &single), &only[..1]);
    let everywhere = check(&report, "roles/last/everywhere");
    assert_eq!(everywhere["verdict"], "skip", "{everywhere:#}");
    assert!(everywhere["message"].as_str().unwrap_or_default().contains("state.read_back"));
    // An answer that says that the only role was removed breaks the clause, read back or not.
    let (code, report) = judged(&stateless(&canned::serve(same_user), &single), &only[..1]);
    assert_eq!(check(&report, "roles/last/everywhere")["verdict"], "fail", "{report:#}");
    assert_eq!(code, Some(1));
}

#[test]
fn the_users_of_a_full_run_are_counted() {
    let output = run(&["list", "--needs"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let text = out(&output);
    let total = text.lines().find(|line| line.ends_with("in all")).expect("a sum");
    let numbers: Vec<usize> =
        total.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [once, given_back, forgotten] = numbers[..] else { panic!("{text}") };
    assert!(once > given_back && given_back > forgotten, "{text}");
    // One of each kind: five single roles, then two, three, four and five roles, twice.
    assert_eq!(forgotten, 18, "{text}");
    for membership in ["ACTIVE", "PENDING"] {
        let kind = format!("{membership:<10}   GROUP_OWNER, GROUP_CLUSTER_MANAGER\n");
        assert!(text.contains(&kind), "{text}");
    }
}
