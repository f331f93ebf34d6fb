"""The same script on a Spark cluster, for a site that has outgrown one machine.

Needs requirements/cluster.txt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from readings.recommendations.definition import Tuning
from readings.recommendations.duckdb_engine import DEFAULT, MATERIALIZED, statements, tuning_row

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def entries(
    spark: SparkSession,
    *,
    cutoff: int,
    tuning: Tuning = DEFAULT,
    every: bool = False,
    fill: bool = True,
) -> DataFrame:
    """Return article, neighbour, rank from the session's views of the same shapes as DuckDB's.

    They are clicks(visit, article, ts), queries(article) and tallies(article, neighbour, midnight,
    weight, visits). Whether a table or a file stands behind them is the cluster's affair.
    """
    row = tuning_row(tuning, cutoff=cutoff, fill=fill, every=every)
    spark.sql(row).createOrReplaceTempView("tuning")
    for name, statement in statements():
        spark.sql(statement)
        if name in MATERIALIZED:
            # computed once, its plan forgotten: plans of views upon views grow without end
            spark.table(name).localCheckpoint().createOrReplaceTempView(name)
    return spark.table("entry")
