//! `serve`, as client developers meet it: the printed requests, curl, and a client in Python.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use atlas_remove_role::config::Config;
use serde_json::Value;

/// The server as a process, until it is dropped.
struct Served {
    child: Child,
    printed: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    fn start(options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_atlas-conformance"))
            .arg("serve")
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut printed = String::new();
        // The line of Go is the last.
        while !printed.contains("admin.NewClient") {
            printed += &(lines.next().expect("a line").expect("UTF-8") + "\n");
        }
        Self { child, printed }
    }

    fn config(&self) -> Config {
        toml::from_str(&self.printed).expect("a configuration")
    }

    /// A list of users: the status, and the body.
    fn users(&self, query: &str) -> (u16, Value) {
        let config = self.config();
        let key = config.credentials.owner_key.expect("a key");
        let url = format!(
            "{}/api/atlas/v2/groups/{}/users?{query}",
            config.target.expect("a target"),
            config.group_id.expect("a project")
        );
        let user = format!("{}:{}", key.public_key, key.private_key.expose());
        let output = Command::new("curl")
            .args(["-s", "--digest", "-u", &user, "-w", "\n%{http_code}", &url])
            .output()
            .expect("curl");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let (body, status) = text.rsplit_once('\n').expect("a status");
        (status.parse().expect("a status"), serde_json::from_str(body).unwrap_or_default())
    }
}

fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"skipped: a program is not installed\n",
        );
    }
    found
}

#[test]
fn ids_and_credentials_are_those_of_the_seed() {
    let without_port = |served: &Served| {
        let target = served.config().target.expect("a target");
        served.printed.replace(&target, "")
    };
    let (first, second) = (Served::start(&[]), Served::start(&[]));
    assert_eq!(without_port(&first), without_port(&second));
    let other = Served::start(&["--seed", "2"]);
    assert_ne!(without_port(&first), without_port(&other));
}

#[test]
fn the_printed_request_takes_a_role_away() {
    if !has("curl") {
        return;
    }
    let served = Served::start(&[]);
    let line = served.printed.lines().find_map(|line| line.strip_prefix("#   curl "));
    let output = Command::new("sh")
        .args(["-c", &format!("curl -s {}", line.expect("a request"))])
        .output()
        .expect("a shell");
    let user: Value = serde_json::from_slice(&output.stdout).expect("a user");
    assert_eq!(user["username"], "active-ada@example.com");
    assert_eq!(user["roles"], serde_json::json!(["GROUP_OWNER", "GROUP_READ_ONLY"]));
}

#[test]
fn lists_are_filtered_and_paged_as_documented() {
    if !has("curl") {
        return;
    }
    let served = Served::start(&[]);
    let (status, all) = served.users("");
    assert_eq!((status, &all["totalCount"]), (200, &3.into()));
    let (_, page) = served.users("itemsPerPage=2&pageNum=2&includeCount=false");
    assert_eq!(page["results"].as_array().map(Vec::len), Some(1));
    assert_eq!(page.get("totalCount"), None);
    let (_, pending) = served.users("orgMembershipStatus=PENDING");
    assert_eq!(pending["totalCount"], 1);
    let (_, both) = served.users("orgMembershipStatuses=PENDING&orgMembershipStatuses=ACTIVE");
    assert_eq!(both["totalCount"], 3);
    for query in
        ["itemsPerPage=501", "itemsPerPage=0", "includeCount=maybe", "orgMembershipStatus=NO"]
    {
        assert_eq!(served.users(query).0, 400, "{query}");
    }
}

#[test]
fn an_accept_that_names_no_version_of_the_operation_is_refused() {
    if !has("curl") {
        return;
    }
    let served = Served::start(&[]);
    let line = served.printed.lines().find_map(|line| line.strip_prefix("#   curl "));
    let line = line
        .expect("a request")
        .replace("Accept: application/vnd.atlas.2025", "Accept: application/vnd.atlas.2023");
    let output =
        Command::new("sh").args(["-c", &format!("curl -s {line}")]).output().expect("a shell");
    let error: Value = serde_json::from_slice(&output.stdout).expect("an error");
    assert_eq!(
        (&error["error"], &error["errorCode"]),
        (&406.into(), &"INVALID_VERSION_DATE".into())
    );
}

#[test]
fn what_comes_beyond_the_rate_limit_is_answered_with_429() {
    if !has("curl") {
        return;
    }
    let served = Served::start(&["--rate-limit", "1"]);
    // A request with Digest takes two, of which the first meets the limit at the latest in the second.
    let statuses = [served.users("").0, served.users("").0];
    assert!(statuses.contains(&429), "{statuses:?}");
}

/// A service account's token, got, used and taken back, in Python's standard library. The secret is
/// form-encoded before it is put into the field, as RFC 6749 has it.
const CLIENT: &str = r#"
import base64, json, sys, urllib.error, urllib.parse, urllib.request
target, group, client, secret = sys.argv[1:]
pair = urllib.parse.quote(client, safe="").replace("_", "%5F") + ":" + urllib.parse.quote_plus(secret)
basic = {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
def send(path, fields=None, headers=basic):
    data = urllib.parse.urlencode(fields).encode() if fields else None
    try:
        with urllib.request.urlopen(urllib.request.Request(target + path, data, headers)) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
status, body = send("/api/oauth/token", {"grant_type": "client_credentials"})
assert status == 200, (status, body)
token = json.loads(body)["access_token"]
bearer = {"Authorization": "Bearer " + token, "Accept": "application/vnd.atlas.2025-02-19+json"}
users = f"/api/atlas/v2/groups/{group}/users"
assert send(users, None, bearer)[0] == 200
assert send("/api/oauth/revoke", {"token": token})[0] == 200
assert send("/api/oauth/revoke", {"token": token})[0] == 200
assert send(users, None, bearer)[0] == 401
assert send("/api/oauth/revoke", {"token": token}, {})[0] == 401
"#;

#[test]
fn a_client_in_python_gets_uses_and_revokes_a_token() {
    if !has("python3") {
        return;
    }
    let served = Served::start(&[]);
    let config = served.config();
    let owner = config.credentials.owner.expect("an owner");
    let output = Command::new("python3")
        .args(["-c", CLIENT])
        .args([config.target.expect("a target"), config.group_id.expect("a project")])
        .args([owner.client_id.as_str(), owner.client_secret.expose()])
        .output()
        .expect("Python");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
