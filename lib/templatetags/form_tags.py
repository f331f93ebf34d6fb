"""Controls of a form with their class, description and state."""

from __future__ import annotations

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_radio(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.RadioSelect)


@register.filter
def is_password(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.PasswordInput)


@register.filter
def control(field: BoundField, css: str) -> SafeString:
    """Draw the control, tied to its help and its errors."""
    if isinstance(field.field.widget, forms.Textarea):
        css += " field__control--text"
    described = descriptions(field)
    attrs: dict[str, str | bool] = {
        "class": css,
        "placeholder": False,
    }  # a label says it, and stays
    if described:
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def radio(choice: BoundWidget, field: BoundField) -> SafeString:
    """Draw one button of a group, tied to the errors of the group.

    Whether they are wrong is said of the group: of one button it means nothing.
    """
    attrs = choice.data["attrs"]
    attrs.pop("aria-invalid", None)
    if described := descriptions(field):
        attrs["aria-describedby"] = described
    return choice.tag()


@register.filter
def descriptions(field: BoundField) -> str:
    """Return the ids of what describes the field: that of its own widget, help, errors."""
    own = field.field.widget.attrs.get("aria-describedby", "")
    parts = {own: own, f"{field.auto_id}_helptext": field.help_text}
    parts[f"{field.auto_id}_error"] = field.errors
    return " ".join(name for name, is_there in parts.items() if is_there)


@register.filter
def focus_id(field: BoundField) -> str:
    """Return the id of what takes the focus: of a group its first button."""
    return f"{field.auto_id}_0" if is_radio(field) else str(field.id_for_label)
