//! An indicator as evidence beside a text.

use super::report::Standpoint;
use super::row::{country_signal, spark, trend_signal, value};
use super::sentence;
use super::view::{Evidence, Html, Signal, Value};
use crate::measure;
use crate::model::{Indicator, Part};

/// Value, one sentence, sparkline and signals for the report's own place.
pub(crate) fn evidence(standpoint: Standpoint<'_>, indicator: &Indicator) -> Evidence {
    let link = standpoint.indicator_link(indicator);
    let Some(home) = standpoint.home() else {
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
        country_signal(standpoint, indicator, home, standpoint.country()),
        trend_signal(standpoint, indicator, home),
    ];
    let said = |signal: &Signal| signal.code != "none";
    Evidence {
        title: link.title,
        href: link.href,
        value: value(standpoint, indicator, newest, true),
        sentence: Html(sentence::short(standpoint, indicator, home)),
        spark: spark(indicator, home),
        signals: signals.into_iter().filter(said).collect(),
        sample: indicator.sample,
    }
}
