//! What an expression is made of, as minijinja parses it.

use minijinja::machinery::ast::{BinOpKind, Call, CallArg, Expr};

/// The calls of `claim` in an expression, wherever they stand in it.
pub(super) fn claim_calls<'e, 't>(expression: &'e Expr<'t>) -> Vec<&'e Call<'t>> {
    let call = |part: &'e Expr<'t>| match part {
        Expr::Call(call) if matches!(&call.expr, Expr::Var(name) if name.id == "claim") => Some(&**call),
        _ => None,
    };
    all_parts(expression).into_iter().filter_map(call).collect()
}

/// Filters that give numbers for numbers, rather than text.
const OF_NUMBERS: [&str; 14] = [
    "abs", "bool", "d", "default", "first", "float", "int", "last", "length", "list", "max", "min", "round", "sum",
];

/// What is made text in an expression: joined by `~`, or handed to a filter that writes.
pub(super) fn made_text<'e, 't>(expression: &'e Expr<'t>) -> Vec<&'e Expr<'t>> {
    let written = |part: &'e Expr<'t>| match part {
        Expr::BinOp(operation) if matches!(operation.op, BinOpKind::Concat) => vec![&operation.left, &operation.right],
        Expr::Filter(filter) if !OF_NUMBERS.contains(&filter.name) => {
            let values: Vec<&'e Expr<'t>> = match filter.name {
                "format" => parts(part),
                _ => filter.expr.iter().collect(),
            };
            let of_list = values.clone().into_iter().flat_map(|value| match value {
                Expr::List(list) => list.items.iter().collect(),
                _ => Vec::new(),
            });
            of_list.chain(values).collect()
        }
        _ => Vec::new(),
    };
    all_parts(expression).into_iter().flat_map(written).collect()
}

/// An expression with everything it is made of.
fn all_parts<'e, 't>(expression: &'e Expr<'t>) -> Vec<&'e Expr<'t>> {
    let mut found = vec![expression];
    let mut at = 0;
    while at < found.len() {
        found.extend(parts(found[at]));
        at += 1;
    }
    found
}

/// The expressions that one is made of.
fn parts<'e, 't>(expression: &'e Expr<'t>) -> Vec<&'e Expr<'t>> {
    let arguments = |arguments: &'e [CallArg<'t>]| {
        arguments.iter().map(|argument| match argument {
            CallArg::Pos(part) | CallArg::Kwarg(_, part) | CallArg::PosSplat(part) | CallArg::KwargSplat(part) => part,
        })
    };
    match expression {
        Expr::Var(_) | Expr::Const(_) => Vec::new(),
        Expr::Slice(slice) => {
            let bounds = [&slice.start, &slice.stop, &slice.step].into_iter().flatten();
            bounds.chain([&slice.expr]).collect()
        }
        Expr::UnaryOp(operation) => vec![&operation.expr],
        Expr::BinOp(operation) => vec![&operation.left, &operation.right],
        Expr::Compare(compare) => compare.ops.iter().map(|op| &op.expr).chain([&compare.expr]).collect(),
        Expr::IfExpr(choice) => {
            let certain = [&choice.test_expr, &choice.true_expr];
            certain.into_iter().chain(&choice.false_expr).collect()
        }
        Expr::Filter(filter) => arguments(&filter.args).chain(&filter.expr).collect(),
        Expr::Test(test) => arguments(&test.args).chain([&test.expr]).collect(),
        Expr::GetAttr(access) => vec![&access.expr],
        Expr::GetItem(access) => vec![&access.expr, &access.subscript_expr],
        Expr::Call(call) => arguments(&call.args).chain([&call.expr]).collect(),
        Expr::List(list) => list.items.iter().collect(),
        Expr::Tuple(tuple) => tuple.items.iter().collect(),
        Expr::Map(map) => map.keys.iter().chain(&map.values).collect(),
    }
}
