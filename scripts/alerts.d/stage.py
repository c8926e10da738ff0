"""The gateways and the traffic on them, as scenarios get them into their hands."""
from traffic import Ask, Crowd, Flow, leave_early

AT_ONCE = (("x-sim-first-token-delay", "0ms"), ("x-sim-tokens", "1"))


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
            "slow": Flow(main, Ask("slow.e2e", model="slow-model"), clients=16),
            "late": Flow(main, Ask("slow.e2e", model="late-model", stream=True), clients=16),
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
