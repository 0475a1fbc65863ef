//! For development: the messages that would have left the house. There only if somebody asked for it.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use chrono::SecondsFormat;
use tower_http::set_header::SetResponseHeaderLayer;

use super::html::{Answer, Asked, OrSorry, Page, unframed};
use super::pages::account::mailbox::{MailboxPage, Sent};
use crate::app::App;
use crate::messenger::Recipient;

pub(super) fn routes(app: &App) -> Router<App> {
    if app.mailbox.is_none() {
        return Router::new();
    }
    let unkept =
        SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    unframed(Router::new().route("/dev/mailbox", get(look)).layer(unkept))
}

async fn look(State(app): State<App>, Asked(pairs): Asked) -> Answer {
    let mailbox = app.mailbox.as_ref().or_sorry()?;
    let messages = mailbox.messages().into_iter().map(|message| {
        let to = match message.to {
            Recipient::Phone(phone) => pairs.language().text_to(phone.as_str()),
            Recipient::Email(address) => pairs.language().mail_to(&address),
        };
        Sent {
            at: message.at.to_rfc3339_opts(SecondsFormat::Secs, true),
            to,
            subject: message.mail.as_ref().map(|mail| mail.subject.clone()),
            text: message.text,
            invitations: message.mail.map_or(0, |mail| mail.invitations.len()),
        }
    });
    Ok(Page(StatusCode::OK, MailboxPage { language: pairs.language(), messages: messages.collect() })
        .into_response())
}
