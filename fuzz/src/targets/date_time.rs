//! Date-times in UTC, held against RFC 3339 and the lengths of months.

use std::sync::LazyLock;

use atlas_engine::judge::format::{check, is_email, utc_date_time};
use regex::Regex;

use super::Target;

/// String formats of the contract.
pub static TARGET: Target = Target {
    name: "date_time",
    run,
    seeds,
    words: &[
        "Z", "T", "+00:00", "-00:00", "23", "59", "60", "02", "29", "30", "31", "0000", "9999",
    ],
    is_json: false,
};

static UTC: LazyLock<Regex> = LazyLock::new(|| {
    let date = "([0-9]{4})-([0-9]{2})-([0-9]{2})";
    let time = r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?";
    Regex::new(&format!(r"\A{date}[Tt]{time}(?:[Zz]|[+-]00:00)\z")).expect("a pattern")
});

fn seeds() -> Vec<String> {
    [
        "2026-11-24T11:09:43Z",
        "2024-02-29T23:59:59.123456789Z",
        "2016-12-31T23:59:60Z",
        "1900-02-29t00:00:00z",
        "0001-01-01T00:00:00+00:00",
        "9999-12-31T23:59:59.9-00:00",
        "2026-01-01T00:00:00.1234567890123Z",
        "a@example.com",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let read = utc_date_time(text);
    let parts = read.map(|read| {
        let date = [read.year(), read.month().into(), read.day().into()];
        let time = [read.hour().into(), read.minute().into(), read.second().into()];
        [date, time].concat()
    });
    assert_eq!(parts, of_the_calendar(text), "{text:?}");
    assert_eq!(check("date-time", text).is_ok(), read.is_some());
    assert_eq!(check("email", text).is_ok(), is_email(text));
    assert_eq!(check("unheard of", text), Ok(()));
}

/// Year to second of a date-time that is one; a leap second counts as the one before it.
fn of_the_calendar(text: &str) -> Option<Vec<i16>> {
    let found = UTC.captures(text)?;
    let number = |index: usize| found[index].parse::<i16>().ok();
    let (year, month, day) = (number(1)?, number(2)?, number(3)?);
    let (hour, minute, second) = (number(4)?, number(5)?, number(6)?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i16::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let is_one = (1..=12).contains(&month)
        && (1..=length).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    is_one.then(|| vec![year, month, day, hour, minute, second.min(59)])
}
