"""The commands of `wirehouse entities`: which people, organisations and places are one."""

from typing import Annotated

import typer

from flows.commands.options import Form, Format, plain_errors, show
from flows.display import show_ruling
from tasks.adapters.settings import read_settings


def candidates(
    most: Annotated[int, typer.Option(min=1, help="Most pairs to list.")] = 20,
    form: Form = Format.TABLE,
) -> None:
    """Pairs of entities that may be one, the most named first, each with an article to look at."""
    with plain_errors():
        from tasks.rule import candidates as list_candidates

        columns, rows = list_candidates(read_settings(), most=most)
        show(columns, rows, form)


def merge(
    entity_id: Annotated[str, typer.Argument(metavar="ENTITY", help="Its id.")],
    into_id: Annotated[str, typer.Argument(metavar="INTO", help="The one whose name stands.")],
) -> None:
    """Rule that two entities are one; the first counts as the second from now on."""
    with plain_errors():
        from tasks.rule import merge as rule_one

        show_ruling(rule_one(read_settings(), entity_id, into_id))


def split(
    entity_id: Annotated[str, typer.Argument(metavar="ENTITY", help="Its id.")],
    other_id: Annotated[str, typer.Argument(metavar="OTHER", help="The id of the other.")],
) -> None:
    """Rule that two entities are two, whatever evidence there may be."""
    with plain_errors():
        from tasks.rule import split as rule_two

        show_ruling(rule_two(read_settings(), entity_id, other_id))
