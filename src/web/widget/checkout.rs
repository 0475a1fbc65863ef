//! W3: contact details, and the confirmation; the pencil leads back with everything kept.

mod code;
mod explain;
mod fix;
mod selection;

use aggregates::branch::MembershipBooking;
use aggregates::cart::{Candidates, CartRefusal, CartTerms, LIFETIME, Mode, Seen};
use aggregates::ids::{ActivityId, CartId};
use aggregates::values::Spots;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use projections::availability::AvailabilityRow;
use projections::carts::CartRow;
use uuid::Uuid;

use self::code::CodeAsked;
use self::explain::{ask_for_all, explain, sentence, trouble};
use self::fix::{Fixed, fix};
pub(super) use self::selection::{change_selection, reloaded};
use super::choosing::names;
use super::{calendar, price, shell};
use crate::app::App;
use crate::app::booking::Asked as Confirmation;
use crate::app::proving::NotConfirmed;
use crate::capability::{Kind, Token};
use crate::command::{Actor, Answer as Answered, Failure, Refusal};
use crate::web::api::carts::parse_contact;
use crate::web::html::{Answer, Asked, Form, Framed, OrSorry, Sorry, Visit, not_found, see_other};
use crate::web::pages::contact::{ContactPage, Line, Typed};
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::Along;
use crate::web::pages::urls;
use crate::web::shop::Shop;
use crate::web::turnstile::Turnstile;

/// A cart that a token opened.
struct Open {
    token: Token,
    shop: Shop,
    row: CartRow,
}

async fn open(app: &App, capability: &str) -> Result<Open, Sorry> {
    let token: Token = capability.parse().ok().or_sorry()?;
    let opened = app.open_capability(&token).await.or_sorry()?.or_sorry()?;
    if opened.kind != Kind::Cart {
        return Err(not_found());
    }
    let row = app.cart(opened.branch, CartId(opened.id)).await.or_sorry()?.or_sorry()?;
    let shop = Shop::find(app, opened.branch, row.link_id).await.or_sorry()?;
    Ok(Open { token, shop, row })
}

impl Open {
    async fn events(&self, app: &App) -> Result<Vec<AvailabilityRow>, Sorry> {
        let ids = self.row.selected.iter().map(|it| it.activity_id);
        app.activities(self.shop.branch_id, ids).await.or_sorry()
    }

    fn spots(&self, activity: ActivityId) -> Spots {
        let selected = self.row.selected.iter().find(|it| it.activity_id == activity);
        selected.map_or(Spots::ONE, |it| it.spots)
    }

    /// The page of a cart that is confirmed: its result.
    async fn result(&self, app: &App, pairs: &Pairs) -> Answer {
        let tokens = app.tokens_of(self.shop.branch_id, self.row.cart_id).await.or_sorry()?.or_sorry()?;
        Ok(see_other(&urls::mine(&tokens.result.to_string()).along(&Along::parse(pairs))))
    }
}

/// The contact step.
pub(super) async fn look(
    State(app): State<App>,
    Path(capability): Path<String>,
    Asked(mut pairs): Asked,
) -> Answer {
    let cart = open(&app, &capability).await?;
    pairs.prefer(&cart.shop.link.appearance);
    if cart.row.confirmed.is_some() {
        return cart.result(&app, &pairs).await;
    }
    let mut page = page(&app, &cart, &pairs).await?;
    // Told before anything is typed, although only a command can be refused.
    let ends = if cart.row.opened_at + LIFETIME < app.clock.now() {
        Some(CartRefusal::Expired)
    } else if cart.row.selected.is_empty() {
        Some(CartRefusal::NothingSelected)
    } else {
        None
    };
    if let Some(refusal) = ends {
        explain(&app, &cart, &mut page, refusal.into()).await?;
    }
    Ok(Framed(StatusCode::OK, page).into_response())
}

async fn page(app: &App, cart: &Open, pairs: &Pairs) -> Result<ContactPage, Sorry> {
    let Open { shop, row, token } = cart;
    let now = app.clock.now();
    let calendar = calendar(&shop.branch, &app.clock, pairs.language());
    let events = cart.events(app).await?;
    let rules = shop.branch.rules();
    let lines = events
        .iter()
        .map(|event| {
            let spots = cart.spots(event.activity_id);
            let starts_at = event.vacancy.plan.starts_at;
            Line {
                activity: event.activity_id,
                starts: calendar.at(starts_at),
                spots: spots.get(),
                cancel_until: rules
                    .cancellation
                    .deadline(starts_at)
                    .filter(|until| now <= *until)
                    .map(|until| calendar.at(until)),
                trouble: shop
                    .obstacle(event, spots, now)
                    .map(|obstacle| trouble(calendar.language, &obstacle)),
            }
        })
        .collect();
    let first = events.first().map(|event| event.vacancy.plan);
    let (service, team_member) = first.map_or_else(Default::default, |plan| names(shop, &plan));
    let settings = &shop.link.settings;
    let seen = seen(shop, row, &events, now);
    Ok(ContactPage {
        shell: shell(shop.branch_id, &shop.branch, shop.link_id, &shop.link.appearance, pairs),
        calendar,
        capability: token.to_string(),
        price: first.map_or(price(&shop.branch, aggregates::ids::ServiceId(Uuid::nil())), |plan| {
            price(&shop.branch, plan.service_id)
        }),
        membership: first
            .and_then(|plan| shop.branch.service(plan.service_id))
            .map_or(MembershipBooking::Off, |service| service.membership_booking),
        service,
        team_member,
        max_spots: rules.multiple_spots.max_spots().get(),
        lines,
        typed: Typed::parse(pairs),
        terms: CartTerms::new(rules, &shop.link, now),
        email: settings.email,
        comment: settings.comment,
        consent: settings.consent.clone().map(|text| (shop.link.consent_version, text)),
        key: pairs.last("key").map_or_else(|| Uuid::new_v4().to_string(), str::to_owned),
        seen: serde_json::to_string(&seen).unwrap_or_default(),
        cancels_online: rules.cancellation.allowed,
        refused: None,
        problems: Problems::default(),
        at_the_number: pairs.is_on("number"),
    })
}

/// What this page shows, for the answer to say what changed since.
fn seen(shop: &Shop, row: &CartRow, events: &[AvailabilityRow], now: chrono::DateTime<chrono::Utc>) -> Seen {
    let candidates: Candidates = events
        .iter()
        .map(|event| {
            let candidate = aggregates::cart::Candidate::new(event.vacancy, &shop.branch, &shop.link, now);
            (event.activity_id, candidate)
        })
        .collect();
    let terms = CartTerms::new(shop.branch.rules(), &shop.link, now);
    Seen::of(&terms, row.selected.iter().map(|it| &it.activity_id), &candidates)
}

/// *Confirm booking*, and the buttons of an answer that changes the selection first.
pub(super) async fn confirm(
    State(app): State<App>,
    visit: Visit,
    turnstile: Turnstile,
    Path(capability): Path<String>,
    Form(mut pairs): Form,
) -> Answer {
    let mut cart = open(&app, &capability).await?;
    pairs.prefer(&cart.shop.link.appearance);
    if cart.row.confirmed.is_none() {
        if pairs.is_on("number") {
            // *Change the number*, from the code step.
            let page = page(&app, &cart, &pairs).await?;
            return Ok(Framed(StatusCode::OK, page).into_response());
        }
        match fix(&app, &visit, &cart, &pairs).await? {
            Fixed::Untouched => {}
            Fixed::Refused(refusal) => return refused(&app, &cart, &pairs, refusal).await,
            Fixed::Changed => {
                cart = open(&app, &capability).await?;
                if pairs.last("fix") != Some("drop") {
                    let page = page(&app, &cart, &pairs).await?;
                    return Ok(Framed(StatusCode::OK, page).into_response());
                }
            }
        }
    }
    let mut typed = Typed::parse(&pairs);
    typed.membership &= pairs.last("fix") != Some("plain");
    let shop = &cart.shop;
    let country = shop.branch.details().or_sorry()?.country;
    let (email, comment) = (Some(typed.email.as_str()), Some(typed.comment.clone()));
    let contact = match parse_contact(typed.name.clone(), &typed.phone, email, comment, country) {
        Ok(contact) => contact,
        Err(wrong) => {
            let mut page = page(&app, &cart, &pairs).await?;
            for error in wrong.problem().errors {
                let field = error.pointer.trim_start_matches('/');
                page.problems.add(page.shell.language.say(sentence(field, &error.code)), field);
            }
            ask_for_all(&mut page);
            return Ok(Framed(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let asked = Confirmation {
        contact,
        mode: Mode::AllOrNothing,
        with_membership: typed.membership,
        consent: typed.consent,
        seen: pairs.last("seen").and_then(|seen| serde_json::from_str(seen).ok()),
        code: pairs.read("code"),
        language: Some(pairs.language().code().to_owned()),
    };
    let caller = visit.caller(Actor::Client);
    let code = CodeAsked {
        app: &app,
        caller: &caller,
        turnstile: &turnstile,
        cart: &cart,
        pairs: &pairs,
        asked: &asked,
        typed: &typed,
    };
    if pairs.is_on("again") {
        return code.send(true).await;
    }
    // What was confirmed is answered as it was, whatever is typed now.
    if cart.row.confirmed.is_none() && asked.code.is_none() && pairs.last("code").is_some() {
        return code.is_none().await;
    }
    if asked.code.is_some() {
        turnstile.attempt()?;
    }
    let key = pairs.last("key").filter(|key| (1..=64).contains(&key.len())).map(str::to_owned);
    let key = key.unwrap_or_else(|| Uuid::new_v4().to_string());
    let failure = match app.confirm(&caller, shop.branch_id, cart.row.cart_id, key, asked.clone()).await {
        Ok(reply) => match reply.answer {
            Answered::Confirmed(confirmed) => {
                let result = urls::mine(&confirmed.result.to_string());
                return Ok(see_other(&result.along(&Along::parse(&pairs))));
            }
            _ => return Err(not_found()),
        },
        Err(NotConfirmed::Code(wrong)) => return code.is_wrong(wrong).await,
        Err(NotConfirmed::Failed(failure)) => failure,
    };
    let Failure::Refused(refusal) = failure else { return Err(Sorry::from(failure)) };
    if matches!(&*refusal, Refusal::Cart { refusal: CartRefusal::AlreadyConfirmed, .. }) {
        return cart.result(&app, &pairs).await;
    }
    if matches!(&*refusal, Refusal::Cart { refusal: CartRefusal::PhoneCodeNeeded, .. }) {
        return code.send(false).await;
    }
    refused(&app, &cart, &pairs, *refusal).await
}

/// The page again, with why nothing was booked.
async fn refused(app: &App, cart: &Open, pairs: &Pairs, refusal: Refusal) -> Answer {
    let mut page = page(app, cart, pairs).await?;
    explain(app, cart, &mut page, refusal).await?;
    Ok(Framed(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
