//! The service: who is asking, where is it kept, what time is it?

pub mod app;
pub mod calendar;
pub mod capability;
pub mod clock;
pub mod command;
pub mod contact;
pub mod hosting;
pub mod lane;
pub mod ledger;
pub mod read_models;
pub mod serve;
pub mod unit;
pub mod vault;
pub mod web;
