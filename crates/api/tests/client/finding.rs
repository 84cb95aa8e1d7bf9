//! Finding one version, also on installations that do not know how.

use api::tool_versions;
use domain::Tool;
use futures_executor::block_on;

use crate::fake::{Fake, Step, answer};

fn page(numbers: &[&str], page: u64, pages: u64) -> Step {
    let data: Vec<String> = numbers
        .iter()
        .map(|it| format!(r#"{{"id":"tool-{it}","type":"opa-versions","attributes":{{"version":"{it}"}}}}"#))
        .collect();
    let meta = format!(r#"{{"pagination":{{"current-page":{page},"total-pages":{pages},"total-count":{pages}}}}}"#);
    answer(200, &format!(r#"{{"data":[{}],"meta":{meta}}}"#, data.join(",")))
}

#[test]
fn a_version_is_found_by_its_number() {
    let find = |steps: Vec<Step>| {
        let fake = Fake::script(steps);
        let found = block_on(tool_versions::find(&fake.client(), Tool::Opa, "0.44.0")).unwrap();
        let urls: Vec<String> = fake.sent().into_iter().map(|it| it.url).collect();
        (found.map(|it| it.id), urls)
    };
    let of_page = |number: u64| format!("/api/v2/admin/opa-versions?page%5Bnumber%5D={number}&page%5Bsize%5D=100");
    let filtered = |number| of_page(number) + "&filter%5Bversion%5D=0.44.0";
    let id = || Some("tool-0.44.0".to_owned());

    assert_eq!(find(vec![page(&["0.44.0"], 1, 1)]), (id(), vec![filtered(1)]));
    assert_eq!(find(vec![page(&[], 1, 1)]), (None, vec![filtered(1)]));
    // It ignores the filter.
    let ignores = vec![page(&["0.44.0-rc1"], 1, 3), page(&["0.44.0"], 2, 3)];
    assert_eq!(find(ignores), (id(), vec![filtered(1), filtered(2)]));
    // It refuses the filter.
    let refuses = vec![answer(400, ""), page(&["0.1.0"], 1, 2), page(&["0.44.0"], 2, 2)];
    assert_eq!(find(refuses), (id(), vec![filtered(1), of_page(1), of_page(2)]));
}
