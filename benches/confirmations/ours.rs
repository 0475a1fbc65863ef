//! Cartwheel: the lane, the unit, the ledger.

use std::sync::Arc;
use std::time::Instant;

use cartwheel::read_models::rebuild;

use crate::measuring::{self, Measured};
use crate::world::World;

/// The carts are opened first, through the same lanes, as they are when clients are at work.
pub async fn confirm(world: &World, callers: usize, count: usize) -> Measured {
    let app = world.app(&world.place.copy("furnished", "run").await).await;
    world.open_carts_of(&app, count).await;
    let confirmations: Vec<_> =
        world.bookings[..count].iter().map(|booking| booking.confirmation.clone()).collect();
    let asked = app.clone();
    let measured = measuring::callers(callers, count, move |n| {
        let (app, confirmation) = (asked.clone(), confirmations[n].clone());
        async move {
            app.ask(confirmation).await.unwrap();
        }
    })
    .await;
    app.close().await;
    measured
}

/// Facts per second of making all rows anew, with carts opened and confirmed.
pub async fn rebuild(world: &World) -> f64 {
    let ledger = world.place.copy("confirmed", "run").await.open(false).await.unwrap();
    let began = Instant::now();
    let facts = rebuild::all(&ledger, rebuild::WORKERS, Arc::new(|_| ())).await.unwrap();
    let elapsed = began.elapsed();
    ledger.close().await;
    #[expect(clippy::cast_precision_loss, reason = "some ten thousands")]
    let facts = facts as f64;
    facts / elapsed.as_secs_f64()
}
