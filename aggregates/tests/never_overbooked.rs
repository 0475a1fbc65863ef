//! What holds whatever the order of commands.

use std::collections::BTreeSet;

use aggregates::activity::{Activity, ActivityCommand, Taking};
use aggregates::appointment::AppointmentCommand;
use aggregates::booking_link::Kind;
use aggregates::branch::{Duplicates, Rules};
use aggregates::cart::{BookingCart, CartCommand, CartEvent, Pick};
use aggregates::ids::ActivityId;
use aggregates::values::{MultipleSpots, Spots};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::people::*;

proptest! {
    /// Unless staff say so on purpose, nobody is booked into a place that is not there.
    #[test]
    fn e_01_an_activity_is_never_overbooked(commands in vec(any::activity_command_or_cancel(), 0..60)) {
        let mut activity = empty(yoga_with(5));
        for command in commands.into_iter().filter(|command| !forced(command)) {
            let _ = ask(&mut activity, command);

            let vacancy = activity.vacancy().unwrap();
            prop_assert!(vacancy.taken <= u32::from(vacancy.plan.capacity), "{:?}", activity);
        }
    }

    /// Also after staff overbooked or lowered the capacity.
    #[test]
    fn a_20_the_spots_taken_are_the_spots_that_somebody_holds(
        commands in vec(any::activity_command_or_cancel(), 0..60),
    ) {
        let mut activity = Activity::default();
        for command in commands {
            let _ = ask(&mut activity, command);

            let held: u32 = activity.holders().values().map(|holder| u32::from(holder.spots)).sum();
            let taken = activity.vacancy().map_or(0, |vacancy| vacancy.taken);
            prop_assert_eq!(taken, held, "{:?}", activity);
        }
    }

    /// A selection, a confirmation: each is one fact with everything in it, or a refusal.
    #[test]
    fn e_04_what_a_cart_accepts_it_accepts_as_a_whole(commands in vec(any::cart_command(), 1..40)) {
        let mut cart = BookingCart::default();
        for command in commands {
            let before: BTreeSet<_> = cart.selected().collect();
            let Ok(facts) = ask(&mut cart, command.clone()) else { continue };

            prop_assert!(facts.len() <= 1, "{:?}", facts);
            if let CartCommand::SelectEvents { picks, .. } = &command {
                let picked: BTreeSet<_> = picks.iter().map(|pick| pick.activity).collect();
                let selected: BTreeSet<_> = cart.selected().map(|(activity, _)| activity).collect();
                prop_assert_eq!(selected, picked);
            }
            if let [CartEvent::Confirmed(fact)] = facts.as_slice() {
                let lines = fact.lines.iter().map(|line| (line.activity_id, line.spots));
                prop_assert_eq!(lines.collect::<BTreeSet<_>>(), before);
            }
        }
    }

    /// Every appointment with exactly its spots, or none at all.
    #[test]
    fn e_04_a_confirmation_books_everything_or_nothing(
        picks in any::picks(),
        crowd in vec((0u128..12, 6u32..=9), 0..4),
    ) {
        let mut studio = roomy(Duplicates::Refuse);
        prop_assume!(studio.select(&picks).is_ok());
        for (n, (activity, asked)) in (0..).zip(crowd) {
            let activity = studio.schedule.get_mut(&day(activity)).unwrap();
            let _ = ask(activity, take(appointment(n), BEN, asked, Taking::Staff { force: false }));
        }
        let asked: Vec<(ActivityId, Spots)> = studio.cart.selected().collect();
        let before = studio.clone();
        let fit = asked.iter().all(|(id, spots)| u16::from(spots.get()) <= studio.free(*id));

        if let Ok(booked) = studio.confirm() {
            prop_assert!(fit);
            prop_assert_eq!(booked.len(), asked.len());
            for (id, spots) in asked {
                prop_assert_eq!(studio.free(id), before.free(id) - u16::from(spots.get()));
            }
        } else {
            prop_assert!(!fit || asked.is_empty());
            prop_assert_eq!(studio, before);
        }
    }

    /// Whatever becomes of one appointment, its siblings and their spots stay as they are.
    #[test]
    fn s_31_appointments_of_one_cart_are_not_linked(
        changes in vec(change_of_one(), 1..12),
        duplicates in prop::sample::select(vec![Duplicates::Refuse, Duplicates::Allow]),
    ) {
        let mut studio = roomy(duplicates);
        studio.select(&days::<4>().map(|it| Pick { activity: it, spots: Some(spots(2)) })).unwrap();
        let booked = studio.confirm().unwrap();
        let siblings = |studio: &Studio| {
            let held = |n: usize| studio.schedule[&days::<4>()[n]].holders().get(&booked[n]).copied();
            [1, 2, 3].map(|n| (studio.appointments[&booked[n]].clone(), held(n)))
        };
        let before = siblings(&studio);

        for command in changes {
            let _ = studio.change(booked[0], command, Taking::Staff { force: false });
        }

        prop_assert_eq!(siblings(&studio), before);
    }
}

fn forced(command: &ActivityCommand) -> bool {
    matches!(
        command,
        ActivityCommand::SetCapacity { force: true, .. }
            | ActivityCommand::TakeSpots { taking: Taking::Staff { force: true }, .. }
    )
}

/// Up to 255 spots within one booking, up to ten events.
fn roomy(duplicates: Duplicates) -> Studio {
    let rules = Rules { multiple_spots: MultipleSpots::UpTo(number(255)), duplicates, ..Rules::default() };
    Studio::with(Kind::Group, settings_up_to(10), rules, service("Yoga"))
}

fn change_of_one() -> impl Strategy<Value = AppointmentCommand> {
    prop_oneof![
        1 => any::change().prop_map(AppointmentCommand::Cancel),
        4 => (0u128..6, any::change()).prop_map(|(n, change)| AppointmentCommand::Reschedule {
            to: place(day(n)),
            change,
            entitlement: no_membership_needed(),
        }),
        2 => any::change().prop_map(|change| AppointmentCommand::ReduceSpots { spots: spots(1), change }),
    ]
}
