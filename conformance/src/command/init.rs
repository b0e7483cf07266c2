//! `atlas-conformance init`: a commented configuration.

use std::fs::File;
use std::io::{BufRead, Write};

use atlas_conformance::exit_code::{Exit, Failure};
use atlas_remove_role::config::confirmation;
use atlas_remove_role::config::{Config, PROJECT_ROLES};
use atlas_remove_role::users::fixture_count::Kind;
use atlas_remove_role::users::user::Membership;

use crate::args::{InitArgs, InitAuth, InitWith};
use crate::command::needs::{LISTED_ROLES, counted, usual};

const USUAL_TARGET: &str = "http://127.0.0.1:8080";
const USUAL_GROUP: &str = "5f1b2c3d4e5f60718293a4b5";

/// What a configuration is written from.
struct InitAnswers {
    target: String,
    group_id: String,
    with: InitWith,
    auth: InitAuth,
    hook: String,
    protect: Option<String>,
}

/// Asks what no option says, and writes the file. It never asks for a secret.
pub(crate) fn init(
    args: &InitArgs,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    write(args, input, out).map_err(Failure::usage)?;
    Ok(Exit::Conforms)
}

fn write(args: &InitArgs, input: &mut dyn BufRead, out: &mut dyn Write) -> Result<(), String> {
    let path = args.file.display();
    if args.file.exists() {
        return Err(format!("{path} is there already; name another file"));
    }
    let answers = answers(args, input, out)?;
    let text = configuration(&answers)?;
    // What is written has to be a configuration, whatever was answered.
    let checked: Result<Config, _> =
        toml::from_str(&text.replace("{ env = ", "{ env = 'PATH' } #"));
    checked.map_err(|error| format!("these answers make no configuration: {}", error.message()))?;
    let mut file =
        File::create_new(&args.file).map_err(|error| format!("can't write {path}: {error}"))?;
    file.write_all(text.as_bytes()).map_err(|error| format!("can't write {path}: {error}"))?;
    let _ = writeln!(
        out,
        "\nwrote {path}. Next:\n  atlas-conformance doctor --config {path}\n  atlas-conformance run --config {path}"
    );
    Ok(())
}

fn answers(
    args: &InitArgs,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<InitAnswers, String> {
    let mut ask = |given: Option<String>, question: &str, usual: &str| -> Result<String, String> {
        if let Some(given) = given {
            return Ok(given);
        }
        if args.yes {
            return Ok(usual.to_owned());
        }
        let failed = |error: std::io::Error| format!("can't ask: {error}; pass --yes");
        write!(out, "{question} [{usual}] ").and_then(|()| out.flush()).map_err(failed)?;
        let mut line = String::new();
        input.read_line(&mut line).map_err(failed)?;
        let line = line.trim();
        Ok(if line.is_empty() { usual.to_owned() } else { line.to_owned() })
    };
    let word = |with: InitWith| match with {
        InitWith::Api => "api",
        InitWith::Hook => "hook",
        InitWith::Fixtures => "fixtures",
    };
    let target = ask(args.target.clone(), "URL of the server, with any path prefix", USUAL_TARGET)?;
    let group_id = ask(args.group_id.clone(), "Id of the project to use", USUAL_GROUP)?;
    let with = ask(
        args.with.map(|with| word(with).to_owned()),
        "How are users set up: api (the server has addGroupUsers), hook (a URL of yours), \
         fixtures (users that are there)?",
        "api",
    )?;
    let with = match with.as_str() {
        "api" => InitWith::Api,
        "hook" => InitWith::Hook,
        "fixtures" => InitWith::Fixtures,
        other => return Err(format!("expected api, hook or fixtures, got `{other}`")),
    };
    let hook = match with {
        InitWith::Hook => ask(args.hook.clone(), "URL of the hook", "http://127.0.0.1:8081/state")?,
        _ => String::new(),
    };
    let auth = match args.auth {
        Some(auth) => auth,
        None => match ask(
            None,
            "Authenticate with a service-account, an api-key or an access-token?",
            "service-account",
        )?
        .as_str()
        {
            "service-account" => InitAuth::ServiceAccount,
            "api-key" => InitAuth::ApiKey,
            "access-token" => InitAuth::AccessToken,
            other => {
                return Err(format!(
                    "expected service-account, api-key or access-token, got `{other}`"
                ));
            }
        },
    };
    let protect = ask(args.protect.clone(), "Your own user name, never to be touched", "none")?;
    let protect = Some(protect).filter(|name| name != "none");
    Ok(InitAnswers { target, group_id, with, auth, hook, protect })
}

fn configuration(answers: &InitAnswers) -> Result<String, String> {
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
    text += "# User names and ids that are never touched.\n";
    text += &match &answers.protect {
        Some(name) => format!("protect = [{}]\n", quoted(name)),
        None => "# protect = [\"me@example.com\"]\n".to_owned(),
    };
    text += &credentials(answers.auth);
    text += &state(answers)?;
    Ok(text)
}

fn confirmations(answers: &InitAnswers) -> String {
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
    let owner = match auth {
        InitAuth::ServiceAccount => {
            "[credentials.owner]                 # a service account; its token is fetched and renewed\n\
             client_id = \"mdb_sa_id_...\"\n\
             client_secret = { env = \"OWNER_SECRET\" }\n"
        }
        InitAuth::ApiKey => {
            "[credentials.owner_key]             # an API key, through Digest\n\
             public_key = \"...\"\n\
             private_key = { env = \"OWNER_PRIVATE_KEY\" }\n"
        }
        InitAuth::AccessToken => {
            "[credentials.owner_token]           # a bearer token that you have fetched\n\
             access_token = { env = \"OWNER_TOKEN\" }\n"
        }
    };
    format!(
        "\n# Secrets are written out or named as {{ env = \"NAME\" }}. An owner is Project Owner or\n\
         # Project Access Manager. With a second scheme more is judged.\n{owner}\n\
         # Valid credentials without permission, for auth.permission.\n\
         # [credentials.reader]\n\
         # client_id = \"mdb_sa_id_...\"\n\
         # client_secret = {{ env = \"READER_SECRET\" }}\n"
    )
}

fn state(answers: &InitAnswers) -> Result<String, String> {
    let listed: Vec<_> = PROJECT_ROLES[..LISTED_ROLES].iter().map(|role| quoted(role)).collect();
    let roles = format!("roles = [{}]", listed.join(", "));
    Ok(match answers.with {
        InitWith::Api => format!(
            "\n[state]\n\
             with = \"api\"                        # addGroupUsers, getGroupUser, addGroupUserRole, removeGroupUser\n\
             # A name that the server makes an active user of at once, and one that it invites.\n\
             active_username = \"active-{{n}}@example.com\"\n\
             pending_username = \"pending-{{n}}@example.com\"\n\
             # The project roles that the server knows, if they are not those of Atlas.\n\
             # {roles}\n"
        ),
        InitWith::Hook => format!(
            "\n[state]\n\
             with = \"hook\"                       # see docs/provider-states.md\n\
             hook = {}\n\
             # hook_token = {{ env = \"HOOK_TOKEN\" }}   # sent as Authorization: Bearer\n\
             # read_back = \"api\"                 # where the hook knows no roles-of\n\
             # add_roles = \"api\"\n\
             # {roles}\n",
            quoted(&answers.hook)
        ),
        InitWith::Fixtures => {
            format!(
                "\n[state]\n\
                 with = \"fixtures\"                   # the users below; a check changes only these\n\
                 # The server forgets every change at once, as a stateless mock does: each request meets\n\
                 # the users as listed. Otherwise list more of them: `atlas-conformance list --needs`.\n\
                 forgets = true\n\
                 # read_back = \"api\"                 # where the server has getGroupUser\n\
                 # add_roles = \"api\"                 # where it has addGroupUserRole: roles are given back\n\
                 {roles}\n{}",
                users()?
            )
        }
    })
}

/// A user of each kind that a full run takes, with ids and names to be replaced.
fn users() -> Result<String, String> {
    let config = usual();
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

/// Text as a TOML string, which a JSON string is.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
