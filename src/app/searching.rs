//! Finding people by a part of their name or the end of their telephone number.
//!
//! Names and numbers are sealed, so nothing can be looked up by a part of them: whoever has an appointment near to now
//! is opened and looked at. What bounds it: at most [`MOST_READ`] appointments are read for one question, none older than
//! [`BACK`], each client is opened once, and it ends with [`MOST_HITS`] hits. A whole number needs none of that; the vault
//! finds it by its MAC.

use std::collections::HashMap;
use std::ops::ControlFlow;

use aggregates::ids::{BranchId, ClientId};
use aggregates::values::Country;
use chrono::TimeDelta;
use projections::appointments::AppointmentRow;

use super::App;
use super::reading::{Cursor, Journal};
use crate::contact::{Contact, Phone};
use crate::ledger::StoreError;

/// How many hits are shown.
pub const MOST_HITS: usize = 50;

/// How many appointments one question reads.
const MOST_READ: usize = 5_000;

/// How many are read at once.
const AT_ONCE: usize = 500;

/// How many days back a question goes.
const BACK: i32 = 30;

/// Fewer digits would be the end of too many numbers.
const FEWEST_DIGITS: usize = 3;

/// What somebody typed to find a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    name: String,
    /// The end of a number.
    digits: Option<String>,
    phone: Option<Phone>,
}

impl Wanted {
    /// Reads a part of a name, the last digits of a number, or a whole number; `None` if nothing was typed.
    #[must_use]
    pub fn parse(text: &str, country: Option<Country>) -> Option<Self> {
        let name = text.trim().to_lowercase();
        let digits: String = name.chars().filter(char::is_ascii_digit).collect();
        let is_number = !name.chars().any(char::is_alphabetic) && FEWEST_DIGITS <= digits.len();
        let phone = country.filter(|_| is_number).and_then(|country| Phone::parse(&name, country).ok());
        (!name.is_empty()).then_some(Self { digits: is_number.then_some(digits), phone, name })
    }

    fn is(&self, person: &Contact) -> bool {
        let ends = |digits: &String| person.phone.as_str().ends_with(digits.as_str());
        self.digits.as_ref().is_some_and(ends) || person.name.to_string().to_lowercase().contains(&self.name)
    }
}

/// Appointments of the people who were found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// What is to come first, then what has been, the newest first.
    pub hits: Vec<(AppointmentRow, Contact)>,
    /// There are more.
    pub more: bool,
}

impl App {
    /// The appointments of whoever was wanted.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn search(&self, branch: BranchId, wanted: &Wanted) -> Result<Found, StoreError> {
        let mut found = Found::default();
        self.look_through(branch, wanted, |row, person| {
            if found.hits.len() == MOST_HITS {
                found.more = true;
                return ControlFlow::Break(());
            }
            found.hits.push((row, person.clone()));
            ControlFlow::Continue(())
        })
        .await?;
        Ok(found)
    }

    /// The people who were wanted, each once; whoever has that very number also without an appointment.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn people_like(
        &self,
        branch: BranchId,
        wanted: &Wanted,
        most: usize,
    ) -> Result<Vec<(ClientId, Contact)>, StoreError> {
        let mut found: Vec<(ClientId, Contact)> = vec![];
        if let Some(client) = self.with_number(branch, wanted).await? {
            let people = self.vault.people(branch, [client]).await?;
            return Ok(people.into_iter().map(|(client, person)| (client.id, person)).collect());
        }
        self.look_through(branch, wanted, |row, person| {
            if found.iter().all(|(client, _)| *client != row.client_id) {
                found.push((row.client_id, person.clone()));
            }
            if found.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .await?;
        Ok(found)
    }

    async fn with_number(&self, branch: BranchId, wanted: &Wanted) -> Result<Option<ClientId>, StoreError> {
        let Some(phone) = &wanted.phone else { return Ok(None) };
        Ok(self.vault.find(branch, phone).await?.map(|client| client.id))
    }

    /// Hands over the appointments of whoever was wanted, until it is told to stop.
    async fn look_through(
        &self,
        branch: BranchId,
        wanted: &Wanted,
        mut hand_over: impl FnMut(AppointmentRow, &Contact) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let client = self.with_number(branch, wanted).await?;
        // What has just begun is looked for as often as what is to come.
        let now = self.clock.now() - TimeDelta::hours(12);
        let mut known: HashMap<ClientId, Option<Contact>> = HashMap::new();
        let mut left = MOST_READ;
        let mut asked = Journal { client, from: Some(now), ..Journal::default() };
        let mut days_back = 0;
        while 0 < left {
            let at_once = AT_ONCE.min(left);
            asked.limit = u32::try_from(at_once).ok();
            let mut rows = self.journal(branch, asked).await?;
            left = left.saturating_sub(rows.len().max(1));
            let last_page = rows.len() < at_once;
            asked.after = rows.last().map(Cursor::of_appointment);
            if 0 < days_back {
                rows.reverse();
            }
            self.open_people(branch, &rows, &mut known).await?;
            for row in rows {
                let Some(Some(person)) = known.get(&row.client_id) else { continue };
                let is_wanted = client.is_some() || wanted.is(person);
                if is_wanted && hand_over(row, person).is_break() {
                    return Ok(());
                }
            }
            // Then the days before, one by one, so that the newest come first.
            if last_page {
                days_back += 1;
                if BACK < days_back {
                    return Ok(());
                }
                asked.before = asked.from;
                asked.from = Some(now - TimeDelta::days(days_back.into()));
                asked.after = None;
            }
        }
        Ok(())
    }

    async fn open_people(
        &self,
        branch: BranchId,
        rows: &[AppointmentRow],
        known: &mut HashMap<ClientId, Option<Contact>>,
    ) -> Result<(), StoreError> {
        let mut new: Vec<ClientId> =
            rows.iter().map(|row| row.client_id).filter(|client| !known.contains_key(client)).collect();
        new.sort_unstable();
        new.dedup();
        if new.is_empty() {
            return Ok(());
        }
        known.extend(new.iter().map(|client| (*client, None)));
        for (client, person) in self.vault.people(branch, new).await? {
            known.insert(client.id, Some(person));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn germany() -> Option<Country> {
        Country::try_from("DE".to_owned()).ok()
    }

    fn anna() -> Contact {
        Contact {
            name: aggregates::values::Name::try_from("Anna Berg".to_owned()).unwrap(),
            phone: Phone::parse("030 23125 014", germany().unwrap()).unwrap(),
            email: None,
            comment: None,
        }
    }

    #[test]
    fn a_person_is_found_by_part_of_the_name_or_the_end_of_the_number() {
        for (text, is_anna) in [
            ("ann", true),
            (" BERG ", true),
            ("014", true),
            ("23125 014", true),
            ("030 23125 014", true),
            ("15", false),
            ("14", false),
            ("030 23125 01", false),
            ("Ben", false),
        ] {
            let wanted = Wanted::parse(text, germany()).unwrap();
            let found =
                wanted.phone.as_ref().is_some_and(|phone| *phone == anna().phone) || wanted.is(&anna());
            assert_eq!(found, is_anna, "{text}");
        }
        assert_eq!(Wanted::parse("  ", germany()), None);
    }
}
