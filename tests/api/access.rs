//! Every route × every role × the own branch and a foreign one, over HTTP, against what is written down here.
//!
//! Which routes there are is asked of the routers themselves and of `openapi.json`; what roles may is not taken from the
//! table but said again, in other words.

mod asking;
mod clients;
mod matrix;
mod routes;
