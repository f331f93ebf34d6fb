import pytest
from django.db.models import F

from lib.lookups import Among
from search.models import SearchWord

pytestmark = pytest.mark.django_db


def test_rows_are_found_among_many_values():
    words = ['qu"il', "l'œil", "a,b", "{c}", "\\d", "voilà"]
    SearchWord.objects.bulk_create(SearchWord(folded=word, shown=word) for word in [*words, "non"])
    many = [*words, *(f"mot{n}" for n in range(3000))]
    found = SearchWord.objects.filter(Among(F("folded"), many))
    assert set(found.values_list("pk", flat=True)) == set(words)
    assert not SearchWord.objects.filter(Among(F("folded"), [])).exists()
    assert SearchWord.objects.exclude(Among(F("folded"), words)).get().pk == "non"
