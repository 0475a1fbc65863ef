//! The rules of booking several events at once, as pure functions.
//!
//! Everything here follows one shape, [`Decider`]: a command and the state so far give facts or a refusal; the
//! facts give the next state. A caller who wants to know "may this be done, and what then is true?" needs only
//! this crate.
//!
//! # Map
//!
//! * [`branch`]: a studio's rules, services and team.
//! * [`booking_link`]: what a widget offers, and whether several events may be booked at once.
//! * [`appearance`]: how a booking link looks, and which sites may show it.
//! * [`activity`]: one dated event, its capacity, and who holds which spots.
//! * [`cart`]: what a client has selected, up to the confirmation.
//! * [`appointment`]: one booked event of one client, alone from then on.
//! * [`membership`]: what a client has paid ahead.
//! * [`client`]: a person by their random id, until they are erased.
//! * [`confirmation`], [`rescheduling`], [`schedule_change`]: policies, that is, what must follow within the
//!   same step.
//! * [`wall_time`]: the branch's wall clock across changes of daylight saving.
//!
//! # Deliberately absent
//!
//! No clock, no random ids, no I/O, no `async`. A rule that needs the time, an id or something another aggregate
//! knows receives it inside the command, so the same commands always give the same facts.

#[macro_use]
mod fact;

pub mod activity;
pub mod appearance;
pub mod appointment;
pub mod booking_link;
pub mod branch;
pub mod cart;
pub mod change_rules;
pub mod client;
pub mod confirmation;
pub mod decider;
pub mod ids;
pub mod membership;
pub mod obstacle;
pub mod rescheduling;
pub mod schedule_change;
pub mod spec;
pub mod values;
pub mod wall_time;

pub use decider::Decider;
pub use fact::{Fact, Named};
pub use obstacle::Obstacle;
