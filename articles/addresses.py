"""How the address of an article is written, for every URLconf that hangs something below it."""

ARTICLE = r"^(?P<section_path>[a-z0-9-]+(?:/[a-z0-9-]+)*)/article/(?P<slug>[^/]*?)-?(?P<pk>[0-9]{1,18})"
