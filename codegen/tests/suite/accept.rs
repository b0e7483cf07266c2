//! What the generator knows: the output of each construct is a snapshot, and parses.

use atlas_codegen::{File, client, generate};

use crate::fixtures::{all, package, sources};

#[test]
fn each_construct_has_its_golden_output() {
    for fixture in all("accept") {
        let file = fixture.name.clone();
        let name = file.trim_end_matches(".yaml").to_owned();
        let written = client(&fixture, &package("things")).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(written.warnings, [], "{name}");
        parses(&name, &written.files);
        // What depends on no document is the same each time.
        let shared = ["src/lib.rs", "src/client.rs"];
        let from = format!("// From {file}.");
        let own = written
            .files
            .iter()
            .filter(|f| f.text.contains(&from) && !shared.contains(&f.path.as_str()));
        let mut shown: String = own.map(|f| format!("== {}\n{}", f.path, f.text)).collect();
        match generate(&sources(fixture)) {
            Ok(files) => {
                parses(&name, &files);
                let contract = files.iter().find(|f| f.path == "constraints.rs");
                shown += &format!("== contract\n{}", contract.expect("constraints.rs").text);
            }
            Err(errors) => shown += &format!("== no contract\n{errors}\n"),
        }
        insta::assert_snapshot!(name, shown);
    }
}

fn parses(name: &str, files: &[File]) {
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        syn::parse_file(&file.text)
            .unwrap_or_else(|error| panic!("{name}: {}: {error}", file.path));
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for fixture in all("accept") {
        let write = || client(&fixture, &package("things")).expect("a client").files;
        assert_eq!(write(), write(), "{}", fixture.name);
    }
}

#[test]
fn another_schema_changes_no_name() {
    let fixtures = all("accept");
    let fixture = fixtures.iter().find(|f| f.name == "inline_schemas.yaml").expect("the fixture");
    let mut more = fixture.clone();
    more.text += "    Another:\n      type: object\n      properties:\n        size: {type: string, enum: [CM, INCH]}\n";
    let types = |source| {
        let files = client(source, &package("things")).expect("a client").files;
        files.into_iter().filter(|file| file.path.starts_with("src/types")).collect::<Vec<_>>()
    };
    assert_eq!(types(fixture), types(&more));
}
