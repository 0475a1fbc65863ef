//! The pencil: back to the selection, and on again.

use aggregates::cart::CartRefusal;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;

use super::{open, page, refused};
use crate::app::App;
use crate::command::{Actor, Command, Failure, Refusal};
use crate::web::html::{Answer, Asked, Form, Framed, Sorry, Visit, see_other};
use crate::web::pages::contact::Typed;
use crate::web::pages::event_page::Origin;
use crate::web::pages::event_query::EventPageQuery;
use crate::web::pages::shell::Along;
use crate::web::pages::urls;
use crate::web::widget::choosing::{event_page, picks};

/// The selection again, with what was typed in hidden fields; its *Continue* leads back to the contact step.
pub(in crate::web::widget) async fn change_selection(
    State(app): State<App>,
    visit: Visit,
    Path(capability): Path<String>,
    Form(mut pairs): Form,
) -> Answer {
    let cart = open(&app, &capability).await?;
    pairs.prefer(&cart.shop.link.appearance);
    if cart.row.confirmed.is_some() {
        return cart.result(&app, &pairs).await;
    }
    let from_contact = pairs.last("like").is_none();
    let query = if from_contact {
        let events = cart.events(&app).await?;
        let selection: Vec<_> =
            events.iter().map(|event| (event.activity_id, cart.spots(event.activity_id).get())).collect();
        EventPageQuery::of_selection(&selection)
    } else {
        EventPageQuery::parse(&pairs)
    };
    if query.opened.is_none() {
        let list = urls::event_list(cart.shop.branch_id, cart.shop.link_id);
        return Ok(see_other(&list.along(&Along::parse(&pairs))));
    }
    let typed = Typed::parse(&pairs);
    let goes_on = pairs.is_on("continue");
    if goes_on && !query.ticked.is_empty() {
        let command = Command::SelectEvents { cart: cart.row.cart_id, picks: picks(&query) };
        let caller = visit.caller(Actor::Client);
        match app.ask(app.envelope(&caller, cart.shop.branch_id, command)).await {
            Ok(_) => {
                let cart = open(&app, &capability).await?;
                let page = page(&app, &cart, &pairs).await?;
                return Ok(Framed(StatusCode::OK, page).into_response());
            }
            Err(Failure::Refused(refusal)) if has_ended(&refusal) => {
                return refused(&app, &cart, &pairs, *refusal).await;
            }
            // The page says what stands in the way, date by date.
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(Sorry::from(failure)),
        }
    }
    let origin = Origin::Cart { capability, typed };
    event_page(&app, &cart.shop, query, origin, &pairs, goes_on).await
}

fn has_ended(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::Cart { refusal: CartRefusal::Expired | CartRefusal::TooManyEdits, .. })
}

/// The address of the pencil, reloaded: what was typed is gone, the selection is not.
pub(in crate::web::widget) async fn reloaded(Path(capability): Path<String>, Asked(pairs): Asked) -> Answer {
    Ok(see_other(&urls::cart(&capability).along(&Along::parse(&pairs))))
}
