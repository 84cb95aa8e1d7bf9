//! `GET /account/details`: whose token this is. A client uses it to tell "not an administrator" from "no such
//! version", which have the same status (facts.md 1.1).

use axum::{Router, http::StatusCode, response::Response, routing::get};
use serde_json::json;

use super::{Embedded, auth::Authenticated};
use crate::{documents, tokens::Owner};

pub(crate) fn router() -> Router<Embedded> {
    Router::new().route("/account/details", get(details))
}

/// Both names of the administrator's mark are written: clients read the one or the other.
async fn details(Authenticated(owner): Authenticated) -> Response {
    let (id, username, administrator) = match owner {
        Owner::Administrator => ("user-V3R563qtJNcExAkN", "admin", true),
        Owner::User => ("user-MA4GL63FmYRpSFxa", "user", false),
    };
    let body = json!({"data": {
        "id": id,
        "type": "users",
        "attributes": {
            "username": username,
            "is-service-account": false,
            "auth-method": "tfe",
            "avatar-url": null,
            "v2-only": true,
            "is-site-admin": administrator,
            "is-admin": administrator,
            "is-sso-login": false,
            "email": format!("{username}@tfe.example.com"),
            "unconfirmed-email": null,
            "permissions": {
                "can-create-organizations": false,
                "can-change-email": false,
                "can-change-username": false
            }
        },
        "links": {"self": format!("/api/v2/users/{id}")}
    }});
    documents::json_api(StatusCode::OK, &body)
}
