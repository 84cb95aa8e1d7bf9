//! Which server says what of itself.

use api::server;
use futures_executor::block_on;

use crate::fake::{Fake, answer};

fn title(headers: &[(&'static str, &str)]) -> Option<String> {
    let step = headers.iter().fold(answer(204, ""), |step, (name, value)| step.with(name, value));
    let fake = Fake::script([step]);
    let title = block_on(server::read(&fake.client())).unwrap().title();
    assert_eq!(fake.only_request().url, "/api/v2/ping");
    title
}

#[test]
fn a_server_is_named_by_what_it_says_of_itself() {
    let (name, version, host) = ("TFP-AppName", "X-TFE-Version", "X-Tfe-Console-Upstream");
    let (name, version) = ((name, "Terraform Enterprise"), (version, "v202411-1"));
    let host = (host, "tfe.example.com");
    assert_eq!(title(&[]), None);
    assert_eq!(title(&[("TFP-AppName", " ")]), None);
    assert_eq!(title(&[name]).unwrap(), "Terraform Enterprise");
    assert_eq!(title(&[name, version]).unwrap(), "Terraform Enterprise v202411-1");
    assert_eq!(title(&[host]).unwrap(), "tfe.example.com");
    assert_eq!(title(&[name, version, host]).unwrap(), "Terraform Enterprise v202411-1 at tfe.example.com");
}
