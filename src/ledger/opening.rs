//! Opening a store: whether its tables are those of this release.

use sqlx::migrate::{MigrateError, Migrator};

use super::StoreError;

/// Why a store could not be opened. Stores are named as people know them: a path, or an address without its password.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{store} cannot be opened: {error}")]
    Unavailable { store: String, error: StoreError },
    #[error("{store} was made by a newer release of this program; please update it")]
    Newer { store: String },
    #[error("{store} has not the tables that this release needs; run `cartwheel migrate`")]
    Older { store: String },
    #[error("the tables in {store} could not be brought up to date: {error}")]
    Migration { store: String, error: MigrateError },
    #[error("{store} cannot be used: {why}")]
    Unfit { store: String, why: String },
}

/// Whether the migrations that are missing may be applied: those of an older release only if `migrate` says so.
///
/// None at all were applied to an empty store, or by a first start that was cut off. That an older one is about to be
/// migrated is logged, for whoever waits.
pub(super) fn may_migrate(
    store: &str,
    migrations: &Migrator,
    applied: i64,
    migrate: bool,
) -> Result<(), OpenError> {
    let known = i64::try_from(migrations.iter().count()).unwrap_or(i64::MAX);
    if known < applied {
        return Err(OpenError::Newer { store: store.to_owned() });
    }
    if (1..known).contains(&applied) {
        if !migrate {
            return Err(OpenError::Older { store: store.to_owned() });
        }
        let steps = known - applied;
        tracing::info!(
            store,
            steps,
            "bringing the tables up to date; with millions of facts that may take minutes"
        );
    }
    Ok(())
}
