"""`scraper train`: weights of the body model from gold pages."""

from pathlib import Path

import click

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper train gold/ -o weights.json
  scraper train gold/ my-pages/ -o weights.json --seed 7
  scraper train gold/ --labels labels.jsonl -o weights.json
  scraper extract saved/ --weights weights.json
  scraper evaluate my-pages/ --cv

Needs the extra `train`: pip install 'article-scraper[train]'. The same pages, options and versions give the same weights.
"""
_FOLDERS = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("train", epilog=_EPILOG)
@click.argument("gold", nargs=-1, required=True, type=_FOLDERS)
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the weights here."
)
@click.option(
    "--labels",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Learn also from pages whose body this file tells: rows of set, id and the keys of its runs.",
)
@click.option("--seed", default=1, show_default=True, help="Seed of the trees.")
@click.option("--overwrite", is_flag=True, help="Replace weights that are there.")
def command(gold: tuple[Path, ...], output: Path, labels: Path | None, seed: int, overwrite: bool) -> int:  # noqa: FBT001, PLR0917 - click hands its parameters over by name
    """Learn the weights of the body model from the gold pages whose body is known."""
    import msgspec  # noqa: PLC0415 - beside its use

    from scraper.commands.wholefile import check_place, write_whole  # noqa: PLC0415
    from scraper.errors import OutputExists, Place, SourceError  # noqa: PLC0415
    from scraper.gold.pages import labelled, read_gold  # noqa: PLC0415
    from scraper.gold.samples import samples  # noqa: PLC0415
    from scraper.gold.train import Recipe, train  # noqa: PLC0415

    if output.exists() and not overwrite:
        raise OutputExists("the file is there already", remedy="give --overwrite to replace it", place=Place(file=str(output)))
    check_place(output)
    material = list(samples(labelled(read_gold(gold), labels) if labels else read_gold(gold)))
    if not material:
        raise SourceError("no page with a gold body", remedy="training needs rows with `body`: a list of paragraphs")
    chosen = sum("runs" in sample.page.gold for sample in material)
    click.echo(f"{len(material)} pages with a body{f', {chosen} of them by labels' if chosen else ''}; training", err=True)
    write_whole(output, msgspec.json.encode(train(material, Recipe(seed=seed))) + b"\n")
    click.echo(f"weights written to {output}", err=True)
    return 0
