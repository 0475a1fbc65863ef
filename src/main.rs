//! The program; see `cli`.

fn main() {
    println!("{}", cartwheel::web::api::openapi_json());
}
