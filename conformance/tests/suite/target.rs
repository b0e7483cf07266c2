//! `cargo test --test target`, as somebody who keeps a server runs it.

use atlas_reference::{Options, Reference};

use crate::cli::reaching;
use crate::spawn::{cargo, err, out};

/// Runs some of the target's tests; whether they passed, and what they said.
fn test(arguments: &[&str], variables: &[(&str, &str)]) -> (bool, String) {
    let common = ["test", "-p", "atlas-conformance", "--test", "target", "--"];
    let few = [("ATLAS_CONFORMANCE_CASES", "1")];
    let output = cargo(&[&common[..], arguments].concat(), &[&few[..], variables].concat());
    (output.status.success(), out(&output) + &err(&output))
}

fn serving(fault: Option<&str>, variant: Option<&str>) -> Reference {
    let fault = fault.map(|name| atlas_reference::fault(name).expect("the fault"));
    let variants = variant.map(|name| atlas_reference::variant(name).expect("the variant"));
    let options = Options { fault, variants: variants.into_iter().collect(), ..Options::default() };
    atlas_reference::start(options).expect("a free port")
}

#[test]
fn a_check_that_fails_fails_its_test_and_an_expected_one_passes() {
    let server = serving(Some("error-code-null"), None);
    let (folder, config) = reaching(&server);
    let config = config.display().to_string();
    let target = ("ATLAS_CONFORMANCE_CONFIG", config.as_str());
    let (passed, text) = test(&["error/fields/code", "--exact"], &[target]);
    assert!(!passed, "{text}");
    for said in ["error.code (must)", "received  null", "repeat    atlas-conformance run --config"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains('\u{1b}'), "no colours: {text}");

    let expected = folder.path().join("known.toml");
    std::fs::write(
        &expected,
        "[[expect]]\nclause = \"error.code\"\nbecause = \"a ticket is open\"\n",
    )
    .expect("the file");
    let expected = expected.display().to_string();
    let known = ("ATLAS_CONFORMANCE_EXPECTATIONS", expected.as_str());
    let (passed, text) = test(&["error/fields/code", "--exact"], &[target, known]);
    assert!(passed && text.contains("error.code (a ticket is open)"), "{text}");
}

#[test]
fn what_the_target_lacks_is_ignored_with_its_reason() {
    // The configuration has no reader.
    let server = serving(None, None);
    let (_folder, config) = reaching(&server);
    let config = config.display().to_string();
    let target = ("ATLAS_CONFORMANCE_CONFIG", config.as_str());
    let (passed, text) = test(&["auth/permission"], &[target]);
    assert!(passed && text.contains("needs reader: set `credentials.reader"), "{text}");
    // A list says so as well, which is what nextest goes by.
    let (_, listed) = test(&["--list", "--ignored"], &[target]);
    assert!(listed.contains("auth/permission/refused: test"), "{listed}");
    assert!(!listed.contains("roles/last/refused: test"), "{listed}");
}

#[test]
fn a_wrong_configuration_is_said_before_any_test() {
    let (passed, text) = test(&["--list"], &[("ATLAS_CONFORMANCE_CONFIG", "no/such/file.toml")]);
    assert!(!passed && text.contains("can't read the configuration"), "{text}");
    let (passed, text) = test(&["--list"], &[("ATLAS_CONFORMANCE_SEED", "x")]);
    assert!(!passed && text.contains("ATLAS_CONFORMANCE_SEED: expected a whole number"), "{text}");
}

#[test]
fn legal_answers_are_snapshots_and_a_change_of_them_is_seen() {
    let folder = tempfile::tempdir().expect("a folder");
    let snapshots = folder.path().display().to_string();
    let kept = ("ATLAS_CONFORMANCE_SNAPSHOTS", snapshots.as_str());
    let check = ["roles/absent/answered", "--exact"];
    let (passed, text) = test(&check, &[kept, ("INSTA_UPDATE", "always")]);
    assert!(passed, "{text}");
    let name = "roles-absent-answered-removing-a-role-that-the-user-lacks.snap";
    let snapshot = std::fs::read_to_string(folder.path().join(name)).expect("a snapshot");
    assert!(snapshot.contains("application/json"), "{snapshot}");
    let changing = regex::Regex::new("[0-9a-f]{24}|[0-9]{4}-[0-9]{2}-[0-9]{2}T|[a-z0-9]@|GROUP_")
        .expect("a pattern");
    assert!(!changing.is_match(&snapshot), "{snapshot}");

    // Another server, another seed, the same answers.
    let again = [kept, ("INSTA_UPDATE", "no"), ("ATLAS_CONFORMANCE_SEED", "7")];
    let (passed, text) = test(&check, &again);
    assert!(passed, "{text}");

    // A server that answers otherwise, though legally.
    let server = serving(None, Some("absent-role-confirmed"));
    let (_folder, config) = reaching(&server);
    let config = config.display().to_string();
    let target = ("ATLAS_CONFORMANCE_CONFIG", config.as_str());
    let (passed, text) = test(&check, &[kept, target, ("INSTA_UPDATE", "new")]);
    assert!(!passed && text.contains("new or changed: roles.absent-role"), "{text}");
    assert!(folder.path().join(format!("{name}.new")).exists(), "nothing to review");
}
