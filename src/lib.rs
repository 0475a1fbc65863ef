#![doc = include_str!("ARCHITECTURE.md")]

pub mod app;
pub mod calendar;
pub mod capability;
pub mod cli;
pub mod clock;
pub mod command;
pub mod contact;
pub mod demonstration;
pub mod hosting;
pub mod lane;
pub mod ledger;
pub mod read_models;
pub mod serve;
pub mod unit;
pub mod vault;
pub mod web;
