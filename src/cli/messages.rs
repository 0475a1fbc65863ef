//! How messages leave the house.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;

use crate::messenger::Messenger;
use crate::messenger::mail::Mailer;
use crate::messenger::outgoing::Outgoing;
use crate::messenger::texts::Texts;

#[derive(Debug, Args)]
pub(super) struct Messages {
    /// The server that takes e-mails: `smtps://USER:PASSWORD@HOST`, or `smtp://…`, which changes to TLS before anything is
    /// said; `smtp://…?tls=none` does not.
    #[arg(
        long,
        env = "CARTWHEEL_SMTP_URL",
        value_name = "URL",
        hide_env_values = true,
        requires = "mail_from"
    )]
    smtp_url: Option<String>,
    /// The address that e-mails come from.
    #[arg(long, env = "CARTWHEEL_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// The gateway that takes text messages: a POST of JSON with `to`, `text` and `id`.
    #[arg(long, env = "CARTWHEEL_TEXT_URL", value_name = "URL", requires = "text_token_file")]
    text_url: Option<String>,
    /// The file with the token that the gateway is shown: `Authorization: Bearer …`.
    #[arg(long, env = "CARTWHEEL_TEXT_TOKEN_FILE", value_name = "FILE")]
    text_token_file: Option<PathBuf>,
}

impl Messages {
    /// What was set up, if anything was.
    pub(super) fn messenger(&self) -> anyhow::Result<Option<Arc<dyn Messenger>>> {
        let mail = match (&self.smtp_url, &self.mail_from) {
            (Some(server), Some(from)) => Some(Mailer::new(server, from)?),
            _ => None,
        };
        let texts = match (&self.text_url, &self.text_token_file) {
            (Some(gateway), Some(file)) => {
                let unread = || format!("the token file {} cannot be read", file.display());
                Some(Texts::new(gateway, &std::fs::read_to_string(file).with_context(unread)?)?)
            }
            _ => None,
        };
        if mail.is_none() && texts.is_none() {
            return Ok(None);
        }
        Ok(Some(Arc::new(Outgoing::new(mail, texts))))
    }
}
