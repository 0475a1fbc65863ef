//! What a lane takes at once.

use tokio::sync::mpsc::Receiver;

use super::Asked;

/// The most commands in one batch.
const MOST: usize = 256;

/// The most events that one batch schedules or picks, so that one append stays small.
const MOST_WEIGHT: usize = 2_000;

/// Everything that waits, up to the limits: bookings and staff first, edits after. Edits of carts have at most a
/// quarter of a batch while bookings wait.
///
/// It does not wait for more. While batches are being stored the next gathers by itself, so batches are as large as
/// the store is slow. While so many commands are `under_way` it leaves them half of all, so that neither the lane nor
/// the store waits for the other.
pub(super) fn gather(
    first: Asked,
    bookings: &mut Receiver<Asked>,
    edits: &mut Receiver<Asked>,
    under_way: usize,
) -> Vec<Asked> {
    let all = under_way + 1 + bookings.len() + edits.len();
    let most = if under_way == 0 { MOST } else { all.div_ceil(2).min(MOST) };
    let mut weight = weight(&first);
    let mut batch = vec![first];
    let for_edits = edits.len().min(most / 4);
    while batch.len() < most - for_edits && weight < MOST_WEIGHT {
        let Ok(asked) = bookings.try_recv() else { break };
        weight += self::weight(&asked);
        batch.push(asked);
    }
    while batch.len() < most && weight < MOST_WEIGHT {
        let Ok(asked) = edits.try_recv() else { break };
        weight += self::weight(&asked);
        batch.push(asked);
    }
    batch
}

/// The same commands in their order, with whatever stands alone in a batch of its own.
pub(super) fn apart(batch: Vec<Asked>) -> Vec<Vec<Asked>> {
    let alone = |asked: &Asked| asked.envelope.command.stands_alone();
    if !batch.iter().any(alone) {
        return vec![batch];
    }
    let mut parts: Vec<Vec<Asked>> = vec![];
    for asked in batch {
        match parts.last_mut() {
            Some(part) if !alone(&asked) && !part.iter().any(alone) => part.push(asked),
            _ => parts.push(vec![asked]),
        }
    }
    parts
}

fn weight(asked: &Asked) -> usize {
    use crate::command::Command;

    match &asked.envelope.command {
        Command::Schedule(events) => events.len(),
        Command::ConfirmMultiBooking(_) => 7,
        _ => 1,
    }
}
