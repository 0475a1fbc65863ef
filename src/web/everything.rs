//! Everything that is stored about one client: shown to them, and handed over to them or to staff.

use aggregates::branch::Branch;
use aggregates::ids::ClientId;
use aggregates::membership::{Status, Terms};
use aggregates::values::Offered;
use chrono::{DateTime, NaiveDate, Utc};
use projections::appointments::AppointmentRow;
use projections::branches::BranchRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::api::views::Appointment;
use crate::app::App;
use crate::app::clients::Booking;
use crate::app::reading::Side;
use crate::contact::Contact;
use crate::feeds::Subject;
use crate::ledger::StoreError;
use crate::sessions::Session;

/// Everything about one client.
pub(super) struct Everything {
    pub(super) branch: BranchRow,
    pub(super) person: Contact,
    pub(super) bookings: Vec<Booking>,
    pub(super) appointments: Vec<AppointmentRow>,
    pub(super) memberships: Vec<Terms>,
    pub(super) sessions: Vec<Session>,
    /// When the address of their calendar feed was made.
    pub(super) feed: Option<DateTime<Utc>>,
}

impl Everything {
    /// `None` if the branch does not know them, or not any more.
    pub(super) async fn of(
        app: &App,
        branch: BranchRow,
        client: ClientId,
    ) -> Result<Option<Self>, StoreError> {
        let (id, now) = (branch.branch_id, app.clock.now());
        let Some((client, person)) = app.vault.people(id, [client]).await?.into_iter().next() else {
            return Ok(None);
        };
        let appointments = app.appointments_of(id, client.id, Side::All, None, None).await?;
        let mut carts: Vec<_> = appointments.iter().map(|row| row.cart_id).collect();
        carts.sort();
        carts.dedup();
        Ok(Some(Self {
            person,
            bookings: app.bookings(id, &client, carts).await?,
            memberships: app.memberships(id, client.id).await?.all().values().cloned().collect(),
            sessions: app.sessions.of_client(id, client.id, now).await?,
            feed: app.feeds.made_at(id, Subject::Client(client.id)).await?,
            appointments,
            branch,
        }))
    }

    /// As a file for programs.
    pub(super) fn written(&self, now: DateTime<Utc>) -> serde_json::Result<String> {
        serde_json::to_string_pretty(&self.for_programs(now))
    }

    fn for_programs(&self, now: DateTime<Utc>) -> ClientData {
        let branch = &self.branch.branch;
        let booking = |booking: &Booking| ClientBooking {
            confirmed_at: booking.at,
            contact: PersonalData::of(&booking.contact),
            consent_version: booking.consent_version,
        };
        let signed_in = |session: &Session| ClientSession {
            since: session.signed_in_at,
            until: session.expires_at,
            language: session.language.clone(),
        };
        ClientData {
            studio: branch.details().map_or_else(String::new, |details| details.name.to_string()),
            person: PersonalData::of(&self.person),
            bookings: self.bookings.iter().map(booking).collect(),
            appointments: self.appointments.iter().map(|row| Appointment::new(branch, row, now)).collect(),
            memberships: self.memberships.iter().map(|terms| ClientMembership::new(branch, terms)).collect(),
            signed_in: self.sessions.iter().map(signed_in).collect(),
            calendar_feed_since: self.feed,
        }
    }
}

/// What is stored about a client. Moments are in UTC, appointments as everywhere in this API.
#[derive(Serialize, ToSchema)]
pub(super) struct ClientData {
    studio: String,
    person: PersonalData,
    bookings: Vec<ClientBooking>,
    appointments: Vec<Appointment>,
    memberships: Vec<ClientMembership>,
    signed_in: Vec<ClientSession>,
    /// When the private address of their calendar was made.
    calendar_feed_since: Option<DateTime<Utc>>,
}

#[derive(Serialize, ToSchema)]
struct PersonalData {
    name: String,
    phone: String,
    email: Option<String>,
    comment: Option<String>,
}

/// What was typed with one confirmation.
#[derive(Serialize, ToSchema)]
struct ClientBooking {
    confirmed_at: DateTime<Utc>,
    contact: PersonalData,
    consent_version: Option<u32>,
}

#[derive(Serialize, ToSchema)]
struct ClientMembership {
    name: String,
    /// All of them if it says none.
    services: Option<Vec<String>>,
    visits_left: Option<u32>,
    expires_on: Option<NaiveDate>,
    /// `released`, `active`, `frozen` or `ended`.
    #[schema(value_type = String)]
    status: Status,
}

#[derive(Serialize, ToSchema)]
struct ClientSession {
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    language: Option<String>,
}

impl PersonalData {
    fn of(contact: &Contact) -> Self {
        Self {
            name: contact.name.to_string(),
            phone: contact.phone.as_str().to_owned(),
            email: contact.email.clone(),
            comment: contact.comment.clone(),
        }
    }
}

impl ClientMembership {
    fn new(branch: &Branch, terms: &Terms) -> Self {
        let services = match &terms.services {
            Offered::All => None,
            Offered::Only(ids) => Some(
                ids.iter()
                    .filter_map(|id| branch.service(*id))
                    .map(|service| service.name.to_string())
                    .collect(),
            ),
        };
        Self {
            name: terms.name.to_string(),
            services,
            visits_left: terms.balance,
            expires_on: terms.expires_on,
            status: terms.status,
        }
    }
}
