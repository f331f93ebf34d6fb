"""How the address of an article is written, for every URLconf that hangs something below it."""

SECTION = r"^(?P<section_path>[a-z0-9-]+(?:/[a-z0-9-]+)*)"
ARTICLE = rf"{SECTION}/article/(?P<slug>[^/]*)-(?P<pk>[0-9]{{1,18}})"
BARE_ARTICLE = (
    rf"{SECTION}/article/(?P<pk>[0-9]{{1,18}})"  # without any words: leads to the canonical address
)
