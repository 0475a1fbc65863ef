//! E-mails, handed to a server over SMTP.

use std::time::Duration;

use anyhow::Context;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use url::Url;

use super::{Mail, Message, NotBrought};

/// How long a server may take for one answer, and for all of a message.
const ANSWER: Duration = Duration::from_secs(8);
const PATIENCE: Duration = Duration::from_secs(20);

/// Hands e-mails to one server.
#[derive(Debug)]
pub struct Mailer {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Address,
}

impl Mailer {
    /// With the server at that address: `smtps://USER:PASSWORD@HOST` speaks TLS from the first byte, `smtp://…` changes to
    /// it before anything is said, `smtp://…?tls=none` never does. E-mails come from the other address.
    ///
    /// # Errors
    ///
    /// If one of them is no such address.
    pub fn new(server: &str, from: &str) -> anyhow::Result<Self> {
        let mut url = Url::parse(server).context("this is not the address of a mail server")?;
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        match (url.scheme(), tls.as_deref()) {
            ("smtps", None) | ("smtp", Some("required")) => {}
            ("smtp", None) => url.set_query(Some("tls=required")),
            ("smtp", Some("none")) => url.set_query(None),
            _ => anyhow::bail!("a mail server is smtps://HOST, smtp://HOST or smtp://HOST?tls=none"),
        }
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())
            .context("this is not the address of a mail server")?;
        let from = from.parse().context("e-mails come from an address like studio@example.org")?;
        Ok(Self { server: server.timeout(Some(ANSWER)).build(), from })
    }

    #[must_use]
    pub fn from(&self) -> String {
        self.from.to_string()
    }

    /// # Errors
    ///
    /// If the server does not take it.
    pub async fn bring(&self, to: &str, message: &Message, mail: &Mail) -> Result<(), NotBrought> {
        let letter = self.write(to, message, mail).map_err(|error| {
            tracing::warn!(%error, "an e-mail could not be written");
            NotBrought::Refused
        })?;
        match tokio::time::timeout(PATIENCE, self.server.send(letter)).await {
            Ok(Ok(_)) => Ok(()),
            // Nobody is told who was to get it: a server repeats the address.
            Ok(Err(error)) if error.is_permanent() => Err(NotBrought::Refused),
            Ok(Err(_)) | Err(_) => Err(NotBrought::NotNow),
        }
    }

    fn write(&self, to: &str, message: &Message, mail: &Mail) -> anyhow::Result<lettre::Message> {
        let letter = lettre::Message::builder()
            .from(Mailbox::new(Some(mail.from.clone()), self.from.clone()))
            .to(Mailbox::new(None, to.parse()?))
            .subject(mail.subject.clone())
            .date(message.at.into())
            .message_id(Some(format!("<{}@{}>", message.id, self.from.domain())))
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        let words = MultiPart::alternative_plain_html(message.text.clone(), mail.html.clone());
        let mut parts = MultiPart::mixed().multipart(words);
        for (n, invitation) in mail.invitations.iter().enumerate() {
            let kind = format!("text/calendar; charset=utf-8; method={}", invitation.method.name());
            let name = if n == 0 { "date.ics".to_owned() } else { format!("date-{}.ics", n + 1) };
            let file = Attachment::new(name).body(invitation.file.clone(), ContentType::parse(&kind)?);
            parts = parts.singlepart(file);
        }
        Ok(letter.multipart(parts)?)
    }
}
