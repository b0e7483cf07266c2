//! Exchanges in full, for the HAR report: those that show a failure, or all of a run up to a limit.

use std::collections::HashMap;
use std::rc::Rc;

use crate::report::time::timestamp;
use atlas_engine::evidence::{Redactor, Shown, shown_whole};
use atlas_engine::exchange::Exchange;
use atlas_engine::run::report::RunReport;

/// The maximum number of bytes of the kept exchanges.
const ROOM: usize = 64 * 1024 * 1024;

/// Exchanges kept as they come.
#[derive(Debug, Default)]
pub struct Recording {
    kept: Vec<Rc<Exchange>>,
    bytes: usize,
    left_out: u64,
}

impl Recording {
    /// Keeps an exchange while there is room.
    pub fn keep(&mut self, exchange: &Rc<Exchange>) {
        self.bytes = self.bytes.saturating_add(weight(exchange));
        if self.bytes <= ROOM {
            self.kept.push(Rc::clone(exchange));
        } else {
            self.left_out += 1;
        }
    }
}

fn weight(exchange: &Exchange) -> usize {
    let headers = |headers: &[(String, Vec<u8>)]| -> usize {
        headers.iter().map(|(name, value)| name.len() + value.len()).sum()
    };
    let request = &exchange.request;
    let response = exchange.outcome.as_ref().ok();
    let response =
        response.map_or(0, |response| headers(&response.headers) + response.body().len());
    request.target.len() + headers(&request.headers) + request.body.len() + response
}

#[derive(Debug, Clone, Default)]
pub struct Log {
    /// Each once, in the order of sending.
    pub exchanges: Vec<Logged>,
    /// The number of exchanges that were left out for lack of room.
    pub left_out: u64,
}

/// One exchange in full.
#[derive(Debug, Clone)]
pub struct Logged {
    /// The time of sending, in RFC 3339 format.
    pub started: String,
    /// Its duration, in microseconds.
    pub duration_us: u64,
    /// The request and the response.
    pub shown: Shown,
    /// The checks that it fails, and the clauses that it breaks.
    pub breaks: Vec<Breach>,
}

/// Exchanges, each once, in the order in which they were met.
#[derive(Default)]
struct Each<'a> {
    all: Vec<(&'a Exchange, Vec<Breach>)>,
    places: HashMap<*const Exchange, usize>,
}

/// A check and the clause that it found broken.
pub type Breach = (&'static str, &'static str);

impl<'a> Each<'a> {
    fn breaches_of(&mut self, exchange: &'a Rc<Exchange>) -> &mut Vec<Breach> {
        let place = *self.places.entry(Rc::as_ptr(exchange)).or_insert(self.all.len());
        if place == self.all.len() {
            self.all.push((exchange, Vec::new()));
        }
        &mut self.all[place].1
    }
}

/// The kept exchanges and those that show a violation, each once, in the order of sending.
pub fn log(run: &RunReport, recording: &Recording, redactor: &Redactor) -> Log {
    let mut exchanges = Each::default();
    for exchange in &recording.kept {
        exchanges.breaches_of(exchange);
    }
    for check in &run.checks {
        for violation in &check.violations {
            for exchange in &violation.exchanges {
                let breaks = exchanges.breaches_of(exchange);
                let breach = (check.check.id, violation.clause.slug());
                if !breaks.contains(&breach) {
                    breaks.push(breach);
                }
            }
        }
    }
    let mut exchanges = exchanges.all;
    exchanges.sort_by_key(|(exchange, _)| exchange.started);
    let exchanges = exchanges
        .into_iter()
        .map(|(exchange, breaks)| Logged {
            started: timestamp(run.started.time + run.started.until(exchange.started)),
            duration_us: u64::try_from(exchange.duration.as_micros()).unwrap_or(u64::MAX),
            shown: shown_whole(exchange, &run.origin, redactor),
            breaks,
        })
        .collect();
    Log { exchanges, left_out: recording.left_out }
}
