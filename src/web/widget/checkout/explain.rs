//! Why nothing was booked, in words, and the buttons that lead on.

use aggregates::Obstacle;
use aggregates::branch::MembershipBooking;
use aggregates::cart::{CartRefusal, Changed, Value};
use aggregates::ids::ActivityId;

use super::Open;
use crate::app::App;
use crate::command::{ItemOutcome, Refusal};
use crate::web::html::{OrSorry, Sorry};
use crate::web::pages::contact::{ContactPage, Fix, Refused, Way};
use crate::web::pages::language::Language;
use crate::web::pages::shell::Shell;
use crate::web::pages::urls::{self, Address};

/// Says what stands in the way, and offers what would help.
pub(super) async fn explain(
    app: &App,
    cart: &Open,
    page: &mut ContactPage,
    refusal: Refusal,
) -> Result<(), Sorry> {
    let mut refused = Refused::default();
    match refusal {
        Refusal::Cart { refusal, changed } => {
            refused.sentences.extend(changes(page, &changed));
            explain_cart(cart, page, &mut refused, &refusal);
        }
        Refusal::NotBooked { items, changed } => {
            refused.sentences.extend(changes(page, &changed));
            explain_items(app, cart, page, &mut refused, &items).await?;
        }
        other => {
            let language = page.shell.language;
            refused.sentences.push(language.because("not-booked-because", language.refusal(&other)));
        }
    }
    if !refused.sentences.is_empty() {
        page.refused = Some(refused);
    }
    Ok(())
}

fn changes(page: &ContactPage, changed: &[Changed]) -> Vec<String> {
    let language = page.shell.language;
    let mut sentences: Vec<String> = changed
        .iter()
        .filter_map(|change| match (change.was, change.is) {
            (Value::Start { starts_at: was, .. }, Value::Start { starts_at: is, .. }) => {
                let [was, is] = [was, is].map(|at| page.calendar.at(at).to_string());
                Some(language.say_with("is-now", [("was", was.into()), ("is", is.into())]))
            }
            (Value::MaxEvents(_), Value::MaxEvents(Some(max)))
                if usize::from(max.get()) < page.lines.len() =>
            {
                let numbers = [("max", max.get().into()), ("n", page.lines.len().into())];
                Some(language.say_with("takes-now", numbers))
            }
            (Value::Prepayment(_), Value::Prepayment(true)) if 1 < page.lines.len() => {
                Some(language.say("prepayment-now"))
            }
            (Value::ConsentVersion(_), Value::ConsentVersion(Some(_))) => Some(language.say("consent-now")),
            _ => None,
        })
        .collect();
    if !sentences.is_empty() {
        sentences.insert(0, language.say("something-changed"));
    }
    sentences
}

fn explain_cart(cart: &Open, page: &mut ContactPage, refused: &mut Refused, refusal: &CartRefusal) {
    let language = page.shell.language;
    match refusal {
        CartRefusal::EmailMissing
        | CartRefusal::CommentMissing
        | CartRefusal::ConsentMissing
        | CartRefusal::ConsentChanged => ask_for_all(page),
        CartRefusal::NothingSelected => {
            refused.sentences.push(language.say("no-date-selected"));
            refused.fixes.push(pencil(language.say("choose-dates")));
        }
        CartRefusal::Expired => {
            refused.sentences.push(language.say("selection-expired"));
            refused.ways.push(choose_again(cart, &page.shell));
        }
        CartRefusal::TooManyEdits => {
            refused.sentences.push(language.say("selection-edited"));
            refused.ways.push(choose_again(cart, &page.shell));
        }
        CartRefusal::LinkClosed => {
            let call = page.shell.studio.please_call(language);
            refused.sentences.push(format!("{} {call}", language.say("not-booked-page-closed")));
        }
        other if refused.sentences.is_empty() => {
            let why = language.cart_refusal(other);
            refused.sentences.push(language.because("not-booked-because", why));
        }
        _ => {}
    }
}

/// Names every field that the link asks for and that is empty, in the order of the form.
pub(super) fn ask_for_all(page: &mut ContactPage) {
    let (typed, language) = (&page.typed, page.shell.language);
    let given = |text: &str| !text.trim().is_empty();
    let missing = page.terms.unanswered(typed.consent, given(&typed.email), given(&typed.comment));
    if missing.contains(&CartRefusal::EmailMissing) {
        page.problems.add(language.say(sentence("email", "email-missing")), "email");
    }
    if missing.contains(&CartRefusal::CommentMissing) {
        page.problems.add(language.say(sentence("comment", "comment-missing")), "comment");
    }
    if missing.iter().any(|it| matches!(it, CartRefusal::ConsentMissing | CartRefusal::ConsentChanged)) {
        page.problems.add(language.say("please-agree"), "consent");
    }
}

/// *Change selection* under another name: what was typed is kept.
fn pencil(label: String) -> Fix {
    Fix { name: "pencil", value: "1".to_owned(), label, leads_to_selection: true }
}

/// The same dates in a new selection.
fn choose_again(cart: &Open, shell: &Shell) -> Way {
    let selected = &cart.row.selected;
    let mut address = urls::event_list(cart.shop.branch_id, cart.shop.link_id);
    if let Some(first) = selected.first() {
        address = address.with("like", first.activity_id).with("each", 1);
    }
    let with = |address: Address, line: &projections::carts::Selected| {
        let spots = format!("spots-{}", line.activity_id);
        address.with("event", line.activity_id).with(spots, u32::from(line.spots))
    };
    let address = selected.iter().fold(address, with).along(&shell.along);
    Way { address, label: shell.language.say("choose-again") }
}

async fn explain_items(
    app: &App,
    cart: &Open,
    page: &mut ContactPage,
    refused: &mut Refused,
    items: &[ItemOutcome],
) -> Result<(), Sorry> {
    let language = page.shell.language;
    let date = |id: ActivityId| page.lines.iter().find(|line| line.activity == id).map(|line| line.starts);
    let in_the_way: Vec<_> = items.iter().filter_map(|it| Some((it, it.obstacle.as_ref()?))).collect();
    let full: Vec<_> = in_the_way
        .iter()
        .filter(|(_, obstacle)| matches!(obstacle, Obstacle::NotEnoughSpots { .. }))
        .filter_map(|(item, _)| date(item.activity))
        .collect();
    if !full.is_empty() {
        // That nothing is booked yet is said once.
        let said = !refused.sentences.is_empty();
        refused.sentences.push(if said { language.filled_up(&full) } else { language.race_lost(&full) });
    }
    for (item, obstacle) in &in_the_way {
        let Some(date) = date(item.activity) else { continue };
        match obstacle {
            Obstacle::NotEnoughSpots { left, .. } if 0 < *left => refused.fixes.push(Fix {
                name: "fewer",
                value: format!("{}:{left}", item.activity),
                label: language
                    .say_with("take-on", [("n", (*left).into()), ("date", date.to_string().into())]),
                leads_to_selection: false,
            }),
            Obstacle::NotEnoughSpots { .. } | Obstacle::ActivityMoved { .. } => {}
            Obstacle::NoMembership => no_membership(page, refused),
            Obstacle::AlreadyBooked => {
                refused.sentences.push(language.of_date("not-booked-already-yours", date));
            }
            Obstacle::ActivityCancelled => {
                refused.sentences.push(language.of_date("not-booked-cancelled", date));
            }
            Obstacle::TooManySpots { max } => {
                let max = [("max", max.get().into())];
                refused.sentences.push(language.say_with("not-booked-most-spots", max));
            }
            Obstacle::BookingClosed
            | Obstacle::AlreadyStarted
            | Obstacle::TooSoon
            | Obstacle::TooFarAhead
            | Obstacle::NotOffered => refused.sentences.push(language.of_date("not-booked-closed", date)),
        }
    }
    for line in &mut page.lines {
        if let Some((_, obstacle)) = in_the_way.iter().find(|(item, _)| item.activity == line.activity) {
            line.trouble = Some(trouble(language, obstacle));
        }
    }
    let lasting =
        |(_, obstacle): &&(&ItemOutcome, &Obstacle)| !matches!(obstacle, Obstacle::ActivityMoved { .. });
    refused.failed = in_the_way.iter().filter(lasting).map(|(item, _)| item.activity).collect();
    let others = items.len() - refused.failed.len();
    if !refused.failed.is_empty() && 0 < others {
        let label = language.book_the_others(others);
        let drop = Fix { name: "fix", value: "drop".to_owned(), label, leads_to_selection: false };
        refused.fixes.insert(0, drop);
    }
    // Another date needs the same membership.
    let elsewhere =
        |obstacle: &Obstacle| !matches!(obstacle, Obstacle::NoMembership | Obstacle::ActivityMoved { .. });
    let swapped =
        in_the_way.iter().filter(|(_, obstacle)| elsewhere(obstacle)).map(|(item, _)| item.activity);
    let swapped: Vec<_> = swapped.collect();
    refused.fixes.extend(swaps(app, cart, page, &swapped).await?);
    if !refused.failed.is_empty() && items.len() == 1 {
        refused.fixes.push(pencil(language.say("choose-another-date")));
    }
    Ok(())
}

fn no_membership(page: &ContactPage, refused: &mut Refused) {
    let optional = page.membership == MembershipBooking::Optional;
    let language = page.shell.language;
    let mut sentence =
        language.say_with("not-booked-membership", [("service", page.service.as_str().into())]);
    if !optional {
        sentence = format!("{sentence} {}", page.shell.studio.please_call(language));
    }
    // The sentence is about all dates, and said once.
    if refused.sentences.contains(&sentence) {
        return;
    }
    refused.sentences.push(sentence);
    if optional {
        let label = language.say("book-without-membership");
        refused.fixes.push(Fix { name: "fix", value: "plain".to_owned(), label, leads_to_selection: false });
    }
}

/// Up to two other dates in the place of the first that could not be booked.
async fn swaps(app: &App, cart: &Open, page: &ContactPage, failed: &[ActivityId]) -> Result<Vec<Fix>, Sorry> {
    const MOST: usize = 2;
    let language = page.shell.language;
    let events = cart.events(app).await?;
    let Some(full) = events.iter().find(|event| failed.contains(&event.activity_id)) else {
        return Ok(vec![]);
    };
    let now = app.clock.now();
    let similar = app.similar(cart.shop.branch_id, full, now).await.or_sorry()?;
    let spots = cart.spots(full.activity_id);
    Ok(similar
        .iter()
        .filter(|row| !cart.row.selected.iter().any(|it| it.activity_id == row.activity_id))
        .filter(|row| cart.shop.obstacle(row, spots, now).is_none())
        .take(MOST)
        .map(|row| Fix {
            name: "swap",
            value: format!("{}:{}", full.activity_id, row.activity_id),
            label: {
                let date = page.calendar.at(row.vacancy.plan.starts_at);
                if let [_] = failed {
                    language.of_date("take-instead", date)
                } else {
                    let full = page.calendar.at(full.vacancy.plan.starts_at).to_string();
                    let dates = [("date", date.to_string().into()), ("full", full.into())];
                    language.say_with("take-instead-of", dates)
                }
            },
            leads_to_selection: false,
        })
        .collect())
}

pub(super) fn trouble(language: Language, obstacle: &Obstacle) -> String {
    language.say(match obstacle {
        Obstacle::NotEnoughSpots { left: 0, .. } => "line-sold-out",
        Obstacle::NotEnoughSpots { left, .. } => {
            return language.say_with("line-left", [("n", (*left).into())]);
        }
        Obstacle::TooManySpots { max } => {
            return language.say_with("line-most-spots", [("max", max.get().into())]);
        }
        Obstacle::ActivityCancelled => "line-cancelled",
        Obstacle::AlreadyBooked => "line-already-yours",
        Obstacle::NoMembership => "line-no-membership",
        Obstacle::ActivityMoved { .. } => "line-moved",
        Obstacle::BookingClosed
        | Obstacle::AlreadyStarted
        | Obstacle::TooSoon
        | Obstacle::TooFarAhead
        | Obstacle::NotOffered => "line-closed",
    })
}

/// The name of what is said about a field.
pub(super) fn sentence(field: &str, code: &str) -> &'static str {
    match (field, code) {
        ("name", _) => "please-name",
        ("phone", _) => "please-phone",
        ("email", "email-missing") => "please-email",
        ("email", _) => "email-incomplete",
        ("comment", "too-long") => "shorten-comment",
        ("comment", _) => "please-comment",
        _ => "please-check",
    }
}
