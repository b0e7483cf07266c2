#![no_main]
//! `cargo fuzz run configuration`

atlas_fuzz::guided!(configuration);
