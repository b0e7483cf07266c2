//! The configuration: what is read, what is refused, and where.

use atlas_remove_role::config::Config;

use crate::spawn::file;

fn load(text: &str) -> Result<Config, String> {
    let (_folder, path) = file("target.toml", text);
    let loaded = atlas_conformance::config::load(Some(&path), &|_| None)
        .and_then(|config| Ok(config.validate().map(|()| config)?));
    loaded.map_err(|error| error.to_string().replace(&path.display().to_string(), "target.toml"))
}

#[test]
fn mistakes_are_named_with_their_line() {
    let texts = [
        "target = \"http://x\"\ngroup = \"1\"\n",
        "target = 5\n",
        "target = \n",
        "[credentials.owner]\nclient_id = \"a\"\n",
        "[credentials.owner]\nclient_id = \"a\"\nclient_secret = { env = \"ATLAS_NOT_SET_ANYWHERE\" }\n",
        "[credentials.owner]\nclient_id = \"a\"\nclient_secret = 5\n",
        "[state]\nwith = \"magic\"\n",
        "",
        "group_id = \"short\"\n",
        "[credentials.owner_kee]\npublic_key = \"a\"\n",
        "[credentials.owner]\nclient_id = \"a\"\nclient_secret = \"\"\n",
        "[state]\nactive_user = \"a\"\n",
        "[state]\nwith = \"hooks\"\n",
        "[state]\nforgets = \"yes\"\n",
        "group_id = \"5f1b2c3d4e5f60718293a4b5\"\n[credentials.owner_token]\naccess_token = \"t\"\n[state]\nwith = \"hook\"\n",
        "group_id = \"5f1b2c3d4e5f60718293a4b5\"\n[credentials.owner_token]\naccess_token = \"t\"\n[[state.users]]\nid = \"5f1b2c3d4e5f60718293a4b6\"\nmembership = \"ACTIVE\"\nroles = [\"GROUP_OWNER\"]\nusername = \"a@example.com\"\n",
        "group_id = \"5f1b2c3d4e5f60718293a4b5\"\n[credentials.owner_token]\naccess_token = \"t\"\n[state]\nwith = \"fixtures\"\n[[state.users]]\nid = \"5f1b2c3d4e5f60718293a4b6\"\nmembership = \"ACTIVE\"\nroles = [\"GROUP_OWNR\"]\nusername = \"a@example.com\"\n",
        "[[state.users]]\nid = \"5f1b2c3d4e5f60718293a4b6\"\nmembership = \"ACTIV\"\n",
        "group_id = \"5f1b2c3d4e5f60718293a4b5\"\nprotect = [\"5f1b2c3d4e5f60718293a4b7\"]\n[credentials.owner_token]\naccess_token = \"t\"\n[state]\ndeprecated_user_id = \"5f1b2c3d4e5f60718293a4b7\"\n",
        "group_id = \"5f1b2c3d4e5f60718293a4b5\"\n",
    ];
    let messages: Vec<_> = texts.iter().map(|text| load(text).expect_err(text)).collect();
    insta::assert_snapshot!("config", messages.join("\n"));
}

#[test]
fn the_environment_overrides_the_file() {
    let (_folder, path) = file(
        "target.toml",
        "target = \"http://file\"\n[credentials.owner]\nclient_id = \"a\"\nclient_secret = \"b\"\n",
    );
    let environment = |name: &str| match name {
        "ATLAS_CONFORMANCE_TARGET" => Some("http://environment".to_owned()),
        "ATLAS_CONFORMANCE_CREDENTIALS_OWNER_CLIENT_SECRET" => Some("c".to_owned()),
        _ => None,
    };
    let config =
        atlas_conformance::config::load(Some(&path), &environment).expect("a configuration");
    assert_eq!(config.target.as_deref(), Some("http://environment"));
    let owner = config.credentials.owner.expect("an owner");
    assert_eq!((owner.client_id.as_str(), owner.client_secret.expose()), ("a", "c"));
    assert!(!format!("{owner:?}").contains("\"c\""));
}
