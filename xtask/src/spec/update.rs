//! `cargo xtask spec update`.
use std::io::Write;
use std::process::ExitCode;
use super::args::UpdateArgs;
pub(super) fn run(args: &UpdateArgs, _out: &mut dyn Write) -> Result<ExitCode, String> {
    let _ = (&args.from, args.dry_run, args.no_test, &args.spec_dir, &args.out_dir);
    Err("not yet".into())
}
