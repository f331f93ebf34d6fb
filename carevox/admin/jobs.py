"""What the queue of jobs has done, for who runs the site."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import display_for_value
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_tasks_db.admin import DBTaskResultAdmin  # its own page is registered first
from django_tasks_db.models import DBTaskResult

admin.site.unregister(DBTaskResult)


@admin.register(DBTaskResult)
class TaskAdmin(DBTaskResultAdmin):
    list_display = ("shown_name", "status", "enqueued_at", "started_at", "finished_at")  # type: ignore[assignment]  # theirs are longer
    list_filter = ("status",)  # type: ignore[assignment]  # theirs are longer

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in super().get_readonly_fields(request, obj) if name != "id"]

    @admin.display(description=_("tâche"))
    def shown_name(self, task: Any) -> str:
        return str(task.task_name)

    @admin.display(description=_("où l’erreur est née"))
    def formatted_traceback(self, obj: Any) -> str:
        return super().formatted_traceback(obj)

    @admin.display(description=_("pas avant le"))
    def display_run_after(self, obj: Any) -> Any:
        moment = super().display_run_after(obj)
        return moment if isinstance(moment, str) else display_for_value(moment, "–")
