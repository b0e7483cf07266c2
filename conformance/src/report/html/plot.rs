//! Latencies and statuses over the run, as SVG that stretches with the page. The labels are text
//! outside the SVG, so that they stay legible at any width.

use crate::report::document::Document;
use crate::report::markup::Markup;
use crate::report::traffic::{LatencyEntry, SlotEntry, StatusCount, TrafficEntry};
use crate::report::wording::{counted, grouped};

/// The height of the plot of latencies, in its own units.
const HEIGHT: f64 = 100.0;

/// Classes of statuses, stacked from below: the index in a slot, the label and the style.
const CLASSES: [(usize, &str, &str); 6] = [
    (2, "2xx", "ok"),
    (3, "3xx", "odd"),
    (1, "1xx", "odd"),
    (4, "4xx", "refused"),
    (5, "5xx", "broken"),
    (0, "no answer", "silent"),
];

/// The style of a status, 0 for no answer.
pub(super) fn status_class(status: u16) -> &'static str {
    let class = usize::from(status / 100);
    CLASSES.iter().find(|(known, ..)| *known == class).map_or("odd", |known| known.2)
}

pub(super) fn part(page: &mut Markup, document: &Document) {
    let traffic = &document.traffic;
    page.element("section", &[("id", "traffic"), ("aria-labelledby", "traffic-title")], |page| {
        page.leaf("h2", &[("id", "traffic-title")], "Traffic");
        let Some(latency) = traffic.latency else {
            page.leaf("p", &[("class", "about")], "Nothing was sent.");
            return;
        };
        page.leaf("p", &[("class", "about")], &sentence(&latency));
        let scale = Scale::of(traffic);
        page.element("figure", &[("class", "plot")], |page| {
            latencies(page, traffic, scale);
            statuses(page, traffic);
            times(page, traffic);
            page.element("figcaption", &[], |page| legend(page, traffic));
        });
        figures(page, traffic);
    })
    .line();
}

fn sentence(latency: &LatencyEntry) -> String {
    format!(
        "Half of the answers came within {}, 95 of 100 within {}, 99 of 100 within {}, the slowest after {}.",
        time(latency.p50_us),
        time(latency.p95_us),
        time(latency.p99_us),
        time(latency.most_us)
    )
}

/// The powers of ten, in microseconds, that enclose all latencies.
#[derive(Debug, Clone, Copy)]
struct Scale {
    from: u32,
    to: u32,
}

impl Scale {
    fn of(traffic: &TrafficEntry) -> Self {
        let latencies = || traffic.slots.iter().filter_map(|slot| slot.latency);
        let least = latencies().map(|latency| latency.least_us).min().unwrap_or(1).max(1);
        let most = latencies().map(|latency| latency.most_us).max().unwrap_or(1).max(1);
        let from = least.ilog10();
        Self { from, to: (most.ilog10() + 1).max(from + 1) }
    }

    /// The distance from the top, in the units of the plot.
    fn y(self, micros: u64) -> f64 {
        let place = (micros.max(1) as f64).log10() - f64::from(self.from);
        HEIGHT * (1.0 - (place / f64::from(self.to - self.from)).clamp(0.0, 1.0))
    }
}

fn latencies(page: &mut Markup, traffic: &TrafficEntry, scale: Scale) {
    page.element("div", &[("class", "axis"), ("aria-hidden", "true")], |page| {
        for power in (scale.from..=scale.to).rev() {
            page.leaf("span", &[], &time(10_u64.pow(power)));
        }
    });
    let view = format!("0 0 {} {HEIGHT}", traffic.slots.len());
    let attributes = [
        ("class", "latencies"),
        ("viewBox", view.as_str()),
        ("preserveAspectRatio", "none"),
        ("role", "img"),
        (
            "aria-label",
            "Latency over the run, on a logarithmic scale; the figures are in the table below",
        ),
    ];
    page.element("svg", &attributes, |page| {
        for power in scale.from..=scale.to {
            let y = number(scale.y(10_u64.pow(power)));
            let path = format!("M0 {y}H{}", traffic.slots.len());
            page.element("path", &[("class", "grid"), ("d", &path)], |_| {});
        }
        for (at, slot) in traffic.slots.iter().enumerate() {
            let Some(latency) = slot.latency else { continue };
            page.element("g", &[("class", "slot")], |page| {
                page.leaf("title", &[], &shown_text(at, slot, &latency, traffic.slot_us));
                bar(page, "hit", at, 1.0, (0.0, HEIGHT));
                bar(page, "all", at, 0.3, (scale.y(latency.most_us), scale.y(latency.least_us)));
                bar(page, "most", at, 0.7, (scale.y(latency.p95_us), scale.y(latency.p50_us)));
                let half = scale.y(latency.p50_us);
                bar(page, "half", at, 0.7, (half - 0.8, half + 0.8));
            });
        }
    });
}

/// A bar in the middle of a slot.
fn bar(page: &mut Markup, class: &str, slot: usize, width: f64, (top, bottom): (f64, f64)) {
    let x = number(slot as f64 + (1.0 - width) / 2.0);
    page.element(
        "rect",
        &[
            ("class", class),
            ("x", &x),
            ("y", &number(top)),
            ("width", &number(width)),
            // A bar without height would be invisible.
            ("height", &number((bottom - top).max(0.8))),
        ],
        |_| {},
    );
}

fn statuses(page: &mut Markup, traffic: &TrafficEntry) {
    let most = traffic.slots.iter().map(count).max().unwrap_or(1).max(1);
    page.element("div", &[("class", "axis"), ("aria-hidden", "true")], |page| {
        page.leaf("span", &[], &grouped(most)).leaf("span", &[], "0");
    });
    let view = format!("0 0 {} {HEIGHT}", traffic.slots.len());
    let attributes = [
        ("class", "statuses"),
        ("viewBox", view.as_str()),
        ("preserveAspectRatio", "none"),
        ("role", "img"),
        (
            "aria-label",
            "How many answers of each class of statuses came over the run; the figures are in the table below",
        ),
    ];
    page.element("svg", &attributes, |page| {
        for (at, slot) in traffic.slots.iter().enumerate() {
            let mut below = 0;
            for (class, _, style) in CLASSES {
                let (from, to) = (below, below + slot.classes[class]);
                below = to;
                if from < to {
                    let y = |count: u64| HEIGHT * (1.0 - count as f64 / most as f64);
                    bar(page, style, at, 0.86, (y(to), y(from)));
                }
            }
        }
    });
}

fn times(page: &mut Markup, traffic: &TrafficEntry) {
    let end = traffic.slot_us * traffic.slots.len() as u64;
    page.element("div", &[("class", "times"), ("aria-hidden", "true")], |page| {
        for quarter in 0..=4 {
            page.leaf("span", &[], &time(end * quarter / 4));
        }
    });
}

fn legend(page: &mut Markup, traffic: &TrafficEntry) {
    page.element("ul", &[("class", "legend")], |page| {
        for (style, words) in
            [("half", "half of the answers"), ("most", "95 of 100"), ("all", "fastest to slowest")]
        {
            page.element("li", &[], |page| {
                key(page, style);
                page.text(words);
            });
        }
    });
    page.element("ul", &[("class", "legend")], |page| {
        // The plot has a colour for each class, and so has its legend.
        for (class, _, style) in CLASSES {
            let of_class = |count: &&StatusCount| usize::from(count.status / 100) == class;
            let counts: Vec<_> = traffic.statuses.iter().filter(of_class).collect();
            if counts.is_empty() {
                continue;
            }
            page.element("li", &[], |page| {
                key(page, style);
                for count in counts {
                    let words = match count.status {
                        0 => "no answer".to_owned(),
                        status => status.to_string(),
                    };
                    page.leaf("b", &[], &words).text(" ").text(&grouped(count.count)).text(" ");
                }
            });
        }
    });
}

fn key(page: &mut Markup, style: &str) {
    page.element(
        "svg",
        &[("class", "key"), ("viewBox", "0 0 1 1"), ("aria-hidden", "true")],
        |page| {
            page.element("rect", &[("class", style), ("width", "1"), ("height", "1")], |_| {});
        },
    );
}

/// The same data as a table, for readers who can't see the plot.
fn figures(page: &mut Markup, traffic: &TrafficEntry) {
    page.element("details", &[("class", "figures")], |page| {
        let summary = format!("The figures, in slots of {}", time(traffic.slot_us));
        page.leaf("summary", &[], &summary);
        page.element(
            "div",
            &[("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", &summary)],
            |page| {
                page.element("table", &[], |page| {
                    page.element("thead", &[], |page| {
                        page.element("tr", &[], |page| {
                            for name in ["from", "half within", "95 % within", "slowest"] {
                                page.leaf("th", &[("scope", "col")], name);
                            }
                            for (_, words, _) in CLASSES {
                                page.leaf("th", &[("scope", "col")], words);
                            }
                        });
                    });
                    page.element("tbody", &[], |page| {
                        for (at, slot) in traffic.slots.iter().enumerate() {
                            let Some(latency) = slot.latency else { continue };
                            page.element("tr", &[], |page| {
                                page.leaf(
                                    "th",
                                    &[("scope", "row")],
                                    &time(traffic.slot_us * at as u64),
                                );
                                for micros in [latency.p50_us, latency.p95_us, latency.most_us] {
                                    page.leaf("td", &[], &time(micros));
                                }
                                for (class, ..) in CLASSES {
                                    page.leaf("td", &[], &grouped(slot.classes[class]));
                                }
                            });
                        }
                    });
                });
            },
        );
    });
}

fn count(slot: &SlotEntry) -> u64 {
    slot.classes.iter().sum()
}

fn shown_text(at: usize, slot: &SlotEntry, latency: &LatencyEntry, slot_us: u64) -> String {
    let classes: Vec<_> = CLASSES
        .iter()
        .filter(|(class, ..)| slot.classes[*class] > 0)
        .map(|(class, words, _)| format!("{} × {words}", grouped(slot.classes[*class])))
        .collect();
    let exchanges = counted(usize::try_from(count(slot)).unwrap_or(usize::MAX), "exchange");
    format!(
        "from {}: {exchanges}\nhalf within {}, slowest {}\n{}",
        time(slot_us * at as u64),
        time(latency.p50_us),
        time(latency.most_us),
        classes.join(", ")
    )
}

/// A duration with two or three digits.
fn time(micros: u64) -> String {
    match micros {
        0 => "0".to_owned(),
        1..1000 => format!("{micros} µs"),
        1000..10_000 => short(micros as f64 / 1000.0, 1, "ms"),
        10_000..1_000_000 => short(micros as f64 / 1000.0, 0, "ms"),
        1_000_000..120_000_000 => short(micros as f64 / 1_000_000.0, 1, "s"),
        _ => short(micros as f64 / 60_000_000.0, 1, "min"),
    }
}

fn short(value: f64, digits: usize, unit: &str) -> String {
    let text = format!("{value:.digits$}");
    format!("{} {unit}", text.strip_suffix(".0").unwrap_or(&text))
}

fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
