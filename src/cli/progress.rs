//! How far a long piece of work is: a bar on a terminal, nothing elsewhere.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error.
pub(super) fn bar(total: u64, what: &'static str) -> ProgressBar {
    styled(Some(total), "{msg} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}", what)
}

/// The same, where nobody knows how long it will be.
pub(super) fn counter(what: &'static str) -> ProgressBar {
    styled(None, "{msg} {human_pos} {per_sec}", what)
}

fn styled(total: Option<u64>, template: &str, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr()).with_message(what);
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
