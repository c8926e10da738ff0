"""What came of a rehearsal, for people."""
import dataclasses

import panels
import scenarios


@dataclasses.dataclass
class Verdict:
    """One alert; times are of its provocation and of its healing."""
    name: str
    text: str
    right: bool = True
    told: str = ""
    fired: str = ""
    resolved: str = ""

    def line(self):
        return f"{self.name:<40}{self.told:<52}{self.fired:>6}{self.resolved:>10}  {self.text}"


def of(name, rules, results):
    """The verdict on the alert of that name; a later result of it counts."""
    result = {result.alert.name: result for result in results}.get(name)
    if result:
        text = f"NOT PROVEN: {result.fault()}" if result.fault() else "proven"
        return Verdict(name, text, not result.fault(), result.scenario.told, seconds(result.fired), seconds(result.resolved))
    if name in rules.pending:
        return Verdict(name, f"pending: {rules.pending[name]}")
    if name in scenarios.FOREIGN:
        return Verdict(name, f"by promtool alone: asks for {scenarios.FOREIGN[name]}")
    return Verdict(name, "NOT PROVEN: " + missing(name), False)


def missing(name):
    planned = any(alert.name == name for scenario in scenarios.ALL for alert in scenario.alerts)
    return "its scenario was not played" if planned else "scripts/alerts.d/scenarios.py has no scenario for it"


def seconds(time):
    return "" if time is None else f"{time:.0f} s"


def report(rehearsal):
    """Prints the tables; whether all is as it must be."""
    verdicts = [of(name, rehearsal.rules, rehearsal.results()) for name in rehearsal.rules.names]
    print(Verdict("alert", "verdict", told="provoked", fired="fired", resolved="resolved").line())
    for verdict in verdicts:
        print(verdict.line())
    proven = sum(1 for verdict in verdicts if verdict.text == "proven")
    failed = sum(1 for verdict in verdicts if not verdict.right)
    print(f"{len(verdicts)} alerts: {proven} proven, {failed} not proven, {len(verdicts) - proven - failed} pending or by"
          " promtool alone")
    for complaint in rehearsal.complaints:
        print("wrong: " + complaint)
    empty = panels.report(rehearsal.queries)
    return not failed and not empty and not rehearsal.complaints
