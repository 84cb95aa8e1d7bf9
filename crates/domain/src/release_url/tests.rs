use super::*;

/// What is told about a URL in the form of this tool and version, on linux/amd64.
fn told(tool: Tool, version: &str, url: &str) -> String {
    contradiction(url, tool, version, "linux", "amd64").unwrap_or_default()
}

#[test]
fn a_url_that_names_what_the_form_says_is_quiet() {
    for (tool, version, urls) in [
        (
            Tool::Terraform,
            "1.9.8",
            vec![
                "https://releases.hashicorp.com/terraform/1.9.8/terraform_1.9.8_linux_amd64.zip",
                "HTTPS://RELEASES.HASHICORP.COM/Terraform/1.9.8/Terraform_1.9.8_Linux_AMD64.zip",
                "https://mirror.example:8443/artifactory/hashicorp/terraform/1.9.8/terraform_1.9.8_linux_amd64.zip?v=1.9.7",
                "https://mirror.example/vault/mirror/2.0.1/terraform_1.9.8_linux_amd64.zip#1.9.7_windows",
                "https://mirror.example/terraform-1.9.8-linux-x86_64.tar.gz",
                "https://mirror.example/terraform%5F1.9.8%5Flinux%5Famd64.zip",
                "https://mirror.example/terraform_1.9.8_linux_x64.zip",
                "https://mirror.example/1.9.8/linux_x86_64/terraform.zip",
                "https://mirror.example/terraform_1.9.8_linux64.zip",
                "https://mirror.example/v1.9.8/terraform",
                "https://mirror.example/linux/amd64/1.9.8/terraform.zip",
            ],
        ),
        (
            Tool::Terraform,
            "1.3.0+ent",
            vec!["https://releases.hashicorp.com/terraform/1.3.0+ent/terraform_1.3.0%2Bent_linux_amd64.zip"],
        ),
        (
            Tool::Terraform,
            "1.10.0-rc1",
            vec!["https://releases.hashicorp.com/terraform/1.10.0-rc1/terraform_1.10.0-rc1_linux_amd64.zip"],
        ),
        (
            Tool::Terraform,
            "1.9.8-acme1",
            vec!["https://mirror.example/terraform-1.9.8-acme1.zip", "https://mirror.example/1.9.8/acme.zip"],
        ),
        (
            Tool::Opa,
            "0.44.0",
            vec![
                "https://openpolicyagent.org/downloads/v0.44.0/opa_linux_amd64_static",
                "https://github.com/open-policy-agent/opa/releases/download/v0.44.0/opa_linux_amd64",
            ],
        ),
        (
            Tool::Sentinel,
            "0.19.5",
            vec!["https://releases.hashicorp.com/sentinel/0.19.5/sentinel_0.19.5_linux_amd64.zip"],
        ),
    ] {
        for url in urls {
            assert_eq!(told(tool, version, url), "", "{url} as {version}");
        }
    }
}

#[test]
fn a_mirrors_own_names_are_quiet() {
    for url in [
        "https://mirror.example/terraform.zip",
        "https://mirror.example/tf/latest",
        "https://mirror.example/builds/4711/artifact.zip",
        "https://mirror.example/2024.11.15/terraform.zip",
        "https://mirror.example/terraform_2024.11.15.zip",
        "https://10.0.0.1/10.0.0.1/terraform.zip",
        "https://1.2.3.example/files/terraform.zip",
        "https://mirror.example/platform-1.2.3/terraform_1.9.8_linux_amd64.zip",
        "https://mirror.example/windows-team/arm64-lab/terraform.zip",
        "https://mirror.example/build_386.zip",
        "https://mirror.example/arm.zip",
        "https://mirror.example/x86.zip",
        "https://mirror.example/winter64/terraform.zip",
        "https://mirror.example/vault-proxy/terraform.zip",
        "https://mirror.example/packer_builds_terraform.zip",
        "https://mirror.example/acme-tf_1.9.8_linux_amd64.zip",
        "https://mirror.example/api/v2/assets/8f14e45fceea167a",
        "https://mirror.example/{platform}/{arch}.zip",
        "https://mirror.example",
        "https://mirror.example/",
        "terraform_1.9.7_linux_amd64.zip",
        "",
    ] {
        assert_eq!(told(Tool::Terraform, "1.9.8", url), "", "{url}");
    }
}

#[test]
fn another_version_is_told() {
    for (version, named, url) in [
        ("1.9.8", "1.9.7", "https://releases.hashicorp.com/terraform/1.9.7/terraform_1.9.7_linux_amd64.zip"),
        (
            "1.9.8",
            "1.9.8-rc1",
            "https://releases.hashicorp.com/terraform/1.9.8-rc1/terraform_1.9.8-rc1_linux_amd64.zip",
        ),
        ("1.9.8-rc1", "1.9.8", "https://releases.hashicorp.com/terraform/1.9.8/terraform_1.9.8_linux_amd64.zip"),
        ("1.1.2-custom", "1.1.2", "https://mirror.example/terraform_1.1.2_linux_amd64.zip"),
        ("1.9.8", "1.19.8", "https://mirror.example/terraform-1.19.8-linux-amd64.zip"),
        ("1.9.8", "1.9.80", "https://mirror.example/terraform-1.9.80.zip"),
        ("1.9.8", "1.9.7", "https://mirror.example/terraform/1.9.7/linux_amd64.zip"),
        ("1.9.8", "1.9.7", "https://mirror.example/v1.9.7/terraform"),
        (" 1.9.8 ", "1.9.7", "https://mirror.example/terraform%5F1.9.7%5Flinux%5Famd64.zip"),
    ] {
        let sentence = told(Tool::Terraform, version, url);
        let expected = format!("version {named} instead of {}.", version.trim());
        assert!(sentence.contains(&expected), "{url} as {version}: {sentence}");
    }
    let sentence = told(Tool::Opa, "0.44.0", "https://openpolicyagent.org/downloads/v0.45.0/opa_linux_amd64_static");
    assert!(sentence.contains("version 0.45.0 instead of 0.44.0."), "{sentence}");
}

#[test]
fn a_version_that_is_not_typed_yet_is_compared_with_nothing() {
    for version in ["", "1.", "latest"] {
        let url = "https://releases.hashicorp.com/terraform/1.9.7/terraform_1.9.7_linux_amd64.zip";
        assert_eq!(told(Tool::Terraform, version, url), "");
    }
}

#[test]
fn another_product_is_told() {
    for (tool, expected, url) in [
        (
            Tool::Terraform,
            "vault instead of Terraform",
            "https://releases.hashicorp.com/vault/1.9.8/vault_1.9.8_linux_amd64.zip",
        ),
        (Tool::Terraform, "tofu instead of Terraform", "https://mirror.example/tofu_1.9.8_linux_amd64.zip"),
        (Tool::Terraform, "sentinel instead of Terraform", "https://mirror.example/sentinel-1.9.8.zip"),
        (Tool::Terraform, "vault instead of Terraform", "https://mirror.example/vault/1.9.8/linux_amd64.zip"),
        (
            Tool::Terraform,
            "terraform-provider-aws instead of Terraform",
            "https://releases.hashicorp.com/terraform-provider-aws/1.9.8/terraform-provider-aws_1.9.8_linux_amd64.zip",
        ),
        (
            Tool::Opa,
            "terraform instead of OPA",
            "https://releases.hashicorp.com/terraform/1.9.8/terraform_1.9.8_linux_amd64.zip",
        ),
        (
            Tool::Sentinel,
            "opa instead of Sentinel",
            "https://openpolicyagent.org/downloads/v1.9.8/opa_linux_amd64_static",
        ),
    ] {
        let sentence = told(tool, "1.9.8", url);
        assert!(sentence.contains(expected), "{url}: {sentence}");
    }
}

#[test]
fn another_system_or_architecture_is_told() {
    for (expected, url) in [
        ("darwin instead of linux", "https://releases.hashicorp.com/terraform/1.9.8/terraform_1.9.8_darwin_amd64.zip"),
        ("windows instead of linux", "https://mirror.example/terraform-1.9.8-windows.zip"),
        ("arm64 instead of amd64", "https://releases.hashicorp.com/terraform/1.9.8/terraform_1.9.8_linux_arm64.zip"),
        ("arm64 instead of amd64", "https://mirror.example/terraform-aarch64.zip"),
        ("386 instead of amd64", "https://releases.hashicorp.com/terraform/1.9.8/terraform_1.9.8_linux_386.zip"),
        ("arm instead of amd64", "https://releases.hashicorp.com/terraform/1.9.8/terraform_1.9.8_linux_arm.zip"),
        ("s390x instead of amd64", "https://mirror.example/terraform/1.9.8/linux_s390x/terraform.zip"),
        ("arm64 instead of amd64", "https://mirror.example/1.9.8/linux/arm64/terraform.zip"),
        ("windows instead of linux", "https://mirror.example/1.9.8/windows/terraform.zip"),
        ("windows instead of linux", "https://mirror.example/terraform_1.9.8_win64.zip"),
        ("windows instead of linux", "https://mirror.example/terraform-1.9.8-win32.zip"),
        ("windows instead of linux", "https://mirror.example/1.9.8/win/terraform.zip"),
        ("osx instead of linux", "https://mirror.example/terraform-1.9.8-osx.zip"),
        ("arm instead of amd64", "https://mirror.example/terraform_1.9.8_linux_armv7.zip"),
        ("arm instead of amd64", "https://mirror.example/terraform_1.9.8_linux_armhf.zip"),
        ("arm instead of amd64", "https://mirror.example/1.9.8/linux_armv6l/terraform.zip"),
        ("386 instead of amd64", "https://mirror.example/terraform_1.9.8_linux_i386.zip"),
        ("386 instead of amd64", "https://mirror.example/terraform-1.9.8-i686.zip"),
        ("386 instead of amd64", "https://mirror.example/terraform-1.9.8-linux-x86.zip"),
        ("ppc64 instead of amd64", "https://mirror.example/terraform_1.9.8_linux_ppc64.zip"),
        ("ppc64le instead of amd64", "https://mirror.example/terraform_1.9.8_linux_ppc64le.zip"),
        ("riscv64 instead of amd64", "https://mirror.example/terraform_1.9.8_linux_riscv64.zip"),
    ] {
        let sentence = told(Tool::Terraform, "1.9.8", url);
        assert!(sentence.contains(expected), "{url}: {sentence}");
        assert_eq!(sentence.matches("instead of").count(), 1, "{url}: {sentence}");
    }
    let url = "https://releases.hashicorp.com/terraform/1.9.8/terraform_1.9.8_linux_arm64.zip";
    assert_eq!(contradiction(url, Tool::Terraform, "1.9.8", "linux", "arm64"), None);
}

#[test]
fn everything_that_is_other_is_told_at_once() {
    let sentence =
        told(Tool::Terraform, "1.9.8", "https://releases.hashicorp.com/vault/1.9.7/vault_1.9.7_windows_arm64.zip");
    let expected = "This URL names something else: version 1.9.7 instead of 1.9.8, vault instead of Terraform, windows \
                    instead of linux, arm64 instead of amd64. Is it the right one?";
    assert_eq!(sentence, expected);
}

#[test]
fn hostile_urls_are_told_as_text() {
    let url = "https://x.example/terraform-provider-%E2%80%AE%3Cb%3E_1.9.8_linux_amd64.zip";
    assert!(told(Tool::Terraform, "1.9.8", url).contains("terraform-provider-\\u{202e}<b>"));
    for url in ["https://x/%", "https://x/%ff%fe", "://", "https:///", "https://x/_____", "https://x/.../..1.2..3"] {
        assert_eq!(told(Tool::Terraform, "1.9.8", url), "", "{url}");
    }
}
