from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Know our name for the gettext that translates at once, beside the lazy `_`."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_t"]
