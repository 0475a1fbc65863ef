use aggregates::Fact;
use aggregates::appointment::By;
use aggregates::client::{ClientErased, ClientEvent, ClientExported, ClientLinksEnded};

use super::check;

#[test]
fn b_17_facts_about_a_client_are_stored_like_this() {
    check(
        "client",
        ClientEvent::NAMES,
        Fact::Client,
        ClientEvent::name,
        &[
            (r#"{"type":"client.exported.v1","by":"staff"}"#, ClientExported { by: By::Staff }.into()),
            (r#"{"type":"client.links_ended.v1","by":"client"}"#, ClientLinksEnded { by: By::Client }.into()),
            (r#"{"type":"client.erased.v1","by":"client"}"#, ClientErased { by: By::Client }.into()),
        ],
    );
}
