//! What reports are made from: traffic in a bounded space, and where two texts differ.

use std::time::Duration;

use atlas_conformance::report::difference::{From, Piece, lines, merged, words};
use atlas_engine::run::clock::RunClock;
use atlas_engine::traffic::Traffic;

use crate::sample_run;

#[test]
fn traffic_takes_a_bounded_space_and_loses_no_exchange() {
    let started = RunClock::start();
    let mut traffic = Traffic::default();
    let mut exchange = sample_run::exchange(started, "GROUP_OWNER", 200, "");
    for number in 1..=100_000_u64 {
        exchange.duration = Duration::from_micros(number);
        traffic.record(Duration::from_millis(number * 7), &exchange);
    }
    assert!((48..=96).contains(&traffic.slots().len()), "{}", traffic.slots().len());
    assert_eq!(traffic.slots().iter().map(|slot| slot.count()).sum::<u64>(), 100_000);
    assert_eq!(traffic.statuses()[&Some(200)], 100_000);
    let run = traffic.slot_length() * u32::try_from(traffic.slots().len()).expect("few");
    assert!(run >= Duration::from_secs(700), "{run:?}");
    let latencies = traffic.latencies();
    assert_eq!(latencies.least(), Some(Duration::from_micros(1)));
    assert_eq!(latencies.most(), Some(Duration::from_millis(100)));
    for (percent, exact) in [(50, 50_000.0), (95, 95_000.0), (99, 99_000.0)] {
        let told = latencies.percentile(percent).expect("exchanges").as_micros() as f64;
        assert!((told / exact - 1.0).abs() < 0.13, "{percent} %: {told} for {exact}");
    }
}

#[test]
fn an_empty_run_has_no_latency() {
    assert_eq!(Traffic::default().latencies().percentile(50), None);
    assert!(Traffic::default().slots().is_empty());
}

#[test]
fn differences_are_marked_word_by_word_and_line_by_line() {
    let alone = |pieces: &[Piece<'_>]| -> Vec<String> {
        pieces
            .iter()
            .filter(|piece| !piece.shared)
            .map(|piece| piece.text.trim().to_owned())
            .collect()
    };
    let (left, right) = words("roles: GROUP_OWNER, GROUP_READ_ONLY", "roles: GROUP_READ_ONLY");
    assert_eq!(alone(&left).concat(), "GROUP_OWNER,");
    assert!(alone(&right).is_empty(), "{right:?}");
    let (left, right) = lines("{\n  \"a\": 1,\n  \"b\": 2\n}", "{\n  \"a\": 1\n}");
    assert_eq!(alone(&left), ["\"b\": 2"]);
    assert!(alone(&right).is_empty(), "{right:?}");
    let both = merged("{\n  1,\n  2\n}", "{\n  1,\n  3\n}");
    let told: Vec<_> = both.iter().map(|(from, text)| (*from, text.trim())).collect();
    assert_eq!(
        told,
        [
            (From::Both, "{"),
            (From::Both, "1,"),
            (From::Left, "2"),
            (From::Right, "3"),
            (From::Both, "}")
        ]
    );
    let whole: String = left.iter().map(|piece| piece.text).collect();
    assert_eq!(whole, "{\n  \"a\": 1,\n  \"b\": 2\n}", "nothing is lost");
}
