//! Texts of the suite, in which names stand between back-ticks.

use crate::report::markup::Markup;

/// A text with what stands between back-ticks as code. Where one has no partner, it stays.
pub(super) fn prose(page: &mut Markup, text: &str) {
    let parts: Vec<_> = text.split('`').collect();
    if parts.len() % 2 == 0 {
        page.text(text);
        return;
    }
    for (at, part) in parts.iter().enumerate() {
        if at % 2 == 0 {
            page.text(part);
        } else {
            page.leaf("code", &[], part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::prose;
    use crate::report::markup::Markup;

    fn written(text: &str) -> String {
        let mut page = Markup::default();
        prose(&mut page, text);
        page.finish()
    }

    #[test]
    fn names_between_back_ticks_are_code_and_a_lone_one_stays() {
        assert_eq!(written("`roles` is <one>"), "<code>roles</code> is &lt;one&gt;");
        assert_eq!(written("a ` b"), "a ` b");
        assert_eq!(written("plain"), "plain");
    }
}
