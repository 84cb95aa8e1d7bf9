//! What a download URL says of itself, and whether that is what the form says.
//!
//! A warning only: a mirror may call its files as it likes, so what is not spelled as releases are is not understood and
//! says nothing.

use crate::{Tool, text::visible, tool_versions::check_version, url::decode};

/// Products with releases of the same pattern. A name that is not here may be a mirror's own.
const PRODUCTS: [&str; 14] = [
    "terraform",
    "opa",
    "sentinel",
    "tofu",
    "opentofu",
    "terragrunt",
    "vault",
    "consul",
    "nomad",
    "packer",
    "vagrant",
    "boundary",
    "waypoint",
    "conftest",
];
const SYSTEMS: [&str; 11] =
    ["linux", "darwin", "macos", "macosx", "osx", "windows", "freebsd", "openbsd", "netbsd", "solaris", "android"];
/// Architectures that are no part of another name, each in the one spelling that releases have.
const ARCHS: [(&str, &[&str]); 12] = [
    ("amd64", &["amd64", "x64"]),
    ("arm64", &["arm64", "aarch64", "armv8", "arm64v8"]),
    ("arm", &["armv5", "armv6", "armv6l", "armv7", "armv7l", "armhf", "armel", "arm32v6", "arm32v7"]),
    ("386", &["i386", "i486", "i586", "i686"]),
    ("s390x", &["s390x"]),
    ("ppc64le", &["ppc64le", "ppc64el"]),
    ("ppc64", &["ppc64"]),
    ("riscv64", &["riscv64"]),
    ("loong64", &["loong64", "loongarch64"]),
    ("mips", &["mips", "mipsle", "mips64", "mips64le"]),
    ("sparc64", &["sparc64"]),
    ("ia64", &["ia64"]),
];

/// The sentence that tells what the URL names otherwise than the form: the version, the product, the system or the
/// architecture. `None` where it names the same, or nothing that can be told.
pub fn contradiction(url: &str, tool: Tool, version: &str, os: &str, arch: &str) -> Option<String> {
    let path = path(url)?;
    let mut folders: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
    let file = folders.pop()?;
    let version = version.trim().to_ascii_lowercase();
    let product = tool.title().to_ascii_lowercase();

    let other_version = check_version(&version).ok().and_then(|version| other_version(file, &folders, &version));
    let other_product = other_product(file, &folders, &product);
    let platform = [file].into_iter().chain(folders.iter().rev().copied().filter(|it| is_platform(it)));
    let (systems, archs): (Vec<Vec<&str>>, Vec<Vec<&str>>) = platform.map(|it| (systems(it), archs(it))).unzip();

    let mut others = Vec::new();
    let mut tell = |named: Option<&str>, wanted: &str| {
        others.extend(named.map(|named| [&visible(named), " instead of ", wanted].concat()));
    };
    tell(other_version.map(|it| ["version ", &it].concat()).as_deref(), &version);
    tell(other_product.as_deref(), tool.title());
    tell(other(&systems, os), os);
    tell(other(&archs, arch), arch);
    (!others.is_empty())
        .then(|| ["This URL names something else: ", &others.join(", "), ". Is it the right one?"].concat())
}

/// The path in lower case, without its percent-encoding. A host or a query is a mirror's own business.
fn path(url: &str) -> Option<String> {
    let (_, rest) = url.trim().split_once("://")?;
    let (_, path) = rest.split(['?', '#']).next()?.split_once('/')?;
    // The one name of an architecture that is two words.
    Some(decode(path).to_ascii_lowercase().replace("x86_64", "amd64").replace("x86-64", "amd64"))
}

/// The version that is named in place of `version`: by the file, by the folder behind the product's, or, where the file
/// has none, by the folder that it is in.
fn other_version(file: &str, folders: &[&str], version: &str) -> Option<String> {
    let mut parts = file.split('_');
    let official = parts.nth(1).filter(|it| check_version(it).is_ok() && parts.next().is_some_and(is_system));
    if let Some(named) = official {
        return (named != version).then(|| named.to_owned());
    }
    let (folder, before) = match folders {
        [.., before, folder] => (*folder, Some(*before)),
        [folder] => (*folder, None),
        [] => ("", None),
    };
    let of_product = folders.windows(2).rev().find_map(|pair| match pair {
        [product, number] if PRODUCTS.contains(product) => folder_version(number),
        _ => None,
    });
    let of_file = cores(file);
    let of_folder =
        folder_version(folder).filter(|_| of_file.is_empty() || before.is_some_and(|it| PRODUCTS.contains(&it)));
    let named: Vec<&str> = of_file.into_iter().chain(of_product.or(of_folder)).collect();
    let core = cores(version);
    let is_other = !named.is_empty() && !named.iter().any(|it| core.contains(it));
    named.first().filter(|_| is_other).map(|it| (*it).to_owned())
}

/// The three numbers of a folder that is a version.
fn folder_version(folder: &str) -> Option<&str> {
    let number = folder.strip_prefix('v').unwrap_or(folder);
    check_version(number).ok()?;
    cores(number).first().copied()
}

/// Every three numbers with dots between them. A year is none.
fn cores(text: &str) -> Vec<&str> {
    let runs = text.split(|it: char| !it.is_ascii_digit() && it != '.').map(|run| run.trim_matches('.'));
    runs.filter(|run| check_version(run).is_ok() && run.find('.').is_some_and(|dot| dot < 3)).collect()
}

fn other_product(file: &str, folders: &[&str], product: &str) -> Option<String> {
    let first = file.split('_').next().unwrap_or_default();
    if first.starts_with("terraform-provider-") {
        return Some(first.to_owned());
    }
    let mut words = words(file);
    let is_own = words.clone().any(|it| it == product);
    let named = words.next().filter(|it| PRODUCTS.contains(it));
    let of_folder = || {
        folders.windows(2).rev().find_map(|pair| match pair {
            [named, number] if PRODUCTS.contains(named) && folder_version(number).is_some() => Some(*named),
            _ => None,
        })
    };
    named.or_else(of_folder).filter(|it| !is_own && *it != product).map(str::to_owned)
}

/// The first of what the most telling part names, unless `wanted` is among it.
fn other<'a>(named: &[Vec<&'a str>], wanted: &str) -> Option<&'a str> {
    let named = named.iter().find(|it| !it.is_empty())?;
    named.first().copied().filter(|_| !named.contains(&wanted))
}

/// Whether a folder is named after a system or an architecture and nothing else: `linux_arm64`.
fn is_platform(folder: &str) -> bool {
    !systems(folder).is_empty() && systems(folder).len() + archs(folder).len() == words(folder).count()
        || words(folder).count() == 1 && !archs(folder).is_empty()
}

fn systems(name: &str) -> Vec<&str> {
    words(name).filter_map(system).collect()
}

fn is_system(word: &str) -> bool {
    system(word).is_some()
}

/// The system that a word names, also as `win64` or `linux32`.
fn system(word: &str) -> Option<&'static str> {
    let name = ["64", "32"].into_iter().find_map(|bits| word.strip_suffix(bits)).unwrap_or(word);
    let name = if name == "win" { "windows" } else { name };
    SYSTEMS.into_iter().find(|it| *it == name)
}

/// The architectures in a name. `arm`, `386` and `x86` are some only behind a system: they may be a part of another name.
fn archs(name: &str) -> Vec<&str> {
    let before = std::iter::once("").chain(words(name));
    let arch = |(before, word): (&str, _)| match word {
        "386" | "x86" if is_system(before) => Some("386"),
        "arm" if is_system(before) => Some("arm"),
        _ => ARCHS.into_iter().find(|(_, spellings)| spellings.contains(&word)).map(|(arch, _)| arch),
    };
    before.zip(words(name)).filter_map(arch).collect()
}

fn words(name: &str) -> impl Iterator<Item = &str> + Clone {
    name.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests;
