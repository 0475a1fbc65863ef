#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cartwheel::fuzzing::fact(bytes));
