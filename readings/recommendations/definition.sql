-- "Readers also viewed" on tables: what `define` in definition.py says, for DuckDB and Spark SQL alike.
--
-- Reads   clicks(visit, article, ts)                                    ts in Unix seconds
--         tallies(article, neighbour, midnight, weight, visits)         midnight of the day, in Unix seconds
--         queries(article)                                              who wants a list
--         known(article)                                                each once: what enough networks have read
--         tuning                                                        one row: the cutoff and the fields of `Tuning`
-- Leaves  entry(article, neighbour, strength, rank), trending(article, share, latest), day_tally(article, neighbour, midnight, weight, visits)

CREATE OR REPLACE TEMPORARY VIEW counted AS
SELECT visit, article, min(ts) AS ts
FROM clicks CROSS JOIN tuning
WHERE ts < cutoff AND ts >= cutoff - window_hours * 3600
GROUP BY visit, article;

CREATE OR REPLACE TEMPORARY VIEW placed AS
SELECT visit, article, ts,
    CAST(row_number() OVER (PARTITION BY visit ORDER BY ts, article) AS INT) AS place,
    lag(ts) OVER (PARTITION BY visit ORDER BY ts, article) AS earlier
FROM counted;

-- few visits need a second look: those with a silence in them, and the very long ones
CREATE OR REPLACE TEMPORARY VIEW doubtful AS
SELECT DISTINCT visit
FROM placed CROSS JOIN tuning
WHERE ts - earlier > idle_minutes * 60 OR place > max_visit;

CREATE OR REPLACE TEMPORARY VIEW parted AS
SELECT visit, article, ts, place,
    CAST(sum(CASE WHEN ts - earlier > idle_minutes * 60 THEN 1 ELSE 0 END) OVER (PARTITION BY visit ORDER BY place) AS INT) AS part
FROM placed CROSS JOIN tuning
WHERE visit IN (SELECT visit FROM doubtful);

CREATE OR REPLACE TEMPORARY VIEW reading AS
SELECT visit, 0 AS part, place, article, ts
FROM placed
WHERE visit NOT IN (SELECT visit FROM doubtful)
UNION ALL
SELECT visit, part, place, article, ts
FROM (SELECT visit, part, place, article, ts, row_number() OVER (PARTITION BY visit, part ORDER BY place DESC) AS from_end FROM parted) AS measured
CROSS JOIN tuning
WHERE from_end <= max_visit;

CREATE OR REPLACE TEMPORARY VIEW kept_tally AS
SELECT article, neighbour, midnight, weight, visits
FROM tallies CROSS JOIN tuning
WHERE midnight < cutoff AND midnight > cutoff - window_hours * 3600 - 86400;

-- what is read now: only the last hours in which anything still weighs are looked at reading by reading
CREATE OR REPLACE TEMPORARY VIEW recent_hour AS
SELECT ends - 3600 AS begins
FROM (SELECT ends, sum(readings) OVER (ORDER BY ends DESC) - readings AS newer
    FROM (SELECT ts - ts % 3600 + 3600 AS ends, count(*) AS readings FROM reading GROUP BY ts - ts % 3600 + 3600) AS hours) AS counted_hours
CROSS JOIN tuning
WHERE newer < 8 * half_readings;

CREATE OR REPLACE TEMPORARY VIEW recent AS
SELECT article, ts
FROM reading CROSS JOIN (SELECT min(begins) AS since FROM recent_hour) AS hours
WHERE ts >= since;

CREATE OR REPLACE TEMPORARY VIEW moment AS
SELECT ts, sum(readings) OVER (ORDER BY ts DESC) - readings AS newer
FROM (SELECT ts, count(*) AS readings FROM recent GROUP BY ts) AS moments;

CREATE OR REPLACE TEMPORARY VIEW read_now AS
SELECT article, sum(units) / greatest(sum(sum(units)) OVER (), 1e0) AS share, max(ts) AS latest
FROM (
    SELECT article, ts, floor(power(0.5e0, newer / half_readings) * 1e9 + 0.5e0) AS units
    FROM recent JOIN moment USING (ts) CROSS JOIN tuning
    WHERE newer < 8 * half_readings
    UNION ALL SELECT article, max(ts), 0e0 FROM reading GROUP BY article
    UNION ALL SELECT article, midnight, 0e0 FROM kept_tally
    UNION ALL SELECT neighbour, midnight, 0e0 FROM kept_tally
) AS read_at
GROUP BY article;

CREATE OR REPLACE TEMPORARY VIEW trending AS
SELECT r.article, CASE WHEN k.article IS NULL THEN 0e0 ELSE r.share END AS share, r.latest
FROM read_now AS r LEFT JOIN known AS k ON k.article = r.article;

-- what hardly anybody has read keeps its place among the others and teaches nothing
CREATE OR REPLACE TEMPORARY VIEW telling AS
SELECT visit, part, place, article, ts FROM reading WHERE article IN (SELECT article FROM known);

CREATE OR REPLACE TEMPORARY VIEW together AS
SELECT x.article AS x, y.article AS y, y.ts, y.place - x.place AS gap
FROM telling AS x JOIN telling AS y ON x.visit = y.visit AND x.part = y.part CROSS JOIN tuning
WHERE x.place < y.place AND y.place - x.place <= max_gap;

CREATE OR REPLACE TEMPORARY VIEW contribution AS
SELECT x AS article, y AS neighbour, ts, 1e0 / gap AS weight FROM together
UNION ALL
SELECT y, x, ts, backward / gap FROM together CROSS JOIN tuning;

CREATE OR REPLACE TEMPORARY VIEW day_tally AS
SELECT article, neighbour, ts - ts % 86400 AS midnight, sum(floor(weight * 1e9 + 0.5e0)) / 1e9 AS weight, count(*) AS visits
FROM contribution
GROUP BY article, neighbour, ts - ts % 86400;

CREATE OR REPLACE TEMPORARY VIEW raw_pair AS
SELECT article, neighbour, sum(floor(weight / (1e0 + newer / r0) * 1e9 + 0.5e0)) AS units, count(*) AS visits
FROM (SELECT article, neighbour, weight, rank() OVER (PARTITION BY article ORDER BY ts DESC) - 1 AS newer FROM contribution) AS ranked CROSS JOIN tuning
GROUP BY article, neighbour;

CREATE OR REPLACE TEMPORARY VIEW tallied_day AS
SELECT article, midnight, size, sum(size) OVER (PARTITION BY article ORDER BY midnight DESC) - size AS newer
FROM (SELECT article, midnight, sum(visits) AS size FROM kept_tally GROUP BY article, midnight) AS days;

CREATE OR REPLACE TEMPORARY VIEW tallied_pair AS
SELECT t.article, t.neighbour,
    floor(t.weight / (1e0 + (coalesce(r.size, 0) + d.newer + (d.size - 1) / 2e0) / r0) * 1e9 + 0.5e0) AS units,
    t.visits
FROM kept_tally AS t
JOIN tallied_day AS d ON d.article = t.article AND d.midnight = t.midnight
LEFT JOIN (SELECT article, sum(visits) AS size FROM raw_pair GROUP BY article) AS r ON r.article = t.article
CROSS JOIN tuning;

CREATE OR REPLACE TEMPORARY VIEW pair AS
SELECT coalesce(r.article, t.article) AS article, coalesce(r.neighbour, t.neighbour) AS neighbour, (coalesce(r.units, 0e0) + coalesce(t.units, 0e0)) / 1e9 AS strength
FROM raw_pair AS r
FULL OUTER JOIN (SELECT article, neighbour, sum(units) AS units, sum(visits) AS visits FROM tallied_pair GROUP BY article, neighbour) AS t
    ON r.article = t.article AND r.neighbour = t.neighbour
CROSS JOIN tuning
WHERE coalesce(r.visits, 0) + coalesce(t.visits, 0) >= min_visits;

CREATE OR REPLACE TEMPORARY VIEW wanted AS
SELECT article FROM queries UNION SELECT article FROM trending CROSS JOIN tuning WHERE every;

CREATE OR REPLACE TEMPORARY VIEW entry AS
SELECT article, neighbour, strength, rank
FROM (
    SELECT pair.article, pair.neighbour, pair.strength,
        row_number() OVER (
            PARTITION BY pair.article ORDER BY pair.strength + trend * n.share DESC, n.latest DESC, pair.neighbour
        ) AS rank
    FROM pair JOIN wanted ON wanted.article = pair.article JOIN trending AS n ON n.article = pair.neighbour CROSS JOIN tuning
) AS ranked CROSS JOIN tuning
WHERE rank <= top;
