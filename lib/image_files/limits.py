"""What is refused by its header, in sentences that say the limit and what to do."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from lib.image_files.header import Header
from lib.refused import Refused

MAX_BYTES = 30 * 2**20
MAX_JPEG_PIXELS = 200_000_000  # decoded at a half, a quarter or an eighth
MAX_PIXELS = 24_000_000  # of the others, which are decoded whole
MAX_SCANS = 64  # of a JPEG; each goes through the whole picture again
# what the file, its pixels and what is made of them may take: beside the 110 MB that a process
# takes anyway, and 30 of uploads that come in meanwhile, it stays below 300
MEMORY = 148 * 2**20


def judge_weight(size: int) -> None:
    if size > MAX_BYTES:
        raise Refused(
            _("L’image pèse %(weight)s Mo : %(limit)s Mo au plus. Réduisez-la avant de l’envoyer.")
            % {"weight": _rounded(size / 2**20, ROUND_CEILING), "limit": MAX_BYTES // 2**20}
        )


def refused_kind(kind: str) -> Refused:
    """Return the refusal of a file that is not of a kind that the site takes."""
    match kind:
        case "HEIC":
            return Refused(
                _(
                    "Cette image est au format HEIC, que beaucoup de navigateurs n’affichent pas : "
                    "enregistrez-la en JPEG et envoyez-la de nouveau. Sur un iPhone : Réglages, "
                    "Appareil photo, Formats, « Le plus compatible »."
                )
            )
        case "":
            return Refused(
                _(
                    "Ce fichier n’est pas une image lisible : "
                    "envoyez une photo JPEG, PNG, WebP ou AVIF."
                )
            )
        case _other:
            return Refused(
                _(
                    "Les images au format %(kind)s ne sont pas acceptées : enregistrez la vôtre en "
                    "JPEG (photo) ou en PNG (dessin, capture d’écran) et envoyez-la de nouveau."
                )
                % {"kind": kind}
            )


def damaged() -> Refused:
    return Refused(
        _(
            "Cette image est abîmée ou incomplète : ouvrez-la, enregistrez-la de nouveau et "
            "envoyez le nouveau fichier."
        )
    )


def judge(header: Header, min_side: int) -> None:
    """Raise Refused for a picture that is too small, that moves, or that takes too long."""
    if min(header.width, header.height) < min_side:
        raise Refused(
            _("L’image est trop petite : il faut au moins %(side)s points de côté.")
            % {"side": min_side}
        )
    if header.frames > 1:
        raise Refused(_("Les images animées ne sont pas acceptées : envoyez une image fixe."))
    if header.scans > MAX_SCANS:
        raise Refused(
            _(
                "Ce JPEG progressif a %(scans)s passes : %(limit)s au plus. "
                "Enregistrez-le de nouveau en JPEG ordinaire."
            )
            % {"scans": header.scans, "limit": MAX_SCANS}
        )


def divisor_for(header: Header, size: tuple[int, int]) -> int:
    """Return by how much to divide on decoding, so that `size` can be made of it.

    Where memory wants it so, a half or a third of `size`. Raises Refused for too many points, with
    the size of the same picture that would be taken.
    """
    limit = min(MAX_JPEG_PIXELS if header.kind == "JPEG" else MAX_PIXELS, header.pixels)
    while limit > 1:
        width, height = _size_of(header, limit)
        smaller = replace(header, width=width, height=height)
        if divisor := _fitting_divisor(smaller, (min(size[0], width), min(size[1], height))):
            break
        limit = int(limit * 0.98)
    if limit < header.pixels:
        raise _too_many_points(header, limit)
    return divisor or 1


def _fitting_divisor(header: Header, size: tuple[int, int]) -> int | None:
    for part in (1, 2, 3):
        width, height = size[0] // part, size[1] // part
        divisor = header.largest_divisor(width, height)
        if header.memory(divisor, width) <= MEMORY:
            return divisor
    return None


def _size_of(header: Header, pixels: int) -> tuple[int, int]:
    """Return the size at which the picture has so many points."""
    scale = math.sqrt(pixels / header.pixels)
    return max(1, int(header.width * scale)), max(1, int(header.height * scale))


def _too_many_points(header: Header, limit: int) -> Refused:
    less_width, less_height = _size_of(header, limit)
    facts = {
        "width": header.width,
        "height": header.height,
        "millions": _rounded(header.pixels / 10**6, ROUND_CEILING),
        "limit": _rounded(limit / 10**6, ROUND_FLOOR),
        "kind": header.kind,
        "less_width": less_width,
        "less_height": less_height,
    }
    if header.whole_cost:
        return Refused(
            _(
                "L’image a %(width)s × %(height)s points, soit %(millions)s millions : un JPEG "
                "progressif comme celui-ci en a %(limit)s au plus. Réduisez-la à %(less_width)s × "
                "%(less_height)s points, ou enregistrez-la en JPEG ordinaire."
            )
            % facts
        )
    if header.kind == "JPEG":
        return Refused(
            _(
                "L’image a %(width)s × %(height)s points, soit %(millions)s millions : %(limit)s "
                "au plus. Réduisez-la à %(less_width)s × %(less_height)s points."
            )
            % facts
        )
    return Refused(
        _(
            "L’image a %(width)s × %(height)s points, soit %(millions)s millions : une image "
            "%(kind)s comme celle-ci en a %(limit)s au plus. Réduisez-la à %(less_width)s × "
            "%(less_height)s points, ou enregistrez-la en JPEG."
        )
        % facts
    )


def _rounded(number: float, rounding: str) -> str:
    """Return the number with one decimal, none if that is 0: "24", "24,5"."""
    exact = Decimal(number).quantize(Decimal("0.1"), rounding)
    return str(number_format(exact, 0 if exact == int(exact) else 1))
