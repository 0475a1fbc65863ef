//! A mailbox for development: messages stay in this process and are shown on a page.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;

use super::{Message, Messenger, NotBrought, Recipient, Way};
use crate::contact::Phone;

/// How many messages are kept.
const KEPT: usize = 100;

/// The newest messages, in memory.
#[derive(Debug, Clone, Default)]
pub struct Mailbox(Arc<Mutex<VecDeque<Message>>>);

impl Mailbox {
    /// All messages that are kept, the newest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.kept().iter().rev().cloned().collect()
    }

    /// Throws away what was sent to whoever has this number.
    pub fn forget(&self, phone: &Phone) {
        self.kept().retain(|message| match (&message.to, &message.mail) {
            (Recipient::Phone(to), _) => to != phone,
            (Recipient::Email(_), mail) => mail.as_ref().is_none_or(|mail| mail.phone != *phone),
        });
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, VecDeque<Message>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Messenger for Mailbox {
    fn goes(&self, _: Way) -> bool {
        true
    }

    async fn bring(&self, message: &Message) -> Result<(), NotBrought> {
        self.send(message.clone());
        Ok(())
    }

    fn mail_from(&self) -> Option<String> {
        Some("studio@example.org".to_owned())
    }

    fn send(&self, message: Message) {
        let mut kept = self.kept();
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mailbox_keeps_the_newest_hundred() {
        let mailbox = Mailbox::default();
        let phone = Phone::parse("+49 30 23125 014", "DE".to_owned().try_into().unwrap()).unwrap();

        for n in 0..250 {
            mailbox.send(Message::text(chrono::DateTime::UNIX_EPOCH, phone.clone(), n.to_string()));
        }

        let texts: Vec<String> = mailbox.messages().into_iter().map(|message| message.text).collect();
        assert_eq!((texts.len(), texts[0].as_str(), texts[99].as_str()), (100, "249", "150"));
    }
}
