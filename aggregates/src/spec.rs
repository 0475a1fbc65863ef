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
