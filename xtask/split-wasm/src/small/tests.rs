use wasm_encoder::{
    ConstExpr, Elements, EntityType, ExportKind, Function as Code, NameMap, NameSection, RefType, TableType,
    TypeSection,
};

use super::*;

const SCRIPT: &str = "({\"./a.js\": { __wbg_b_1: function(x) { __wbg_a_1(x) }, x__wbg_a_1: 1, __wbg_a_1: y }})";

/// Two imports, and four functions that call them and each other.
fn wasm() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let mut imports = ImportSection::new();
    imports.import("./a.js", "__wbg_a_1", EntityType::Function(0));
    imports.import("./__wasm_split.js", "load", EntityType::Function(0));
    imports.import("./a.js", "__wbg_b_1", EntityType::Function(0));
    let mut functions = FunctionSection::new();
    let mut tables = TableSection::new();
    let table = TableType { element_type: RefType::FUNCREF, minimum: 2, maximum: None, table64: false, shared: false };
    tables.table(table);
    let mut exports = ExportSection::new();
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(0), Elements::Functions([5, 3][..].into()));
    let mut code = CodeSection::new();
    // Each calls one function and then as many times nothing as its number tells.
    for (number, called) in [(9, 0), (2, 1), (8, 2), (1, 3)] {
        functions.function(0);
        exports.export(&format!("calls {called}"), ExportKind::Func, functions.len() + 2);
        let mut body = Code::new([]);
        body.instructions().call(called);
        for _ in 0..number {
            body.instructions().nop();
        }
        body.instructions().end();
        code.function(&body);
    }
    let mut names = NameSection::new();
    names.functions(&NameMap::new());
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&tables).section(&exports);
    module.section(&StartSection { function_index: 6 }).section(&elements).section(&code).section(&names);
    module.finish()
}

/// What a wasm does, by names in the place of numbers: what each export calls and does besides, what it starts with,
/// and what is in its table.
fn behaviour(wasm: &[u8]) -> Vec<String> {
    let mut names: Vec<String> = imports(wasm).unwrap().iter().map(|it| format!("{}{}", it.module, it.name)).collect();
    let (mut said, mut exported) = (Vec::new(), HashMap::new());
    let imported = names.len() as u32;
    for payload in Parser::new(0).parse_all(wasm).map(Result::unwrap) {
        match payload {
            Payload::ExportSection(all) => {
                exported = all.into_iter().map(Result::unwrap).map(|it| (it.index, it.name.to_owned())).collect();
                names.extend((imported..imported + 4).map(|number| exported.get(&number).unwrap().clone()));
            }
            Payload::StartSection { func, .. } => said.push(format!("starts {}", names[func as usize])),
            Payload::ElementSection(all) => {
                for element in all.into_iter().map(Result::unwrap) {
                    if let wasmparser::ElementItems::Functions(functions) = element.items {
                        let functions = functions.into_iter().map(|it| names[it.unwrap() as usize].clone());
                        said.push(format!("table {:?}", functions.collect::<Vec<_>>()));
                    }
                }
            }
            _ => {}
        }
    }
    for (number, body) in (imported..).zip(functions(wasm).unwrap().1) {
        let mut line = exported.get(&number).unwrap().clone();
        for operator in body.get_operators_reader().unwrap() {
            line += &match operator.unwrap() {
                wasmparser::Operator::Call { function_index } => names[function_index as usize].clone(),
                wasmparser::Operator::Nop => ".".to_owned(),
                _ => String::new(),
            };
        }
        said.push(line);
    }
    said.sort_unstable();
    said
}

#[test]
fn a_small_wasm_does_the_same_in_another_order() {
    let wasm = wasm();
    let small = small(&wasm, None).unwrap();
    assert_eq!(behaviour(&small), behaviour(&wasm));
    let lengths = |wasm| functions(wasm).unwrap().1.iter().map(|it| it.as_bytes().len()).collect::<Vec<_>>();
    assert_eq!(lengths(&wasm), [13, 6, 12, 5]);
    assert_eq!(lengths(&small), [5, 6, 12, 13]);
    assert!(Parser::new(0).parse_all(&small).all(|it| !matches!(it.unwrap(), Payload::CustomSection(_))));
}

#[test]
fn script_and_wasm_get_the_same_short_names_in_the_order_of_the_script() {
    let wasm = wasm();
    let names = Names::shortened(SCRIPT, &wasm).unwrap();
    assert_eq!(names.script, "({\"./a.js\": { aa: function(x) { __wbg_a_1(x) }, x__wbg_a_1: 1, ab: y }})");
    let small = small(&wasm, Some(&names)).unwrap();
    let imports: Vec<_> = imports(&small).unwrap().iter().map(|it| (it.module, it.name)).collect();
    assert_eq!(imports, [("./a.js", "aa"), ("./a.js", "ab"), ("./__wasm_split.js", "load")]);
    let renamed =
        behaviour(&wasm).iter().map(|it| it.replace("__wbg_b_1", "aa").replace("__wbg_a_1", "ab")).collect::<Vec<_>>();
    assert_eq!(behaviour(&small), renamed);
}

#[test]
fn a_script_that_gives_a_function_never_or_twice_is_a_surprise() {
    for script in ["__wbg_b_1: f", "__wbg_a_1: f, __wbg_a_1: f, __wbg_b_1: f"] {
        assert!(Names::shortened(script, &wasm()).is_err(), "{script}");
    }
}

#[test]
fn short_names_are_all_different() {
    let names: std::collections::HashSet<String> = (0..2000).map(short_name).collect();
    assert_eq!(names.len(), 2000);
}
