"""JSON-LD: scripts to a flat list of nodes in page order, references by @id resolved; depth and number are bounded."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from extractors.structured.loosejson import load

__all__ = ["Graph", "Node", "read_graph", "types_of"]

Node = Mapping[str, Any]

MOST_NODES = 5_000  # the gold pages hold at most 900 objects
MOST_DEPTH = 40
_UNTYPED = frozenset[str]()


class Graph:
    """All nodes of a page: `nodes` lists (depth, node) in page order, `types` their types, `by_id` the fullest node of each @id."""

    __slots__ = ("by_id", "nodes", "types")

    def __init__(self) -> None:
        self.nodes: list[tuple[int, Node]] = []
        self.types: list[frozenset[str]] = []
        self.by_id: dict[str, Node] = {}

    def resolved(self, value: Any) -> Any:
        """`value`, or the node that it refers to where it is a bare {"@id": ...}."""
        if isinstance(value, Mapping) and "@id" in value and len(value) <= 2 and not (value.keys() - {"@id", "@type"}):
            return self.by_id.get(str(value["@id"]), value)
        return value

    def values(self, node: Node | None, *keys: str) -> Iterator[Any]:
        """The values of the keys, in the keys' order, lists opened, references resolved."""
        for key in keys if node else ():
            stack = [(node or {}).get(key)]
            budget = 500
            while stack and (budget := budget - 1):
                value = stack.pop()
                if isinstance(value, list):
                    stack.extend(reversed(value))
                elif isinstance(value, Mapping) and ("@list" in value or "@set" in value):
                    stack.append(value.get("@list", value.get("@set")))
                elif value is not None:
                    yield self.resolved(value)

    def texts(self, node: Node | None, *keys: str) -> Iterator[str]:
        """The values of the keys as strings: a node gives its name, headline, @value or @id; what has none is passed over."""
        for value in self.values(node, *keys):
            if isinstance(value, Mapping):
                for name in ("name", "headline", "@value", "url", "@id"):
                    inner = value.get(name)
                    if isinstance(inner, list) and inner:
                        inner = inner[0]
                    if isinstance(inner, str) and inner.strip():
                        yield inner
                        break
            elif isinstance(value, str):
                if value.strip():
                    yield value
            elif isinstance(value, (int, float)) and not isinstance(value, bool):
                yield str(value)


def types_of(node: Node) -> frozenset[str]:
    """The @type names of a node, without their vocabulary's address."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return frozenset(name.rstrip("/").rpartition("/")[2].rpartition(":")[2] for name in names if isinstance(name, str))


def read_graph(scripts: Iterable[str]) -> Graph:
    """The graph of the JSON-LD scripts."""
    graph = Graph()
    for script in scripts:
        for value in load(script):
            _gather(graph, value)
    return graph


def _gather(graph: Graph, value: Any) -> None:
    """Add every object of `value`, outer before inner, in page order; what stands in @graph counts as outermost."""
    stack: list[tuple[int, Any]] = [(0, value)]
    nodes = graph.nodes
    while stack and len(nodes) < MOST_NODES:
        depth, item = stack.pop()
        if isinstance(item, list):
            stack.extend((depth, inner) for inner in reversed(item[:MOST_NODES]))
        elif isinstance(item, dict):
            nodes.append((depth, item))
            graph.types.append(types_of(item) if "@type" in item else _UNTYPED)
            if "@id" in item and len(item) > len(graph.by_id.get(str(item["@id"]), ())):
                graph.by_id[str(item["@id"])] = item
            if depth < MOST_DEPTH:
                for key, inner in reversed(list(item.items())):
                    if isinstance(inner, (list, dict)):
                        stack.append((depth if key == "@graph" else depth + 1, inner))
