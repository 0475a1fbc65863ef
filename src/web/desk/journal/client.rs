//! One client: what they have paid ahead, and their appointments.

use aggregates::Fact;
use aggregates::branch::Service;
use aggregates::client::ClientEvent;
use aggregates::ids::{BranchId, ClientId, MembershipId, ServiceId};
use aggregates::membership::{MembershipEvent, Status, Terms};
use aggregates::values::{Name, Offered};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::TimeDelta;
use uuid::Uuid;

use super::Desk;
use crate::app::App;
use crate::app::reading::Journal;
use crate::audit::{self, Subject};
use crate::command::Command;
use crate::web::desk::settings::who;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit, not_found, see_other};
use crate::web::pages::form::{Choice, Pairs};
use crate::web::pages::language::Language;
use crate::web::pages::problem::Problems;
use crate::web::pages::staff::journal::{ClientPage, GrantForm, Hit, MembershipLine};
use crate::web::pages::staff::settings::SaveLine;
use crate::web::pages::urls;

/// How many appointments a page lists, from a month ago on.
const APPOINTMENTS: u32 = 100;

/// A client by their random id.
pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids((branch_id, client)): Ids<(Uuid, Uuid)>,
    Asked(pairs): Asked,
) -> Answer {
    let desk = Desk::open(&app, BranchId(branch_id), &pairs).await?;
    Ok(Page(StatusCode::OK, page(&app, desk, ClientId(client), &pairs).await?).into_response())
}

async fn page(app: &App, desk: Desk, client: ClientId, pairs: &Pairs) -> Result<ClientPage, Sorry> {
    let people = app.vault.people(desk.branch_id, [client]).await.or_sorry()?;
    let person = people.into_iter().next().map(|(_, person)| person);
    if person.is_none() && !app.was_known(desk.branch_id, client).await.or_sorry()? {
        return Err(not_found());
    }
    let from = desk.calendar.now - TimeDelta::days(30);
    let asked =
        Journal { client: Some(client), from: Some(from), limit: Some(APPOINTMENTS), ..Journal::default() };
    let rows = app.journal(desk.branch_id, asked).await.or_sorry()?;
    Ok(ClientPage {
        client,
        memberships: desk.memberships(app, client).await?,
        saves: desk.what_was_done(app, client).await?,
        appointments: rows.iter().map(|row| desk.hit(row, person.as_ref())).collect(),
        name: desk.name(person.as_ref()),
        phone: person.as_ref().map_or_else(String::new, |person| desk.phone(person)),
        is_known: person.is_some(),
        grant: (person.is_some() && pairs.is_on("grant")).then(|| GrantForm {
            membership: MembershipId(Uuid::now_v7()),
            name: String::new(),
            services: desk.services(&[]),
            visits: String::new(),
            last_day: String::new(),
        }),
        done: match pairs.last("done") {
            Some("granted") => Some(desk.shell.say("membership-granted")),
            Some("links-ended") => Some(desk.shell.say("links-are-ended")),
            Some("erased") => Some(desk.shell.say("client-is-erased")),
            _ => None,
        },
        problems: Problems::default(),
        shell: desk.shell,
    })
}

/// *Grant*. The membership's id stands in the form, so that a form sent twice grants it once.
pub(in crate::web::desk) async fn grant(
    State(app): State<App>,
    visit: Visit,
    Ids((branch_id, client)): Ids<(BranchId, ClientId)>,
    Form(pairs): Form,
) -> Answer {
    let desk = Desk::open(&app, branch_id, &pairs).await?;
    let ticked: Vec<ServiceId> = pairs.all("service").filter_map(|id| id.parse().ok()).collect();
    let services = desk.services(&ticked);
    let mut page = page(&app, desk, client, &pairs).await?;
    let language = page.shell.language;
    let typed = GrantForm {
        membership: pairs.read("membership").unwrap_or_else(|| MembershipId(Uuid::now_v7())),
        name: pairs.text("name"),
        services,
        visits: pairs.text("visits"),
        last_day: pairs.text("last_day"),
    };
    if let Some(terms) = terms(&typed, ticked, &mut page.problems, language) {
        let command = Command::GrantMembership(client, typed.membership, terms);
        match super::ask(&app, &visit, branch_id, command, None).await? {
            Ok(()) => {
                let granted = urls::journal_client(branch_id, client).with("done", "granted");
                return Ok(see_other(&granted.along(&page.shell.along)));
            }
            Err(refusal) => page.problems.add_general(super::refused(language, &refusal).1),
        }
    }
    page.grant = Some(typed);
    Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What was meant, or `None` with a problem for each field that cannot be read.
fn terms(
    typed: &GrantForm,
    ticked: Vec<ServiceId>,
    problems: &mut Problems,
    language: Language,
) -> Option<Terms> {
    let name = Name::try_from(typed.name.clone()).ok();
    if name.is_none() {
        problems.add(language.say("enter-name"), "name");
    }
    let balance = if_given(&typed.visits, |text| text.parse::<u32>().ok().filter(|visits| 0 < *visits));
    if balance.is_err() {
        problems.add(language.say("visits-please"), "visits");
    }
    let expires_on = if_given(&typed.last_day, |text| text.parse().ok());
    if expires_on.is_err() {
        problems.add(language.say("date-please"), "last_day");
    }
    let services = if ticked.is_empty() { Offered::All } else { Offered::Only(ticked.into_iter().collect()) };
    let (Some(name), Ok(balance), Ok(expires_on)) = (name, balance, expires_on) else { return None };
    Some(Terms { name, services, balance, expires_on, status: Status::Active })
}

/// A field that stands for itself, but cannot be read.
struct Unread;

/// What may be left empty.
fn if_given<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Unread> {
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { read(text).map(Some).ok_or(Unread) }
}

impl Desk {
    pub(super) fn hit(
        &self,
        row: &projections::appointments::AppointmentRow,
        person: Option<&crate::contact::Contact>,
    ) -> Hit {
        let place = &row.place;
        Hit {
            activity: place.activity_id,
            name: self.name(person),
            phone: person.map_or_else(String::new, |person| self.phone(person)),
            what: format!("{}, {}", self.service(place.service_id), self.team_member(place.team_member_id)),
            starts: self.calendar.at(place.starts_at),
            spots: row.spots.get(),
            cancelled: self.cancelled(row),
        }
    }

    /// The services of the branch by name, each to be ticked.
    fn services(&self, ticked: &[ServiceId]) -> Vec<Choice> {
        let choice = |(id, service): (&ServiceId, &Service)| Choice {
            value: id.to_string(),
            name: service.name.to_string(),
            chosen: ticked.contains(id),
        };
        let mut all: Vec<Choice> = self.branch.services().iter().map(choice).collect();
        all.sort_by(|one, other| one.name.cmp(&other.name));
        all
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

    /// Who granted which membership, and what was done with what is known of the client; the newest first.
    async fn what_was_done(&self, app: &App, client: ClientId) -> Result<Vec<SaveLine>, Sorry> {
        let mut facts = vec![];
        for subject in [Subject::Memberships(client), Subject::Client(client)] {
            facts.extend(audit::facts(app.ledger.as_ref(), self.branch_id, subject).await.or_sorry()?);
        }
        facts.sort_by_key(|(entry, _)| std::cmp::Reverse(entry.position));
        let done = facts.iter().filter_map(|(entry, fact)| {
            let what = match fact {
                Fact::Membership(MembershipEvent::Granted(granted)) => {
                    let MembershipLine { name, terms } = self.membership(&granted.terms);
                    format!("{name}: {terms}")
                }
                Fact::Client(ClientEvent::Exported(_)) => self.shell.say("client-was-exported"),
                Fact::Client(ClientEvent::LinksEnded(_)) => self.shell.say("client-links-ended"),
                Fact::Client(ClientEvent::Erased(_)) => self.shell.say("client-was-erased"),
                _ => return None,
            };
            let who = who(self.shell.language, entry);
            Some(SaveLine { at: self.calendar.at(entry.at), who, changes: vec![what] })
        });
        Ok(done.collect())
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
