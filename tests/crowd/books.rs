//! What a store holds after a crowd, beside what the crowd was told.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use cartwheel::audit::verify;
use cartwheel::ledger::query::Select;
use cartwheel::ledger::{Address, Ledger};
use cartwheel::read_models::Tabled;
use projections::appointments::AppointmentRow;
use projections::availability::AvailabilityRow;
use projections::carts::CartRow;

use super::{Attempt, Told};

pub struct Books {
    events: Vec<AvailabilityRow>,
    carts: HashMap<String, CartRow>,
    /// By cart, each with its event.
    appointments: HashMap<String, BTreeMap<String, String>>,
    /// By event.
    taken: HashMap<String, u32>,
}

impl Books {
    /// Verifies the store, and reads it.
    pub async fn of(address: &str) -> Self {
        let ledger = address.parse::<Address>().unwrap().open(false).await.unwrap();
        let verdict = verify(&ledger, Arc::new(|_| ())).await.unwrap();
        assert_eq!(verdict.difference.map(|it| it.to_string()), None);
        let carts = rows::<CartRow>(ledger.as_ref()).await;
        let mut books = Self {
            events: rows(ledger.as_ref()).await,
            carts: carts.into_iter().map(|row| (row.cart_id.to_string(), row)).collect(),
            appointments: HashMap::new(),
            taken: HashMap::new(),
        };
        for row in rows::<AppointmentRow>(ledger.as_ref()).await {
            let event = row.place.activity_id.to_string();
            *books.taken.entry(event.clone()).or_default() += u32::from(row.spots);
            let of_cart = books.appointments.entry(row.cart_id.to_string()).or_default();
            of_cart.insert(row.appointment_id.to_string(), event);
        }
        ledger.close().await;
        books
    }

    /// No event has more spots taken than it has, and every spot belongs to an appointment.
    pub fn assert_nothing_overbooked(&self) {
        for event in &self.events {
            let id = event.activity_id.to_string();
            let capacity = u32::from(event.vacancy.plan.capacity);
            assert!(event.vacancy.taken <= capacity, "{id}: {} of {capacity} are taken", event.vacancy.taken);
            assert_eq!(event.vacancy.taken, self.taken.get(&id).copied().unwrap_or(0), "{id}");
        }
    }

    /// Every cart became as many appointments as it had events, or none.
    pub fn assert_nothing_half_booked(&self) {
        for (id, cart) in &self.carts {
            let booked = self.appointments.get(id).map_or(0, BTreeMap::len);
            let confirmed = cart.confirmed.as_ref().map_or(0, |confirmed| confirmed.lines.len());
            assert_eq!(booked, confirmed, "e_04: cart {id}");
        }
        assert!(self.appointments.keys().all(|cart| self.carts.contains_key(cart)));
    }

    /// What clients were told is what is stored.
    pub fn assert_agree_with(&self, attempts: &[Attempt]) {
        for attempt in attempts {
            let stored = self.appointments.get(&attempt.cart);
            match &attempt.told {
                Told::Booked(appointments) => assert_eq!(stored, Some(appointments), "{attempt:?}"),
                Told::Refused | Told::Nothing { asked: false } => assert_eq!(stored, None, "{attempt:?}"),
                Told::Nothing { asked: true } => {}
            }
            assert!(self.carts.contains_key(&attempt.cart), "the cart was acknowledged: {attempt:?}");
        }
    }

    /// How many events have no spot left.
    pub fn full(&self) -> usize {
        self.events
            .iter()
            .filter(|event| event.vacancy.taken == u32::from(event.vacancy.plan.capacity))
            .count()
    }

    pub fn appointments(&self) -> usize {
        self.appointments.values().map(BTreeMap::len).sum()
    }
}

async fn rows<R: Tabled>(ledger: &dyn Ledger) -> Vec<R> {
    let rows = ledger.select(&Select::all(R::TABLE)).await.unwrap();
    rows.into_iter().map(|row| R::read(row).unwrap()).collect()
}
