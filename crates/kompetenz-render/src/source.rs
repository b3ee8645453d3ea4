//! From the text of a template to a source the engine can walk through without falling off its stack.

use kompetenz::words;
use typst::syntax::{FileId, Source, SyntaxNode, parse};

use crate::FileFault;

/// The engine walks through what is nested by calling itself. Nobody nests half as deep, and `1 + 1 + 1 + …` counts.
const DEEPEST: usize = 800;

/// The source of a file, unless it is nested so deep that the engine would take the whole program down.
pub(crate) fn source(id: FileId, shown: &str, text: &str) -> Result<Source, FileFault> {
    let root = parse(text);
    let Some(offset) = too_deep(&root) else { return Ok(Source::new(id, text.to_owned())) };
    // Even taking it apart would be too deep; it is forgotten in one piece.
    std::mem::forget(root);
    Err(FileFault {
        file: shown.to_owned(),
        line: Some(text.get(..offset).unwrap_or(text).matches('\n').count() + 1),
        problem: words!("expressions are nested too deep", "die Ausdrücke sind zu tief geschachtelt"),
    })
}

/// Where in the text the nesting goes too deep.
fn too_deep(root: &SyntaxNode) -> Option<usize> {
    let mut waiting = vec![(root, 0, 0)];
    while let Some((node, depth, mut offset)) = waiting.pop() {
        if depth > DEEPEST {
            return Some(offset);
        }
        for child in node.children() {
            waiting.push((child, depth + 1, offset));
            offset += child.len();
        }
    }
    None
}
