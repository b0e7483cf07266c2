//! What a report is made of.

use crate::spec_tools::diff::{Change, Touched};

/// The changes between two documents, with what each touches.
#[derive(Debug, Clone)]
pub struct Report {
    /// The name of the old document.
    pub old: String,
    /// The name of the new document.
    pub new: String,
    /// The changes, in order.
    pub changes: Vec<(Change, Touched)>,
}

impl Report {
    /// How many changes break both sides, clients alone, servers alone, and nobody.
    pub(super) fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for (change, _) in &self.changes {
            counts[usize::from(change.breaks.rank())] += 1;
        }
        counts
    }

    /// How many changes break anyone.
    pub fn breaking(&self) -> usize {
        self.changes.iter().filter(|(change, _)| change.breaks.any()).count()
    }

    /// A line with the counts.
    pub fn summary(&self) -> String {
        let total = self.changes.len();
        if total == 0 {
            return "no change".to_owned();
        }
        let [both, client, server, _] = self.counts();
        let plural = if total == 1 { "" } else { "s" };
        let mut parts = Vec::new();
        for (count, who) in [(both, "both sides"), (client, "clients"), (server, "servers")] {
            if count > 0 {
                parts.push(format!("{count} for {who}"));
            }
        }
        match parts.is_empty() {
            true => format!("{total} change{plural}, none breaking"),
            false => format!(
                "{total} change{plural}, {} breaking: {}",
                self.breaking(),
                parts.join(", ")
            ),
        }
    }

    /// The changes operation by operation.
    pub(super) fn by_operation(&self) -> impl Iterator<Item = &[(Change, Touched)]> {
        self.changes.chunk_by(|(one, _), (two, _)| one.operation == two.operation)
    }
}
