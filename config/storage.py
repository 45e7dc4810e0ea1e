"""Where pictures and models lie when no other storage is set: files beside the application."""

from django.core.files.storage import FileSystemStorage
from django.utils.encoding import filepath_to_uri


class LocalFiles(FileSystemStorage):
    """Django's own, whose addresses are put together: a line-up has hundreds, and resolving each against the
    base was an eighth of its page."""

    def url(self, name: str | None) -> str:
        """The address of a file (no dot segments in its name); ValueError without MEDIA_URL, as in Django."""
        path = filepath_to_uri(name)
        if self.base_url is None or path is None:
            return super().url(name)
        return self.base_url + path.lstrip("/")
