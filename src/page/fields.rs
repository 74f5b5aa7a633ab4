//! Views whose fields templates ask for one at a time.
//!
//! Takes a struct and the names of its fields; gives an object for templates that makes the value of a field when it is
//! asked for. A site has thousands of rows, and a map of all that could be said of one costs more than its cells. Leaves
//! out views that a page has one of: those are serialised.

use minijinja::Value;
use minijinja::value::DynObject;
use std::sync::Arc;

/// A field as templates are given it.
pub(super) trait Field {
    /// Its value; nothing as none.
    fn shown(&self) -> Value;
}

impl Field for bool {
    fn shown(&self) -> Value {
        Value::from(*self)
    }
}

impl Field for u8 {
    fn shown(&self) -> Value {
        Value::from(*self)
    }
}

impl Field for &'static str {
    fn shown(&self) -> Value {
        Value::from(*self)
    }
}

impl Field for String {
    fn shown(&self) -> Value {
        Value::from(self.as_str())
    }
}

/// What is a value already, such as markup.
impl Field for Value {
    fn shown(&self) -> Value {
        self.clone()
    }
}

/// A view within a view.
impl<T> Field for Arc<T>
where
    Arc<T>: Into<DynObject>,
{
    fn shown(&self) -> Value {
        Value::from_dyn_object(Arc::clone(self))
    }
}

impl<T: Field> Field for Option<T> {
    fn shown(&self) -> Value {
        self.as_ref().map_or(Value::from(()), Field::shown)
    }
}

/// Makes a view, all of whose fields are named, an object for templates.
macro_rules! ask_by_field {
    ($view:ident { $($field:ident),+ $(,)? }) => {
        impl minijinja::value::Object for $view {
            fn get_value(self: &Arc<Self>, key: &minijinja::Value) -> Option<minijinja::Value> {
                self.get_value_by_str(key.as_str()?)
            }

            fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<minijinja::Value> {
                let Self { $($field),+ } = &**self;
                match key {
                    $(stringify!($field) => Some(Field::shown($field)),)+
                    _ => None,
                }
            }

            fn enumerate(self: &Arc<Self>) -> minijinja::value::Enumerator {
                minijinja::value::Enumerator::Str(&[$(stringify!($field)),+])
            }
        }
    };
}
pub(super) use ask_by_field;
