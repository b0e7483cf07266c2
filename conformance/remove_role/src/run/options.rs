use std::time::Duration;

use atlas_engine::expectations::Expectations;
use atlas_engine::run::case_budget::CaseBudget;
use atlas_engine::run::runner::Reporters;

/// How a run is done.
#[derive(Debug, Clone)]
pub struct Options {
    pub strict: bool,
    /// The seed: the same one sends the same requests.
    pub seed: u64,
    /// The most checks that run at once.
    pub jobs: usize,
    /// The time limit of one exchange.
    pub timeout: Duration,
    /// The most requests a second, if there is a limit.
    pub rate: Option<f64>,
    /// How many cases are tried, and until when.
    pub budget: CaseBudget,
    /// The time that the number of cases is to fit; `budget` has the most.
    pub time_to_fit: Option<Duration>,
    /// The options that name the target on the command line, to repeat a check.
    pub target_options: Vec<String>,
    /// What is accepted from the target.
    pub expectations: Expectations,
    /// Which checks report a violation that another check met.
    pub reporters: Reporters,
}

impl Default for Options {
    /// A local run with a fixed seed.
    fn default() -> Self {
        Self {
            strict: false,
            seed: 1,
            jobs: 4,
            timeout: Duration::from_secs(10),
            rate: None,
            budget: CaseBudget::cases(CaseBudget::LOCAL),
            time_to_fit: None,
            target_options: Vec::new(),
            expectations: Expectations::default(),
            reporters: Reporters::Selected,
        }
    }
}
