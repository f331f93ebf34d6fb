"""What a member may do: role, groups and access to the admin change together."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction

from authors.models import Author

Role = Author.Role

EDITORS, MODERATORS = "Éditeurs", "Modérateurs"
GROUPS: dict[str, tuple[str, ...]] = {
    Role.READER: (),
    Role.WRITER: (),
    Role.MODERATOR: (MODERATORS,),
    Role.EDITOR: (EDITORS, MODERATORS),
}


def grant_role(author: Author, role: str) -> None:
    """Give the author this role.

    The account, if there is one, gets the groups of the role and loses the others.
    """
    with transaction.atomic():
        author.role = Role(role)
        author.save(update_fields=["role"])
        if author.user is None:
            return
        wanted = Group.objects.filter(name__in=GROUPS[author.role])
        author.user.groups.remove(*Group.objects.filter(name__in=[EDITORS, MODERATORS]))
        author.user.groups.add(*wanted)
        author.user.is_staff = author.user.is_superuser or bool(GROUPS[author.role])
        author.user.save(update_fields=["is_staff"])
