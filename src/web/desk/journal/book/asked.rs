//! What staff asked for with the form, and what stood in the way.

use aggregates::cart::{CartRefusal, Mode, Pick};
use aggregates::ids::{ActivityId, LinkId};
use aggregates::obstacle::Obstacle;
use aggregates::values::{Name, Spots};
use projections::availability::AvailabilityRow;

use super::super::Desk;
use crate::app::App;
use crate::app::booking::{Asked, AskedAtDesk};
use crate::command::Refusal;
use crate::contact::{Contact, Phone};
use crate::web::html::{OrSorry, Sorry};
use crate::web::pages::form::Pairs;
use crate::web::pages::staff::journal::{BookPage, Chosen};

impl Desk {
    /// What was asked for, or on the page what is missing.
    pub(super) async fn read(
        &self,
        app: &App,
        pairs: &Pairs,
        page: &mut BookPage,
    ) -> Result<Option<AskedAtDesk>, Sorry> {
        let say = |name| self.shell.say(name);
        let contact = self.contact(app, pairs, page).await?;
        let spots = page.spots.trim().parse::<u32>().ok().and_then(|spots| Spots::try_from(spots).ok());
        if spots.is_none() {
            page.problems.add(say("spots-1-to-255"), "spots");
        }
        let picks: Vec<Pick> = page
            .dates
            .iter()
            .filter(|date| date.ticked)
            .map(|date| Pick { activity: date.activity, spots })
            .collect();
        if picks.is_empty() {
            page.problems.add(say("nothing-ticked"), "dates");
        }
        let link = self.link(app).await?;
        if link.is_none() {
            page.problems.add_general(say("needs-a-link"));
        }
        let (Some(contact), Some(_), Some(link), false) = (contact, spots, link, picks.is_empty()) else {
            return Ok(None);
        };
        let client = match page.client {
            Chosen::Known(client) => Some(client),
            Chosen::New => None,
        };
        let booking = Asked {
            contact,
            mode: Mode::AllOrNothing,
            with_membership: page.with_membership,
            consent: None,
            seen: None,
            code: None,
            language: None,
        };
        Ok(Some(AskedAtDesk { link, picks, force: page.force, client, booking }))
    }

    async fn contact(&self, app: &App, pairs: &Pairs, page: &mut BookPage) -> Result<Option<Contact>, Sorry> {
        let comment = Some(pairs.text("comment").trim().to_owned()).filter(|comment| !comment.is_empty());
        if let Chosen::Known(client) = page.client {
            let known = app.vault.people(self.branch_id, [client]).await.or_sorry()?;
            return Ok(known.into_iter().next().map(|(_, person)| Contact { comment, ..person }));
        }
        let name = Name::try_from(pairs.text("name")).ok();
        let phone = self.country().and_then(|country| Phone::parse(&page.phone, country).ok());
        if name.is_none() {
            page.problems.add(self.shell.say("please-name"), "name");
        }
        if phone.is_none() {
            page.problems.add(self.shell.say("please-phone"), "phone");
        }
        Ok(name.zip(phone).map(|(name, phone)| Contact { name, phone, email: None, comment }))
    }

    /// The link through which the client will change what is booked here: one that is open, if there is any.
    async fn link(&self, app: &App) -> Result<Option<LinkId>, Sorry> {
        let mut links = app.links(self.branch_id).await.or_sorry()?;
        let is_open = |row: &projections::links::LinkRow| {
            row.settled().is_some_and(|link| {
                link.settings.active && link.kind != aggregates::booking_link::Kind::Individual
            })
        };
        links.retain(|row| row.settled().is_some());
        links.sort_by_key(|row| !is_open(row));
        Ok(links.first().map(|row| row.link_id))
    }

    /// Why nothing was booked, date by date.
    pub(super) fn tell(&self, page: &mut BookPage, refusal: &Refusal, rows: &[AvailabilityRow]) {
        let language = self.shell.language;
        let items: Vec<(ActivityId, &Obstacle)> = match refusal {
            Refusal::Cart { refusal: CartRefusal::ItemsRefused(items), .. } => {
                items.iter().map(|item| (item.activity_id, &item.obstacle)).collect()
            }
            Refusal::NotBooked { items, .. } => {
                items.iter().filter_map(|item| Some((item.activity, item.obstacle.as_ref()?))).collect()
            }
            other => {
                page.problems
                    .add_general(language.because("nothing-booked-because", language.refusal(other)));
                return;
            }
        };
        for (activity, obstacle) in items {
            let row = rows.iter().find(|row| row.activity_id == activity);
            let date =
                row.map_or_else(String::new, |row| self.calendar.at(row.vacancy.plan.starts_at).to_string());
            let sentence = match obstacle {
                Obstacle::NotEnoughSpots { left: 0, .. } => language.of_date("not-booked-full", date),
                Obstacle::AlreadyBooked => {
                    let known = page.people.iter().find(|person| page.client == Chosen::Known(person.client));
                    let client = known.map_or_else(|| page.name.clone(), |person| person.name.clone());
                    language
                        .say_with("client-already-has", [("client", client.into()), ("date", date.into())])
                }
                other => {
                    let of = [("date", date.into()), ("why", language.obstacle(other).into())];
                    language.say_with("not-booked-at-desk", of)
                }
            };
            page.problems.add(sentence, format!("d-{activity}"));
        }
    }
}
