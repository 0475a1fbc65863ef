//! Stock cqrs-es with its views: the same rules and the same facts, one aggregate after another, each with a commit and a
//! view of its own. What other aggregates contribute to a command is known beforehand.

use std::collections::HashSet;
use std::fmt::Debug;
use std::sync::Arc;

use crate::kit::{self, Framework, Frameworks, Kit};
use crate::measuring::{self, Measured};
use crate::studios::{Booking, Studio, monday};
use crate::world::World;
use aggregates::activity::{Activity, ActivityCommand, Plan};
use aggregates::appointment::AppointmentCommand;
use aggregates::booking_link::{BookingLink, Kind, LinkCommand};
use aggregates::branch::{Branch, BranchCommand};
use aggregates::cart::{
    BookingCart, Candidate, Candidates, CartCommand, CartConfirmed, CartEvent, CartTerms, Confirmation, Mode,
    Pick,
};
use aggregates::membership::Membership;
use aggregates::{Decider, confirmation};
use cartwheel::hosting::Hostable;
use cartwheel::ledger::{Address, stored_id};
use cqrs_es::AggregateError;

/// The tables, schedules and open carts.
pub async fn prepare(world: &World, count: usize) {
    match world.place.make("stock").await {
        Address::Sqlite(path) => prepare_in(&kit::sqlite(&path).await, world, count).await,
        Address::Postgres(url) => prepare_in(&kit::postgres(&url).await, world, count).await,
    }
}

async fn prepare_in<K: Kit>(kit: &K, world: &World, count: usize) {
    kit::make_tables(kit).await;
    let frameworks = &Frameworks::over(kit);
    let mut scheduled = HashSet::new();
    for (n, booking) in world.bookings[..count].iter().enumerate() {
        let studio = world.studio(n);
        for event in &booking.events {
            if scheduled.insert(*event) {
                let command = ActivityCommand::Schedule(plan(studio));
                frameworks.activities.execute(&stored_id(studio.branch, event.0), command).await.unwrap();
            }
        }
        let id = stored_id(studio.branch, booking.cart.0);
        for command in Known::by(booking, studio).opening(booking, studio) {
            frameworks.carts.execute(&id, command).await.unwrap();
        }
    }
    kit.close().await;
}

fn plan(studio: &Studio) -> Plan {
    Plan {
        service_id: studio.service,
        team_member_id: studio.team_member,
        starts_at: Studio::first_start().and_utc(),
        duration: 60.try_into().unwrap(),
        capacity: 30.try_into().unwrap(),
        open: true,
    }
}

/// Confirms the carts of the first bookings.
pub async fn confirm(world: &World, callers: usize, count: usize) -> Measured {
    let steps = world.bookings[..count].iter().enumerate();
    let steps = steps.map(|(n, booking)| Step::of(booking, world.studio(n))).collect();
    carry_out(world, callers, steps).await
}

/// Gives events another capacity, one after another.
pub async fn set_capacity(world: &World, callers: usize, count: usize) -> Measured {
    let settings = world.capacities(world.stock, count).map(|(studio, activity, capacity)| {
        let command = ActivityCommand::SetCapacity { capacity, force: false };
        Step { cart: None, items: vec![((stored_id(studio.branch, activity.0), command), None)] }
    });
    carry_out(world, callers, settings.collect()).await
}

async fn carry_out(world: &World, callers: usize, steps: Vec<Step>) -> Measured {
    match world.place.copy("stock", "run").await {
        Address::Sqlite(path) => carry_out_in(kit::sqlite(&path).await, callers, steps).await,
        Address::Postgres(url) => carry_out_in(kit::postgres(&url).await, callers, steps).await,
    }
}

async fn carry_out_in<K: Kit>(kit: K, callers: usize, steps: Vec<Step>) -> Measured {
    let (frameworks, count) = (Arc::new(Frameworks::over(&kit)), steps.len());
    let steps = Arc::new(steps);
    let measured = measuring::callers(callers, count, move |n| {
        let (steps, frameworks) = (Arc::clone(&steps), Arc::clone(&frameworks));
        async move { steps[n].carry_out(&frameworks).await }
    })
    .await;
    kit.close().await;
    measured
}

/// Commands to one aggregate after another.
struct Step {
    cart: Option<(String, CartCommand)>,
    items: Vec<Item>,
}

type Item = ((String, ActivityCommand), Option<(String, AppointmentCommand)>);

impl Step {
    fn of(booking: &Booking, studio: &Studio) -> Self {
        let known = Known::by(booking, studio);
        let (command, confirmed, cart) = known.confirmation(booking, studio);
        let BookingCart::Open(open) = &cart else { panic!("{cart:?}") };
        let policy = confirmation::Booking {
            cart: booking.cart,
            link_id: studio.link,
            confirmed: &confirmed,
            branch: &known.branch,
            link: known.link.settled().unwrap(),
            membership: &Membership::default(),
            seen: &open.shown,
            booker: confirmation::Booker::Client,
        };
        let id = |id| stored_id(studio.branch, id);
        let items = confirmed.lines.iter().map(|line| {
            let item = policy.item(line, &known.activity).unwrap();
            ((id(line.activity_id.0), item.take), Some((id(line.appointment_id.0), item.book)))
        });
        Self { cart: Some((id(booking.cart.0), command)), items: items.collect() }
    }

    async fn carry_out<K: Kit>(&self, frameworks: &Frameworks<K>) {
        if let Some((cart, command)) = &self.cart {
            insist::<K, _>(&frameworks.carts, cart, command).await;
        }
        for ((activity, take), booked) in &self.items {
            insist::<K, _>(&frameworks.activities, activity, take).await;
            if let Some((appointment, book)) = booked {
                insist::<K, _>(&frameworks.appointments, appointment, book).await;
            }
        }
    }
}

/// Asks again after a conflict, as whoever calls a stock framework has to.
async fn insist<K: Kit, D: Hostable<Command: Clone>>(
    framework: &Framework<K, D>,
    id: &str,
    command: &D::Command,
) {
    loop {
        match framework.execute(id, command.clone()).await {
            Ok(()) => return,
            Err(AggregateError::AggregateConflict) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

/// What a command needs of other aggregates.
struct Known {
    branch: Branch,
    link: BookingLink,
    activity: Activity,
    terms: CartTerms,
    candidates: Candidates,
}

fn decided<D: Decider<Refusal: Debug>>(commands: impl IntoIterator<Item = D::Command>) -> D {
    commands
        .into_iter()
        .fold(D::default(), |state, command| state.decide(command).unwrap().iter().fold(state, D::evolve))
}

impl Known {
    fn by(booking: &Booking, studio: &Studio) -> Self {
        let branch: Branch = decided([
            BranchCommand::Open(Studio::details()),
            BranchCommand::SetService(studio.service, Studio::yoga()),
        ]);
        let link: BookingLink = decided([LinkCommand::Create(Kind::Group, Studio::settings())]);
        let activity: Activity = decided([ActivityCommand::Schedule(plan(studio))]);
        let settled = link.settled().unwrap();
        let terms = CartTerms::new(branch.rules(), settled, monday());
        let candidate = Candidate::new(*activity.vacancy().unwrap(), &branch, settled, monday());
        let candidates = booking.events.iter().map(|event| (*event, candidate)).collect();
        Self { branch, link, activity, terms, candidates }
    }

    fn opening(&self, booking: &Booking, studio: &Studio) -> [CartCommand; 2] {
        let picks = booking.events.iter().map(|event| Pick { activity: *event, spots: None }).collect();
        [
            CartCommand::OpenCart { link: studio.link, at: monday() },
            CartCommand::SelectEvents { picks, terms: self.terms, candidates: self.candidates.clone() },
        ]
    }

    /// The command, what it leads to, and the cart before it.
    fn confirmation(&self, booking: &Booking, studio: &Studio) -> (CartCommand, CartConfirmed, BookingCart) {
        let cart: BookingCart = decided(self.opening(booking, studio));
        let command = CartCommand::ConfirmMultiBooking(Box::new(Confirmation {
            cart: booking.cart,
            client: booking.client,
            mode: Mode::AllOrNothing,
            with_membership: false,
            consent: None,
            has_email: true,
            has_comment: false,
            phone_proved: false,
            terms: self.terms,
            candidates: self.candidates.clone(),
        }));
        match cart.decide(command.clone()).unwrap().remove(0) {
            CartEvent::Confirmed(confirmed) => (command, confirmed, cart),
            other => panic!("{other:?}"),
        }
    }
}
