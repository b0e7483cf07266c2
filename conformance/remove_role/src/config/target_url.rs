//! The URL of a target, as people write it.

use url::Url;

use super::{Config, InvalidConfig};

/// The path that every request of Atlas begins with.
const API: &str = "/api/atlas/v2";

impl Config {
    /// Checks that the target is a URL that requests can be sent to as it stands.
    ///
    /// # Errors
    /// When it is none, or has a part that is no part of a target.
    pub fn check_target(&self) -> Result<(), InvalidConfig> {
        let Some(target) = &self.target else { return Ok(()) };
        let wrong =
            |expected: &str| Err(InvalidConfig::invalid("target", expected, without_user(target)));
        let Some(url) = target.parse::<Url>().ok().filter(|url| url.host_str().is_some()) else {
            return wrong("a URL like http://localhost:8080");
        };
        if !matches!(url.scheme(), "http" | "https") {
            return wrong("a URL with http:// or https://");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return wrong("a URL without user name and password, which go into [credentials]");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return wrong("a URL without query and fragment");
        }
        let path = url.path().trim_end_matches('/');
        if path.ends_with(API) {
            return wrong(&format!("the URL without {API}, which every request adds"));
        }
        Ok(())
    }
}

/// The text without what stands before an `@` of its host.
fn without_user(target: &str) -> String {
    let start = target.find("://").map_or(0, |at| at + 3);
    let end = target[start..].find(['/', '?', '#']).map_or(target.len(), |at| start + at);
    match target[start..end].rfind('@') {
        Some(at) => format!("{}{}", &target[..start], &target[start + at + 1..]),
        None => target.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn said(target: &str) -> String {
        let config = Config { target: Some(target.to_owned()), ..Config::default() };
        config.check_target().err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn targets_as_people_write_them() {
        for good in [
            "http://localhost:8080",
            "https://mock.example/base/",
            "http://[::1]:8080",
            "http://127.0.0.1:8080/api",
        ] {
            assert_eq!(said(good), "", "{good}");
        }
        for (bad, expected) in [
            ("localhost:8080", "like http://localhost:8080, got `localhost:8080`"),
            ("127.0.0.1:8080", "like http://localhost:8080"),
            ("myhost", "like http://localhost:8080"),
            ("::1", "like http://localhost:8080"),
            ("[::1]:8080", "like http://localhost:8080"),
            ("ftp://127.0.0.1", "http:// or https://"),
            ("file:///etc/passwd", "like http://localhost:8080"),
            ("http://127.0.0.1:8080/?x=1", "without query and fragment"),
            ("http://127.0.0.1:8080/#f", "without query and fragment"),
            ("http://127.0.0.1:8080/api/atlas/v2/", "without /api/atlas/v2"),
        ] {
            let said = said(bad);
            assert!(said.contains(expected), "{bad}: {said}");
            assert!(said.ends_with(&format!("got `{bad}`")), "{said}");
        }
    }

    #[test]
    fn a_password_is_not_repeated() {
        let long = format!("http://me:{}@127.0.0.1:8080/x", "s3cret".repeat(100));
        let short = "me:s3cret@127.0.0.1:8080";
        for target in [long.as_str(), "https://me:a@s3cret@127.0.0.1", short] {
            let said = said(target);
            assert!(said.contains("expected a URL"), "{said}");
            assert!(!said.contains("s3cret"), "{said}");
        }
    }
}
