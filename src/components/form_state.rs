//! The state that every form has: what is typed, what is wrong with it, and the sending of it.

use api::ApiError;
use leptos::prelude::*;

use crate::{query::Mutation, ui::FieldErrors};

/// A form. Its fields show and change parts of `draft` (`slice!`) and share `errors`. Copied freely; all copies are one.
pub struct FormState<D: 'static> {
    /// What is typed.
    pub draft: RwSignal<D>,
    /// What is wrong with single fields.
    pub errors: FieldErrors,
    /// The sending.
    pub mutation: Mutation,
}

impl<D: 'static> Clone for FormState<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: 'static> Copy for FormState<D> {}

impl<D: Send + Sync + 'static> FormState<D> {
    /// A form that begins with `draft`.
    pub fn new(draft: D) -> Self {
        Self { draft: RwSignal::new(draft), errors: FieldErrors::default(), mutation: Mutation::default() }
    }

    /// Takes the request that the draft became, or shows what is wrong and gives the focus to the first of it.
    pub fn accept<R>(&self, request: Result<R, Vec<(&'static str, String)>>) -> Option<R> {
        match request {
            Ok(request) => {
                self.errors.show(Vec::new());
                Some(request)
            }
            Err(errors) => {
                self.errors.show(errors);
                None
            }
        }
    }

    /// Shows at their fields what the server refuses of `fields`, which are named as in the API. False if none of them
    /// is named.
    pub fn refuse(&self, error: &ApiError, fields: &[&'static str]) -> bool {
        let of_field = |field: &&'static str| Some((*field, domain::text::visible_lines(&error.field(field)?)));
        self.errors.show(fields.iter().filter_map(of_field).collect())
    }
}
