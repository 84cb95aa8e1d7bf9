//! `GET /.well-known/terraform.json`: where the services of this host are, as Terraform's remote service discovery
//! asks for it. Clients that start there find the API this way.

use axum::{Json, Router, routing::get};
use serde_json::{Value, json};

pub(crate) fn router() -> Router {
    Router::new().route("/.well-known/terraform.json", get(services))
}

/// There is no module registry here, but a client that reads all addresses at once stops without that one; what is
/// below it is a 404.
async fn services() -> Json<Value> {
    Json(json!({
        "modules.v1": "/api/registry/v1/modules/",
        "tfe.v2": "/api/v2/",
        "tfe.v2.1": "/api/v2/",
        "tfe.v2.2": "/api/v2/"
    }))
}
