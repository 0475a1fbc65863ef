//! Which language a visitor is answered in, and that it stays on the way from the list to a booked date.

use axum::http::{StatusCode, header};

use crate::studio::http::{Answered, call};
use crate::studio::pages::{FORM, hrefs, value};
use crate::studio::{BRANCH, LINK, Studio};

const GERMAN: (&str, &str) = ("accept-language", "de-AT,de;q=0.9,en;q=0.5");

fn list() -> String {
    format!("/w/{BRANCH}/{LINK}")
}

async fn in_german(studio: &Studio, path: &str) -> Answered {
    call(studio.public(), "GET", path, &[GERMAN], None).await
}

fn location(answer: &Answered) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_visitor_reads_what_the_browser_likes_best_and_lang_beats_it() {
    let studio = Studio::open().await;

    let english = studio.page(&list()).await.body;
    let german = in_german(&studio, &list()).await.body;
    let spanish = in_german(&studio, &format!("{}?lang=es", list())).await.body;
    let unknown = in_german(&studio, &format!("{}?lang=tlh", list())).await.body;

    assert!(english.contains("<html lang=\"en\"") && english.contains("<h1>Book an event</h1>"));
    assert!(german.contains("<html lang=\"de\"") && german.contains("<h1>Termin buchen</h1>"));
    assert!(german.contains("Dienstag, 5. Januar"), "{german}");
    assert!(spanish.contains("<html lang=\"es\"") && spanish.contains("<h1>Reservar una clase</h1>"));
    assert!(unknown.contains("<h1>Termin buchen</h1>"), "what nobody speaks chooses nothing");
}

#[tokio::test]
async fn what_was_chosen_rides_along_in_every_form_and_address_up_to_a_booked_date() {
    let studio = Studio::open().await;
    let chosen = |html: &str| {
        assert!(html.contains("<html lang=\"es\""), "{html}");
        // Every link to a page of ours, and every form, but not files.
        let links =
            html.split("<a ").skip(1).filter_map(|link| link.split("href=\"").nth(1)?.split('"').next());
        for link in links.filter(|it| it.starts_with('/') && !it.ends_with("/calendar.ics")) {
            assert!(link.contains("lang=es"), "{link}");
        }
        let kept = html.matches("<input type=\"hidden\" name=\"lang\" value=\"es\">").count();
        assert_eq!(kept, html.matches("<form").count(), "{html}");
    };

    let page = studio.page(&format!("{}?event={}&lang=es", list(), studio.yoga[0])).await.body;
    chosen(&page);
    let form = format!("like={0}&event={0}&event={1}&lang=es", studio.yoga[0], studio.yoga[1]);
    let contact = location(&studio.submit(&list(), &form).await);
    chosen(&studio.page(&contact).await.body);
    let confirm = contact.split('?').next().unwrap();
    let wrong = studio.submit(confirm, "name=&phone=&lang=es&key=k1").await;
    assert!(wrong.body.contains("Escriba un nombre."), "{}", wrong.body);
    chosen(&wrong.body);
    let form = "name=Anna+Berg&phone=030+23125014&key=k1&lang=es";
    let result = location(&studio.submit(confirm, form).await);
    let page = studio.page(&result).await.body;
    chosen(&page);
    assert!(page.contains("2 fechas están reservadas"));

    let ask = hrefs(&page, "/cancel?lang=es").remove(0);
    chosen(&studio.page(&ask).await.body);
    let move_it = hrefs(&page, "/reschedule?lang=es").remove(0);
    chosen(&studio.page(&move_it).await.body);
    let done = location(&studio.submit(ask.split('?').next().unwrap(), "lang=es").await);
    let page = studio.page(&done).await.body;
    chosen(&page);
    assert!(page.contains("está cancelada."), "{page}");
    chosen(&studio.page("/c/nothing?lang=es").await.body);
}

#[tokio::test]
async fn staff_read_and_save_in_their_language_too() {
    let studio = Studio::open().await;
    let rules = format!("/settings/{BRANCH}/rules");
    let german = format!("{rules}?lang=de");

    let page = studio.staff_page(&german).await.body;
    assert!(
        page.contains("<h1>Regeln der Filiale</h1>") && page.contains("?lang=de\">Terminbuch</a>"),
        "{page}"
    );
    let version = value(&page, "version");
    let form = format!("version={version}&cancel_hours=0&reschedule_hours=x&lang=de");
    let wrong = studio.staff_submit(&rules, &form).await.body;
    assert!(wrong.contains("Bitte geben Sie eine Stundenzahl von 0 bis 8760 ein."), "{wrong}");
    assert!(wrong.contains("<input type=\"hidden\" name=\"lang\" value=\"de\">"));
    let form = format!("version={version}&prepayment=1&cancel_hours=0&reschedule_hours=0&lang=de");
    let saved = location(&studio.staff_submit(&rules, &form).await);
    let page = studio.staff_page(&saved).await.body;

    assert!(page.contains("Gespeichert."));
    assert!(page.contains("Online-Vorauszahlung: bisher aus; jetzt an"), "{page}");
}

#[tokio::test]
async fn a_refusal_is_said_in_the_clients_language() {
    let studio = Studio::open().await;
    let typed = "name=Anna+Berg&phone=030+23125014&key=k1".to_owned();
    let headers = [FORM, GERMAN];
    let contact = studio.go_on(&studio.yoga[..1]).await;
    let early = studio.select(&studio.yoga[..1]).await.unwrap();
    studio.confirm(early, "030 2312 5014").await.unwrap();

    let refused = call(studio.public(), "POST", &contact, &headers, Some(typed)).await;

    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("Noch ist nichts gebucht: Den Termin am Di 5. Jan, 18:30 haben Sie bereits."),
        "{}",
        refused.body
    );
}
