//! The machine: room on the disk, ports, limits, and whether clients reach the service.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Finding;
use crate::cli::serving::Serve;
use crate::ledger::Address;
use crate::mirror::Connection;
use crate::serve;

const MIB: u64 = 1 << 20;

/// Room below which a disk is nearly full, and below which it is full.
const LITTLE: u64 = 1024 * MIB;
const TOO_LITTLE: u64 = 100 * MIB;

/// How long an address may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn look(settings: &Serve) -> Vec<Finding> {
    let mut found = vec![];
    let at = settings.store_at();
    if let Address::Sqlite(path) = &at.address {
        found.extend(folder(path));
    }
    for (what, address) in settings.addresses() {
        found.push(port(what, address).await);
    }
    found.push(match settings.rates() {
        Ok(()) => Finding::ok("limits", "what strangers may ask for is bounded as it was said"),
        Err(error) => Finding::bad("limits", error.to_string()),
    });
    if settings.has_mailbox() {
        let says = "messages are shown at /dev/mailbox: whoever opens it can sign in as anybody";
        found.push(Finding::warn("mailbox", says));
    }
    match settings.mirror() {
        Ok(None) => {}
        Ok(Some(mirror)) => found.push(mirrors(&mirror).await),
        Err(error) => found.push(Finding::bad("mirror", format!("{error:#}"))),
    }
    found.push(match settings.public_url() {
        Some(url) => reached(url).await,
        None => Finding::warn(
            "address",
            "without --public-url, links that staff give away have this machine's address",
        ),
    });
    found
}

/// Whether facts can be mirrored. Bookings do not wait for it.
async fn mirrors(mirror: &Connection) -> Finding {
    match mirror.ask_version().await {
        Ok(version) => Finding::ok("mirror", format!("{mirror} answers, version {version}")),
        Err(why) => Finding::warn("mirror", format!("{mirror} cannot be asked: {why}")),
    }
}

/// Whether there is room beside a file, and whether it can be written.
fn folder(file: &Path) -> Vec<Finding> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let named = folder.display();
    let room = match rustix::fs::statvfs(folder) {
        Err(error) => return vec![Finding::bad("disk", format!("{named}: {error}"))],
        Ok(disk) => disk.f_bavail * disk.f_frsize,
    };
    let says = format!("{} MiB are free in {named}", room / MIB);
    let disk = match room {
        0..TOO_LITTLE => Finding::bad("disk", says),
        TOO_LITTLE..LITTLE => Finding::warn("disk", says),
        _ => Finding::ok("disk", says),
    };
    vec![disk, writable(folder)]
}

fn writable(folder: &Path) -> Finding {
    let probe: PathBuf = folder.join(format!(".cartwheel-doctor-{}", std::process::id()));
    let written = std::fs::OpenOptions::new().write(true).create_new(true).open(&probe);
    let _ = std::fs::remove_file(&probe);
    match written {
        Ok(_) => Finding::ok("writing", format!("{} can be written to", folder.display())),
        Err(error) => Finding::bad("writing", format!("{} cannot be written to: {error}", folder.display())),
    }
}

async fn port(what: &str, address: SocketAddr) -> Finding {
    match serve::check_free([address]).await {
        Ok(()) => Finding::ok("port", format!("{address} is free ({what})")),
        Err(error) => {
            let taken = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
            let taken = taken == Some(std::io::ErrorKind::AddrInUse);
            let says = format!("{address} cannot be listened on ({what})");
            if taken {
                Finding::warn("port", format!("{says}: something is running there, perhaps this service"))
            } else {
                Finding::bad("port", format!("{says}: {}", error.root_cause()))
            }
        }
    }
}

/// Whether something answers where clients look for the service. What is behind TLS is only knocked at.
async fn reached(url: &str) -> Finding {
    let Some((host, port)) = serve::host_and_port(url) else {
        return Finding::bad("address", format!("{url} is no address"));
    };
    let asked = async {
        let mut stream = TcpStream::connect((host.as_str(), port)).await?;
        if url.starts_with("https:") {
            return Ok::<_, std::io::Error>(None);
        }
        let head = format!("GET /healthz HTTP/1.0\r\nHost: {host}:{port}\r\n\r\n");
        stream.write_all(head.as_bytes()).await?;
        let mut answer = vec![];
        stream.take(4_096).read_to_end(&mut answer).await?;
        Ok(Some(answer.split(|byte| *byte == b' ').nth(1) == Some(b"200")))
    };
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(None)) => Finding::ok("address", format!("{url} takes connections")),
        Ok(Ok(Some(true))) => Finding::ok("address", format!("{url} leads here, or to a service like this")),
        Ok(Ok(Some(false))) => Finding::warn("address", format!("{url} answers, but not like this service")),
        Ok(Err(error)) => Finding::warn("address", format!("{url} cannot be reached from here: {error}")),
        Err(_) => Finding::warn("address", format!("{url} does not answer")),
    }
}
