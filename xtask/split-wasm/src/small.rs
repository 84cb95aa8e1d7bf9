//! A wasm that says the same in a form that compresses better: its functions in another order ([`likeness`]), its imports
//! under short names.
//!
//! `wasm-bindgen` names each import after what it does and 16 digits of a hash, in the script and in the wasm alike: 260
//! names are some 5 kB with brotli. They are needed nowhere else.

use std::{collections::HashMap, convert::Infallible, error::Error};

use wasm_encoder::{
    CodeSection, ElementSection, ExportSection, FunctionSection, GlobalSection, ImportSection, Module, StartSection,
    TableSection,
    reencode::{self, Reencode},
};
use wasmparser::{FunctionBody, Import, Parser, Payload, TypeRef};

use crate::{
    likeness::{self, Function},
    unused::unchanged,
};

/// The script whose functions have names of their own, which the pieces of the console know.
const SPLIT_SCRIPT: &str = "./__wasm_split.js";

/// The short names of a wasm's imports, and the script that gives them.
pub struct Names {
    /// The script, with the short names.
    pub script: String,
    /// Each long name, with where its function is in the script.
    places: HashMap<String, usize>,
}

impl Names {
    /// The same script with a short name for each function that `wasm` imports from it.
    ///
    /// # Errors
    /// When the script does not give each of the functions once.
    pub fn shortened(script: &str, wasm: &[u8]) -> Result<Self, Box<dyn Error>> {
        let mut keys: Vec<(usize, &str)> = Vec::new();
        for import in imports(wasm)?.into_iter().filter(|it| it.module != SPLIT_SCRIPT) {
            let key = format!("{}:", import.name);
            let is_whole = |at: &usize| !script.get(..*at).is_some_and(|it| it.ends_with(is_of_a_name));
            let mut found = script.match_indices(&key).map(|(at, _)| at).filter(is_whole);
            let (Some(at), None) = (found.next(), found.next()) else {
                return Err(format!("The script does not give {key} once: has wasm-bindgen changed it?").into());
            };
            keys.push((at, import.name));
        }
        keys.sort_unstable();
        let (mut short, mut end) = (String::new(), 0);
        for (place, (at, name)) in keys.iter().enumerate() {
            short += script.get(end..*at).unwrap_or_default();
            short += &short_name(place);
            end = at + name.len();
        }
        short += script.get(end..).unwrap_or_default();
        let places = keys.into_iter().enumerate().map(|(place, (_, name))| (name.to_owned(), place)).collect();
        Ok(Self { script: short, places })
    }
}

fn is_of_a_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$')
}

/// Two letters for the first 676, so that all have the same length.
fn short_name(place: usize) -> String {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    let rest = if place < 26 * 26 { String::new() } else { (place / 676).to_string() };
    [letter(place / 26), letter(place)].into_iter().collect::<String>() + &rest
}

fn imports(wasm: &[u8]) -> Result<Vec<Import<'_>>, Box<dyn Error>> {
    let mut imports = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                imports.push(import?);
            }
        }
    }
    Ok(imports)
}

/// The new number of each function, by its old one.
struct Renumbered(Vec<u32>);

impl Reencode for Renumbered {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error<Infallible>> {
        Ok(self.0.get(function as usize).copied().unwrap_or(function))
    }
}

/// The same wasm with its functions in the order in which they compress best, and with these names of its imports, if
/// any. Custom sections go: what made it and the names of its functions are nothing to a browser.
///
/// # Errors
/// When it is no wasm.
pub fn small(wasm: &[u8], names: Option<&Names>) -> Result<Vec<u8>, Box<dyn Error>> {
    let short = |import: &Import<'_>| names.and_then(|names| names.places.get(import.name).copied());
    let mut imports: Vec<(usize, Import<'_>)> = imports(wasm)?.into_iter().enumerate().collect();
    // In the order of the script: numbers that follow each other compress.
    imports.sort_by_key(|(old, import)| (short(import).unwrap_or(usize::MAX), *old));

    let (kinds, bodies) = functions(wasm)?;
    let all = || kinds.iter().zip(&bodies);
    let functions: Vec<_> = all().map(|(kind, body)| Function { kind: *kind, body: body.as_bytes() }).collect();
    let order = likeness::order(&functions);

    let imported: Vec<usize> = functions_among(wasm, &imports)?;
    let olds = imported.iter().copied().chain(order.iter().map(|old| old + imported.len()));
    let mut numbers: Vec<(usize, u32)> = olds.zip(0..).collect();
    numbers.sort_unstable();
    let mut renumbered = Renumbered(numbers.into_iter().map(|(_, new)| new).collect());

    let mut module = Module::new();
    let mut is_code_done = false;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(_) => {
                let mut section = ImportSection::new();
                for (_, import) in &imports {
                    let name = short(import).map_or_else(|| import.name.to_owned(), short_name);
                    section.import(import.module, &name, renumbered.entity_type(import.ty)?);
                }
                module.section(&section);
            }
            Payload::FunctionSection(_) => {
                let mut section = FunctionSection::new();
                for kind in order.iter().filter_map(|old| kinds.get(*old)) {
                    section.function(*kind);
                }
                module.section(&section);
            }
            Payload::TableSection(tables) => {
                let mut section = TableSection::new();
                renumbered.parse_table_section(&mut section, tables)?;
                module.section(&section);
            }
            Payload::GlobalSection(globals) => {
                let mut section = GlobalSection::new();
                renumbered.parse_global_section(&mut section, globals)?;
                module.section(&section);
            }
            Payload::ExportSection(exports) => {
                let mut section = ExportSection::new();
                renumbered.parse_export_section(&mut section, exports)?;
                module.section(&section);
            }
            Payload::StartSection { func, .. } => {
                let function_index = renumbered.function_index(func)?;
                module.section(&StartSection { function_index });
            }
            Payload::ElementSection(elements) => {
                let mut section = ElementSection::new();
                renumbered.parse_element_section(&mut section, elements)?;
                module.section(&section);
            }
            Payload::CodeSectionStart { .. } => {}
            Payload::CodeSectionEntry(_) if is_code_done => {}
            Payload::CodeSectionEntry(_) => {
                is_code_done = true;
                let mut section = CodeSection::new();
                for body in order.iter().filter_map(|old| bodies.get(*old)) {
                    renumbered.parse_function_body(&mut section, body.clone())?;
                }
                module.section(&section);
            }
            Payload::CustomSection(_) => {}
            payload => unchanged(&mut module, &payload, wasm)?,
        }
    }
    Ok(module.finish())
}

/// The types and bodies of the functions that are not imported.
fn functions(wasm: &[u8]) -> Result<(Vec<u32>, Vec<FunctionBody<'_>>), Box<dyn Error>> {
    let (mut kinds, mut bodies) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::FunctionSection(section) => {
                for kind in section {
                    kinds.push(kind?);
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body),
            _ => {}
        }
    }
    Ok((kinds, bodies))
}

/// The old numbers of the imported functions, in their new order.
fn functions_among(wasm: &[u8], ordered: &[(usize, Import<'_>)]) -> Result<Vec<usize>, Box<dyn Error>> {
    let is_function = |import: &Import<'_>| matches!(import.ty, TypeRef::Func(_) | TypeRef::FuncExact(_));
    let places = imports(wasm)?.into_iter().enumerate().filter(|(_, import)| is_function(import));
    let numbers: HashMap<usize, usize> = places.enumerate().map(|(number, (place, _))| (place, number)).collect();
    Ok(ordered.iter().filter_map(|(place, _)| numbers.get(place).copied()).collect())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests;
