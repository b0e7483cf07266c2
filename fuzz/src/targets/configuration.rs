//! Any configuration: used or refused, and a refusal shows no secret.

use std::io::Write as _;
use std::sync::LazyLock;

use atlas_conformance::config::load;
use atlas_engine::secret::Secret;
use regex::Regex;
use tempfile::NamedTempFile;

use super::{Target, part};

/// A configuration file, and the variables that override it.
pub static TARGET: Target = Target {
    name: "configuration",
    run,
    seeds,
    words: &[
        "target",
        "group_id",
        "other_group_id",
        "protect",
        "confirm_target",
        "credentials",
        "[credentials.owner]",
        "[credentials.owner_key]",
        "[credentials.owner_token]",
        "[state]",
        "[credentials.reader]",
        "[[state.users]]",
        "client_id",
        "client_secret",
        "public_key",
        "private_key",
        "access_token",
        "env",
        "with",
        "\"api\"",
        "\"hook\"",
        "\"fixtures\"",
        "hook",
        "hook_token",
        "read_back",
        "add_roles",
        "forgets",
        "true",
        "active_username",
        "{n}",
        "roles",
        "[\"A\", \"B\", \"C\"]",
        "id",
        "membership",
        "\"ACTIVE\"",
        "username",
        "expect",
        "ATLAS_CONFORMANCE_TARGET",
        "ATLAS_CONFORMANCE_STATE_WITH",
        "MONGODB_ATLAS_CLIENT_ID",
        "MONGODB_ATLAS_PUBLIC_API_KEY",
        "5f1b2c3d4e5f60718293a4b5",
        SECRET,
    ],
    is_json: false,
};

const SECRET: &str = "s3cr3t-of-a-configuration";

/// A line on which the secret stands as one.
static KEPT: LazyLock<Regex> = LazyLock::new(|| {
    let keys = "client_secret|private_key|access_token|hook_token";
    Regex::new(&format!("^ *({keys}) = \"{SECRET}[^\"]*\"?$")).expect("a pattern")
});

fn seeds() -> Vec<String> {
    [
        format!(
            "target = \"http://127.0.0.1:8080\"\ngroup_id = \"5f1b2c3d4e5f60718293a4b5\"\n\
             other_group_id = \"5f1b2c3d4e5f60718293a4b6\"\nprotect = [\"me@example.com\"]\n\
             [credentials.owner]\nclient_id = \"mdb_sa_id_x\"\nclient_secret = \"{SECRET}\"\n\
             [credentials.owner_key]\npublic_key = \"abc\"\nprivate_key = \"{SECRET}\"\n\
             [credentials.reader_token]\naccess_token = \"{SECRET}\"\n\
             [state]\nwith = \"api\"\nactive_username = \"a-{{n}}@example.com\"\n\
             pending_username = \"p-{{n}}@example.com\"\nroles = [\"A\", \"B\", \"C\"]\n=====\n\
             ATLAS_CONFORMANCE_CREDENTIALS_READER_CLIENT_ID=mdb_sa_id_y\n\
             ATLAS_CONFORMANCE_CREDENTIALS_READER_CLIENT_SECRET=word\n"
        ),
        format!(
            "group_id = \"5f1b2c3d4e5f60718293a4b5\"\n[credentials.owner_token]\naccess_token = \"{SECRET}\"\n\
             [state]\nwith = \"hook\"\nhook = \"http://127.0.0.1:1/state\"\nhook_token = \"{SECRET}\"\n\
             read_back = \"api\"\nadd_roles = \"none\"\n=====\nATLAS_CONFORMANCE_TARGET=http://127.0.0.1:1\n"
        ),
        "group_id = \"5f1b2c3d4e5f60718293a4b5\"\n[state]\nwith = \"fixtures\"\nforgets = true\n\
         [[state.users]]\nid = \"5f1b2c3d4e5f60718293a4b7\"\nmembership = \"ACTIVE\"\n\
         roles = [\"GROUP_OWNER\", \"GROUP_READ_ONLY\"]\nusername = \"a@example.com\"\n=====\n\
         MONGODB_ATLAS_PUBLIC_API_KEY=abc\nMONGODB_ATLAS_PRIVATE_API_KEY=def\n\
         MONGODB_ATLAS_BASE_URL=http://127.0.0.1:1\n"
            .to_owned(),
    ]
    .to_vec()
}

fn run(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let mut file = NamedTempFile::new().expect("a file");
    file.write_all(part(&text, 0).as_bytes()).expect("a file that takes it");
    let variables: Vec<_> =
        part(&text, 1).lines().filter_map(|line| line.split_once('=')).collect();
    let environment = |name: &str| {
        let variable = variables.iter().find(|(key, _)| *key == name);
        variable.map(|(_, value)| (*value).to_owned())
    };
    let refused = match load(Some(file.path()), &environment) {
        Ok(config) => {
            let shown = format!("{config:?}");
            let secrets = config.secrets();
            for secret in secrets.iter().map(Secret::expose).filter(|secret| is_telling(secret)) {
                let public = text.matches(secret).count();
                let shown = shown.matches(secret).count();
                // Escaped, it doesn't stand in the file as it is.
                assert!(shown == 0 || shown < public, "a secret is shown: {config:?}");
            }
            config.validate().err().map(|error| error.to_string())
        }
        Err(error) => Some(error.to_string()),
    };
    if let Some(told) = refused {
        assert!(!told.is_empty());
        let kept = text.lines().all(|line| !line.contains(SECRET) || KEPT.is_match(line));
        assert!(!kept || !told.contains(SECRET), "a secret is shown: {told}");
    }
}

/// Long and odd enough to stand nowhere else by chance.
fn is_telling(secret: &str) -> bool {
    secret.starts_with("s3cr3t-of-")
}
