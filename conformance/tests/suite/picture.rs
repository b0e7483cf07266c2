//! The pictures of a failing run in the README: the terminal, which a test holds, and the HTML report,
//! which a browser draws. `cargo xtask picture` makes both anew.

use std::path::Path;
use std::process::Command;

use atlas_reference::{Options, fault};
use regex::Regex;

use crate::people;
use crate::reports_browser::browser;

const PICTURE: &str = "docs/failure.svg";
const REPORT: &str = "docs/report.png";
/// A refusal in the body of a success, as mocks often have it.
const FAULT: &str = "last-role-error-with-200";
const COMMAND: &str =
    "atlas-conformance run --config target.toml --only roles/last/refused --seed 1";
const WIDTH: usize = 100;
/// The colours of an old console, and ones that can be read.
const PALETTE: [(&str, &str); 8] = [
    ("#000000", "#14181f"),
    ("#AAAAAA", "#d8dee6"),
    ("#AA0000", "#ff7a70"),
    ("#00AA00", "#6fcf97"),
    ("#AA5500", "#e9b95c"),
    ("#AA00AA", "#cfa3f2"),
    ("#00AAAA", "#7fd0de"),
    ("opacity: 0.4", "opacity: 0.65"),
];

#[test]
fn the_picture_of_a_failing_run_is_what_a_run_prints() {
    let server = atlas_reference::start(Options {
        fault: fault(FAULT),
        seed: Some(1),
        ..Options::default()
    });
    let server = server.expect("a free port");
    let fixture = server.fixture();
    let folder = tempfile::tempdir().expect("a folder");
    let config = format!(
        "{}[state]\nactive_username = \"{}\"\npending_username = \"{}\"\n",
        people::owner(&server),
        fixture.active_username,
        fixture.pending_username
    );
    std::fs::write(folder.path().join("target.toml"), config).expect("a file");
    let arguments = COMMAND.split(' ').skip(1).chain(["--jobs", "1"]);
    let mut run = Command::new(env!("CARGO_BIN_EXE_atlas-conformance"));
    for (name, _) in std::env::vars() {
        let foreign = ["ATLAS_", "MONGODB_ATLAS_", "GITHUB_", "NO_COLOR"];
        if foreign.iter().any(|prefix| name.starts_with(prefix)) {
            run.env_remove(name);
        }
    }
    run.args(arguments).current_dir(folder.path());
    run.env("CLICOLOR_FORCE", "1").env("COLUMNS", WIDTH.to_string());
    let output = run.output().expect("the program starts");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let text = steady(&String::from_utf8(output.stdout).expect("UTF-8"), server.url());
    let mut svg = anstyle_svg::Term::new().render_svg(&format!("$ {COMMAND}\n{text}"));
    for (dull, clear) in PALETTE {
        svg = svg.replace(dull, clear);
    }

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(PICTURE);
    if std::env::var_os("ATLAS_PICTURE").is_some() {
        std::fs::write(&path, svg).expect("the picture");
        draw_report(folder.path());
        return;
    }
    let kept = std::fs::read_to_string(&path).expect("the picture");
    assert!(kept == svg, "{PICTURE} is stale: run `cargo xtask picture`");
}

/// Draws the report of a whole run against the same server, where a browser is installed.
fn draw_report(folder: &Path) {
    let Some(browser) = browser() else { return };
    let mut run = Command::new(env!("CARGO_BIN_EXE_atlas-conformance"));
    let arguments =
        ["run", "--config", "target.toml", "--seed", "1", "--report", "html=report.html"];
    run.args(arguments).current_dir(folder).output().expect("the program starts");
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(REPORT);
    let mut draw = Command::new(browser);
    draw.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--window-size=1100,900",
    ]);
    draw.arg(format!("--screenshot={}", picture.display()));
    draw.arg(format!("--user-data-dir={}", folder.join("profile").display()));
    draw.arg(format!("file://{}", folder.join("report.html").display()));
    assert!(draw.output().expect("the browser starts").status.success());
}

/// The text with what differs from run to run replaced, and long lines cut as a narrow terminal would.
fn steady(text: &str, url: &str) -> String {
    let mut text = text.replace(url, "http://127.0.0.1:38217");
    for (pattern, constant) in [
        (r"\(\d+ ms\)", "(1 ms)"),
        (r"in [\d.]+ m?s\b", "in 20 ms"),
        (r"date: .{29}", "date: Sun, 29 Nov 2026 04:12:17 GMT"),
    ] {
        text = Regex::new(pattern).expect("a pattern").replace_all(&text, constant).into_owned();
    }
    let cut = |line: &str| match line.chars().count() > WIDTH && !line.contains('\u{1b}') {
        true => format!("{}…\n", line.chars().take(WIDTH - 1).collect::<String>()),
        false => format!("{line}\n"),
    };
    text.lines().map(cut).collect()
}
