//! a link that asks clients to prove their telephone number, with one code for a whole confirmation.

mod limits;
mod over_the_api;
mod pages;
mod settings;

use crate::studio::Studio;

/// A studio that can send messages, with a link that asks for codes.
async fn open() -> Studio {
    with_capacity(12).await
}

async fn with_capacity(capacity: u32) -> Studio {
    let mut studio = Studio::with_capacity(capacity).await;
    studio.app = studio.app.clone().with_mailbox();
    studio.set_up_link(|settings| settings.phone_code = true).await;
    studio
}

/// The link asks for codes, and for a consent too.
async fn ask_for_consent(studio: &Studio) {
    let ask = |settings: &mut aggregates::booking_link::Settings| {
        settings.phone_code = true;
        settings.consent = Some("We keep your name.".to_owned());
    };
    studio.set_up_link(ask).await;
}

/// The texts that were sent, the newest first.
fn sent(studio: &Studio) -> Vec<String> {
    studio.app.mailbox.as_ref().unwrap().messages().into_iter().map(|message| message.text).collect()
}

fn newest_code(studio: &Studio) -> String {
    sent(studio)[0].split(' ').next().unwrap().to_owned()
}

/// Another code than this.
fn wrong(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}
