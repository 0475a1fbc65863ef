//! Connections for one purpose, and every wait of theirs bounded.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::{Connection, Executor, PgConnection, Postgres};

use super::question::Question;
use super::trouble::Trouble;
use super::{PATIENCE, STATEMENT, StoreError};

/// A connection that was idle for so long is asked whether it still works before it is used.
const IDLE: Duration = Duration::from_secs(1);

#[derive(Debug, Clone)]
pub(super) struct Connections {
    pool: PgPool,
    /// How long an answer may take.
    answer: Duration,
}

impl Connections {
    /// Up to so many connections, each made when it is first needed, and given up when no answer comes for so long.
    pub(super) fn to(options: &PgConnectOptions, name: &str, most: u32, answer: Duration) -> Self {
        let options = options.clone().application_name(name).options([
            ("default_transaction_isolation", r"read\ committed".to_owned()),
            ("statement_timeout", STATEMENT.as_millis().to_string()),
            ("lock_timeout", PATIENCE.as_millis().to_string()),
            ("idle_in_transaction_session_timeout", STATEMENT.as_millis().to_string()),
            // Every statement looks up along an index what it names, however many rows there are. A plan that suited a
            // table while it was small must not outlive that, and planning anew each time takes longer than most
            // statements.
            ("plan_cache_mode", "force_generic_plan".to_owned()),
            ("enable_seqscan", "off".to_owned()),
            ("jit", "off".to_owned()),
        ]);
        let pool = PgPoolOptions::new()
            .max_connections(most)
            .acquire_timeout(PATIENCE.min(answer))
            .test_before_acquire(false)
            .before_acquire(|connection, idle| {
                Box::pin(async move {
                    if IDLE < idle.idle_for {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .after_connect(|connection, _| {
                Box::pin(async move {
                    // What is answered has to be durable, here and on a standby that the server waits for.
                    let durable = "SELECT set_config('synchronous_commit', 'on', false) \
                                   WHERE current_setting('synchronous_commit') IN ('off', 'local')";
                    connection.execute(durable).await?;
                    Ok(())
                })
            });
        Self { pool: pool.connect_lazy_with(options), answer }
    }

    pub(super) async fn lend(&self) -> Result<Lent, Trouble> {
        let connection = self.pool.acquire().await.map_err(Trouble::NotBegun)?;
        Ok(Lent { connection: Some(connection), answer: self.answer })
    }

    /// Asks what may be asked again: should the connection break, another is tried, with growing pauses.
    pub(super) async fn ask(&self, question: &Question) -> Result<Vec<PgRow>, StoreError> {
        let pauses = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(10))
            .with_max_delay(Duration::from_secs(1))
            .with_jitter()
            .without_max_times()
            .with_total_delay(Some(PATIENCE));
        let asked = (|| self.tell(question)).retry(pauses).when(Trouble::may_pass);
        Ok(asked.await?)
    }

    /// Asks once.
    pub(super) async fn tell(&self, question: &Question) -> Result<Vec<PgRow>, Trouble> {
        self.lend().await?.put(question).await
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

/// A connection that somebody has for a while; none any more once it was given up.
#[derive(Debug)]
pub(super) struct Lent {
    connection: Option<PoolConnection<Postgres>>,
    answer: Duration,
}

impl Lent {
    pub(super) async fn put(&mut self, question: &Question) -> Result<Vec<PgRow>, Trouble> {
        self.wait(async |connection| question.put_to(connection).await).await
    }

    /// Waits for the answer to what is sent over the connection, and gives it up if none comes.
    pub(super) async fn wait<T>(
        &mut self,
        sent: impl AsyncFnOnce(&mut PgConnection) -> Result<T, sqlx::Error>,
    ) -> Result<T, Trouble> {
        let Some(connection) = &mut self.connection else { return Err(Trouble::Silent) };
        let answer = tokio::time::timeout(self.answer, sent(connection)).await;
        match answer.map(|answer| answer.map_err(Trouble::with)) {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(trouble @ Trouble::Declined(_))) => Err(trouble),
            Ok(Err(trouble)) => {
                self.give_up();
                Err(trouble)
            }
            Err(_) => {
                self.give_up();
                Err(Trouble::Silent)
            }
        }
    }

    /// Closes the connection without a word. The server takes back what was not committed.
    pub(super) fn give_up(&mut self) {
        drop(self.connection.take().map(PoolConnection::detach));
    }
}
