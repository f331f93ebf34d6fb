"""Model fields that keep what people type clean on every path to the database.

Forms, admin, imports and the shell are such paths. The gate of the characters is `legible`; the
gate of the database is `get_prep_value`, through which every value passes on its way to SQL,
`update()` and `bulk_create()` included; `pre_save` shows the clean value on the object as well. A
form cleans before it judges, so that what is nothing but invisible is told to be missing.
tests/architecture/test_texts.py sees that every text of the house is kept in one of these.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models

from lib.html.policy import clean_html
from lib.text import normalise_line, normalise_text
from lib.writing.characters import legible

# generic in the stubs only: what is set, what is read
if TYPE_CHECKING:
    CharField = models.CharField[str, str]
    TextField = models.TextField[str, str]
    URLField = models.URLField[str, str]
    EmailField = models.EmailField[str, str]
    SlugField = models.SlugField[str, str]
else:
    CharField, TextField = models.CharField, models.TextField
    URLField, EmailField = models.URLField, models.EmailField
    SlugField = models.SlugField


def address_word(text: str) -> str:
    return text.lower().replace("_", "-")


class CleanedInForm(forms.CharField):
    """A text in a form, cleaned before it is judged: how long it is, whether there is one."""

    def cleaned(self, value: str) -> str:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        return super().to_python(self.cleaned(value) if isinstance(value, str) else value)


class LineInForm(CleanedInForm):
    def cleaned(self, value: str) -> str:
        return normalise_line(value)


class TextInForm(CleanedInForm):
    widget = forms.Textarea

    def cleaned(self, value: str) -> str:
        return normalise_text(value)


class CleaningMixin:
    form_class: type[forms.Field]  # of a plain field, one without choices

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": self.form_class, **kwargs})  # type: ignore[misc]  # the field's own

    def cleaned(self, value: str) -> str:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)  # type: ignore[misc]  # the field's own
        return self.cleaned(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)  # type: ignore[misc]  # the field's own
        return self.cleaned(value) if isinstance(value, str) else value

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = super().pre_save(instance, add)  # type: ignore[misc]  # the field's own
        if isinstance(value, str):
            value = self.cleaned(value)
            setattr(instance, self.attname, value)  # type: ignore[attr-defined]  # a field's
        return value


class LineField(CleaningMixin, CharField):
    """One line, composed, white space folded."""

    form_class = LineInForm

    def cleaned(self, value: str) -> str:
        return normalise_line(value)


class PlainTextField(CleaningMixin, TextField):
    """Several lines of plain text, cleaned likewise; line breaks stay."""

    form_class = TextInForm

    def cleaned(self, value: str) -> str:
        return normalise_text(value)


class AddressWordField(CleaningMixin, SlugField):
    """The word of a page in its address: small letters, digits and hyphens, as the site's addresses
    are written and looked for."""

    form_class = forms.SlugField

    def cleaned(self, value: str) -> str:
        return address_word(value)


class CleanHTMLField(CleaningMixin, TextField):
    """HTML under the policy of `lib/html/policy.py`."""

    form_class = forms.CharField  # `lib/prose/` has the one that cleans

    def cleaned(self, value: str) -> str:
        return clean_html(value)


class WebAddressField(CleaningMixin, URLField):
    """An address of the web."""

    form_class = forms.URLField

    def cleaned(self, value: str) -> str:
        return legible(value).strip()


class MailAddressField(CleaningMixin, EmailField):
    form_class = forms.EmailField

    def cleaned(self, value: str) -> str:
        return legible(value).strip()


class CompressedJSONField(models.BinaryField):  # type: ignore[type-arg]  # generic in the stubs only
    """Plain data, compressed: a text that is kept whole in many versions takes a third of its
    size. It cannot be searched."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"editable": False, **kwargs})

    def from_db_value(self, value: Any, *_: Any) -> Any:
        return (
            None
            if value is None
            else json.loads(zlib.decompress(bytes(value)).decode(errors="surrogatepass"))
        )

    def get_prep_value(self, value: Any) -> Any:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return zlib.compress(text.encode(errors="surrogatepass"), 9)

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)


def only(field: str, values: Iterable[str], *, name: str) -> models.CheckConstraint:
    """Return the constraint that the column holds nothing but these.

    `choices` binds forms alone. The values stand there once more because a `Meta` does not see the
    class around it; `tests/architecture/test_constraints.py` compares the two.
    """
    return models.CheckConstraint(condition=models.Q((f"{field}__in", list(values))), name=name)
