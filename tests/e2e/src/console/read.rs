//! Reading the screen: where one is, what is told, and what is in a table.

use serde_json::{Value, json};

use super::{Console, Glance, find::reference, told};

impl Console {
    /// Waits for the page with this heading: its only heading of the first level, and the beginning of the tab's title.
    pub async fn expect_heading(&self, heading: &str) {
        self.until(&format!("the heading “{heading}”"), async || {
            let texts = self.texts("h1").await?;
            let title = self.browser().client().title().await.map_err(told)?;
            match texts.as_slice() {
                [only] if only == heading && title.starts_with(heading) => Ok(()),
                _ => Err(format!("the headings are {texts:?} and the title is “{title}”")),
            }
        })
        .await;
    }

    /// Waits until the address is this path with its query.
    pub async fn expect_path(&self, path: &str) {
        self.until(&format!("the address {path}"), async || match self.path().await? {
            here if here == path => Ok(()),
            here => Err(format!("it is {here}")),
        })
        .await;
    }

    /// The address, without the host.
    pub async fn path(&self) -> Glance<String> {
        let path = self.script("return location.pathname + location.search", Vec::new()).await?;
        Ok(path.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until an outcome is told with this text in it.
    pub async fn expect_status(&self, text: &str) {
        self.expect_told("[role=status]", text).await;
    }

    /// Waits until a failure is told with this text in it.
    pub async fn expect_alert(&self, text: &str) {
        self.expect_told("[role=alert]", text).await;
    }

    /// Waits until no failure is told.
    pub async fn expect_no_alert(&self) {
        self.until("no alert", async || match self.texts("[role=alert]").await? {
            texts if texts.is_empty() => Ok(()),
            texts => Err(format!("there is {texts:?}")),
        })
        .await;
    }

    /// Waits until this text is on the screen.
    pub async fn expect_text(&self, text: &str) {
        self.expect_told("body", text).await;
    }

    /// Fails if this text is on the screen now, in an attribute, or in what is typed in a field.
    pub async fn expect_nowhere(&self, text: &str) {
        let script = "const text = arguments[0];
            return document.documentElement.outerHTML.includes(text) || location.href.includes(text)
              || Array.from(document.querySelectorAll('input')).some((field) => field.value.includes(text))";
        let found = self.script(script, vec![json!(text)]).await;
        assert_eq!(found, Ok(json!(false)), "“{text}” is in the page");
    }

    /// The rows of a table as they are on the screen, a text for each cell but the box that selects it; waits for
    /// the table.
    pub async fn rows(&self, table: &str) -> Vec<Vec<String>> {
        self.until(&format!("the table “{table}”"), async || self.rows_now(table).await).await
    }

    /// Waits until the rows of a table are as `is_right` says.
    pub async fn expect_rows(&self, table: &str, what: &str, is_right: impl Fn(&[Vec<String>]) -> bool) {
        self.until(&format!("{what} in the table “{table}”"), async || {
            let rows = self.rows_now(table).await?;
            if is_right(&rows) { Ok(()) } else { Err(format!("its {} rows are {rows:?}", rows.len())) }
        })
        .await;
    }

    async fn rows_now(&self, table: &str) -> Glance<Vec<Vec<String>>> {
        let table = self.glance("table", table).await?;
        let script = "return Array.from(arguments[0].tBodies[0].rows,
            (row) => Array.from(row.cells).filter((cell) => !cell.querySelector('input')).map((cell) => cell.innerText.trim()))";
        let rows = self.script(script, vec![reference(&table)]).await?;
        serde_json::from_value(rows).map_err(|error| error.to_string())
    }

    async fn expect_told(&self, selector: &str, text: &str) {
        self.until(&format!("“{text}” in {selector}"), async || match self.texts(selector).await? {
            texts if texts.iter().any(|it| it.contains(text)) => Ok(()),
            texts => Err(format!("there is {texts:?}")),
        })
        .await;
    }

    /// The texts of the elements that are shown and have any.
    async fn texts(&self, selector: &str) -> Glance<Vec<String>> {
        let script = "return Array.from(document.querySelectorAll(arguments[0])).filter((it) => it.checkVisibility())
            .map((it) => it.innerText.trim()).filter((text) => text !== '')";
        let texts: Value = self.script(script, vec![json!(selector)]).await?;
        serde_json::from_value(texts).map_err(|error| error.to_string())
    }
}
