//! *Set cancellation and rescheduling rules*: until when clients may change an appointment themselves (S-30).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::values::Notice;

/// One rule: allowed or not, and until how long before the start. A rule that is off keeps its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRule {
    pub allowed: bool,
    pub notice: Notice,
}

impl Default for ChangeRule {
    fn default() -> Self {
        Self { allowed: false, notice: Notice::MIN }
    }
}

/// Why a client may not change an appointment themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Closed {
    /// The branch does not allow it.
    #[error("please call the studio: this is not done online here")]
    NotAllowed,
    /// It was allowed until this moment.
    #[error("this was possible until {since}")]
    NoticePassed { since: DateTime<Utc> },
}

impl ChangeRule {
    /// The last moment at which a client may change an appointment that starts then.
    #[must_use]
    pub fn deadline(self, starts_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let deadline =
            || starts_at.checked_sub_signed(self.notice.span()).unwrap_or(DateTime::<Utc>::MIN_UTC);
        self.allowed.then(deadline)
    }

    /// Whether a client may do it at this moment; at exactly the deadline it is still allowed.
    ///
    /// # Errors
    ///
    /// If the rule is off, or the notice has passed.
    pub fn permit(self, starts_at: DateTime<Utc>, at: DateTime<Utc>) -> Result<(), Closed> {
        match self.deadline(starts_at) {
            None => Err(Closed::NotAllowed),
            Some(since) if since < at => Err(Closed::NoticePassed { since }),
            Some(_) => Ok(()),
        }
    }
}
