//! What is wrong with the fields of a form.

use leptos::prelude::*;

use super::focus_by_id;

/// The errors of a form's fields, by the id of the field: found here before sending, or by the server afterwards. An
/// error goes when its field is changed. Copied freely; all copies are one.
#[derive(Clone, Copy, Default)]
pub struct FieldErrors(RwSignal<Vec<(&'static str, String)>>);

impl FieldErrors {
    /// Shows these errors in place of those before, and gives the focus to the first field among them. False if there
    /// are none.
    pub fn show(&self, errors: Vec<(&'static str, String)>) -> bool {
        let first = errors.first().map(|(id, _)| *id);
        self.0.set(errors);
        if let Some(id) = first {
            focus_by_id(id);
        }
        first.is_some()
    }

    /// The error of a field.
    pub fn of(&self, id: &'static str) -> Signal<Option<String>> {
        let errors = self.0;
        Memo::new(move |_| errors.with(|all| all.iter().find(|(of, _)| *of == id).map(|(_, text)| text.clone()))).into()
    }

    /// Takes the error of a field away: it was changed.
    pub fn forget(&self, id: &'static str) {
        if self.0.with_untracked(|all| all.iter().any(|(of, _)| *of == id)) {
            self.0.update(|all| all.retain(|(of, _)| *of != id));
        }
    }
}
