//! With `TFE_CONSOLE_SPLIT` in the environment, as `cargo xtask build` has it, rarely used pages become wasm files of
//! their own (docs/decisions/0010-split-wasm.md). A build without it has everything in one.

fn main() {
    println!("cargo::rerun-if-env-changed=TFE_CONSOLE_SPLIT");
    println!("cargo::rustc-check-cfg=cfg(split)");
    let is_wasm = std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    if is_wasm && std::env::var_os("TFE_CONSOLE_SPLIT").is_some() {
        println!("cargo::rustc-cfg=split");
        // The splitter learns from the relocations what uses what.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
