"""Each widget shows what a real tool answered, and calls tools of the real server, inside a host that speaks MCP Apps.

The host is the official client and the official bridge around a sandboxed frame, under the policy that the resource
asks for.
"""

import pytest
from playwright.sync_api import expect

from tests.mcp.conftest import post
from tests.widgets.conftest import result_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def test_search_results_are_filtered_liked_and_continued(mcp_apps, window, place):
    frame = mcp_apps("discovery_search", {"city": "Gurugram", "limit": 7})
    expect(frame.get_by_role("heading", name="9 homes found")).to_be_visible()
    cards = frame.locator(".card")
    expect(cards).to_have_count(6)
    window.keep("search")

    title = "A home to be seen, with a terrace over the park"
    heart = frame.get_by_role("button", name=f"Like {title}")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    assert place.swiped(place.home_id) is True

    more = frame.get_by_role("button", name="Show more homes")
    more.click()
    expect(cards).to_have_count(7)
    more.click()
    expect(cards).to_have_count(9)
    expect(more).to_have_count(0)

    frame.get_by_role("button", name="Rent", exact=True).click()
    expect(frame.get_by_role("heading", name="1 home found")).to_be_visible()
    expect(cards).to_have_count(1)
    frame.get_by_role("button", name=title, exact=True).click()
    window.page.wait_for_function("shown.messages.length === 1")
    assert f"property {place.home_id}" in window.page.evaluate("shown.messages[0]")
    assert window.page.evaluate("shown.calls") == ["discovery_swipe", "discovery_search", "discovery_search"]


def test_a_listing_is_looked_through_and_a_visit_asked_for(mcp_apps, window, place):
    frame = mcp_apps("discovery_property_get", {"property_id": place.home_id})
    expect(frame.get_by_role("heading", name="A home to be seen")).to_be_visible()
    expect(frame.get_by_text("₹45,000")).to_be_visible()
    assert frame.locator(".gallery img").first.evaluate("picture => picture.decode().then(() => picture.naturalWidth)")
    frame.get_by_role("button", name="Next picture").click()
    expect(frame.locator(".number")).to_contain_text("2 / 5")
    expect(frame.get_by_text("Ten minutes to the metro")).to_be_visible()
    window.keep("details")

    heart = frame.get_by_role("button", name="Like A home")
    was = heart.get_attribute("aria-pressed")
    heart.click()
    expect(heart).not_to_have_attribute("aria-pressed", was)
    assert place.swiped(place.home_id) is (was == "false")

    frame.get_by_role("button", name="Schedule a visit").click()
    window.page.wait_for_function("shown.messages.length === 1")
    assert "I would like to visit" in window.page.evaluate("shown.messages[0]")


def test_homes_are_swiped_by_key_and_button(mcp_apps, window, place):
    frame = mcp_apps("discovery_feed", {"latitude": 28.4595, "longitude": 77.0266, "limit": 2})
    deck = frame.get_by_role("region", name="Homes to decide about")
    expect(deck.get_by_text("1 of 2")).to_be_visible()
    window.keep("swipe")
    first, second = place.other_ids[:2]
    like = frame.get_by_role("button", name="Like Quiet house 0")
    like.press("ArrowRight")
    expect(deck.get_by_text("2 of 2")).to_be_visible()
    assert place.swiped(first) is True
    expect(frame.get_by_role("status")).to_have_text("Liked: Quiet house 0.")
    assert "liked property" in window.page.evaluate("shown.told[0]")

    frame.get_by_role("button", name="Pass Quiet house 1").click()
    expect(frame.get_by_role("heading", name="You liked 1 home")).to_be_visible()
    assert place.swiped(second) is False
    frame.get_by_role("button", name="More homes").click()
    expect(deck.get_by_text("1 of 2")).to_be_visible()
    expect(frame.get_by_role("heading", name="Quiet house 2")).to_be_visible()
    assert window.page.evaluate("shown.calls") == ["discovery_swipe", "discovery_swipe", "discovery_feed"]


def test_a_home_is_swiped_by_hand(mcp_apps, window, place):
    frame = mcp_apps("discovery_feed", {"latitude": 28.4595, "longitude": 77.0266, "limit": 1})
    card = frame.locator(".front")
    title = card.get_by_role("heading").inner_text()
    box = card.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 80
    mouse = window.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x - 60, y, steps=3)
    mouse.move(x - 140, y, steps=3)
    mouse.up()
    expect(frame.get_by_role("heading", name="That was all for now")).to_be_visible()
    passed = next(one for one in place.other_ids if place.swiped(one) is False and title == title_of(one, place))
    assert passed


def title_of(property_id, place):
    return place.call("discovery_property_get", {"property_id": property_id})["structuredContent"]["property"]["title"]


def test_a_time_that_is_not_to_be_had_is_chosen_anew(mcp_apps, window, place):
    home = place.other_ids[5]
    asked = {"property_id": home, "scheduled_date": "2020-01-01T10:00:00+05:30", "notes": "With a ladder"}
    frame = mcp_apps("visits_schedule", asked)
    expect(frame.get_by_role("alert")).to_contain_text("future date")
    expect(frame.get_by_role("textbox")).to_have_value("With a ladder")
    ask = frame.get_by_role("button", name="Ask for this visit")
    ask.click()
    expect(frame.get_by_text("Choose a time.")).to_be_visible()
    window.keep("scheduler-form")
    frame.locator(".days input").nth(6).check()
    frame.get_by_label("3:00 PM").check()
    ask.click()
    expect(frame.get_by_role("heading", name="Your visit is planned")).to_be_visible()
    window.keep("scheduler")
    made = place.visit(property_id=home)
    assert (made.status, made.special_requirements, made.scheduled_date.strftime("%H:%M")) == (
        "requested", "With a ladder", "09:30",
    )  # fmt: skip
    assert f"visit {made.pk}" in window.page.evaluate("shown.told[0]")

    frame.get_by_role("button", name="Call off the visit to Quiet house 5").click()
    frame.get_by_label("Why? You need not say.").fill("Found another")
    frame.get_by_role("button", name="Call it off").click()
    expect(frame.get_by_role("heading", name="The visit is called off")).to_be_visible()
    made = place.visit(property_id=home)
    assert (made.status, made.cancellation_reason) == ("cancelled", "Found another")


def test_visits_are_listed_by_kind_and_called_off(mcp_apps, window, place):
    frame = mcp_apps("visits_list", {})
    expect(frame.get_by_role("heading", name="Your visits")).to_be_visible()
    tile = frame.get_by_role("button", name="To come")
    expect(tile).to_contain_text("1")
    tile.click()
    expect(frame.get_by_text("We come with a child.")).to_be_visible()
    window.keep("visits")
    frame.get_by_role("button", name="Call off the visit to A home").click()
    frame.get_by_role("button", name="Keep it").click()
    frame.get_by_role("button", name="Call off the visit to A home").press("Enter")
    frame.get_by_role("button", name="Call it off").click()
    expect(tile).to_contain_text("0")
    assert place.visit(pk=place.visit_id).status == "cancelled"
    frame.get_by_role("button", name="Called off", exact=False).first.click()
    expect(frame.locator(".visit").first).to_contain_text("Called off")


def test_agents_see_who_comes_and_confirm(mcp_apps, window, place):
    frame = mcp_apps("agent_visits_list_all", {}, token=place.staff_token, path="/mcp-admin")
    expect(frame.get_by_role("heading", name="Visits to show")).to_be_visible()
    row = frame.locator(".visit", has_text="Tara Tenant")
    row.get_by_role("button", name="Confirm").click()
    expect(row.get_by_text("Confirmed")).to_be_visible()
    assert place.visit(pk=place.staff_visit_id).status == "confirmed"
    row.get_by_role("button", name="Call off the visit to A home").click()
    row.get_by_role("button", name="Call it off").click()
    expect(row.get_by_text("Called off")).to_be_visible()
    assert window.page.evaluate("shown.calls") == ["agent_visits_confirm", "agent_visits_cancel"]


def test_a_host_that_does_not_answer_is_asked_again(window, hosts):
    window.page.clock.install()
    window.page.goto(f"{hosts}/silent.html")
    frame = window.frame
    expect(frame.get_by_text("Loading")).to_be_attached()
    for _ in range(2):
        window.page.clock.run_for(11_000)
        expect(frame.get_by_role("alert")).to_contain_text("The host did not answer in time.")
        frame.get_by_role("button", name="Try again").click()
        expect(frame.get_by_text("Loading")).to_be_attached()


def test_whoever_has_not_signed_in_is_asked_to(mcp_apps, window):
    frame = mcp_apps("visits_list", {}, token=None)
    expect(frame.get_by_role("heading", name="Sign in to go on")).to_be_visible()
    frame.get_by_role("button", name="Sign in").click()
    window.page.wait_for_function("shown.messages.length === 1")


def test_a_refusal_is_told_and_can_be_tried_again(mcp_apps, window):
    frame = mcp_apps("discovery_property_get", {"property_id": 987654321})
    expect(frame.get_by_role("alert")).to_contain_text("Property not found")
    frame.get_by_role("button", name="Try again").click()
    expect(frame.get_by_role("alert")).to_contain_text("Property not found")
    assert window.page.evaluate("shown.calls") == ["discovery_property_get"]


def test_nothing_found_is_told(mcp_apps):
    frame = mcp_apps("discovery_search", {"city": "Nowhere"})
    expect(frame.get_by_role("heading", name="No homes found")).to_be_visible()
    expect(frame.get_by_role("button", name="Widen the search")).to_be_visible()


def test_the_theme_follows_the_host(mcp_apps, window, place):
    frame = mcp_apps("discovery_property_get", {"property_id": place.home_id})
    page = frame.locator("html")
    expect(page).to_have_attribute("data-theme", "light")
    window.page.evaluate("shown.bridge.setHostContext({ theme: 'dark' })")
    expect(page).to_have_attribute("data-theme", "dark")
    assert frame.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 25, 27)"


def test_the_host_learns_the_size_and_may_take_the_view_down(mcp_apps, window, place):
    frame = mcp_apps("discovery_property_get", {"property_id": place.home_id})
    expect(frame.get_by_role("heading", name="Amenities")).to_be_visible()
    height = frame.evaluate("Math.ceil(document.documentElement.getBoundingClientRect().height)")
    window.page.wait_for_function(f"shown.size.height === {height}")
    assert window.page.evaluate("shown.bridge.teardownResource({})") == {}


def test_the_view_is_read_at_its_stable_address_as_an_app(mcp_apps, window):
    mcp_apps("discovery_search", {"city": "Gurugram"})
    resource = window.page.evaluate("({ uri: shown.resource.uri, mimeType: shown.resource.mimeType })")
    assert resource == {"uri": "ui://widget/propertysearchwidget.html", "mimeType": "text/html;profile=mcp-app"}


def test_both_servers_list_the_views_and_say_that_there_are_some(place):
    client = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    for path in ("/mcp", "/mcp-admin"):
        told = result_of(post(place.base, "initialize", client, path=path).text)["capabilities"]
        assert told["extensions"] == told["experimental"] == {"io.modelcontextprotocol/ui": {}}
        listed = result_of(post(place.base, "resources/list", path=path).text)["resources"]
        assert "ui://widget/visitlistwidget.html" in {one["uri"] for one in listed}
        refused = post(place.base, "resources/read", {"uri": "ui://widget/nobodyswidget.html"}, path=path).text
        assert '"error"' in refused
        assert '"result"' not in refused
