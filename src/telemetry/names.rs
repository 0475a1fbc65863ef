//! What the numbers are called. Dashboards and alerts depend on it.

pub(super) const REQUESTS: &str = "cartwheel_requests_total";
pub(super) const REQUEST_SECONDS: &str = "cartwheel_request_seconds";
pub(super) const COMMANDS: &str = "cartwheel_commands_total";
pub(super) const COMMAND_SECONDS: &str = "cartwheel_command_seconds";
pub(super) const WAITING: &str = "cartwheel_commands_waiting";
pub(super) const BATCH: &str = "cartwheel_lane_batch_commands";
pub(super) const APPEND_SECONDS: &str = "cartwheel_append_seconds";
pub(super) const MOVED: &str = "cartwheel_ledger_moved_total";
pub(super) const PROBLEMS: &str = "cartwheel_problems_total";
pub(super) const LIMITED: &str = "cartwheel_limited_total";
pub(super) const TURNED_AWAY: &str = "cartwheel_connections_turned_away_total";
pub(super) const STORE_ERRORS: &str = "cartwheel_store_errors_total";
pub(super) const DELIVERIES: &str = "cartwheel_deliveries_total";
pub(super) const MIRRORED: &str = "cartwheel_mirrored_facts_total";
pub(super) const NOW: &str = "cartwheel_now";
pub(super) const BUILD: &str = "cartwheel_build_info";

/// Every number, and what it says.
pub const NAMES: &[(&str, &str)] = &[
    (REQUESTS, "Requests that were answered, by matched route, method and status"),
    (REQUEST_SECONDS, "How long requests took until their answer began"),
    (
        COMMANDS,
        "Commands that were answered, by name and outcome: accepted, replayed, refused, busy, unknown, away, broken",
    ),
    (COMMAND_SECONDS, "How long commands took, waiting for their turn and for the store included"),
    (WAITING, "Commands that are not answered yet"),
    (BATCH, "Commands that a lane took at once"),
    (
        APPEND_SECONDS,
        "How long an append to a ledger took, by outcome: stored, moved, refused, unknown, fatal",
    ),
    (MOVED, "Batches that were decided again because another process wrote meanwhile"),
    (PROBLEMS, "Problems that were answered with, by their stable code"),
    (LIMITED, "Requests, codes and attempts beyond a limit, by what was counted"),
    (
        TURNED_AWAY,
        "Connections beyond the bounds, by whether they were told: too-many-of-one, too-many, not-told",
    ),
    (STORE_ERRORS, "How often the store could not be asked"),
    (
        DELIVERIES,
        "Attempts to deliver a message or webhook, by who follows and how it ended: delivered, failed, dropped",
    ),
    (MIRRORED, "Facts that were brought to EventStoreDB"),
    (
        NOW,
        "How things stand: lanes, cache_bytes, streams, connections, memory_bytes; with a mirror also mirror_behind, in \
         facts, and mirror_stopped, in branches",
    ),
    (BUILD, "1, with the version of this program"),
];

pub(super) fn says(name: &str) -> &'static str {
    NAMES.iter().find(|(known, _)| *known == name).map_or("", |(_, says)| says)
}
