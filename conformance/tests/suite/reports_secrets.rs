//! No secret is in any output of a run, however it is written, and reports are written whole or
//! not at all.

use std::path::Path;
use std::process::{Command, Output};

use atlas_engine::evidence::Redactor;
use atlas_reference::{Options, Reference};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::spawn::{err, out};

const FORMATS: [&str; 6] = ["har", "html", "json", "junit", "markdown", "sarif"];

/// A secret as it is and as URLs, JSON and base64 write it, with any neighbours.
pub(crate) fn forms(secret: &str) -> Vec<String> {
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let json = serde_json::Value::from(secret).to_string();
    let mut forms = vec![
        secret.to_owned(),
        percent.to_ascii_lowercase(),
        percent,
        json[1..json.len() - 1].to_owned(),
    ];
    for before in ["", "x", "xy"] {
        for engine in [BASE64_STANDARD, BASE64_URL_SAFE] {
            let text = engine.encode(format!("{before}{secret}"));
            // Without what depends on the neighbours.
            let from = (before.len() * 8).div_ceil(6);
            let until = (before.len() + secret.len()) * 8 / 6;
            forms.push(text[from..until].to_owned());
        }
    }
    forms
}

#[test]
fn every_form_is_taken_out() {
    let secret = "p@ss/w0rd+with \"everything\"";
    let redactor = Redactor::new(&[secret, "e"].map(|text| text.to_owned().into()));
    for form in forms(secret) {
        let text = format!("before {form} after");
        assert_eq!(redactor.clean(&text), "before <redacted> after");
    }
    let basic = BASE64_STANDARD.encode(format!("mdb_sa_id_x:{secret}"));
    assert!(redactor.clean(&basic).ends_with("<redacted>"), "{}", redactor.clean(&basic));
    let escaped: String = secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let slashed = serde_json::json!(secret).to_string().replace('/', r"\/");
    for form in [escaped.as_str(), &slashed[1..slashed.len() - 1]] {
        let cleaned = redactor.clean(&format!(r"\n{form}\n"));
        assert_eq!(cleaned, r"\n<redacted>\n");
    }
    // Altered in one place, as checks alter tokens, it is still no longer than its quarter.
    let token = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL";
    let redactor = Redactor::new(&[token.to_owned().into()]);
    for altered in [&token[..44], &token.replace('a', "A"), &format!("x{token}")] {
        let cleaned = redactor.clean(altered).replace("<redacted>", "");
        assert!(cleaned.len() < token.len() / 4, "{altered}: {cleaned}");
    }
    // Too short to be told from ordinary words.
    assert_eq!(redactor.clean("the end"), "the end");
}

/// Runs against a server that repeats what it is sent, with every report.
fn run_with_all(server: &Reference, folder: &Path) -> Output {
    let fixture = server.fixture();
    let config = folder.join("target.toml");
    let text = format!(
        "target = \"{}\"\ngroup_id = \"{}\"\nother_group_id = \"{}\"\n\
         [credentials.owner]\nclient_id = \"{}\"\nclient_secret = \"{}\"\n\
         [credentials.owner_key]\npublic_key = \"{}\"\nprivate_key = \"{}\"\n\
         [credentials.reader]\nclient_id = \"{}\"\nclient_secret = \"{}\"\n\
         [state]\nactive_username = \"{}\"\npending_username = \"{}\"\n",
        server.url(),
        fixture.group_id,
        fixture.other_group_id,
        fixture.owner.client_id,
        fixture.owner.client_secret,
        fixture.owner_key.public_key,
        fixture.owner_key.private_key,
        fixture.reader.client_id,
        fixture.reader.client_secret,
        fixture.active_username,
        fixture.pending_username,
    );
    std::fs::write(&config, text).expect("the configuration");
    let mut command = program();
    command
        .args([
            "run",
            "--verbose",
            "--strict",
            "--har-all",
            "--seed",
            "3",
            "--cases",
            "2",
            "--config",
        ])
        .arg(&config);
    for format in FORMATS {
        command.arg("--report").arg(format!("{format}={}", folder.join(format).display()));
    }
    let summary = folder.join("step-summary");
    command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", summary);
    command.output().expect("the program starts")
}

/// What a token may consist of (RFC 6750, section 2.1).
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"-._~+/=".contains(c));
    &text[..end.unwrap_or(text.len())]
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atlas-conformance"));
    for (name, _) in std::env::vars() {
        if name.starts_with("ATLAS_CONFORMANCE_") || name.starts_with("GITHUB_") {
            command.env_remove(name);
        }
    }
    command.env("NO_COLOR", "1");
    command
}

#[test]
fn no_secret_is_in_any_output_of_a_run_with_every_report() {
    for fault in ["credentials-in-detail", "token-in-user"] {
        let fault = atlas_reference::fault(fault).expect("the fault");
        let server = atlas_reference::start(Options { fault: Some(fault), ..Options::default() });
        let server = server.expect("a free port");
        let folder = tempfile::tempdir().expect("a folder");
        let output = run_with_all(&server, folder.path());
        assert_eq!(output.status.code(), Some(1), "{}", err(&output));
        let fixture = server.fixture();
        let secrets = [
            &fixture.owner.client_secret,
            &fixture.owner_key.private_key,
            &fixture.reader.client_secret,
        ];
        let read =
            |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a report");
        let mut outputs = vec![("stdout", out(&output)), ("stderr", err(&output))];
        outputs.extend(FORMATS.map(|format| (format, read(format))));
        outputs.push(("step-summary", read("step-summary")));
        for (name, text) in outputs {
            for form in secrets.iter().flat_map(|secret| forms(secret)) {
                assert!(!text.contains(&form), "{name} shows the secret as {form}");
            }
            // A check sends an unsigned token of its own making.
            let real = |word: &&str| word.len() > 40 && !word.starts_with("eyJhbGciOiJub25lIn0.");
            let token = text.split("Bearer ").skip(1).map(word).find(real);
            assert_eq!(token, None, "{name} shows a token");
        }
        // The runner reads no command in what the target sent: only behind the report.
        let printed = out(&output);
        let first = printed.lines().next().unwrap_or_default();
        let silencer = first.strip_prefix("::stop-commands::").expect("commands are stopped");
        let (_, after) =
            printed.split_once(&format!("\n::{silencer}::\n")).expect("and let through");
        assert!(after.starts_with("::error title="), "{after}");
    }
}

#[test]
fn a_report_that_fails_loses_no_other_and_no_verdict() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("report.html");
    // A device that takes nothing; where there is none, there is nothing to try.
    if !Path::new("/dev/full").exists() {
        return;
    }
    let output = program()
        .args(["run", "--only", "media/bodies/json", "--report", "json=/dev/full", "--report"])
        .arg(format!("html={}", page.display()))
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert!(err(&output).contains("--report json=/dev/full: "), "{}", err(&output));
    assert!(out(&output).contains("conforms"), "{}", out(&output));
    assert!(std::fs::read_to_string(page).expect("the page").contains("</html>"));
}

#[test]
fn a_report_can_go_where_the_output_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("out.txt");
    if !Path::new("/dev/stdout").exists() {
        return;
    }
    let status = program()
        .args(["run", "--only", "media/bodies/json", "--report", "markdown=/dev/stdout"])
        .stdout(std::fs::File::options().append(true).create(true).open(&path).expect("a file"))
        .status()
        .expect("the program starts");
    assert_eq!(status.code(), Some(0));
    let text = std::fs::read_to_string(&path).expect("the output");
    assert!(
        text.contains("# ✅ removeRole: conforms") && text.contains("wrote /dev/stdout"),
        "{text}"
    );
}

#[test]
fn a_run_that_ends_early_replaces_the_old_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let (report, config) = (folder.path().join("report.json"), folder.path().join("target.toml"));
    std::fs::write(&report, "the old one").expect("a file");
    let text = "target = \"http://127.0.0.1:1\"\ngroup_id = \"5f1b2c3d4e5f60718293a4b5\"\n\
                [credentials.owner]\nclient_id = \"mdb_sa_id_x\"\nclient_secret = \"a-very-secret-value\"\n\
                [state]\nactive_username = \"active-{n}@example.com\"\n";
    std::fs::write(&config, text).expect("the configuration");
    let output = program()
        .args(["run", "--report", &format!("json={}", report.display()), "--config"])
        .arg(&config)
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    let written = std::fs::read_to_string(&report).expect("a file");
    assert!(written.contains("\"verdict\": \"error\""), "{written}");
    assert!(!written.contains("a-very-secret-value"), "{written}");
    let names = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(names, 2, "nothing is left beside the report");
}

#[test]
fn reports_that_cannot_be_written_are_found_before_the_first_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |path: &str| folder.path().join(path).display().to_string();
    std::fs::create_dir(at("folder")).expect("a folder");
    let cases = [
        vec![format!("html={}", at("missing/report.html"))],
        vec![format!("sarif={}", at("folder"))],
        vec![format!("json={}", at("a")), format!("har={}", at("a"))],
    ];
    for reports in cases {
        let mut command = program();
        command.arg("run");
        for report in &reports {
            command.args(["--report", report]);
        }
        let output = command.output().expect("the program starts");
        assert_eq!(output.status.code(), Some(2), "{reports:?}: {}", err(&output));
        assert!(out(&output).is_empty(), "the run must not start");
        assert!(err(&output).starts_with("error: --report "), "{}", err(&output));
    }
}
