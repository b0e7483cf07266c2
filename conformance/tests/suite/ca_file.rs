//! `ca_file`: whatever is wrong with it is said before anything is sent. That it works is shown by
//! the gallery of hostile servers.

use crate::spawn::{err, file, run, run_with};

const OWNER: &str = "group_id = \"5f1b2c3d4e5f60718293a4b5\"\n\
                     [credentials.owner_token]\naccess_token = \"mock-owner\"\n";

/// What a run says of a file with this content, named in a configuration beside it.
fn said(content: &str) -> String {
    let text = format!("target = \"https://127.0.0.1:1\"\nca_file = \"ca.pem\"\n{OWNER}");
    let (folder, path) = file("target.toml", &text);
    std::fs::write(folder.path().join("ca.pem"), content).expect("the file");
    let journal = folder.path().join("journal");
    let output = run(&[
        "run",
        "--config",
        path.to_str().expect("UTF-8"),
        "--journal",
        journal.to_str().expect("UTF-8"),
    ]);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    err(&output).replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn a_file_that_holds_no_certificates_is_refused() {
    let nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let cut = "-----BEGIN CERTIFICATE-----\nAAAA\n";
    let texts = ["", "hello\n", nonsense, cut];
    let told: Vec<_> = texts.iter().map(|text| said(text)).collect();
    insta::assert_snapshot!("ca_file", told.join(""));
}

#[test]
fn a_file_that_is_not_there_is_named_wherever_it_was_named() {
    let option = ["--ca-file", "nowhere.pem"];
    let target = ["run", "--target", "https://127.0.0.1:1"];
    let group = ("ATLAS_CONFORMANCE_GROUP_ID", "5f1b2c3d4e5f60718293a4b5");
    let token = ("ATLAS_CONFORMANCE_CREDENTIALS_OWNER_TOKEN_ACCESS_TOKEN", "mock-owner");
    let by_option = run_with(&[&target[..], &option].concat(), &[group, token]);
    let variable = ("ATLAS_CONFORMANCE_CA_FILE", "nowhere.pem");
    let by_variable = run_with(&target, &[group, token, variable]);
    for output in [by_option, by_variable] {
        assert_eq!(output.status.code(), Some(2), "{}", err(&output));
        let expected = "error: ca_file: can't read the certificates nowhere.pem: No such file";
        assert!(err(&output).starts_with(expected), "{}", err(&output));
    }
}
