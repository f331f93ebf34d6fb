"""Every screen of the admin as the person who may do all sees it, and the words on it."""

from html.parser import HTMLParser

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from articles import notices, publishing
from articles.models import Source
from articles.revisions import versions
from authors.models import User
from comments import moderation
from frontpage.models import FrontPageSlot
from magazine.models import ContactMessage, SitePage, SiteSettings
from outbox.models import Mail
from readings.models import AlsoViewed, BannedNetwork, BlockTally, Override
from redirects.models import Redirect
from search.models import Synonym
from taxonomy.models import Tag
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_rating,
    make_section,
)

UNSEEN = {"script", "style", "textarea", "svg", "code", "pre"}
SPOKEN = ("title", "aria-label", "placeholder", "alt")


class Words(HTMLParser):
    """What a person reads or hears: texts, names of buttons, labels without a text."""

    def __init__(self):
        super().__init__()
        self.found, self.depth = [], 0

    def handle_starttag(self, tag, attrs):
        self.depth += tag in UNSEEN
        attributes = dict(attrs)
        if tag == "input" and attributes.get("type") in {"submit", "button"}:
            self.found.append(attributes.get("value", ""))
        self.found += [attributes[name] for name in SPOKEN if attributes.get(name)]

    def handle_endtag(self, tag):
        self.depth -= tag in UNSEEN

    def handle_data(self, text):
        if not self.depth and text.strip():
            self.found.append(" ".join(text.split()))


def words(html):
    parser = Words()
    parser.feed(html)
    return parser.found


def fill():
    """Make a row of each kind of thing; their names are figures, which no language knows."""
    now = timezone.now()
    author = make_author("1001", member=True, role="WRITER")
    section = make_section("1002", parent=make_section("1003"))
    article = make_article(
        title="1004", author=author, section=section, lead_image=make_picture("1005")
    )
    other = make_article(title="1006", author=author, section=section, body="<p>1007</p>")
    article.tags.set(Tag.objects.named(["1008", "1009"]))
    Source.objects.create(article=article, url="https://example.org/", title="1010")
    versions.record(article, actor=author.user, note="")
    publishing.withdraw(make_article(title="1011", author=author), actor=None, reason="1012")
    comment = make_comment(article, author, text="1013 1014")
    moderation.report(reason="INSULT", message="1015", reporter=None, comment=comment)
    make_comment(article, author, text="1016 1017", hidden=True)
    make_rating(article)
    notices.issue(article=article, kind="OTHER", text="1018", actor=None)
    FrontPageSlot.objects.create(article=article, place="LEAD", position=1, starts_at=now)
    Override.objects.create(
        article=article, neighbour=other, kind="PIN", reason="1019", actor=author.user
    )
    AlsoViewed.objects.create(
        article=article, neighbour=other, rank=1, source="READINGS", variant="A"
    )
    BlockTally.objects.create(article=article, day=now.date(), variant="A", position=1, count=1)
    BannedNetwork.objects.create(prefix="192.0.2.0/24", reason="1020", actor=author.user)
    Redirect.objects.create(old_path="/1021/", new_path="/1022/")
    Synonym.objects.create(words="1023", others="1024", kind="SAME")
    ContactMessage.objects.create(subject="OTHER", text="1025", name="1026", email="a@example.org")
    Mail.objects.create(
        subject="1027", recipient="b@example.org", keep_trying_until=now, next_try_at=now
    )
    SiteSettings.objects.get_or_create(pk=1)
    SitePage.objects.create(title="1028", slug="1028", body="<p>1029</p>")
    EmailAddress.objects.create(user=author.user, email="c@example.org")
    Authenticator.objects.create(user=author.user, type="totp", data={})
    Group.objects.get_or_create(name="1030")
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="a.b", backend_name="1031", run_after=now
    )
    for row in (article, comment):
        LogEntry.objects.log_actions(
            author.user.pk, [row], 2, [{"changed": {"fields": ["titre"]}}], single_object=True
        )


def superuser():
    author = make_author("1000", member=True, role="EDITOR")
    User.objects.filter(pk=author.user.pk).update(is_superuser=True, is_staff=True)
    author.user.refresh_from_db()
    return author


def screens(client, language):
    """Yield the name of each screen, what it is about and its page."""
    with override(language):
        yield "index", None, None, client.get(reverse("admin:index"))
        for model, model_admin in admin.site._registry.items():
            yield from _of_model(client, model, model_admin)


def _of_model(client, model, model_admin):
    def page(name, *args):
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)

    def asked(name, row, address, **sent):
        answer = client.post(address, sent) if sent else client.get(address)
        return f"{model._meta.label_lower} {name}", model, row, answer

    rows = page("changelist")
    yield asked("list", None, rows)
    if model_admin.get_search_fields(None):
        yield asked("list", None, f"{rows}?q=zzzzzz")
    yield asked("list", None, f"{rows}?_popup=1")
    yield asked("add", None, page("add"))
    yield asked("add", None, f"{page('add')}?_popup=1")
    yield asked("add", None, page("add"), _save="1")
    row = model._default_manager.order_by("pk").last()
    assert row is not None, model
    yield asked("change", row, page("change", row.pk))
    yield asked("delete", row, page("delete", row.pk))
    yield asked("history", row, page("history", row.pk))
    yield asked("error", row, page("change", row.pk), _save="1")
    yield asked("list", None, rows, action="", index="0")
    for action in ("delete_selected", *(getattr(a, "__name__", a) for a in model_admin.actions)):
        yield asked(f"action {action}", None, rows, action=action, _selected_action=row.pk, index=0)
