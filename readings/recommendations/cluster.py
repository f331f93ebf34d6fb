"""The same script on a Spark cluster, for a site that has outgrown one machine (requirements/cluster.txt)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readings.recommendations.definition import Tuning
from readings.recommendations.engine import KEPT, USUAL, statements, tuning_row

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def entries(
    spark: SparkSession,
    *,
    cutoff: int,
    tuning: Tuning = USUAL,
    every: bool = False,
    fill: bool = True,
) -> DataFrame:
    """Give article, neighbour, rank from the session's views clicks(visit, article, ts), queries(article) and
    tallies(article, neighbour, midnight, weight, visits): where these come from, a table or a file, is the cluster's affair.
    """
    spark.sql(tuning_row(tuning, cutoff=cutoff, fill=fill, every=every)).createOrReplaceTempView(
        "tuning"
    )
    for name, statement in statements():
        spark.sql(statement)
        if (
            name in KEPT
        ):  # computed once, and its plan forgotten: those of views that name views grow without end
            spark.table(name).localCheckpoint().createOrReplaceTempView(name)
    return spark.table("entry")
