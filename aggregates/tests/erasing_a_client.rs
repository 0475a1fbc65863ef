//! A client is erased once, and not while appointments are to come that nobody asked to cancel.

use aggregates::Decider;
use aggregates::appointment::By;
use aggregates::client::{Client, ClientCommand, ClientErased, ClientExported, ClientLinksEnded, ClientRefusal};

fn erase(upcoming: usize, cancel_upcoming: bool) -> ClientCommand {
    ClientCommand::Erase { by: By::Client, upcoming, cancel_upcoming }
}

#[test]
fn b_17_a_client_with_appointments_to_come_is_erased_only_with_them() {
    let client = Client::default();

    assert_eq!(client.decide(erase(2, false)), Err(ClientRefusal::UpcomingAppointments { count: 2 }));
    for command in [erase(2, true), erase(0, false), erase(0, true)] {
        assert_eq!(client.decide(command), Ok(vec![ClientErased { by: By::Client }.into()]));
    }
}

#[test]
fn b_17_whoever_is_erased_stays_so_and_is_handed_over_to_nobody() {
    let erased = Client::after(&[ClientErased { by: By::Staff }.into()]);

    assert!(erased.is_erased());
    assert_eq!(erased.decide(erase(3, false)), Ok(vec![]), "asking again changes nothing");
    assert_eq!(erased.decide(ClientCommand::Export { by: By::Staff }), Err(ClientRefusal::Erased));
    assert_eq!(erased.decide(ClientCommand::EndLinks { by: By::Staff }), Err(ClientRefusal::Erased));
}

#[test]
fn b_17_what_is_handed_over_is_recorded_each_time() {
    let export = ClientCommand::Export { by: By::Staff };
    let exported = ClientExported { by: By::Staff };
    let client = Client::after(&[exported.clone().into()]);

    assert!(!client.is_erased());
    assert_eq!(client.decide(export), Ok(vec![exported.into()]));
}

#[test]
fn a_30_private_addresses_are_ended_as_often_as_somebody_asks() {
    let end = ClientCommand::EndLinks { by: By::Client };
    let ended = ClientLinksEnded { by: By::Client };
    let client = Client::after(&[ended.clone().into()]);

    assert!(!client.is_erased());
    assert_eq!(client.decide(end), Ok(vec![ended.into()]), "there may be new ones since");
}
