//! A cart from its opening to its confirmation.

use std::sync::Arc;

use aggregates::Fact;
use aggregates::activity::{Activity, ActivityRefusal};
use aggregates::appointment::{Appointment, AppointmentRefusal};
use aggregates::booking_link::Settled;
use aggregates::branch::Branch;
use aggregates::cart::{
    BookingCart, Candidate, Candidates, CartCommand, CartConfirmed, CartEvent, CartRefusal, CartTerms,
    Changed, Confirmation, ConfirmedLine, Mode, Pick, RefusedItem,
};
use aggregates::client::ClientRefusal;
use aggregates::confirmation::{Booker, Booking};
use aggregates::ids::{ActivityId, CartId, ClientId};
use aggregates::membership::Membership;
use aggregates::obstacle::Obstacle;

use super::{Unit, missing};
use crate::capability::Kind;
use crate::command::{
    Answer, Booked, Command, Confirm, Confirmed, DeskBooking, Failure, ItemOutcome, Refusal,
};
use crate::ledger::table::{CAPABILITIES, CONTACTS};

impl Unit<'_> {
    pub(super) async fn book(&self) -> Result<Answer, Failure> {
        match &self.envelope.command {
            Command::OpenCart { cart, link, picks, token } => {
                self.link(*link).await?;
                self.ask::<BookingCart>(cart.0, CartCommand::OpenCart { link: *link, at: self.envelope.at })
                    .await?;
                self.select(*cart, picks).await?;
                self.staging.record(&CAPABILITIES, token.record(Kind::Cart, cart.0));
                self.done::<BookingCart>(cart.0).await
            }
            Command::SelectEvents { cart, picks } => {
                self.select(*cart, picks).await?;
                self.done::<BookingCart>(cart.0).await
            }
            Command::SetSpots { cart: id, activity, spots } => {
                let cart = self.cart(*id).await?;
                let (_, link, terms) = self.terms(&cart).await?;
                let candidate = self.candidate(*activity, &link, Booker::Client, "").await?;
                let command = CartCommand::SetSpots {
                    activity: *activity,
                    spots: *spots,
                    terms,
                    candidate: Box::new(candidate),
                };
                self.ask::<BookingCart>(id.0, command).await?;
                self.done::<BookingCart>(id.0).await
            }
            Command::ConfirmMultiBooking(confirm) => self.confirm(confirm, Booker::Client).await,
            Command::BookForClient(booking) => self.book_for_client(booking).await,
            other => Err(Failure::Broken(format!("{} does not concern a cart", other.name()))),
        }
    }

    async fn cart(&self, id: CartId) -> Result<Arc<BookingCart>, Failure> {
        let cart = self.staging.get::<BookingCart>(id.0).await?;
        if cart.link().is_none() { Err(missing("cart", "")) } else { Ok(cart) }
    }

    async fn terms(&self, cart: &BookingCart) -> Result<(Arc<Branch>, Settled, CartTerms), Failure> {
        let branch = self.branch().await?;
        let link = match cart.link() {
            Some(link) => self.link(link).await?,
            None => return Err(missing("cart", "")),
        };
        let terms = CartTerms::new(branch.rules(), &link, self.envelope.at);
        Ok((branch, link, terms))
    }

    async fn candidate(
        &self,
        id: ActivityId,
        link: &Settled,
        booker: Booker,
        pointer: &str,
    ) -> Result<Candidate, Failure> {
        let branch = self.branch().await?;
        let activity = self.staging.get::<Activity>(id.0).await?;
        let vacancy = activity.vacancy().ok_or_else(|| missing("event", pointer))?;
        Ok(match booker {
            Booker::Client => Candidate::new(*vacancy, &branch, link, self.envelope.at),
            Booker::Staff { force } => Candidate::at_desk(*vacancy, force),
        })
    }

    async fn candidates(
        &self,
        activities: impl Iterator<Item = ActivityId>,
        link: &Settled,
        booker: Booker,
    ) -> Result<Candidates, Failure> {
        let mut candidates = Candidates::new();
        for (place, id) in activities.enumerate() {
            let pointer = format!("/events/{place}/activity_id");
            candidates.insert(id, self.candidate(id, link, booker, &pointer).await?);
        }
        Ok(candidates)
    }

    async fn select(&self, id: CartId, picks: &[Pick]) -> Result<(), Failure> {
        let cart = self.cart(id).await?;
        let (_, link, terms) = self.terms(&cart).await?;
        let picked = picks.iter().map(|pick| pick.activity);
        let candidates = self.candidates(picked, &link, Booker::Client).await?;
        let command = CartCommand::SelectEvents { picks: picks.to_vec(), terms, candidates };
        self.ask::<BookingCart>(id.0, command).await
    }

    /// Opens, fills and confirms a cart on behalf of a client.
    async fn book_for_client(&self, booking: &DeskBooking) -> Result<Answer, Failure> {
        let (id, booker) = (booking.confirm.cart, Booker::Staff { force: booking.force });
        let link = self.link(booking.link).await?;
        self.ask::<BookingCart>(id.0, CartCommand::OpenCart { link: booking.link, at: self.envelope.at })
            .await?;
        let chosen = booking.picks.iter().map(|pick| pick.activity);
        let candidates = self.candidates(chosen, &link, booker).await?;
        let terms = CartTerms::at_desk(self.envelope.at);
        let picks = booking.picks.clone();
        self.ask::<BookingCart>(id.0, CartCommand::SelectEvents { picks, terms, candidates }).await?;
        self.confirm(&booking.confirm, booker).await
    }

    /// `CartConfirmed`, then spots and an appointment for each event, each item on a layer of its own.
    async fn confirm(&self, asked: &Confirm, booker: Booker) -> Result<Answer, Failure> {
        if !asked.dry_run && self.staging.is_erased(asked.client, asked.known_at).await? {
            return Err(ClientRefusal::Erased.into());
        }
        let cart = self.cart(asked.cart).await?;
        let BookingCart::Open(open) = &*cart else { return Err(CartRefusal::AlreadyConfirmed.into()) };
        let (branch, link, mut terms) = self.terms(&cart).await?;
        if booker != Booker::Client {
            terms = CartTerms::at_desk(self.envelope.at);
        }
        let candidates = self.candidates(open.lines.keys().copied(), &link, booker).await?;
        let membership = self.membership(&branch, asked.client).await?;
        let seen = asked.seen.as_ref().unwrap_or(&open.shown);
        let changed = open.changed(Some(seen), &terms, &candidates);

        let confirmed = self.cart_confirmed(asked, terms, candidates, &changed).await?;
        let booking = Booking {
            cart: asked.cart,
            link_id: open.link,
            confirmed: &confirmed,
            branch: &branch,
            link: &link,
            membership: &membership,
            seen,
            booker,
        };
        let mut outcomes = vec![];
        for line in &confirmed.lines {
            outcomes.push(self.item(&booking, line).await?);
        }

        let refused: Vec<RefusedItem> = outcomes
            .iter()
            .filter_map(|it| Some(RefusedItem { activity_id: it.activity, obstacle: it.obstacle.clone()? }))
            .collect();
        if asked.dry_run {
            return Ok(Answer::WouldConfirm(outcomes));
        }
        let nothing = refused.len() == confirmed.lines.len();
        if nothing || (asked.mode == Mode::AllOrNothing && !refused.is_empty()) {
            return Err(Refusal::NotBooked { items: outcomes, changed }.into());
        }
        if !refused.is_empty() {
            self.ask::<BookingCart>(asked.cart.0, CartCommand::RecordRefusals(refused)).await?;
        }
        self.answer(asked, &confirmed, outcomes).await
    }

    /// What the client has paid ahead, as far as any service of the branch asks for it.
    async fn membership(&self, branch: &Branch, client: ClientId) -> Result<Arc<Membership>, Failure> {
        if !branch.takes_memberships() {
            return Ok(Arc::default());
        }
        Ok(self.staging.get::<Membership>(client.0).await?)
    }

    async fn cart_confirmed(
        &self,
        asked: &Confirm,
        terms: CartTerms,
        candidates: Candidates,
        changed: &[Changed],
    ) -> Result<CartConfirmed, Failure> {
        let command = CartCommand::ConfirmMultiBooking(Box::new(Confirmation {
            cart: asked.cart,
            client: asked.client,
            mode: asked.mode,
            with_membership: asked.with_membership,
            consent: asked.consent,
            has_email: asked.has_email,
            has_comment: asked.has_comment,
            phone_proved: asked.phone_proved,
            terms,
            candidates,
        }));
        let facts = self.ask_for_facts::<BookingCart>(asked.cart.0, command).await.map_err(|failure| {
            let Failure::Refused(refusal) = failure else { return failure };
            match *refusal {
                Refusal::Cart { refusal, .. } => Refusal::Cart { refusal, changed: changed.to_vec() }.into(),
                other => other.into(),
            }
        })?;
        match facts.into_iter().next() {
            Some(Fact::Cart(CartEvent::Confirmed(confirmed))) => Ok(confirmed),
            _ => Err(Failure::Broken("a confirmation did not confirm".to_owned())),
        }
    }

    /// Books one line, or says what stands in the way.
    async fn item(&self, booking: &Booking<'_>, line: &ConfirmedLine) -> Result<ItemOutcome, Failure> {
        let activity = self.staging.get::<Activity>(line.activity_id.0).await?;
        let left = activity.vacancy().map_or(0, aggregates::activity::Vacancy::free);
        let outcome =
            |obstacle| ItemOutcome { activity: line.activity_id, asked: line.spots, left, obstacle };
        let item = booking.item(line, &activity).ok_or_else(|| missing("event", ""))?;

        self.staging.begin();
        let done = match self.ask::<Activity>(line.activity_id.0, item.take).await {
            Ok(()) => self.ask::<Appointment>(line.appointment_id.0, item.book).await,
            refused => refused,
        };
        match done.map_err(obstacle) {
            Ok(()) => {
                self.staging.keep_layer();
                Ok(outcome(None))
            }
            Err(reason) => {
                self.staging.drop_layer();
                reason.map(|obstacle| outcome(Some(obstacle)))
            }
        }
    }

    async fn answer(
        &self,
        asked: &Confirm,
        confirmed: &CartConfirmed,
        outcomes: Vec<ItemOutcome>,
    ) -> Result<Answer, Failure> {
        self.staging.record(&CAPABILITIES, asked.result.record(Kind::Result, asked.cart.0));
        self.staging.record(&CONTACTS, asked.typed.clone());
        let mut booked = vec![];
        let mut refused = vec![];
        for ((line, outcome), token) in confirmed.lines.iter().zip(outcomes).zip(&asked.tokens) {
            if outcome.obstacle.is_some() {
                refused.push(outcome);
                continue;
            }
            self.staging.record(&CAPABILITIES, token.record(Kind::Appointment, line.appointment_id.0));
            let appointment = self.staging.get::<Appointment>(line.appointment_id.0).await?;
            let Some(booking) = appointment.booking() else { continue };
            booked.push(Booked {
                activity: line.activity_id,
                appointment: line.appointment_id,
                starts_at: booking.place.starts_at,
                spots: line.spots,
                token: token.clone(),
            });
        }
        Ok(Answer::Confirmed(Confirmed { cart: asked.cart, result: asked.result.clone(), booked, refused }))
    }
}

/// What stood in the way of one event; anything else stands in the way of the whole step.
fn obstacle(failure: Failure) -> Result<Obstacle, Failure> {
    let Failure::Refused(refusal) = failure else { return Err(failure) };
    match *refusal {
        Refusal::Activity(ActivityRefusal::Obstacle(obstacle))
        | Refusal::Appointment(AppointmentRefusal::Obstacle(obstacle)) => Ok(obstacle),
        other => Err(other.into()),
    }
}
