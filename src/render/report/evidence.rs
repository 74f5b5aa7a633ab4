//! An indicator as evidence beside a text.

use crate::measure;
use crate::model::{Indicator, Part};
use crate::page::context::PageContext;
use crate::page::sentence;
use crate::page::signal::{country_signal, trend_signal};
use crate::page::value::{sparkline, value};
use crate::page::view::{Evidence, Html, Signal, Value};

/// Value, one sentence, sparkline and signals for the report's own place.
pub(crate) fn evidence(page: PageContext<'_>, indicator: &Indicator) -> Evidence {
    let link = page.indicator_link(indicator);
    let Some(home) = page.home() else {
        let (value, sentence, spark) = (Value::default(), Html::default(), Html::default());
        return Evidence {
            title: link.title,
            href: link.href,
            value,
            sentence,
            spark,
            signals: Vec::new(),
            sample: indicator.sample,
        };
    };
    let newest = measure::newest(indicator, home, Part::TOTAL);
    let signals = [
        country_signal(page, indicator, home, page.country()),
        trend_signal(page, indicator, home),
    ];
    let judges = |signal: &Signal| signal.code != "none";
    Evidence {
        title: link.title,
        href: link.href,
        value: value(page, indicator, newest, true),
        sentence: Html(sentence::short(page, indicator, home)),
        spark: sparkline(indicator, home),
        signals: signals.into_iter().filter(judges).collect(),
        sample: indicator.sample,
    }
}
