"""The judged queries: what people type in English, Hindi and Hinglish, and what they want by it.

Those that deny something ("no brokerage", "not ground floor", "quiet" where others are loud) are marked `hard`: the
words of what is not wanted are close to the words of what is.
"""

from collections.abc import Sequence

from bench.relevance.concepts import want
from bench.relevance.judging import (
    Query,
    Want,
    beds,
    between,
    column,
    has,
    kind,
    place,
    price,
    purpose,
    said,
)

FLAT, FLOOR, HOUSE, VILLA = kind("apartment"), kind("builder_floor"), kind("house", "villa"), kind("villa", "house")
HOME = kind("apartment", "builder_floor", "house", "villa", "penthouse", "studio")
PG, PLOT, STUDIO, PENTHOUSE = kind("pg"), kind("plot"), kind("studio"), kind("penthouse")
RENT, BUY = purpose("rent"), purpose("buy")
UPSTAIRS, GROUND = between("floor_number", least=1), column("floor_number", 0)
FURNISHED, BARE = column("furnishing_level", "furnished"), column("furnishing_level", "unfurnished")
SEMI = column("furnishing_level", "semi_furnished")
LAKH, CRORE = 100_000, 10_000_000
SERVANT, POOJA = said(r"servant room|servant's room"), said(r"pooja room")
STUDY, STORE = said(r"study room|\bstudy\b"), said(r"store room")
PARK, EAST = said(r"park facing|facing park|\bpark\b"), said(r"(?:north-)?east facing|facing east|east-facing")
TERRACE, CORNER = said(r"terrace"), said(r"corner")


def _asked(language: str, rows: Sequence[tuple[str, *tuple[Want, ...]]], *, hard: bool = False) -> list[Query]:
    return [Query(words, language, wants, hard) for words, *wanted in rows if (wants := tuple(wanted))]


ENGLISH = _asked("en", [
    ("3 bhk flat for sale in sector 45", place("Sector 45"), beds(3), FLAT, BUY),
    ("2 bhk apartment for rent in nirvana country", place("Nirvana Country"), beds(2), FLAT, RENT),
    ("4 bhk villa", VILLA, beds(4)),
    ("independent house with its own garden", HOUSE, want("garden")),
    ("penthouse with a view", PENTHOUSE, want("view")),
    ("studio near the metro", STUDIO, want("metro")),
    ("residential plot in sushant lok", place("Sushant Lok"), PLOT),
    ("plot in a gated colony", PLOT, want("safe")),
    ("flat in orchid petals", place("Orchid Petals")),
    ("apartment in lotus terraces for rent", place("Lotus Terraces"), FLAT, RENT),
    ("rosewood city builder floor", place("Rosewood City"), FLOOR),
    ("something in falcon towers under 1 crore", place("Falcon Towers"), price(CRORE), BUY),
    ("home on golf course road", place("Golf Course Road"), HOME),
    ("flat on sohna road within walking distance of a school", place("Sohna Road"), FLAT, want("school")),
    ("furnished 1 bhk on rent", beds(1), FURNISHED, RENT),
    ("fully furnished flat for rent near metro", FLAT, FURNISHED, RENT, want("metro")),
    ("semi furnished 3 bhk", beds(3), SEMI),
    ("3 bhk flat for rent under 60k", FLAT, beds(3), RENT, price(60_000)),
    ("2 bhk for sale under 90 lakh", beds(2), BUY, price(90 * LAKH)),
    ("villa between 2 and 4 crore", VILLA, price(4 * CRORE, 2 * CRORE)),
    ("house under 3 crore", HOUSE, price(3 * CRORE), BUY),
    ("5 bedroom house", HOUSE, beds(5)),
    ("pg with meals", PG, want("food")),
    ("paying guest with breakfast and dinner", PG, want("food")),
    ("hostel for working women", PG, want("women")),
    ("girls pg with food", PG, want("women"), want("food")),
    ("vegetarian pg", PG, want("vegetarian")),
    ("dog friendly apartment", want("pets"), FLAT),
    ("place where I can keep my cat", want("pets"), HOME),
    ("can bring my labrador", want("pets")),
    ("flat for a family with small kids", want("family"), FLAT),
    ("good for raising children, school close by", want("school"), want("family")),
    ("walk to the train to work every day", want("metro")),
    ("metro at walking distance 2 bhk", want("metro"), beds(2)),
    ("lots of daylight", want("sunny")),
    ("bright home with large windows", want("sunny"), HOME),
    ("morning sun in the bedroom", want("sunny")),
    ("overlooking greenery", want("view")),
    ("golf view apartment", want("view"), FLAT),
    ("never occupied before, first owner", want("new")),
    ("brand new builder floor", want("new"), FLOOR),
    ("newly constructed villa", want("new"), VILLA),
    ("room for a desk, I work remotely", want("work")),
    ("home office with broadband", want("work")),
    ("secure society with guards and cameras", want("safe")),
    ("gated community with security for elderly parents", want("safe"), want("old_people")),
    ("wheelchair accessible flat", want("old_people"), FLAT),
    ("suitable for senior citizens", want("old_people")),
    ("no power cuts", want("backup")),
    ("generator backup 3 bhk", want("backup"), beds(3)),
    ("big rooms for entertaining guests", want("spacious")),
    ("very spacious 4 bhk", want("spacious"), beds(4)),
    ("private lawn", want("garden")),
    ("society with swimming pool and gym", want("fitness")),
    ("somewhere I can exercise without leaving the building", want("fitness")),
    ("seller in a hurry", want("urgent")),
    ("distress sale villa", want("urgent"), VILLA),
    ("owner relocating, bargain", want("urgent")),
    ("penthouse for rent", PENTHOUSE, RENT),
    ("unfurnished builder floor for rent", FLOOR, BARE, RENT),
    ("studio apartment for rent under 25000", STUDIO, RENT, price(25_000)),
    ("south city 1 house", place("South City 1"), HOUSE),
    ("malibu town 3 bhk", place("Malibu Town"), beds(3)),
    ("flat in palam vihar on the second floor", place("Palam Vihar"), column("floor_number", 2)),
    ("third floor flat with lift", column("floor_number", 3), has("Lift"), FLAT),
    ("villa in vatika city", place("Vatika City"), VILLA),
    ("ardee city 2 bedroom", place("Ardee City"), beds(2)),
    ("dlf phase 3 flat for rent", place("DLF Phase 3"), FLAT, RENT),
    ("dwarka expressway 3 bhk for sale", place("Dwarka Expressway"), beds(3), BUY),
    ("house with servant room", HOUSE, SERVANT),
    ("house with pooja room", HOUSE, POOJA),
    ("independent house with study room and servant room", HOUSE, STUDY, SERVANT),
    ("park facing independent house", HOUSE, PARK),
    ("east facing house", HOUSE, EAST),
    ("corner house with terrace", HOUSE, CORNER, TERRACE),
    ("house in sector 57 gurgaon", place("Sector 57"), HOUSE),
    ("villa in sector 65", place("Sector 65"), VILLA),
    ("house in dlf phase 1", place("DLF Phase 1"), HOUSE),
    ("4 bedroom house in sector 23", place("Sector 23"), HOUSE, beds(4)),
    ("house with store room and pooja room", HOUSE, STORE, POOJA),
    ("newly built house in sector 43", place("Sector 43"), HOUSE, want("new")),
])  # fmt: skip

ENGLISH_HARD = _asked("en", [
    ("quiet flat", want("quiet"), FLAT),
    ("quiet 2 bhk for rent", want("quiet"), beds(2), RENT),
    ("peaceful house, no traffic noise", want("quiet"), HOUSE),
    ("away from the main road", want("quiet")),
    ("not noisy", want("quiet")),
    ("silent at night, light sleeper", want("quiet")),
    ("no brokerage flat", want("no_brokerage"), FLAT),
    ("zero brokerage 2 bhk for rent", want("no_brokerage"), beds(2), RENT),
    ("direct from owner without agent", want("no_brokerage")),
    ("pg without brokerage", want("no_brokerage"), PG),
    ("flat not on ground floor", UPSTAIRS, FLAT),
    ("2 bhk not ground floor for rent", UPSTAIRS, beds(2), RENT),
    ("builder floor above ground floor", UPSTAIRS, FLOOR),
    ("ground floor flat", GROUND, FLAT),
    ("ground floor for my grandmother", GROUND, HOME),
    ("not furnished apartment", BARE, FLAT),
    ("not an old building", want("new")),
    ("pets not a problem", want("pets")),
    ("no bachelors, only families", want("family")),
    ("not dark inside", want("sunny")),
    ("quiet and near metro", want("quiet"), want("metro")),
    ("calm neighbourhood for a family", want("quiet"), want("family")),
    ("no meat eaters", want("vegetarian")),
    ("room not tiny", want("spacious")),
], hard=True)  # fmt: skip

HINGLISH = _asked("hinglish", [
    ("2 bhk flat kiraye par chahiye", FLAT, beds(2), RENT),
    ("3 bhk ghar sector 45 mein", place("Sector 45"), beds(3)),
    ("4 bhk kothi bikau", HOUSE, beds(4), BUY),
    ("metro ke paas flat", want("metro"), FLAT),
    ("metro ke paas 2 bhk kiraye pe", want("metro"), beds(2), RENT),
    ("saste mein studio rent 25000 tak", STUDIO, RENT, price(25_000)),
    ("60 hazaar tak 3 bhk rent", RENT, beds(3), price(60_000)),
    ("90 lakh tak 2 bhk kharidna hai", BUY, beds(2), price(90 * LAKH)),
    ("khana ke saath pg", PG, want("food")),
    ("ladkiyon ke liye pg", PG, want("women")),
    ("shakahari pg", PG, want("vegetarian")),
    ("kutte ke saath reh sakte hain", want("pets")),
    ("family ke liye flat, school paas mein", want("family"), want("school"), FLAT),
    ("bachchon ke liye school ke paas ghar", want("school"), HOME),
    ("dhoop wala ghar", want("sunny"), HOME),
    ("khuli balcony hariyali view", want("view")),
    ("naya builder floor", want("new"), FLOOR),
    ("bilkul naya makaan", want("new"), HOME),
    ("gym aur swimming pool wali society", want("fitness")),
    ("bagicha wali kothi", want("garden"), HOUSE),
    ("bade kamre wala 4 bhk", want("spacious"), beds(4)),
    ("bijli ka backup ho", want("backup")),
    ("guard aur cctv wali society", want("safe")),
    ("buzurg mata pita ke liye", want("old_people")),
    ("ghar se kaam karne ke liye study room", want("work")),
    ("jaldi bechna hai makaan", want("urgent")),
    ("furnished flat kiraye par", FLAT, FURNISHED, RENT),
    ("zameen sushant lok mein", place("Sushant Lok"), PLOT),
    ("south city 1 mein kothi", place("South City 1"), HOUSE),
    ("teen kamre ka flat", beds(3), FLAT),
    ("do kamre ka ghar kiraye par", beds(2), RENT),
    ("sector 57 mein makaan", place("Sector 57"), HOME),
    ("servant room wali kothi", HOUSE, SERVANT),
    ("pooja ghar wala makaan", HOUSE, POOJA),
    ("park ke saamne kothi", HOUSE, PARK),
])  # fmt: skip

HINGLISH_HARD = _asked("hinglish", [
    ("shaant jagah flat", want("quiet"), FLAT),
    ("shor na ho", want("quiet")),
    ("shant ilaka 2 bhk rent", want("quiet"), beds(2), RENT),
    ("bina brokerage flat", want("no_brokerage"), FLAT),
    ("bina dalali 2 bhk rent", want("no_brokerage"), beds(2), RENT),
    ("ground floor nahi chahiye flat", UPSTAIRS, FLAT),
    ("ground floor flat chahiye", GROUND, FLAT),
    ("bina broker pg", want("no_brokerage"), PG),
], hard=True)  # fmt: skip

HINDI = _asked("hi", [
    ("किराये पर 2 बीएचके फ्लैट", FLAT, beds(2), RENT),
    ("सेक्टर 45 में 3 बीएचके", place("Sector 45"), beds(3)),
    ("4 बीएचके कोठी बिकाऊ", HOUSE, beds(4), BUY),
    ("मेट्रो के पास फ्लैट", want("metro"), FLAT),
    ("मेट्रो के पास किराये का घर", want("metro"), RENT),
    ("लड़कियों के लिए पीजी", PG, want("women")),
    ("खाने के साथ पीजी", PG, want("food")),
    ("शाकाहारी पीजी", PG, want("vegetarian")),
    ("परिवार के लिए घर", want("family"), HOME),
    ("स्कूल के पास घर", want("school"), HOME),
    ("धूप वाला घर", want("sunny"), HOME),
    ("नया मकान", want("new"), HOME),
    ("बगीचे वाली कोठी", want("garden"), HOUSE),
    ("बड़े कमरे वाला घर", want("spacious"), HOME),
    ("तीन कमरे का फ्लैट", beds(3), FLAT),
    ("दो कमरे का मकान किराये पर", beds(2), RENT),
    ("90 लाख तक 2 बीएचके", beds(2), BUY, price(90 * LAKH)),
    ("3 करोड़ तक कोठी", HOUSE, BUY, price(3 * CRORE)),
    ("जिम और स्विमिंग पूल", want("fitness")),
    ("सुरक्षित सोसायटी", want("safe")),
    ("बुज़ुर्गों के लिए फ्लैट", want("old_people"), FLAT),
    ("पालतू कुत्ता रख सकते हैं", want("pets")),
    ("सुशांत लोक में प्लॉट", place("Sushant Lok"), PLOT),
    ("सेक्टर 57 में मकान", place("Sector 57"), HOME),
    ("बिजली बैकअप वाला फ्लैट", want("backup"), FLAT),
    ("पार्क के सामने कोठी", HOUSE, PARK),
])  # fmt: skip

HINDI_HARD = _asked("hi", [
    ("शांत जगह पर फ्लैट", want("quiet"), FLAT),
    ("शांत घर किराये पर", want("quiet"), RENT),
    ("बिना दलाली का फ्लैट", want("no_brokerage"), FLAT),
    ("बिना ब्रोकरेज पीजी", want("no_brokerage"), PG),
    ("भूतल नहीं चाहिए फ्लैट", UPSTAIRS, FLAT),
    ("भूतल पर फ्लैट", GROUND, FLAT),
], hard=True)  # fmt: skip

QUERIES: tuple[Query, ...] = (*ENGLISH, *ENGLISH_HARD, *HINGLISH, *HINGLISH_HARD, *HINDI, *HINDI_HARD)
