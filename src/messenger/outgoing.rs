//! Messages that leave the house, over whatever was set up.

use std::sync::Arc;

use async_trait::async_trait;

use super::mail::Mailer;
use super::texts::Texts;
use super::{Message, Messenger, NotBrought, Recipient, Way};

/// Brings e-mails, text messages, or both.
#[derive(Debug, Clone)]
pub struct Outgoing(Arc<Ways>);

#[derive(Debug)]
struct Ways {
    mail: Option<Mailer>,
    texts: Option<Texts>,
}

impl Outgoing {
    #[must_use]
    pub fn new(mail: Option<Mailer>, texts: Option<Texts>) -> Self {
        Self(Arc::new(Ways { mail, texts }))
    }
}

#[async_trait]
impl Messenger for Outgoing {
    fn goes(&self, way: Way) -> bool {
        match way {
            Way::Text => self.0.texts.is_some(),
            Way::Mail => self.0.mail.is_some(),
        }
    }

    fn send(&self, message: Message) {
        let own = self.clone();
        tokio::spawn(async move {
            if let Err(error) = own.bring(&message).await {
                tracing::warn!(%error, "a message was not brought");
            }
        });
    }

    async fn bring(&self, message: &Message) -> Result<(), NotBrought> {
        match (&message.to, &message.mail) {
            (Recipient::Phone(phone), _) => {
                let texts = self.0.texts.as_ref().ok_or(NotBrought::NoWay)?;
                texts.bring(phone, &message.text, message.id).await
            }
            (Recipient::Email(to), Some(mail)) => {
                let mailer = self.0.mail.as_ref().ok_or(NotBrought::NoWay)?;
                mailer.bring(to, message, mail).await
            }
            (Recipient::Email(_), None) => Err(NotBrought::NoWay),
        }
    }

    fn mail_from(&self) -> Option<String> {
        self.0.mail.as_ref().map(Mailer::from)
    }
}
