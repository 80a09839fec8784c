"""`scraper schema`: the JSON Schema of what is written."""

import click

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper schema > article.schema.json
  scraper schema failure
"""


@click.command("schema", epilog=_EPILOG)
@click.argument("record", type=click.Choice(["article", "failure"]), default="article")
def command(record: str) -> int:
    """Print the JSON Schema of a record: of an article (the default), or of a failure."""
    from scraper.schema import article_schema, failure_schema, schema_text  # noqa: PLC0415 - beside its use

    click.echo(schema_text(article_schema() if record == "article" else failure_schema()), nl=False)
    return 0
