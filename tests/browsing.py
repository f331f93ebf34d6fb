"""What people do in a browser again and again."""

from tests.factories import PASSWORD


def sign_in(page, live_server, author):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.get_or_create(
        user=author.user, email=author.user.email, defaults={"verified": True, "primary": True}
    )
    page.goto(f"{live_server.url}/compte/login/")
    page.fill("[name=login]", author.user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit] >> nth=0")
    page.wait_for_url(f"{live_server.url}/")


def choose(page, field, text):
    """Choose a row in a field of the admin that finds it by typing.

    Keys typed at once would be lost until the box that opens has the focus: it is filled instead.
    """
    page.click(f".fieldBox.field-{field} .select2-selection")
    page.fill(".select2-container--open .select2-search__field", text)
    page.locator(f".select2-results__option:has-text('{text}')").first.click()
