"""Plays scenarios and keeps what came of them."""
import threading
import time
import traceback

FIRES_WITHIN = 60
RESOLVES_WITHIN = 75


class Result:
    """What was seen of one alert; a time is none if the event did not come."""

    def __init__(self, scenario, alert):
        self.scenario, self.alert = scenario, alert
        self.early = False
        self.fired = self.resolved = None
        self.trouble = ""

    def proven(self):
        return not self.fault()

    def fault(self):
        if self.trouble:
            return self.trouble
        if self.early:
            return "fired before it was provoked"
        if self.fired is None:
            return f"did not fire within {FIRES_WITHIN} s"
        return "" if self.resolved is not None else f"did not resolve within {RESOLVES_WITHIN} s"


class Play:
    def __init__(self, stage, told):
        self.stage, self.told = stage, told
        self.results = []
        """Of each alert of each scenario that was begun."""

    def all_at_once(self, scenarios):
        threads = [threading.Thread(target=self.one, args=(scenario,), daemon=True) for scenario in scenarios]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def one(self, scenario):
        results = [Result(scenario, alert) for alert in scenario.alerts]
        self.results += results
        try:
            for result in results:
                result.early = self.told.fires(result.alert)
            begin = time.monotonic()
            scenario.provoke(self.stage)
            for result in results:
                result.fired = self.await_state(result, True, begin, FIRES_WITHIN)
            begin = time.monotonic()
            scenario.heal(self.stage)
            for result in [result for result in results if result.fired is not None]:
                result.resolved = self.await_state(result, False, begin, RESOLVES_WITHIN)
        except (Exception, SystemExit) as e:  # a scenario that fails must not take the others with it
            traceback.print_exc()
            for result in results:
                result.trouble = f"the scenario failed: {e!r}"

    def await_state(self, result, firing, begin, within):
        left = begin + within - time.monotonic()
        come = self.told.await_state(result.alert, firing, max(0.0, left)) is not None
        return time.monotonic() - begin if come else None
