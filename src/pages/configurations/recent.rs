//! The configurations that were opened last in this browser: names only, kept in `localStorage`.

use leptos::prelude::window;
use web_sys::Storage;

use crate::paths::{self, Configuration};

const STORAGE_KEY: &str = "tfe-console.configurations";

/// More are not looked through.
const MOST: usize = 10;

/// The last ones, the latest first.
pub fn recent() -> Vec<Configuration> {
    let stored = storage().and_then(|storage| storage.get_item(&paths::in_storage(STORAGE_KEY)).ok().flatten());
    let pairs: Vec<(String, String)> = stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    pairs.iter().take(MOST).map(|(username, name)| Configuration::new(username, name)).collect()
}

/// Puts it in front of the others.
pub fn remember(configuration: &Configuration) {
    let mut all = recent();
    all.retain(|known| known != configuration);
    all.insert(0, configuration.clone());
    all.truncate(MOST);
    let pairs: Vec<(&str, &str)> = all.iter().map(|it| (it.username.as_str(), it.name.as_str())).collect();
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&pairs)) {
        // Storage may be full or forbidden; then the list is not kept.
        let _ = storage.set_item(&paths::in_storage(STORAGE_KEY), &text);
    }
}

/// Forgets all.
pub fn forget() {
    if let Some(storage) = storage() {
        // It fails only where storage is forbidden, and nothing is kept there.
        let _ = storage.remove_item(&paths::in_storage(STORAGE_KEY));
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
