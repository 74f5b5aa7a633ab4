//! Brings two things into the binary: Apache ECharts and the base theme.
//!
//! ECharts comes out of the `charming` crate, which carries the minified library among its sources, where cargo unpacked
//! it. It is compiled to QuickJS' bytecode, which is ready ten times sooner than its text is read. The base theme is
//! every file under `themes/base`, in sorted order, so that a new site needs no theme folder. Nothing is downloaded,
//! and nothing is written outside `OUT_DIR`.

#![expect(clippy::disallowed_methods, reason = "a build script reads and writes files")]

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use rquickjs::{Context, Module, Runtime, WriteOptions};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    println!("cargo:rerun-if-changed=src/build.rs");
    println!("cargo:rerun-if-changed=Cargo.lock");
    compile_echarts(&root, &out)?;
    embed_theme(&root.join("themes/base"), &out.join("base_theme.rs"))
}

/// Compiles charming's ECharts to `OUT_DIR/echarts.bytecode` and names its version in `ECHARTS_VERSION`.
///
/// The bytecode is for this very QuickJS, which is built of the same sources for the build as for the binary, and for
/// machines of the same byte order.
fn compile_echarts(root: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let assets = charming_folder(root)?.join("src/asset");
    let mut libraries: Vec<PathBuf> = fs::read_dir(&assets)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| version_of(path).is_some())
        .collect();
    libraries.sort();
    let source = libraries
        .pop()
        .ok_or_else(|| format!("no echarts-*.min.js in {}", assets.display()))?;
    let version = version_of(&source).ok_or("ECharts' file name carries no version")?;
    println!("cargo:rustc-env=ECHARTS_VERSION={version}");
    let context = Context::full(&Runtime::new()?)?;
    let bytecode = context.with(|js| {
        let options = WriteOptions {
            strip_source: true,
            strip_debug: true,
            ..WriteOptions::default()
        };
        Module::declare(js, "echarts", fs::read(&source)?)?
            .write(options)
            .map_err(Box::<dyn Error>::from)
    })?;
    Ok(fs::write(out.join("echarts.bytecode"), bytecode)?)
}

/// `5.5.1` of `echarts-5.5.1.min.js`.
fn version_of(path: &Path) -> Option<&str> {
    path.file_name()?
        .to_str()?
        .strip_prefix("echarts-")?
        .strip_suffix(".min.js")
}

/// The folder in which cargo keeps the sources of the `charming` this package depends on.
///
/// Cargo unpacks packages below its home, so that is where it is looked for first: `cargo metadata --offline` would also
/// want packages that only tests need, which a fresh machine has not fetched. It is asked for vendored sources.
fn charming_folder(root: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let lock = fs::read_to_string(root.join("Cargo.lock"))?;
    let version = lock
        .split("[[package]]")
        .find(|package| package.contains("name = \"charming\"\n"))
        .and_then(|package| package.split("version = \"").nth(1)?.split('"').next())
        .ok_or("Cargo.lock has no charming")?;
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    let unpacked = home
        .into_iter()
        .flat_map(|home| fs::read_dir(home.join("registry/src")))
        .flatten();
    let mut folders: Vec<PathBuf> = unpacked
        .filter_map(|registry| Some(registry.ok()?.path().join(format!("charming-{version}"))))
        .filter(|folder| folder.is_dir())
        .collect();
    folders.sort();
    folders.pop().map_or_else(|| charming_by_metadata(root), Ok)
}

fn charming_by_metadata(root: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let answer = Command::new(cargo)
        .args(["metadata", "--offline", "--format-version", "1"])
        .current_dir(root)
        .output()?;
    if !answer.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&answer.stderr)).into());
    }
    let metadata: serde_json::Value = serde_json::from_slice(&answer.stdout)?;
    let manifest = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == "charming")
        .and_then(|package| package["manifest_path"].as_str())
        .ok_or("charming is not among the dependencies")?;
    Ok(Path::new(manifest)
        .parent()
        .ok_or("charming's manifest lies in no folder")?
        .to_path_buf())
}

/// Writes `const BASE: &[(&str, &[u8])]`, path within the theme and content, sorted by path.
fn embed_theme(theme: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    if theme.is_dir() {
        println!("cargo:rerun-if-changed={}", theme.display());
        list_files(theme, &mut files)?;
        files.sort();
    } else {
        // Cargo takes a path that does not exist for one that has always just changed: watch the folder above.
        println!("cargo:rerun-if-changed=Cargo.toml");
    }
    let mut code = String::from(
        "/// Files of the base theme, by path within it, in sorted order.\nconst BASE: &[(&str, &[u8])] = &[\n",
    );
    for file in files {
        let within = file
            .strip_prefix(theme)?
            .components()
            .map(|part| part.as_os_str().to_string_lossy());
        let name = within.collect::<Vec<_>>().join("/");
        writeln!(code, "    ({name:?}, include_bytes!({:?})),", file.to_string_lossy())?;
    }
    code.push_str("];\n");
    fs::write(target, code)?;
    Ok(())
}

/// Every file below a folder, leaving out dotfiles and editors' copies.
fn list_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        if path.is_dir() {
            list_files(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
