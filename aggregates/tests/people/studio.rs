//! A whole studio in memory: commands, and what the policies say must follow, as one step.

use std::collections::BTreeMap;

use aggregates::activity::{Activity, ActivityCommand, ActivityRefusal, Taking};
use aggregates::appointment::{Appointment, AppointmentCommand, AppointmentRefusal};
use aggregates::booking_link::{BookingLink, Kind, Settings};
use aggregates::branch::{Branch, Rules, Service};
use aggregates::cart::{
    BookingCart, Candidate, CartCommand, CartEvent, CartRefusal, CartTerms, Confirmation, Mode, Pick,
    RefusedItem, Seen,
};
use aggregates::confirmation::{Booker, Booking};
use aggregates::ids::{ActivityId, AppointmentId, CartId, ClientId};
use aggregates::membership::Membership;
use aggregates::obstacle::Obstacle;
use aggregates::{rescheduling, schedule_change};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    ANN, CART, LINK, ask, branch, confirm, confirmation, days, empty, link, monday, service, settings_up_to,
    yoga,
};

/// One branch, one link, one client's cart, and three weeks of yoga with Sofie every evening.
#[derive(Debug, Clone, PartialEq)]
pub struct Studio {
    pub at: DateTime<Utc>,
    pub client: ClientId,
    pub cart_id: CartId,
    pub with_membership: bool,
    pub branch: Branch,
    pub link: BookingLink,
    pub membership: Membership,
    pub cart: BookingCart,
    pub schedule: BTreeMap<ActivityId, Activity>,
    pub appointments: BTreeMap<AppointmentId, Appointment>,
}

/// Why a step of the studio said no.
#[derive(Debug, Clone, PartialEq)]
pub enum Refused {
    Cart(CartRefusal),
    Items(Vec<RefusedItem>),
    Activity(ActivityRefusal),
    Appointment(AppointmentRefusal),
}

impl Studio {
    pub fn open() -> Self {
        Self::with(Kind::Group, settings_up_to(10), Rules::default(), service("Yoga"))
    }

    pub fn with(kind: Kind, settings: Settings, rules: Rules, yoga_service: Service) -> Self {
        Self {
            at: monday(),
            client: ANN,
            cart_id: CART,
            with_membership: false,
            branch: branch(rules, yoga_service),
            link: link(kind, settings),
            membership: Membership::default(),
            cart: BookingCart::default(),
            schedule: days::<21>().map(|id| (id, empty(yoga(id)))).into(),
            appointments: BTreeMap::new(),
        }
    }

    pub fn terms(&self) -> CartTerms {
        CartTerms::new(self.branch.rules(), self.link.settled().unwrap(), self.at)
    }

    /// Opens the cart if need be and ticks these boxes, each with so many spots.
    pub fn select(&mut self, picks: &[Pick]) -> Result<(), Refused> {
        let (terms, candidates) = (self.terms(), self.candidates());
        let picks = picks.to_vec();
        let mut cart = self.cart.clone();
        ask(&mut cart, CartCommand::OpenCart { link: LINK, at: self.at }).map_err(Refused::Cart)?;
        ask(&mut cart, CartCommand::SelectEvents { picks, terms, candidates }).map_err(Refused::Cart)?;
        self.cart = cart;
        Ok(())
    }

    pub fn confirm(&mut self) -> Result<Vec<AppointmentId>, Refused> {
        self.confirm_as(Mode::AllOrNothing)
    }

    /// Every item is tried; what the mode does not allow to stand is dropped.
    pub fn confirm_as(&mut self, mode: Mode) -> Result<Vec<AppointmentId>, Refused> {
        let mut step = self.clone();
        let asked = Confirmation {
            cart: self.cart_id,
            client: self.client,
            mode,
            with_membership: self.with_membership,
            terms: self.terms(),
            candidates: self.candidates(),
            ..confirmation(&[])
        };
        let seen = match &self.cart {
            BookingCart::Open(cart) => cart.shown.clone(),
            _ => Seen::default(),
        };
        let facts = ask(&mut step.cart, confirm(asked)).map_err(Refused::Cart)?;
        let [CartEvent::Confirmed(confirmed)] = facts.as_slice() else { panic!("one fact confirms a cart") };

        let (mut booked, mut refused) = (vec![], vec![]);
        for line in &confirmed.lines {
            let booking = Booking {
                cart: self.cart_id,
                link_id: LINK,
                confirmed,
                branch: &self.branch,
                link: self.link.settled().unwrap(),
                membership: &self.membership,
                seen: &seen,
                booker: Booker::Client,
            };
            let mut activity = step.schedule[&line.activity_id].clone();
            let mut appointment = Appointment::default();
            let item = booking.item(line, &activity).unwrap();
            let answer = ask(&mut activity, item.take)
                .map_err(obstacle_of_activity)
                .and_then(|_| ask(&mut appointment, item.book).map_err(obstacle_of_appointment));
            match answer {
                Ok(_) => {
                    step.schedule.insert(line.activity_id, activity);
                    step.appointments.insert(line.appointment_id, appointment);
                    booked.push(line.appointment_id);
                }
                Err(obstacle) => refused.push(RefusedItem { activity_id: line.activity_id, obstacle }),
            }
        }
        if !refused.is_empty() {
            if mode == Mode::AllOrNothing || booked.is_empty() {
                return Err(Refused::Items(refused));
            }
            ask(&mut step.cart, CartCommand::RecordRefusals(refused)).map_err(Refused::Cart)?;
        }
        *self = step;
        Ok(booked)
    }

    /// A change to one appointment, with the spots that it takes or gives back.
    pub fn change(
        &mut self,
        id: AppointmentId,
        asked: AppointmentCommand,
        by: Taking,
    ) -> Result<(), Refused> {
        let mut step = self.clone();
        let appointment = step.appointments.get_mut(&id).unwrap();
        for fact in ask(appointment, asked).map_err(Refused::Appointment)? {
            let booking = appointment.booking().unwrap();
            let duplicates = self.branch.rules().duplicates;
            for (activity, command) in rescheduling::react(id, booking, &fact, by, duplicates) {
                let activity = step.schedule.get_mut(&activity).unwrap();
                ask(activity, command).map_err(Refused::Activity)?;
            }
        }
        *self = step;
        Ok(())
    }

    /// A change to an event, with what it does to the appointments in it.
    pub fn change_event(&mut self, id: ActivityId, asked: ActivityCommand) -> Result<(), Refused> {
        let mut step = self.clone();
        let activity = step.schedule.get_mut(&id).unwrap();
        let before = activity.clone();
        for fact in ask(activity, asked).map_err(Refused::Activity)? {
            for (appointment, command) in schedule_change::react(&before, &fact, self.at) {
                let appointment = step.appointments.get_mut(&appointment).unwrap();
                ask(appointment, command).map_err(Refused::Appointment)?;
            }
        }
        *self = step;
        Ok(())
    }

    pub fn free(&self, activity: ActivityId) -> u16 {
        self.schedule[&activity].vacancy().unwrap().free()
    }

    /// A new client with a new cart, in the same studio.
    pub fn next_client(&mut self, client: ClientId) {
        self.client = client;
        self.cart_id = CartId(Uuid::from_u128(self.cart_id.0.as_u128() + 1));
        self.cart = BookingCart::default();
    }

    fn candidates(&self) -> BTreeMap<ActivityId, Candidate> {
        let link = self.link.settled().unwrap();
        let candidate =
            |activity: &Activity| Candidate::new(*activity.vacancy().unwrap(), &self.branch, link, self.at);
        self.schedule.iter().map(|(id, activity)| (*id, candidate(activity))).collect()
    }
}

fn obstacle_of_activity(refusal: ActivityRefusal) -> Obstacle {
    match refusal {
        ActivityRefusal::Obstacle(obstacle) => obstacle,
        other => panic!("{other}"),
    }
}

fn obstacle_of_appointment(refusal: AppointmentRefusal) -> Obstacle {
    match refusal {
        AppointmentRefusal::Obstacle(obstacle) => obstacle,
        other => panic!("{other}"),
    }
}
