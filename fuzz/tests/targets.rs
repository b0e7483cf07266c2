//! Every target with its corpus, its honest inputs, and what is made of them: a test per target.
//!
//! `ATLAS_FUZZ_SECONDS=60` tries each for that long instead of a few hundred times, from a seed that
//! is printed; `ATLAS_FUZZ_SEED` repeats one.

use std::env;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};

use atlas_fuzz::corpus;
use atlas_fuzz::targets::{TARGETS, Target};
use libtest_mimic::{Arguments, Failed, Trial};

/// How many inputs an ordinary run of the tests makes for each target.
const FEW: u64 = 150;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = TARGETS.map(|target| Trial::test(target.name, || tried(target)));
    libtest_mimic::run(&arguments, trials.into()).exit_code()
}

fn tried(target: &'static Target) -> Result<(), Failed> {
    let kept = corpus::of(target.name);
    for (name, input) in &kept {
        holds(target, input).map_err(|reason| {
            format!("{}/{name}: {reason}", corpus::folder(target.name).display())
        })?;
    }
    let honest = target.inputs();
    if honest.is_empty() {
        return Err(format!("{} has no honest input to begin with", target.name).into());
    }
    let seconds = number("ATLAS_FUZZ_SECONDS");
    let seed = number("ATLAS_FUZZ_SEED").unwrap_or_else(|| match seconds {
        Some(_) => SystemTime::UNIX_EPOCH.elapsed().map_or(0, |now| now.as_secs()),
        None => 0,
    });
    let began = Instant::now();
    let at_first = spent(began);
    let goes_on = |count: u64| match seconds {
        Some(seconds) => began.elapsed() < Duration::from_secs(seconds),
        None => count < FEW,
    };
    let mut random = fastrand::Rng::with_seed(seed);
    let (mut count, mut slowest) = (0, Duration::ZERO);
    // An abort, as of an overflown stack, leaves the input that it came from.
    let current = folder(target).join("current");
    while goes_on(count) {
        let input = match honest.get(usize::try_from(count).unwrap_or(usize::MAX)) {
            Some(honest) => honest.clone(),
            None => {
                let from = &honest[random.usize(..honest.len())];
                let mut input = from.clone();
                for _ in 0..=random.usize(..3) {
                    input = target.mutate(&input, &mut random, &honest);
                }
                input
            }
        };
        fs::write(&current, &input)?;
        let before = spent(began);
        if let Err(reason) = holds(target, &input) {
            let kept = folder(target).join(format!("crash-{seed}-{count}"));
            fs::rename(&current, &kept)?;
            return Err(format!(
                "{reason}\nthe input: {}\nmend it, and keep the input in {}",
                kept.display(),
                corpus::folder(target.name).display()
            )
            .into());
        }
        let taken = spent(began).saturating_sub(before);
        if taken > slowest {
            slowest = taken;
            fs::copy(&current, folder(target).join("slowest"))?;
        }
        count += 1;
    }
    fs::remove_file(&current)?;
    if seconds.is_some() {
        let name = target.name;
        let spent = spent(began).saturating_sub(at_first).as_secs();
        report(&format!(
            "{name:14} {count:>9} inputs in {spent:>4} s of a processor, the slowest {slowest:.1?}, seed {seed}"
        ));
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the figures of a long run are what it is for")]
fn report(line: &str) {
    println!("{line}");
}

/// What this thread has had of a processor, since on a busy machine the clock tells of others; where
/// the system does not say, the clock.
fn spent(began: Instant) -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| began.elapsed(), Duration::from_nanos)
}

/// The reason why the property does not hold, if it does not.
fn holds(target: &Target, input: &[u8]) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| (target.run)(input))).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        text.unwrap_or("a panic without a message").to_owned()
    })
}

fn folder(target: &Target) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz").join(target.name);
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    folder
}

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok().filter(|text| !text.is_empty())?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable}: expected a number, got {text}")))
}
