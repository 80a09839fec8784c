"""`scraper evaluate`: how good the extractor is on pages whose answers are known."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = ["command"]

T = TypeVar("T")

_EPILOG = """\b
Examples:
  scraper evaluate gold/
  scraper evaluate gold/ --cv --json figures.json
  scraper evaluate gold/ --cv --labels labels.jsonl
  scraper evaluate gold/ --weights mine.json
  scraper evaluate gold/ --removals
  scraper evaluate gold/ --removals --cv

A gold set is a folder with gold.jsonl (id, url and any of title, authors, published, body, topics, with, without) and
html/<id>.html.gz. A folder of such sets is read whole.
"""
_FOLDERS = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
_READ = click.Path(exists=True, dir_okay=False, path_type=Path)

_STEP = 100  # pages between two lines of progress


def _told(scores: Iterable[T], total: int) -> Iterator[T]:
    """The scores as they come, their number told on standard error now and then."""
    for done, score in enumerate(scores, 1):
        if done % _STEP == 0 or done == total:
            click.echo(f"{done} of {total} pages scored", err=True)
        yield score


@click.command("evaluate", epilog=_EPILOG)
@click.argument("gold", nargs=-1, required=True, type=_FOLDERS)
@click.option("--set", "sets", multiple=True, metavar="NAME", help="Only this set; may be given again.")
@click.option("--weights", type=_FILE, metavar="FILE", help="Weights made by `scraper train` in place of the packaged ones.")
@click.option(
    "--cv", "folds", is_flag=False, flag_value=5, type=click.IntRange(2), metavar="[FOLDS]", help="Cross-validate, grouped by site."
)
@click.option(
    "--labels", type=_READ, metavar="FILE", help="With --cv, learn also from pages whose body this file tells, of any set of GOLD."
)
@click.option("--removals", is_flag=True, help="How many words of the gold bodies each boilerplate rule takes, instead.")
@click.option("--json", "output", type=_FILE, metavar="FILE", help="Write the figures here, too.")
def command(gold: tuple[Path, ...], sets: tuple[str, ...], weights: Path | None, **params: Any) -> int:
    """Score the extractor on gold pages, profiles off. With --cv, by models that had not seen the page's site."""
    from extractors import InvalidRules, Options  # noqa: PLC0415 - heavy
    from scraper.commands.wholefile import check_place  # noqa: PLC0415
    from scraper.errors import UsageError  # noqa: PLC0415
    from scraper.gold.evaluate import evaluate, held_out, summarise, table  # noqa: PLC0415
    from scraper.gold.pages import labelled, read_gold  # noqa: PLC0415
    from scraper.gold.train import Recipe  # noqa: PLC0415

    folds, output, labels = params["folds"], params["output"], params["labels"]
    if labels and not folds:
        raise UsageError("--labels is for --cv", remedy="without it nothing is learned; give both")
    if output:
        check_place(output)
    pages = list(labelled(read_gold(gold), labels) if labels else read_gold(gold))
    known = sorted({page.set_name for page in pages})
    if missing := [name for name in sets if name not in known]:
        raise UsageError(f"no such set: {', '.join(missing)}", remedy=f"the sets are {', '.join(known)}")
    also = [page for page in pages if sets and page.set_name not in sets and "runs" in page.gold]
    pages = [page for page in pages if not sets or page.set_name in sets]
    click.echo(f"{len(pages)} pages", err=True)
    parts = held_out(pages, Recipe(), folds, also=also) if folds else [(pages, Options(profiles=(), weights=weights))]
    try:
        if params["removals"]:
            return _tell_removals(parts)
        summary = summarise(_told((score for own, options in parts for score in evaluate(own, options)), len(pages)))
    except InvalidRules as error:
        raise UsageError(str(error)) from error
    click.echo(table(summary))
    if output:
        _keep(summary, output)
    return 0


def _keep(summary: dict[str, Any], output: Path) -> None:
    import msgspec  # noqa: PLC0415 - beside its use

    from scraper.commands.wholefile import write_whole  # noqa: PLC0415

    write_whole(output, msgspec.json.format(msgspec.json.encode(summary), indent=1) + b"\n")


def _tell_removals(parts: Iterable[tuple[list[Any], Any]]) -> int:
    """Prints by rule how many of the words that it takes from the model's choice the gold bodies have, then the texts of those."""
    from scraper.gold.removals import removals, table, total  # noqa: PLC0415 - beside its use

    sums = total(found for own, options in parts for found in removals(own, options))
    click.echo(table(sums))
    for rule, removed in sums.items():
        for harm in removed.harms if rule else ():
            click.echo(f"{rule}\t{harm.page}\t{harm.lost}\t{harm.again}\t{' '.join(harm.text.split())[:200]}")
    return 0
