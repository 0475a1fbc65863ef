//! Staff: who gets in and how, who works where, and what facts remember of them.

mod actors;
mod browser;
mod mine;
mod people;
mod signing_in;
mod tokens;
