"""The rules under test: rendered from values that the scenarios name, and checked by promtool."""
import glob
import re
import subprocess
import sys

import place
import watch

PENDING = re.compile(r"^pending: (\S+) \((.+)\)$", re.MULTILINE)
HEAD = """version: 1
monitoring:
  scrapeInterval: 1s
deployment:
  shutdown: {min: 0s, max: 3s, preStop: 0s}
alerts:
"""


class Rules:
    def __init__(self, directory, alerts):
        self.directory = directory
        self.values, self.file = directory + "/operations.yaml", directory + "/rules.yaml"
        with open(self.values, "w") as file:
            file.write(HEAD + "".join(f"  {alert.name}: {mapping(alert.values)}\n" for alert in alerts))
        rendered = run([place.AGW, "render-alerts", "--values", self.values, "-o", self.file,
                        "--tests", directory + "/rule-tests"])
        self.pending = dict(PENDING.findall(rendered))
        with open(self.file) as file:
            self.names = re.findall(r"^ +- alert: (\S+)$", file.read(), re.MULTILINE)

    def check(self):
        """What promtool says of the rules and of their tests; ends the run if anything is wrong."""
        promtool = watch.command("promtool")
        run([promtool, "check", "rules", self.file])
        tests = self.directory + "/rule-tests"
        run([promtool, "test", "rules", *sorted(glob.glob("*_test.yaml", root_dir=tests))], cwd=tests)


def mapping(values):
    return "{" + ", ".join(f"{name}: {value}" for name, value in values.items()) + "}"


def run(command, **how):
    """What a command says; ends the run with it if it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **how)
    if done.returncode:
        sys.exit(f"alerts-e2e: {' '.join(command)} fails:\n{done.stdout}")
    return done.stdout
