//! What a lane takes at once.

use tokio::sync::mpsc::Receiver;

use super::Asked;

/// The most commands in one batch.
const MOST: usize = 256;

/// Edits of carts have at most a quarter of a batch while bookings wait.
const MOST_EDITS: usize = MOST / 4;

/// The most events that one batch schedules or picks, so that one append stays small.
const MOST_WEIGHT: usize = 2_000;

/// Everything that waits, up to the limits: bookings and staff first, edits after.
///
/// It does not wait for more. While one batch is being stored the next gathers by itself, so batches are as large
/// as the store is slow.
pub(super) fn gather(
    first: Asked,
    bookings: &mut Receiver<Asked>,
    edits: &mut Receiver<Asked>,
) -> Vec<Asked> {
    let mut weight = weight(&first);
    let mut batch = vec![first];
    while batch.len() < MOST - MOST_EDITS && weight < MOST_WEIGHT {
        let Ok(asked) = bookings.try_recv() else { break };
        weight += self::weight(&asked);
        batch.push(asked);
    }
    while batch.len() < MOST && weight < MOST_WEIGHT {
        let Ok(asked) = edits.try_recv() else { break };
        weight += self::weight(&asked);
        batch.push(asked);
    }
    batch
}

fn weight(asked: &Asked) -> usize {
    use crate::command::Command;

    match &asked.envelope.command {
        Command::Schedule(events) => events.len(),
        Command::ConfirmMultiBooking(_) => 7,
        _ => 1,
    }
}
