//! How results are written down in the ledger of what was published: what serde cannot name by itself.

/// Channels by the names they have in the journal.
pub(super) mod channels {
    use crate::model::Channel;
    use crate::survey::results::Count;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::survey) fn serialize<S: Serializer>(channels: &[(Channel, Count)], to: S) -> Result<S::Ok, S::Error> {
        let named: Vec<(&str, Count)> = channels
            .iter()
            .map(|(channel, count)| (channel.name(), *count))
            .collect();
        named.serialize(to)
    }

    pub(in crate::survey) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<Vec<(Channel, Count)>, D::Error> {
        let named: Vec<(String, Count)> = Vec::deserialize(from)?;
        Ok(named
            .into_iter()
            .filter_map(|(name, count)| Some((Channel::from_name(&name)?, count)))
            .collect())
    }
}

/// A body's decision as its three parts.
pub(super) mod decision {
    use crate::model::FormalDecision;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde hands over the field as it is")]
    pub(in crate::survey) fn serialize<S: Serializer>(
        decision: &Option<FormalDecision>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        let parts = decision
            .as_ref()
            .map(|decision| [&decision.body, &decision.date, &decision.paragraph]);
        parts.serialize(to)
    }

    pub(in crate::survey) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<Option<FormalDecision>, D::Error> {
        let parts: Option<[String; 3]> = Option::deserialize(from)?;
        Ok(parts.map(|[body, date, paragraph]| FormalDecision { body, date, paragraph }))
    }
}
