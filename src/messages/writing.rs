//! Finds the words of a message at the moment in which it is sent.

use aggregates::Decider;
use aggregates::appointment::{Appointment, By};
use aggregates::branch::Branch;
use aggregates::ids::{AppointmentId, BranchId, CartId};
use projections::Projection;
use projections::appointments::AppointmentRow;

use super::{About, Messages, way_to};
use crate::app::booking::ResultTokens;
use crate::capability::Token;
use crate::contact::Contact;
use crate::followers::Outcome;
use crate::followers::deliveries::Delivery;
use crate::ledger::{Position, StoreError};
use crate::messenger::{Invitation, Mail, Message, Method, NotBrought, Recipient, Way};
use crate::web::calendar::Written;
use crate::web::pages::dates::Calendar;
use crate::web::pages::language::Language;
use crate::web::pages::letters::{Letter, LetterDate};
use crate::web::pages::urls;
use crate::web::pages::words::telling::Told;

/// What a message needs to know of a client and their studio.
struct Known {
    branch: Branch,
    calendar: Calendar,
    tokens: ResultTokens,
}

/// A message as it is meant: its words, and the dates that calendars are told.
struct Meant {
    letter: Letter,
    method: Method,
    dates: Vec<AppointmentRow>,
}

/// Why there is nothing to say any more.
type Silence = &'static str;

impl Messages {
    pub(super) async fn try_send(&self, delivery: &Delivery) -> Result<Outcome, StoreError> {
        let meant = match About::parse(&delivery.kind) {
            Some(About::Confirmation) => self.confirmation(delivery).await?,
            Some(about) => self.about_one(delivery, about).await?,
            None => Err("unknown"),
        };
        match meant {
            Ok((known, meant)) => self.bring(delivery, &known, &meant).await,
            Err(silence) => Ok(Outcome::dropped(silence)),
        }
    }

    async fn known(&self, branch_id: BranchId, cart: CartId) -> Result<Result<Known, Silence>, StoreError> {
        let app = &self.0;
        let Some(tokens) = app.tokens_of(branch_id, cart).await? else { return Ok(Err("no-longer-known")) };
        let Some(row) = app.branch(branch_id).await? else { return Ok(Err("no-longer-known")) };
        let of_link = match app.cart(branch_id, cart).await? {
            Some(cart) => app.link(branch_id, cart.link_id).await?,
            None => None,
        };
        let of_link = of_link.and_then(|row| row.settled().and_then(|link| link.appearance.language));
        let chosen = tokens.language.as_deref().and_then(Language::parse);
        let of_link = of_link.and_then(|code| Language::parse(&code.to_string()));
        let language = chosen.or(of_link).unwrap_or_default();
        let zone = row.branch.details().map_or(chrono_tz::UTC, |details| details.time_zone);
        let calendar = Calendar { language, zone, now: app.clock.now() };
        Ok(Ok(Known { branch: row.branch, calendar, tokens }))
    }

    /// Everything that was booked at once and still stands.
    async fn confirmation(&self, delivery: &Delivery) -> Result<Result<(Known, Meant), Silence>, StoreError> {
        let known = match self.known(delivery.branch, CartId(delivery.subject)).await? {
            Ok(known) => known,
            Err(silence) => return Ok(Err(silence)),
        };
        let ids = known.tokens.appointments.iter().map(|(id, _)| *id);
        let mut dates = self.0.appointments(delivery.branch, ids).await?;
        dates.retain(|row| !row.is_cancelled() && known.calendar.now < row.place.starts_at);
        let Some(first) = dates.first() else { return Ok(Err("overtaken")) };
        let language = known.calendar.language;
        let subject = language.told_booked(dates.len(), known.what(first));
        let mut letter = self.letter(&known, subject.clone(), vec![format!("{subject}.")], &dates);
        letter.notes.insert(0, language.say("each-stands-alone"));
        letter.all = self.address(&known.tokens.result);
        Ok(Ok((known, Meant { letter, method: Method::Request, dates })))
    }

    /// One appointment, as that fact left it.
    async fn about_one(
        &self,
        delivery: &Delivery,
        about: About,
    ) -> Result<Result<(Known, Meant), Silence>, StoreError> {
        let (branch, id) = (delivery.branch, AppointmentId(delivery.subject));
        let until = if about == About::Reminder { Position::MAX } else { delivery.position };
        let Some((was, row)) = self.as_of(branch, id, until).await? else { return Ok(Err("no-such-fact")) };
        let known = match self.known(branch, row.cart_id).await? {
            Ok(known) => known,
            Err(silence) => return Ok(Err(silence)),
        };
        if row.place.starts_at <= known.calendar.now && was.place.starts_at <= known.calendar.now {
            return Ok(Err("too-late"));
        }
        if about == About::Reminder && row.is_cancelled() {
            return Ok(Err("overtaken"));
        }
        let (subject, said) = known.said(about, &was, &row);
        let shown = if row.is_cancelled() { vec![] } else { vec![row.clone()] };
        let letter = self.letter(&known, subject, vec![said], &shown);
        let method = if row.is_cancelled() { Method::Cancel } else { Method::Request };
        // What stands in calendars has not changed.
        let dates = if about == About::Reminder { vec![] } else { vec![row] };
        Ok(Ok((known, Meant { letter, method, dates })))
    }

    /// An appointment before and after the fact at that position.
    async fn as_of(
        &self,
        branch: BranchId,
        id: AppointmentId,
        position: Position,
    ) -> Result<Option<(AppointmentRow, AppointmentRow)>, StoreError> {
        let (mut was, mut row) = (None, None);
        for entry in self.0.ledger.history(branch, Appointment::NAME, id.0).await? {
            if position < entry.position {
                break;
            }
            was.clone_from(&row);
            row = AppointmentRow::fold(row, &entry.read()?);
        }
        Ok(row.map(|row| (was.unwrap_or_else(|| row.clone()), row)))
    }

    /// What a token opens, as clients reach it; `None` while nobody knows where that is.
    fn address(&self, token: &Token) -> Option<String> {
        Some(format!("{}{}", self.0.public_url.as_ref()?, urls::mine(&token.to_string())))
    }

    fn letter(&self, known: &Known, subject: String, said: Vec<String>, dates: &[AppointmentRow]) -> Letter {
        let language = known.calendar.language;
        let dates = dates.iter().map(|row| {
            let token = known.tokens.appointments.iter().find(|(id, _)| *id == row.appointment_id);
            LetterDate { address: token.and_then(|(_, token)| self.address(token)), ..known.date(row) }
        });
        let details = known.branch.details();
        let place = details.and_then(|details| details.address.as_ref()).map(ToString::to_string);
        let call = details.and_then(|details| details.phone.as_ref());
        let call = call.map(|phone| language.told_to_call(phone.to_string()));
        Letter {
            language,
            studio: known.studio(),
            subject,
            name: known.tokens.contact.name.to_string(),
            said,
            dates: dates.collect(),
            notes: place.into_iter().chain(call).collect(),
            all: None,
        }
    }

    async fn bring(&self, delivery: &Delivery, known: &Known, meant: &Meant) -> Result<Outcome, StoreError> {
        let Some(messenger) = &self.0.messenger else { return Ok(Outcome::failed("not-configured")) };
        let contact: &Contact = &known.tokens.contact;
        let email = contact.email.clone().unwrap_or_default();
        let (to, text, mail) = match way_to(messenger.as_ref(), contact) {
            None => return Ok(Outcome::failed("not-configured")),
            Some(Way::Text) => (Recipient::Phone(contact.phone.clone()), meant.letter.short(), None),
            Some(Way::Mail) => {
                let written = Written { branch: &known.branch, language: known.calendar.language };
                let from = messenger.mail_from().unwrap_or_default();
                let invitation = |row: &AppointmentRow| Invitation {
                    method: meant.method,
                    file: written.invitation(row, meant.method, &from, &email),
                };
                let mail = Mail {
                    from: known.studio(),
                    phone: contact.phone.clone(),
                    subject: meant.letter.subject.clone(),
                    html: meant.letter.html()?,
                    invitations: meant.dates.iter().map(invitation).collect(),
                };
                (Recipient::Email(email), meant.letter.plain()?, Some(mail))
            }
        };
        let message = Message { id: delivery.id, at: self.0.clock.now(), to, text, mail };
        Ok(match messenger.bring(&message).await {
            Ok(()) => Outcome::delivered(),
            Err(NotBrought::Refused) => Outcome::dropped("refused"),
            Err(NotBrought::NotNow) => Outcome::failed("not-taken"),
            Err(NotBrought::NoWay) => Outcome::failed("not-configured"),
        })
    }
}

impl Known {
    fn studio(&self) -> String {
        self.branch.details().map_or_else(String::new, |details| details.name.to_string())
    }

    fn member(&self, id: aggregates::ids::TeamMemberId) -> String {
        self.branch.team().get(&id).map_or_else(String::new, ToString::to_string)
    }

    fn service(&self, row: &AppointmentRow) -> String {
        self.branch.service(row.place.service_id).map_or_else(String::new, |service| service.name.to_string())
    }

    /// "Yoga with Sofie".
    fn what(&self, row: &AppointmentRow) -> String {
        self.calendar.language.with(&self.service(row), &self.member(row.place.team_member_id))
    }

    fn date(&self, row: &AppointmentRow) -> LetterDate {
        let language = self.calendar.language;
        let starts = self.calendar.at(row.place.starts_at);
        let ends = self.calendar.at(row.place.starts_at + row.place.duration.span());
        let spots = language.spots_count(row.spots.get().into());
        let reference = [("reference", row.appointment_id.reference().into())];
        LetterDate {
            when: format!("{}, {}", starts.full_date(), starts.until(ends)),
            short: starts.to_string(),
            details: vec![format!("{}, {spots}", self.what(row)), language.say_with("reference", reference)],
            address: None,
        }
    }

    /// The subject of a message about one appointment, and its sentence.
    fn said(&self, about: About, was: &AppointmentRow, row: &AppointmentRow) -> (String, String) {
        let told = Told {
            what: self.what(row),
            service: self.service(row),
            was: self.calendar.at(was.place.starts_at).to_string(),
            date: self.calendar.at(row.place.starts_at).to_string(),
            before: self.member(was.place.team_member_id),
            member: self.member(row.place.team_member_id),
            by_client: row.cancelled_by == Some(By::Client),
        };
        self.calendar.language.told(about, told)
    }
}
