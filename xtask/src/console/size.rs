//! `cargo xtask size`: what a browser downloads to show the list for the first time, against the budget.

use std::fs;
use std::path::Path;

use crate::failure::{Doing, Failure, Outcome};
use crate::project::Project;

use super::files::{assets, with_suffix};
use super::page::start_tags;
use super::precompress::{brotli, gzip};

/// The file that names the budget.
const BUDGET: &str = "size-budget.toml";

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
    let budget = budget(&project.read(BUDGET)?)
        .ok_or_else(|| Failure::new(format!("{BUDGET} has no line `first-load-brotli = BYTES`.")))?;
    let dist = project.dist();
    let page = project.read("dist/index.html")?;
    let mut total = Weight { name: "first load".to_owned(), ..Weight::default() };
    print_row("asset", "raw", "gzip", "brotli");
    for asset in assets(&dist)? {
        let weight = weigh(&dist, &asset)?;
        if is_first_load(&page, &weight.name) {
            total.raw += weight.raw;
            total.gzip += weight.gzip;
            total.brotli += weight.brotli;
        }
        print_weight(&weight);
    }
    println!("what index.html names; the other files are loaded when a page needs them:");
    print_weight(&total);
    judge(total.brotli, budget)
}

/// Whether a browser loads the file to show the list: the page itself and what it names as a link or a script.
fn is_first_load(page: &str, name: &str) -> bool {
    let tags = start_tags(page, "link").into_iter().chain(start_tags(page, "script"));
    let mut urls = tags.filter_map(|tag| tag.attribute("href").or(tag.attribute("src")).map(str::to_owned));
    name == "index.html" || urls.any(|url| url.rsplit('/').next() == Some(name))
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

/// The budget in bytes; digits may be grouped with `_`.
fn budget(file: &str) -> Option<usize> {
    let value =
        file.lines().find_map(|line| line.trim().strip_prefix("first-load-brotli")?.trim().strip_prefix('='))?;
    value.split('#').next()?.trim().replace('_', "").parse().ok()
}

fn judge(brotli: usize, budget: usize) -> Outcome {
    if brotli > budget {
        let over = thousands(brotli - budget);
        let budget = thousands(budget);
        return Err(Failure::new(format!(
            "The first load is {over} bytes above its budget of {budget} bytes ({BUDGET}). `twiggy top` on a build \
             with names shows what grew."
        )));
    }
    println!("within the budget of {} bytes: {} to spare", thousands(budget), thousands(budget - brotli));
    Ok(())
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
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_read_with_its_grouping_and_comment() {
        assert_eq!(budget("# weight\nfirst-load-brotli = 130_000 # bytes\n"), Some(130_000));
        assert_eq!(budget("first-load-brotli = much"), None);
        assert_eq!(budget(""), None);
    }

    #[test]
    fn what_the_page_names_is_the_first_load() {
        let page = "<link rel=stylesheet href=/below/a.css><meta name=packer content=/below/p.js><script src=/below/b.js>\
                    </script>";
        let files = ["index.html", "a.css", "b.js", "p.js", "split_x.wasm"];
        assert_eq!(files.map(|file| is_first_load(page, file)), [true, true, true, false, false]);
    }

    #[test]
    fn only_more_than_the_budget_fails() {
        assert!(judge(130_000, 130_000).is_ok());
        let failure = judge(131_234, 130_000).unwrap_err().to_string();
        assert!(failure.contains("1 234 bytes above its budget of 130 000 bytes"), "{failure}");
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_000), "1 000");
        assert_eq!(thousands(12_345_678), "12 345 678");
    }
}
