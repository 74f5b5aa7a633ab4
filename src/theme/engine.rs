//! Templates: minijinja with strict undefined values, over the theme's layers.

use super::assets::Asset;
use super::bounds::{OutOfBounds, PAGE_FUEL, check_template};
use super::inline::InlineAssets;
use super::layers::Layers;
use super::problem::{NO_ASSET, problem};
use super::words::{fill, form};
use crate::finding::{Code, Finding, Log};
use crate::source::Origin;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The theme's templates.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    /// Files of the templates, for the places of findings.
    layers: Layers,
    asked: Asked,
}

/// Templates that were loaded and assets that were asked for, by path.
#[derive(Clone, Debug, Default)]
struct Asked(Arc<Mutex<BTreeSet<String>>>);

impl Asked {
    fn note(&self, path: &str) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path.to_owned());
    }
}

impl Templates {
    pub(super) fn new(layers: &Layers, assets: &[Asset]) -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        let mut syntax = SyntaxConfig::builder();
        syntax.trim_blocks(true).lstrip_blocks(true);
        if let Ok(syntax) = syntax.build() {
            environment.set_syntax(syntax);
        }
        environment.set_debug(true);
        environment.set_fuel(Some(PAGE_FUEL));
        let (source, asked) = (layers.clone(), Asked::default());
        let loaded = asked.clone();
        environment.set_loader(move |name| {
            let Some((path, bytes)) = source.find("templates", name) else {
                return Ok(None);
            };
            loaded.note(&path);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            match check_template(name, &text) {
                Ok(()) => Ok(Some(text)),
                Err(refused) => Err(Error::new(ErrorKind::SyntaxError, refused.to_string()).with_source(refused)),
            }
        });
        let routes: BTreeMap<String, String> = assets
            .iter()
            .map(|asset| (asset.path.clone(), asset.route.clone()))
            .collect();
        let asked_assets = asked.clone();
        environment.add_function("asset", move |state: &State, path: &str| {
            asked_assets.note(path);
            asset(state, &routes, path)
        });
        let inline = InlineAssets::new(assets);
        let (inline_assets, asked_inline) = (inline.clone(), asked.clone());
        environment.add_function("inlined", move |path: &str| {
            asked_inline.note(path);
            inline_assets.text(path).map(Value::from_safe_string).map_err(refused)
        });
        environment.add_function("digest", move |path: &str| inline.digest(path).map_err(refused));
        environment.add_function("fill", |text: &Value, arguments: Kwargs| filled(text, &arguments));
        environment.set_formatter(|out, state, value| {
            // Text is escaped as elsewhere on the page; minijinja would also write every slash of an address as an entity.
            match value.as_str() {
                Some(text) if value.is_safe() => out.write_str(text).map_err(Error::from),
                Some(text) if matches!(state.auto_escape(), AutoEscape::Html) => {
                    write_escaped(text, |part| out.write_str(part)).map_err(Error::from)
                }
                None if value.is_none() => Ok(()),
                _ => minijinja::escape_formatter(out, state, value),
            }
        });
        Self {
            environment,
            layers: layers.clone(),
            asked,
        }
    }

    /// Templates that were loaded so far, by their path in the site, and assets that were asked for, by their path in the theme.
    pub(super) fn asked_for(&self) -> BTreeSet<String> {
        self.asked.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the theme has a template of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.layers.find("templates", name).is_some()
    }

    /// The template's text with this view; `None` after a finding.
    pub fn render(&self, name: &str, view: Value, log: &Log) -> Option<String> {
        match self
            .environment
            .get_template(name)
            .and_then(|template| template.render(view))
        {
            Ok(text) => Some(text),
            Err(error) => {
                log.add(self.finding(name, &error));
                None
            }
        }
    }

    fn finding(&self, name: &str, error: &Error) -> Finding {
        // The innermost error that names a template knows the place.
        let mut innermost = error;
        let mut next = std::error::Error::source(error);
        while let Some(source) = next {
            if let Some(refused) = source.downcast_ref::<OutOfBounds>()
                && let Some((path, _)) = self.layers.find("templates", &refused.template)
            {
                return Finding::new(
                    Code::TemplateBroken,
                    Origin::span(&path.as_str().into(), refused.span.clone()),
                )
                .with_message("problem", refused.problem());
            }
            match source.downcast_ref::<Error>() {
                Some(inner) if inner.name().is_some() => innermost = inner,
                _ => {}
            }
            next = source.source();
        }
        let at = innermost.name().unwrap_or(name);
        let words = innermost
            .detail()
            .map_or_else(|| innermost.kind().to_string(), ToOwned::to_owned);
        let Some((path, bytes)) = self.layers.find("templates", at) else {
            return Finding::new(
                Code::TemplateBroken,
                Origin::file(&format!("themes/base/templates/{at}").as_str().into()),
            )
            .with_words("problem", problem(&error.to_string()), &error.to_string());
        };
        let text = String::from_utf8_lossy(&bytes);
        let line = || {
            let number = innermost.line()?;
            let start: usize = text
                .split_inclusive('\n')
                .take(number.saturating_sub(1))
                .map(str::len)
                .sum();
            Some(start..start + text[start..].lines().next().map_or(0, str::len))
        };
        let span = innermost.range().or_else(line).unwrap_or(0..0);
        let excerpt = text.get(span.clone()).unwrap_or_default();
        let code = if innermost.kind() == ErrorKind::UndefinedError && excerpt.contains("words.") {
            Code::WordMissing
        } else {
            Code::TemplateBroken
        };
        Finding::new(code, Origin::span(&path.as_str().into(), span))
            .with_words("problem", problem(&words), &words)
            .with("word", excerpt.trim_start_matches("words."))
    }
}

/// The error of a function that was asked for what it cannot give.
fn refused(problem: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, problem)
}

/// Function `asset` of templates: address of an asset, relative to the page.
fn asset(state: &State, routes: &BTreeMap<String, String>, path: &str) -> Result<String, Error> {
    let root = state
        .lookup("page")
        .and_then(|page| page.get_attr("root").ok())
        .map(|root| root.to_string())
        .unwrap_or_default();
    match routes.get(path) {
        Some(route) => Ok(root + route),
        None => Err(refused(format!("{NO_ASSET} `{path}`"))),
    }
}

/// Function `fill` of templates: text with `{name}` replaced by the arguments of those names; of a word with two forms the
/// one that `n` asks for.
fn filled(text: &Value, arguments: &Kwargs) -> Result<String, Error> {
    let names: Vec<&str> = arguments.args().collect();
    let values: Vec<String> = names
        .iter()
        .map(|name| arguments.get::<Value>(name).map(|value| value.to_string()))
        .collect::<Result<_, _>>()?;
    let pairs: Vec<(&str, &str)> = names.iter().copied().zip(values.iter().map(String::as_str)).collect();
    let text = if text.kind() == ValueKind::Map {
        text.get_attr(form(&pairs))?
    } else {
        text.clone()
    };
    Ok(fill(text.as_str().unwrap_or_default(), &pairs))
}

/// A view as a value that templates understand.
#[must_use]
pub(crate) fn template_value<T: serde::Serialize>(view: T) -> Value {
    Value::from(Serde(view))
}

/// Text escaped for HTML, inside and outside attributes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let Ok(()) = write_escaped(text, |part| {
        out.push_str(part);
        Ok::<(), std::convert::Infallible>(())
    });
    out
}

/// Writes text escaped for HTML, in parts: most text has nothing to escape and is one.
fn write_escaped<E>(text: &str, mut write: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        write(&rest[..at])?;
        write(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        })?;
        rest = &rest[at + 1..];
    }
    write(rest)
}
