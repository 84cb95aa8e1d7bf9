//! Filling in forms, by the labels of their fields.

use fantoccini::{elements::Element, key::Key};

use super::{Console, Glance, told};

impl Console {
    /// Types a text into a field, in place of what is in it.
    pub async fn fill(&self, label: &str, text: &str) {
        self.step(format!("fill in “{label}”"));
        // The null key lets go of Control.
        let mut keys = format!("{}a{}", char::from(Key::Control), char::from(Key::Null));
        keys.push_str(if text.is_empty() { "\u{E003}" } else { text });
        self.until(&format!("the field “{label}” to fill in"), async || {
            self.glance("field", label).await?.send_keys(&keys).await.map_err(told)
        })
        .await;
    }

    /// Ticks a checkbox, or takes the tick away.
    pub async fn tick(&self, label: &str) {
        self.click("checkbox", label).await;
    }

    /// Chooses an option of a list by its words.
    pub async fn choose(&self, label: &str, option: &str) {
        self.step(format!("choose {option} in “{label}”"));
        self.until(&format!("the list “{label}” to choose from"), async || {
            self.glance("combobox", label).await?.select_by_label(option).await.map_err(told)
        })
        .await;
    }

    /// Waits until a field holds this.
    pub async fn expect_value(&self, label: &str, value: &str) {
        self.until(&format!("“{value}” in the field “{label}”"), async || {
            let element = self.control(label).await?;
            match element.prop("value").await.map_err(told)?.unwrap_or_default() {
                typed if typed == value => Ok(()),
                typed => Err(format!("it holds “{typed}”")),
            }
        })
        .await;
    }

    /// Waits until a checkbox has a tick, or none.
    pub async fn expect_ticked(&self, label: &str, ticked: bool) {
        self.until(&format!("the checkbox “{label}” with tick: {ticked}"), async || {
            let is_ticked = self.glance("checkbox", label).await?.is_selected().await.map_err(told)?;
            if is_ticked == ticked { Ok(()) } else { Err(format!("tick: {is_ticked}")) }
        })
        .await;
    }

    /// Waits until a field is marked as wrong, with a text that says why.
    pub async fn expect_field_error(&self, label: &str, text: &str) {
        self.until(&format!("“{text}” at the field “{label}”"), async || {
            let element = self.control(label).await?;
            if element.attr("aria-invalid").await.map_err(told)?.as_deref() != Some("true") {
                return Err("it is not marked as wrong".to_owned());
            }
            let said = self.description(&element).await?;
            if said.contains(text) { Ok(()) } else { Err(format!("its description is “{said}”")) }
        })
        .await;
    }

    /// Waits until a field is not marked as wrong.
    pub async fn expect_no_field_error(&self, label: &str) {
        self.until(&format!("nothing wrong at the field “{label}”"), async || {
            let element = self.control(label).await?;
            match element.attr("aria-invalid").await.map_err(told)?.as_deref() {
                Some("true") => Err(self.description(&element).await?),
                _ => Ok(()),
            }
        })
        .await;
    }

    async fn control(&self, label: &str) -> Glance<Element> {
        match self.glance("field", label).await {
            Ok(field) => Ok(field),
            Err(reason) => self.glance("combobox", label).await.map_err(|_| reason),
        }
    }
}
