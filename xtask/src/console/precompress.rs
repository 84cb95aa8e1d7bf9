//! Copies of each asset with brotli and gzip beside it, so that no server compresses anything while someone waits.

use std::fs;
use std::io::Write;
use std::path::Path;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::failure::{Doing, Failure, Outcome};
use crate::process::interrupted;

use super::files::{assets, extension, with_suffix};

/// What shrinks. Pictures and fonts are compressed already.
const COMPRESSIBLE: [&str; 9] = ["css", "html", "ico", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// What operators change: a copy would go on saying what was there before.
const CHANGED_LATER: &str = "config.json";

/// Writes `.br` and `.gz` beside every asset that shrinks, and removes copies that belong to nothing.
pub fn precompress(dist: &Path) -> Outcome {
    for asset in assets(dist)? {
        if interrupted() {
            return Err(Failure::interrupted());
        }
        if !COMPRESSIBLE.contains(&extension(&asset)) || asset.ends_with(CHANGED_LATER) {
            continue;
        }
        let bytes = fs::read(&asset).doing(format_args!("read {}", asset.display()))?;
        for (suffix, small) in [("br", brotli(&bytes)?), ("gz", gzip(&bytes)?)] {
            let copy = with_suffix(&asset, suffix);
            fs::write(&copy, small).doing(format_args!("write {}", copy.display()))?;
        }
    }
    Ok(())
}

/// Brotli at its best quality.
pub fn brotli(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut small, &parameters).doing("compress with brotli")?;
    Ok(small)
}

/// Gzip at its best level, without a time stamp: the same bytes give the same file.
pub fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).doing("compress with gzip")?;
    encoder.finish().doing("compress with gzip")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn both_compressions_give_the_bytes_back() {
        let bytes = b"the console ".repeat(500);
        let (small, also_small) = (brotli(&bytes).unwrap(), gzip(&bytes).unwrap());
        assert!(small.len() < 100 && also_small.len() < 200);

        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &*small, &mut back).unwrap();
        assert_eq!(back, bytes);
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(&*also_small).read_to_end(&mut back).unwrap();
        assert_eq!(back, bytes);
    }
}
