//! The development mailbox.

use askama::Template;

use crate::web::pages::language::Language;

/// What would have left the house, the newest first.
#[derive(Clone, Template)]
#[template(path = "mailbox.html")]
pub struct MailboxPage {
    pub language: Language,
    pub messages: Vec<Sent>,
}

/// One text message.
#[derive(Clone)]
pub struct Sent {
    /// RFC 3339.
    pub at: String,
    pub to: String,
    pub text: String,
}

impl MailboxPage {
    fn text_to(&self, to: &str) -> String {
        self.language.say_with("account-text-to", [("to", to.into())])
    }
}
