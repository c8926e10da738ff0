"""A gateway's page of metrics, as promtool sees it."""
import subprocess
import urllib.request

import watch

SPELLED_BY_THE_GUIDE = ("agentgateway_mcp_requests", "agentgateway_guardrail_checks",
                        "agentgateway_xds_connection_terminations", "agentgateway_xds_message_total")
"""What alerts and dashboards already ask for, though promtool would name it otherwise."""


def complaints(port):
    """What promtool has against the page, but for names that are not ours to choose."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        page = answer.read().decode()
    looked = subprocess.run([watch.command("promtool"), "check", "metrics"], input=page, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)
    return [line for line in looked.stdout.splitlines() if line and not line.startswith(SPELLED_BY_THE_GUIDE)]
