//! One writer per active branch: it takes what is waiting, decides it in memory, appends it at once, and only then
//! answers.

mod batch;
mod traffic;
mod writer;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aggregates::ids::BranchId;
use tokio::sync::{mpsc, oneshot};
use tokio_util::task::TaskTracker;

use crate::cache::Budget;
use crate::clock::Clock;
use crate::command::{Envelope, Failure, Reply};
use crate::ledger::Ledger;
use crate::telemetry;
use traffic::Traffic;
use writer::LaneWriter;

/// How many bookings and staff commands may wait in one lane; more are told that it is busy.
const WAITING: usize = 1024;

/// How many edits of carts may wait in one lane.
const EDITS_WAITING: usize = 512;

/// How long a lane waits for another command before it ends.
const IDLE: Duration = Duration::from_mins(1);

/// A command, and where its answer goes.
#[derive(Debug)]
struct Asked {
    envelope: Envelope,
    answer: oneshot::Sender<Result<Reply, Failure>>,
}

/// Where a lane takes its commands from.
#[derive(Debug, Clone)]
struct Mailboxes {
    bookings: mpsc::Sender<Asked>,
    edits: mpsc::Sender<Asked>,
}

/// The lanes of all branches that are active.
#[derive(Clone)]
pub struct Lanes {
    ledger: Arc<dyn Ledger>,
    clock: Clock,
    budget: Budget,
    open: Arc<Mutex<HashMap<BranchId, Mailboxes>>>,
    tasks: TaskTracker,
    traffic: Traffic,
}

impl Lanes {
    #[must_use]
    pub fn new(ledger: Arc<dyn Ledger>, clock: Clock) -> Self {
        Self {
            ledger,
            clock,
            budget: Budget::default(),
            open: Arc::default(),
            tasks: TaskTracker::new(),
            traffic: Traffic::default(),
        }
    }

    /// The bytes that caches of this process share.
    #[must_use]
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// Sends a command to the lane of its branch and waits for the answer.
    ///
    /// # Errors
    ///
    /// If a rule says no, too much is waiting, or the store is away.
    pub async fn ask(&self, envelope: Envelope) -> Result<Reply, Failure> {
        let waiting = telemetry::Waiting::begin(envelope.command.name());
        let answer = self.ask_lane(envelope).await;
        if let Some(waiting) = waiting {
            waiting.answered(outcome(&answer));
        }
        answer
    }

    async fn ask_lane(&self, envelope: Envelope) -> Result<Reply, Failure> {
        let (answer, answered) = oneshot::channel();
        let mut asked = Asked { envelope, answer };
        loop {
            let mailboxes = self.mailboxes(asked.envelope.branch)?;
            let mailbox =
                if asked.envelope.command.edits_a_cart() { &mailboxes.edits } else { &mailboxes.bookings };
            asked = match mailbox.try_send(asked) {
                Ok(()) => break,
                Err(mpsc::error::TrySendError::Full(_)) => return Err(Failure::Busy),
                // The lane was idle and ended just now: a new one takes its place.
                Err(mpsc::error::TrySendError::Closed(asked)) => asked,
            };
        }
        answered.await.unwrap_or(Err(Failure::Unknown))
    }

    fn mailboxes(&self, branch: BranchId) -> Result<Mailboxes, Failure> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if self.tasks.is_closed() {
            return Err(Failure::Busy);
        }
        if let Some(mailboxes) = open.get(&branch)
            && !mailboxes.bookings.is_closed()
            && !mailboxes.edits.is_closed()
        {
            return Ok(mailboxes.clone());
        }
        let (bookings, waiting) = mpsc::channel(WAITING);
        let (edits, edits_waiting) = mpsc::channel(EDITS_WAITING);
        let mailboxes = Mailboxes { bookings, edits };
        open.insert(branch, mailboxes.clone());
        let (ledger, clock) = (Arc::clone(&self.ledger), self.clock.clone());
        let writer = LaneWriter::new(branch, ledger, clock, &self.budget, self.traffic.clone());
        let lane = Lane { inbox: Inbox { bookings: waiting, edits: edits_waiting }, writer };
        let lanes = Arc::clone(&self.open);
        self.tasks.spawn(async move {
            lane.run().await;
            let mut open = lanes.lock().unwrap_or_else(PoisonError::into_inner);
            if open.get(&branch).is_some_and(|mailboxes| mailboxes.bookings.is_closed()) {
                open.remove(&branch);
            }
        });
        Ok(mailboxes)
    }

    /// How many lanes there are, and how many bytes they keep, roughly.
    #[must_use]
    pub fn now(&self) -> (usize, usize) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        (open.len(), self.budget.used())
    }

    /// Takes no more commands, and waits until those that were taken in are answered.
    pub async fn drain(&self) {
        {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            self.tasks.close();
            open.clear();
        }
        self.tasks.wait().await;
    }
}

/// How an answer is counted.
fn outcome(answer: &Result<Reply, Failure>) -> &'static str {
    match answer {
        Ok(reply) if reply.replayed => "replayed",
        Ok(_) => "accepted",
        Err(Failure::Refused(_)) => "refused",
        Err(Failure::Busy) => "busy",
        Err(Failure::Unknown) => "unknown",
        Err(Failure::Away(_)) => "away",
        Err(Failure::Broken(_)) => "broken",
    }
}

struct Lane {
    inbox: Inbox,
    writer: LaneWriter,
}

impl Lane {
    async fn run(mut self) {
        loop {
            let busy = self.writer.is_under_way();
            let first = tokio::select! {
                biased;
                () = self.writer.hear(), if busy => {
                    self.writer.go_on().await;
                    continue;
                }
                first = self.inbox.next(!busy), if self.writer.has_room() => first,
            };
            let Some(first) = first else { break };
            let Inbox { bookings, edits } = &mut self.inbox;
            let batch = batch::gather(first, bookings, edits, self.writer.under_way());
            telemetry::batch(batch.len());
            self.writer.carry_out(batch).await;
        }
        while self.writer.is_under_way() {
            self.writer.go_on().await;
        }
    }
}

/// What waits in the mailboxes of a lane.
struct Inbox {
    bookings: mpsc::Receiver<Asked>,
    edits: mpsc::Receiver<Asked>,
}

impl Inbox {
    /// The next command, bookings first; `None` once the lane `may_end` and has been idle, closed its mailboxes and
    /// drained them.
    async fn next(&mut self, may_end: bool) -> Option<Asked> {
        if !self.bookings.is_closed() {
            // Both mailboxes have the same senders: once nobody can send bookings, nobody can send edits.
            let asked = tokio::select! {
                biased;
                asked = self.bookings.recv() => asked,
                Some(asked) = self.edits.recv() => Some(asked),
                () = tokio::time::sleep(IDLE), if may_end => None,
            };
            if asked.is_some() {
                return asked;
            }
            self.bookings.close();
            self.edits.close();
        }
        match self.bookings.recv().await {
            Some(asked) => Some(asked),
            None => self.edits.recv().await,
        }
    }
}
