//! The development mailbox. It is for developers, so it speaks English only.

use askama::Template;

/// What would have left the house, the newest first.
#[derive(Clone, Template)]
#[template(path = "mailbox.html")]
pub struct MailboxPage {
    pub messages: Vec<Sent>,
}

/// One message.
#[derive(Clone)]
pub struct Sent {
    /// RFC 3339.
    pub at: String,
    pub kind: &'static str,
    pub to: String,
    pub text: String,
}
