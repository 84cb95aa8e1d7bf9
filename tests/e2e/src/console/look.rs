//! How the page looks in other circumstances: dark, narrow, with large text; and whether everybody can use it.

use serde_json::{Value, json};

use super::Console;

/// The rules of accessibility (`vendor/README.md`).
const AXE: &str = include_str!("../../vendor/axe-core/axe.min.js");

/// The usual size of text in Chromium.
const USUAL_TEXT: u32 = 16;

impl Console {
    /// Sets what the user prefers: `light` or `dark`.
    pub async fn prefer_scheme(&self, scheme: &str) {
        self.step(format!("prefer the {scheme} scheme"));
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.browser().devtools("Emulation.setEmulatedMedia", features).await;
    }

    /// Empties the browser's cache of files.
    pub async fn clear_cache(&self) {
        self.step("clear the cache".to_owned());
        self.browser().devtools("Network.clearBrowserCache", json!({})).await;
    }

    /// Switches scripts off or on in the browser's settings.
    pub async fn allow_scripts(&self, allowed: bool) {
        self.step(format!("allow scripts: {allowed}"));
        self.browser().devtools("Emulation.setScriptExecutionDisabled", json!({"value": !allowed})).await;
    }

    /// Runs this script first in every page that is opened from now on.
    pub async fn run_first(&self, script: &str) {
        self.browser().devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).await;
    }

    /// Makes the window so many CSS pixels wide.
    pub async fn set_width(&self, width: u32) {
        self.step(format!("make the window {width} pixels wide"));
        let metrics = json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false});
        self.browser().devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Sets the size of text in the browser's settings, in percent of the usual.
    pub async fn set_text_size(&self, percent: u32) {
        self.step(format!("set the text to {percent} %"));
        let size = USUAL_TEXT * percent / 100;
        let sizes = json!({"fontSizes": {"standard": size, "fixed": size * 13 / 16}});
        self.browser().devtools("Page.setFontSizes", sizes).await;
    }

    /// Fails if the page must be scrolled sideways.
    pub async fn expect_no_sideways_scrolling(&self, where_: &str) {
        let script = "const page = document.documentElement;
            const wide = Array.from(document.body.querySelectorAll('*'))
              .filter((it) => it.getBoundingClientRect().right > page.clientWidth + 1)
              .map((it) => it.localName + '.' + it.className).slice(0, 8);
            return page.scrollWidth > page.clientWidth ? [page.scrollWidth, page.clientWidth, wide] : null";
        let found = self.script(script, Vec::new()).await;
        assert_eq!(found, Ok(Value::Null), "{where_} is wider than the window: width, window, and what sticks out");
    }

    /// Fails if the page has anything that keeps somebody from using it, in the light and in the dark scheme.
    pub async fn expect_accessible(&self, what: &str) {
        for scheme in ["light", "dark"] {
            self.prefer_scheme(scheme).await;
            let violations = self.violations().await;
            assert!(violations.is_empty(), "{what}, {scheme}:\n{}", violations.join("\n"));
        }
    }

    /// What the page has downloaded since it was opened, itself included: names and bytes of the bodies as they came
    /// over the wire, zero for what was at hand already. Without the API's answers.
    pub async fn downloads(&self) -> Vec<(String, u64)> {
        let script = "return ['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind))
            .map((it) => [new URL(it.name).pathname, it.transferSize === 0 ? 0 : it.encodedBodySize])
            .filter(([name]) => !name.startsWith('/api/'))";
        let found =
            self.script(script, Vec::new()).await.unwrap_or_else(|error| panic!("nothing is measured: {error}"));
        serde_json::from_value(found).unwrap_or_else(|error| panic!("something else is measured: {error}"))
    }

    async fn violations(&self) -> Vec<String> {
        let loaded = self.script(&format!("if (!window.axe) {{ {AXE} }}"), Vec::new()).await;
        loaded.unwrap_or_else(|error| panic!("axe-core does not load: {error}"));
        let script = "const done = arguments[arguments.length - 1];
            const still = () => document.getAnimations().filter((it) => it.playState === 'running');
            Promise.allSettled(still().map((it) => it.finished))
              .then(() => axe.run(document, { resultTypes: ['violations'] }))
              .then((result) => done(result.violations.flatMap((violation) => violation.nodes.map((node) =>
                violation.id + ': ' + node.target.join(' ') + ': ' + node.failureSummary + '\\n  ' + node.html))),
                (error) => done(['axe-core failed: ' + error]))";
        let found = self.browser().client().execute_async(script, Vec::new()).await;
        let found = found.unwrap_or_else(|error| panic!("axe-core does not run: {error}"));
        serde_json::from_value(found).unwrap_or_else(|error| panic!("axe-core says something else: {error}"))
    }
}
