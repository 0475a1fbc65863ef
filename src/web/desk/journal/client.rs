//! One client: what they have paid ahead, and their appointments.

use aggregates::ids::{BranchId, ClientId};
use aggregates::membership::{Status, Terms};
use aggregates::values::Offered;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::TimeDelta;
use uuid::Uuid;

use super::Desk;
use crate::app::App;
use crate::app::reading::Journal;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, OrSorry, Page, Sorry};
use crate::web::pages::staff::journal::{ClientPage, Hit, MembershipLine};

/// How many appointments a page lists, from a month ago on.
const APPOINTMENTS: u32 = 100;

/// A client by their random id.
pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids((branch_id, client)): Ids<(Uuid, Uuid)>,
    Asked(pairs): Asked,
) -> Answer {
    let client = ClientId(client);
    let desk = Desk::open(&app, BranchId(branch_id), &pairs).await?;
    let people = app.vault.people(desk.branch_id, [client]).await.or_sorry()?;
    let (_, person) = people.into_iter().next().or_sorry()?;
    let from = desk.calendar.now - TimeDelta::days(30);
    let asked =
        Journal { client: Some(client), from: Some(from), limit: Some(APPOINTMENTS), ..Journal::default() };
    let rows = app.journal(desk.branch_id, asked).await.or_sorry()?;
    let page = ClientPage {
        memberships: desk.memberships(&app, client).await?,
        appointments: rows.iter().map(|row| desk.hit(row, &person)).collect(),
        name: person.name.to_string(),
        phone: desk.phone(&person),
        shell: desk.shell,
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

impl Desk {
    pub(super) fn hit(
        &self,
        row: &projections::appointments::AppointmentRow,
        person: &crate::contact::Contact,
    ) -> Hit {
        let place = &row.place;
        Hit {
            activity: place.activity_id,
            name: person.name.to_string(),
            phone: self.phone(person),
            what: format!("{}, {}", self.service(place.service_id), self.team_member(place.team_member_id)),
            starts: self.calendar.at(place.starts_at),
            spots: row.spots.get(),
            cancelled: self.cancelled(row),
        }
    }

    /// What a client has paid ahead, in words.
    pub(super) async fn memberships(
        &self,
        app: &App,
        client: ClientId,
    ) -> Result<Vec<MembershipLine>, Sorry> {
        let all = app.memberships(self.branch_id, client).await.or_sorry()?;
        Ok(all.all().values().map(|terms| self.membership(terms)).collect())
    }

    fn membership(&self, terms: &Terms) -> MembershipLine {
        let language = self.shell.language;
        let covers = match &terms.services {
            Offered::All => None,
            Offered::Only(services) => {
                Some(services.iter().map(|id| self.service(*id)).collect::<Vec<_>>().join(", "))
            }
        };
        let visits = match terms.balance {
            Some(n) => language.say_with("visits-left", [("n", n.into())]),
            None => language.say("visits-without-limit"),
        };
        let until = terms.expires_on.map(|day| language.of_date("until-day", self.calendar.short(day)));
        let status = match terms.status {
            Status::Active => None,
            Status::Released => Some(language.say("membership-released")),
            Status::Frozen => Some(language.say("membership-frozen")),
            Status::Ended => Some(language.say("membership-ended")),
        };
        let parts: Vec<String> = [covers, Some(visits), until, status].into_iter().flatten().collect();
        MembershipLine { name: terms.name.to_string(), terms: parts.join(", ") }
    }
}
