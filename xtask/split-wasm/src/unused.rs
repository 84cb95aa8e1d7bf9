//! Takes out the exports of `wasm-streams`, which Leptos' server functions bring along and the console never uses.
//!
//! An export keeps alive all that it reaches, here 14 kB before compression. Only the linker's output tells what that is, so it must
//! happen before the wasm is split, and `wasm-bindgen` must not look for what has gone: its descriptions of these types
//! go, too.

use std::error::Error;

use wasm_encoder::{
    CustomSection, ExportSection, Module, RawSection,
    reencode::{Reencode, RoundtripReencoder},
};
use wasmparser::{Parser, Payload};

/// Where `wasm-bindgen` keeps its descriptions until it has run.
const DESCRIPTIONS: &str = "__wasm_bindgen_unstable";

/// What the types have in their names, in lower case: `IntoUnderlyingSource`, `IntoUnderlyingSink`.
const STREAMS: &str = "intounderlying";

/// The same wasm, and nothing of `wasm-streams` exported. The sections keep their order, since relocations count them.
///
/// # Errors
/// When it is no wasm, or describes itself in another form than `wasm-bindgen` does today.
pub fn without_streams(wasm: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ExportSection(all) => {
                let mut exports = ExportSection::new();
                for export in all {
                    let export = export?;
                    if !export.name.contains(STREAMS) {
                        exports.export(export.name, RoundtripReencoder.export_kind(export.kind)?, export.index);
                    }
                }
                module.section(&exports);
            }
            Payload::CustomSection(section) if section.name() == DESCRIPTIONS => {
                let data = described(section.data())?.into();
                module.section(&CustomSection { name: DESCRIPTIONS.into(), data });
            }
            payload => unchanged(&mut module, &payload, wasm)?,
        }
    }
    Ok(module.finish())
}

/// Takes a section over as it is. What is no section is left out.
///
/// # Errors
/// When the section ends behind the file.
pub fn unchanged(module: &mut Module, payload: &Payload<'_>, wasm: &[u8]) -> Result<(), Box<dyn Error>> {
    if let Some((id, range)) = payload.as_section() {
        let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
        let data = wasm.get(range).ok_or("a section ends behind the file")?;
        module.section(&RawSection { id, data });
    }
    Ok(())
}

/// The descriptions without those of the types. Each is two blocks, the version and the content, and each block begins
/// with its length in bytes as four bytes, the lowest first.
fn described(mut all: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut kept = Vec::new();
    while !all.is_empty() {
        let (version, rest) = block(all)?;
        let (content, rest) = block(rest)?;
        if !String::from_utf8_lossy(content).to_lowercase().contains(STREAMS) {
            kept.extend_from_slice(version);
            kept.extend_from_slice(content);
        }
        all = rest;
    }
    Ok(kept)
}

/// The first block with its length, and what follows.
fn block(bytes: &[u8]) -> Result<(&[u8], &[u8]), &'static str> {
    const CHANGED: &str = "has wasm-bindgen changed how it describes what it finds in a wasm?";
    let (length, _) = bytes.split_first_chunk::<4>().ok_or(CHANGED)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok().and_then(|length| length.checked_add(4));
    bytes.split_at_checked(length.ok_or(CHANGED)?).ok_or(CHANGED)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use wasm_encoder::{ExportKind, MemorySection, MemoryType};

    use super::*;

    fn description(content: &str) -> Vec<u8> {
        ["{}", content].iter().flat_map(|it| [&(it.len() as u32).to_le_bytes(), it.as_bytes()].concat()).collect()
    }

    #[test]
    fn only_the_streams_are_taken_out_and_the_sections_keep_their_order() {
        let mut module = Module::new();
        let mut memories = MemorySection::new();
        memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
        let mut exports = ExportSection::new();
        for name in ["main", "intounderlyingsource_pull", "__wbg_intounderlyingsink_free", "memory"] {
            exports.export(name, ExportKind::Memory, 0);
        }
        let data = [description("kept"), description("IntoUnderlyingSource"), description("kept too")].concat();
        module.section(&memories).section(&exports);
        module.section(&CustomSection { name: DESCRIPTIONS.into(), data: data.into() });
        module.section(&CustomSection { name: "last".into(), data: (&b"intounderlying"[..]).into() });

        let wasm = without_streams(&module.finish()).unwrap();
        let payloads: Vec<_> = Parser::new(0).parse_all(&wasm).map(Result::unwrap).collect();
        let [
            _,
            Payload::MemorySection(_),
            Payload::ExportSection(exports),
            Payload::CustomSection(described),
            rest @ ..,
        ] = &payloads[..]
        else {
            panic!("{payloads:?}")
        };
        let names: Vec<_> = exports.clone().into_iter().map(|export| export.unwrap().name).collect();
        assert_eq!(names, ["main", "memory"]);
        assert_eq!(described.data(), [description("kept"), description("kept too")].concat());
        assert!(matches!(rest, [Payload::CustomSection(last), Payload::End(_)] if last.data() == b"intounderlying"));
    }

    #[test]
    fn descriptions_that_are_not_as_expected_are_an_error() {
        for bytes in [&b"\x01"[..], b"\x02\0\0\0{", b"\0\0\0\0\xff\xff\xff\xff"] {
            assert!(described(bytes).is_err(), "{bytes:?}");
        }
    }
}
