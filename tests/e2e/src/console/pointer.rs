//! Pressing as people press: the button is held down for a while, and the page goes on meanwhile.

use std::time::Duration;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};

use super::{Console, told};

impl Console {
    /// Presses a thing with the mouse and lets go after so many milliseconds. The browser decides whether that was a
    /// click: it is none when what was pressed is not there any more.
    pub async fn press_for(&self, milliseconds: u64, role: &str, name: &str) {
        self.step(format!("press the {role} “{name}” for {milliseconds} ms"));
        let element = self.expect(role, name).await;
        let press = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 })
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .pause(Duration::from_millis(milliseconds))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        let pressed = self.browser().client().perform_actions(press).await.map_err(told);
        pressed.unwrap_or_else(|error| panic!("cannot press the {role} “{name}”: {error}"));
    }
}
