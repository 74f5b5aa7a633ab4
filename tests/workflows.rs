//! The workflows for GitHub and GitLab do what they say: their steps are run here, by the shell that would run them, in a
//! repository with a site and a change to it. What belongs to the code host (caches, artefacts, its command line) is stood
//! in for.

#![expect(clippy::disallowed_methods, reason = "runs shells and git in folders of its own")]

mod support;

use serde_yaml::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use support::{path, read_tree, write_tree};
use tempfile::TempDir;

const REUSABLE: &str = ".github/workflows/site.yml";
const GITLAB: &str = ".gitlab/site.yml";
const CALLERS: [&str; 3] = [
    ".github/workflows/report.yml",
    "src/cli/new/sv/site/github.yml",
    "src/cli/new/en/site/github.yml",
];

fn yaml(file: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(path(file)).expect("a workflow")).expect("YAML")
}

/// Every step of every job of a workflow.
fn steps(workflow: &Value) -> Vec<Value> {
    let jobs = workflow["jobs"].as_mapping().expect("jobs").values();
    jobs.filter_map(|job| job["steps"].as_sequence())
        .flatten()
        .cloned()
        .collect()
}

/// The shell script of the step of this name.
fn script(name: &str) -> String {
    let found = steps(&yaml(REUSABLE))
        .into_iter()
        .find(|step| step["name"].as_str() == Some(name));
    found.unwrap_or_else(|| panic!("no step is called {name}"))["run"]
        .as_str()
        .expect("a script")
        .to_owned()
}

/// A repository with a site of two commits, a folder for the program and what stands in for others, and one for the runner.
struct Ground(TempDir);

impl Ground {
    fn new() -> Self {
        let ground = Self(TempDir::new().expect("a folder"));
        for folder in ["bin", "runner", "home"] {
            fs::create_dir(ground.at(folder)).expect("a folder");
        }
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_utsikt"), ground.at("bin/utsikt")).expect("a link");
        write_tree(&ground.at("repository"), &read_tree(&path("tests/faults/base")));
        ground.run(
            "git init --quiet --initial-branch main && git add . && git commit --quiet --message Before",
            &[],
        );
        let indicator = ground.at("repository/data/indicators/behorighet.yaml");
        let text = fs::read_to_string(&indicator).expect("an indicator");
        fs::write(&indicator, text.replace("82.3 }", "76.9 }")).expect("an indicator");
        ground.run("git commit --quiet --all --message After", &[]);
        ground
    }

    fn at(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.at(file)).unwrap_or_default()
    }

    /// Something that stands in for a program: it notes what it was asked, and says this.
    fn stand_in(&self, name: &str, says: &str) {
        let file = self.at("bin").join(name);
        let note = self.at("asked");
        fs::write(
            &file,
            format!("#!/bin/sh\necho \"{name} $*\" >> '{}'\n{says}\n", note.display()),
        )
        .expect("a script");
        fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("a script");
    }

    /// Runs a script as the code hosts do; gives its exit code and all that it said.
    fn tried(&self, script: &str, environment: &[(&str, &str)]) -> (i32, String) {
        let rest = std::env::var("PATH").expect("a path");
        let mut command = Command::new("bash");
        command
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(self.at("repository"));
        command
            .env_clear()
            .env("PATH", format!("{}:{rest}", self.at("bin").display()))
            .env("HOME", self.at("home"));
        for name in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{name}_NAME"), "Prov")
                .env(format!("GIT_{name}_EMAIL"), "prov@example.se");
        }
        let runner = self.at("runner");
        command
            .env("RUNNER_TEMP", &runner)
            .env("SOURCE_DATE_EPOCH", "1795400000")
            .env("SITE", ".")
            .env("LANGUAGE", "sv");
        for name in ["GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_PATH"] {
            command.env(name, runner.join(name));
        }
        let output = command
            .env("RELEASE", "true")
            .envs(environment.iter().copied())
            .output()
            .expect("bash runs");
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.code().unwrap_or(-1),
            String::from_utf8_lossy(&said).into_owned(),
        )
    }

    fn run(&self, script: &str, environment: &[(&str, &str)]) -> String {
        let (code, said) = self.tried(script, environment);
        assert_eq!(code, 0, "{script}\n{said}");
        said
    }

    fn commit(&self, name: &str) -> String {
        self.run(&format!("git rev-parse {name}"), &[]).trim().to_owned()
    }
}

#[test]
fn a_change_is_told_checked_and_built() {
    let ground = Ground::new();
    let base = ground.commit("HEAD~1");
    ground.run(&script("What the change does to the report"), &[("BASE", &base)]);
    let told = ground.read("runner/difference/difference.md");
    assert!(
        told.contains("- Behöriga till gymnasiet") && told.contains("82,3\u{a0}% → 76,9\u{a0}%"),
        "{told}"
    );
    assert_eq!(ground.read("runner/GITHUB_STEP_SUMMARY"), told);
    ground.run(&script("Findings for code scanning"), &[]);
    assert!(
        ground
            .read("runner/findings/utsikt.sarif")
            .contains("\"version\": \"2.1.0\"")
    );
    ground.run(&script("Check"), &[]);
    ground.run(&script("Build"), &[("BASE_URL", "https://prov.example.se/rapport")]);
    assert!(
        ground
            .read("repository/output/index.html")
            .contains("https://prov.example.se/rapport/")
    );
    assert!(
        ground.at("repository/.output.utsikt/cache").is_file(),
        "what the cache keeps is where it looks"
    );
}

#[test]
fn a_change_with_errors_is_told_and_then_refused() {
    let ground = Ground::new();
    let settings = ground.read("repository/data/site.yaml");
    fs::write(
        ground.at("repository/data/site.yaml"),
        settings.replace("home: \"18\"", "home: \"81\""),
    )
    .expect("settings");
    ground.run(
        &script("What the change does to the report"),
        &[("BASE", &ground.commit("HEAD"))],
    );
    let told = ground.read("runner/difference/difference.md");
    assert!(told.contains("### Nya fynd\n\n- data/site\\.yaml\\: "), "{told}");
    ground.run(&script("Findings for code scanning"), &[]);
    assert!(ground.read("runner/findings/utsikt.sarif").contains("unknown/place"));
    let (code, said) = ground.tried(&script("Check"), &[]);
    assert_eq!(code, 1);
    assert!(said.contains("::error file=data/site.yaml"), "{said}");
    let (code, _) = ground.tried(&script("Build"), &[("BASE_URL", "")]);
    assert_eq!(code, 1, "what `tee` says does not count");
}

#[test]
fn made_up_figures_are_refused_in_a_release_alone() {
    let ground = Ground::new();
    let indicator = ground.at("repository/data/indicators/behorighet.yaml");
    let text = fs::read_to_string(&indicator).expect("an indicator") + "sample: true\n";
    fs::write(&indicator, text).expect("an indicator");
    assert_eq!(ground.tried(&script("Check"), &[]).0, 1);
    assert_eq!(ground.tried(&script("Check"), &[("RELEASE", "false")]).0, 0);
}

#[test]
fn the_program_is_built_from_its_source() {
    let ground = Ground::new();
    for name in ["cargo", "rustup"] {
        ground.stand_in(name, "");
    }
    let source = ground.at("repository").display().to_string();
    let commit = ground.commit("main");
    ground.run(&script("Which program"), &[("PROGRAM", &source), ("REVISION", "main")]);
    assert_eq!(ground.read("runner/GITHUB_OUTPUT"), format!("commit={commit}\n"));
    ground.run(
        &script("Build the program"),
        &[("PROGRAM", &source), ("COMMIT", &commit)],
    );
    let asked = ground.read("asked");
    assert!(
        asked.contains(&format!("--git {source} --rev {commit} utsikt\n")),
        "{asked}"
    );
    let (code, said) = ground.tried(&script("Which program"), &[("PROGRAM", ""), ("REVISION", "HEAD")]);
    assert_eq!(code, 1);
    assert!(said.contains("::error::"), "{said}");
    // The source itself.
    for folder in ["src", "themes"] {
        fs::create_dir(ground.at("repository").join(folder)).expect("a folder");
        fs::write(ground.at("repository").join(folder).join("x"), "x").expect("a file");
    }
    for file in ["Cargo.toml", "Cargo.lock"] {
        fs::write(ground.at("repository").join(file), "x").expect("a file");
    }
    ground.run("git add . && git commit --quiet --message Source", &[]);
    ground.run(&script("Which program"), &[("PROGRAM", ""), ("REVISION", "HEAD")]);
    ground.run(&script("Build the program"), &[("PROGRAM", ""), ("COMMIT", "")]);
    assert!(ground.read("asked").contains("--path .\n"));
}

#[test]
fn a_comment_is_made_once_and_then_kept_up_to_date() {
    let own = [
        ("COMMENTS", "repos/x/y/issues/7/comments"),
        ("COMMENT", "repos/x/y/issues/comments"),
    ];
    let comment = script("One comment, kept up to date");
    for (known, expected) in [
        ("", "gh api --method POST repos/x/y/issues/7/comments"),
        ("41", "gh api --method PATCH repos/x/y/issues/comments/41"),
    ] {
        let ground = Ground::new();
        ground.stand_in("gh", &format!("case \"$*\" in *--paginate*) echo {known};; esac"));
        fs::write(ground.at("repository/difference.md"), "## Skillnader\n").expect("a file");
        ground.run(&comment, &own);
        let asked = ground.read("asked");
        assert!(asked.lines().any(|line| line.starts_with(expected)), "{asked}");
        assert_eq!(
            ground.read("repository/body.md"),
            "<!-- utsikt: difference -->\n## Skillnader\n"
        );
    }
}

#[test]
fn the_site_goes_where_it_is_wanted() {
    let ground = Ground::new();
    for name in ["rsync", "sftp", "rclone", "sudo"] {
        ground.stand_in(name, "");
    }
    ground.run(
        &script("The key to the host"),
        &[("KEY", "hemlig"), ("KNOWN", "host ssh-ed25519 AAAA")],
    );
    let key = ground.at("home/.ssh/id_site");
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&key).expect("a key").permissions());
    assert_eq!(mode & 0o077, 0, "nobody else can read the key");
    let to = [("TO", "webb@host.example:/var/www/rapport")];
    ground.run(&script("Publish by rsync"), &to);
    ground.run(&script("Publish by sftp"), &to);
    assert_eq!(ground.read("repository/batch"), "put -R site/. \"/var/www/rapport\"\n");
    ground.run(
        &script("Publish to object storage"),
        &[("TO", "lagring:rapport"), ("CONFIG", "[lagring]")],
    );
    let asked = ground.read("asked");
    assert!(
        asked.contains("-- site/ webb@host.example:/var/www/rapport/\n"),
        "{asked}"
    );
    assert!(
        asked
            .lines()
            .any(|line| line.starts_with("sftp ") && line.ends_with("-b batch webb@host.example")),
        "{asked}"
    );
    assert!(
        asked
            .lines()
            .any(|line| line.starts_with("rclone sync ") && line.ends_with("site lagring:rapport")),
        "{asked}"
    );
}

#[test]
fn links_are_checked_as_the_program_has_it() {
    let ground = Ground::new();
    let has = ground.run("utsikt check --help", &[]).contains("--links");
    let wanted = script("Check links to other sites");
    assert!(wanted.starts_with("utsikt check --links "), "{wanted}");
    if has {
        ground.run(&wanted, &[]);
    }
}

#[test]
fn gitlab_does_the_same() {
    let ground = Ground::new();
    ground.stand_in("cargo", "mkdir -p .utsikt-program/bin");
    let job = &yaml(GITLAB)["utsikt:site"];
    let script: Vec<&str> = job["script"]
        .as_sequence()
        .expect("a script")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let (source, base) = (ground.at("repository").display().to_string(), ground.commit("HEAD~1"));
    let environment = [
        ("UTSIKT_SITE", "."),
        ("UTSIKT_PROGRAM", source.as_str()),
        ("UTSIKT_REVISION", "main"),
        ("UTSIKT_RELEASE", "true"),
        ("UTSIKT_LANGUAGE", "sv"),
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.as_str()),
    ];
    ground.run(&script.join("\n"), &environment);
    assert!(
        ground
            .read("repository/difference.md")
            .contains("82,3\u{a0}% → 76,9\u{a0}%")
    );
    assert_eq!(ground.read("repository/utsikt.json"), "[]\n");
    assert!(ground.at("repository/site/index.html").is_file());
    assert!(!ground.at("repository/site/.utsikt-manifest").exists());
    ground.run(&script.join("\n"), &environment);
    let built = ground.read("asked").matches("cargo install").count();
    assert_eq!(built, 1, "the program is built once for each version");
}

#[test]
fn actions_are_official_and_pinned_and_scripts_are_given_nothing_but_their_environment() {
    let is_pinned = |uses: &str| {
        let (action, commit) = uses.split_once('@')?;
        let official = action.starts_with("actions/") || action.starts_with("github/");
        (official && commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(())
    };
    for step in steps(&yaml(REUSABLE)) {
        if let Some(uses) = step["uses"].as_str() {
            assert!(is_pinned(uses).is_some(), "{uses}");
        }
        // What a title or a branch is called must never become a part of a script.
        assert!(!step["run"].as_str().unwrap_or_default().contains("${{"), "{step:?}");
    }
    for job in yaml(REUSABLE)["jobs"].as_mapping().expect("jobs").values() {
        assert!(!job["permissions"].is_null(), "a job takes no more than it says");
    }
}

#[test]
fn callers_say_what_the_workflow_asks_and_the_guide_explains_all_of_it() {
    let reusable = yaml(REUSABLE);
    // A bare `on` is true in YAML 1.1, and `on` in 1.2.
    let trigger = ["on", "true"]
        .iter()
        .map(|key| &reusable[*key])
        .chain([&reusable[Value::Bool(true)]])
        .find(|it| !it.is_null());
    let call = &trigger.expect("how it is called")["workflow_call"];
    let guide = fs::read_to_string(path("src/guide/hosting.md")).expect("the guide");
    for kind in ["inputs", "secrets"] {
        for name in call[kind]
            .as_mapping()
            .expect("a mapping")
            .keys()
            .filter_map(Value::as_str)
        {
            assert!(guide.contains(&format!("`{name}`")), "{name} is not in the guide");
        }
    }
    for name in yaml(GITLAB)["variables"]
        .as_mapping()
        .expect("variables")
        .keys()
        .filter_map(Value::as_str)
    {
        assert!(guide.contains(&format!("`{name}`")), "{name} is not in the guide");
    }
    for caller in CALLERS {
        let job = yaml(caller)["jobs"]["site"].clone();
        assert_eq!(job["uses"].as_str(), Some("./.github/workflows/site.yml"), "{caller}");
        for name in job["with"].as_mapping().expect("with").keys().filter_map(Value::as_str) {
            assert!(!call["inputs"][name].is_null(), "{caller}: {name}");
        }
        // The jobs that are called cannot have more than their caller.
        for wanted in reusable["jobs"].as_mapping().expect("jobs").values() {
            for (name, access) in wanted["permissions"].as_mapping().expect("permissions") {
                let given = job["permissions"][name.as_str().expect("a name")].as_str();
                assert!(given == Some("write") || given == access.as_str(), "{caller}: {name:?}");
            }
        }
    }
}
