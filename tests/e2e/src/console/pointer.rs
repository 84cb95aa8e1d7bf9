//! Pressing as people press: the button is held down for a while, and the page goes on meanwhile.

use std::time::Duration;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};

use super::{Console, find::reference, told};

impl Console {
    /// Presses a thing with the mouse and lets go after so many milliseconds. The browser decides whether that was a
    /// click: it is none when what was pressed is not there any more.
    pub async fn press_for(&self, milliseconds: u64, role: &str, name: &str) {
        self.step(format!("press the {role} “{name}” for {milliseconds} ms"));
        self.until(&format!("the {role} “{name}” to press"), async || {
            let element = self.glance(role, name).await?;
            let into_view = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
            self.script(into_view, vec![reference(&element)]).await?;
            let press = MouseActions::new("mouse".to_owned())
                .then(PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 })
                .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
                .pause(Duration::from_millis(milliseconds))
                .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
            self.browser().client().perform_actions(press).await.map_err(told)
        })
        .await;
    }
}
