//! Publishing: an output folder is the last site or the new one, whole, and keeps what was not made here.
//!
//! Each test has a folder of its own in which `output` is published. Two of them need a process that publishes: that is
//! this program again, told by its environment what to do.

#![expect(clippy::disallowed_methods, reason = "tests of the rim that touches files")]

#[path = "support/place.rs"]
mod place;

use place::{LIST, Place, edition, files, listed, outputs, published, this_program, tree};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use utsikt::disk::{check_target, publish};
use utsikt::page::Output;

#[test]
fn the_first_build_makes_the_folder() {
    let place = Place::new();
    assert_eq!(
        place.publish(&[("index.html", "hej"), ("om/index.html", "om")]),
        published(2, 0, 0)
    );
    assert_eq!(place.site(), files(&[("index.html", "hej"), ("om/index.html", "om")]));
    assert_eq!(place.work(), [".gitignore", "lock", "stamps"]);
    assert_eq!(
        fs::read_to_string(place.beside("lock")).unwrap().trim(),
        std::process::id().to_string()
    );
    assert_eq!(fs::read_to_string(place.beside(".gitignore")).unwrap(), "*\n");
}

#[test]
fn an_empty_folder_is_taken_and_a_missing_one_made() {
    let place = Place::new();
    fs::create_dir(place.output()).unwrap();
    for target in ["output", "deep/er/output"] {
        publish(&place.at(target), &outputs(&[("index.html", "hej")])).unwrap();
        assert_eq!(fs::read_to_string(place.at(target).join("index.html")).unwrap(), "hej");
    }
}

#[test]
fn what_has_not_changed_is_left_alone() {
    let place = Place::new();
    place.publish(&[("a/x", "1"), ("y", "2")]);
    let before = (
        place.node(""),
        place.node("a/x"),
        fs::metadata(place.at("output/y")).unwrap().modified().unwrap(),
    );
    assert_eq!(place.publish(&[("y", "2"), ("a/x", "1")]), published(0, 2, 0));
    let after = (
        place.node(""),
        place.node("a/x"),
        fs::metadata(place.at("output/y")).unwrap().modified().unwrap(),
    );
    assert_eq!(before, after);
}

#[test]
fn only_what_changed_is_written() {
    let place = Place::new();
    place.publish(&[("x", "1"), ("y", "2")]);
    let before = place.node("x");
    assert_eq!(place.publish(&[("x", "1"), ("y", "3"), ("z", "4")]), published(2, 1, 0));
    assert_eq!(place.site(), files(&[("x", "1"), ("y", "3"), ("z", "4")]));
    assert_eq!(place.node("x"), before);
    assert_eq!(place.work(), [".gitignore", "lock", "stamps"]);
}

#[test]
fn what_is_no_longer_made_goes_with_its_folder() {
    let place = Place::new();
    place.publish(&[("a/b/x", "1"), ("y", "2")]);
    assert_eq!(place.publish(&[("y", "2")]), published(0, 1, 1));
    assert_eq!(place.site(), files(&[("y", "2")]));
    assert!(!place.at("output/a").exists());
}

#[test]
fn a_page_may_become_a_folder_and_a_folder_a_page() {
    let place = Place::new();
    place.publish(&[("om", "1"), ("mer/index.html", "2")]);
    assert_eq!(
        place.publish(&[("om/index.html", "3"), ("mer", "4")]),
        published(2, 0, 2)
    );
    assert_eq!(place.site(), files(&[("om/index.html", "3"), ("mer", "4")]));
}

#[test]
fn foreign_files_stay() {
    let place = Place::new();
    place.publish(&[("a/x", "1")]);
    place.write("output/CNAME", "example.se");
    place.write("output/.well-known/security.txt", "mejla");
    place.write("output/a/own.txt", "eget");
    fs::create_dir(place.at("output/empty")).unwrap();
    fs::set_permissions(place.at("output/empty"), fs::Permissions::from_mode(0o500)).unwrap();
    symlink("/nowhere", place.at("output/link")).unwrap();
    let before = ["CNAME", ".well-known/security.txt", "a/own.txt"].map(|path| place.node(path));
    for page in ["b/x", "c/x"] {
        place.publish(&[(page, "1")]);
        let guests = [
            ("CNAME", "example.se"),
            (".well-known/security.txt", "mejla"),
            ("a/own.txt", "eget"),
            ("link", "→ /nowhere"),
        ];
        assert_eq!(place.site(), files(&[&[(page, "1")], &guests[..]].concat()));
        assert_eq!(
            ["CNAME", ".well-known/security.txt", "a/own.txt"].map(|path| place.node(path)),
            before
        );
        assert_eq!(fs::metadata(place.at("output/empty")).unwrap().mode() & 0o777, 0o500);
    }
}

#[test]
fn a_foreign_file_in_the_way_is_named() {
    for (foreign, page) in [("om.html", "om.html"), ("om", "om/index.html"), ("om/own.txt", "om")] {
        let place = Place::new();
        place.publish(&[("index.html", "hej")]);
        place.write(&format!("output/{foreign}"), "eget");
        let refusal = place.refusal(&[("index.html", "ny"), (page, "sida")]);
        assert!(
            refusal.contains(&format!("output/{foreign}` was not made by utsikt")),
            "{refusal}"
        );
        assert_eq!(place.site(), files(&[("index.html", "hej"), (foreign, "eget")]));
    }
}

#[test]
fn the_rights_of_the_folder_stay() {
    let place = Place::new();
    place.publish(&[("a/x", "1")]);
    for folder in ["output", "output/a"] {
        fs::set_permissions(place.at(folder), fs::Permissions::from_mode(0o750)).unwrap();
    }
    place.publish(&[("a/x", "2")]);
    assert_eq!(
        ["output", "output/a"].map(|folder| fs::metadata(place.at(folder)).unwrap().mode() & 0o777),
        [0o750; 2]
    );
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let place = Place::new();
    place.write("output/precious.txt", "eget");
    let refusal = place.refusal(&[("index.html", "hej")]);
    assert!(
        refusal.contains("has files in it that utsikt did not make"),
        "{refusal}"
    );
    assert_eq!(place.site(), files(&[("precious.txt", "eget")]));
    assert!(!place.at(".output.utsikt").exists());
    assert!(check_target(&place.output()).is_err());
}

#[test]
fn a_folder_without_its_list_is_no_longer_ours() {
    let place = Place::new();
    place.publish(&[("index.html", "hej")]);
    fs::remove_file(place.at("output").join(LIST)).unwrap();
    assert!(place.refusal(&[("index.html", "ny")]).contains("did not make"));
}

#[test]
fn a_damaged_list_is_not_believed() {
    let place = Place::new();
    place.publish(&[("index.html", "hej"), ("x", "1")]);
    let list = fs::read_to_string(place.at("output").join(LIST)).unwrap();
    place.write(
        &format!("output/{LIST}"),
        list.rsplit_once('\n').unwrap().0.rsplit_once('\n').unwrap().0,
    );
    assert!(place.refusal(&[("index.html", "ny")]).contains("is damaged"));
    assert_eq!(place.site(), files(&[("index.html", "hej"), ("x", "1")]));
}

#[test]
fn without_the_work_folder_the_site_is_still_ours() {
    let place = Place::new();
    place.publish(&[("x", "1"), ("y", "2"), ("z", "3")]);
    fs::remove_dir_all(place.at(".output.utsikt")).unwrap();
    place.write("output/CNAME", "example.se");
    assert_eq!(place.publish(&[("x", "1"), ("y", "3")]), published(1, 1, 1));
    assert_eq!(place.site(), files(&[("x", "1"), ("y", "3"), ("CNAME", "example.se")]));
}

#[test]
fn a_copy_of_the_site_is_ours_too() {
    let place = Place::new();
    place.publish(&[("x", "1"), ("y", "2")]);
    fs::create_dir(place.at("copy")).unwrap();
    for name in ["x", "y", LIST] {
        fs::copy(place.at("output").join(name), place.at("copy").join(name)).unwrap();
    }
    assert_eq!(
        publish(&place.at("copy"), &outputs(&[("x", "1")])).unwrap(),
        published(0, 1, 1)
    );
}

#[test]
fn a_site_and_its_sources_are_refused() {
    let place = Place::new();
    for folder in ["content", "data", "themes", "site/output"] {
        fs::create_dir_all(place.at(folder)).unwrap();
    }
    place.write("data/site.yaml", "");
    for target in ["", "content", "data", "themes", "content/new", "data/charts/new"] {
        let refusal = publish(&place.at(target), &outputs(&[("index.html", "hej")]))
            .unwrap_err()
            .to_string();
        assert!(refusal.contains("site"), "{target}: {refusal}");
    }
    let parent = place.folder.path().parent().unwrap();
    assert!(publish(parent, &outputs(&[("index.html", "hej")])).is_err());
    assert!(publish(Path::new("/"), &outputs(&[("index.html", "hej")])).is_err());
    assert!(publish(&place.at("site/output"), &outputs(&[("index.html", "hej")])).is_ok());
}

#[test]
fn a_folder_that_a_site_has_come_into_is_refused() {
    let place = Place::new();
    place.publish(&[("index.html", "hej")]);
    place.write("output/report/data/site.yaml", "");
    assert!(place.refusal(&[("index.html", "ny")]).contains("holds no site"));
}

#[test]
fn a_file_is_no_folder() {
    let place = Place::new();
    place.write("output", "eget");
    assert!(place.refusal(&[("index.html", "hej")]).contains("is a file"));
}

#[test]
fn a_link_is_refused_but_not_one_on_the_way() {
    let place = Place::new();
    fs::create_dir(place.at("elsewhere")).unwrap();
    symlink(place.at("elsewhere"), place.output()).unwrap();
    let refusal = place.refusal(&[("index.html", "hej")]);
    assert!(refusal.contains("is a link to"), "{refusal}");
    assert!(tree(&place.at("elsewhere")).is_empty());
    publish(&place.output().join("below"), &outputs(&[("index.html", "hej")])).unwrap();
    assert_eq!(
        fs::read_to_string(place.at("elsewhere/below/index.html")).unwrap(),
        "hej"
    );
}

#[test]
fn what_was_changed_by_hand_is_restored() {
    let place = Place::new();
    let site = [
        ("same-length", "abc"),
        ("shorter", "abc"),
        ("deleted", "abc"),
        ("linked", "abc"),
        ("replaced", "abc"),
        ("left", "abc"),
    ];
    place.publish(&site);
    place.write("output/same-length", "xyz");
    place.write("output/shorter", "x");
    fs::remove_file(place.at("output/deleted")).unwrap();
    place.write("own", "abc");
    fs::remove_file(place.at("output/linked")).unwrap();
    symlink(place.at("own"), place.at("output/linked")).unwrap();
    place.write("own2", "xyz");
    fs::rename(place.at("own2"), place.at("output/replaced")).unwrap();
    assert_eq!(place.publish(&site), published(5, 1, 0));
    assert_eq!(place.site(), files(&site));
    assert_eq!(fs::read_to_string(place.at("own")).unwrap(), "abc");
}

#[test]
fn a_folder_replaced_by_a_link_is_not_written_through() {
    let place = Place::new();
    place.publish(&[("a/x", "1")]);
    fs::rename(place.at("output/a"), place.at("a")).unwrap();
    symlink(place.at("a"), place.at("output/a")).unwrap();
    assert!(place.refusal(&[("a/x", "2")]).contains("output/a` was not made"));
    assert_eq!(fs::read_to_string(place.at("a/x")).unwrap(), "1");
}

#[test]
fn routes_stay_within_the_folder() {
    let place = Place::new();
    assert!(place.refusal(&[("../x", "1")]).contains("../x"));
    assert!(
        place
            .refusal(&[("x", "1"), ("x", "2")])
            .contains("two outputs have the route `x`")
    );
    assert!(!place.output().exists());
}

#[test]
fn what_a_stopped_build_left_is_cleared_away() {
    let place = Place::new();
    place.publish(&[("x", "1"), ("y", "1")]);
    // A build that was stopped while it wrote, and one that was stopped while it removed the last site.
    place.write(".output.utsikt/next/half/a", "1");
    place.write(".output.utsikt/old/x", "1");
    fs::copy(place.output().join(LIST), place.beside("old").join(LIST)).unwrap();
    place.publish(&[("x", "1"), ("y", "1")]);
    assert_eq!(place.site(), files(&[("x", "1"), ("y", "1")]));
    assert_eq!(place.work(), [".gitignore", "lock", "stamps"]);
}

#[test]
fn a_file_that_came_during_a_build_is_brought_over() {
    let place = Place::new();
    place.publish(&[("x", "1")]);
    // As after an exchange: the last site, in which a file has come since it was looked through.
    for (path, text) in tree(&place.output()) {
        place.write(&format!(".output.utsikt/next/{path}"), &text);
    }
    place.write(".output.utsikt/next/late/CNAME", "example.se");
    place.publish(&[("x", "1")]);
    assert_eq!(place.site(), files(&[("x", "1"), ("late/CNAME", "example.se")]));
    assert_eq!(place.work(), [".gitignore", "lock", "stamps"]);
}

#[test]
fn a_site_that_was_set_aside_comes_back() {
    let place = Place::new();
    place.publish(&[("x", "1"), ("y", "2")]);
    place.write("output/CNAME", "example.se");
    fs::rename(place.output(), place.beside("was")).unwrap();
    assert_eq!(place.publish(&[("x", "1"), ("y", "3")]), published(1, 1, 0));
    assert_eq!(place.site(), files(&[("x", "1"), ("y", "3"), ("CNAME", "example.se")]));
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let place = Place::new();
    std::thread::scope(|scope| {
        for edition in [edition('A'), edition('B')] {
            let output = place.output();
            scope.spawn(move || {
                for _ in 0..10 {
                    publish(&output, &edition).unwrap();
                }
            });
        }
    });
    assert!([listed(&edition('A')), listed(&edition('B'))].contains(&place.site()));
    assert_eq!(place.work(), [".gitignore", "lock", "stamps"]);
}

#[test]
fn a_killed_build_leaves_a_whole_site() {
    let place = Place::new();
    publish(&place.output(), &edition('A')).unwrap();
    place.write("output/CNAME", "example.se");
    let whole = ['A', 'B'].map(|name| {
        let mut site = listed(&edition(name));
        site.insert("CNAME".to_owned(), "example.se".to_owned());
        site
    });
    // Always the same moments, evenly spread from the start of the process on.
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    for kill in 0..60 {
        let mut child = place.start(this_program(), "B and A without end", false);
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        std::thread::sleep(Duration::from_micros(2_000 + seed % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(
            whole.contains(&place.site()),
            "after kill {kill} the site is neither the last nor the new one"
        );
    }
    publish(&place.output(), &edition('A')).unwrap();
    assert_eq!(place.site(), whole[0]);
    assert_eq!(place.work(), [".gitignore", "lock", "stamps"]);
}

#[test]
fn where_nothing_may_be_written_all_stays() {
    let place = Place::new();
    publish(&place.output(), &edition('A')).unwrap();
    let rights = |mode| fs::set_permissions(place.folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    // Rights do not hold the superuser back, so the process is somebody else's then.
    rights(0o555);
    let is_superuser = fs::write(place.at("probe"), "").is_ok();
    rights(0o755);
    let program = if is_superuser {
        fs::remove_file(place.at("probe")).unwrap();
        fs::copy(this_program(), place.at("program")).unwrap();
        place.at("program")
    } else {
        this_program()
    };
    rights(0o555);
    let before = tree(place.folder.path());
    let done = place.start(program, "B", is_superuser).wait_with_output().unwrap();
    rights(0o755);
    let output = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(!done.status.success() && output.contains(".output.utsikt"), "{output}");
    assert!(tree(place.folder.path()) == before);
}

#[test]
fn when_the_disk_is_full_the_last_site_stays() {
    let place = Place::new();
    publish(&place.output(), &edition('A')).unwrap();
    let before = place.site();
    // No file of more than a few blocks: as on a full disk, writing fails half-way.
    let shell = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", shell]).arg(this_program());
    let done = place.started(command, "A and a large file").wait_with_output().unwrap();
    let output = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(!done.status.success() && output.contains("next/large`"), "{output}");
    assert_eq!(place.site(), before);
    assert_eq!(place.work(), [".gitignore", "lock", "stamps"]);
}

/// Not a test of its own: what this program does when a test has started it.
#[test]
fn publishing() {
    let Some(target) = std::env::var_os("UTSIKT_TEST_TARGET").map(PathBuf::from) else {
        return;
    };
    match std::env::var("UTSIKT_TEST_TASK").unwrap().as_str() {
        "B and A without end" => loop {
            publish(&target, &edition('B')).unwrap();
            publish(&target, &edition('A')).unwrap();
        },
        "A and a large file" => {
            let large = Output {
                route: "large".to_owned(),
                bytes: vec![b'x'; 1 << 20].into(),
            };
            publish(&target, &[edition('A'), vec![large]].concat()).unwrap();
        }
        name => {
            publish(&target, &edition(name.chars().next().unwrap())).unwrap();
        }
    }
}
