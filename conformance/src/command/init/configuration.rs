//! The text of a configuration, with comments.

use atlas_remove_role::config::{Config, PROJECT_ROLES, confirmation};
use atlas_remove_role::users::fixture_count::Kind;
use atlas_remove_role::users::user::Membership;

use super::answers::Answers;
use crate::args::{InitAuth, InitWith};
use crate::command::needs::{LISTED_ROLES, counted, usual};

/// Writes the configuration that these answers make.
pub(super) fn text(answers: &Answers) -> Result<String, String> {
    let mut text = format!(
        "# The server that is judged; a path is kept as a prefix.\n\
         target = {}\n\
         # The project whose users are changed.\n\
         group_id = {}\n\
         # A second project of the same owner, for the clauses about one.\n\
         # other_group_id = \"5f1b2c3d4e5f60718293a4b6\"\n",
        quoted(&answers.target),
        quoted(&answers.group_id)
    );
    text += &confirmations(answers);
    text += "# User names and ids that are never changed.\n";
    text += &match &answers.protect {
        Some(name) => format!("protect = [{}]\n", quoted(name)),
        None => "# protect = [\"me@example.com\"]\n".to_owned(),
    };
    text += &credentials(answers.auth);
    text += &state(answers)?;
    Ok(text)
}

fn confirmations(answers: &Answers) -> String {
    let config = Config { target: Some(answers.target.clone()), ..Config::default() };
    if confirmation::is_local(&config) {
        return String::new();
    }
    let host = answers.target.parse::<url::Url>().ok();
    let host = host.as_ref().and_then(url::Url::host_str).unwrap_or_default();
    format!(
        "# This server is not on this machine: say that it is meant, here or with --confirm-target.\n\
         # confirm_target = {}\n\
         # Below mongodb.com and mongodbgov.com the project as well.\n\
         # confirm_project = {}\n",
        quoted(host),
        quoted(&answers.group_id)
    )
}

fn credentials(auth: InitAuth) -> String {
    let (owner, reader) = match auth {
        InitAuth::ServiceAccount => (
            "[credentials.owner]                 # a service account; its token is fetched and renewed\n\
             client_id = \"mdb_sa_id_...\"\n\
             client_secret = { env = \"OWNER_SECRET\" }\n",
            "# [credentials.reader]\n\
             # client_id = \"mdb_sa_id_...\"\n\
             # client_secret = { env = \"READER_SECRET\" }\n",
        ),
        InitAuth::ApiKey => (
            "[credentials.owner_key]             # an API key, through Digest\n\
             public_key = \"...\"\n\
             private_key = { env = \"OWNER_PRIVATE_KEY\" }\n",
            "# [credentials.reader_key]\n\
             # public_key = \"...\"\n\
             # private_key = { env = \"READER_PRIVATE_KEY\" }\n",
        ),
        InitAuth::AccessToken => (
            "[credentials.owner_token]           # a bearer token that you have\n\
             access_token = { env = \"OWNER_TOKEN\" }\n",
            "# [credentials.reader_token]\n\
             # access_token = { env = \"READER_TOKEN\" }\n",
        ),
    };
    format!(
        "\n# Secrets are written out or named as {{ env = \"NAME\" }}. An owner is Project Owner or\n\
         # Project Access Manager. With a second scheme more is judged.\n{owner}\n\
         # Valid credentials without permission, for auth.permission.\n{reader}"
    )
}

fn state(answers: &Answers) -> Result<String, String> {
    let listed = |roles: &[String]| {
        let roles: Vec<_> = roles.iter().map(|role| quoted(role)).collect();
        format!("roles = [{}]", roles.join(", "))
    };
    let known = answers.roles.clone().unwrap_or_else(|| usual_roles(PROJECT_ROLES.len()));
    // Without an answer the roles of Atlas are the default, and the line shows where others go.
    let comment = if answers.roles.is_some() { "" } else { "# " };
    let roles = format!("{comment}{}", listed(&known));
    Ok(match answers.with {
        InitWith::Api => format!(
            "\n[state]\n\
             with = \"api\"                        # addGroupUsers, getGroupUser, addGroupUserRole, removeGroupUser\n\
             # A name that the server makes an active user of at once, and one that it invites.\n\
             active_username = \"active-{{n}}@example.com\"\n\
             pending_username = \"pending-{{n}}@example.com\"\n\
             # The project roles that the server knows, by default those of Atlas.\n\
             {roles}\n"
        ),
        InitWith::Hook => format!(
            "\n[state]\n\
             with = \"hook\"                       # see docs/provider-states.md\n\
             hook = {}\n\
             # hook_token = {{ env = \"HOOK_TOKEN\" }}   # sent as Authorization: Bearer\n\
             # read_back = \"api\"                 # where the hook knows no roles-of\n\
             # add_roles = \"api\"\n\
             # The project roles that the server knows, by default those of Atlas.\n\
             {roles}\n",
            quoted(&answers.hook)
        ),
        InitWith::Fixtures => {
            let known = answers.roles.clone().unwrap_or_else(|| usual_roles(LISTED_ROLES));
            format!(
                "\n[state]\n\
                 with = \"fixtures\"                   # the users below; a check changes only these\n\
                 # The server forgets every change at once, as a stateless mock does: each request meets\n\
                 # the users as listed. Otherwise list more of them: `atlas-conformance list --needs`.\n\
                 forgets = true\n\
                 # read_back = \"api\"                 # where the server has getGroupUser\n\
                 # add_roles = \"api\"                 # where it has addGroupUserRole: roles are given back\n\
                 {}\n{}",
                listed(&known),
                users(known)?
            )
        }
    })
}

/// A user of each kind that a full run takes, with ids and names to be replaced.
fn users(roles: Vec<String>) -> Result<String, String> {
    let mut config = usual();
    config.state.roles = Some(roles);
    let dry_run = counted(&config).map_err(|error| error.to_string())?;
    let mut text = String::new();
    let mut number = 0;
    for Kind { membership, roles } in dry_run.users.keys() {
        number += 1;
        let roles: Vec<_> = roles.iter().map(|role| quoted(role)).collect();
        let name = match membership {
            Membership::Active => "active",
            Membership::Pending => "pending",
        };
        text += &format!(
            "\n[[state.users]]\nid = \"{:024x}\"\nmembership = \"{}\"\nroles = [{}]\n\
             username = \"{name}-{number}@example.com\"\n",
            0x5f1b_2c3d_0000_0000_0000_0000_u128 + number,
            membership.word(),
            roles.join(", "),
        );
    }
    Ok(text)
}

/// The first project roles of Atlas.
fn usual_roles(count: usize) -> Vec<String> {
    PROJECT_ROLES[..count].iter().map(|role| (*role).to_owned()).collect()
}

/// Text as a TOML string, which a JSON string is.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
