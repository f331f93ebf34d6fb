"""Tables wider than a telephone."""

from __future__ import annotations

from lib.html.tree import Element, new_element, outermost


def wrap_tables(tree: Element) -> None:
    """Wrap each table in a section that scrolls by keyboard too; an inner table scrolls with it."""
    tables = (table for table in outermost(tree, {"table"}) if table.start == "<table>")
    for number, table in enumerate(tables, 1):
        label = _label(table, number)
        region = {"class": "prose__table", **label, "tabindex": "0"}
        table.replace_with(new_element("section", region, table.copy()))


def _label(table: Element, number: int) -> dict[str, str]:
    """Name the region by the caption of the table, by a number if it has none."""
    for node in table.children:
        if isinstance(node, Element) and node.tag == "caption":
            node.start = f'<caption id="tableau-{number}">'
            return {"aria-labelledby": f"tableau-{number}"}
    return {"aria-label": f"Tableau {number}"}
