//! What is stored about whoever is signed in, shown and handed over.

use aggregates::branch::Branch;
use aggregates::ids::BranchId;
use aggregates::membership::Terms;
use aggregates::values::Offered;
use axum::extract::{Extension, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use chrono::{DateTime, NaiveDate, Utc};
use projections::appointments::AppointmentRow;
use projections::branches::BranchRow;
use serde::Serialize;

use super::{SignedIn, at};
use crate::app::App;
use crate::app::clients::Booking;
use crate::app::reading::Side;
use crate::contact::Contact;
use crate::feeds::Subject;
use crate::sessions::Session;
use crate::web::api::views::Appointment;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, OrSorry, Page, Sorry};
use crate::web::mine::panel;
use crate::web::pages::account::stored::{Known, StoredPage, Typed};
use crate::web::pages::appointment::Door;
use crate::web::problem::Problem;
use crate::web::widget::calendar;

/// Everything about one client.
struct Everything {
    branch: BranchRow,
    person: Contact,
    bookings: Vec<Booking>,
    appointments: Vec<AppointmentRow>,
    memberships: Vec<Terms>,
    sessions: Vec<Session>,
    /// When the address of their calendar feed was made.
    feed: Option<DateTime<Utc>>,
}

impl Everything {
    async fn of(app: &App, branch: BranchRow, session: &Session) -> Result<Self, Sorry> {
        let (id, now) = (branch.branch_id, app.clock.now());
        let people = app.vault.people(id, [session.client]).await.or_sorry()?;
        let (client, person) = people.into_iter().next().or_sorry()?;
        let appointments = app.appointments_of(id, client.id, Side::All, None, None).await.or_sorry()?;
        let mut carts: Vec<_> = appointments.iter().map(|row| row.cart_id).collect();
        carts.sort();
        carts.dedup();
        Ok(Self {
            person,
            bookings: app.bookings(id, &client, carts).await.or_sorry()?,
            memberships: app.memberships(id, client.id).await.or_sorry()?.all().values().cloned().collect(),
            sessions: app.sessions.of_client(id, client.id, now).await.or_sorry()?,
            feed: app.feeds.made_at(id, Subject::Client(client.id)).await.or_sorry()?,
            appointments,
            branch,
        })
    }
}

pub(super) async fn look(
    State(app): State<App>,
    Extension(signed_in): Extension<SignedIn>,
    Ids(branch): Ids<BranchId>,
    Asked(pairs): Asked,
) -> Answer {
    let (branch, shell) = at(&app, branch, &pairs).await?;
    let all = Everything::of(&app, branch, &signed_in.session).await?;
    let calendar = calendar(&all.branch.branch, &app.clock, shell.language);
    let country = all.branch.branch.details().or_sorry()?.country;
    let known = |contact: &Contact| Known {
        name: contact.name.to_string(),
        phone: contact.phone.written(country),
        email: contact.email.clone(),
        comment: contact.comment.clone(),
    };
    let typed = |booking: &Booking| Typed {
        at: calendar.at(booking.at),
        contact: known(&booking.contact),
        consent_version: booking.consent_version,
    };
    let panel = |row: &AppointmentRow| {
        let door = Door::Account(all.branch.branch_id, row.appointment_id);
        panel(&all.branch.branch, row, door, &calendar)
    };
    let page = StoredPage {
        person: known(&all.person),
        bookings: all.bookings.iter().map(typed).collect(),
        appointments: all.appointments.iter().map(panel).collect(),
        memberships: all.memberships.clone(),
        sign_ins: all.sessions.iter().map(|session| calendar.at(session.signed_in_at)).collect(),
        feed: all.feed.map(|made_at| calendar.at(made_at)),
        calendar,
        shell,
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

/// The same for programs; moments are in UTC, appointments as the API shows them.
#[derive(Serialize)]
struct Download<'a> {
    studio: &'a str,
    person: &'a Contact,
    bookings: Vec<BookingView<'a>>,
    appointments: Vec<Appointment>,
    memberships: Vec<MembershipView<'a>>,
    signed_in: Vec<SignInView<'a>>,
    /// When the private address of their calendar was made.
    calendar_feed_since: Option<DateTime<Utc>>,
}

#[derive(Serialize)]
struct BookingView<'a> {
    confirmed_at: DateTime<Utc>,
    contact: &'a Contact,
    consent_version: Option<u32>,
}

#[derive(Serialize)]
struct MembershipView<'a> {
    name: &'a str,
    /// All of them if it says none.
    services: Option<Vec<&'a str>>,
    visits_left: Option<u32>,
    expires_on: Option<NaiveDate>,
    status: aggregates::membership::Status,
}

#[derive(Serialize)]
struct SignInView<'a> {
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    language: Option<&'a str>,
}

impl<'a> MembershipView<'a> {
    fn new(branch: &'a Branch, terms: &'a Terms) -> Self {
        let services = match &terms.services {
            Offered::All => None,
            Offered::Only(ids) => Some(
                ids.iter()
                    .filter_map(|id| branch.service(*id))
                    .map(|service| service.name.as_str())
                    .collect(),
            ),
        };
        Self {
            name: terms.name.as_str(),
            services,
            visits_left: terms.balance,
            expires_on: terms.expires_on,
            status: terms.status,
        }
    }
}

pub(super) async fn download(
    State(app): State<App>,
    Extension(signed_in): Extension<SignedIn>,
    Ids(branch): Ids<BranchId>,
) -> Result<impl IntoResponse, Sorry> {
    let row = app.branch(branch).await.or_sorry()?.or_sorry()?;
    let all = Everything::of(&app, row, &signed_in.session).await?;
    let branch = &all.branch.branch;
    let now = app.clock.now();
    let download = Download {
        studio: branch.details().map_or("", |details| details.name.as_str()),
        person: &all.person,
        bookings: all
            .bookings
            .iter()
            .map(|booking| BookingView {
                confirmed_at: booking.at,
                contact: &booking.contact,
                consent_version: booking.consent_version,
            })
            .collect(),
        appointments: all.appointments.iter().map(|row| Appointment::new(branch, row, now)).collect(),
        memberships: all.memberships.iter().map(|terms| MembershipView::new(branch, terms)).collect(),
        signed_in: all
            .sessions
            .iter()
            .map(|session| SignInView {
                since: session.signed_in_at,
                until: session.expires_at,
                language: session.language.as_deref(),
            })
            .collect(),
        calendar_feed_since: all.feed,
    };
    let json = serde_json::to_string_pretty(&download).map_err(|error| {
        tracing::error!(%error, "what is stored about a client cannot be written");
        let detail = "something went wrong on our side";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    })?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"about-me.json\""),
    ];
    Ok((headers, json))
}
