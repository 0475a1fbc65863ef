//! Keyset paging: a cursor is the place of the last row of a page, opaque to callers.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::app::reading::Cursor;
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
