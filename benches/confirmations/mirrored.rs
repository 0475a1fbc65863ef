//! Cartwheel with its mirror on, kept on a server of the tests.
//!
//! That server would be on another machine; here it runs below all others.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use cartwheel::mirror::{self, Connection};
use eventstore_server::Server;

use crate::measuring::Measured;
use crate::ours;
use crate::world::World;

/// How much less than others the server is asked for (`setpriority(2)`).
const NICENESS: i32 = 19;

/// What was there before is mirrored first. In the end the mirror holds everything.
pub async fn confirm(world: &World, callers: usize, count: usize) -> Measured {
    let below = tokio::runtime::Builder::new_multi_thread()
        .thread_name("server")
        .worker_threads(1)
        .on_thread_start(|| rustix::process::setpriority_process(None, NICENESS).unwrap())
        .enable_all()
        .build()
        .unwrap();
    let server = below.spawn(Server::start()).await.unwrap().unwrap();
    let connection = Connection::new(&server.url().parse().unwrap()).unwrap();
    let store = world.place.copy("furnished", "run").await;
    let app = world.app(&store).await;
    world.open_carts_of(&app, count).await;
    let mirroring = mirror::follow(&store, &app.wake, &server.url().parse().unwrap()).await.unwrap();
    let is_mirrored = async || {
        loop {
            let compared = mirror::compare(&app.ledger, &connection, BTreeSet::new(), Arc::new(|_| ())).await;
            let compared = compared.unwrap();
            assert_eq!(compared.difference, None);
            if compared.behind == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    is_mirrored().await;
    let measured = ours::confirm_in(&app, world, callers, count).await;
    is_mirrored().await;
    mirroring.stop().await;
    app.close().await;
    below.shutdown_background();
    measured
}
