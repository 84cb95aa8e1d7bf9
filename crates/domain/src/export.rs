//! Versions as files: for other programs, for spreadsheets, and for Terraform's own provider.

use std::{collections::HashMap, sync::Arc};

use serde::Serialize;
use wire::{Arch, ToolVersion};

use crate::{Tool, csv::push_line};

/// What a file is written for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// As the API answers.
    #[default]
    Json,
    /// A line for each version.
    Csv,
    /// Resources of the provider `hashicorp/tfe` (facts.md 3: `tfe_terraform_version` and its twins).
    Terraform,
}

impl Format {
    /// Every one, in the order of the choice.
    pub const ALL: [Self; 3] = [Self::Json, Self::Csv, Self::Terraform];

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Terraform => "Terraform",
        }
    }

    /// The name of the file with a tool's versions.
    pub fn file_name(self, tool: Tool) -> String {
        let ending = match self {
            Self::Json => ".json",
            Self::Csv => ".csv",
            Self::Terraform => ".tf",
        };
        [tool.resource(), ending].concat()
    }

    /// The text of the file.
    pub fn write(self, tool: Tool, versions: &[Arc<ToolVersion>]) -> String {
        match self {
            Self::Json => json(versions),
            Self::Csv => csv(versions),
            Self::Terraform => terraform(tool, versions),
        }
    }
}

#[derive(Serialize)]
struct Data<'a> {
    data: Vec<&'a ToolVersion>,
}

fn json(versions: &[Arc<ToolVersion>]) -> String {
    let mut text =
        serde_json::to_string_pretty(&Data { data: versions.iter().map(AsRef::as_ref).collect() }).unwrap_or_default();
    text.push('\n');
    text
}

fn csv(versions: &[Arc<ToolVersion>]) -> String {
    let mut text = String::new();
    let head = [
        "version",
        "id",
        "official",
        "enabled",
        "beta",
        "deprecated",
        "deprecated-reason",
        "usage",
        "created-at",
        "url",
        "sha",
        "archs",
    ];
    push_line(&mut text, &head);
    for version in versions {
        let it = &version.attributes;
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        let archs: Vec<String> = it.archs.iter().flatten().map(|arch| [&arch.os, "/", &arch.arch].concat()).collect();
        let usage = it.usage.map(|usage| usage.to_string()).unwrap_or_default();
        let (reason, created) = (optional(&it.deprecated_reason.clone().flatten()), optional(&it.created_at));
        let (url, sha, archs) = (optional(&it.url), optional(&it.sha), archs.join(" "));
        let cells: [&str; 12] = [
            &it.version,
            &version.id,
            yes_no(it.official),
            yes_no(it.enabled),
            yes_no(it.beta),
            it.deprecated.map_or("", yes_no),
            &reason,
            &usage,
            &created,
            &url,
            &sha,
            &archs,
        ];
        push_line(&mut text, &cells);
    }
    text
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}

fn terraform(tool: Tool, versions: &[Arc<ToolVersion>]) -> String {
    let resource = match tool {
        Tool::Terraform => "tfe_terraform_version",
        Tool::Opa => "tfe_opa_version",
        Tool::Sentinel => "tfe_sentinel_version",
    };
    let mut names = Names::default();
    let mut text = String::new();
    for version in versions {
        let it = &version.attributes;
        let name = names.free(&it.version);
        if !text.is_empty() {
            text.push('\n');
        }
        text.extend(["resource \"", resource, "\" \"", &name, "\" {\n"]);
        push_text(&mut text, "  version", &it.version);
        let has_archs = it.archs.as_ref().is_some_and(|archs| !archs.is_empty());
        if !has_archs {
            for (name, value) in [("  url", &it.url), ("  sha", &it.sha)] {
                if let Some(value) = value {
                    push_text(&mut text, name, value);
                }
            }
        }
        for (name, value) in [("official", it.official), ("enabled", it.enabled), ("beta", it.beta)] {
            text.extend(["  ", name, " = ", yes_no(value), "\n"]);
        }
        if it.deprecated == Some(true) {
            text.push_str("  deprecated = true\n");
            if let Some(Some(reason)) = &it.deprecated_reason {
                push_text(&mut text, "  deprecated_reason", reason);
            }
        }
        if has_archs {
            text.push_str("  archs = [\n");
            it.archs.iter().flatten().for_each(|arch| push_arch(&mut text, arch));
            text.push_str("  ]\n");
        }
        text.push_str("}\n");
    }
    text
}

fn push_arch(text: &mut String, arch: &Arch) {
    text.push_str("    {\n");
    let (url, sha) = (arch.url.clone().unwrap_or_default(), arch.sha.clone().unwrap_or_default());
    for (name, value) in [("      url", &url), ("      sha", &sha), ("      os", &arch.os), ("      arch", &arch.arch)]
    {
        push_text(text, name, value);
    }
    text.push_str("    },\n");
}

/// `name = "value"`, so that Terraform reads the value as it is: no interpolation, no escapes.
fn push_text(text: &mut String, name: &str, value: &str) {
    text.extend([name, " = \""]);
    let mut before = ' ';
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '{' if before == '$' || before == '%' => {
                // A mark that is written twice means itself.
                text.push(before);
                text.push('{');
            }
            it if it.is_control() => {
                let code = u32::from(it);
                let digit = |shift: u32| char::from_digit(code >> shift & 15, 16).unwrap_or('0');
                text.push_str("\\u");
                text.extend([12, 8, 4, 0].map(digit));
            }
            it => text.push(it),
        }
        before = character;
    }
    text.push_str("\"\n");
}

/// The names of resources: letters, digits and underscores, not starting with a digit, and used once. Each with the number
/// that stands behind it where it is wanted again.
#[derive(Default)]
struct Names(HashMap<String, u32>);

impl Names {
    fn free(&mut self, version: &str) -> String {
        let mut name = "v".to_owned();
        name.extend(version.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }));
        let mut free = name.clone();
        while self.0.contains_key(&free) {
            let number = self.0.entry(name.clone()).or_insert(1);
            *number += 1;
            free = [name.as_str(), "_", &number.to_string()].concat();
        }
        self.0.insert(free.clone(), 1);
        free
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::{Value, json};

    use super::*;

    fn version(attributes: Value) -> Arc<ToolVersion> {
        Arc::new(
            serde_json::from_value(json!({"id": "tool-1", "type": "terraform-versions", "attributes": attributes}))
                .unwrap(),
        )
    }

    #[test]
    fn json_is_what_the_api_answers() {
        let one = version(json!({"version": "1.9.8", "url": "https://x/y.zip", "sha": "ab", "usage": 3}));
        let text = Format::Json.write(Tool::Terraform, &[Arc::clone(&one)]);
        let back: wire::ListDocument<wire::ToolVersionAttributes> = serde_json::from_str(&text).unwrap();
        assert_eq!(back.data, [ToolVersion::clone(&one)]);
    }

    #[test]
    fn a_line_of_csv_holds_any_text_and_no_formula() {
        let hostile = version(json!({
            "version": "=1+1", "deprecated": true, "deprecated-reason": "say \"no\",\nplease", "enabled": false,
            "archs": [{"arch": "amd64"}, {"arch": "arm64"}]
        }));
        let text = Format::Csv.write(Tool::Terraform, &[hostile]);
        let line = text.split_once("\r\n").unwrap().1;
        assert_eq!(
            line,
            "\"'=1+1\",tool-1,false,false,false,true,\"say \"\"no\"\",\nplease\",,,,,linux/amd64 linux/arm64\r\n"
        );
    }

    #[test]
    fn terraform_reads_every_text_as_it_is() {
        let hostile = version(json!({
            "version": "1.0-${x}", "url": "https://x/\"%{a}\\.zip", "sha": "ab", "official": true, "deprecated": true,
            "deprecated-reason": "two\nlines\u{1}"
        }));
        let twin = version(
            json!({"version": "1.0-__x_", "archs": [{"url": "u", "sha": "s", "os": "linux", "arch": "arm64"}]}),
        );
        let expected = "\
resource \"tfe_opa_version\" \"v1_0___x_\" {
  version = \"1.0-$${x}\"
  url = \"https://x/\\\"%%{a}\\\\.zip\"
  sha = \"ab\"
  official = true
  enabled = true
  beta = false
  deprecated = true
  deprecated_reason = \"two\\nlines\\u0001\"
}

resource \"tfe_opa_version\" \"v1_0___x__2\" {
  version = \"1.0-__x_\"
  official = false
  enabled = true
  beta = false
  archs = [
    {
      url = \"u\"
      sha = \"s\"
      os = \"linux\"
      arch = \"arm64\"
    },
  ]
}
";
        assert_eq!(Format::Terraform.write(Tool::Opa, &[hostile, twin]), expected);
    }

    #[test]
    fn nothing_is_written_as_nothing() {
        assert_eq!(Format::Terraform.write(Tool::Terraform, &[]), "");
        assert_eq!(Format::Csv.write(Tool::Terraform, &[]).lines().count(), 1);
    }
}
