//! What happened to one event.

use std::collections::HashMap;

use aggregates::Fact;
use aggregates::activity::ActivityEvent;
use aggregates::ids::{ActivityId, AppointmentId, BranchId, ClientId, TeamMemberId};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use uuid::Uuid;

use super::Desk;
use crate::app::App;
use crate::audit::{self, Subject};
use crate::contact::Contact;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, OrSorry, Page};
use crate::web::pages::staff::journal::{HistoryLine, HistoryPage, Names};

/// Whose spots a fact is about.
struct Known<'a> {
    desk: &'a Desk,
    holders: HashMap<AppointmentId, ClientId>,
    people: HashMap<ClientId, Contact>,
}

impl Names for Known<'_> {
    fn client(&self, appointment: AppointmentId) -> String {
        self.desk.name(self.holders.get(&appointment).and_then(|client| self.people.get(client)))
    }

    fn team_member(&self, id: TeamMemberId) -> String {
        self.desk.team_member(id)
    }
}

/// What happened to an event.
pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids((branch_id, event)): Ids<(Uuid, Uuid)>,
    Asked(pairs): Asked,
) -> Answer {
    let (branch_id, activity) = (BranchId(branch_id), ActivityId(event));
    let desk = Desk::open(&app, branch_id, &pairs).await?;
    let row = app.activity(branch_id, activity).await.or_sorry()?.or_sorry()?;
    let facts = audit::facts(app.ledger.as_ref(), branch_id, Subject::Activity(activity)).await.or_sorry()?;
    let holders: HashMap<AppointmentId, ClientId> = facts
        .iter()
        .filter_map(|(_, fact)| match fact {
            Fact::Activity(ActivityEvent::SpotsTaken(taken)) => Some((taken.appointment_id, taken.client_id)),
            _ => None,
        })
        .collect();
    let clients: Vec<ClientId> = holders.values().copied().collect();
    let people = app.vault.people(branch_id, clients).await.or_sorry()?;
    let people = people.into_iter().map(|(client, person)| (client.id, person)).collect();
    let names = Known { desk: &desk, holders, people };
    let language = desk.shell.language;
    let entries = facts.iter().rev().filter_map(|(entry, fact)| {
        let Fact::Activity(fact) = fact else { return None };
        Some(HistoryLine {
            at: desk.calendar.at(entry.at),
            sentence: language.activity_fact(fact, &names, &desk.calendar),
            who: language.actor(&entry.actor, entry.actor_name.as_deref()),
            why: language.cause(&entry.cause),
        })
    });
    let page = HistoryPage { entries: entries.collect(), event: desk.event(&row), shell: desk.shell };
    Ok(Page(StatusCode::OK, page).into_response())
}
