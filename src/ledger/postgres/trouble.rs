//! What went wrong with a statement, and what that says about it.

use sqlx::postgres::{PgDatabaseError, PgSeverity};

use crate::ledger::AppendError;

/// Why a statement has no result. SQLSTATE: postgresql.org, "Appendix A. PostgreSQL Error Codes".
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// There was no connection to send it over.
    #[error("no connection: {0}")]
    NotBegun(sqlx::Error),
    /// The server said why it took the statement back.
    #[error("{0}")]
    Declined(sqlx::Error),
    /// The connection ended before the answer came.
    #[error("the connection broke: {0}")]
    Broken(sqlx::Error),
    /// No answer came for so long that the connection was given up.
    #[error("the server does not answer")]
    Silent,
}

/// `serialization_failure` and `deadlock_detected`: the same statement may succeed next time.
const UNLUCKY: [&str; 2] = ["40001", "40P01"];

/// `unique_violation`.
const TAKEN: &str = "23505";

impl Trouble {
    /// What an error says that came instead of an answer.
    pub(super) fn with(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(said) => {
                let said = said.try_downcast_ref::<PgDatabaseError>().map(PgDatabaseError::severity);
                match said {
                    Some(PgSeverity::Fatal | PgSeverity::Panic) => Self::Broken(error),
                    _ => Self::Declined(error),
                }
            }
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => Self::NotBegun(error),
            _ => Self::Broken(error),
        }
    }

    fn is_declined_as(&self, codes: &[&str]) -> bool {
        let Self::Declined(sqlx::Error::Database(said)) = self else { return false };
        said.code().is_some_and(|code| codes.contains(&code.as_ref()))
    }

    /// Whether another connection, or the same a little later, may do.
    pub(super) fn may_pass(&self) -> bool {
        matches!(self, Self::Broken(_) | Self::NotBegun(sqlx::Error::Io(_))) || self.is_unlucky()
    }

    /// Whether the server chose this statement to be taken back in favour of others.
    pub(super) fn is_unlucky(&self) -> bool {
        self.is_declined_as(&UNLUCKY)
    }

    /// What it says of an append that nobody has committed yet.
    pub(super) fn before_commit(self) -> AppendError {
        if self.is_declined_as(&[TAKEN]) {
            // A row that must be new was there although the head matched: the store contradicts itself.
            tracing::error!(error = %self, "a fact or record was there before its append");
            return AppendError::Fatal(self.into());
        }
        AppendError::Refused(self.into())
    }

    /// What it says of an append whose statement commits.
    pub(super) fn at_commit(self) -> AppendError {
        match self {
            Self::NotBegun(_) | Self::Declined(_) => self.before_commit(),
            Self::Broken(_) | Self::Silent => AppendError::Unknown(self.into()),
        }
    }
}
