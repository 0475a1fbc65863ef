//! Processes that are killed and paused, connections that are cut, a server that is killed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, UnixStream};
use tokio::sync::broadcast;

use crate::postgres_server::Server;
use crate::running::{Kept, Serving};

/// Where a process can be reached.
#[derive(Debug, Clone, Default)]
pub struct Endpoint {
    pub api: String,
    pub staff_api: String,
}

/// The processes of one service, as clients know them.
pub type Endpoints = Arc<Mutex<Vec<Endpoint>>>;

/// What can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    ProcessKilled,
    ProcessPaused,
    ConnectionsCut,
    ServerKilled,
    StandbyPromoted,
}

/// In each round every fault happens as often as it is here, in any order.
const ROUND: [Fault; 7] = [
    Fault::ProcessKilled,
    Fault::ProcessKilled,
    Fault::ProcessPaused,
    Fault::ConnectionsCut,
    Fault::ConnectionsCut,
    Fault::ServerKilled,
    Fault::StandbyPromoted,
];

/// How often each fault happened.
pub type Tally = BTreeMap<Fault, usize>;

/// Forwards connections to whichever server is the primary, and cuts them without a word.
pub struct Proxy {
    pub port: u16,
    cut: broadcast::Sender<()>,
    socket: Arc<Mutex<PathBuf>>,
}

impl Proxy {
    pub async fn before(server: &Server) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (cut, _) = broadcast::channel(1);
        let (cuts, socket) = (cut.clone(), Arc::new(Mutex::new(socket(server))));
        let primary = Arc::clone(&socket);
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let (mut cut, socket) = (cuts.subscribe(), primary.lock().unwrap().clone());
                tokio::spawn(async move {
                    let Ok(mut server) = UnixStream::connect(socket).await else { return };
                    tokio::select! {
                        _ = copy_bidirectional(&mut client, &mut server) => {}
                        _ = cut.recv() => {}
                    }
                });
            }
        });
        Self { port, cut, socket }
    }

    fn cut(&self) {
        let _ = self.cut.send(());
    }

    /// From now on connections go to this server.
    fn turn_to(&self, server: &Server) {
        *self.socket.lock().unwrap() = socket(server);
        self.cut();
    }
}

fn socket(server: &Server) -> PathBuf {
    server.folder().join(".s.PGSQL.5432")
}

/// The server of a store, another that follows it, and the way to whichever is the primary.
pub struct Database {
    pub server: Server,
    pub standby: Server,
    pub proxy: Proxy,
}

impl Database {
    /// The server is killed, and comes back after a while.
    fn fail(&mut self, pause: Duration) {
        self.server.kill();
        std::thread::sleep(pause);
        self.server.go_on();
    }

    /// The server is killed for good: the standby takes its place, and gets one of its own.
    fn fail_over(&mut self, pause: Duration) {
        self.server.kill();
        std::thread::sleep(pause);
        self.standby.promote();
        let next = self.standby.standby();
        self.server = std::mem::replace(&mut self.standby, next);
        self.proxy.turn_to(&self.server);
    }
}

/// Starts the processes and lets faults happen until the time is over; then all processes run.
pub struct Faults {
    kept: Arc<Kept>,
    processes: Vec<Option<Serving>>,
    pub endpoints: Endpoints,
    database: Option<Database>,
    /// Where every process mirrors facts to.
    mirror: String,
    random: StdRng,
    pub tally: Tally,
}

impl Faults {
    pub async fn over(
        kept: Arc<Kept>,
        processes: usize,
        database: Option<Database>,
        mirror: String,
        seed: u64,
    ) -> Self {
        let mut faults = Self {
            kept,
            processes: (0..processes).map(|_| None).collect(),
            endpoints: Arc::new(Mutex::new(vec![Endpoint::default(); processes])),
            database,
            mirror,
            random: StdRng::seed_from_u64(seed),
            tally: Tally::default(),
        };
        for place in 0..processes {
            faults.start(place).await;
        }
        faults
    }

    async fn start(&mut self, place: usize) {
        let (kept, mirror) = (Arc::clone(&self.kept), self.mirror.clone());
        let serving = move || kept.serve_with(&["--mirror", &mirror]);
        let serving = tokio::task::spawn_blocking(serving).await.unwrap();
        let endpoint = Endpoint {
            api: serving.address("api").to_owned(),
            staff_api: format!("{}/api/v1", serving.address("staff_listen")),
        };
        self.endpoints.lock().unwrap()[place] = endpoint;
        self.processes[place] = Some(serving);
    }

    pub async fn happen(&mut self, time: Duration) {
        let end = tokio::time::Instant::now() + time;
        let mut round = vec![];
        while tokio::time::Instant::now() < end {
            if round.is_empty() {
                round = ROUND.to_vec();
                round.shuffle(&mut self.random);
            }
            let Some(fault) = round.pop() else { continue };
            self.sleep(300..2_500).await;
            if self.inflict(fault).await {
                *self.tally.entry(fault).or_default() += 1;
            }
        }
    }

    /// Lets a fault happen, and be over; `false` if there is nothing that it could happen to.
    async fn inflict(&mut self, fault: Fault) -> bool {
        let place = self.random.random_range(0..self.processes.len());
        match fault {
            Fault::ProcessKilled => {
                self.processes[place].take().unwrap().kill();
                self.sleep(0..800).await;
                self.start(place).await;
            }
            Fault::ProcessPaused => {
                self.processes[place].as_ref().unwrap().signal("STOP");
                self.sleep(500..9_000).await;
                self.processes[place].as_ref().unwrap().signal("CONT");
            }
            Fault::ConnectionsCut => {
                let Some(database) = &self.database else { return false };
                database.proxy.cut();
            }
            Fault::ServerKilled | Fault::StandbyPromoted => {
                let Some(mut database) = self.database.take() else { return false };
                let pause = Duration::from_millis(self.random.random_range(0..3_000));
                let back = tokio::task::spawn_blocking(move || {
                    if fault == Fault::ServerKilled {
                        database.fail(pause);
                    } else {
                        database.fail_over(pause);
                    }
                    database
                });
                self.database = Some(back.await.unwrap());
            }
        }
        true
    }

    async fn sleep(&mut self, milliseconds: std::ops::Range<u64>) {
        tokio::time::sleep(Duration::from_millis(self.random.random_range(milliseconds))).await;
    }

    /// Stops every process as an operator would.
    pub fn stop(self) -> Tally {
        for process in self.processes.into_iter().flatten() {
            assert_eq!(process.stop().code(), Some(0));
        }
        self.tally
    }
}
