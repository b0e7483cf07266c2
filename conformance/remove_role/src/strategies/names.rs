//! Names that are not project roles.

use proptest::collection::vec;
use proptest::prelude::*;

/// A fixed list of odd names.
pub fn odd_names() -> Vec<String> {
    let mut names: Vec<String> = [
        "",
        " ",
        "GROUP_",
        "GROUP_NO_SUCH_ROLE",
        "ORG_OWNER",
        "ORG_MEMBER",
        "ORG_READ_ONLY",
        "GLOBAL_OWNER",
        "owner",
        "admin",
        "null",
        "true",
        "0",
        "-1",
        "Project Owner",
        "R\u{f6}le",
        "\u{89d2}\u{8272}",
        "\u{1f600}",
        "\u{202e}RENWO_PUORG",
        "\u{0}",
        "\u{1}\u{7f}",
        "\r\nX-Injected: 1",
        "\u{feff}",
        "\u{fffd}",
        "e\u{301}",
        "../../etc/passwd",
        "' OR '1'='1",
        "\"; DROP TABLE users; --",
        "{\"$ne\":null}",
        "$where",
        "<script>alert(1)</script>",
        "%s%s%s%n",
        "${jndi:ldap://x}",
        "{{7*7}}",
        "__proto__",
        "constructor",
        "toString",
        "\\",
        "\"",
    ]
    .map(str::to_owned)
    .to_vec();
    names.extend([
        "x".repeat(64),
        "x".repeat(255),
        "x".repeat(256),
        "GROUP_".repeat(200),
        "\u{e4}".repeat(500),
    ]);
    names.extend(["x".repeat(5000)]);
    names
}

/// Any name: role-like, of any letters, of any length.
pub fn any_name() -> impl Strategy<Value = String> {
    let role_like =
        vec(prop::sample::select("ABCDEFGHIJKLMNOPQRSTUVWXYZ_".chars().collect::<Vec<_>>()), 0..40);
    prop_oneof![
        role_like.clone().prop_map(|chars| format!("GROUP_{}", String::from_iter(chars))),
        role_like.prop_map(String::from_iter),
        vec(any::<char>(), 0..60).prop_map(String::from_iter),
        (any::<char>(), 1..400_usize).prop_map(|(c, count)| c.to_string().repeat(count)),
    ]
}
