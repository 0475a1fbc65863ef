//! What leaves the house: messages to people.

pub mod mail;
pub mod mailbox;
pub mod outgoing;
pub mod texts;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::contact::Phone;

/// A message to one person.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The same however often it is sent.
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub to: Recipient,
    pub text: String,
    /// What only an e-mail has.
    pub mail: Option<Mail>,
}

/// Where a message goes.
#[derive(Clone, PartialEq, Eq)]
pub enum Recipient {
    /// As a text message.
    Phone(Phone),
    /// As an e-mail.
    Email(String),
}

/// What an e-mail has beside its text.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// Whose name it has.
    pub from: String,
    /// Of whoever it is for, so that it can be forgotten with them.
    pub phone: Phone,
    pub subject: String,
    pub html: String,
    pub invitations: Vec<Invitation>,
}

/// A date for a calendar (RFC 5546).
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    pub method: Method,
    /// iCalendar, one date.
    pub file: String,
}

/// What a calendar is to do with a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Enter it, or change it.
    Request,
    /// Strike it out.
    Cancel,
}

impl Method {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// How messages travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Text,
    Mail,
}

/// Why a message was not brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotBrought {
    /// And never will be: its recipient is not taken.
    #[error("it is refused")]
    Refused,
    #[error("it cannot be sent now")]
    NotNow,
    #[error("nobody was set up who could bring it")]
    NoWay,
}

/// Brings messages to people.
#[async_trait]
pub trait Messenger: Send + Sync {
    /// Whether messages can go that way.
    fn goes(&self, way: Way) -> bool;

    /// Takes a message over, and returns at once: nobody may learn from the time that an answer takes whether there was
    /// something to send.
    fn send(&self, message: Message);

    /// Brings a message, and tells how that ended.
    async fn bring(&self, message: &Message) -> Result<(), NotBrought>;

    /// The address that e-mails come from, if there are any.
    fn mail_from(&self) -> Option<String>;
}

impl Message {
    /// A text message.
    #[must_use]
    pub fn text(at: DateTime<Utc>, to: Phone, text: String) -> Self {
        Self { id: Uuid::now_v7(), at, to: Recipient::Phone(to), text, mail: None }
    }
}

/// Shows no person and no code: debug output goes to logs.
impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Message(…)")
    }
}
