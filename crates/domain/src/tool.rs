//! The tools whose versions an installation manages (facts.md 1.7: the three APIs differ only in their names).

/// A tool that workspaces run in versions which a site administrator allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tool {
    /// Terraform itself.
    Terraform,
    /// Open Policy Agent.
    Opa,
    /// Sentinel.
    Sentinel,
}

impl Tool {
    /// Every tool, in the order of the navigation.
    pub const ALL: [Self; 3] = [Self::Terraform, Self::Opa, Self::Sentinel];

    /// The name of its versions in addresses: `/admin/terraform-versions` in the API, `/terraform-versions` in the
    /// console, and the JSON:API type.
    pub fn resource(self) -> &'static str {
        match self {
            Self::Terraform => "terraform-versions",
            Self::Opa => "opa-versions",
            Self::Sentinel => "sentinel-versions",
        }
    }

    /// The tool whose versions have that name in addresses.
    pub fn of_resource(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.resource() == name)
    }

    /// Its name: "Terraform".
    pub fn title(self) -> &'static str {
        match self {
            Self::Terraform => "Terraform",
            Self::Opa => "OPA",
            Self::Sentinel => "Sentinel",
        }
    }

    /// Its versions: "Terraform versions".
    pub fn versions(self) -> &'static str {
        match self {
            Self::Terraform => "Terraform versions",
            Self::Opa => "OPA versions",
            Self::Sentinel => "Sentinel versions",
        }
    }

    /// One of its versions: "a Terraform version".
    pub fn a_version(self) -> &'static str {
        match self {
            Self::Terraform => "a Terraform version",
            Self::Opa => "an OPA version",
            Self::Sentinel => "a Sentinel version",
        }
    }

    /// The file that an installation downloads to run a version: OPA is published as a plain binary.
    pub fn download(self) -> &'static str {
        match self {
            Self::Terraform | Self::Sentinel => "zip",
            Self::Opa => "binary",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_is_found_by_the_name_in_its_addresses() {
        for tool in Tool::ALL {
            assert_eq!(Tool::of_resource(tool.resource()), Some(tool));
            assert!(tool.versions().starts_with(tool.title()) && tool.a_version().contains(tool.title()));
        }
        assert_eq!(Tool::of_resource("versions"), None);
    }
}
