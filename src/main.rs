//! The program; see `cli`.

use std::process::ExitCode;

/// Also for SQLite. Of many small values that live as long as one batch, the C library's allocator makes a fifth of the
/// work: `cargo bench` shows it.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let (asked, read) = cartwheel::cli::Cli::read();
    let ended = asked.run(read).await;
    cartwheel::logging::end();
    match ended {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
