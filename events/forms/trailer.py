"""The film a coming show is announced with."""

from django import forms
from django.utils.translation import gettext_lazy


class TrailerForm(forms.Form):
    """What the files are is judged by the domain, from their bytes."""

    film = forms.FileField(
        label=gettext_lazy("Film"),
        help_text=gettext_lazy("MP4 or WebM, 50 MB at most. It is shown as it is."),
        widget=forms.FileInput({"accept": "video/mp4,video/webm"}),
    )
    captions = forms.FileField(
        label=gettext_lazy("Captions"),
        required=False,
        help_text=gettext_lazy("A WebVTT file, for those who do not hear it."),
        widget=forms.FileInput({"accept": "text/vtt,.vtt"}),
    )
