#![no_main]
//! `cargo fuzz run client`

atlas_fuzz::guided!(client);
