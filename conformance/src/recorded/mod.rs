//! Recorded traffic: exchanges of the operation out of a HAR file, each judged by the clauses that
//! one exchange can show.

pub mod har;
pub mod judge;
pub mod operation;
pub mod report;
