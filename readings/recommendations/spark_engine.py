"""The same script on a Spark cluster, for a site that has outgrown one machine.

Needs requirements/cluster.txt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from readings.recommendations.definition import Learnt, Tuning
from readings.recommendations.duckdb_engine import (
    DEFAULT,
    MATERIALIZED,
    PAIRS,
    READ,
    statements,
    tuning_row,
)

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def compute(
    spark: SparkSession, *, cutoff: int, tuning: Tuning = DEFAULT, every: bool = False
) -> Learnt:
    """Return what DuckDB does, from the session's views of the same shapes.

    They are clicks(visit, article, ts), queries(article), known(article) and tallies(article,
    neighbour, midnight, weight, visits). Whether a table or a file stands behind them is the
    cluster's affair. What comes back is as large as the lists.
    """
    row = tuning_row(tuning, cutoff=cutoff, every=every)
    spark.sql(row).createOrReplaceTempView("tuning")
    for name, statement in statements():
        spark.sql(statement)
        if name in MATERIALIZED:
            # computed once, its plan forgotten: plans of views upon views grow without end
            spark.table(name).localCheckpoint().createOrReplaceTempView(name)
    return Learnt(
        pairs=[tuple(row) for row in spark.sql(PAIRS).collect()],
        read=[tuple(row) for row in spark.sql(READ).collect()],
    )
