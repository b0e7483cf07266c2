//! What a run does first, and how much it tries, where each request takes long.

use std::time::Duration;

use atlas_engine::session::pace::Pace;

use crate::checks::Check;

/// The checks that send most, one request after the other. They begin first, since a run is as long
/// as the longest of its checks where many are at work at once.
const LONG: [&str; 12] = [
    "roles/race/last-roles",
    "roles/removal/other-project",
    "roles/absent/answered",
    "query/envelope/success",
    "request/unknown/user",
    "query/pretty/same-value",
    "request/body/odd",
    "roles/absent/exact-name",
    "auth/sweeps/challenge",
    "roles/removal/down-to-one",
    "request/role-names/unknown",
    "roles/removal/replace-only-role",
];

/// The checks that send most, whose cases run side by side: they fill what others leave free.
const DIVISIBLE: [&str; 6] = [
    "roles/last/everywhere",
    "auth/rejected/used-connection",
    "auth/rejected/wrong-digest",
    "auth/rejected/required",
    "auth/permission/refused",
    "roles/combination/covered",
];

/// The selected checks in the order in which they begin.
pub(super) fn in_order(selected: &[&'static Check], pace: Pace) -> Vec<&'static Check> {
    let mut checks = selected.to_vec();
    if pace.slow {
        let among = |ids: &[&str], id| ids.iter().position(|known| *known == id);
        checks.sort_by_key(|check| {
            let first = among(&LONG, check.id).unwrap_or(LONG.len());
            (first, among(&DIVISIBLE, check.id))
        });
    }
    checks
}

/// Where each request takes long a run is frugal: about how many requests it sends with so many cases,
/// and how many of them its longest check.
const REQUESTS: [(u32, u32, u32); 4] =
    [(6, 3_600, 350), (3, 2_600, 220), (2, 2_300, 180), (1, 2_000, 140)];

/// The number of cases, at most `most`, with which a run fits into the time.
pub(super) fn cases_to_fit(most: u32, time: Duration, pace: Pace) -> u32 {
    if !pace.slow {
        return most;
    }
    let fits = |(_, all, longest): &(u32, u32, u32)| {
        let at_once = u32::try_from(pace.checks).unwrap_or(u32::MAX).max(1);
        pace.latency * (all / at_once).max(*longest) < time
    };
    let fitting = REQUESTS.iter().filter(|(cases, ..)| *cases <= most).find(|row| fits(row));
    fitting.map_or(1, |(cases, ..)| *cases)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use atlas_engine::session::pace::Pace;

    use super::{DIVISIBLE, LONG, cases_to_fit};
    use crate::checks;

    #[test]
    fn the_long_checks_are_checks() {
        for id in LONG.iter().chain(&DIVISIBLE) {
            assert!(checks::all().any(|check| check.id == *id), "{id}");
        }
    }

    #[test]
    fn the_slower_a_target_is_the_fewer_cases_are_tried() {
        let cases = |millis, checks| {
            let latency = Duration::from_millis(millis);
            let pace = Pace { latency, checks, slow: millis >= 20 };
            cases_to_fit(32, Duration::from_secs(45), pace)
        };
        assert_eq!(cases(1, 4), 32);
        assert_eq!(cases(50, 21), 6);
        assert_eq!(cases(100, 21), 6);
        assert_eq!(cases(150, 21), 3);
        assert_eq!(cases(1000, 1), 1);
    }
}
