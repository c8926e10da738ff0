"""What is done to the gateways, and which alerts must tell of it.

A scenario belongs to each alert that this machine can provoke. Its values scale an alert's times down; thresholds stay as
they are wherever a second of trouble can reach them.
"""
import dataclasses
import datetime
from typing import Callable

import place as stands
from traffic import Ask, Crowd, Flow, leave_early

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
    """An alert that is expected, with labels that tell it from those of other scenarios, and the values it is rendered with."""
    name: str
    labels: dict
    values: dict

    def is_told_by(self, labels):
        return labels["alertname"] == self.name and all(labels.get(label) == value for label, value in self.labels.items())


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


class Stage:
    """The gateways and the traffic on them."""

    def __init__(self, place):
        self.place = place
        main = place.main.port
        self.flows = {
            "chat": Flow(main, Ask("chat.e2e")),
            "stream": Flow(main, Ask("chat.e2e", stream=True, model="gpt-4o")),
            "embeddings": Flow(main, Ask("embeddings.e2e", "/v1/embeddings", "text-embedding-3-small")),
            "responses": Flow(main, Ask("responses.e2e", "/v1/responses", "gpt-4o")),
            "plain": Flow(main, Ask("plain.e2e", "/v1/models", body=False), rate=2),
            "nowhere": Flow(main, Ask("nowhere.e2e"), rate=1),
            "secure": Flow(place.secure, Ask("secure.e2e", fields=(("Connection", "close"),)), rate=2, secure=True),
            "errors": Flow(place.errors, Ask("errors.e2e")),
            "hours": Flow(main, Ask("chat.e2e"), rate=4),
            "limits": Flow(main, Ask("plain.e2e", "/v1/models", body=False), rate=4),
            "slow": Flow(main, Ask("slow.e2e", model="slow-model"), clients=8),
            "late": Flow(main, Ask("slow.e2e", model="late-model", stream=True), clients=8),
        }
        for name in ("limited", "credential", "unreachable", "ejected", "groups"):
            self.flows[name] = Flow(main, Ask(name + ".e2e"))
        self.flows["aborted"] = Flow(main, Ask("aborted.e2e", stream=True))
        self.flood = Flow(place.busy.port, Ask("busy.e2e", fields=AT_ONCE), rate=0, clients=48)
        self.streams = Crowd(place.spare.port)
        self.bodies = Crowd(place.small.port)
        self.visitors = Crowd(place.tight.port)
        self.last = Crowd(place.leaver.port)

    def start(self):
        for flow in self.flows.values():
            flow.start()
        leave_early(self.place.main.port, Ask("chat.e2e", stream=True, fields=(("x-sim-token-gap", "1s"),)))

    def hang(self, crowd, gateway, count, **what):
        crowd.gather(count, Ask(gateway.name + ".e2e", **what))

    def many_models(self):
        """Requests for more models than there is room for, all at once, and none after them."""
        client = Flow(self.place.spare.port, Ask("spare.e2e")).client()
        for number in range(80):
            Ask("spare.e2e", model=f"model-{number}").send(client).read()
        client.close()

    def depart(self):
        """A gateway is told to end while streams run that are longer than it waits."""
        self.hang(self.last, self.place.leaver, 5, model="sim-idle", stream=True)
        self.place.leaver.terminate()

    def blackout(self):
        for gateway in self.place.gateways:
            gateway.kill()


AT_ONCE = (("x-sim-first-token-delay", "0ms"), ("x-sim-tokens", "1"))


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
        alert("AgentGatewayErrorBudgetBurnFast", {"gateway": "e2e/errors"}, period="7h12m"),
        alert("AgentGatewayErrorBudgetBurnSlow", {"gateway": "e2e/errors"}, period="30m"),
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
    ], lambda stage: stage.place.spare.write(stands.BROKEN, "broken"), lambda stage: stage.place.spare.remove("broken")),
    Scenario("clients open 150 streams that do not end", [
        alert("AgentGatewayTaskAccumulation", {"pod": "spare"}, window=WINDOW, threshold="100"),
    ], lambda stage: stage.hang(stage.streams, stage.place.spare, 150, model="sim-idle", stream=True),
       lambda stage: stage.streams.leave()),
    Scenario("80 models are asked for, with room for 60", [
        alert("AgentGatewayCardinalityLimited", window=WINDOW, hold="0s"),
    ], lambda stage: stage.many_models(), lambda stage: None),
    Scenario("prompts of 700 KB fill a heap of 64 MB", [
        alert("AgentGatewayHeapPressure", {"pod": "small"}, window=WINDOW),
    ], lambda stage: stage.hang(stage.bodies, stage.place.small, 70, fields=fault("hang"), prompt="x" * 700_000),
       lambda stage: stage.bodies.leave()),
    Scenario(f"clients connect to a gateway with {stands.FILES} descriptors", [
        alert("AgentGatewayFdNearLimit", {"pod": "tight"}),
    ], lambda stage: stage.visitors.arrive(270), lambda stage: stage.visitors.leave()),
    Scenario("a gateway is told to end while streams run", [
        alert("AgentGatewayDrainDeadlineHit", {"pod": "leaver"}, window=WINDOW, hold="0s"),
    ], lambda stage: stage.depart(), lambda stage: stage.place.leaver.start()),
    Scenario("a gateway of another version is started", [
        alert("AgentGatewayVersionMismatch", {"namespace": stands.NAMESPACE}),
    ], lambda stage: stage.place.other.start(), lambda stage: stage.place.other.kill()),
    Scenario("48 clients hurry a gateway on one slow core", [
        alert("AgentGatewayRuntimeSaturation", {"pod": "busy"}, window=WINDOW),
    ], lambda stage: stage.flood.start(), lambda stage: stage.flood.stop()),
]
LAST = Scenario("all gateways are killed", [
    alert("AgentGatewayTargetMissing", {}),
], lambda stage: stage.blackout(), lambda stage: stage.place.main.start())
"""Played alone, after all others."""
ALL = [*SCENARIOS, LAST]
