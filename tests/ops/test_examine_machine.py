"""`doctor` looks at everything and changes nothing."""

import pytest

from ops import doctor
from ops.checkout import Checkout
from ops.services import Services


def test_an_empty_checkout_is_told_what_is_missing(checkout: Checkout) -> None:
    before = sorted(checkout.root.rglob("*"))
    found = "\n".join(f"{finding.what} {finding.advice}" for finding in doctor.examine(Services(checkout)))
    assert "No virtual environment yet bin/ghar up makes it." in found
    assert "No database cluster yet bin/ghar up makes it." in found
    assert "No Redis of this checkout yet bin/ghar up makes it." in found
    assert [path for path in sorted(checkout.root.rglob("*")) if path.name != "up.lock"] == before


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL"])
def test_a_given_server_that_is_silent_is_serious(
    checkout: Checkout, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kind = "redis" if name == "REDIS_URL" else "postgres"
    monkeypatch.setenv(name, f"{kind}://somebody:hidden@127.0.0.1:1/0")
    assert doctor.visit(Services(checkout)) == 1
    shown = capsys.readouterr().out
    assert f"{kind}://somebody:***@127.0.0.1:1/0 does not answer" in shown
    assert "hidden" not in shown
