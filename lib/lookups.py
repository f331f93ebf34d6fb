"""Conditions that Django has no word for."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Lookup


class Among(Lookup):
    """Tell whether a text is one of many: `filter(Among(F("word"), words))`.

    They travel as one parameter, where `__in` makes an expression of each.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, parameters = self.process_lhs(compiler, connection)
        values = json.dumps(list(self.rhs))
        return f"{left} IN (SELECT value FROM json_each(%s))", [*parameters, values]  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*parameters, list(self.rhs)]
