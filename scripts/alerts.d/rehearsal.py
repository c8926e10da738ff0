"""Everything, once: rules, servers, gateways, scenarios."""
import sys
import time

import machine
import page
import panels
import place
import play
import rules
import scenarios
import stage
import watch

WARM_UP = 15


def step(told):
    print(f"{time.strftime('%H:%M:%S')} {told}", file=sys.stderr)


class Rehearsal:
    def __init__(self, directory):
        self.directory = directory
        step("building, rendering the rules and testing them by promtool")
        rules.run([place.AGW, "version"])
        self.rules = rules.Rules(directory, [alert for scenario in scenarios.ALL for alert in scenario.alerts])
        self.rules.check()
        self.watch = watch.Watch(directory, self.rules.file)
        self.played = None
        self.queries = panels.rendered(self.rules.values)
        self.complaints = []

    def results(self):
        return self.played.results if self.played else []

    def run(self):
        step("starting providers and gateways")
        ground = place.Place(self.directory)
        hands = stage.Stage(ground)
        self.start(ground, hands)
        step(f"playing {len(scenarios.SCENARIOS)} scenarios at once")
        self.played = play.Play(hands, self.watch.told)
        self.played.all_at_once(scenarios.SCENARIOS)
        step("asking the queries of the dashboards")
        panels.ask(self.watch, self.queries)
        self.look(ground)
        step("playing the last scenario")
        self.played.one(scenarios.LAST)

    def start(self, ground, hands):
        ground.start()
        hands.start()
        self.watch.start({gateway.name: gateway.metrics for gateway in ground.gateways})
        if not machine.wait_until(lambda: self.watch.sees(len(ground.gateways)), 30, 0.5):
            sys.exit("alerts-e2e: Prometheus does not see all gateways")
        time.sleep(WARM_UP)
        self.complaints += [f"{name} fires while all is well" for name in self.watch.told.firing()]

    def look(self, ground):
        """Whether all is well again."""
        self.complaints += page.complaints(ground.main.metrics)
        self.complaints += [f"the gateway {name} died" for name in ground.died()]
        if not machine.wait_until(lambda: not self.watch.told.firing(), play.RESOLVES_WITHIN, 0.5):
            self.complaints += [f"{name} still fires though all is well again" for name in self.watch.told.firing()]
