"""A group of commands one of which needs no name: ``crmkit plan LEDGER``, ``crmkit plan score``."""

from typing import Any

from typer.core import TyperGroup

#: The command meant when a group is called with something that is none of its commands.
MEANT = "make"


class WithDefault(TyperGroup):
    """A group that hands everything it does not know itself to its command ``make``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the name of the command in front where the reader left it out."""
        named = args[0] in self.commands if args else False
        return super().parse_args(ctx, args if named else [MEANT, *args])
