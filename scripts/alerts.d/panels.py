"""The dashboards: whether each query of a panel gives data."""
import dataclasses
import json
import math
import subprocess
import sys

import machine
import place

OURS = "gateway"
COMES_WITHIN = 15
"""Seconds that a query is asked again for."""


@dataclasses.dataclass
class Query:
    """What a panel asks; excuse: why there need not be data here."""
    dashboard: str
    panel: str
    expr: str
    excuse: str
    has_data: bool = False

    def missing(self):
        return not self.has_data and not self.excuse


def rendered(values):
    """All queries of all panels; none if this agw has no dashboards."""
    if "render-dashboards" not in run(["help"]):
        return []
    return [query(json.loads(line)) for line in run(["render-dashboards", "--queries", "--values", values]).splitlines()]


def run(arguments):
    """What agw prints."""
    done = subprocess.run([place.AGW, *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"alerts-e2e: agw {' '.join(arguments)} fails:\n{done.stderr}")
    return done.stdout


def ask(watcher, queries):
    """Asks all, until those that must have data have it, or their time is over."""
    machine.wait_until(lambda: not [one for one in queries if not found(watcher, one) and one.missing()], COMES_WITHIN, 1)


def query(line):
    return Query(line["dashboard"], line["panel"], line["expr"], excuse(line.get("pending"), line.get("source", OURS)))


def excuse(pending, source):
    if pending:
        return f"pending: {pending}"
    return "" if source == OURS else f"asks for metrics of {source}, which does not run here"


def found(watcher, one):
    """Asks, unless it has data already."""
    one.has_data = one.has_data or any(not math.isnan(float(series["value"][1])) for series in watcher.ask(one.expr))
    return one.has_data


def report(queries):
    """Prints which panels have no data; how many of them should."""
    without = [one for one in queries if not one.has_data]
    missing = [one for one in without if one.missing()]
    if without:
        print(f"\n{'dashboard':<12}{'panel without data':<44}  why")
    for one in without:
        print(f"{one.dashboard:<12}{one.panel:<44}  {one.excuse or 'NO DATA: ' + one.expr}")
    print(f"{len(queries)} queries of dashboards: {len(queries) - len(without)} with data, {len(missing)} without, "
          f"{len(without) - len(missing)} pending or of other systems" if queries else "this agw renders no dashboards")
    return len(missing)
