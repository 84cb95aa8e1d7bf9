//! Recognising gzip (RFC 1952).

/// Whether a file that begins with these bytes is compressed with gzip: its magic number, and the only method there is.
pub fn is_gzip(start: &[u8]) -> bool {
    start.starts_with(&[0x1f, 0x8b, 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_told_from_everything_else() {
        assert!(is_gzip(&[0x1f, 0x8b, 8, 0]));
        for other in [&b"PK\x03\x04"[..], b"", b"\x1f\x8b", b"\x1f\x8b\x09", b"BZh9"] {
            assert!(!is_gzip(other), "{other:?}");
        }
    }
}
