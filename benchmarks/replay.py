"""How good « ont aussi consulté » is: a click log replayed through the command and through a site.

    python -m benchmarks.replay --clicks log.csv.gz --start 2017-10-07 --end 2017-10-11 --every 4
    python -m benchmarks.replay --every 12          # a generated log (benchmarks/news_log.py)

At each build, only what was read before is known. What is then proposed beside the articles of the
next period is compared with what the same visit reads in the half hour after. The command is
`manage.py also_viewed`; the site is a whole one, whose lists are read as its pages show them, once
with the raw readings of the whole window and once as it runs, with tallies of what is older than
two days. Without --sections all is one subject; with it a subject means nothing, which is the worst
that it can do. --share keeps a part of the visits, as a smaller site has them. --tool names a
scorer of one's own that takes the same options and --model, --k or --lists; it is run on the same
lists.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import shlex
import subprocess
import sys
import tempfile
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.news_log import news_log
from benchmarks.replayed_site import ReplayedSite, section_of, set_up

SHOWN, MOST_LATER = 5, 12
HALF_HOUR, QUARTER, DAY = 1800, 900, 86_400
TOLERANCE = 0.99  # of the tool's hits, where --tool is given

Click = tuple[str, str, int]  # visit, article, Unix seconds
Lists = dict[str, list[str]]
Maker = Callable[["Slot"], Lists]


@dataclass(frozen=True)
class Slot:
    """A build at `cutoff`, and the views of the period after it: (article, what is read later)."""

    cutoff: int
    views: list[tuple[str, set[str]]]

    @property
    def asked(self) -> list[str]:
        return sorted({article for article, _later in self.views})


def main() -> int:
    given = options()
    with tempfile.TemporaryDirectory(prefix="also-viewed-proof-") as name:
        folder = Path(given.keep or name)
        log = Log(given.clicks or generated(Path(name)), share=given.share)
        log.write(folder / "log.csv")
        slots = list(log.slots(given))
        views = sum(len(slot.views) for slot in slots)
        per_day = len(log.clicks) / max(1, (log.times[-1] - log.times[0]) / DAY)
        print(f"{len(slots)} builds, {views} views, {per_day:.0f} readings a day")
        set_up(Path(name), window_hours=given.window_hours)
        makers: dict[str, Maker] = {
            "most read of 15 minutes": lambda slot: log.most_read(slot, QUARTER),
            "most read of a day": lambda slot: log.most_read(slot, DAY),
            "command": Command(log, Path(name), given),
            "site": ReplayedSite(log.clicks, log.times, sections=given.sections),
            "site as it runs": ReplayedSite(
                log.clicks, log.times, sections=given.sections, forgets=True
            ),
        }
        print(f"{'':24} {'hit of five':>11} {'cold':>6} {'coverage':>9} {'most lists':>10}")
        hits = {who: report(who, maker, slots, log, folder) for who, maker in makers.items()}
        return compare_with_tool(given, folder, hits) if given.tool else 0


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--clicks", type=Path, help="CSV with the header session,article,ts; may be .gz")
    add("--start", default="1700172800", help="first build: a day, or Unix seconds")
    add("--end", default="1700432000", help="no build from here on")
    add("--period", type=int, default=3600, help="seconds from one build to the next")
    add("--every", type=int, default=1, help="of these builds, each so many-th")
    add("--window-hours", type=float, default=120.0)
    add("--share", type=float, default=1.0, help="part of the visits to keep, 0 to 1")
    add("--sections", type=int, default=1, help="deal the articles to so many, by chance")
    add("--keep", help="a folder to leave the log and the lists in")
    add("--tool", help="program to score the same lists with")
    return parser.parse_args()


def seconds(text: str) -> int:
    is_number = text.isdigit()
    return (
        int(text) if is_number else int(datetime.fromisoformat(f"{text}T00:00+00:00").timestamp())
    )


def generated(folder: Path) -> Path:
    path = folder / "generated.csv"
    rows = zip(*(column.tolist() for column in news_log(30_000)), strict=True)
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("session", "article", "ts"), *rows])
    return path


class Log:
    """The readings in the order of time."""

    def __init__(self, path: Path, *, share: float) -> None:
        with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
            rows = [(visit, article, int(ts)) for visit, article, ts in list(csv.reader(file))[1:]]
        chance = random.Random(1)
        kept = {visit for visit in dict.fromkeys(row[0] for row in rows) if chance.random() < share}
        self.clicks = sorted((row for row in rows if row[0] in kept), key=lambda row: row[2])
        self.times = [ts for _visit, _article, ts in self.clicks]
        self.visits: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for visit, article, ts in self.clicks:
            self.visits[visit].append((ts, article))

    def between(self, start: float, end: int) -> list[Click]:
        return self.clicks[bisect_left(self.times, start) : bisect_left(self.times, end)]

    def write(self, path: Path, clicks: list[Click] | None = None) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="") as file:
            rows = self.clicks if clicks is None else clicks
            csv.writer(file).writerows([("session", "article", "ts"), *rows])

    def slots(self, given: argparse.Namespace) -> Iterator[Slot]:
        views = self._views()
        start, end = seconds(given.start), seconds(given.end)
        for cutoff in range(start, end, given.period * given.every):
            until = cutoff + given.period
            found = [(article, later) for ts, article, later in views if cutoff <= ts < until]
            if found:
                yield Slot(cutoff, found)

    def _views(self) -> list[tuple[int, str, set[str]]]:
        """Return (time, article, what the visit reads in the half hour after it), if anything."""
        views = []
        for visit in self.visits.values():
            for place, (ts, article) in enumerate(visit):
                rest = visit[place + 1 : place + 1 + MOST_LATER]
                later = {b for at, b in rest if at - ts <= HALF_HOUR and b != article}
                if later:
                    views.append((ts, article, later))
        return views

    def most_read(self, slot: Slot, seconds_back: int) -> Lists:
        read = self.between(slot.cutoff - seconds_back, slot.cutoff)
        top = [b for b, _count in Counter(b for _, b, _ in read).most_common(SHOWN + 1)]
        return {a: [b for b in top if b != a][:SHOWN] for a in slot.asked}


class Command:
    """`manage.py also_viewed`, with three visits as the site has it."""

    def __init__(self, log: Log, folder: Path, given: argparse.Namespace) -> None:
        self.log, self.folder, self.window_hours = log, folder, given.window_hours
        self.articles = folder / "articles.csv"
        ids = dict.fromkeys(article for _visit, article, _ts in log.clicks)
        rows = [(article, section_of(article, given.sections)) for article in ids]
        with self.articles.open("w", newline="") as file:
            csv.writer(file).writerows([("article", "section"), *rows])

    def __call__(self, slot: Slot) -> Lists:
        from django.core.management import call_command

        clicks, ids, out = (self.folder / name for name in ("train.csv", "ids.txt", "lists.csv"))
        since = slot.cutoff - self.window_hours * 3600
        self.log.write(clicks, self.log.between(since, slot.cutoff))
        ids.write_text("\n".join(slot.asked))
        files = {"clicks": clicks, "queries": ids, "out": out, "articles": self.articles}
        options = {"cutoff": slot.cutoff, "min_visits": 3, "window_hours": self.window_hours}
        with Path(os.devnull).open("w") as nowhere:
            call_command("also_viewed", stdout=nowhere, **files, **options)
        lists: Lists = defaultdict(list)
        with out.open(newline="") as file:
            for article, neighbour, _rank in list(csv.reader(file))[1:]:
                lists[article].append(neighbour)
        return lists


def report(who: str, maker: Maker, slots: list[Slot], log: Log, folder: Path) -> float:
    """Print how many views had one of the five read later; return it. Leaves the lists behind."""
    first_of = readers_so_far(log)
    hits, cold_hits, cold, shown, viewed = 0, 0, 0, Counter[str](), set()
    views, most = 0, 0.0
    for slot in slots:
        lists = {article: row[:SHOWN] for article, row in maker(slot).items()}
        write_lists(folder / who.replace(" ", "-") / f"{slot.cutoff}.csv", lists)
        stands = Counter(b for row in lists.values() for b in row)
        most = max(most, max(stands.values(), default=0) / max(1, len(lists)))
        shown.update(stands)
        for article, later in slot.views:
            is_hit = not later.isdisjoint(lists.get(article, ()))
            is_cold = bisect_left(first_of[article], slot.cutoff) < 3
            views, hits = views + 1, hits + is_hit
            cold, cold_hits = cold + is_cold, cold_hits + (is_hit and is_cold)
            viewed.add(article)
    print(
        f"{who:24} {hits / views:11.4f} {cold_hits / max(1, cold):6.3f}"
        f" {len(shown) / len(viewed):9.2f} {most:10.0%}",
        flush=True,
    )
    return hits / views


def readers_so_far(log: Log) -> dict[str, list[int]]:
    times = defaultdict(list)
    for _visit, article, ts in log.clicks:
        times[article].append(ts)
    return times


def write_lists(path: Path, lists: Lists) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [(a, b, rank) for a, row in lists.items() for rank, b in enumerate(row, start=1)]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("article", "neighbour", "rank"), *rows])


def compare_with_tool(given: argparse.Namespace, folder: Path, hits: dict[str, float]) -> int:
    """Let the tool score its own lists and ours; return 1 if ours have clearly fewer hits."""
    same = [*shlex.split(given.tool), "--clicks", str(folder / "log.csv")]
    for name in ("start", "end", "period", "every", "window_hours"):
        same += [f"--{name.replace('_', '-')}", str(getattr(given, name))]

    def scored(*more: str) -> float:
        done = subprocess.run([*same, *more], check=True, capture_output=True, text=True)
        return float(json.loads(done.stdout)["HR5"])

    own = scored("--model", "final", "--k", "3")
    print(f"{'the tool, --model final':24} {own:11.4f}")
    worst = 1.0
    for who in ("command", "site", "site as it runs"):
        found = scored("--lists", str(folder / who.replace(" ", "-")))
        print(f"{'  by the tool: ' + who:32} {found:.4f} {found / own - 1:+.2%}")
        if abs(found - hits[who]) > 0.002:
            raise SystemExit(f"the tool finds {found} in the lists of the {who}, we {hits[who]}")
        worst = min(worst, found / own)
    return int(worst < TOLERANCE)


if __name__ == "__main__":
    sys.exit(main())
