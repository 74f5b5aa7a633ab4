//! The two columns a drawing is made for.

/// Column that a drawing is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// A page's main column, 720 px.
    Wide,
    /// A phone, 360 px.
    Narrow,
}

impl Size {
    /// Both, in the order in which a page shows them.
    pub const ALL: [Size; 2] = [Size::Wide, Size::Narrow];

    /// Width in pixels.
    #[must_use]
    pub const fn width(self) -> u32 {
        match self {
            Size::Wide => 720,
            Size::Narrow => 360,
        }
    }
}
