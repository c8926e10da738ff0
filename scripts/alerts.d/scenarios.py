"""What is done to the gateways, and which alerts must tell of it.

A scenario belongs to each alert that this machine can provoke. Its values scale an alert's times down; thresholds stay
as they are wherever a second of trouble can reach them.
"""
import dataclasses
import datetime
from typing import Callable

import manifests
import place

HOLD = "2s"
WINDOW = "10s"
HOUR = datetime.datetime.now(datetime.timezone.utc).hour
FOREIGN = {
    "AgentGatewayHpaAtMax": "kube-state-metrics",
    "AgentGatewayDisruptionBudgetBlocked": "kube-state-metrics",
    "AgentGatewayPodRestarts": "kube-state-metrics",
    "AgentGatewayPodOutOfMemory": "kube-state-metrics",
}
"""Alerts about metrics of other systems, none of which runs here."""


@dataclasses.dataclass(frozen=True)
class Alert:
    """An alert that is expected.

    labels: tell it from those of other scenarios. values: what it is rendered with.
    """
    name: str
    labels: dict
    values: dict

    def is_told_by(self, labels):
        told = {label: labels.get(label) for label in self.labels}
        return labels["alertname"] == self.name and told == self.labels


def alert(name, labels=None, **values):
    """Names of values as in operations.yaml; `hold` is for."""
    return Alert(name, labels or {}, {"for": values.pop("hold", HOLD), **values})


@dataclasses.dataclass(frozen=True)
class Scenario:
    """told: what is done, for people. provoke and heal take the stage."""
    told: str
    alerts: list
    provoke: Callable
    heal: Callable


def turn(flow, **what):
    """To provoke, the requests of a flow become so; to heal, what they were."""
    return lambda stage: stage.flows[flow].become(**what), lambda stage: stage.flows[flow].recover()


def delay(text):
    return (("x-sim-first-token-delay", text),)


def fault(text):
    return (("x-sim-fault", text),)


SCENARIOS = [
    Scenario("the provider answers 500", [
        alert("AgentGatewayHighErrorRate", {"gateway": "e2e/errors"}, window=WINDOW),
    ], *turn("errors", model="sim-500")),
    Scenario("the provider answers 429", [
        alert("AgentGatewayProviderRateLimited", {"backend": "e2e/limited"}, window=WINDOW),
    ], *turn("limited", model="sim-429")),
    Scenario("the provider answers 401", [
        alert("AgentGatewayUpstreamCredentialRejected", {"backend": "e2e/credential"}, window=WINDOW),
    ], *turn("credential", model="sim-401")),
    Scenario("answers take 4 s", [
        alert("AgentGatewaySlowLLMResponses", {"gen_ai_request_model": "slow-model"}, window=WINDOW, threshold="2.56s"),
    ], *turn("slow", fields=delay("4s"))),
    Scenario("the first token takes 4 s", [
        alert("AgentGatewayHighTTFT", {"gen_ai_request_model": "late-model"}, window=WINDOW, threshold="2.5s"),
    ], *turn("late", fields=delay("4s"))),
    Scenario("the provider breaks streams off", [
        alert("AgentGatewayStreamAborts", {"route": "e2e/aborted"}, window=WINDOW),
    ], *turn("aborted", fields=fault("truncate"))),
    Scenario("a provider's process is killed", [
        alert("AgentGatewayUpstreamConnectFailures", {"backend": "e2e/unreachable"}, window=WINDOW),
        alert("AgentGatewayErrorBudgetBurnFast", {"gateway": "e2e/main"}, period="7h12m"),
        alert("AgentGatewayErrorBudgetBurnSlow", {"gateway": "e2e/main"}, period="30m"),
        alert("AgentGatewayNoHealthyBackends", {"route": "e2e/ejected"}, window=WINDOW),
        alert("AgentGatewayBackendDown", {"backend": "e2e/ejected"}, window=WINDOW),
        alert("AgentGatewayFallbackActive", {"backend": "e2e/groups"}, window="20s"),
    ], lambda stage: stage.place.mortal.kill(), lambda stage: stage.place.mortal.start()),
    Scenario("gpt-4 is asked for at this hour", [
        alert("UnexpectedModelUsage", {"model": "gpt-4-turbo"}, window=WINDOW, fromHour=HOUR, untilHour=(HOUR + 2) % 24),
    ], *turn("hours", model="gpt-4-turbo")),
    Scenario("a client sends targets that are too long", [
        alert("AgentGatewayLimitRefusals", {"limit": "target_length"}, window=WINDOW),
    ], *turn("limits", path="/" + "x" * 9000)),
    Scenario("a listener gets a certificate of one day", [
        alert("AgentGatewayCertificateExpiring", {"gateway": "e2e/secure"}),
    ], lambda stage: stage.place.write_main("ending"), lambda stage: stage.place.write_main("fresh")),
    Scenario("a manifest with a mistake is written", [
        alert("AgentGatewayConfigReloadFailed", {"pod": "spare"}),
    ], lambda stage: stage.place.spare.write(manifests.BROKEN, "broken"), lambda stage: stage.place.spare.remove("broken")),
    Scenario("clients open 150 streams that do not end", [
        alert("AgentGatewayTaskAccumulation", {"pod": "spare"}, window=WINDOW, threshold="100"),
    ], lambda stage: stage.hang(stage.streams, stage.place.spare, 150, model="sim-idle", stream=True),
       lambda stage: stage.streams.leave()),
    Scenario("80 models are asked for, with room for 60", [
        alert("AgentGatewayCardinalityLimited", window=WINDOW, hold="0s"),
    ], lambda stage: stage.many_models(), lambda stage: None),
    Scenario("prompts of 700 KB fill a heap of 48 MB", [
        alert("AgentGatewayHeapPressure", {"pod": "small"}, window=WINDOW),
    ], lambda stage: stage.hang(stage.bodies, stage.place.small, 70, fields=fault("hang"), prompt="x" * 700_000),
       lambda stage: stage.bodies.leave()),
    Scenario("the receiver of traces refuses them", [
        alert("AgentGatewayHousekeepingFailing", {"pod": "main", "task": "tracing"}, window=WINDOW, minEvents="1", hold="0s"),
    ], lambda stage: stage.place.collector.become(400), lambda stage: stage.place.collector.become(200)),
    Scenario(f"clients connect to a gateway with {place.FILES} descriptors", [
        alert("AgentGatewayFdNearLimit", {"pod": "tight"}),
    ], lambda stage: stage.visitors.arrive(270), lambda stage: stage.visitors.leave()),
    Scenario("a gateway is told to end while streams run", [
        alert("AgentGatewayDrainDeadlineHit", {"pod": "leaver"}, window=WINDOW, hold="0s"),
        alert("AgentGatewayTargetDown", {"pod": "leaver"}),
    ], lambda stage: stage.depart(), lambda stage: stage.place.leaver.start()),
    Scenario("a gateway is replaced by one of another version", [
        alert("AgentGatewayVersionMismatch", {"namespace": manifests.NAMESPACE}),
    ], lambda stage: stage.place.other.replace(stage.place.newer), lambda stage: stage.place.other.replace(None)),
    Scenario("48 clients hurry a gateway on one slow core", [
        alert("AgentGatewayRuntimeSaturation", {"pod": "busy"}, window=WINDOW),
    ], lambda stage: stage.flood.start(), lambda stage: stage.flood.stop()),
]
LAST = Scenario("all gateways are killed", [
    alert("AgentGatewayTargetMissing", {}),
], lambda stage: stage.blackout(), lambda stage: stage.place.start_gateways())
"""Played alone, after all others."""
ALL = [*SCENARIOS, LAST]
