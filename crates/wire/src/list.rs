//! Reading JSON:API documents: one resource, or the readable ones of a list and the places of the others.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::{
    Mismatch, Resource, Unreadable,
    tolerant::{self, Object},
    unreadable::{read_at, read_flat},
};

/// A page of resources. One that cannot be read does not hide the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceList<A> {
    /// Those that can be read, in the server's order, each with its index in the page.
    pub readable: Vec<(usize, Resource<A>)>,
    /// What is wrong with the others: one place each, in the server's order.
    pub unreadable: Vec<Mismatch>,
    /// Where the page stands; `None` where the server does not say.
    pub pagination: Option<ReportedPagination>,
}

/// `meta.pagination` as the server reports it. A member that is missing or no count is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ReportedPagination {
    /// The page that was asked for.
    #[serde(default, deserialize_with = "tolerant::count_or_none")]
    pub current_page: Option<u64>,
    /// The page after this one.
    #[serde(default, deserialize_with = "tolerant::count_or_none")]
    pub next_page: Option<u64>,
    /// How many pages there are.
    #[serde(default, deserialize_with = "tolerant::count_or_none")]
    pub total_pages: Option<u64>,
    /// How many resources there are on all pages.
    #[serde(default, deserialize_with = "tolerant::count_or_none")]
    pub total_count: Option<u64>,
}

/// The document with its parts as they are written.
#[derive(Deserialize)]
struct Parts<'a> {
    #[serde(borrow)]
    data: &'a RawValue,
    #[serde(borrow, default)]
    meta: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Meta<'a> {
    #[serde(borrow, default)]
    pagination: Option<&'a RawValue>,
}

impl<A: DeserializeOwned> ResourceList<A> {
    /// Reads the body of a list.
    ///
    /// `meta` and the members in it may be anything: a mistake there must not hide the resources. Only a key that is
    /// there twice is an error there as well.
    ///
    /// # Errors
    /// The body is no JSON, or has no list of resources.
    pub fn read(body: &str) -> Result<Self, Unreadable> {
        let Object(Parts { data, meta }) = read_flat("", body)?;
        let data: Vec<&RawValue> = read_flat("data", data.get())?;
        let pagination = match lenient("meta", meta)? {
            Some(Meta { pagination }) => lenient("meta.pagination", pagination)?,
            None => None,
        };
        let mut list = Self { readable: Vec::new(), unreadable: Vec::new(), pagination };
        for (index, json) in data.into_iter().enumerate() {
            let place = ["data[", &index.to_string(), "]"].concat();
            match read_at(&place, json.get()) {
                Ok(Object(resource)) => list.readable.push((index, resource)),
                Err(Unreadable::Mismatch(mismatch)) => list.unreadable.push(mismatch),
                Err(other) => return Err(other),
            }
        }
        Ok(list)
    }
}

/// Reads the body with one resource: a [`Document`](crate::Document).
///
/// # Errors
/// The first thing that is not as it should be.
pub fn read_resource<A: DeserializeOwned>(body: &str) -> Result<Resource<A>, Unreadable> {
    let Object(Parts { data, .. }) = read_flat("", body)?;
    read_at("data", data.get()).map(|Object(resource)| resource)
}

/// A part that may be missing or anything else, in which case it is `None`.
fn lenient<'a, T: Deserialize<'a>>(place: &str, json: Option<&'a RawValue>) -> Result<Option<T>, Unreadable> {
    match json.map(|json| read_flat(place, json.get())) {
        Some(Ok(Object(part))) => Ok(Some(part)),
        Some(Err(Unreadable::Mismatch(mismatch))) if mismatch.is_doubled_key() => Err(Unreadable::Mismatch(mismatch)),
        Some(Err(_)) | None => Ok(None),
    }
}
