//! Working without a pointer.

use fantoccini::{
    actions::{InputSource, KeyAction, KeyActions},
    key::Key,
};

use serde_json::Value;

use super::{Console, told};

impl Console {
    /// Presses a key, wherever the focus is.
    pub async fn press(&self, key: char) {
        self.step(format!("press {}", key.escape_default()));
        let stroke = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        let pressed = self.browser().client().perform_actions(stroke).await;
        pressed.unwrap_or_else(|error| panic!("cannot press a key: {error}"));
    }

    /// Presses Tab with Shift.
    pub async fn press_shift_tab(&self) {
        self.press_with_shift(Key::Tab.into()).await;
    }

    /// Presses a key with Shift, wherever the focus is.
    pub async fn press_with_shift(&self, key: char) {
        self.step(format!("press Shift and {}", key.escape_default()));
        let shift = char::from(Key::Shift);
        let stroke = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: shift })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: shift });
        let pressed = self.browser().client().perform_actions(stroke).await;
        pressed.unwrap_or_else(|error| panic!("cannot press keys: {error}"));
    }

    /// Types a text, wherever the focus is.
    pub async fn type_text(&self, text: &str) {
        for key in text.chars() {
            self.press(key).await;
        }
    }

    /// The role and the name of what has the focus.
    pub async fn focus(&self) -> (String, String) {
        self.until("something with the focus", async || {
            let element = self.browser().client().active_element().await.map_err(told)?;
            self.role_and_name(&element).await
        })
        .await
    }

    /// Waits until this has the focus.
    pub async fn expect_focus(&self, role: &str, name: &str) {
        let expected = (role.to_owned(), name.to_owned());
        self.until(&format!("the focus on the {role} “{name}”"), async || match self.focus().await {
            focused if focused == expected => Ok(()),
            (role, name) => Err(format!("it is on the {role} “{name}”")),
        })
        .await;
    }

    /// Waits until anything has the focus: what had it may be gone, and then another thing must have got it.
    pub async fn expect_some_focus(&self) {
        let script = "return document.activeElement !== document.body && document.activeElement !== null";
        self.until("the focus on anything", async || match self.script(script, Vec::new()).await? {
            Value::Bool(true) => Ok(()),
            _ => Err("nothing has it".to_owned()),
        })
        .await;
    }

    /// Presses Tab until this has the focus; fails after `most` times.
    pub async fn tab_to(&self, role: &str, name: &str, most: usize) {
        let mut passed = Vec::new();
        for _ in 0..most {
            self.press(Key::Tab.into()).await;
            let (is_role, is_name) = self.focus().await;
            if is_role == role && is_name == name {
                return;
            }
            passed.push(format!("{is_role} “{is_name}”"));
        }
        panic!("{most} times Tab do not lead to the {role} “{name}” but over {}", passed.join(", "));
    }
}
