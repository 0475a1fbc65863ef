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
        other => refused.sentences.push(format!("Nothing is booked yet: {other}.")),
    }
    if !refused.sentences.is_empty() {
        page.refused = Some(refused);
    }
    Ok(())
}

fn changes(page: &ContactPage, changed: &[Changed]) -> Vec<String> {
    let mut sentences: Vec<String> = changed
        .iter()
        .filter_map(|change| match (change.was, change.is) {
            (Value::Start { starts_at: was, .. }, Value::Start { starts_at: is, .. }) => {
                Some(format!("{} is now {}.", page.calendar.at(was), page.calendar.at(is)))
            }
            (Value::MaxEvents(_), Value::MaxEvents(Some(max)))
                if usize::from(max.get()) < page.lines.len() =>
            {
                Some(format!(
                    "One booking now takes up to {} dates; you have {}.",
                    max.get(),
                    page.lines.len()
                ))
            }
            (Value::Prepayment(_), Value::Prepayment(true)) if 1 < page.lines.len() => {
                Some("The studio now takes payment online, so dates are booked one at a time.".to_owned())
            }
            (Value::ConsentVersion(_), Value::ConsentVersion(Some(_))) => {
                Some("The privacy notice changed; please read it and agree again.".to_owned())
            }
            _ => None,
        })
        .collect();
    if !sentences.is_empty() {
        sentences.insert(0, "Nothing is booked yet: something changed while you were here.".to_owned());
    }
    sentences
}

fn explain_cart(cart: &Open, page: &mut ContactPage, refused: &mut Refused, refusal: &CartRefusal) {
    match refusal {
        CartRefusal::EmailMissing
        | CartRefusal::CommentMissing
        | CartRefusal::ConsentMissing
        | CartRefusal::ConsentChanged => ask_for_all(page),
        CartRefusal::NothingSelected => {
            refused.sentences.push("No date is selected.".to_owned());
            refused.fixes.push(pencil("Choose dates"));
        }
        CartRefusal::Expired => {
            let ended = "This selection has ended. Nothing was booked. Selections stay open for 24 hours.";
            refused.sentences.push(ended.to_owned());
            refused.ways.push(choose_again(cart));
        }
        CartRefusal::TooManyEdits => {
            let ended = "This selection has ended. Nothing was booked. It was changed very often.";
            refused.sentences.push(ended.to_owned());
            refused.ways.push(choose_again(cart));
        }
        CartRefusal::LinkClosed => {
            let call = page.shell.studio.please_call();
            refused.sentences.push(format!("Nothing is booked yet: this booking page is closed. {call}"));
        }
        other if refused.sentences.is_empty() => {
            refused.sentences.push(format!("Nothing is booked yet: {other}."));
        }
        _ => {}
    }
}

/// Names every field that the link asks for and that is empty, in the order of the form.
pub(super) fn ask_for_all(page: &mut ContactPage) {
    let typed = &page.typed;
    let given = |text: &str| !text.trim().is_empty();
    let missing = page.terms.unanswered(typed.consent, given(&typed.email), given(&typed.comment));
    if missing.contains(&CartRefusal::EmailMissing) {
        page.problems.add(sentence("email", "email-missing"), "email");
    }
    if missing.contains(&CartRefusal::CommentMissing) {
        page.problems.add(sentence("comment", "comment-missing"), "comment");
    }
    if missing.iter().any(|it| matches!(it, CartRefusal::ConsentMissing | CartRefusal::ConsentChanged)) {
        page.problems.add("Please agree to the privacy notice to book.", "consent");
    }
}

/// *Change selection* under another name: what was typed is kept.
fn pencil(label: &str) -> Fix {
    Fix { name: "pencil", value: "1".to_owned(), label: label.to_owned(), leads_to_selection: true }
}

/// The same dates in a new selection.
fn choose_again(cart: &Open) -> Way {
    let selected = &cart.row.selected;
    let mut address = urls::event_list(cart.shop.branch_id, cart.shop.link_id);
    if let Some(first) = selected.first() {
        address = address.with("like", first.activity_id).with("each", 1);
    }
    let with = |address: Address, line: &projections::carts::Selected| {
        let spots = format!("spots-{}", line.activity_id);
        address.with("event", line.activity_id).with(spots, u32::from(line.spots))
    };
    let address = selected.iter().fold(address, with);
    Way { address, label: "Choose these dates again" }
}

async fn explain_items(
    app: &App,
    cart: &Open,
    page: &mut ContactPage,
    refused: &mut Refused,
    items: &[ItemOutcome],
) -> Result<(), Sorry> {
    let date = |id: ActivityId| page.lines.iter().find(|line| line.activity == id).map(|line| line.starts);
    let in_the_way: Vec<_> = items.iter().filter_map(|it| Some((it, it.obstacle.as_ref()?))).collect();
    let full: Vec<_> = in_the_way
        .iter()
        .filter(|(_, obstacle)| matches!(obstacle, Obstacle::NotEnoughSpots { .. }))
        .filter_map(|(item, _)| date(item.activity))
        .collect();
    if !full.is_empty() {
        let lost = page.shell.language.race_lost(&full);
        // Once is enough.
        let said = !refused.sentences.is_empty();
        refused.sentences.push(if said { lost.replacen("Nothing is booked yet: ", "", 1) } else { lost });
    }
    for (item, obstacle) in &in_the_way {
        let Some(date) = date(item.activity) else { continue };
        match obstacle {
            Obstacle::NotEnoughSpots { left, .. } if 0 < *left => refused.fixes.push(Fix {
                name: "fewer",
                value: format!("{}:{left}", item.activity),
                label: format!("Take {} on {date}", page.shell.language.spots_count(usize::from(*left))),
                leads_to_selection: false,
            }),
            Obstacle::NotEnoughSpots { .. } | Obstacle::ActivityMoved { .. } => {}
            Obstacle::NoMembership => no_membership(page, refused),
            Obstacle::AlreadyBooked => {
                refused.sentences.push(format!("Nothing is booked yet: you already have {date}."));
            }
            Obstacle::ActivityCancelled => {
                refused.sentences.push(format!("Nothing is booked yet: the studio cancelled {date}."));
            }
            Obstacle::TooManySpots { max } => {
                let most = page.shell.language.spots_count(usize::from(max.get()));
                refused
                    .sentences
                    .push(format!("Nothing is booked yet: one booking takes up to {most} per date."));
            }
            Obstacle::BookingClosed
            | Obstacle::AlreadyStarted
            | Obstacle::TooSoon
            | Obstacle::TooFarAhead
            | Obstacle::NotOffered => {
                refused.sentences.push(format!("Nothing is booked yet: booking has closed for {date}."));
            }
        }
    }
    for line in &mut page.lines {
        if let Some((_, obstacle)) = in_the_way.iter().find(|(item, _)| item.activity == line.activity) {
            line.trouble = Some(trouble(page.shell.language, obstacle));
        }
    }
    let lasting =
        |(_, obstacle): &&(&ItemOutcome, &Obstacle)| !matches!(obstacle, Obstacle::ActivityMoved { .. });
    refused.failed = in_the_way.iter().filter(lasting).map(|(item, _)| item.activity).collect();
    let others = items.len() - refused.failed.len();
    if !refused.failed.is_empty() && 0 < others {
        let label = page.shell.language.book_the_others(others);
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
        refused.fixes.push(pencil("Choose another date"));
    }
    Ok(())
}

fn no_membership(page: &ContactPage, refused: &mut Refused) {
    let optional = page.membership == MembershipBooking::Optional;
    let call = if optional { String::new() } else { format!(" {}", page.shell.studio.please_call()) };
    let service = &page.service;
    let sentence =
        format!("Nothing is booked yet: we found no membership for {service} under this number.{call}");
    // The sentence is about all dates, and said once.
    if refused.sentences.contains(&sentence) {
        return;
    }
    refused.sentences.push(sentence);
    if optional {
        let label = "Book without membership".to_owned();
        refused.fixes.push(Fix { name: "fix", value: "plain".to_owned(), label, leads_to_selection: false });
    }
}

/// Up to two other dates in the place of the first that could not be booked.
async fn swaps(app: &App, cart: &Open, page: &ContactPage, failed: &[ActivityId]) -> Result<Vec<Fix>, Sorry> {
    const MOST: usize = 2;
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
                match failed {
                    [_] => format!("Take {date} instead"),
                    _ => format!("Take {date} instead of {}", page.calendar.at(full.vacancy.plan.starts_at)),
                }
            },
            leads_to_selection: false,
        })
        .collect())
}

pub(super) fn trouble(language: Language, obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::NotEnoughSpots { left: 0, .. } => "Sold out.".to_owned(),
        Obstacle::NotEnoughSpots { left, .. } => format!("{}.", language.spots_left(*left)),
        Obstacle::ActivityCancelled => "Cancelled by the studio.".to_owned(),
        Obstacle::AlreadyBooked => "You already have this date.".to_owned(),
        Obstacle::NoMembership => "No membership applies.".to_owned(),
        Obstacle::ActivityMoved { .. } => "Moved by the studio.".to_owned(),
        Obstacle::TooManySpots { max } => format!("Up to {}.", language.spots_count(usize::from(max.get()))),
        Obstacle::BookingClosed
        | Obstacle::AlreadyStarted
        | Obstacle::TooSoon
        | Obstacle::TooFarAhead
        | Obstacle::NotOffered => "Booking has closed.".to_owned(),
    }
}

pub(super) fn sentence(field: &str, code: &str) -> &'static str {
    match (field, code) {
        ("name", _) => "Please enter a name.",
        ("phone", _) => "Please enter a phone number, like 030 23125 014 or +49 30 23125 014.",
        ("email", "email-missing") => "Please enter an e-mail address; the studio asks for one.",
        ("email", _) => "This e-mail address looks incomplete.",
        ("comment", "too-long") => "Please shorten the comment to 2000 characters.",
        ("comment", _) => "Please add a comment; the studio asks for one.",
        _ => "Please check this.",
    }
}
