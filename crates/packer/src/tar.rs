//! The bytes of a tar archive around its files, the same for the same files wherever and whenever they are packed.
//!
//! Regular files only: Terraform makes the folders that files are in. Owner and group are 0 without names, the mode is
//! 0644 (a browser does not tell who may execute a file), and the time is 1980-01-01, the first that every archive
//! format knows, because some unpackers take 0 for no time at all. Names that the header cannot hold, and sizes over
//! 8 GiB, are written as GNU tar writes them.

use std::io;

use tar::{Builder, EntryType, Header};

/// An archive is a row of blocks of as many bytes.
pub const BLOCK: usize = 512;

/// 1980-01-01T00:00:00Z, in seconds since 1970.
const TIME: u64 = 315_532_800;

/// What stands before the content of a file: one block, and more for a long name.
///
/// # Errors
/// When the path cannot be in an archive: empty, absolute, with `..`, or with a NUL.
pub fn header(path: &str, size: u64) -> io::Result<Vec<u8>> {
    if path.is_empty() || path.contains('\0') {
        return Err(io::Error::other("the name cannot be in an archive"));
    }
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(TIME);
    let mut builder = Builder::new(Vec::new());
    // The content follows by another way.
    builder.append_data(&mut header, path, io::empty())?;
    Ok(builder.get_ref().clone())
}

/// How many zeros follow a content of this size.
pub fn padding(size: u64) -> usize {
    let rest = size % BLOCK as u64;
    if rest == 0 { 0 } else { BLOCK - rest as usize }
}

/// What ends an archive.
pub fn end() -> Vec<u8> {
    vec![0; 2 * BLOCK]
}
