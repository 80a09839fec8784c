"""The project's own modules, read as syntax trees, for the tests that hold its shape."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

__all__ = ["PACKAGES", "ROOT", "Import", "Module", "functions", "modules"]

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("extractors", "scraper")


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name, as far as it is a module path: `from scraper.job.keys import Job` gives target scraper.job.keys, name Job."""

    target: str
    name: str | None
    line: int


@dataclass(frozen=True)
class Module:
    """One module: its path from the root, its dotted name, its text and its tree."""

    path: str
    name: str
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        return self.name.partition(".")[0]

    @property
    def unit(self) -> str:
        """The folder or file right under the package: "fields" for extractors.fields.dates.cues, "" for the package itself."""
        return [*self.name.split("."), ""][1]

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @cached_property
    def imports(self) -> list[Import]:
        """Every import, those inside functions too. A submodule that is imported by name counts as the module that it is."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [Import(alias.name, None, node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.path}:{node.lineno}: a relative import"
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    found.append(
                        Import(whole, None, node.lineno) if _is_module(whole) else Import(str(node.module), alias.name, node.lineno)
                    )
        return found

    @cached_property
    def bound(self) -> frozenset[str]:
        """The names that the module's top level binds."""
        names: list[str] = []
        for node in self.tree.body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                names.append(node.name)
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                names += [alias.asname or alias.name.partition(".")[0] for alias in node.names]
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names += [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
        return frozenset(names)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    return (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return name.partition(".")[0] in PACKAGES and (path.with_suffix(".py").is_file() or (path / "__init__.py").is_file())


@cache
def modules() -> tuple[Module, ...]:
    """Every module of both packages, by path."""
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts).removesuffix(".__init__")
            text = path.read_text("utf-8")
            found.append(Module(path.relative_to(ROOT).as_posix(), name, text, ast.parse(text)))
    return tuple(found)
