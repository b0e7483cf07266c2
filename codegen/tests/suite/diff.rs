//! Changes between documents: a table of small ones, each in both directions, as snapshots.

mod cases;
mod contract;
mod laws;
mod ledger;
mod reports;
