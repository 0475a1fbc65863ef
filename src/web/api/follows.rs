//! What an answer leads to, as links of `openapi.json`: which of its values another operation takes.

use utoipa::openapi::link::Link;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{OpenApi, RefOr};

/// An operation, where in its answer an id stands (RFC 6901), and the operations that take it by that name.
const FOLLOWS: &[(&str, &str, &str, &[&str])] = &[
    (
        "open_cart",
        "/cart_id",
        "cart",
        &[
            "get_cart",
            "get_cart_offer",
            "select_events",
            "dry_run_confirmation",
            "send_phone_code",
            "confirm_multi_booking",
        ],
    ),
    (
        "confirm_multi_booking",
        "/booked/0/appointment_id",
        "appointment",
        &[
            "get_appointment",
            "get_appointment_calendar",
            "reduce_spots",
            "list_rescheduling_dates",
            "reschedule_appointment",
            "cancel_appointment",
            "get_journal_appointment",
            "reduce_journal_spots",
            "note_attendance",
            "reschedule_journal_appointment",
            "cancel_journal_appointment",
        ],
    ),
    (
        "schedule_activities",
        "/items/0/activity_id",
        "activity",
        &[
            "get_activity",
            "change_capacity",
            "move_activity",
            "replace_team_member",
            "set_online_booking",
            "cancel_activity",
        ],
    ),
    (
        "create_link",
        "/link_id",
        "link",
        &["get_link", "list_events", "get_link_settings", "change_link", "dress_link", "list_link_saves"],
    ),
    ("add_service", "/service_id", "service", &["change_service"]),
    ("add_team_member", "/team_member_id", "team_member", &["rename_team_member"]),
];

/// Writes the links.
pub(super) fn link(document: &mut OpenApi) {
    for (from, pointer, name, operations) in FOLLOWS {
        let Some(answer) = answer(document, from) else { continue };
        for to in *operations {
            let link = Link::builder()
                .operation_id(*to)
                .parameter("branch", "$request.path.branch")
                .parameter(*name, format!("$response.body#{pointer}"));
            answer.links.insert((*to).to_owned(), RefOr::T(link.build()));
        }
    }
}

/// What an operation answers if it did what was asked.
fn answer<'a>(document: &'a mut OpenApi, id: &str) -> Option<&'a mut utoipa::openapi::Response> {
    let is_it = |operation: &&mut Operation| operation.operation_id.as_deref() == Some(id);
    let operation = super::operations(document).find(is_it)?;
    let done = |status: &str| status.starts_with('2');
    let answers = operation.responses.responses.iter_mut();
    answers.filter(|(status, _)| done(status)).find_map(|(_, answer)| match answer {
        RefOr::T(answer) => Some(answer),
        RefOr::Ref(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn every_operation_and_every_value_is_there() {
        let document: Value = serde_json::from_str(&crate::web::api::openapi_json()).unwrap();
        let operations: Vec<&Value> = document["paths"]
            .as_object()
            .unwrap()
            .values()
            .flat_map(|path| path.as_object().unwrap().values())
            .collect();
        let find = |id: &str| operations.iter().find(|it| it["operationId"] == id).copied();
        for (from, _, name, follow) in FOLLOWS {
            for to in *follow {
                let operation = find(to).unwrap_or_else(|| panic!("there is no operation {to}"));
                let takes = operation["parameters"].as_array().unwrap().iter().any(|it| it["name"] == *name);
                assert!(takes, "{to} takes no {name}");
            }
            let answers = find(from).unwrap()["responses"].as_object().unwrap();
            assert!(
                answers
                    .values()
                    .any(|answer| answer["links"].as_object().is_some_and(|it| it.len() == follow.len())),
                "{from}"
            );
        }
    }
}
