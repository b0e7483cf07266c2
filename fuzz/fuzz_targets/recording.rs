#![no_main]
//! `cargo fuzz run recording`

atlas_fuzz::guided!(recording);
