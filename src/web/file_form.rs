//! A form with a file.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;

use super::extract::in_time;
use super::html::{Sorry, best, you};
use super::pages::form::Pairs;
use super::problem::Problem;

/// Bytes of the largest form: more than any file that is taken, so that one which is too large can be told so on its page.
pub(super) const LARGEST_FORM: usize = 8 << 20;

/// The fields of a posted form (`multipart/form-data`, RFC 7578) and the file in it.
pub(super) struct FileForm {
    pub(super) pairs: Pairs,
    /// Empty if none was chosen.
    pub(super) file: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for FileForm {
    type Rejection = Sorry;

    async fn from_request(request: Request, state: &S) -> Result<Self, Sorry> {
        in_time(Self::read(request, state)).await?
    }
}

impl FileForm {
    async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Self, Sorry> {
        let (best, you) = (best(request.extensions(), request.headers()), you(request.extensions()));
        let broken = || Problem::malformed("malformed", "", "this is no form with a file");
        let mut parts = Multipart::from_request(request, state).await.map_err(|_| broken())?;
        let (mut fields, mut file) = (vec![], Bytes::new());
        loop {
            let part = parts.next_field().await.map_err(|error| too_large(&error).unwrap_or_else(broken))?;
            let Some(part) = part else { break };
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = part.file_name().is_some();
            let content = part.bytes().await.map_err(|error| too_large(&error).unwrap_or_else(broken))?;
            if is_file {
                file = content;
            } else {
                fields.push((name, String::from_utf8_lossy(&content).into_owned()));
            }
        }
        Ok(Self { pairs: fields.into_iter().collect::<Pairs>().accepting(best).by(you), file })
    }
}

fn too_large(error: &axum::extract::multipart::MultipartError) -> Option<Problem> {
    (error.status() == StatusCode::PAYLOAD_TOO_LARGE).then(|| {
        let detail = format!("a form with a file has up to {LARGEST_FORM} bytes");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail)
    })
}
