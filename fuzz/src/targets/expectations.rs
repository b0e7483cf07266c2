//! Any file of expectations: entries that cover something, or an error with its line.

use std::io::Write as _;

use atlas_engine::expectations::{Covered, read};
use jiff::civil::date;
use tempfile::NamedTempFile;

use super::Target;
use crate::corpus;

/// `--expectations`.
pub static TARGET: Target = Target {
    name: "expectations",
    run,
    seeds,
    words: &[
        "[[expect]]",
        "clause",
        "check",
        "because",
        "see",
        "until",
        "\"*\"",
        "\"roles/**\"",
        "\"{a,b}*\"",
        "\"[!a]\"",
        "\"error.*\"",
        "2027-01-31",
        "\"2027-01-31\"",
        "2027-01-31T00:00:00Z",
    ],
    is_json: false,
};

fn seeds() -> Vec<String> {
    let small = "[[expect]]\nclause = \"error.parameters\"\nbecause = \"a reason\"\n\
                 see = \"https://x.example/1\"\nuntil = 2027-01-31\n\
                 [[expect]]\ncheck = \"error/fields/*\"\nbecause = \"a reason\"\n";
    vec![small.to_owned(), corpus::text("conformance/expectations/atlas_cloud.toml")]
}

fn run(input: &[u8]) {
    let mut file = NamedTempFile::new().expect("a file");
    file.write_all(input).expect("a file that takes it");
    match read(file.path(), &atlas_remove_role::checks::ids(), date(2026, 11, 25)) {
        Ok(expectations) => {
            for entry in expectations.entries {
                let covers = match &entry.covered {
                    Covered::Checks(ids) => !ids.is_empty(),
                    Covered::Clauses(clauses) => !clauses.is_empty(),
                };
                assert!(covers && !entry.because.is_empty(), "{entry:?}");
            }
        }
        Err(error) => {
            let is_utf8 = std::str::from_utf8(input).is_ok();
            let line = error.place.rsplit(':').next().and_then(|line| line.parse::<usize>().ok());
            assert!(line.is_some() || !is_utf8, "no line: {error}");
            assert!(!error.message.is_empty());
        }
    }
}
