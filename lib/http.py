from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """303: the answer to a POST is read elsewhere, by GET."""

    status_code = 303
