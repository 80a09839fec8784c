"""The packaged rules in their packed form: `python -m tests.packed_rules` writes them anew after a rules file has been changed."""

import json
from dataclasses import asdict

from extractors.boilerplate.load import PACKAGED, PACKED, parsed
from extractors.boilerplate.packing import digest
from extractors.boilerplate.rule import Rule

__all__ = ["main", "wanted"]

EXAMPLES = ("catches", "spares")  # the tests read them from the source
DEFAULTS = asdict(Rule(id="", kind=""))


def wanted() -> dict[str, bytes]:
    """File names of the packed folder, and what each must hold. Raises InvalidRules for a rules file with a fault."""
    return {f"{path.stem}.json": _packed(parsed(path, path.read_bytes()), path.read_bytes()) for path in sorted(PACKAGED.glob("*.toml"))}


def _packed(rules: tuple[Rule, ...], source: bytes) -> bytes:
    """The rules of one file, one a line."""
    tables = [
        {key: value for key, value in asdict(rule).items() if key not in EXAMPLES and value != DEFAULTS[key]}
        | {"openings": [[phrase.text, phrase.least, phrase.starts, phrase.needs] for phrase in rule.openings]}
        for rule in rules
    ]
    lines = ",\n".join(json.dumps(table, ensure_ascii=False) for table in tables)
    return f'{{"source": "{digest(source)}", "rules": [\n{lines}\n]}}\n'.encode()


def main() -> None:
    """Writes each file, and removes those whose rules are gone."""
    PACKED.mkdir(exist_ok=True)
    files = wanted()
    for path in PACKED.glob("*.json"):
        if path.name not in files:
            path.unlink()
    for name, data in files.items():
        (PACKED / name).write_bytes(data)


if __name__ == "__main__":
    main()
