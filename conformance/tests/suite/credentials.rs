//! Credentials: where they come from, which wins, and what is said when one is refused.

use atlas_remove_role::config::Config;

use crate::people;
use crate::spawn::{err, file, run, run_with};

/// What a configuration with a target makes of these variables.
fn from(variables: &[(&str, &str)], file_text: &str) -> Result<Config, String> {
    let (_folder, path) =
        file("target.toml", &format!("target = \"http://127.0.0.1:1\"\n{file_text}"));
    let environment = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    atlas_conformance::config::load(Some(&path), &environment).map_err(|error| error.to_string())
}

const ATLAS: [(&str, &str); 5] = [
    ("MONGODB_ATLAS_CLIENT_ID", "mdb_sa_id_atlas"),
    ("MONGODB_ATLAS_CLIENT_SECRET", "atlas-secret"),
    ("MONGODB_ATLAS_PUBLIC_KEY", "atlaskey"),
    ("MONGODB_ATLAS_PRIVATE_KEY", "atlas-private"),
    ("MONGODB_ATLAS_PROJECT_ID", "5f1b2c3d4e5f60718293a4b5"),
];

#[test]
fn variables_of_atlas_fill_in_what_nothing_else_names() {
    let config = from(&ATLAS, "").expect("a configuration");
    let credentials = &config.credentials;
    assert_eq!(credentials.owner.as_ref().expect("an account").client_id, "mdb_sa_id_atlas");
    assert_eq!(
        credentials.owner_key.as_ref().expect("a key").private_key.expose(),
        "atlas-private"
    );
    assert_eq!(config.group_id.as_deref(), Some("5f1b2c3d4e5f60718293a4b5"));
    assert_eq!(config.source_of("credentials.owner"), "the variable MONGODB_ATLAS_CLIENT_SECRET");
}

#[test]
fn a_secret_of_atlas_goes_nowhere_beside_another_owner() {
    let own = "[credentials.owner_key]\npublic_key = \"own\"\nprivate_key = \"own-private\"\n";
    let config = from(&ATLAS, own).expect("a configuration");
    assert!(config.credentials.owner.is_none());
    assert_eq!(config.credentials.owner_key.expect("a key").public_key, "own");
    // Nor without a target: the embedded server has its own.
    let environment = |name: &str| {
        ATLAS.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    let config = atlas_conformance::config::load(None, &environment).expect("a configuration");
    assert!(config.credentials.owner.is_none());
}

#[test]
fn this_suites_variables_win() {
    let ours = [
        ("ATLAS_CONFORMANCE_CREDENTIALS_OWNER_CLIENT_ID", "ours"),
        ("ATLAS_CONFORMANCE_CREDENTIALS_OWNER_CLIENT_SECRET", "our-secret"),
    ];
    let config = from(&[&ATLAS[..], &ours].concat(), "").expect("a configuration");
    assert_eq!(config.credentials.owner.as_ref().expect("an account").client_id, "ours");
    assert_eq!(
        config.source_of("credentials.owner"),
        "the variable ATLAS_CONFORMANCE_CREDENTIALS_OWNER_CLIENT_SECRET"
    );
}

#[test]
fn half_of_a_pair_is_an_error() {
    let error = from(&ATLAS[..1], "").expect_err("half an account");
    assert!(
        error.contains("MONGODB_ATLAS_CLIENT_ID is set without MONGODB_ATLAS_CLIENT_SECRET"),
        "{error}"
    );
}

#[test]
fn a_refusal_says_which_credential_from_where_and_what_the_server_said() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let group = &server.fixture().group_id;
    let target = format!("target = \"{}\"\ngroup_id = \"{group}\"\n", server.url());
    let state = "[state]\nactive_username = \"active-{n}@example.com\"\n";
    let cases = [
        "[credentials.owner]\nclient_id = \"mdb_sa_id_x\"\nclient_secret = { env = \"WRONG_SECRET\" }\n",
        "[credentials.owner_key]\npublic_key = \"abcdefgh\"\nprivate_key = \"a-very-secret-value\"\n",
        "[credentials.owner_token]\naccess_token = \"a-very-secret-value\"\n",
    ];
    let mut messages = String::new();
    for case in cases {
        let (_folder, path) = file("target.toml", &format!("{target}{case}{state}"));
        let path_text = path.to_str().expect("UTF-8");
        let output =
            run_with(&["run", "--config", path_text], &[("WRONG_SECRET", "a-very-secret-value")]);
        assert_eq!(output.status.code(), Some(3), "{}", err(&output));
        assert!(!err(&output).contains("a-very-secret-value"), "{}", err(&output));
        messages += &err(&output).replace(path_text, "target.toml");
    }
    insta::assert_snapshot!("refused_credentials", messages);
}

#[test]
fn an_access_token_goes_before_the_service_account() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    // The account is right and the token is wrong, so the run is refused for the token.
    let text = format!(
        "{}[credentials.owner_token]\naccess_token = \"no-token-of-this-server\"\n\
         [state]\nactive_username = \"active-{{n}}@example.com\"\n",
        people::owner(&server)
    );
    let (_folder, path) = file("target.toml", &text);
    let output = run(&["run", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert!(err(&output).contains("credentials.owner_token"), "{}", err(&output));
}

#[test]
fn a_token_that_fits_into_no_header_is_refused_and_not_shown() {
    let (_folder, path) = file(
        "target.toml",
        "target = \"http://127.0.0.1:1\"\ngroup_id = \"5f1b2c3d4e5f60718293a4b5\"\n\
         [credentials.owner_token]\naccess_token = \"Bearer very-secret\"\n",
    );
    let output = run(&["run", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    assert!(err(&output).contains("owner_token.access_token"), "{}", err(&output));
    assert!(!err(&output).contains("very-secret"), "{}", err(&output));
}
