//! One step of a branch: lanes, over a ledger that fails where a test says so. Files are named after the points of
//! the design that they prove.

mod ahead;
mod asked_again;
mod batches;
mod conflicts;
mod double;
mod life;
mod memory;
mod outcomes;

use aggregates::cart::Mode;
use cartwheel::command::{Actor, Command, Failure, Reply};
use tokio::task::JoinHandle;

use crate::studio::Studio;

const ANNA: &str = "030 2312 5014";
const BEN: &str = "030 2312 5015";

type Answer = Result<Reply, Failure>;

/// A change that stores one fact: the n-th gives another capacity than the one before.
fn change(studio: &Studio, n: usize) -> Command {
    let capacity = u32::try_from(20 + n / studio.yoga.len()).unwrap();
    Command::SetCapacity {
        activity: studio.yoga[n % studio.yoga.len()],
        capacity: capacity.try_into().unwrap(),
        force: false,
    }
}

/// Asks without waiting for the answer; the command is in its mailbox when this returns.
async fn send(studio: &Studio, actor: Actor, command: Command) -> JoinHandle<Answer> {
    hand_in(studio, studio.envelope(actor, None, command)).await
}

async fn hand_in(studio: &Studio, envelope: cartwheel::command::Envelope) -> JoinHandle<Answer> {
    let app = studio.app.clone();
    let asked = tokio::spawn(async move { app.ask(envelope).await });
    tokio::task::yield_now().await;
    asked
}

/// As many appends on their way as a lane begins, held there: what is asked from now on waits, and shares a batch.
async fn busy(studio: &Studio, ledger: &double::Script) -> Vec<JoinHandle<Answer>> {
    let mut held = vec![];
    for n in [studio.yoga.len() - 2, studio.yoga.len() - 1] {
        held.push(send_off(studio, ledger, studio.envelope(Actor::Staff, None, change(studio, n))).await);
    }
    held
}

/// Asks, and waits until what was decided is on its way, where it is held.
async fn send_off(
    studio: &Studio,
    ledger: &double::Script,
    envelope: cartwheel::command::Envelope,
) -> JoinHandle<Answer> {
    ledger.hold();
    let before = ledger.arrived();
    let asked = hand_in(studio, envelope).await;
    ledger.has_seen(before + 1).await;
    asked
}

/// Two confirmations of one event each, Anna's and Ben's, of which only one can be booked if it has one spot.
async fn for_the_last_spot(studio: &Studio) -> [cartwheel::command::Envelope; 2] {
    let mut confirmations = vec![];
    for phone in [ANNA, BEN] {
        let cart = studio.select(&studio.yoga[..1]).await.unwrap();
        confirmations.push(studio.confirmation(cart, phone, None, Mode::AllOrNothing).await);
    }
    confirmations.try_into().unwrap()
}

async fn all_done(asked: Vec<JoinHandle<Answer>>) {
    for asked in asked {
        asked.await.unwrap().unwrap();
    }
}

async fn booked_spots(studio: &Studio, activity: aggregates::ids::ActivityId) -> i64 {
    use cartwheel::ledger::query::Select;
    use cartwheel::ledger::table::Cell;
    use cartwheel::read_models::tables::AVAILABILITY;

    let select = Select::of(&AVAILABILITY, crate::studio::BRANCH).is("activity_id", activity);
    let row = studio.app.ledger.select(&select).await.unwrap().remove(0);
    match row[7] {
        Cell::Int(taken) => taken,
        ref other => panic!("{other:?}"),
    }
}

async fn assert_clean(studio: &Studio) {
    let verdict = cartwheel::audit::verify(&studio.app.ledger, std::sync::Arc::new(|_| ())).await.unwrap();
    assert_eq!(verdict.difference.map(|it| it.to_string()), None);
}
