//! What is tried with hostile input, and how that input is made.
//!
//! A target is a function of bytes that panics where a property does not hold. Its inputs are the
//! texts that people and servers write, so that the file of a finding can be read, and can become a
//! fixture. They are made of honest ones: a mutation knows lines, words and JSON. Without coverage
//! `cargo test` tries them, with coverage cargo-fuzz does.

pub mod corpus;
pub mod mutation;
pub mod targets;

#[cfg(feature = "libfuzzer")]
pub use libfuzzer_sys;

/// The entry of a binary that libFuzzer drives: one target by its name.
#[cfg(feature = "libfuzzer")]
#[macro_export]
macro_rules! guided {
    ($name:ident) => {
        use $crate::libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

        fuzz_target!(|data: &[u8]| ($crate::targets::$name::TARGET.run)(data));

        fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
            // Half of the inputs are left to libFuzzer, which knows what was compared with what.
            if seed % 2 == 0 {
                return fuzzer_mutate(data, size, max_size);
            }
            let changed = $crate::targets::$name::TARGET.mutated(&data[..size], seed.into());
            let length = changed.len().min(max_size).min(data.len());
            data[..length].copy_from_slice(&changed[..length]);
            length
        });
    };
}
