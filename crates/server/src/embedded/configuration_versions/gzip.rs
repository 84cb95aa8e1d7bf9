//! Whether a body is gzip, by its beginning: so that a page, a zip file or half an archive is refused, and not kept as
//! somebody's configuration.
//!
//! The header is read whole (RFC 1952), and what follows is inflated until [`INPUT`] bytes were read or [`OUTPUT`] came out.
//! An archive that ends before that is checked to its end, with length and checksum. No more than that, because what a
//! body inflates to has no limit; and what is in it is for those who unpack it.

use std::io::{self, Write};

use flate2::write::GzDecoder;

/// So much of a body is read.
const INPUT: usize = 64 * 1024;
/// So much of what it inflates to is looked at.
const OUTPUT: usize = 1024 * 1024;

/// What every gzip file begins with: two bytes that mark it, and the one method of compression that there is.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

const NOT_GZIP: &str = "The archive is not gzip. It must be a .tar.gz file";
const DAMAGED: &str = "The archive is damaged: its gzip data cannot be read";
const CUT: &str = "The archive is cut: its gzip data has no end";

/// The beginning of a body, as far as it has arrived.
pub(super) struct Beginning {
    read: usize,
    /// `None` once enough was read.
    decoder: Option<GzDecoder<Counter>>,
}

/// Counts what is written to it.
struct Counter(usize);

impl Default for Beginning {
    fn default() -> Self {
        Self { read: 0, decoder: Some(GzDecoder::new(Counter(0))) }
    }
}

impl Beginning {
    /// Looks at the next piece of the body. The error is a sentence.
    pub(super) fn check(&mut self, piece: &[u8]) -> Result<(), &'static str> {
        let Some(decoder) = &mut self.decoder else {
            return Ok(());
        };
        let expected = MAGIC.iter().skip(self.read);
        if expected.zip(piece).any(|(expected, byte)| expected != byte) {
            return Err(NOT_GZIP);
        }
        let mut rest = piece.get(..INPUT.saturating_sub(self.read)).unwrap_or(piece);
        self.read = self.read.saturating_add(piece.len());
        let mut is_over = self.read >= INPUT;
        while !rest.is_empty() && decoder.get_ref().0 < OUTPUT {
            let count = decoder.write(rest).map_err(|_| DAMAGED)?;
            if count == 0 {
                // What follows is another gzip file, or padding.
                decoder.try_finish().map_err(|_| DAMAGED)?;
                is_over = true;
                break;
            }
            rest = rest.get(count..).unwrap_or_default();
        }
        if is_over || decoder.get_ref().0 >= OUTPUT {
            self.decoder = None;
        }
        Ok(())
    }

    /// That the body may end here. The error is a sentence.
    pub(super) fn check_end(self) -> Result<(), &'static str> {
        match self.decoder {
            None => Ok(()),
            Some(_) if self.read < MAGIC.len() => Err(NOT_GZIP),
            Some(mut decoder) => decoder.try_finish().map_err(|_| CUT),
        }
    }
}

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.saturating_add(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

    use flate2::{Compression, GzBuilder};

    use super::*;

    /// What is said of a body that comes in pieces of this size.
    fn said(body: &[u8], size: usize) -> Result<(), &'static str> {
        let mut beginning = Beginning::default();
        body.chunks(size).try_for_each(|piece| beginning.check(piece))?;
        beginning.check_end()
    }

    fn gzip(content: &[u8], builder: GzBuilder) -> Vec<u8> {
        let mut encoder = builder.write(Vec::new(), Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    /// Bytes that no compression makes fewer: George Marsaglia's xorshift.
    fn noise(length: usize) -> Vec<u8> {
        let mut state: u32 = 1;
        let next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as u8
        };
        std::iter::repeat_with(next).take(length).collect()
    }

    #[test]
    fn gzip_is_taken_whatever_its_header_and_size_and_however_it_comes() {
        let named = GzBuilder::new().filename("a.tar").comment("why").extra(vec![7; 300]).mtime(1);
        let twice = [gzip(b"one", GzBuilder::new()), gzip(b"two", GzBuilder::new()), vec![0; 500]].concat();
        for body in [
            gzip(b"", GzBuilder::new()),
            gzip(b"content", named),
            gzip(&noise(1_000_000), GzBuilder::new()),
            gzip(&vec![0; 5_000_000], GzBuilder::new()),
            twice,
        ] {
            for size in [1, 2, 7, 4096, body.len()] {
                assert_eq!(said(&body, size), Ok(()), "{} bytes by {size}", body.len());
            }
        }
    }

    #[test]
    fn what_is_no_gzip_is_refused_by_its_first_bytes() {
        for body in [&b"PK\x03\x04"[..], b"<html>", b"\x1f", b"\x1f\x8b", b"\x1f\x8b\x00\x00", b"\x1f\x8bhello", b""] {
            for size in [1, 10] {
                assert_eq!(said(body, size), Err(NOT_GZIP), "{body:?}");
            }
        }
        let mut beginning = Beginning::default();
        assert_eq!(beginning.check(b"P"), Err(NOT_GZIP), "nobody sends gigabytes first");
    }

    #[test]
    fn gzip_that_is_cut_or_damaged_is_refused() {
        let whole = gzip(&noise(30_000), GzBuilder::new());
        for length in [3, 9, 10, 11, 1000, whole.len() - 9, whole.len() - 8, whole.len() - 1] {
            assert_eq!(said(&whole[..length], 4096), Err(CUT), "{length} bytes");
        }
        let damaged = |at: usize| {
            let mut body = whole.clone();
            body[at] ^= 0xff;
            said(&body, 4096)
        };
        // The flags, the content, the checksum, the length.
        for at in [3, 5000, whole.len() - 8, whole.len() - 1] {
            assert!([Err(DAMAGED), Err(CUT)].contains(&damaged(at)), "at {at}");
        }
        let header_alone = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], noise(100_000).as_slice()].concat();
        assert_eq!(said(&header_alone, 4096), Err(DAMAGED));
    }
}
