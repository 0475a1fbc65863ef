//! Clients are told what was booked and what became of it, by e-mail or text message.

mod failing;
mod reminding;
mod telling;

use std::sync::Arc;

use cartwheel::app::App;
use cartwheel::followers::{self, Following};
use cartwheel::messenger::mail::Mailer;
use cartwheel::messenger::outgoing::Outgoing;
use cartwheel::messenger::texts::Texts;
use serde_json::{Value, json};

use crate::mail_server::MailServer;
use crate::receiver::{Behaviour, Receiver};
use crate::studio::Studio;

/// A studio that sends e-mails and text messages.
struct Post {
    studio: Studio,
    mail: MailServer,
    gateway: Receiver,
    following: Following,
}

impl Post {
    async fn open() -> Self {
        let mut studio = Studio::open().await;
        let mail = MailServer::start().await;
        let gateway = Receiver::start(Behaviour::Answers(202)).await;
        studio.app = sending(studio.app.clone(), &mail, &gateway);
        let following = followers::start(&studio.app).unwrap();
        // From now on: what was there before is nobody's news.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        Self { studio, mail, gateway, following }
    }
}

fn sending(app: App, mail: &MailServer, gateway: &Receiver) -> App {
    let mailer = Mailer::new(&mail.url(), "studio@example.org").unwrap();
    let texts = Texts::new(&gateway.url(), "secret-token\n").unwrap();
    app.with_messenger(Arc::new(Outgoing::new(Some(mailer), Some(texts))))
        .reached_at(Some("https://book.example".to_owned()))
}

fn anna_with_mail() -> Value {
    json!({"name": "Anna Berg", "phone": "030 2312 5014", "email": "anna@example.org"})
}

/// Waits as long as it takes until something would have come that must not.
async fn a_while() {
    tokio::time::sleep(std::time::Duration::from_millis(1_700)).await;
}
