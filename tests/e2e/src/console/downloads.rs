//! Files that the console hands over to be saved.

use std::{fs, path::Path};

use serde_json::json;

use super::Console;

impl Console {
    /// Has the browser save in this folder, without asking where.
    pub async fn save_downloads_in(&self, folder: &Path) {
        let behavior = json!({"behavior": "allow", "downloadPath": folder});
        self.browser().devtools("Page.setDownloadBehavior", behavior).await;
    }

    /// Waits until a file is saved, and reads it.
    pub async fn expect_saved(&self, file: &Path) -> String {
        // The browser gives a file its name when it is whole.
        self.until(&format!("the file {}", file.display()), async || {
            fs::read_to_string(file).map_err(|error| error.to_string())
        })
        .await
    }
}
