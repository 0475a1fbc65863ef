//! A command that was accepted, sent once more, yields nothing (E-06): whoever is unsure may ask again.

use std::fmt::Debug;

use aggregates::Decider;
use aggregates::activity::Activity;
use aggregates::appointment::Appointment;
use aggregates::booking_link::BookingLink;
use aggregates::branch::Branch;
use aggregates::cart::{BookingCart, CartCommand, CartRefusal};
use aggregates::membership::Membership;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::people::{any, ask};

proptest! {
    #[test]
    fn e_06_an_event_asked_twice_does_it_once(commands in vec(any::activity_command_or_cancel(), 1..40)) {
        twice_is_once::<Activity>(commands, |_| None)?;
    }

    /// A second confirmation is told so; the ledger answers the same key with its first answer.
    #[test]
    fn e_06_a_23_a_cart_asked_twice_does_it_once(commands in vec(any::cart_command(), 1..40)) {
        twice_is_once::<BookingCart>(commands, |command| {
            matches!(command, CartCommand::ConfirmMultiBooking(_)).then_some(CartRefusal::AlreadyConfirmed)
        })?;
    }

    #[test]
    fn e_06_an_appointment_asked_twice_does_it_once(commands in vec(any::appointment_command(), 1..40)) {
        twice_is_once::<Appointment>(commands, |_| None)?;
    }

    #[test]
    fn e_06_a_branch_asked_twice_does_it_once(commands in vec(any::branch_command(), 1..40)) {
        twice_is_once::<Branch>(commands, |_| None)?;
    }

    #[test]
    fn e_06_a_link_asked_twice_does_it_once(commands in vec(any::link_command(), 1..40)) {
        twice_is_once::<BookingLink>(commands, |_| None)?;
    }

    #[test]
    fn e_06_a_membership_granted_twice_is_granted_once(commands in vec(any::membership_command(), 1..20)) {
        twice_is_once::<Membership>(commands, |_| None)?;
    }
}

/// `instead` is the refusal that some commands get the second time.
fn twice_is_once<D>(
    commands: Vec<D::Command>,
    instead: fn(&D::Command) -> Option<D::Refusal>,
) -> Result<(), TestCaseError>
where
    D: Decider + Clone + Debug,
    D::Command: Clone + Debug,
    D::Event: Debug + PartialEq,
    D::Refusal: Debug + PartialEq,
{
    let mut decider = D::default();
    for command in commands {
        if ask(&mut decider, command.clone()).is_ok() {
            let again = instead(&command).map_or(Ok(vec![]), Err);
            prop_assert_eq!(decider.decide(command.clone()), again, "{:?} on {:?}", command, decider);
        }
    }
    Ok(())
}
