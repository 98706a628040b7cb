"""The same widgets in a host inside the page, without any host, and for everybody; and whom they do not listen to."""

import pytest
from playwright.sync_api import expect

from tests.widgets.conftest import in_days

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

FORGED = """(from) => {
  const params = { content: [], structuredContent: { properties: [], total: 0 } }
  const data = { jsonrpc: '2.0', method: 'ui/notifications/tool-result', params }
  window.dispatchEvent(new MessageEvent('message', { data, origin: from, source: window.parent }))
}"""


def scenes(place):
    """A tool for every widget, its arguments, and what is to be read then."""
    return {
        "PropertySearchWidget": ("discovery_search", {"city": "Gurugram", "limit": 7}, "9 homes found"),
        "PropertyDetailsWidget": ("discovery_property_get", {"property_id": place.home_id}, "A home to be seen"),
        "PropertySwipeWidget": ("discovery_feed", {"latitude": 28.4595, "longitude": 77.0266}, "Homes for you"),
        "VisitListWidget": ("visits_list", {}, "Your visits"),
        "VisitSchedulerWidget": (
            "visits_schedule",
            {"property_id": place.other_ids[0], "scheduled_date": "2020-01-01T10:00:00+05:30"},
            "Choose a time",
        ),
    }


NAMES = (
    "PropertyDetailsWidget", "PropertySearchWidget", "PropertySwipeWidget", "VisitListWidget", "VisitSchedulerWidget",
)  # fmt: skip


def use(frame, name):
    """Do in a widget what calls a tool."""
    if name == "VisitListWidget":
        frame.get_by_role("button", name="Call off the visit to A home").click()
        frame.get_by_role("button", name="Call it off").click()
    elif name == "VisitSchedulerWidget":
        frame.get_by_label("11:00 AM").check()
        frame.get_by_role("button", name="Ask for this visit").click()
    else:
        frame.get_by_role("button", name="Like ").first.click()


def expect_used(frame, name):
    """What a widget shows when its call did what it should."""
    done = {
        "VisitListWidget": "The visit is called off.",
        "VisitSchedulerWidget": "The visit is asked for.",
    }.get(name, "Liked")
    expect(frame.get_by_role("status")).to_contain_text(done)


@pytest.mark.parametrize("name", NAMES)
def test_a_host_inside_the_page_shows_results_and_passes_calls_on(openai, place, name):
    tool, given, heading = scenes(place)[name]
    called = []

    def call(asked, arguments):
        called.append(asked)
        return place.call(asked, arguments)

    frame = openai(tool, given, widget=name, calls=call)
    expect(frame.get_by_role("heading", name=heading).first).to_be_visible()
    use(frame, name)
    expect_used(frame, name)
    assert called == [{"VisitListWidget": "visits_cancel", "VisitSchedulerWidget": "visits_schedule"}.get(
        name, "discovery_swipe"
    )]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_without_a_host_the_page_shows_its_own_data_and_asks_its_server(standalone, window, place, name):
    tool, given, heading = scenes(place)[name]
    frame = standalone(tool, given, widget=name)
    expect(frame.get_by_role("heading", name=heading).first).to_be_visible()
    if name == "PropertySearchWidget":
        frame.get_by_role("button", name="Rent", exact=True).click()
        expect(frame.get_by_role("heading", name="1 home found")).to_be_visible()
        with window.page.expect_popup() as opened:
            frame.get_by_role("button", name="A home to be seen, with a terrace over the park", exact=True).click()
        assert opened.value.url == f"{place.base}/p/{place.home_id}"
        return
    if name == "VisitListWidget":
        expect(frame.locator(".visit")).not_to_have_count(0)
        return
    use(frame, name)
    expect(frame.get_by_role("alert").last).to_contain_text("Ghar has to know who you are")


def test_without_a_host_and_without_data_nothing_is_shown(window, place):
    window.page.goto(f"{place.base}/api/v1/agent/widgets/PropertySearchWidget")
    expect(window.page.get_by_role("heading", name="No homes found")).to_be_visible()


def test_a_call_that_fails_is_told_and_repeated(openai, place):
    tries = []

    def call(asked, arguments):
        tries.append(asked)
        if len(tries) == 1:
            raise ConnectionError("The line is down.")
        return place.call(asked, arguments)

    frame = openai("discovery_search", {"city": "Gurugram"}, widget="PropertySearchWidget", calls=call)
    heart = frame.get_by_role("button", name="Like Quiet house 3")
    heart.click()
    expect(frame.get_by_role("alert")).to_contain_text("The line is down.")
    frame.get_by_role("button", name="Try again").click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(frame.get_by_role("alert")).to_have_count(0)
    assert tries == ["discovery_swipe", "discovery_swipe"]


def test_a_deck_goes_on_where_the_person_was(openai, window, place):
    given = {"latitude": 28.4595, "longitude": 77.0266}
    cards = place.call("discovery_feed", given)["structuredContent"]["properties"]
    state = {"swipedIds": [cards[0]["id"]], "likedIds": [cards[0]["id"]], "currentIndex": 1}
    frame = openai("discovery_feed", given, widget="PropertySwipeWidget", state=state)
    expect(frame.get_by_role("heading", name=cards[1]["title"])).to_be_visible()
    frame.get_by_role("button", name=f"Pass {cards[1]['title']}").click()
    expect(frame.get_by_role("heading", name=cards[2]["title"])).to_be_visible()
    assert window.page.evaluate("seen.states.at(-1).swipedIds") == [cards[0]["id"], cards[1]["id"]]


def test_another_frame_and_another_origin_are_not_heard(mcp_apps, window, place, hosts):
    frame = mcp_apps("discovery_property_get", {"property_id": place.home_id})
    title = frame.get_by_role("heading", name="A home to be seen")
    expect(title).to_be_visible()
    window.page.evaluate(
        """() => new Promise((resolve) => {
          const other = document.createElement('iframe')
          other.sandbox = 'allow-scripts'
          other.srcdoc = `<script>
            const params = { content: [], structuredContent: { property: { id: 1, title: 'Forged' } } }
            const data = { jsonrpc: '2.0', method: 'ui/notifications/tool-result', params }
            window.parent.frames[0].postMessage(data, '*')
            window.parent.postMessage('sent', '*')
          </script>`
          window.addEventListener('message', (event) => event.data === 'sent' && setTimeout(resolve, 50))
          document.body.append(other)
        })"""
    )
    forged = FORGED.replace("{ properties: [], total: 0 }", "{ property: { id: 1, title: 'Forged' } }")
    frame = window.page.frames[1]
    frame.evaluate(forged, "https://evil.example")
    expect(title).to_be_visible()
    expect(frame.get_by_text("Forged")).to_have_count(0)
    frame.evaluate(forged, hosts)  # the same from the host's own origin is heard
    expect(frame.get_by_role("heading", name="Forged")).to_be_visible()


@pytest.mark.parametrize("name", NAMES)
def test_everybody_can_use_it_in_the_light_and_in_the_dark(openai, window, place, axe, name):
    tool, given, heading = scenes(place)[name]
    frame = openai(tool, given, widget=name)
    expect(frame.get_by_role("heading", name=heading).first).to_be_visible()
    assert violations(frame, axe) == []
    assert frame.evaluate("document.documentElement.scrollWidth") == 390
    window.keep(f"{name}-light")
    window.page.evaluate("openai.theme = 'dark'; dispatchEvent(new CustomEvent('openai:set_globals'))")
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    assert violations(frame, axe, "color-contrast") == []
    window.keep(f"{name}-dark")


@pytest.mark.parametrize(
    ("widget", "tool", "given", "heading"),
    [
        ("PropertySearchWidget", "discovery_search", {"city": "Nowhere"}, "No home fits yet"),
        ("PropertyDetailsWidget", "discovery_property_get", {"property_id": 987654321}, "That did not work"),
        ("VisitSchedulerWidget", "visits_schedule", {"scheduled_date": in_days(9)}, "Your visit is planned"),
    ],
)
def test_everybody_can_use_what_is_shown_otherwise(openai, place, axe, widget, tool, given, heading):
    at_home = {"property_id": place.other_ids[6]} if tool == "visits_schedule" else {}
    frame = openai(tool, given | at_home, widget=widget)
    expect(frame.get_by_role("heading", name=heading)).to_be_visible()
    assert violations(frame, axe) == []


def violations(frame, axe, *only):
    """What axe-core finds, however slight, and where; `only` names the rules to ask about."""
    frame.evaluate(f"() => {{ if (!window.axe) {{ {axe} }} }}")
    options = {"resultTypes": ["violations"], **({"runOnly": list(only)} if only else {})}
    found = frame.evaluate("options => axe.run(document, options).then((result) => result.violations)", options)
    return [(one["id"], one["impact"], [node["target"] for node in one["nodes"]]) for one in found]
