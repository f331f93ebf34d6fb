"""Large uploads wait on the disk, which may be full."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, NoReturn

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler


class PatientUploadHandler(TemporaryFileUploadHandler):
    """Leaves a file out that cannot be kept, so that the texts of the form are read to the end.

    The request remembers it for `carevox/middleware/failure.py`.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._leave_out(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        try:
            return super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._leave_out(error)

    def file_complete(self, file_size: int) -> Any:
        try:
            return super().file_complete(file_size)
        except OSError as error:  # what was still in memory
            self._remember(error)
            return None

    def _leave_out(self, error: OSError) -> NoReturn:
        self._remember(error)
        raise SkipFile from error

    def _remember(self, error: OSError) -> None:
        self.request.upload_error = error  # type: ignore[union-attr]  # read by the middleware
        if hasattr(self, "file"):
            with suppress(OSError):
                self.file.close()
