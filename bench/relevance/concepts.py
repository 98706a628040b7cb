"""What can be said of a home in many ways, and how one recognises it. `homes.py` says it, `queries.py` asks for it.

Each concept: phrases that say so and phrases that say the contrary, and the patterns that a judge goes by, which also
know how real listings say it. A test judges every phrase.
"""

from dataclasses import dataclass

from bench.relevance.judging import Want, said


@dataclass(frozen=True)
class Concept:
    """Phrases for homes that are so and for homes that are not; `want` judges either, and real texts."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    want: Want


CONCEPTS: dict[str, Concept] = {
    "quiet": Concept(
        (
            "Peaceful lane where you hear birds instead of cars.",
            "Calm inner block, well away from traffic.",
            "The silence at night is what the present owners will miss.",
            "Set far back from the road, so it stays serene all day.",
        ),
        (
            "On the main road, with horns and traffic through the night.",
            "The club next door plays loud music until late.",
            "Metro construction right outside is noisy at present.",
        ),
        said(
            r"peaceful|calm|silence|serene|tranquil|\bquiet\b|peace of mind|noise[- ]free|pollution[- ]free",
            r"horns|loud|noisy|not quiet|heavy traffic|busy road",
        ),
    ),
    "no_brokerage": Concept(
        (
            "Deal with the owner directly; nobody takes a commission.",
            "Zero brokerage, no middlemen.",
            "No agent's fee is charged.",
        ),
        (
            "Brokerage of one month applies.",
            "The agent's commission is payable by the buyer.",
            "Brokerage extra as per market norms.",
        ),
        said(
            r"nobody takes a commission|zero brokerage|no brokerage|without brokerage|no agent's fee|no middlem",
            r"brokerage of|commission is payable|brokerage extra|brokerage applies",
        ),
    ),
    "metro": Concept(
        (
            "The metro station is a four-minute walk.",
            "You can walk to the Rapid Metro.",
            "Steps away from the yellow line.",
        ),
        ("The nearest metro is an hour away by bus.", "No metro connection in this part of town yet."),
        said(
            r"metro station is a|walk to the rapid metro|yellow line|(?:near|close to|from|nearby) (?:\w+ ){0,3}metro"
            r"|metro station",
            r"metro is an hour|no metro",
        ),
    ),
    "pets": Concept(
        ("Dogs and cats feel at home here.", "Your dog may move in with you.", "Pets are welcome."),
        ("No animals in the building, please.", "Pets are not permitted by the society."),
        said(
            r"dogs and cats|your dog|pets are welcome|pet friendly|pets allowed",
            r"no animals|pets are not|no pets",
        ),
    ),
    "family": Concept(
        (
            "Ideal for a couple with children.",
            "Only families live on this floor.",
            "Parents like it: nursery and play area downstairs.",
        ),
        ("Suited to a group of bachelors.", "Shared by students, parties at weekends."),
        said(r"couple with children|only families|parents like|famil(?:y|ies)", r"bachelors|shared by students"),
    ),
    "sunny": Concept(
        ("Light floods in from three sides.", "Large windows to the south; lamps stay off until evening.",
         "The morning sun reaches every room."),
        ("Rather dim, since another tower stands in front.", "Interior flat with little daylight."),
        said(r"light floods|lamps stay off|morning sun|\bsunny\b|natural light|sunlight|well lit|bright",
             r"rather dim|little daylight"),
    ),
    "view": Concept(
        ("Looks out over the golf greens.", "The balcony faces the central lawns.", "Treetops from every window."),
        ("The windows face the neighbour's wall.", "View of the parking lot."),
        said(r"golf greens|central lawns|treetops|(?:park|green) (?:facing|view)|facing park|overlook\w* (?:the )?park",
             r"neighbour's wall|view of the parking"),
    ),
    "new": Concept(
        ("Possession was given last month; never lived in.", "Brand new construction with builder's warranty.",
         "Just completed, first occupant."),
        ("An old building from the eighties in need of repair.", "Thirty years old, plaster is coming off."),
        said(r"never lived in|brand new|just completed|newly (?:built|constructed)|new construction",
             r"from the eighties|thirty years old"),
    ),
    "work": Concept(
        ("A separate den with fibre internet for those who work from home.", "Study with a desk and a door that shuts.",
         "There is a proper home office."),
        (),
        said(r"work from home|study with a desk|home office|study room|\bstudy\b"),
    ),
    "school": Concept(
        ("Two good schools within walking distance.", "The school bus stops at the gate."),
        ("Schools are a long drive.",),
        said(r"good schools|school bus|schools? (?:nearby|is near|are near)|near (?:\w+ ){0,3}school|public school",
             r"schools are a long"),
    ),
    "safe": Concept(
        ("Guards at every gate and cameras on each floor.", "Gated, with visitors announced by intercom."),
        ("Open colony without any gate or guard.",),
        said(r"guards at every|gated|security|cctv", r"without any gate"),
    ),
    "vegetarian": Concept(
        ("For vegetarians only, please.", "A pure veg household; no meat in the kitchen."),
        ("Cook what you like, meat and fish too.",),
        said(r"vegetarians only|pure veg", r"meat and fish too"),
    ),
    "food": Concept(
        ("Three home-cooked meals a day are included.", "Breakfast and dinner come with the rent."),
        ("No food is provided; the kitchen is shared.",),
        said(r"home-cooked meals|breakfast and dinner", r"no food is provided"),
    ),
    "women": Concept(
        ("Girls only, with a lady warden.", "For working women; men are not admitted."),
        ("For boys only.",),
        said(r"girls only|working women", r"boys only"),
    ),
    "backup": Concept(
        ("When the grid fails, generators take over at once.", "Full power backup, the lift included."),
        ("Power cuts are frequent and there is no generator.",),
        said(r"generators take over|power back ?up", r"no generator"),
    ),
    "spacious": Concept(
        ("Huge rooms: a king-size bed looks lost in them.", "The drawing room seats twenty."),
        ("Compact and easy to keep.", "Tiny, but all one person needs."),
        said(r"huge rooms|seats twenty|spacious|large rooms", r"compact and easy|tiny, but"),
    ),
    "garden": Concept(
        ("A lawn of its own with mango trees.", "The back garden is private and fenced."),
        (),
        said(r"lawn of its own|private garden|back garden|private lawn|terrace garden"),
    ),
    "fitness": Concept(
        ("Residents swim and lift weights in the club downstairs.", "Pool, gym and squash court for residents."),
        (),
        said(r"lift weights|gym|fitness|swimming pool"),
    ),
    "urgent": Concept(
        ("The owner is moving abroad and wants to close this week.", "Priced low for a quick deal."),
        (),
        said(r"wants to close|quick deal|urgent sale|distress"),
    ),
    "old_people": Concept(
        ("No steps anywhere; a wheelchair passes every door.", "Grandparents manage well: ramps and rails everywhere."),
        ("Third floor by the stairs only.",),
        said(r"wheelchair|grandparents|senior citizen", r"stairs only"),
    ),
}  # fmt: skip


def want(name: str) -> Want:
    """The want of a concept."""
    return CONCEPTS[name].want
