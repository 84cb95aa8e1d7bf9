//! The journeys' own promise: what goes wrong in the browser fails them.

use e2e::{Seed, journey};

#[tokio::test]
#[should_panic(expected = "Content Security Policy")]
async fn a_violation_of_the_pages_policy_fails_a_journey() {
    journey(Seed::Empty, async |console| {
        console.open("/").await;
        console.expect_heading("Connect").await;
        let script = "const script = document.createElement('script');
            script.textContent = 'document.title = 1';
            document.body.append(script)";
        console.script(script, Vec::new()).await.unwrap();
        console.expect_heading("Connect").await;
    })
    .await;
}

#[tokio::test]
#[should_panic(expected = "an error of the page")]
async fn an_uncaught_error_fails_a_journey() {
    journey(Seed::Empty, async |console| {
        console.open("/").await;
        console.expect_heading("Connect").await;
        console.script("setTimeout(() => { throw new Error('an error of the page') })", Vec::new()).await.unwrap();
        console.expect_heading("Connect").await;
    })
    .await;
}
