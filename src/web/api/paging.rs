//! Keyset paging: a cursor is the place of the last row of a page, opaque to callers.

use axum::body::Bytes;
use axum::http::{Uri, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::reading::Cursor;
use crate::kept_answers::Answer;
use crate::web::problem::Problem;

/// How many rows a page has: 1 to 100, 50 unless said otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit(u32);

impl Limit {
    pub(super) fn parse(limit: Option<u32>) -> Result<Self, Problem> {
        match limit.unwrap_or(50) {
            limit @ 1..=100 => Ok(Self(limit)),
            _ => Err(Problem::malformed("malformed-query", "/limit", "the limit is a number from 1 to 100")),
        }
    }

    pub(super) fn get(self) -> usize {
        self.0 as usize
    }

    /// One more than a page, to see whether there is another.
    pub(super) fn and_one(self) -> u32 {
        self.0 + 1
    }

    /// Keeps a page of the rows, and tells where the next begins.
    pub(super) fn cut<R>(self, rows: &mut Vec<R>, place: impl Fn(&R) -> Cursor) -> Option<Cursor> {
        let more = self.get() < rows.len();
        rows.truncate(self.get());
        rows.last().filter(|_| more).map(place)
    }
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Page<T> {
    items: Vec<T>,
    /// For `cursor`; the header `Link` has the whole address.
    next_cursor: Option<String>,
}

impl<T: Serialize> Page<T> {
    pub(super) fn new(items: Vec<T>, next: Option<Cursor>) -> Self {
        Self { items, next_cursor: next.map(write) }
    }

    /// The answer to that request, with a link to the next page (RFC 8288).
    pub(super) fn answer(self, request: &Uri) -> Response {
        let link = self.link(request);
        (AppendHeaders(link.map(|link| (header::LINK, link))), axum::Json(self)).into_response()
    }

    /// The same as it can be kept.
    pub(super) fn written(&self, request: &Uri) -> Result<Answer, Problem> {
        let body = serde_json::to_vec(self).map_err(Problem::unwritable)?;
        Ok(Answer { body: body.into(), link: self.link(request).map(Into::into) })
    }

    fn link(&self, request: &Uri) -> Option<String> {
        let cursor = self.next_cursor.as_ref()?;
        let asked = form_urlencoded::parse(request.query().unwrap_or_default().as_bytes());
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(asked.filter(|(name, _)| name != "cursor")).append_pair("cursor", cursor);
        Some(format!("<{}?{}>; rel=\"next\"", request.path(), query.finish()))
    }
}

/// A page that was written before.
pub(super) fn send(Answer { body, link }: Answer) -> Response {
    let json = (header::CONTENT_TYPE, "application/json");
    let link = link.map(|link| (header::LINK, link.to_string()));
    ([json], AppendHeaders(link), Bytes::from_owner(body)).into_response()
}

pub(crate) fn write(cursor: Cursor) -> String {
    let mut bytes = cursor.starts_at.to_be_bytes().to_vec();
    bytes.extend(cursor.id.into_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn parse(text: &str) -> Result<Cursor, Problem> {
    let malformed = || Problem::malformed("malformed-query", "/cursor", "this is no cursor of ours");
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| malformed())?;
    let (start, id) = bytes.split_first_chunk::<8>().ok_or_else(malformed)?;
    let id = Uuid::from_slice(id).map_err(|_| malformed())?;
    Ok(Cursor { starts_at: i64::from_be_bytes(*start), id })
}
