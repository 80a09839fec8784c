"""The shape of the house: who imports whom, what extraction must not touch, how large a part grows, what each part says of itself."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions

from tests.source import PACKAGES, ROOT, Module, functions, modules

__all__: list[str] = []

# A part may import parts of a higher number only; a module beside another one in the same group may import it.
# Folders never import a folder of their own group. What is not named here is new: give it its place.
EXTRACTORS = (
    {""},
    {"trace"},
    {"extract"},
    {"from_html", "from_text", "found"},
    {"fields", "body", "boilerplate", "profiles", "plaintext", "refuse"},
    {"structured"},
    {"document", "decode", "charsets", "outline", "marks", "masthead", "piece", "labels", "render", "identity", "kinds", "version"},
    {"article", "bcp47", "bounds", "errors", "letters", "mojibake", "quotations", "tomlfile", "urls"}
    | {"formulas", "inline", "runs", "superscripts"},
)
SCRAPER = (
    {"__main__"},
    {"cli"},
    {"commands"},
    {"discover", "explain", "sitecheck"},
    {"run"},
    {"sources", "fetchers", "writers", "engines", "state", "archive", "dataset", "gold"},
    {"warc", "schema", "wishes"},
    {"report", "compression"},
    {"job", "process"},
    {"waits", "sites"},
    {"records", "captured", "durable", "hosts", "defects", "wellformed"},
    {"errors"},
    {""},
)
# Who may join what works; the parts do not know one another.
JOINING = {"run", "discover", "commands"}
WORKING = {"sources", "fetchers", "writers", "engines", "state", "archive", "dataset", "gold"}
LAYERS = {"extractors": EXTRACTORS, "scraper": SCRAPER}

# What the outside world is reached by. Extraction is bytes in, Article out.
NETWORK = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "multiprocessing",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "subprocess",
    "telnetlib",
}
NETWORK |= {"urllib.request", "urllib3", "webbrowser", "xmlrpc"}
CLOCKS = {"now", "utcnow", "today", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}
READING = {"open", "read_text", "read_bytes", "iterdir", "glob", "rglob"}
WRITING = {"write_text", "write_bytes", "mkdir", "unlink", "touch", "rename"}

# The modules of extractors that read files, and which: packaged data, or a file that the caller named in Options.
LOADERS = {
    "extractors/body/model.py": "the weights: packaged, or Options.weights",
    "extractors/boilerplate/load.py": "the rules: packaged, and Options.rules",
    "extractors/charsets.py": "charsets.toml, packaged",
    "extractors/fields/access/barriers.py": "barriers.toml, packaged",
    "extractors/fields/dates/cues.py": "cues.toml, packaged",
    "extractors/fields/calibration.py": "calibration.toml, packaged",
    "extractors/fields/language.py": "the table of languages, packaged",
    "extractors/fields/taxonomy/labelling.py": "furniture.toml, packaged",
    "extractors/fields/moments/names.py": "months.toml and weekdays.toml, packaged",
    "extractors/fields/moments/relative.py": "relative.toml, packaged",
    "extractors/fields/image/placeholders.py": "placeholders.toml, packaged",
    "extractors/fields/particulars.py": "particulars.toml, packaged",
    "extractors/fields/words.py": "names.toml, given.toml and general.toml, packaged",
    "extractors/labels.py": "the table of printed labels, packaged",
    "extractors/marks.py": "marks.toml, packaged",
    "extractors/profiles/load.py": "the profiles: packaged, and Options.profiles; the zones of the package tzdata",
    "extractors/refuse/__init__.py": "walls.toml, packaged",
    "extractors/refuse/kinds.py": "kinds.toml, packaged",
    "extractors/tomlfile.py": "rules and profiles: packaged, and of Options.rules and Options.profiles",
    "extractors/version.py": "the digest of all packaged data, and of the files that Options names",
}

MODULE_LINES = 300
FUNCTION_LINES = 40
LONG_MODULES: dict[str, str] = {
    "extractors/body/features.py": "one column after another, each with its meaning: a table in the form of code",
}
LONG_FUNCTIONS: dict[str, str] = {
    "extractors/extract.py:record": "one line for each key of the record",
    "extractors/outline.py:outline": "the one loop over every node of every page: a call for each node would double its cost",
}

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

# Dependencies that no module imports, and why they are declared.
UNIMPORTED = {
    "tzdata": "the tables of time zones that profiles name, read as files",
    "lxml-html-clean": "trafilatura imports it by way of justext, as an extra of lxml that not every lxml names",
}

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc", "core", "shared"}


def _layer(package: str, unit: str) -> int:
    for number, units in enumerate(LAYERS[package]):
        if unit in units:
            return number
    raise AssertionError(f"{package}/{unit} has no place in the layers of tests/test_architecture.py")


def _is_folder(package: str, unit: str) -> bool:
    return (ROOT / package / unit).is_dir()


def _hold(wrong: Iterable[str]) -> None:
    found = list(wrong)
    assert not found, "\n" + "\n".join(found)


def test_imports_point_downwards() -> None:
    _hold(
        f"{module.path}:{imported.line} imports {imported.target}"
        for module in modules()
        for imported in module.imports
        if not _may_import(module, imported.target)
    )


def _may_import(module: Module, target: str) -> bool:
    package, _, rest = target.partition(".")
    unit = rest.partition(".")[0]
    if package not in PACKAGES or (package == module.package and unit == module.unit):
        return True
    if package != module.package:
        return module.package == "scraper"  # extractors know nothing of the scraper
    here, there = _layer(package, module.unit), _layer(package, unit)
    folders = _is_folder(package, unit) and _is_folder(package, module.unit)
    return there > here or (there == here and not folders)


def test_no_circular_imports() -> None:
    graph = {module.name: {i.target for i in module.imports} & {m.name for m in modules()} - {module.name} for module in modules()}
    done: set[str] = set()

    def follow(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"a circle: {' -> '.join([*trail[trail.index(name) :], name])}"
        if name not in done:
            for target in sorted(graph[name]):
                follow(target, (*trail, name))
            done.add(name)

    for name in graph:
        follow(name, ())


def test_only_the_pipeline_composes() -> None:
    """What works is joined in the pipeline (its fetching, its inlets), or asked for by a command; the parts do not know one another."""
    _hold(
        f"{module.path}:{imported.line} imports {imported.target}"
        for module in modules()
        for imported in module.imports
        if imported.target.startswith("scraper.")
        and imported.target.split(".")[1] in WORKING - {module.unit}
        and module.unit not in JOINING
    )


def test_private_names_stay_private() -> None:
    _hold(
        f"{module.path}:{imported.line} imports {imported.name} of {imported.target}"
        for module in modules()
        for imported in module.imports
        if imported.target.startswith(PACKAGES) and imported.name and re.match("_[^_]", imported.name)
    )


def _calls(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The names of called methods and of the builtin `open`, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node.lineno
            elif isinstance(node.func, ast.Name) and node.func.id == "open":
                yield "open", node.lineno


def _pure() -> list[Module]:
    return [module for module in modules() if module.package == "extractors"]


def test_extraction_has_no_network() -> None:
    outside = NETWORK | {"time", "random", "secrets", "tempfile"}
    _hold(
        f"{module.path}:{imported.line} imports {imported.target}"
        for module in _pure()
        for imported in module.imports
        if imported.target in outside or imported.target.partition(".")[0] in outside
    )


def test_extraction_reads_no_clock() -> None:
    _hold(f"{module.path}:{line} calls {name}" for module in _pure() for name, line in _calls(module.tree) if name in CLOCKS)


def test_extraction_reads_no_files_but_its_data() -> None:
    _hold(
        f"{module.path}:{line} calls {name}"
        for module in _pure()
        for name, line in _calls(module.tree)
        if name in READING and module.path not in LOADERS
    )


def test_extraction_writes_nothing() -> None:
    _hold(f"{module.path}:{line} calls {name}" for module in _pure() for name, line in _calls(module.tree) if name in WRITING)


def test_extraction_reads_no_environment() -> None:
    _hold(
        f"{module.path}:{node.lineno} reads {node.attr}"
        for module in _pure()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    )


def test_modules_stay_short() -> None:
    _hold(
        f"{module.path} has {module.lines} lines" for module in modules() if module.lines > MODULE_LINES and module.path not in LONG_MODULES
    )


def test_functions_stay_short() -> None:
    _hold(
        f"{module.path}:{function.name} has {lines} lines"
        for module in modules()
        for function in functions(module.tree)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
        and f"{module.path}:{function.name}" not in LONG_FUNCTIONS
    )


def test_exceptions_are_needed() -> None:
    by_path = {module.path: module for module in modules()}
    for path in LONG_MODULES:
        assert path in by_path, f"{path} is gone: strike it from the exceptions"
        assert by_path[path].lines > MODULE_LINES, f"{path} is short: strike it from the exceptions"
    for where in LONG_FUNCTIONS:
        path, _, name = where.partition(":")
        lengths = [(f.end_lineno or 0) - f.lineno + 1 for f in functions(by_path[path].tree) if f.name == name]
        assert max(lengths, default=0) > FUNCTION_LINES, f"{where} is short or gone: strike it from the exceptions"
    for path in LOADERS:
        assert path in by_path, f"{path} is gone: strike it from the loaders"
        assert any(name in READING for name, _ in _calls(by_path[path].tree)), f"{path} reads nothing: strike it from the loaders"


def test_each_module_says_its_purpose() -> None:
    _hold(
        f"{module.path} begins with no sentence"
        for module in modules()
        if not (ast.get_docstring(module.tree) or "").partition("\n")[0].endswith((".", ":"))
    )


def test_public_parts_are_documented() -> None:
    _hold(
        f"{module.path}:{node.lineno} says nothing of {node.name}"
        for module in modules()
        for node in module.tree.body
        if isinstance(node, DEFINITIONS) and not node.name.startswith("_") and not ast.get_docstring(node)
    )


def _exported(module: Module) -> list[str] | None:
    """What `__all__` names; None where a module has none."""
    for node in module.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            return list(ast.literal_eval(node.value))  # type: ignore[union-attr, arg-type] - both kinds of node have a value here
    return None


def test_all_names_what_is_there() -> None:
    _hold(
        f"{module.path} exports {name}, which it does not have"
        for module in modules()
        for name in _exported(module) or ()
        if name not in module.bound and not _is_submodule(module, name)
    )


def test_all_names_what_others_import() -> None:
    exports = {module.name: _exported(module) or [] for module in modules()}
    for name, exported in exports.items():
        assert len(exported) == len(set(exported)), f"{name} names something twice"
    _hold(
        f"{module.path}:{imported.line} imports {imported.name}, which is not in __all__ of {imported.target}"
        for module in modules()
        for imported in module.imports
        if imported.target in exports and imported.name and imported.name not in {*exports[imported.target], "__version__"}
    )


def _is_submodule(module: Module, name: str) -> bool:
    return module.path.endswith("__init__.py") and any(other.name == f"{module.name}.{name}" for other in modules())


def test_names_that_say_nothing() -> None:
    for path in (ROOT / package for package in PACKAGES):
        wrong = [
            found for found in path.rglob("*") if found.stem.lower().strip("_") in FORBIDDEN_NAMES and "__pycache__" not in found.parts
        ]
        assert not wrong


def test_every_import_is_declared_and_every_dependency_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    declared = {_distribution(line) for line in project["dependencies"]}
    optional = {_distribution(line) for name in ("browser", "train") for line in extras[name]}
    owners = packages_distributions()
    imported: dict[str, str] = {}
    for module in modules():
        for target in module.imports:
            root = target.target.partition(".")[0]
            if root not in sys.stdlib_module_names and root not in PACKAGES:
                imported.setdefault(_distribution(owners.get(root, [root])[0]), f"{module.path}:{target.line}")
    undeclared = {name: where for name, where in imported.items() if name not in declared | optional}
    assert not undeclared
    assert declared - set(imported) == set(UNIMPORTED), "declared and imported nowhere"


def _distribution(requirement: str) -> str:
    return re.split(r"[\s<>=!~\[;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


OFFENDER = """
import socket
from datetime import datetime
from extractors.body.read import read_body
def late(): return datetime.now(), open("x")
"""


def test_the_rules_see_an_offender() -> None:
    tree = ast.parse(OFFENDER)
    module = Module("extractors/fields/offender.py", "extractors.fields.offender", OFFENDER, tree)
    assert {imported.target for imported in module.imports if imported.target in NETWORK} == {"socket"}
    assert [imported.target for imported in module.imports if not _may_import(module, imported.target)] == ["extractors.body.read"]
    assert {name for name, _ in _calls(tree)} == {"now", "open"}
    assert _exported(module) is None
