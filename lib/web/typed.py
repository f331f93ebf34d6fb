"""What a person typed into a form that could not be taken, to be given back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

# The fields into which people write, by name: tokens, hidden fields, passwords and codes are none,
# and nor is what nobody has thought of. `tests/carevox/test_typed.py` asks every form.
PARTS_OF_A_LEVEL = ("when", "text", "numbers")
TYPED = frozenset(
    # readers and members
    ["text", "message", "name", "email", "page", "pseudonym", "biography", "signature", "website"]
    # editors and moderators
    + ["kicker", "title", "subtitle", "standfirst", "body", "lead_caption", "interests_detail"]
    + ["keywords", "upload_alt", "upload_credit", "alt", "credit", "url", "publisher"]
    + ["explanation", "reason", "credentials", "description", "prefix"]
    # what the site says of itself
    + ["promise", "logo_alt", "contact_email", "footer_title", "editorial_board", "funding", "host"]
    + ["publication_director", "publisher_address", "publisher_email", "publisher_phone"]
    + ["publisher_registration", "facebook_url", "twitter_url", "mastodon_url", "bluesky_url"]
    + ["old_path", "new_path", "on_call_email"]
    # whom to call
    + [f"{level}_{part}" for level in ("urgent", "soon", "know") for part in PARTS_OF_A_LEVEL]
    + ["explicit_words", "subject_words", "calm_words", "harmless_words", "valid_in", "signed_by"]
    + ["audience", "hours", "signs", "sms", "web", "source", "number"]
    # words that go together
    + ["words", "others"]
)
CHOSEN = frozenset(["reason"])  # a choice in some forms: its code is a word in capitals


def typed(request: HttpRequest) -> list[str]:
    """Return what was typed, in the order of the form, nothing twice."""
    found = (
        value
        for name, values in request.POST.lists()
        if (field := name.rpartition("-")[2]) in TYPED
        for value in values
        if value.strip() and not (field in CHOSEN and value.isupper())
    )
    return list(dict.fromkeys(found))


def not_taken(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    """Give back what was typed and cannot be taken; 404 where nothing was."""
    texts = typed(request)
    if not texts:
        raise Http404
    return render(request, "not_taken.html", {"why": why, "typed": texts}, status=status)
