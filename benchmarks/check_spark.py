"""Compare the lists from the script on DuckDB, the script on Spark and the pure function.

    make check-spark                                 # a generated log
    make check-spark CLICKS=log.csv CUTOFF=1700000000

Spark runs in local mode: requirements/cluster.txt and Java 17. Exits with 1 on any difference.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
import tempfile
from collections import Counter
from itertools import zip_longest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pyspark.sql import SparkSession

from readings.recommendations import duckdb_engine, spark_engine
from readings.recommendations.definition import ArticleId, Learnt, Tuning, define

TUNING = Tuning(top=10)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--clicks",
        type=Path,
        help="CSV with the header session,article,ts; without it, a log is generated",
    )
    parser.add_argument(
        "--cutoff", type=int, help="Unix seconds; the last reading when it is not given"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="check-spark-") as folder:
        path = arguments.clicks or generated(Path(folder) / "log.csv")
        clicks = read(path)
        cutoff = arguments.cutoff or max(ts for _, _, ts in clicks)
        known = known_in(clicks, cutoff)
        options = {"cutoff": cutoff, "tuning": TUNING}
        learnt = {
            "DuckDB": duckdb_engine.compute(path, known=known, **options),
            "Spark": on_spark(clicks, known, cutoff, Path(folder)),
            "pure function": define(clicks, known=set(known), **options),
        }
    expected = learnt["DuckDB"]
    for name, found in learnt.items():
        print(
            f"{name}: {len(found.pairs)} entries, {len(found.read)} articles,"
            f" {differences(found, expected)} differ from DuckDB's"
        )
    sys.exit(any(differences(found, expected) for found in learnt.values()) or not expected.pairs)


def differences(found: Learnt, expected: Learnt) -> int:
    """Count the rows that differ, in their place too; what `ListMaker` gets is then the same."""
    return sum(
        mine != other
        for rows, others in ((found.pairs, expected.pairs), (found.read, expected.read))
        for mine, other in zip_longest(rows, others)
    )


def known_in(clicks: list[tuple[str, str, int]], cutoff: int) -> list[ArticleId]:
    """Return the articles of three readings: half of the others teach nothing then."""
    counts = Counter(article for _visit, article, ts in clicks if ts < cutoff)
    return sorted(article for article, count in counts.items() if count >= TUNING.min_visits)


def generated(path: Path) -> Path:
    from benchmarks.news_log import news_log

    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ("session", "article", "ts"),
                *zip(*(column.tolist() for column in news_log(50_000)), strict=True),
            ]
        )
    return path


def read(path: Path) -> list[tuple[str, str, int]]:
    with (
        gzip.open(path, "rt", encoding="utf-8", newline="")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8", newline="") as file
    ):
        return [(visit, article, int(ts)) for visit, article, ts in list(csv.reader(file))[1:]]


def on_spark(
    clicks: list[tuple[str, str, int]], known: list[ArticleId], cutoff: int, folder: Path
) -> Learnt:
    options = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder),
    }
    builder = SparkSession.builder.master("local[2]").appName("also viewed")
    for name, value in options.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    with (folder / "for-spark.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, escapechar="\\", doublequote=False).writerows(clicks)
    spark.read.csv(
        str(folder / "for-spark.csv"), schema="visit STRING, article STRING, ts BIGINT"
    ).createOrReplaceTempView("clicks")
    spark.sql("SELECT '' AS article WHERE 1 = 0").createOrReplaceTempView("queries")
    rows = [(article,) for article in known]
    spark.createDataFrame(rows, schema="article STRING").createOrReplaceTempView("known")
    no_tallies = (
        "SELECT '' AS article, '' AS neighbour, 0L AS midnight, 0e0 AS weight, 0L AS visits"
        " WHERE 1 = 0"
    )
    spark.sql(no_tallies).createOrReplaceTempView("tallies")
    found = spark_engine.compute(spark, cutoff=cutoff, tuning=TUNING, every=True)
    spark.stop()
    return found


if __name__ == "__main__":
    main()
