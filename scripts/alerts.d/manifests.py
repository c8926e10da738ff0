"""The manifests of the gateways, as text."""
import json

NAMESPACE = "e2e"
GATEWAY = """
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: {name}, namespace: e2e}}
spec:
  gatewayClassName: enterprise-agentgateway
  listeners: [{{name: {name}, port: {port}, protocol: {protocol}}}]
"""
ROUTE = """
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: {name}, namespace: e2e}}
spec:
  parentRefs: [{{name: {gateway}}}]
  hostnames: [{name}.e2e]
  rules: [{{backendRefs: [{{group: gateway.kgateway.dev, kind: Backend, name: {name}}}]}}]
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: {name}, namespace: e2e}}
spec: {spec}
"""
POLICY = """
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: BackendConfigPolicy
metadata: {{name: {name}, namespace: e2e}}
spec: {{targetRefs: [{{group: gateway.kgateway.dev, kind: Backend, name: {name}}}], {policy}}}
"""
OUTLIERS = "outlierDetection: {consecutive5xxErrors: 2, interval: 2s, baseEjectionTime: 6s, maxEjectionPercent: 100}"
POLICIES = {"ejected": OUTLIERS, "groups": OUTLIERS, "chat": "connectionPool: {http: {maxRequestsPerConnection: 4}}"}
"""By name of the backend. Connections that are made anew again and again have something to show in dashboards."""
STEADY = ("chat", "limited", "credential", "aborted", "slow", "embeddings", "responses")
"""Backends of models whose provider stays."""
SECRET = """
---
apiVersion: v1
kind: Secret
metadata: {{name: secure, namespace: e2e}}
type: kubernetes.io/tls
stringData: {{tls.crt: {certificate}, tls.key: {key}}}
"""
BROKEN = "kind: Gateway\nspec: {listeners: [{prot: 1}]}\n"


def openai(port):
    return f"{{openai: {{host: 127.0.0.1, port: {port}}}}}"


def model(port):
    return f"{{type: AI, ai: {{llm: {openai(port)}}}}}"


def groups(*ports):
    """Providers of which each is asked only while those before it are out."""
    of = [f"{{providers: [{{name: group-{rank}, {openai(port)[1:]}]}}" for rank, port in enumerate(ports)]
    return f"{{type: AI, ai: {{priorityGroups: [{', '.join(of)}]}}}}"


def one_route(name, port, provider):
    """A gateway, a route and a backend of that name."""
    return (GATEWAY.format(name=name, port=port, protocol="HTTP")
            + ROUTE.format(name=name, gateway=name, spec=model(provider)))


def all_kinds(ports, steady, mortal, identity):
    """Three gateways with routes to each kind of backend, one of them with TLS; `ports` by name."""
    certificate, key = (json.dumps(text) for text in identity)
    tls = "HTTPS, tls: {certificateRefs: [{name: secure}]}"
    of = {name: model(steady) for name in STEADY}
    of |= {"unreachable": model(mortal), "ejected": model(mortal), "groups": groups(mortal, steady),
           "plain": f"{{static: {{hosts: [{{host: 127.0.0.1, port: {steady}}}]}}}}"}
    text = "".join(GATEWAY.format(name=name, port=port, protocol=tls if name == "secure" else "HTTP")
                   for name, port in ports.items())
    text += SECRET.format(certificate=certificate, key=key)
    text += "".join(ROUTE.format(name=name, gateway="main", spec=spec) for name, spec in of.items())
    text += "".join(ROUTE.format(name=name, gateway=name, spec=model(steady)) for name in ports if name != "main")
    return text + "".join(POLICY.format(name=name, policy=policy) for name, policy in POLICIES.items())
