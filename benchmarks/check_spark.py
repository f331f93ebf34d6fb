"""Compare the lists of the script on DuckDB, of the script on Spark and of the pure function.

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
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pyspark.sql import SparkSession

from readings.recommendations.definition import ArticleId, Tuning, define
from readings.recommendations.duckdb_engine import compute
from readings.recommendations.spark_engine import entries

TUNING = Tuning(top=10)
Entry = tuple[ArticleId, ArticleId, int]  # article, neighbour, rank


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
        lists: dict[str, set[Entry]] = {
            "DuckDB": set(compute(path, cutoff=cutoff, tuning=TUNING)),
            "Spark": on_spark(clicks, cutoff, Path(folder)),
        }
        lists["pure function"] = {
            (a, b, rank)
            for a, row in define(clicks, cutoff=cutoff, tuning=TUNING).items()
            for rank, b in enumerate(row, 1)
        }
    expected = lists["DuckDB"]
    for name, rows in lists.items():
        print(f"{name}: {len(rows)} entries, {len(rows ^ expected)} differ from DuckDB's")
    sys.exit(any(rows != expected for rows in lists.values()) or not expected)


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


def on_spark(clicks: list[tuple[str, str, int]], cutoff: int, folder: Path) -> set[Entry]:
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
    no_tallies = (
        "SELECT '' AS article, '' AS neighbour, 0L AS midnight, 0e0 AS weight, 0L AS visits"
        " WHERE 1 = 0"
    )
    spark.sql(no_tallies).createOrReplaceTempView("tallies")
    found = {
        (row.article, row.neighbour, row["rank"])
        for row in entries(spark, cutoff=cutoff, tuning=TUNING, every=True).collect()
    }
    spark.stop()
    return found


if __name__ == "__main__":
    main()
