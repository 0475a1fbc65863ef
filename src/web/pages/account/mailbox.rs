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

/// One message.
#[derive(Clone)]
pub struct Sent {
    /// RFC 3339.
    pub at: String,
    /// "Text message to +49 …", "E-mail to …".
    pub to: String,
    /// Of an e-mail.
    pub subject: Option<String>,
    pub text: String,
    /// Dates for a calendar that came along.
    pub invitations: usize,
}

impl MailboxPage {
    fn with_dates(&self, message: &Sent) -> Option<String> {
        let n = message.invitations;
        (0 < n).then(|| self.language.say_with("mailbox-invitations", [("n", n.into())]))
    }
}

impl Language {
    #[must_use]
    pub fn text_to(self, to: &str) -> String {
        self.say_with("account-text-to", [("to", to.into())])
    }

    #[must_use]
    pub fn mail_to(self, to: &str) -> String {
        self.say_with("account-mail-to", [("to", to.into())])
    }
}
