"""Mutants of a module: its source with one small change of meaning each, made by the operators of mutmut.

mutmut's own runner passes over every decorated function and over dataclasses, that is, over all rules of the
notice, so only its operators are used. Three more are added: a condition that loses one of its two halves, an `if`
turned round, a filter of a comprehension left out. Annotations, `@dataclass(…)`, docstrings, texts in another
case and arguments or variables that become None are left alone: a change there changes no meaning, or mypy finds it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

import libcst as cst
from libcst import matchers as m
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

Positions = Mapping[cst.CSTNode, CodeRange]

_NO_MEANING = (
    m.Annotation()
    | m.ImportFrom()
    | m.Import()
    | m.Decorator(decorator=m.Call(func=m.Name("dataclass")))
    | m.Call(func=m.Name("TypeVar") | m.Name("cast"))
    | m.SimpleStatementLine(body=[m.Expr(value=m.SimpleString() | m.ConcatenatedString())])
)


@dataclass(frozen=True)
class Mutant:
    """One change; `path` is relative to the project. Its source is made when asked for: a sample needs few of them."""

    path: Path
    lines: range
    """Of the statement that is changed, without its body: an expression may begin on another line than it runs on."""
    line: int
    module: cst.Module
    node: cst.CSTNode
    changed: cst.CSTNode

    @property
    def source(self) -> str:
        """The whole module with the change."""
        mutated = self.module.deep_replace(self.node, self.changed)
        assert isinstance(mutated, cst.Module)
        return mutated.code

    @property
    def diff(self) -> str:
        """The lines taken out and put in."""
        before, after = self.module.code.splitlines(), self.source.splitlines()
        lines = list(unified_diff(before, after, lineterm="", n=0))[2:]
        return "\n".join(line for line in lines if not line.startswith("@@"))


def mutants_of(path: Path) -> list[Mutant]:
    """Every mutant of the module, in the order of its lines."""
    wrapper = MetadataWrapper(cst.parse_module(path.read_text(encoding="utf-8")))
    positions = wrapper.resolve(PositionProvider)
    made = [
        Mutant(path, lines, positions[place].start.line, wrapper.module, place, changed)
        for lines, node in _meaningful(wrapper.module, range(0), positions)
        for place, changed in _changes(node)
    ]
    return sorted(made, key=lambda mutant: mutant.line)


def _meaningful(node: cst.CSTNode, lines: range, positions: Positions) -> Iterator[tuple[range, cst.CSTNode]]:
    if m.matches(node, _NO_MEANING):
        return
    if isinstance(node, cst.SimpleStatementLine | cst.BaseCompoundStatement | cst.Decorator):
        body = getattr(node, "body", None)
        last = positions[body].start.line if isinstance(body, cst.BaseSuite) else positions[node].end.line
        lines = range(positions[node].start.line, last + 1)
    yield lines, node
    for child in node.children:
        yield from _meaningful(child, lines, positions)


def _changes(node: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            yield from ((node, changed) for changed in operator(node) if not _is_crude(node, changed))
    if isinstance(node, cst.BooleanOperation):
        yield node, node.left
        yield node, node.right
    elif isinstance(node, cst.If | cst.While):
        condition = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
        yield node.test, cst.UnaryOperation(cst.Not(), condition)
    elif isinstance(node, cst.CompFor) and node.ifs:
        yield node, node.with_changes(ifs=node.ifs[1:])


def _is_crude(node: cst.CSTNode, changed: cst.CSTNode) -> bool:
    """A text in another case, or None in the place of an argument or a variable, which the types forbid."""
    if isinstance(node, cst.SimpleString) and isinstance(changed, cst.SimpleString):
        return "XX" not in changed.value
    if isinstance(node, cst.Assign | cst.AnnAssign):
        target = node.targets[0].target if isinstance(node, cst.Assign) else node.target
        return not isinstance(target, cst.Attribute)
    return (
        isinstance(node, cst.Call)
        and isinstance(changed, cst.Call)
        and len(node.args) == len(changed.args)
        and any(m.matches(new, m.Arg(value=m.Name("None"))) for new in changed.args if new not in node.args)
    )
