//! Small pictures beside a word, out of the sprite in `index.html`.

use leptos::prelude::*;

/// A picture of the sprite. It says nothing that the text beside it does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A plus: adding.
    Add,
    /// Two arrows in a circle: reading again.
    Refresh,
    /// A pencil: editing.
    Edit,
    /// A bin: deleting.
    Delete,
    /// Two sheets: copying.
    Copy,
    /// A stack of boxes: versions.
    Versions,
    /// An arrow into a tray: uploads.
    Upload,
    /// A magnifying glass: searching.
    Search,
    /// A triangle with an exclamation mark: take care.
    Warning,
    /// A circle with an exclamation mark: an error.
    Error,
    /// A tick in a circle: done.
    Done,
    /// A cross: dismissing.
    Close,
    /// A keyboard: shortcuts.
    Keyboard,
    /// A door with an arrow: signing out.
    SignOut,
}

impl Icon {
    fn href(self) -> &'static str {
        match self {
            Self::Add => "#icon-add",
            Self::Refresh => "#icon-refresh",
            Self::Edit => "#icon-edit",
            Self::Delete => "#icon-delete",
            Self::Copy => "#icon-copy",
            Self::Versions => "#icon-versions",
            Self::Upload => "#icon-upload",
            Self::Search => "#icon-search",
            Self::Warning => "#icon-warning",
            Self::Error => "#icon-error",
            Self::Done => "#icon-done",
            Self::Close => "#icon-close",
            Self::Keyboard => "#icon-keyboard",
            Self::SignOut => "#icon-sign-out",
        }
    }
}

/// Shows the picture at the size of the text.
#[component]
pub fn IconView(
    /// Which.
    icon: Icon,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <use_ href=icon.href()></use_>
        </svg>
    }
}
