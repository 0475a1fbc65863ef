//! J3: the same booking at the desk. Overbooking is never a default.

mod asked;

use aggregates::branch::MembershipBooking;
use aggregates::ids::{ActivityId, BranchId, CartId, ClientId};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::TimeDelta;
use projections::availability::AvailabilityRow;
use uuid::Uuid;

use super::Desk;
use super::event::People;
use crate::app::App;
use crate::app::reading::Events;
use crate::app::searching::Wanted;
use crate::command::{Actor, Answer as Answered, Failure};
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit, see_other};
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::Along;
use crate::web::pages::staff::journal::{BookPage, BookedPage, Chosen, DateBox, Person};
use crate::web::pages::urls;

/// How many dates of the same event are offered.
const DATES: u32 = 30;

/// How many events there are to begin with.
const EVENTS: u32 = 50;

/// How many people a search shows.
const PEOPLE: usize = 10;

/// The form, or what was booked with it.
pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids(branch_id): Ids<Uuid>,
    Asked(pairs): Asked,
) -> Answer {
    let desk = Desk::open(&app, BranchId(branch_id), &pairs).await?;
    if let Some(cart) = pairs.read::<CartId>("done") {
        let page = booked(&app, desk, cart).await?;
        return Ok(Page(StatusCode::OK, page).into_response());
    }
    let (page, _) = page(&app, &desk, &pairs).await?;
    Ok(Page(StatusCode::OK, page).into_response())
}

/// Searches with everything kept, or books.
pub(in crate::web::desk) async fn book(
    State(app): State<App>,
    visit: Visit,
    Ids(branch_id): Ids<Uuid>,
    Form(pairs): Form,
) -> Answer {
    let desk = Desk::open(&app, BranchId(branch_id), &pairs).await?;
    let (mut page, rows) = page(&app, &desk, &pairs).await?;
    if pairs.last("do") != Some("book") {
        return Ok(Page(StatusCode::OK, page).into_response());
    }
    if let Some(asked) = desk.read(&app, &pairs, &mut page).await? {
        let caller = visit.caller(Actor::Staff);
        match app.book_for_client(&caller, desk.branch_id, page.key.clone(), asked).await {
            Ok(reply) => {
                let Answered::Confirmed(confirmed) = reply.answer else {
                    let what = "a booking was answered with something else";
                    return Err(Sorry::from(Failure::Broken(what.to_owned())));
                };
                let address = urls::journal_book(desk.branch_id).with("done", confirmed.cart);
                return Ok(see_other(&address.along(&Along::parse(&pairs))));
            }
            Err(Failure::Refused(refusal)) => desk.tell(&mut page, &refusal, &rows),
            Err(failure) => return Err(Sorry::from(failure)),
        }
    }
    Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn page(app: &App, desk: &Desk, pairs: &Pairs) -> Result<(BookPage, Vec<AvailabilityRow>), Sorry> {
    let ticked: Vec<ActivityId> = pairs.all("event").filter_map(|id| id.parse().ok()).collect();
    let like = pairs.read::<ActivityId>("like").or(ticked.first().copied());
    let like = match like {
        Some(id) => app.activity(desk.branch_id, id).await.or_sorry()?,
        None => None,
    };
    let rows = match &like {
        Some(like) => dates(app, desk, like, &ticked).await?,
        None => vec![],
    };
    let spots = pairs.last("spots").map_or_else(|| "1".to_owned(), str::to_owned);
    let wanted = pairs.text("q");
    let (people, client) = people(app, desk, pairs, &wanted).await?;
    let service = like.as_ref().and_then(|row| desk.branch.service(row.vacancy.plan.service_id));
    let boxes = rows.iter().map(|row| DateBox {
        activity: row.activity_id,
        starts: desk.calendar.at(row.vacancy.plan.starts_at),
        counts: desk.counts(row),
        ticked: ticked.contains(&row.activity_id),
    });
    let number: u32 = spots.trim().parse().unwrap_or(1);
    let overbooks = rows.iter().filter(|row| ticked.contains(&row.activity_id));
    let overbooks = overbooks.filter_map(|row| desk.overbooks(row, number));
    let page = BookPage {
        wanted,
        searched: pairs.last("do") == Some("search"),
        people,
        client,
        name: pairs.text("name"),
        phone: pairs.text("phone"),
        dates: boxes.collect(),
        events: if like.is_none() { desk.to_begin_with(app).await? } else { vec![] },
        overbooks: overbooks.collect(),
        spots,
        comment: pairs.text("comment"),
        offers_membership: service.is_some_and(|it| it.membership_booking == MembershipBooking::Optional),
        with_membership: pairs.is_on("membership"),
        force: pairs.is_on("force"),
        key: pairs.last("key").map_or_else(|| Uuid::now_v7().to_string(), str::to_owned),
        like: like.map(|row| (row.activity_id, desk.event(&row).title())),
        problems: Problems::default(),
        shell: desk.shell.clone(),
    };
    Ok((page, rows))
}

/// Dates of the same service and team member, with those that are ticked; what has just begun can still be joined.
async fn dates(
    app: &App,
    desk: &Desk,
    like: &AvailabilityRow,
    ticked: &[ActivityId],
) -> Result<Vec<AvailabilityRow>, Sorry> {
    let plan = &like.vacancy.plan;
    let asked = Events {
        service: Some(plan.service_id),
        team_member: Some(plan.team_member_id),
        from: Some(desk.calendar.now - TimeDelta::hours(12)),
        limit: Some(DATES),
        ..Events::default()
    };
    let mut rows = app.events(desk.branch_id, asked).await.or_sorry()?;
    let known = |id: &ActivityId| rows.iter().any(|row| row.activity_id == *id);
    let others: Vec<ActivityId> =
        ticked.iter().copied().chain([like.activity_id]).filter(|id| !known(id)).collect();
    rows.extend(app.activities(desk.branch_id, others).await.or_sorry()?);
    rows.retain(|row| !row.vacancy.cancelled);
    rows.sort_by_key(|row| (row.vacancy.plan.starts_at, row.activity_id));
    Ok(rows)
}

/// Who was found, and who is chosen: whoever was chosen before stays in the list.
async fn people(app: &App, desk: &Desk, pairs: &Pairs, wanted: &str) -> Result<(Vec<Person>, Chosen), Sorry> {
    let mut found = match Wanted::parse(wanted, desk.country()) {
        Some(wanted) => app.people_like(desk.branch_id, &wanted, PEOPLE).await.or_sorry()?,
        None => vec![],
    };
    let chosen = pairs.read::<ClientId>("client");
    if let Some(id) = chosen.filter(|id| found.iter().all(|(known, _)| known != id)) {
        let known = app.vault.people(desk.branch_id, [id]).await.or_sorry()?;
        found.extend(known.into_iter().map(|(client, person)| (client.id, person)));
    }
    let mut people = vec![];
    for (client, person) in &found {
        people.push(Person {
            client: *client,
            name: person.name.to_string(),
            phone: desk.phone(person),
            memberships: desk.memberships(app, *client).await?,
        });
    }
    let known = chosen.filter(|id| people.iter().any(|person| person.client == *id));
    // Of a search that finds one person, it is that one.
    let only = (pairs.last("do") == Some("search") && found.len() == 1).then(|| found.first()).flatten();
    let client = only.map(|(id, _)| *id).or(known).map_or(Chosen::New, Chosen::Known);
    Ok((people, client))
}

async fn booked(app: &App, desk: Desk, cart: CartId) -> Result<BookedPage, Sorry> {
    let row = app.cart(desk.branch_id, cart).await.or_sorry()?.or_sorry()?;
    let confirmed = row.confirmed.or_sorry()?;
    let ids: Vec<_> = confirmed.booked().map(|(_, line)| line.appointment_id).collect();
    let rows = app.appointments(desk.branch_id, ids).await.or_sorry()?;
    let people = People::of(app, desk.branch_id, &rows).await.or_sorry()?;
    let date = |row: &projections::appointments::AppointmentRow| {
        let place = &row.place;
        let what = format!("{}, {}", desk.service(place.service_id), desk.team_member(place.team_member_id));
        (place.activity_id, desk.calendar.at(place.starts_at), what)
    };
    Ok(BookedPage {
        client: desk.name(people.person(confirmed.client_id)),
        dates: rows.iter().map(date).collect(),
        shell: desk.shell,
    })
}

impl Desk {
    /// "full, 9 of 9", or how many spots are free.
    fn counts(&self, row: &AvailabilityRow) -> String {
        let language = self.shell.language;
        let (taken, max) = (row.vacancy.taken, row.vacancy.plan.capacity.get());
        match row.vacancy.free() {
            0 => language.say_with("full-of", [("n", taken.into()), ("max", max.into())]),
            free => language.say_with("n-free", [("n", free.into())]),
        }
    }

    /// "Tue 12 Jan would have 10 of 9 taken.", if it would.
    fn overbooks(&self, row: &AvailabilityRow, spots: u32) -> Option<String> {
        let (taken, max) = (row.vacancy.taken.saturating_add(spots), row.vacancy.plan.capacity.get());
        let date = self.calendar.at(row.vacancy.plan.starts_at).date();
        let of = [("date", date.into()), ("n", taken.into()), ("max", max.into())];
        (u32::from(max) < taken).then(|| self.shell.language.say_with("would-have-taken", of))
    }

    async fn to_begin_with(&self, app: &App) -> Result<Vec<(ActivityId, String)>, Sorry> {
        let from = self.calendar.now - TimeDelta::hours(12);
        let asked = Events { from: Some(from), limit: Some(EVENTS), ..Events::default() };
        let rows = app.events(self.branch_id, asked).await.or_sorry()?;
        let label = |row: &AvailabilityRow| {
            let event = self.event(row);
            (row.activity_id, format!("{}, {}, {}", event.starts, event.title(), self.counts(row)))
        };
        Ok(rows.iter().filter(|row| !row.vacancy.cancelled).map(label).collect())
    }
}
