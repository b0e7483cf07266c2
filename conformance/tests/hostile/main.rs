//! Hostile servers. Whatever a server does, the suite ends in time and within a
//! bound of memory, prints nothing that drives a terminal, loses no report, and says in a sentence
//! what the server did. What it says of each is a snapshot; `--nocapture` prints times and memory.
//! `cargo test` tries every sixth row, `cargo xtask test --all` all of them.

mod cases;
mod chunks;
mod connection;
mod content;
#[path = "../embedded/mod.rs"]
mod embedded;
mod finding;
mod head;
mod hostility;
mod length;
mod limits;
mod login;
mod no_response;
mod redirects;
mod relay;
mod sequences;
mod server;
mod status_line;
mod suite;
mod tls;
mod tokens;

use std::io::Write as _;

use cases::Row;
use embedded::{at_full_length, side_by_side};

/// Rows that are tried side by side: most of the time they wait.
const SIDE_BY_SIDE: usize = 10;

/// A shorter test tries one row of so many.
const ONE_OF: usize = 6;

#[test]
fn every_hostile_server_is_survived_and_described() {
    let only = std::env::var("ATLAS_HOSTILE").unwrap_or_default();
    let all = at_full_length();
    let rows = cases::rows().into_iter().enumerate();
    let rows = rows.filter(|(place, row)| match only.is_empty() {
        true => all || place % ONE_OF == 0,
        false => row.name().contains(&only),
    });
    let rows: Vec<Row> = rows.map(|(_, row)| row).collect();
    let described = side_by_side(SIDE_BY_SIDE, &rows, |_, row| {
        let finding = row.try_out();
        // Past the test harness, which would keep it until the end.
        let _ = writeln!(std::io::stdout(), "{}", finding.measured(&row.name()));
        finding.repeatable(&row.name())
    });
    assert_eq!(redirects::followed(), 0, "a redirect to another host was followed");
    if !only.is_empty() {
        let _ = writeln!(std::io::stdout(), "{}", described.join("\n"));
    } else if all {
        insta::assert_snapshot!("cases", described.join("\n"));
    } else {
        // Each as the whole snapshot has it.
        let snapshot = include_str!("snapshots/hostile__cases.snap");
        let other: Vec<_> = described.iter().filter(|row| !snapshot.contains(*row)).collect();
        let other: String = other.into_iter().map(|row| row.as_str()).collect();
        assert!(other.is_empty(), "not in the snapshot:\n{other}<end>");
    }
}
