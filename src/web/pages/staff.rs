//! Pages for staff: the journal, and the settings that the widget obeys.

pub mod journal;
pub mod settings;
