//! The Admin Terraform Versions API: list, create, show, update, delete.
//!
//! `input` reads attributes, `rules` decides, `table` keeps. One request is one transaction, so that what the rules
//! saw is what is changed.

mod input;
mod rules;
pub(crate) mod table;

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts, Path, State},
    http::{HeaderMap, StatusCode, Uri, request::Parts},
    response::Response,
    routing::get,
};
use wire::{Arch, Document, ListDocument, ToolVersion, ToolVersionAttributes};

use self::{input::Input, table::Selection};
use super::{
    Embedded,
    auth::Administrator,
    body::ResourceBody,
    error::ApiError,
    id,
    page::{ListQuery, meta},
};
use crate::documents;

/// The JSON:API type of the resource.
const TERRAFORM_VERSIONS: &str = "terraform-versions";

const PATH: &str = "/api/v2/admin/terraform-versions";

/// A version as it is kept. The `url` and `sha` of the API are not: they are those of its linux/amd64 binary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Version {
    /// `tool-` and 16 alphanumerics.
    pub(crate) id: String,
    /// Unique.
    pub(crate) version: String,
    /// At least one, each architecture once, in the order they were sent. `url` and `sha` are never `None`.
    pub(crate) archs: Vec<Arch>,
    pub(crate) official: bool,
    pub(crate) enabled: bool,
    pub(crate) beta: bool,
    pub(crate) deprecated: bool,
    /// `None` unless deprecated.
    pub(crate) deprecated_reason: Option<String>,
    /// How many workspaces use it.
    pub(crate) usage: u64,
    /// ISO 8601 in UTC with milliseconds; `None` where nobody knows.
    pub(crate) created_at: Option<String>,
}

impl Version {
    /// The binary that `url` and `sha` are about.
    fn main_arch(&self) -> Option<&Arch> {
        self.archs.iter().find(|arch| is_main(arch))
    }

    fn into_resource(self) -> ToolVersion {
        let main = self.main_arch().cloned();
        ToolVersion {
            id: self.id,
            kind: TERRAFORM_VERSIONS.to_owned(),
            attributes: ToolVersionAttributes {
                version: self.version,
                url: main.as_ref().and_then(|arch| arch.url.clone()),
                sha: main.and_then(|arch| arch.sha),
                official: self.official,
                enabled: self.enabled,
                beta: self.beta,
                deprecated: Some(self.deprecated),
                deprecated_reason: Some(self.deprecated_reason),
                usage: Some(self.usage),
                created_at: self.created_at,
                archs: Some(self.archs),
            },
        }
    }
}

fn is_main(arch: &Arch) -> bool {
    arch.os == "linux" && arch.arch == "amd64"
}

pub(super) fn router() -> Router<Embedded> {
    Router::new()
        .route("/admin/terraform-versions", get(list).post(create))
        .route("/admin/terraform-versions/{id}", get(show).patch(update).delete(remove))
        .layer(DefaultBodyLimit::max(documents::LONGEST))
}

/// The `:id` of a path. One that is not even text belongs to no version.
struct Id(String);

impl FromRequestParts<Embedded> for Id {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &Embedded) -> Result<Self, ApiError> {
        let id = Path::<String>::from_request_parts(parts, state).await;
        id.map(|Path(id)| Self(id)).map_err(|_| ApiError::NotFound)
    }
}

/// The version added last comes first (docs/decisions/0003-order-of-the-list.md).
async fn list(
    _: Administrator,
    State(state): State<Embedded>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, ApiError> {
    let query = ListQuery::read(&uri);
    let page = query.page();
    let selection = match (query.get("filter[version]"), query.get("search[version]")) {
        (Some(version), _) => Selection::Exactly(version.to_owned()),
        (None, Some(part)) => Selection::Containing(part.to_owned()),
        (None, None) => Selection::All,
    };
    let (total, versions) = state
        .store
        .run(move |connection| {
            let transaction = connection.transaction()?;
            let total = table::count(&transaction, &selection)?;
            let versions = table::page(&transaction, &selection, page.size, page.offset())?;
            Ok::<_, ApiError>((total, versions))
        })
        .await?;
    let pagination = page.among(total);
    let body = ListDocument {
        data: versions.into_iter().map(Version::into_resource).collect(),
        links: Some(query.links(&headers, &uri, PATH, &pagination)),
        meta: Some(meta(pagination)),
    };
    Ok(documents::json_api(StatusCode::OK, &body))
}

async fn create(_: Administrator, State(state): State<Embedded>, body: ResourceBody) -> Result<Response, ApiError> {
    let mut problems = Vec::new();
    let attributes = body.attributes(TERRAFORM_VERSIONS, None, &mut problems);
    let input = Input::read(&attributes, &mut problems);
    let created = state
        .store
        .run(move |connection| {
            let transaction = connection.transaction()?;
            let version = rules::created(input, &mut problems);
            rules::check_unique(&transaction, &version, &mut problems)?;
            if !problems.is_empty() {
                return Err(ApiError::Invalid(problems));
            }
            let id = id::random("tool")?;
            table::insert(&transaction, &Version { id: id.clone(), ..version })?;
            table::set_created_now(&transaction, &id)?;
            let created = table::read(&transaction, &id)?.ok_or(ApiError::NotFound)?;
            transaction.commit()?;
            Ok(created)
        })
        .await?;
    Ok(documents::json_api(StatusCode::CREATED, &Document { data: created.into_resource() }))
}

async fn show(_: Administrator, State(state): State<Embedded>, Id(id): Id) -> Result<Response, ApiError> {
    let found = state.store.run(move |connection| Ok::<_, ApiError>(table::read(connection, &id)?)).await?;
    let version = found.ok_or(ApiError::NotFound)?;
    Ok(documents::json_api(StatusCode::OK, &Document { data: version.into_resource() }))
}

async fn update(
    _: Administrator,
    State(state): State<Embedded>,
    Id(id): Id,
    body: ResourceBody,
) -> Result<Response, ApiError> {
    let mut problems = Vec::new();
    let attributes = body.attributes(TERRAFORM_VERSIONS, Some(&id), &mut problems);
    let input = Input::read(&attributes, &mut problems);
    let updated = state
        .store
        .run(move |connection| {
            let transaction = connection.transaction()?;
            let current = table::read(&transaction, &id)?.ok_or(ApiError::NotFound)?;
            let version = rules::updated(current, input, &mut problems);
            rules::check_unique(&transaction, &version, &mut problems)?;
            if !problems.is_empty() {
                return Err(ApiError::Invalid(problems));
            }
            table::update(&transaction, &version)?;
            transaction.commit()?;
            Ok(version)
        })
        .await?;
    Ok(documents::json_api(StatusCode::OK, &Document { data: updated.into_resource() }))
}

async fn remove(_: Administrator, State(state): State<Embedded>, Id(id): Id) -> Result<StatusCode, ApiError> {
    state
        .store
        .run(move |connection| {
            let transaction = connection.transaction()?;
            let version = table::read(&transaction, &id)?.ok_or(ApiError::NotFound)?;
            let reasons = rules::against_removal(&version);
            if !reasons.is_empty() {
                return Err(ApiError::Refused(reasons));
            }
            table::delete(&transaction, &id)?;
            transaction.commit()?;
            Ok(())
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
