"""The medicines become what the two files say, or stay as they are."""

from io import StringIO
from shutil import copytree

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from search.medicines import files, importing
from search.models import Medicine
from tests.search.bdpm import FOLDER

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return copytree(FOLDER, tmp_path / "bdpm")


def run(folder, **options):
    out, err = StringIO(), StringIO()
    call_command("import_medicines", folder, stdout=out, stderr=err, **options)
    return out.getvalue().strip(), err.getvalue().split()


def change(folder, old, new, name=files.MEDICINES):
    path = folder / name
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))


def keep(folder, wanted):
    path = folder / files.MEDICINES
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if wanted(line)))


def stored():
    return set(Medicine.objects.values_list("cis", "name", "key", "substances"))


def test_files_are_read_and_one_line_says_so(folder):
    assert run(folder) == (
        "import_medicines: 13 medicines, 13 added, 0 changed, 0 removed, 0 lines left out",
        [],
    )
    medicine = Medicine.objects.get(pk=10000005)
    assert medicine.name == "ZÉPHYRINE 50 mg/ml, solution injectable"
    assert medicine.key == "zephyrine"
    assert medicine.substances == "ZÉPHYRAMOL"
    plants = Medicine.objects.get(pk=10000009).substances.split("\n")
    assert len(plants) == 8, "each once, though it is in two parts"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_encoding_does_not_matter(folder, encoding):
    run(folder)
    before = stored()
    for path in folder.glob("*.txt"):
        path.write_bytes(path.read_bytes().decode().encode(encoding))
    assert "0 added, 0 changed, 0 removed, 0 lines left out" in run(folder)[0]
    assert stored() == before


def test_second_import_changes_what_differs_and_removes_what_is_gone(folder):
    run(folder)
    started = timezone.now()
    change(folder, "ZÉPHYRINE", "ZÉPHYRELLE")
    keep(folder, lambda line: not line.startswith((b"10000009", b"10000010")))
    out, _err = run(folder)
    assert "11 medicines, 0 added, 1 changed, 2 removed" in out
    assert not Medicine.objects.filter(pk__in=[10000009, 10000010]).exists()
    assert Medicine.objects.get(pk=10000005).key == "zephyrelle"
    assert Medicine.objects.filter(imported_at__lt=started).count() == 0


def test_dry_run_changes_nothing(folder):
    assert "13 to add, 0 to change, 0 to remove" in run(folder, dry_run=True)[0]
    assert stored() == set()


@pytest.mark.parametrize("name", [files.MEDICINES, files.PARTS])
@pytest.mark.parametrize(
    "content",
    [b"", b"\r\n\r\n", b"<!DOCTYPE html>\n<html>\n</html>\n", b"\x00\xff" * 1000, b"a\tb\n" * 50],
)
def test_file_that_is_another_one_is_refused_in_one_line(folder, name, content):
    run(folder)
    before = stored()
    (folder / name).write_bytes(content)
    with pytest.raises(CommandError, match=f"{name} is not the file") as refused:
        run(folder)
    assert "\n" not in str(refused.value)
    assert stored() == before


def test_files_in_each_others_place_are_refused(folder):
    one, other = folder / files.MEDICINES, folder / files.PARTS
    first, second = one.read_bytes(), other.read_bytes()
    other.write_bytes(first)
    with pytest.raises(CommandError, match="is not the file"):
        run(folder)
    one.write_bytes(second)
    with pytest.raises(CommandError, match="is not the file"):
        run(folder)


def test_missing_file_is_refused_in_one_line(folder):
    (folder / files.PARTS).unlink()
    with pytest.raises(CommandError, match=r"CIS_COMPO_bdpm.txt: No such file.*Nothing was"):
        run(folder)
    with pytest.raises(CommandError, match="No such file"):
        run(folder / "nowhere")


def test_some_bad_lines_are_counted_and_told(folder):
    path = folder / files.MEDICINES
    lines = path.read_bytes().splitlines(keepends=True)
    more = [
        lines[0].replace(b"10000001", str(20000000 + n).encode()).replace(b"DOLI", b"INVEN%d" % n)
        for n in range(60)
    ]
    bad = [b"10000001\tcut", lines[0].strip(), lines[0].replace(b"10000001", b"0123").strip()]
    nameless = lines[0].replace(b"10000001", b"30000000").replace(lines[0].split(b"\t")[1], b"--")
    path.write_bytes(b"".join([*lines, *more, b"\r\n".join(bad), b"\r\n", nameless]))
    out, err = run(folder)
    assert "73 medicines" in out
    assert out.endswith("4 lines left out")
    assert {place for place in err if place.startswith("CIS")} == {
        f"CIS_bdpm.txt:{number}" for number in (74, 75, 76, 77)
    }


def test_file_that_was_cut_short_removes_nothing_unless_asked(folder):
    run(folder)
    keep(folder, lambda line: line < b"10000004")
    with pytest.raises(CommandError, match="10 of 13 medicines would go"):
        run(folder)
    assert len(stored()) == 13
    assert "10 removed" in run(folder, fewer=True)[0]


def test_interrupted_import_is_finished_by_the_next(folder, monkeypatch):
    run(folder)
    change(folder, "LYOC", "LYOK")
    keep(folder, lambda line: not line.startswith(b"10000001"))
    monkeypatch.setattr(importing, "BATCH", 5)

    def interrupt(_n):
        raise KeyboardInterrupt

    rows = files.read(folder).rows
    with pytest.raises(KeyboardInterrupt):
        importing.replace(rows, progress=interrupt)
    assert len(stored()) == 13
    run(folder)
    assert stored() == {(row.cis, row.name, row.key, row.substances) for row in rows}


def test_batches_are_of_bounded_size(folder, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 5)
    sizes = []
    importing.replace(files.read(folder).rows, progress=sizes.append)
    assert sizes == [5, 5, 3]


@pytest.mark.parametrize("fields", [{"cis": 1}, {"name": ""}, {"key": ""}])
def test_database_is_the_last_guard(fields):
    row = {"cis": 10000001, "name": "X", "key": "x", "imported_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Medicine.objects.create(**row | fields)
