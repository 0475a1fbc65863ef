//! Cartwheel: the lane, the unit, the ledger.

use cartwheel::app::App;
use cartwheel::command::Command;

use crate::measuring::{self, Measured};
use crate::studios::envelope;
use crate::world::World;

/// The carts are opened first, through the same lanes, as they are when clients are at work.
pub async fn confirm(world: &World, callers: usize, count: usize) -> Measured {
    let app = world.app(&world.place.copy("furnished", "run").await).await;
    world.open_carts_of(&app, count).await;
    let measured = confirm_in(&app, world, callers, count).await;
    app.close().await;
    measured
}

/// Confirms carts that are open.
pub async fn confirm_in(app: &App, world: &World, callers: usize, count: usize) -> Measured {
    let confirmations: Vec<_> =
        world.bookings[..count].iter().map(|booking| booking.confirmation.clone()).collect();
    let asked = app.clone();
    measuring::callers(callers, count, move |n| {
        let (app, confirmation) = (asked.clone(), confirmations[n].clone());
        async move {
            app.ask(confirmation).await.unwrap();
        }
    })
    .await
}

/// Gives events another capacity, one after another.
pub async fn set_capacity(world: &World, callers: usize, count: usize) -> Measured {
    let app = world.app(&world.place.copy("furnished", "run").await).await;
    let settings = world.capacities(usize::MAX, count).map(|(studio, activity, capacity)| {
        let command = Command::SetCapacity { activity, capacity, force: false };
        envelope(&app, studio.branch, command)
    });
    let settings: Vec<_> = settings.collect();
    let asked = app.clone();
    let measured = measuring::callers(callers, count, move |n| {
        let (app, setting) = (asked.clone(), settings[n].clone());
        async move {
            app.ask(setting).await.unwrap();
        }
    })
    .await;
    app.close().await;
    measured
}
