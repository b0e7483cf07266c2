//! Which users a run takes: `list --needs`, and what `run --dry-run` prints.

use std::collections::BTreeMap;
use std::io::{self, Write};

use atlas_conformance::config::load;
use atlas_conformance::exit_code::{Exit, Failure};
use atlas_engine::auth::credentials::{Credentials, ServiceAccount};
use atlas_engine::run::case_budget::CaseBudget;
use atlas_remove_role::checks;
use atlas_remove_role::checks::Check;
use atlas_remove_role::config::{Config, PROJECT_ROLES, State, Through, With};

use atlas_conformance::dry_run::{DryRun, DryRunError, dry_run};
use atlas_remove_role::run::Options;
use atlas_remove_role::users::fixture_count::{Count, Kind};

use crate::args::ListArgs;

/// How many roles the users of a list have at most, where no configuration says otherwise: as
/// many as a check asks for.
pub(crate) const LISTED_ROLES: usize = 5;

/// Prints which users `fixtures` would take.
pub(crate) fn needs(args: &ListArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let environment = |name: &str| std::env::var(name).ok();
    let mut config = match &args.config {
        None => usual(),
        Some(path) => load(Some(path), &environment).map_err(Failure::usage)?,
    };
    // The question is how many users to list, however few there are now.
    config.state.with = With::Fixtures;
    config.state.users.clear();
    let dry_run = counted(&config).map_err(Failure::no_verdict)?;
    // A closed pipe, as of `| head`, is no failure.
    let _ = table(out, &config, &dry_run.users);
    Ok(Exit::Conforms)
}

/// A configuration with an owner, no second credential and listed users.
pub(crate) fn usual() -> Config {
    let owner =
        ServiceAccount { client_id: "mdb_sa_id_".to_owned(), client_secret: String::new().into() };
    Config {
        credentials: Credentials { owner: Some(owner), ..Credentials::default() },
        state: State {
            with: With::Fixtures,
            roles: Some(PROJECT_ROLES[..LISTED_ROLES].iter().map(|r| (*r).to_owned()).collect()),
            ..State::default()
        },
        ..Config::default()
    }
}

/// A full run with as many cases as over a network, without sending anything.
pub(crate) fn counted(config: &Config) -> Result<DryRun, DryRunError> {
    let all: Vec<&'static Check> = checks::all().collect();
    let options = Options { budget: CaseBudget::cases(CaseBudget::REMOTE), ..Options::default() };
    dry_run(config, &all, &options)
}

fn table(out: &mut dyn Write, config: &Config, users: &BTreeMap<Kind, Count>) -> io::Result<()> {
    writeln!(out, "Users to list in `[[state.users]]` for a full run:\n")?;
    writeln!(out, "  changed once   given back   forgotten   membership   roles")?;
    let (mut once, mut restored) = (0, 0);
    for (kind, count) in users {
        once += count.once;
        restored += count.restored;
        writeln!(
            out,
            "  {:>12}   {:>10}   {:>9}   {:<10}   {}",
            count.once,
            count.restored,
            1,
            kind.membership.word(),
            kind.roles.join(", ")
        )?;
    }
    writeln!(out, "  {once:>12}   {restored:>10}   {:>9}   in all", users.len())?;
    writeln!(
        out,
        "\nOne more with membership DEPRECATED_INVITATION serves roles.deprecated-invitation; it is \
         never changed.\n\n  changed once   a user that a check has changed is spent\n  given back     \
         with `read_back = \"api\"` and `add_roles = \"api\"` each gets its roles back\n  forgotten      \
         with `forgets = true` each request meets every user as listed\n\nWith fewer users fewer \
         checks run, and each that does not says which user it lacks."
    )?;
    let credentials = &config.credentials;
    let owners = usize::from(credentials.owner.is_some() || credentials.owner_token.is_some())
        + usize::from(credentials.owner_key.is_some());
    writeln!(
        out,
        "Counted for {owners} credential(s) of an owner and {} roles; `--config FILE` counts for yours.",
        config.state.known_roles().len()
    )
}

/// What a run would come to.
pub(crate) fn plan(
    out: &mut dyn Write,
    target: &str,
    checks: usize,
    config: &Config,
    dry_run: &DryRun,
) -> io::Result<()> {
    let group = config.group_id.as_deref().unwrap_or_default();
    let checks = if checks == 1 { "1 check".to_owned() } else { format!("{checks} checks") };
    writeln!(out, "Nothing was sent to {target}. A run would make {checks} and send")?;
    writeln!(out, "about {} requests about users of the project {group}.", dry_run.requests)?;
    let with = config.state.with;
    let verb = match with {
        With::Api => "make, through the sibling operations, and remove again",
        With::Hook => "ask the hook for, and give back",
        With::Fixtures => "take from `state.users`",
    };
    writeln!(out, "\nThe users that it would {verb}:\n")?;
    let number = |count: &Count| match (with, config.state.forgets) {
        (With::Fixtures, true) => 1,
        (With::Fixtures, false) if config.state.add_roles() == Through::Api => count.restored,
        (With::Fixtures, false) => count.once,
        _ => count.set_up,
    };
    for (kind, count) in &dry_run.users {
        let word = kind.membership.word();
        writeln!(out, "  {:>6}   {word:<8} with {}", number(count), named(&kind.roles))?;
    }
    for (word, template) in
        [("ACTIVE", &config.state.active_username), ("PENDING", &config.state.pending_username)]
    {
        if let Some(template) = template.as_ref().filter(|_| with != With::Fixtures) {
            writeln!(
                out,
                "\n{word} users are named {template}, with letters and digits for {{n}}."
            )?;
        }
    }
    if let Some(id) = &config.state.deprecated_user_id {
        writeln!(out, "\nThe user {id} is asked about and must not change.")?;
    }
    for name in &config.protect {
        writeln!(out, "{name} is protected: it is never touched.")?;
    }
    Ok(())
}

/// A few roles by name, more by their number.
fn named(roles: &[String]) -> String {
    match roles.split_at_checked(3) {
        Some((first, more)) if !more.is_empty() => {
            format!("{} and {} more", first.join(", "), more.len())
        }
        _ => roles.join(", "),
    }
}
