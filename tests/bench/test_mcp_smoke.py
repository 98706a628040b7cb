"""A small run of tools beside REST, against a live server."""

from bench.mcp import command, requests

SMALL = command.Size(seconds=0.3, rounds=1, warm_up=0.1, connections=4, at_once=40, listings=200, writes_a_second=1500)


def test_every_verb_is_answered_at_every_door(name: str) -> None:
    result = command.run(SMALL, lambda _: None, name=name, with_vectors=False)
    held = {check["text"]: check["passed"] for check in result["checks"]}
    assert all(passed for text, passed in held.items() if text.startswith("calls at once"))
    assert len(held) == 3 + len(requests.VERBS) * 2 + 2
    assert result["at_once"]["answers"] >= SMALL.at_once
    assert [verb["verb"] for verb in result["verbs"]] == ["search", "schedule a visit"]
    for verb in result["verbs"]:
        assert all(verb[door]["rate"] > 0 and verb[door]["p95_ms"] >= verb[door]["p50_ms"] for door in requests.DOORS)
    shown = "\n".join(command.lines(result))
    assert "tools/list, MCP 2026-07-28: p95 in milliseconds" in shown


def test_a_refusal_with_a_good_status_is_noticed() -> None:
    refused = b'{"result":{"isError":true,"content":[]}}'
    assert requests.is_refusal(requests.NEWEST, refused)
    assert requests.is_refusal(requests.HANDSHAKE, b'{"error":{"code":-32602}}')
    assert not requests.is_refusal(requests.REST, b"{}")
