//! The command line.

use std::path::PathBuf;
use std::str::FromStr;

use atlas_conformance::report::format::Format;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Judges an implementation of the Atlas removeRole operation, clause by clause.
#[derive(Debug, Parser)]
#[command(
    name = "atlas-conformance",
    version,
    after_help = "Exit codes: 0 conforms, 1 does not, 2 usage or configuration, \
                  3 could not tell (unreachable, credentials refused, set-up failed), 4 nothing ran."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the suite against a target, by default an embedded reference server.
    Run(RunArgs),
    /// Print the catalogue of checks.
    List(ListArgs),
    /// Run the reference server alone, as a mock for client developers.
    Serve(ServeArgs),
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// The base URL of the target; a path is kept as a prefix.
    #[arg(long, value_name = "URL")]
    pub(crate) target: Option<String>,
    /// The configuration file (TOML).
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Write a report, as FORMAT=PATH; formats: har, html, json, junit, markdown, sarif. May be
    /// repeated.
    #[arg(long, value_name = "FORMAT=PATH")]
    pub(crate) report: Vec<ReportTo>,
    /// Let the HAR report hold every exchange, as far as 64 MiB hold them, not only those that show
    /// a failure.
    #[arg(long)]
    pub(crate) har_all: bool,
    /// Print every check, and of each failure every exchange, with bodies in full.
    #[arg(long, short)]
    pub(crate) verbose: bool,
    /// Run only checks whose id or clause matches. May be repeated.
    #[arg(long, value_name = "GLOB")]
    pub(crate) only: Vec<String>,
    /// Leave out checks whose id or clause matches. May be repeated.
    #[arg(long, value_name = "GLOB")]
    pub(crate) skip: Vec<String>,
    /// Let a breach of a should-level clause fail the run.
    #[arg(long)]
    pub(crate) strict: bool,
    /// The seed of everything random; the same one sends the same requests.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// How many checks run at once.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = positive)]
    pub(crate) jobs: usize,
    /// The time limit of one exchange.
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    pub(crate) timeout: f64,
    /// Cases of each property and list; by default 32, which is all of a list, and 6 over a network.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) cases: Option<u32>,
    /// End the run after this time; checks that have not begun by then are skipped.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) time: Option<f64>,
    /// The most requests a second; without it only the target's own rate limit is obeyed.
    #[arg(long, value_name = "N", value_parser = rate)]
    pub(crate) rate: Option<f64>,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The form of the catalogue.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// The port; 0 takes any that is free.
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
    /// One deliberate defect of removeRole.
    #[arg(long, value_name = "NAME")]
    pub(crate) fault: Option<String>,
    /// A legal habit. May be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) variant: Vec<String>,
    /// Print the faults and end.
    #[arg(long)]
    pub(crate) list_faults: bool,
    /// Print the legal variants and end.
    #[arg(long)]
    pub(crate) list_variants: bool,
}

/// A report and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportTo {
    pub(crate) format: Format,
    pub(crate) path: PathBuf,
}

impl FromStr for ReportTo {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (format, path) = text
            .split_once('=')
            .filter(|(_, path)| !path.is_empty())
            .ok_or_else(|| format!("expected FORMAT=PATH, like json=report.json, got `{text}`"))?;
        let format = Format::from_name(format).ok_or_else(|| {
            let names = Format::ALL.map(Format::name);
            let (last, names) = names.split_last().expect("there are formats");
            format!("expected the format {} or {last}, got `{format}`", names.join(", "))
        })?;
        Ok(Self { format, path: PathBuf::from(path) })
    }
}

fn positive(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("expected a number from 1".to_owned()),
        Ok(number) => Ok(number),
    }
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(rate) if (0.1..=1e6).contains(&rate) => Ok(rate),
        _ => Err("expected requests a second, from 0.1 to 1000000".to_owned()),
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(seconds) if (0.01..=3600.0).contains(&seconds) => Ok(seconds),
        _ => Err("expected seconds, from 0.01 to 3600".to_owned()),
    }
}
