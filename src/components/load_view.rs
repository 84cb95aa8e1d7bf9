//! The faces of something that is read: none can be forgotten, since each is a field.

use std::rc::Rc;

use leptos::prelude::{Get, Memo};

use super::error_notice;
use crate::{
    api::ApiError,
    query::Query,
    ui::{El, View, dynamic, el},
};

/// What to show of an answer that has nothing in it; `None` if it has something.
pub type EmptyFace<T> = Box<dyn Fn(&T) -> Option<View>>;

/// Shows a [`Query`]: its first load, its answer (which stays while a newer one loads), nothing, and failure.
pub struct LoadView<T: Send + Sync + 'static> {
    /// What is read.
    pub query: Query<T>,
    /// What is being read, for example "Terraform versions".
    pub what: &'static str,
    /// What to show of an answer that has nothing in it; `None` if it has something.
    pub empty: EmptyFace<T>,
    /// What to show of an answer.
    pub ready: Box<dyn Fn(T) -> View>,
    /// What to show for a 404, in place of everything else.
    pub missing: fn() -> View,
}

impl<T: Clone + PartialEq + Send + Sync + 'static> LoadView<T> {
    /// The face that fits.
    pub fn view(self) -> El {
        let Self { query, what, empty, ready, missing } = self;
        let retry: Rc<dyn Fn()> = Rc::new(move || query.refetch());
        let failure = dynamic(move || {
            let error = query.error().filter(|error| *error != ApiError::NotFound)?;
            Some(error_notice(&error, Some(retry.clone())))
        });
        let failed = Memo::new(move |_| query.error().map(|error| error == ApiError::NotFound));
        let body = dynamic(move || match (failed.get(), query.data()) {
            (Some(true), _) => missing(),
            (_, Some(answer)) => empty(&answer).unwrap_or_else(|| ready(answer)),
            (Some(false), None) => View::default(),
            (None, None) => skeleton(what).into(),
        });
        el("div").class("load").attr_if("aria-busy", "true", move || query.is_busy()).child(failure).child(body)
    }
}

fn skeleton(what: &str) -> El {
    let rows: Vec<El> = std::iter::repeat_with(|| el("span").class("skeleton-row")).take(8).collect();
    let text = format!("Loading {what}…");
    el("div")
        .class("skeleton")
        .attr("role", "status")
        .child(el("span").class("visually-hidden").child(text))
        .child(rows)
}
