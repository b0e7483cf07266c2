//! `atlas-conformance serve`: the reference server alone.

use std::io::{self, Write};
use std::time::Duration;

use atlas_conformance::exit_code::{Exit, Failure};
use atlas_reference::{Fixture, Options};

use crate::args::ServeArgs;

/// The media type of the API's version.
const VERSION: &str = "application/vnd.atlas.2025-02-19+json";

/// The habit that a client's mock always has: the service refuses an Accept that names no version that it
/// has.
const STRICT_ACCEPT: &str = "other-accept-not-acceptable";

/// Serves until it is stopped, after saying how to reach it.
pub(crate) fn serve(args: &ServeArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    if args.list_faults || args.list_variants {
        // A closed pipe, as of `| head`, is no failure.
        let _ = catalogue(args, out);
        return Ok(Exit::Conforms);
    }
    let options = options(args).map_err(Failure::usage)?;
    let server = atlas_reference::start(options).map_err(|error| {
        Failure::no_verdict(format!("can't serve on port {}: {error}", args.port))
    })?;
    introduce(out, server.url(), server.fixture()).map_err(Failure::no_verdict)?;
    server.wait();
    Ok(Exit::Conforms)
}

fn options(args: &ServeArgs) -> Result<Options, String> {
    let fault = args.fault.as_deref().map(|name| {
        atlas_reference::fault(name)
            .ok_or_else(|| format!("no fault is called `{name}`; `serve --list-faults` shows them"))
    });
    let names = std::iter::once(STRICT_ACCEPT).chain(args.variant.iter().map(String::as_str));
    let variants = names.map(|name| {
        atlas_reference::variant(name).ok_or_else(|| {
            format!("no variant is called `{name}`; `serve --list-variants` shows them")
        })
    });
    Ok(Options {
        port: args.port,
        fault: fault.transpose()?,
        variants: variants.collect::<Result<_, _>>()?,
        seed: Some(args.seed),
        users: true,
        latency: args.latency.map(Duration::from_secs_f64).unwrap_or_default(),
        rate_limit: args.rate_limit,
    })
}

fn catalogue(args: &ServeArgs, out: &mut dyn Write) -> io::Result<()> {
    if args.list_faults {
        for fault in atlas_reference::faults() {
            writeln!(out, "{:<44} {:<32} {}", fault.name, fault.clause, fault.summary)?;
        }
    }
    if args.list_variants {
        for variant in atlas_reference::variants() {
            writeln!(out, "{:<44} {}", variant.name, variant.summary)?;
        }
    }
    Ok(())
}

/// How to reach the server: a configuration that `run --config` takes, and as comments what a client
/// developer needs.
fn introduce(out: &mut dyn Write, url: &str, fixture: &Fixture) -> io::Result<()> {
    writeln!(out, "# The reference server listens. Saved as a file, this is a configuration for")?;
    writeln!(out, "# `atlas-conformance run --config FILE`. Stop the server with Ctrl-C.")?;
    writeln!(out, "target = \"{url}\"")?;
    writeln!(out, "group_id = \"{}\"", fixture.group_id)?;
    writeln!(out, "other_group_id = \"{}\"", fixture.other_group_id)?;
    for (name, account) in [("owner", &fixture.owner), ("reader", &fixture.reader)] {
        writeln!(out, "\n[credentials.{name}]")?;
        writeln!(out, "client_id = \"{}\"", account.client_id)?;
        writeln!(out, "client_secret = \"{}\"", account.client_secret)?;
    }
    for (name, key) in [("owner_key", &fixture.owner_key), ("reader_key", &fixture.reader_key)] {
        writeln!(out, "\n[credentials.{name}]")?;
        writeln!(out, "public_key = \"{}\"", key.public_key)?;
        writeln!(out, "private_key = \"{}\"", key.private_key)?;
    }
    writeln!(out, "\n[state]\nwith = \"api\"")?;
    writeln!(out, "active_username = \"{}\"", fixture.active_username)?;
    writeln!(out, "pending_username = \"{}\"", fixture.pending_username)?;
    writeln!(out, "deprecated_user_id = \"{}\"", fixture.deprecated_user_id)?;
    examples(out, url, fixture)?;
    out.flush()
}

/// The users that are there, and a first request, with curl and in Go.
fn examples(out: &mut dyn Write, url: &str, fixture: &Fixture) -> io::Result<()> {
    writeln!(out, "\n# Users of the project:")?;
    for user in &fixture.users {
        writeln!(out, "#   {}  {}  {}", user.id, user.username, user.roles.join(", "))?;
    }
    let Some(user) = fixture.users.first() else { return Ok(()) };
    let Some(role) = user.roles.last() else { return Ok(()) };
    let key = &fixture.owner_key;
    let group = &fixture.group_id;
    let user = &user.id;
    writeln!(out, "#\n# Take a role from the first, with curl:")?;
    writeln!(
        out,
        "#   curl --digest -u '{}:{}' -H 'Accept: {VERSION}' -H 'Content-Type: {VERSION}' \
         -d '{{\"groupRole\":\"{role}\"}}' '{url}/api/atlas/v2/groups/{group}/users/{user}:removeRole'",
        key.public_key, key.private_key
    )?;
    writeln!(out, "#\n# With atlas-sdk-go:")?;
    writeln!(
        out,
        "#   sdk, err := admin.NewClient(admin.UseBaseURL(\"{url}\"), admin.UseDigestAuth(\"{}\", \"{}\"))",
        key.public_key, key.private_key
    )
}
