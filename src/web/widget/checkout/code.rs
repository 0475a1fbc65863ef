//! The code step: six digits prove the telephone number, once for all dates.

use aggregates::cart::CartRefusal;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Confirmation, Open, page, refused};
use crate::app::App;
use crate::app::booking::Caller;
use crate::app::proving::NotSent;
use crate::codes::Purpose;
use crate::codes::rules::{NotIssued, Refused};
use crate::command::{Failure, Refusal};
use crate::web::html::{Answer, Framed, OrSorry, Sorry, retry_after};
use crate::web::pages::code_step::CodeStep;
use crate::web::pages::contact::{self, Typed};
use crate::web::pages::form::Pairs;
use crate::web::turnstile::Turnstile;

/// A confirmation for which the link asks for a code.
pub(super) struct CodeAsked<'a> {
    pub(super) app: &'a App,
    pub(super) caller: &'a Caller,
    pub(super) turnstile: &'a Turnstile,
    pub(super) cart: &'a Open,
    pub(super) pairs: &'a Pairs,
    pub(super) typed: &'a Typed,
    pub(super) asked: &'a Confirmation,
}

impl CodeAsked<'_> {
    /// Sends a code and asks for it; `again` if somebody wants another than the one before.
    pub(super) async fn send(&self, again: bool) -> Answer {
        let (shop, language) = (&self.cart.shop, self.pairs.language());
        let (branch, cart, text) = (shop.branch_id, self.cart.row.cart_id, shop.code_message(language));
        self.turnstile.code(self.app, &self.asked.contact.phone, Purpose::Confirm(cart))?;
        let sent = match self.app.send_code(self.caller, branch, cart, self.asked, text).await {
            Ok(sent) => sent,
            Err(Failure::Refused(refusal)) => return self.stopped(*refusal).await,
            Err(failure) => return Err(Sorry::from(failure)),
        };
        let late = |answer, seconds| Ok(retry_after(answer, seconds));
        let often = StatusCode::TOO_MANY_REQUESTS;
        match sent {
            Ok(()) => self.step(StatusCode::OK, |step| step.again = again).await,
            // The one before works, and whoever comes from the contact step need not know of it.
            Err(NotSent::NotIssued(NotIssued::TooEarly { .. })) if !again => {
                self.step(StatusCode::OK, |_| ()).await
            }
            Err(NotSent::NotIssued(NotIssued::TooEarly { seconds })) => {
                let wait = |step: &mut CodeStep| {
                    step.wait = Some(seconds);
                    step.problems.add(language.account_wait(seconds), "again");
                };
                late(self.step(often, wait).await?, seconds)
            }
            Err(NotSent::NotIssued(NotIssued::EnoughForToday { seconds })) if again => {
                let enough = |step: &mut CodeStep| {
                    step.problems.add(language.say("account-enough-codes"), "again");
                };
                late(self.step(often, enough).await?, seconds)
            }
            Err(NotSent::NotIssued(NotIssued::EnoughForToday { seconds })) => {
                late(self.contact(often, Some("not-booked-enough-codes")).await?, seconds)
            }
            Err(NotSent::NotSetUp) => {
                self.contact(StatusCode::SERVICE_UNAVAILABLE, Some("not-booked-no-codes")).await
            }
            Err(NotSent::NotNeeded) => self.contact(StatusCode::OK, None).await,
        }
    }

    /// The code that was typed opens nothing.
    pub(super) async fn is_wrong(&self, wrong: Refused) -> Answer {
        let language = self.pairs.language();
        self.troubled(match wrong {
            Refused::Wrong { left } => language.account_wrong_code(left),
            Refused::Ended => language.say("account-ended-code"),
            Refused::Closed => language.say("account-closed-code"),
        })
        .await
    }

    /// What was typed is no code.
    pub(super) async fn is_none(&self) -> Answer {
        self.troubled(self.pairs.language().say("account-type-six")).await
    }

    async fn troubled(&self, sentence: String) -> Answer {
        self.step(StatusCode::UNPROCESSABLE_ENTITY, |step| step.problems.add(sentence, "code")).await
    }

    async fn step(&self, status: StatusCode, change: impl FnOnce(&mut CodeStep)) -> Answer {
        let country = self.cart.shop.branch.details().or_sorry()?.country;
        let contact = page(self.app, self.cart, self.pairs).await?;
        let phone = self.asked.contact.phone.written(country);
        let mut step = CodeStep::after(contact, self.typed.clone(), phone);
        change(&mut step);
        Ok(Framed(status, step).into_response())
    }

    /// The contact step, with that sentence, and the studio's number, about why there is no code.
    async fn contact(&self, status: StatusCode, why: Option<&str>) -> Result<Response, Sorry> {
        let mut page = page(self.app, self.cart, self.pairs).await?;
        let language = page.shell.language;
        page.refused = why.map(|why| {
            let sentences =
                vec![format!("{} {}", language.say(why), page.shell.studio.please_call(language))];
            contact::Refused { sentences, ..contact::Refused::default() }
        });
        Ok(Framed(status, page).into_response())
    }

    async fn stopped(&self, refusal: Refusal) -> Answer {
        if matches!(refusal, Refusal::Cart { refusal: CartRefusal::AlreadyConfirmed, .. }) {
            return self.cart.result(self.app, self.pairs).await;
        }
        refused(self.app, self.cart, self.pairs, refusal).await
    }
}
