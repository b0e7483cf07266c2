//! generated/ is what the generator writes.

use std::fs;

use crate::fixtures::{own, root};

#[test]
fn generated_source_is_fresh() {
    let folder = root().join("generated/src");
    let files = atlas_codegen::generate(&own()).unwrap_or_else(|error| panic!("{error}"));
    for file in &files {
        let kept = fs::read_to_string(folder.join(&file.path)).unwrap_or_default();
        assert!(kept == file.text, "{} is stale; run `cargo xtask codegen`", file.path);
    }
    let kept = fs::read_dir(&folder).expect("generated/src").count();
    assert_eq!(kept, files.len(), "a file too many; run `cargo xtask codegen`");
}
