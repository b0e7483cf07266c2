//! What was measured, as tables in Markdown.

use std::fmt::Write as _;
use std::time::Duration;

use super::clock::Time;
use super::peers::{Outcome, Process};
use super::stages::Stages;

/// The stages, beside parsing alone.
pub(super) fn stages(stages: &Stages) -> String {
    let mut table = "| stage | time | of the processor |\n| --- | --- | --- |\n".to_owned();
    row(&mut table, "parsing alone: the text into a tree", stages.parsing);
    row(&mut table, "parsing alone: serde_yaml into openapiv3", stages.others_parsing);
    for (name, time) in &stages.stages {
        row(&mut table, name, *time);
    }
    row(&mut table, "write", stages.writing);
    let slice = format!("`{}` alone: parsed, cut out, generated", stages.operation);
    row(&mut table, "all four", stages.all());
    row(&mut table, &slice, stages.slice);
    table.push_str("\n| figure | |\n| --- | --- |\n");
    let times = |time: Time, floor: Time| format!("{:.1}", time.times(floor));
    let (own, others) = (stages.parsing, stages.others_parsing);
    figure(&mut table, "all four, in times of parsing into a tree", &times(stages.all(), own));
    figure(&mut table, "all four, in times of serde_yaml", &times(stages.all(), others));
    let unwritten = times(stages.all_but_writing(), own);
    figure(&mut table, "all but writing, in times of parsing into a tree", &unwritten);
    figure(&mut table, "one operation, in times of parsing into a tree", &times(stages.slice, own));
    figure(&mut table, "one operation, in times of serde_yaml", &times(stages.slice, others));
    let written = format!("{:.2} MB in {} files", stages.bytes as f64 / 1e6, stages.files);
    figure(&mut table, "written", &written);
    figure(&mut table, "peak memory", &megabytes(stages.peak));
    table
}

/// Generators as whole processes.
pub(super) fn processes(processes: &[Process]) -> String {
    let mut table =
        "| process | time | peak memory | outcome |\n| --- | --- | --- | --- |\n".to_owned();
    for Process { name, outcome } in processes {
        let (time, peak, outcome) = match outcome {
            Outcome::NotInstalled => ("-".to_owned(), "-".to_owned(), "not installed".to_owned()),
            Outcome::Ran { wall, peak, failure } => {
                let outcome = match failure {
                    None => "a client".to_owned(),
                    Some(reason) => format!("refused: {}", cell(reason)),
                };
                (milliseconds(*wall), megabytes(*peak), outcome)
            }
        };
        let _ = writeln!(table, "| {name} | {time} | {peak} | {outcome} |");
    }
    table
}

fn row(table: &mut String, name: &str, time: Time) {
    let cpu = time.cpu.map_or_else(|| "unknown".to_owned(), milliseconds);
    let _ = writeln!(table, "| {name} | {} | {cpu} |", milliseconds(time.wall));
}

fn figure(table: &mut String, name: &str, value: &str) {
    let _ = writeln!(table, "| {name} | {value} |");
}

fn milliseconds(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1000.0)
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "unknown".to_owned(), |bytes| format!("{:.0} MB", bytes as f64 / 1e6))
}

/// Text that stays in its cell.
fn cell(text: &str) -> String {
    let short: String = text.chars().take(160).collect();
    short.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::processes;
    use crate::bench::peers::{Outcome, Process};

    #[test]
    fn what_a_process_says_stays_in_its_cell() {
        let ran = |failure: Option<&str>| Outcome::Ran {
            wall: Duration::from_millis(1234),
            peak: Some(56_000_000),
            failure: failure.map(str::to_owned),
        };
        let table = processes(&[
            Process { name: "one", outcome: ran(None) },
            Process { name: "two", outcome: ran(Some("a | b")) },
            Process { name: "three", outcome: Outcome::NotInstalled },
        ]);
        let rows: Vec<_> = table.lines().skip(2).collect();
        let expected = [
            "| one | 1234 ms | 56 MB | a client |",
            "| two | 1234 ms | 56 MB | refused: a \\| b |",
            "| three | - | - | not installed |",
        ];
        assert_eq!(rows, expected);
    }
}
