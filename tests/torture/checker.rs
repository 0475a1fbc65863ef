//! Proves from notebooks and facts that nothing was lost, nothing was done twice, and that everything can have happened
//! one after another in the order of the ledger.

use std::collections::{BTreeMap, HashMap, HashSet};

use aggregates::Fact;
use aggregates::activity::ActivityEvent;
use aggregates::appointment::AppointmentEvent;
use aggregates::cart::CartEvent;
use aggregates::ids::{ActivityId, AppointmentId, BranchId, CartId};
use projections::Recorded;

use crate::notebook::{Note, Told, What};

/// The facts of each branch in their order.
pub type Ledgers = BTreeMap<BranchId, Vec<Recorded>>;

/// Everything that cannot be, in words.
pub fn violations(ledgers: &Ledgers, notes: &[Note]) -> Vec<String> {
    let mut found = vec![];
    for (branch, facts) in ledgers {
        let history = History::of(facts, &mut found);
        let mut notes: Vec<&Note> = notes.iter().filter(|note| note.branch == *branch).collect();
        notes.sort_by_key(|note| note.asked);
        history.hold_beside(&notes, &mut found);
    }
    found
}

/// An appointment as the service shows it.
#[derive(Debug, Clone)]
pub struct Shown {
    pub branch: BranchId,
    pub appointment: AppointmentId,
    pub activity: ActivityId,
    pub cancelled: bool,
}

/// Every appointment that is shown otherwise than the facts say.
pub fn shown_otherwise(ledgers: &Ledgers, shown: &[Shown]) -> Vec<String> {
    let mut is: HashMap<(BranchId, AppointmentId), (ActivityId, bool)> = HashMap::new();
    for (branch, facts) in ledgers {
        for fact in facts {
            let Fact::Appointment(event) = &fact.fact else { continue };
            let appointment = is.entry((*branch, AppointmentId(fact.id)));
            match event {
                AppointmentEvent::Booked(booked) => {
                    appointment.insert_entry((booked.place.activity_id, false));
                }
                AppointmentEvent::Rescheduled(rescheduled) => {
                    appointment.insert_entry((rescheduled.to.activity_id, false));
                }
                AppointmentEvent::Cancelled(_) => {
                    appointment.and_modify(|(_, cancelled)| *cancelled = true);
                }
                _ => {}
            }
        }
    }
    let right = |shown: &&Shown| {
        is.get(&(shown.branch, shown.appointment)) == Some(&(shown.activity, shown.cancelled))
    };
    shown.iter().filter(|it| !right(it)).map(|shown| format!("shown otherwise: {shown:?}")).collect()
}

/// What an event was from a position on.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    from: u64,
    capacity: u32,
    taken: u32,
    cancelled: bool,
}

/// What a branch's facts say.
#[derive(Debug, Default)]
struct History {
    states: HashMap<ActivityId, Vec<State>>,
    /// Where each cart was confirmed, and into which appointments.
    confirmed: HashMap<CartId, (u64, BTreeMap<AppointmentId, ActivityId>)>,
    booked: HashMap<AppointmentId, CartId>,
    cancelled: HashMap<AppointmentId, u64>,
    rescheduled: HashMap<(AppointmentId, ActivityId), u64>,
    events_cancelled: HashMap<ActivityId, u64>,
}

impl History {
    fn of(facts: &[Recorded], found: &mut Vec<String>) -> Self {
        let mut history = Self::default();
        for fact in facts {
            history.take(fact, found);
        }
        // A cart is confirmed into the appointments that follow it, all of them or none.
        let mut of_carts: HashMap<CartId, HashSet<AppointmentId>> = HashMap::new();
        for (appointment, cart) in &history.booked {
            of_carts.entry(*cart).or_default().insert(*appointment);
        }
        for (cart, (position, lines)) in &history.confirmed {
            let booked = of_carts.remove(cart).unwrap_or_default();
            if booked != lines.keys().copied().collect() {
                found.push(format!("half a cart: {cart} at {position} has {lines:?}, booked are {booked:?}"));
            }
        }
        found.extend(of_carts.keys().map(|cart| format!("{cart} was booked and never confirmed")));
        history
    }

    fn take(&mut self, fact: &Recorded, found: &mut Vec<String>) {
        let position = fact.position;
        match &fact.fact {
            Fact::Cart(CartEvent::Confirmed(confirmed)) => {
                let lines = confirmed.lines.iter().map(|line| (line.appointment_id, line.activity_id));
                if self.confirmed.insert(CartId(fact.id), (position, lines.collect())).is_some() {
                    found.push(format!("{} was confirmed twice, again at {position}", fact.id));
                }
            }
            Fact::Appointment(event) => self.take_appointment(AppointmentId(fact.id), position, event, found),
            Fact::Activity(event) => self.take_activity(ActivityId(fact.id), position, event, found),
            _ => {}
        }
    }

    fn take_appointment(
        &mut self,
        id: AppointmentId,
        position: u64,
        event: &AppointmentEvent,
        found: &mut Vec<String>,
    ) {
        let twice = match event {
            AppointmentEvent::Booked(booked) => self.booked.insert(id, booked.cart_id).is_some(),
            AppointmentEvent::Cancelled(_) => self.cancelled.insert(id, position).is_some(),
            AppointmentEvent::Rescheduled(rescheduled) => {
                self.rescheduled.insert((id, rescheduled.to.activity_id), position);
                false
            }
            _ => false,
        };
        if twice {
            found.push(format!("appointment {id} was booked or cancelled twice, again at {position}"));
        }
    }

    fn take_activity(
        &mut self,
        id: ActivityId,
        position: u64,
        event: &ActivityEvent,
        found: &mut Vec<String>,
    ) {
        let states = self.states.entry(id).or_default();
        let mut state = State { from: position, ..states.last().copied().unwrap_or_default() };
        match event {
            ActivityEvent::Scheduled(scheduled) => state.capacity = scheduled.plan.capacity.into(),
            ActivityEvent::CapacitySet(set) => state.capacity = set.capacity.into(),
            ActivityEvent::SpotsTaken(taken) => {
                state.taken += u32::from(taken.spots);
                if state.capacity < state.taken && !taken.overbooked {
                    found.push(format!(
                        "event {id} is overbooked at {position}: {} of {}",
                        state.taken, state.capacity
                    ));
                }
                if state.cancelled {
                    found.push(format!("cancelled event {id} was booked at {position}"));
                }
            }
            ActivityEvent::SpotsReleased(released) => {
                state.taken = state.taken.saturating_sub(released.spots.into());
            }
            ActivityEvent::SpotsKept(kept) => {
                state.taken -= u32::from(kept.was) - u32::from(kept.spots);
            }
            ActivityEvent::Cancelled(_) => {
                (state.taken, state.cancelled) = (0, true);
                self.events_cancelled.insert(id, position);
            }
            _ => return,
        }
        states.push(state);
    }

    /// Where the ledger holds what somebody was told.
    fn place(&self, note: &Note) -> Option<u64> {
        match (&note.what, &note.told) {
            (What::Confirm { cart }, Told::Done(told)) => {
                self.confirmed.get(cart).filter(|(_, lines)| lines == told).map(|(position, _)| *position)
            }
            (What::Cancel { appointment }, _) => self.cancelled.get(appointment).copied(),
            (What::Reschedule { appointment, to }, _) => self.rescheduled.get(&(*appointment, *to)).copied(),
            (What::CancelEvent { activity }, _) => self.events_cancelled.get(activity).copied(),
            (What::Select | What::Confirm { .. }, _) => None,
        }
    }

    fn hold_beside(&self, notes: &[&Note], found: &mut Vec<String>) {
        let mut done = vec![];
        for note in notes {
            match &note.told {
                Told::Done(_) => match self.place(note) {
                    Some(position) => done.push((*note, position)),
                    None => found.push(format!("lost: {note:?}")),
                },
                Told::Refused(_) | Told::Declined(_) => {
                    if let What::Confirm { cart } = &note.what
                        && self.confirmed.contains_key(cart)
                    {
                        found.push(format!("booked after a refusal that stood: {note:?}"));
                    }
                }
                Told::Nothing => found.push(format!("never answered: {note:?}")),
            }
        }
        let order = Order::of(&done);
        for (note, position) in &done {
            let (after, before) = order.around(note);
            let too_early = *position <= after && !note.what.may_be_done_already();
            if too_early || before <= *position {
                found.push(format!(
                    "out of order: at {position}, but asked after {after} and answered before {before}: {note:?}"
                ));
            }
        }
        for note in notes {
            let Told::Refused(full) = &note.told else { continue };
            let (after, before) = order.around(note);
            for (activity, asked) in full {
                if !self.was_full(*activity, *asked, after, before) {
                    found.push(format!(
                        "refused without a reason: event {activity} had {asked} spots from {after} to {before}: {note:?}"
                    ));
                }
            }
        }
    }

    /// Whether somewhere between these positions the event had fewer spots left than that.
    fn was_full(&self, activity: ActivityId, asked: u32, after: u64, before: u64) -> bool {
        let states = self.states.get(&activity).map_or(&[][..], Vec::as_slice);
        states.iter().enumerate().any(|(place, state)| {
            let until = states.get(place + 1).map_or(u64::MAX, |next| next.from);
            let full = state.capacity < state.taken + asked || state.cancelled;
            full && state.from < before && after < until
        })
    }
}

/// What was certainly done before something was asked, and what was asked only after it was answered.
struct Order {
    /// By the moment of the answer, the last position up to then.
    answered: Vec<(std::time::Duration, u64)>,
    /// By the moment of the question, the first position from then on.
    asked: Vec<(std::time::Duration, u64)>,
}

impl Order {
    fn of(done: &[(&Note, u64)]) -> Self {
        let mut answered: Vec<_> = done.iter().map(|(note, position)| (note.answered, *position)).collect();
        answered.sort_unstable();
        let mut last = 0;
        for (_, position) in &mut answered {
            last = last.max(*position);
            *position = last;
        }
        let fresh = done.iter().filter(|(note, _)| !note.what.may_be_done_already());
        let mut asked: Vec<_> = fresh.map(|(note, position)| (note.asked, *position)).collect();
        asked.sort_unstable();
        let mut first = u64::MAX;
        for (_, position) in asked.iter_mut().rev() {
            first = first.min(*position);
            *position = first;
        }
        Self { answered, asked }
    }

    /// The last position before which, and the first after which it cannot have happened.
    fn around(&self, note: &Note) -> (u64, u64) {
        let earlier = self.answered.partition_point(|(answered, _)| *answered < note.asked);
        let later = self.asked.partition_point(|(asked, _)| *asked <= note.answered);
        let after = earlier.checked_sub(1).map_or(0, |place| self.answered[place].1);
        (after, self.asked.get(later).map_or(u64::MAX, |(_, position)| *position))
    }
}
