//! The one table of addresses.

use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Redirect, Route, Router, Routes},
    path,
};

use crate::{
    components::{Shell, ToastRegion},
    pages::{ConnectPage, NotFoundPage, terraform_versions},
    paths,
};

/// Every page at its address. All but `/connect` stand in the shell, which asks for a token first.
#[component]
pub fn AppRoutes() -> AnyView {
    let home = || view! { <Redirect path=paths::terraform_versions(&Default::default())/> };
    view! {
        <Router>
            <Routes fallback=|| ()>
                <Route path=path!("/connect") view=ConnectPage/>
                <ParentRoute path=path!("/") view=Shell>
                    <Route path=path!("") view=home/>
                    <Route path=path!("terraform-versions") view=terraform_versions::ListPage/>
                    <Route path=path!("terraform-versions/new") view=terraform_versions::NewPage/>
                    <Route path=path!("terraform-versions/:id") view=terraform_versions::ShowPage/>
                    <Route path=path!("terraform-versions/:id/edit") view=terraform_versions::EditPage/>
                    <Route path=path!("*any") view=NotFoundPage/>
                </ParentRoute>
            </Routes>
            <ToastRegion/>
        </Router>
    }
    .into_any()
}
