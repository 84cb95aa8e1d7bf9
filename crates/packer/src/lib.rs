//! Packs a folder that was chosen in a browser into a reproducible `.tar.gz`, in a worker of its own.
//!
//! Modules in reading order: [`ignore`] is `.terraformignore`; [`listing`] says what of a folder is sent, and `names` what
//! its names tell; [`tar`] makes the archive's bytes around the files; [`gzip`] recognises what is compressed already, and
//! [`inspection`] looks into it. They are pure and tested on the host. [`protocol`] is the messages between the page and the worker, and [`worker`] the worker's side: of both, what
//! needs no browser (the messages' members, the worker's state) is apart and tested on the host, too.
//!
//! A file's content never is in this program's memory as a whole: it goes from the browser's file, a slice at a time,
//! through the browser's own `CompressionStream`, into a blob that the browser may keep on disk.

pub mod gzip;
pub mod ignore;
pub mod inspection;
pub mod listing;
mod names;
pub mod protocol;
pub mod tar;
mod texts;
mod unicode;
pub mod worker;
