//! The legacy API beside the other, as a context of its own.

use api::Client;

/// The installation as the legacy API shows it.
#[derive(Clone)]
pub struct LegacyClient(pub Client);
