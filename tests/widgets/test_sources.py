"""What the tools of the widgets' own language say: types, unit tests, and that building anew changes nothing."""

from tests.journeys import node


def test_types_hold_and_units_do_what_they_should(packages):
    assert "failed" not in node.run("npm", "run", "--silent", "check", folder=packages)


def test_building_anew_changes_nothing(packages):
    assert node.run("npm", "run", "--silent", "fresh", folder=packages) == ""
