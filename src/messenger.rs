//! What leaves the house: messages to people.

pub mod mailbox;

use chrono::{DateTime, Utc};

use crate::contact::Phone;

/// A message to one person.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    pub at: DateTime<Utc>,
    pub to: Recipient,
    pub text: String,
}

/// Where a message goes.
#[derive(Clone, PartialEq, Eq)]
pub enum Recipient {
    /// As a text message.
    Phone(Phone),
}

/// Brings messages to people.
pub trait Messenger: Send + Sync {
    /// Takes a message over, and returns at once: nobody may learn from the time that an answer takes whether there was
    /// something to send.
    fn send(&self, message: Message);
}

/// Shows no person and no code: debug output goes to logs.
impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Message(…)")
    }
}
