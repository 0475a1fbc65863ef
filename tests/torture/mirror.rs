//! The mirror of the store, on a server that has bad days of its own; in the end it holds what the ledgers do.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use cartwheel::ledger::Address;
use cartwheel::mirror::{Compared, Connection, compare};
use eventstore_server::Server;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use tokio::time::{Instant, sleep};

/// How long it may take to have everything once nothing goes wrong any more: after a while in which the server was away it
/// is asked rarely.
const CATCHING_UP: Duration = Duration::from_mins(2);

/// What can go wrong with the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    Stalled,
    Restarted,
    Refused,
    ConnectionsDropped,
    AnswersLost,
}

const ROUND: [Fault; 5] =
    [Fault::Stalled, Fault::Restarted, Fault::Refused, Fault::ConnectionsDropped, Fault::AnswersLost];

/// Lets these things happen until the time is over, and tells how often each did. Then nothing goes wrong any more.
pub async fn bad_days(server: Arc<Server>, time: Duration, seed: u64) -> BTreeMap<Fault, usize> {
    let (mut random, end) = (StdRng::seed_from_u64(seed), Instant::now() + time);
    let (mut round, mut tally) = (vec![], BTreeMap::new());
    while Instant::now() < end {
        if round.is_empty() {
            round = ROUND.to_vec();
            round.shuffle(&mut random);
        }
        let Some(fault) = round.pop() else { continue };
        let mut a_while = |most| sleep(Duration::from_millis(random.random_range(100..most)));
        a_while(2_000).await;
        let faults = server.faults();
        match fault {
            Fault::Stalled => {
                faults.stall(true);
                // Sometimes longer than anybody waits.
                a_while(14_000).await;
                faults.stall(false);
            }
            Fault::Restarted => {
                server.go_down();
                a_while(3_000).await;
                server.come_back().await.unwrap();
            }
            Fault::Refused => {
                faults.refuse(true);
                a_while(3_000).await;
                faults.refuse(false);
            }
            Fault::ConnectionsDropped => faults.drop_connections(),
            Fault::AnswersLost => faults.lose_answers(2),
        }
        *tally.entry(fault).or_default() += 1;
    }
    server.faults().lose_answers(0);
    tally
}

/// Waits until the mirror has everything, and compares it with the ledgers; what is not as it should be.
pub async fn mirrored_otherwise(address: &Address, url: &str) -> Option<String> {
    let ledger = address.open(false).await.unwrap();
    let connection = Connection::new(&url.parse().unwrap()).unwrap();
    let end = Instant::now() + CATCHING_UP;
    let found = loop {
        let compared = compare(&ledger, &connection, BTreeSet::new(), Arc::new(|_| ())).await;
        let found = match compared.unwrap() {
            Compared { difference: Some(difference), .. } => Some(format!("in the mirror, {difference}")),
            Compared { behind: 0, .. } => None,
            Compared { behind, .. } => Some(format!("the mirror is {behind} facts behind")),
        };
        if found.is_none() || end < Instant::now() {
            break found;
        }
        sleep(Duration::from_millis(500)).await;
    };
    ledger.close().await;
    found
}
