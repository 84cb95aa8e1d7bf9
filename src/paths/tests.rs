use super::*;

#[test]
fn the_query_of_the_list_holds_what_is_unusual() {
    let query = |page, size, search: &str| ListQuery { page, size, search: search.to_owned(), ..ListQuery::default() };
    let filtered = ListQuery {
        is: "enabled,unused".to_owned(),
        arch: "-arm64".to_owned(),
        range: ">= 1.3, < 1.6".to_owned(),
        sort: "-usage".to_owned(),
        ..ListQuery::default()
    };
    let table = [
        (query(1, 20, ""), "/terraform-versions"),
        (query(2, 50, "1.5"), "/terraform-versions?page=2&size=50&search=1.5"),
        (query(1, 100, ""), "/terraform-versions?size=100"),
        (query(1, 20, "a&b=c d"), "/terraform-versions?search=a%26b%3Dc%20d"),
        (filtered, "/terraform-versions?is=enabled,unused&arch=-arm64&range=%3E%3D%201.3,%20%3C%201.6&sort=-usage"),
    ];
    for (query, path) in table {
        assert_eq!(tool_versions(Tool::Terraform, &query), path);
    }
}

#[test]
fn every_address_leads_to_its_page() {
    let id = "tool-1/ä?.#%".to_owned();
    let atlas = Configuration::new("hashi corp", "at/las");
    let page_of = |page| Page::Configuration(atlas.clone(), page);
    let table = [
        ("/", Page::Home),
        ("/terraform-versions/", Page::ToolVersions(Tool::Terraform)),
        ("/opa-versions", Page::ToolVersions(Tool::Opa)),
        ("/sentinel-versions/new", Page::NewToolVersion(Tool::Sentinel)),
        ("/connect", Page::Connect),
        (&new_tool_version(Tool::Terraform), Page::NewToolVersion(Tool::Terraform)),
        (&tool_version(Tool::Opa, &id), Page::ToolVersion(Tool::Opa, id.clone())),
        (&edit_tool_version(Tool::Terraform, &id), Page::EditToolVersion(Tool::Terraform, id.clone())),
        (&configurations(), Page::Configurations),
        (&atlas.path(), page_of(ConfigurationPage::Latest)),
        (&atlas.new_version(), page_of(ConfigurationPage::NewVersion)),
        (&atlas.progress(&id), page_of(ConfigurationPage::Progress(id.clone()))),
        ("/configurations/hashicorp", Page::Unknown),
        ("/configurations/hashicorp/atlas/versions", Page::Unknown),
        ("/terraform-versions/a/b", Page::Unknown),
        ("/elsewhere", Page::Unknown),
        ("/configurations/a%00b/c", Page::Unknown),
        ("/terraform-versions/a%0ab", Page::Unknown),
    ];
    for (path, page) in table {
        assert_eq!(Page::at(path), page, "{path}");
    }
}

#[test]
fn below_a_path_every_address_begins_with_it() {
    // For this test's own thread.
    set_base("/console/");
    let atlas = Configuration::new("hashicorp", "atlas");
    for (path, page) in [
        (start(), Page::ToolVersions(Tool::Terraform)),
        (new_tool_version(Tool::Opa), Page::NewToolVersion(Tool::Opa)),
        (edit_tool_version(Tool::Opa, "a"), Page::EditToolVersion(Tool::Opa, "a".to_owned())),
        (atlas.progress("t"), Page::Configuration(atlas, ConfigurationPage::Progress("t".to_owned()))),
        (connect(None), Page::Connect),
        ("/console".to_owned(), Page::Home),
        ("/console/".to_owned(), Page::Home),
    ] {
        assert!(path.starts_with("/console"), "{path}");
        assert_eq!(Page::at(&path), page, "{path}");
    }
    for elsewhere in ["/", "/terraform-versions", "/consoles/terraform-versions", "/Console/connect"] {
        assert_eq!((Page::at(elsewhere), inside(elsewhere)), (Page::Unknown, None), "{elsewhere}");
        assert_eq!(safe_next(elsewhere), None, "{elsewhere}");
    }
    assert_eq!(safe_next("/console/terraform-versions?page=2"), Some("/console/terraform-versions?page=2"));
    assert_eq!((safe_next("/console/connect"), safe_next("/console//evil.example")), (None, None));
}

#[test]
fn ids_are_encoded() {
    assert_eq!(tool_version(Tool::Terraform, "tool-1"), "/terraform-versions/tool-1");
    assert_eq!(edit_tool_version(Tool::Terraform, "a/b?"), "/terraform-versions/a%2Fb%3F/edit");
}

#[test]
fn connecting_leads_back_to_where_the_user_wanted_to_go() {
    assert_eq!(connect(None), "/connect");
    assert_eq!(connect(Some("/terraform-versions?page=2")), "/connect?next=%2Fterraform-versions%3Fpage%3D2");
    assert_eq!(connect(Some("//evil.example")), "/connect");
}

#[test]
fn only_paths_of_the_console_are_led_back_to() {
    for good in ["/", "/terraform-versions", "/terraform-versions?search=a//b#x", "/configurations/a/b"] {
        assert_eq!(safe_next(good), Some(good));
    }
    for bad in [
        "",
        "terraform-versions",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        "/..//evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/connect",
        "/connect?next=/",
        "?next=/",
    ] {
        assert_eq!(safe_next(bad), None, "{bad:?}");
    }
}
