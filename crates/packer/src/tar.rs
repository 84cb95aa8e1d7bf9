//! The bytes of a tar archive around its files, the same for the same files wherever and whenever they are packed.
//!
//! Regular files only: Terraform makes the folders that files are in. Owner and group are 0 without names, the mode is
//! 0644, or 0755 for what is meant to be executed, and the time is 1980-01-01, the first that every archive format knows,
//! because some unpackers take 0 for no time at all. Names that the header cannot hold, and sizes over
//! 8 GiB, are written as GNU tar writes them.

use tar::{EntryType, Header};

/// An archive is a row of blocks of as many bytes.
pub const BLOCK: usize = 512;

/// 1980-01-01T00:00:00Z, in seconds since 1970.
const TIME: u64 = 315_532_800;

/// Where GNU tar keeps a name that is too long for a header.
const LONG_NAME: &str = "././@LongLink";

/// What stands before the content of a file: one block, and more for a long name.
///
/// # Errors
/// When the path cannot be in an archive: empty, absolute, with `..`, or with a NUL. It is the rest of a sentence about
/// the path.
pub fn header(path: &str, size: u64, is_executable: bool) -> Result<Vec<u8>, &'static str> {
    if path.contains('\0') || path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err("has a name that cannot be in an archive");
    }
    let mut bytes = Vec::with_capacity(BLOCK);
    let in_header = name_in_header(path);
    if in_header.len() < path.len() {
        // Ends in a NUL.
        let size = path.len() as u64 + 1;
        bytes.extend_from_slice(&block(LONG_NAME, size, EntryType::GNULongName, 0o644));
        bytes.extend_from_slice(path.as_bytes());
        bytes.resize(bytes.len() + 1 + padding(size), 0);
    }
    bytes.extend_from_slice(&block(in_header, size, EntryType::Regular, if is_executable { 0o755 } else { 0o644 }));
    Ok(bytes)
}

/// As much of the path as the header has room for, in whole characters.
fn name_in_header(path: &str) -> &str {
    let room = Header::new_gnu().as_old().name.len();
    path.get(..path.floor_char_boundary(room)).unwrap_or(path)
}

/// A header, which is one block.
fn block(name: &str, size: u64, kind: EntryType, mode: u32) -> [u8; BLOCK] {
    let mut header = Header::new_gnu();
    for (place, byte) in header.as_old_mut().name.iter_mut().zip(name.bytes()) {
        *place = byte;
    }
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(mode);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(TIME);
    header.set_cksum();
    *header.as_bytes()
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
