//! Given / when / then for any decider.

#![allow(clippy::missing_panics_doc, reason = "an assertion is meant to panic")]

use std::fmt::Debug;

use crate::decider::Decider;

/// Starts from these facts.
#[must_use]
pub fn given<D: Decider>(history: impl IntoIterator<Item = D::Event>) -> Given<D> {
    Given(D::after(&history.into_iter().collect::<Vec<_>>()))
}

/// A decider to try a command on.
#[derive(Debug)]
pub struct Given<D>(pub D);

/// An answer to look at.
#[derive(Debug)]
pub struct Answer<D: Decider>(pub Result<Vec<D::Event>, D::Refusal>);

impl<D: Decider> Given<D> {
    /// Tries the command.
    #[must_use]
    pub fn when(self, command: D::Command) -> Answer<D> {
        Answer(self.0.decide(command))
    }
}

impl<D: Decider> Answer<D>
where
    D::Event: Debug + PartialEq,
    D::Refusal: Debug + PartialEq,
{
    /// These facts follow, and no others.
    #[track_caller]
    pub fn then(self, events: impl IntoIterator<Item = D::Event>) {
        assert_eq!(self.0, Ok(events.into_iter().collect()));
    }

    /// Nothing follows: it was so already.
    #[track_caller]
    pub fn then_nothing(self) {
        self.then([]);
    }

    /// The command is refused for this reason.
    #[track_caller]
    pub fn then_refused(self, refusal: D::Refusal) {
        assert_eq!(self.0, Err(refusal));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Activity, ActivityCommand, ActivityRefusal, BookingOpened};

    fn cancelling_what_is_not_there() -> Answer<Activity> {
        given([]).when(ActivityCommand::Cancel)
    }

    #[test]
    fn the_right_refusal_satisfies() {
        cancelling_what_is_not_there().then_refused(ActivityRefusal::NotScheduled);
    }

    #[test]
    #[should_panic(expected = "assertion `left == right` failed")]
    fn another_refusal_does_not_satisfy() {
        cancelling_what_is_not_there().then_refused(ActivityRefusal::Cancelled);
    }

    #[test]
    #[should_panic(expected = "assertion `left == right` failed")]
    fn a_refusal_is_not_a_fact() {
        cancelling_what_is_not_there().then([BookingOpened {}.into()]);
    }

    #[test]
    #[should_panic(expected = "assertion `left == right` failed")]
    fn a_refusal_is_not_nothing() {
        cancelling_what_is_not_there().then_nothing();
    }
}
