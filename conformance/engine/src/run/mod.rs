//! Running checks: what a check is, what it records, and how its verdict is drawn.

mod apply_expectations;
pub mod case_budget;
pub mod cause;
pub mod check;
pub mod clock;
pub mod event;
pub mod property;
pub mod recorder;
pub mod report;
pub mod runner;
pub mod select;
pub mod shutdown;
pub mod state;
pub mod suite;
pub mod verdict;
