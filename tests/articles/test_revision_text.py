import pytest

from articles.revisions.text import written


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            '<p>Lisez <a href="https://example.org/a" rel="noopener">la notice</a>.</p>',
            "Lisez la notice [https://example.org/a].",
        ),
        ("<h2>Le sel</h2><h3>Combien ?</h3><p>Peu.</p>", "## Le sel\n### Combien ?\nPeu."),
        (
            '<ul><li>un<ol start="3"><li>deux</li><li>trois</li></ol></li></ul>',
            "• un\n– 3. deux\n– 4. trois",
        ),
        (
            "<p><strong>Jamais</strong> <em>plus</em> de 2<sup>3</sup> H<sub>2</sub>O</p>",
            "**Jamais** *plus* de 2^3^ H~2~O",
        ),
        (
            (
                '<figure><img src="/media/pictures/ab/x.jpg" alt="Un chat"><figcaption>'
                "La sieste</figcaption></figure>"
            ),
            "[image : x.jpg, Un chat]\n[légende] La sieste",
        ),
        (
            (
                "<table><caption>Doses</caption><thead><tr><th>Âge</th></tr></thead>"
                "<tbody><tr><td>1 an</td></tr></tbody></table>"
            ),
            "[tableau] Doses\n| # Âge\n| 1 an",
        ),
        (
            (
                "<blockquote><p>Oui<br>non</p></blockquote><hr><p>a &lt;b&gt; <abbr "
                'title="Haute Autorité">HAS</abbr></p>'
            ),
            ">\nOui\nnon\n———\na <b> HAS [Haute Autorité]",
        ),
        ("</a></ul><li>seul", "• seul"),
    ],
)
def test_what_readers_notice_is_written_out(html, text):
    assert written(html) == text
