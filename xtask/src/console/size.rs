//! `cargo xtask size`: what a browser downloads, against the budget.

use std::fs;
use std::path::Path;

use crate::failure::{Doing, Failure, Outcome};
use crate::project::Project;

use super::budget::{BUDGET, Budget};
use super::files::{assets, with_suffix};
use super::page::start_tags;
use super::precompress::{brotli, gzip};

/// How the names of the files begin that several pieces share.
const SHARED: &str = "chunk_";

/// How the names of the pieces begin.
const PIECE: &str = "split_";

/// One asset and its three weights in bytes.
#[derive(Debug, Clone, Default)]
struct Weight {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the weight of every asset in `dist/` and fails above the budget.
pub fn check_size(project: &Project) -> Outcome {
    let budget = Budget::parse(&project.read(BUDGET)?)?;
    let dist = project.dist();
    let page = project.read("dist/index.html")?;
    let (mut first, mut later) = (Vec::new(), Vec::new());
    print_row("asset", "raw", "gzip", "brotli");
    for asset in assets(&dist)? {
        let weight = weigh(&dist, &asset)?;
        print_weight(&weight);
        if is_first_load(&page, &weight.name) { first.push(weight) } else { later.push(weight) }
    }
    println!("what index.html names; the other files are loaded when a page needs them:");
    print_weight(&sum("first load", &first));
    judge(&budget, &first, &later)
}

/// Whether a browser loads the file to show the list: the page itself and what it names as a link or a script.
fn is_first_load(page: &str, name: &str) -> bool {
    let tags = start_tags(page, "link").into_iter().chain(start_tags(page, "script"));
    let mut urls = tags.filter_map(|tag| tag.attribute("href").or(tag.attribute("src")).map(str::to_owned));
    name == "index.html" || urls.any(|url| url.rsplit('/').next() == Some(name))
}

/// The name of a file without its hash: `packer` for `packer-0123456789abcdef.js`.
fn stem(name: &str) -> &str {
    name.rsplit_once('-').map_or(name, |(stem, _)| stem)
}

fn sum<'a>(name: &str, weights: impl IntoIterator<Item = &'a Weight>) -> Weight {
    weights.into_iter().fold(Weight { name: name.to_owned(), ..Weight::default() }, |sum, it| Weight {
        name: sum.name,
        raw: sum.raw + it.raw,
        gzip: sum.gzip + it.gzip,
        brotli: sum.brotli + it.brotli,
    })
}

/// Fails with everything that is above its budget or has none.
fn judge(budget: &Budget, first: &[Weight], later: &[Weight]) -> Outcome {
    let mut complaints = vec![within("the first load", sum("", first).brotli, budget.first_load)];
    for (name, limit) in &budget.later {
        let own = || later.iter().filter(|weight| stem(&weight.name) == name);
        let shared = later.iter().filter(|weight| name.starts_with(PIECE) && weight.name.starts_with(SHARED));
        complaints.push(match own().next() {
            Some(_) => within(name, sum("", own().chain(shared)).brotli, *limit),
            None => Some(format!("dist/ has no file {name}-HASH any more, which {BUDGET} names.")),
        });
    }
    let has_budget = |name: &str| name.starts_with(SHARED) || budget.later.iter().any(|(it, _)| it == stem(name));
    let others = later.iter().filter(|weight| weight.name.ends_with(".wasm") && !has_budget(&weight.name));
    complaints.extend(others.map(|weight| Some(format!("{} has no budget in {BUDGET}.", weight.name))));
    let complaints: Vec<String> = complaints.into_iter().flatten().collect();
    if complaints.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("{}\n`twiggy top` on a build with names shows what grew.", complaints.join("\n"))))
}

/// Prints how much is left, or says how much too much it is.
fn within(name: &str, bytes: usize, limit: usize) -> Option<String> {
    if bytes > limit {
        let (over, limit) = (thousands(bytes - limit), thousands(limit));
        return Some(format!("{name} is {over} bytes above its budget of {limit} bytes ({BUDGET})."));
    }
    println!("{name}: {} of {} bytes, {} to spare", thousands(bytes), thousands(limit), thousands(limit - bytes));
    None
}

fn weigh(dist: &Path, asset: &Path) -> Outcome<Weight> {
    let bytes = fs::read(asset).doing(format_args!("read {}", asset.display()))?;
    Ok(Weight {
        name: asset.strip_prefix(dist).unwrap_or(asset).display().to_string(),
        raw: bytes.len(),
        gzip: weigh_copy(asset, "gz", || gzip(&bytes))?,
        brotli: weigh_copy(asset, "br", || brotli(&bytes))?,
    })
}

/// The weight of the copy beside an asset; a `dist/` of Trunk's alone has none, and the same is computed.
fn weigh_copy(asset: &Path, suffix: &str, compress: impl FnOnce() -> Outcome<Vec<u8>>) -> Outcome<usize> {
    match fs::metadata(with_suffix(asset, suffix)) {
        Ok(copy) => Ok(usize::try_from(copy.len()).unwrap_or(usize::MAX)),
        Err(_) => Ok(compress()?.len()),
    }
}

fn print_weight(weight: &Weight) {
    print_row(&weight.name, &thousands(weight.raw), &thousands(weight.gzip), &thousands(weight.brotli));
}

fn print_row(name: &str, raw: &str, gzip: &str, brotli: &str) {
    println!("{name:<44} {raw:>10} {gzip:>10} {brotli:>10}");
}

/// Digits in groups of three: `130 000`.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_names_is_the_first_load() {
        let page = "<link rel=stylesheet href=/below/a.css><meta name=packer content=/below/p.js><script src=/below/b.js>\
                    </script>";
        let files = ["index.html", "a.css", "b.js", "p.js", "split_x.wasm"];
        assert_eq!(files.map(|file| is_first_load(page, file)), [true, true, true, false, false]);
    }

    fn weights(files: &[(&str, usize)]) -> Vec<Weight> {
        files
            .iter()
            .map(|(name, brotli)| Weight { name: (*name).to_owned(), brotli: *brotli, ..Weight::default() })
            .collect()
    }

    fn complaint(first: usize, later: &[(&str, usize)]) -> String {
        let named = |name: &str, limit| (name.to_owned(), limit);
        let budget = Budget { first_load: 130_000, later: vec![named("split_a", 60_000), named("packer", 9)] };
        let first = weights(&[("index.html", 1_000), ("style-1.css", first - 1_000)]);
        judge(&budget, &first, &weights(later)).err().map(|failure| failure.to_string()).unwrap_or_default()
    }

    #[test]
    fn only_more_than_the_budget_fails_and_all_of_it_is_told() {
        let later = [("split_a-1.wasm", 50_000), ("chunk_2-1.wasm", 10_000), ("packer-1.js", 4), ("packer-2.wasm", 5)];
        assert_eq!(complaint(130_000, &later), "");
        let later = [("split_a-1.wasm", 50_001), ("chunk_2-1.wasm", 10_000), ("packer-1.js", 4), ("packer-2.wasm", 6)];
        let said = complaint(131_234, &later);
        for part in [
            "the first load is 1 234 bytes above its budget of 130 000 bytes",
            "split_a is 1 bytes above its budget of 60 000 bytes",
            "packer is 1 bytes above its budget of 9 bytes",
        ] {
            assert!(said.contains(part), "{said}");
        }
    }

    #[test]
    fn a_budget_without_a_file_and_a_file_without_a_budget_are_told() {
        let said = complaint(130_000, &[("packer-1.js", 4), ("split_b-1.wasm", 1), ("config.json", 2)]);
        assert!(
            said.contains("dist/ has no file split_a-HASH") && said.contains("split_b-1.wasm has no budget"),
            "{said}"
        );
        assert!(!said.contains("config.json"), "{said}");
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_000), "1 000");
        assert_eq!(thousands(12_345_678), "12 345 678");
    }
}
