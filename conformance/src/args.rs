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
    Run(Box<RunArgs>),
    /// Show where two JSON reports differ.
    Compare(CompareArgs),
    /// Judge recorded traffic, a HAR file.
    Judge(JudgeArgs),
    /// Print the catalogue of checks.
    List(ListArgs),
    /// Run the reference server alone, as a mock for client developers.
    Serve(ServeArgs),
    /// Write a commented configuration, by asking or from the options.
    Init(InitArgs),
    /// Check that a target can be reached, set up and read back, and say which checks can run.
    Doctor(DoctorArgs),
    /// Say what a clause or a check requires, why, what is sent, and how to repair a server.
    Explain(ExplainArgs),
    /// Remove the users that a run left behind, from its journal.
    CleanUp(CleanUpArgs),
    /// Print a completion script for a shell.
    Completions(CompletionsArgs),
    /// Print the manual page.
    Man,
}

/// The target of a command, and whom to trust.
#[derive(Debug, Clone, Args)]
pub(crate) struct TargetOptions {
    /// The base URL of the target; a path is kept as a prefix.
    #[arg(long, value_name = "URL")]
    pub(crate) target: Option<String>,
    /// The configuration file (TOML).
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The host of a target that is not on this machine, to say that it is meant.
    #[arg(long, value_name = "HOST")]
    pub(crate) confirm_target: Option<String>,
    /// The project of the real service, to say that it is meant.
    #[arg(long, value_name = "GROUP_ID")]
    pub(crate) confirm_project: Option<String>,
    /// A file of certificates (PEM) that are trusted beside the system's, for a target over TLS.
    #[arg(long, value_name = "PEM")]
    pub(crate) ca_file: Option<PathBuf>,
    /// The proxy that the target is reached through, or `none`; by default HTTP_PROXY, HTTPS_PROXY
    /// and NO_PROXY say, unless the target is on this machine.
    #[arg(long, value_name = "URL")]
    pub(crate) proxy: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) at: TargetOptions,
    /// Write a report, as FORMAT=PATH; formats: har, html, json, junit, markdown, sarif. With the
    /// path `-` it goes to standard output, and the text to standard error. May be repeated.
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
    /// The most checks that run at once. At first there are 4, and more where the target is far away
    /// and serves many connections.
    #[arg(long, value_name = "N", default_value_t = 24, value_parser = positive)]
    pub(crate) jobs: usize,
    /// The time limit of one exchange.
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    pub(crate) timeout: f64,
    /// Send nothing: print how many requests a run would send and which users it would make.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Where the users that the run makes are noted; by default beside the first report.
    #[arg(long, value_name = "FILE")]
    pub(crate) journal: Option<PathBuf>,
    /// Cases of each property and list; by default as many as fit the time, at most 32, which is all
    /// of a list, and 6 over a network.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) cases: Option<u32>,
    /// The time that a run is to take. Checks that have not begun in time are skipped, unless a
    /// clause of level must has been judged by none.
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = seconds)]
    pub(crate) time: f64,
    /// The most requests a second; without it only the target's own rate limit is obeyed.
    #[arg(long, value_name = "N", value_parser = rate)]
    pub(crate) rate: Option<f64>,
    /// Known deviations of the target (TOML). May be repeated.
    #[arg(long, value_name = "FILE")]
    pub(crate) expectations: Vec<PathBuf>,
    /// Write a first file of expectations from what this run finds.
    #[arg(long, value_name = "FILE", conflicts_with = "expectations")]
    pub(crate) write_expectations: Option<PathBuf>,
    /// Run against a second target as well, and show where the two differ.
    #[arg(long, value_name = "URL", conflicts_with_all = ["report", "expectations", "write_expectations"])]
    pub(crate) against: Option<String>,
    /// The configuration of the second target; by default that of the first.
    #[arg(long, value_name = "FILE", requires = "against")]
    pub(crate) against_config: Option<PathBuf>,
    /// The form of the comparison with the second target.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text, requires = "against")]
    pub(crate) format: OutputFormat,
}

#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// A JSON report of `run`.
    pub(crate) a: PathBuf,
    /// Another one.
    pub(crate) b: PathBuf,
    /// The form of the comparison.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    pub(crate) format: OutputFormat,
}

#[derive(Debug, Args)]
pub(crate) struct JudgeArgs {
    /// A HAR file, plain or compressed with gzip.
    pub(crate) file: PathBuf,
    /// Known deviations of the service (TOML). May be repeated.
    #[arg(long, value_name = "FILE")]
    pub(crate) expectations: Vec<PathBuf>,
    /// What the recording lacks was not there: credentials, bodies, headers, answers.
    #[arg(long)]
    pub(crate) complete: bool,
    /// Let a breach of a should-level clause fail.
    #[arg(long)]
    pub(crate) strict: bool,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    pub(crate) format: OutputFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The form of the catalogue.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
    /// Print which users a full run takes, for `[state] with = "fixtures"`.
    #[arg(long)]
    pub(crate) needs: bool,
    /// The configuration (TOML) that `--needs` is for.
    #[arg(long, value_name = "FILE", requires = "needs")]
    pub(crate) config: Option<PathBuf>,
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
    /// The seed of ids and credentials; the same one makes the same.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// How long each response waits.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) latency: Option<f64>,
    /// The most requests a second; what comes beyond is answered with 429.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rate_limit: Option<u32>,
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

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The file to write; it must not be there yet.
    #[arg(default_value = "target.toml", value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// How users are set up.
    #[arg(long, value_enum)]
    pub(crate) with: Option<InitWith>,
    /// The base URL of the target.
    #[arg(long, value_name = "URL")]
    pub(crate) target: Option<String>,
    /// The id of the project whose users are changed.
    #[arg(long, value_name = "GROUP_ID")]
    pub(crate) group_id: Option<String>,
    /// How the suite authenticates.
    #[arg(long, value_enum)]
    pub(crate) auth: Option<InitAuth>,
    /// The URL of the hook, with `--with hook`.
    #[arg(long, value_name = "URL")]
    pub(crate) hook: Option<String>,
    /// The project roles that the server knows, separated by commas; by default those of Atlas.
    #[arg(long, value_name = "ROLES", value_delimiter = ',')]
    pub(crate) roles: Vec<String>,
    /// Your own user name, which is never changed.
    #[arg(long, value_name = "USERNAME")]
    pub(crate) protect: Option<String>,
    /// Ask nothing; what no option gives has its usual value.
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InitWith {
    Api,
    Hook,
    Fixtures,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InitAuth {
    ServiceAccount,
    ApiKey,
    AccessToken,
}

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    pub(crate) at: TargetOptions,
    /// The time limit of one exchange.
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    pub(crate) timeout: f64,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A clause, as roles.never-empty, or a check, as roles/last/refused.
    #[arg(value_name = "CLAUSE-OR-CHECK")]
    pub(crate) subject: String,
}

#[derive(Debug, Args)]
pub(crate) struct CleanUpArgs {
    /// The journal that a run left.
    #[arg(long, value_name = "FILE")]
    pub(crate) journal: PathBuf,
    /// The target and the configuration that the run had.
    #[command(flatten)]
    pub(crate) at: TargetOptions,
    /// The time limit of one exchange.
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    pub(crate) timeout: f64,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    pub(crate) shell: clap_complete::Shell,
}

/// A report and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportTo {
    pub(crate) format: Format,
    pub(crate) path: PathBuf,
}

impl ReportTo {
    /// Whether it goes to standard output.
    pub(crate) fn is_stdout(&self) -> bool {
        self.path.as_os_str() == "-"
    }
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
