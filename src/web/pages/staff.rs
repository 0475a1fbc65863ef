//! Pages for staff: the journal, and the settings that the widget obeys.

pub mod audit;
mod changes;
pub mod import;
pub mod journal;
pub mod people;
pub mod settings;
pub mod studio;
pub mod webhooks;
