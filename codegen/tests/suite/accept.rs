//! What the generator knows: the output of each construct is a snapshot, and parses.

use crate::fixtures::{all, sources};

#[test]
fn each_construct_has_its_golden_output() {
    for fixture in all("accept") {
        let name = fixture.name.trim_end_matches(".yaml").to_owned();
        let files =
            atlas_codegen::generate(&sources(fixture)).unwrap_or_else(|error| panic!("{error}"));
        for file in &files {
            syn::parse_file(&file.text)
                .unwrap_or_else(|error| panic!("{name}: {}: {error}", file.path));
        }
        let shown: String = files
            .iter()
            .filter(|file| matches!(file.path.as_str(), "types.rs" | "constraints.rs"))
            .map(|file| format!("== {}\n{}", file.path, file.text))
            .collect();
        insta::assert_snapshot!(name, shown);
    }
}
