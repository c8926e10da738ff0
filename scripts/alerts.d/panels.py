"""The dashboards: whether each query of a panel gives data."""
import dataclasses
import json
import math
import subprocess

import machine
import place

COMES_WITHIN = 15
"""Seconds that a query is asked again for."""


@dataclasses.dataclass
class Query:
    """What a panel asks; pending: the part of the gateway that it waits for, if any."""
    dashboard: str
    panel: str
    expr: str
    pending: str
    has_data: bool = False

    def missing(self):
        return not self.has_data and not self.pending


def asked(watcher, values):
    """All queries of all panels, asked; none if this agw has no dashboards."""
    listed = subprocess.run([place.AGW, "help"], capture_output=True, text=True, check=True).stdout
    if "render-dashboards" not in listed:
        return []
    rendered = subprocess.run([place.AGW, "render-dashboards", "--queries", "--values", values], stdout=subprocess.PIPE,
                              text=True, check=True).stdout
    queries = [query(json.loads(line)) for line in rendered.splitlines()]
    machine.wait_until(lambda: not [one for one in queries if not found(watcher, one) and one.missing()], COMES_WITHIN, 1)
    return queries


def query(line):
    return Query(line["dashboard"], line["panel"], line["expr"], line.get("pending", ""))


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
        print(f"{one.dashboard:<12}{one.panel:<44}  " + (f"pending: {one.pending}" if one.pending else f"NO DATA: {one.expr}"))
    print(f"{len(queries)} queries of dashboards: {len(queries) - len(without)} with data, {len(missing)} without, "
          f"{len(without) - len(missing)} pending" if queries else "this agw renders no dashboards")
    return len(missing)
