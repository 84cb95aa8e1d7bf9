//! Archives that are refused where they are sent to, which is no matter of the token.

use super::{
    uploading::{filled_in, installation},
    *,
};

#[wasm_bindgen_test]
async fn an_address_for_the_archive_that_is_refused_is_no_matter_of_the_token() {
    for status in [401, 403, 404, 410] {
        let archives = Archives::take();
        let _page = filled_in(&installation()).await;
        click_button("Create and upload").await;
        archives.arrives().await;
        archives.answer(status);
        see(&format!("Sending failed. The address for the archive was refused (status {status})")).await;
        assert!(sees("Create another configuration version."), "{}", screen());
        let shown = screen().to_lowercase();
        assert!(!shown.contains("connect again") && !shown.contains("this token"), "{shown}");
    }
}
