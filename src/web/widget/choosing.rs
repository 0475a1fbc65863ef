//! W1 and W2: the list of events, and one event with *Book another*.

use aggregates::activity::Plan;
use aggregates::booking_link::Kind;
use aggregates::cart::Pick;
use aggregates::ids::{ActivityId, BranchId, LinkId, ServiceId, TeamMemberId};
use aggregates::values::{Offered, Spots};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::NaiveDate;
use projections::availability::AvailabilityRow;
use projections::book_another::{Hidden, book_another};
use uuid::Uuid;

use super::{calendar, price, shell};
use crate::app::App;
use crate::app::reading::Events;
use crate::command::{Actor, Failure};
use crate::web::api::paging;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, Framed, OrSorry, Sorry, Visit, see_other};
use crate::web::pages::event_list::{Closed, Event, EventList};
use crate::web::pages::event_page::{DateOffer, EventPage, NotOffered, Origin};
use crate::web::pages::event_query::EventPageQuery;
use crate::web::pages::form::{Choice, Pairs};
use crate::web::pages::urls;
use crate::web::shop::Shop;
use crate::web::wall::day_span;

/// How many events a page of the list has.
const ROWS: usize = 30;

/// The list, or the event that the address opens.
pub(in crate::web) async fn look(
    State(app): State<App>,
    Ids((branch, link)): Ids<(Uuid, Uuid)>,
    Asked(mut pairs): Asked,
) -> Answer {
    let shop = Shop::find(&app, BranchId(branch), LinkId(link)).await.or_sorry()?;
    pairs.prefer(&shop.link.appearance);
    let query = EventPageQuery::parse(&pairs);
    if query.opened.is_some() {
        event_page(&app, &shop, query, Origin::List, &pairs, false).await
    } else {
        list(&app, &shop, &pairs).await
    }
}

async fn list(app: &App, shop: &Shop, pairs: &Pairs) -> Answer {
    let now = app.clock.now();
    let calendar = calendar(&shop.branch, &app.clock, pairs.language());
    let day: Option<NaiveDate> = pairs.read("from");
    let service = pairs.read::<ServiceId>("service");
    let team_member = pairs.read::<TeamMemberId>("member");
    let after = pairs.last("after").and_then(|cursor| paging::parse(cursor).ok());
    let from = day.map_or(now, |day| day_span(&shop.branch, day).0.max(now));
    let asked = Events { service, team_member, from: Some(from), after, ..Events::default() };
    let (rows, next) = shop.listed(app, asked, ROWS, |_| true).await.or_sorry()?;

    let shell = shell(shop.branch_id, &shop.branch, shop.link_id, &shop.link.appearance, pairs);
    let address = |cursor| {
        let mut address = urls::event_list(shop.branch_id, shop.link_id);
        for name in ["service", "member", "from"] {
            if let Some(value) = pairs.last(name).filter(|value| !value.is_empty()) {
                address = address.with(name, value);
            }
        }
        address.with("after", paging::write(cursor)).along(&shell.along)
    };
    let closed = match shop.link.kind {
        Kind::Individual => Some(Closed::Individual),
        _ if shop.link.settings.active => None,
        _ => Some(Closed::Link),
    };
    let page = EventList {
        calendar,
        events: rows.iter().map(|row| event(shop, row, &calendar)).collect(),
        services: choices(
            shop.branch.services().iter().map(|(id, service)| (*id, service.name.to_string())),
            &shop.link.settings.services,
            service,
        ),
        team: choices(
            shop.branch.team().iter().map(|(id, name)| (*id, name.to_string())),
            &shop.link.settings.team,
            team_member,
        ),
        from: pairs.text("from"),
        filtered: service.is_some() || team_member.is_some() || day.is_some(),
        next: next.map(address),
        closed,
        shell,
    };
    Ok(Framed(StatusCode::OK, page).into_response())
}

fn event(shop: &Shop, row: &AvailabilityRow, calendar: &crate::web::pages::dates::Calendar) -> Event {
    let plan = &row.vacancy.plan;
    let (service, team_member) = names(shop, plan);
    Event {
        activity: row.activity_id,
        service,
        team_member,
        starts: calendar.at(plan.starts_at),
        minutes: plan.duration.get(),
        free: row.vacancy.free(),
        price: price(&shop.branch, plan.service_id),
    }
}

pub(super) fn names(shop: &Shop, plan: &Plan) -> (String, String) {
    let service =
        shop.branch.service(plan.service_id).map_or_else(String::new, |service| service.name.to_string());
    let member = shop.branch.team().get(&plan.team_member_id).map_or_else(String::new, ToString::to_string);
    (service, member)
}

/// What a filter offers; nothing if there is nothing to choose.
fn choices<Id: Ord + Copy + ToString>(
    all: impl Iterator<Item = (Id, String)>,
    offered: &Offered<Id>,
    chosen: Option<Id>,
) -> Vec<Choice> {
    let mut choices: Vec<Choice> = all
        .filter(|(id, _)| offered.includes(id))
        .map(|(id, name)| Choice { value: id.to_string(), name, chosen: chosen == Some(id) })
        .collect();
    choices.sort_by(|one, other| one.name.cmp(&other.name));
    if choices.len() < 2 { vec![] } else { choices }
}

/// W2, from the list or from the pencil. `continued` says why it is not the next step that is shown.
pub(super) async fn event_page(
    app: &App,
    shop: &Shop,
    query: EventPageQuery,
    origin: Origin,
    pairs: &Pairs,
    continued: bool,
) -> Answer {
    let shell = shell(shop.branch_id, &shop.branch, shop.link_id, &shop.link.appearance, pairs);
    let opened = match query.opened {
        Some(id) => app.activity(shop.branch_id, id).await.or_sorry()?,
        None => None,
    };
    let Some(opened) = opened.filter(|_| shop.link.kind != Kind::Individual) else {
        return Ok(Framed(StatusCode::NOT_FOUND, NotOffered { shell }).into_response());
    };
    let mut page = page(app, shop, opened, query, origin, shell, continued).await?;
    page.add_series();
    let status = if continued && !page.problems().is_empty() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(Framed(status, page).into_response())
}

async fn page(
    app: &App,
    shop: &Shop,
    opened: AvailabilityRow,
    mut query: EventPageQuery,
    origin: Origin,
    shell: crate::web::pages::shell::Shell,
    continued: bool,
) -> Result<EventPage, Sorry> {
    let now = app.clock.now();
    let mut similar = app.similar(shop.branch_id, &opened, now).await.or_sorry()?;
    let ticked = app.activities(shop.branch_id, query.ticked.iter().copied()).await.or_sorry()?;
    let plan = opened.vacancy.plan;
    let same = |row: &AvailabilityRow| {
        (row.vacancy.plan.service_id, row.vacancy.plan.team_member_id)
            == (plan.service_id, plan.team_member_id)
    };
    let mixed = ticked.iter().any(|row| !same(row));
    query.ticked.retain(|id| ticked.iter().any(|row| row.activity_id == *id && same(row)));
    // What is ticked stays, also after it started or was cancelled.
    for row in ticked.into_iter().filter(same) {
        if !similar.iter().any(|other| other.activity_id == row.activity_id) {
            similar.push(row);
        }
    }
    let offer = book_another(&shop.branch, &shop.link, now, &opened, Spots::ONE, &similar);
    let max_events = match offer.hidden {
        // The page knows by itself when nothing else fits.
        None | Some(Hidden::NothingElse) => offer.limit.get(),
        Some(_) => 1,
    };
    let date = |row: &AvailabilityRow| DateOffer {
        activity: row.activity_id,
        starts_at: row.vacancy.plan.starts_at,
        ends_at: row.vacancy.plan.ends_at(),
        free: row.vacancy.free(),
        obstacle: shop.obstacle(row, Spots::ONE, now),
    };
    similar.retain(|row| row.activity_id != opened.activity_id);
    similar.sort_by_key(|row| (row.vacancy.plan.starts_at, row.activity_id));
    let (service, team_member) = names(shop, &plan);
    Ok(EventPage {
        calendar: calendar(&shop.branch, &app.clock, shell.language),
        shell,
        service,
        team_member,
        price: price(&shop.branch, plan.service_id),
        opened: date(&opened),
        similar: similar.iter().map(date).collect(),
        max_events,
        max_spots: shop.branch.rules().multiple_spots.max_spots().get(),
        query,
        origin,
        continued,
        mixed,
        added: None,
    })
}

/// The selection of a page as a cart takes it.
pub(super) fn picks(query: &EventPageQuery) -> Vec<Pick> {
    let pick = |(activity, spots): (ActivityId, u8)| Pick {
        activity,
        spots: Spots::try_from(u32::from(spots)).ok(),
    };
    query.selection().map(pick).collect()
}

/// *Continue*: opens the cart.
pub(super) async fn go_on(
    State(app): State<App>,
    visit: Visit,
    Ids((branch, link)): Ids<(Uuid, Uuid)>,
    Form(mut pairs): Form,
) -> Answer {
    let shop = Shop::find(&app, BranchId(branch), LinkId(link)).await.or_sorry()?;
    pairs.prefer(&shop.link.appearance);
    let query = EventPageQuery::parse(&pairs);
    let picks = picks(&query);
    if !picks.is_empty() {
        let caller = visit.caller(Actor::Client);
        match app.open_cart(&caller, shop.branch_id, shop.link_id, picks).await {
            Ok(opened) => {
                let along =
                    shell(shop.branch_id, &shop.branch, shop.link_id, &shop.link.appearance, &pairs).along;
                return Ok(see_other(&urls::cart(&opened.token.to_string()).along(&along)));
            }
            // The page says what stands in the way, date by date.
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(Sorry::from(failure)),
        }
    }
    event_page(&app, &shop, query, Origin::List, &pairs, true).await
}
