//! The HTML report, used in a headless browser where one is installed.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use atlas_conformance::report::html;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::sample_run;

const DRIVER: &str = include_str!("drive_report.js");

/// A browser that takes this long to show a page has hung.
const TIME_LIMIT: Duration = Duration::from_secs(120);

#[test]
fn the_html_report_works_in_a_browser() {
    let Some(browser) = browser() else {
        // Past the test harness, which would keep it to itself.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: the HTML report was not tried in a browser, since none of {NAMES:?} is \
             installed; CHROMIUM=PATH names another"
        );
        return;
    };
    let page = html::render(&sample_run::document());
    for (width, height) in [(1280, 900), (360, 740)] {
        let seen = drive(&browser, &page, (width, height));
        assert_eq!(seen["error"], Value::Null, "{seen:#}");
        // Nothing that the target sent ran, was loaded, or was even tried.
        assert_eq!(seen["pwned"], "no");
        assert_eq!(seen["images"], 0);
        assert_eq!(seen["requested"], 0);
        assert_eq!(seen["blocked"], serde_json::json!([]));
        // Filter.
        assert_eq!(seen["tools"], true);
        assert_eq!(seen["all"], 7);
        assert_eq!(seen["openAtFirst"], 2);
        assert_eq!(seen["filtered"], serde_json::json!(["roles/last/refused"]));
        assert_eq!(seen["said"], "1 of 7 checks shown");
        assert_eq!(seen["none"], 0);
        assert_eq!(seen["nothingSaid"], true);
        assert_eq!(seen["withoutPassed"], 6);
        // Expand and collapse.
        assert_eq!(seen["expanded"], 6);
        assert_eq!(seen["collapsed"], 0);
        assert_eq!(seen["revealed"], true);
        assert_eq!(seen["focused"], true);
        // Layout.
        assert_eq!(seen["overflow"], 0, "{width}");
        assert_eq!(seen["brokenWords"], 0, "{width}");
        assert_eq!(seen["narrowCells"], 0, "{width}");
        // Copy.
        assert_eq!(seen["copied"], seen["commandShown"]);
        assert!(
            seen["copied"].as_str().is_some_and(|text| text.starts_with("curl -i ")),
            "{seen:#}"
        );
        assert_eq!(seen["copyLabel"], "Copied");
        // Themes.
        assert_eq!(seen["light"], "rgb(255, 255, 255)");
        assert_eq!(seen["dark"], "rgb(17, 20, 24)");
        assert_eq!(seen["theme"], "Theme: system");
        // Usable by whoever can't see or is on a small screen.
        assert_eq!(seen["wider"], 0, "the page is wider than {width} pixels");
        assert_eq!(seen["unnamed"], 0);
        assert_eq!(seen["repeatedIds"], serde_json::json!([]));
        assert_eq!(seen["deadLinks"], serde_json::json!([]));
    }
}

/// What the driver wrote down. It is added to a copy of the page, whose policy has to allow it.
fn drive(browser: &Path, page: &str, (width, height): (u32, u32)) -> Value {
    let hash = BASE64_STANDARD.encode(Sha256::digest(DRIVER));
    let page = page.replacen("script-src '", &format!("script-src 'sha256-{hash}' '"), 1).replacen(
        "</body>",
        &format!("<script>{DRIVER}</script></body>"),
        1,
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.html");
    std::fs::write(&path, page).expect("the page");
    let dom = folder.path().join("dom.html");
    let mut child = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("--window-size={width},{height}"))
        .args(["--virtual-time-budget=10000", "--dump-dom"])
        .arg(format!("file://{}", path.display()))
        .stdout(std::fs::File::create(&dom).expect("a file"))
        .stderr(Stdio::null())
        .spawn()
        .expect("the browser starts");
    let started = Instant::now();
    while child.try_wait().expect("a process").is_none() {
        if started.elapsed() > TIME_LIMIT {
            child.kill().expect("the browser ends");
            panic!("the browser did not end within {TIME_LIMIT:?}");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let dom = std::fs::read_to_string(&dom).expect("the page as it became");
    let from = dom.find("<pre id=\"driven\">").expect("the driver ran to its end") + 17;
    let text = &dom[from..from + dom[from..].find("</pre>").expect("an end")];
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    serde_json::from_str(&text).expect("what the driver wrote")
}

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// A browser that is installed, or the one that `CHROMIUM` names.
pub(crate) fn browser() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Some(PathBuf::from(path));
    }
    let path = std::env::var_os("PATH")?;
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    NAMES
        .iter()
        .find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file()))
}
