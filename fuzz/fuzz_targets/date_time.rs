#![no_main]
//! `cargo fuzz run date_time`

atlas_fuzz::guided!(date_time);
