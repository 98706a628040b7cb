"""How people in India say what they look for: Hindi in both scripts, abbreviations, and words for one another. Pure.

Kept by hand; spellings count as `words.plain` leaves them. `_MEANT` is read before anything else is understood: what
stands behind the colon becomes the English before it, and so does a number in words before what is counted. Words of
one line of `_ALIKE` find each other in the texts of listings. `FILLERS` say nothing about a home.
"""

from apps.properties.rules import words

_MEANT = """
house: makaan, makan, makaanat, मकान
independent house: kothi, kothee, कोठी
villa: haveli, bangla, bungalow, बंगला
home: ghar, घर
flat: phlat, फ्लैट
plot: zameen, zamin, jameen, jamin, bhoomi, ज़मीन, भूमि, प्लॉट
shop: dukaan, dukan, dookan, दुकान
office: daftar, karyalay, ऑफिस, दफ़्तर, कार्यालय
warehouse: godaam, godam, गोदाम
pg: पीजी
room: kamra, kamraa, कमरा
rooms: kamre, kamron, कमरे, कमरों
bhk: बीएचके
rent: kiraya, kiraye, kiray, kiraaya, किराया, किराये, किराए
for rent: kiraye par, kiraye pe, kiraya par, kiraye ke liye, किराये पर, किराए पर
for sale: bikri, bikau, bechna, bechne, bikri ke liye, bechne ke liye, बिक्री, बिकाऊ, बेचना, बिक्री के लिए
to buy: kharidna, kharidne, khareedna, khareedne, kharidne ke liye, खरीदना, खरीदने, खरीदने के लिए
cheap: sasta, saste, sasti, सस्ता, सस्ते, सस्ती
premium: mehnga, mahanga, mehanga, महंगा
new: brand new, newly built, newly constructed, naya, nayi, naye, नया, नई, नये, नए
old: purana, purani, पुराना, पुरानी
quiet: shaant, shant, shanti, शांत
airy: hawadar, hawadaar, हवादार
open: khula, khuli, खुला, खुली
big: bada, badi, bade, बड़ा, बड़ी, बड़े
small: chhota, chota, chhoti, छोटा, छोटी
good: accha, acha, achha, achi, acchi, अच्छा, अच्छी
kitchen: rasoi, rasoighar, रसोई
bathroom: snanghar, gusalkhana, बाथरूम, bath, baths, washroom, washrooms, toilet, toilets, bathrooms
bedroom: bed, beds, br, bedrooms, बेडरूम, बैडरूम
balcony: balkani, बालकनी
terrace: chhat, छत
garden: bagiche, बगीचे, bagicha, bageecha, बगीचा
park: पार्क
metro: मेट्रो
school: vidyalaya, स्कूल, विद्यालय
hospital: aspatal, haspatal, अस्पताल
market: बाज़ार
temple: mandir, मंदिर
road: sadak, सड़क, rd
sector: sec, sect, secter, sectr, सेक्टर, सैक्टर
phase: ph, phse, फेज, फेस
block: blk, ब्लॉक
near: nr
nearby: paas, nazdeek, najdik, पास, ke paas, ke pass, ke nazdeek, ke najdik, ke kareeb, ke aas paas, के पास, के नज़दीक
facing: saamne, samne, ke saamne, ke samne, सामने, के सामने
in: mein, me, mai, में
want: chahiye, chahie, chaiye, chahta, chahti, चाहिए
show: dikhao, dikhaiye, dikhaye, दिखाओ
and: aur, और
girls: ladki, ladkiya, ladkiyan, ladkiyon, mahila, aurat, लड़की, लड़कियों, महिला, ladies, girl, woman, women, female, females, ladki ke liye, ladkiyon ke liye, ladies ke liye, लड़कियों के लिए
boys: ladka, ladke, ladkon, लड़का, लड़के, लड़कों, gents, boy, male, males, ladkon ke liye, gents ke liye, लड़कों के लिए
family: parivaar, parivar, परिवार, families, parivaar ke liye, parivar ke liye, परिवार के लिए
bachelor: akele, kunware, bachelors
no: bina, without, zero, nil, बिना
brokerage: broker, ब्रोकरेज, ब्रोकर, dalali, dalaali, brokrage, दलाली
lakh: lac, lacs, lakhs, lakhon, लाख
rs: rupees, rupee, inr, rupaye, rupay, रुपये, रुपए
per month: monthly, pm, p m, a month, each month, prati maah, har mahine, प्रति माह, हर महीने
crore: karod, crores, karore, करोड़
thousand: hazar, hazaar, hajar, hazaron, हज़ार
or less: tak, se kam, se neeche, ke andar, ke under, तक, से कम, के अंदर
or more: se zyada, se jyada, se upar, se adhik, से ज़्यादा, से ऊपर, से अधिक
around: lagbhag, karib, kareeb, लगभग, क़रीब
ground floor: bhutal, bhu tal, भूतल
floor: manzil, manjil, मंज़िल, flr
apartment: apt, apts, aptt, appt
furnished: furn
opposite: opp
society: soc
expressway: exp, expy, xpressway
extension: ext, extn
sqft: sft, sq ft, sq feet, square feet, square foot, sq foot
gaj: sqyd, sqyds, gaz, गज, sq yd, sq yds, sq yard, sq yards, square yard, square yards
sqm: sqmt, sqmtr, sq m, sq mt, sq mtr, sq meter, sq meters, sq metres, square meters, square metres
not: except, except for, other than, apart from, excluding, avoid, neither, don t want, do not want
not wanted: nahi, nahin, nahi chahiye, nahin chahiye, na ho, mat dikhao, ke bina, ke alawa, ke siwa, नहीं, नहीं चाहिए, के बिना, के अलावा, के सिवा, not required, not needed
meals: khana, khaana, khane, खाना, खाने, food, meal, tiffin
vegetarian: shakahari, शाकाहारी, veg
sunny: dhoop, dhup, धूप
greenery: hariyali, हरियाली
gym: जिम
swimming pool: स्विमिंग पूल, taran taal
secure: surakshit, सुरक्षित
society: सोसायटी, सोसाइटी
noise: shor, शोर
power: bijli, बिजली
backup: बैकअप
senior: buzurg, buzurgon, बुज़ुर्ग, बुज़ुर्गों, seniors, elderly
children: bachche, bachchon, bacchon, बच्चे, बच्चों, kids
dlf: डीएलएफ
sushant lok: सुशांत लोक
golf course road: गोल्फ कोर्स रोड
sohna road: सोहना रोड
palam vihar: पालम विहार
cyber city: साइबर सिटी
lift: लिफ्ट
parking: पार्किंग, carparking, car parking, car park, car parks, parking space, parking spaces, parkings
pet: kutta, kutte, kutton, कुत्ता, कुत्ते, dog, dogs, cat, cats, paltu, पालतू, pets
gurgaon: gurgoan, gurgram, gurgao, ggn, गुड़गांव, गुड़गाँव, गुरुग्राम, gudgaon
delhi: dilli, दिल्ली
noida: नोएडा
mumbai: मुंबई
"""  # noqa: E501 - a line is an entry

_NUMBERS = """
1: one, ek, एक
2: two, do, दो
3: three, teen, तीन
4: four, char, chaar, चार
5: five, paanch, panch, पांच
6: six, chhah, chhe, छह
7: seven, saat, सात
8: eight, aath, आठ
9: nine, nau, नौ
10: ten, das, दस
"""

_COUNTED = frozenset({"room", "rooms", "bhk", "rk", "bedroom", "bathroom", "parking", "thousand", "lakh", "crore"})
"""Before these a number in words is a number; "do" alone is no two."""

_ALIKE = """
quiet, peaceful, calm, silent, serene, tranquil
lift, lifts, elevator, elevators
gym, gymnasium, fitness
wifi, wi fi, internet
sector, sec
phase, ph
road, rd
apartment, flat, apt
house, home, kothi, makaan
bathroom, washroom, toilet
kitchen, rasoi
market, bazaar, bazar
garden, lawn
pool, swimming pool
clubhouse, club house
guard, guards, security, secure, safe, gated
meals, food, breakfast, dinner
vegetarian, veg
greenery, green
senior, elderly
children, kids
vastu, vaastu
terrace, rooftop
sunny, sunlit, bright, sun, sunlight, daylight, natural light
spacious, roomy, large, big
new, newly
premium, luxury, luxurious, posh
expressway, expy
"""

_FILLERS = """
a about above after again all am an and any are around as at available be because been before being below between both
budget but by can cheap could did do does doing done down during each few find for from further get give good got had
has have having hello help her here hi his how i if im in into is it its just less like list listing listings looking
me more most my near nearby need nice no nor not now of off on once one only options or other our out over own please
price properties property really same search see shall she should show so some something suitable than that the their
them then there these they this those through to too under until up urgent urgently us very want wanted was we were
what when where which while who whom why will with within would you your
hai hain hoon ho ka ki ke ko kya koi mujhe mujhko hamein hume humein liye se wala wali wale par pe jo yeh ye wo woh
है हैं हो का की के को क्या कोई मुझे हमें लिए से वाला वाली वाले पर जो यह
home homes place places accommodation real estate residential society societies colony area locality neighbourhood
neighborhood close next distance walking lots lot somewhere anything anywhere jaldi bilkul saath sath jagah jagha ilaka
ilaaka rakh sakte sakta reh rehna bhi hi ही भी साथ जगह इलाका रख सकते रहना rs
"""


def _meanings() -> dict[str, str]:
    meant = _read(_MEANT)
    counted = {word: word for word in _COUNTED} | {said: word for said, word in meant.items() if word in _COUNTED}
    return meant | {
        f"{number} {said}": f"{digits} {word}"
        for number, digits in _read(_NUMBERS).items()
        for said, word in counted.items()
    }


def _read(entries: str) -> dict[str, str]:
    lines = (line.split(":") for line in entries.strip().splitlines())
    return {words.plain(phrase): english for english, said in lines for phrase in said.split(",")}


def _groups() -> dict[str, tuple[str, ...]]:
    groups = [tuple(words.plain(word) for word in line.split(",")) for line in _ALIKE.strip().splitlines()]
    return {word: group for group in groups for word in group}


MEANINGS = _meanings()
FILLERS = frozenset(words.plain(word) for line in _FILLERS.splitlines() for word in line.split())
"""With them stand the words that the database's dictionary leaves out."""
ALIKE = _groups()
_LONGEST = max(len(phrase.split()) for phrase in MEANINGS)


def translate(text: str) -> tuple[str, dict[str, str]]:
    """A plain text in English as far as the glossary goes, and for each English phrase what was said for it."""
    said = text.split()
    english: list[str] = []
    instead: dict[str, str] = {}
    place = 0
    while place < len(said):
        length = _length_known(said, place)
        phrase = " ".join(said[place : place + max(length, 1)])
        meaning = MEANINGS[phrase] if length else phrase
        if length:
            instead[meaning] = phrase
        english.append(meaning)
        place += max(length, 1)
    return " ".join(english), instead


def _length_known(said: list[str], place: int) -> int:
    """How many words from there are a phrase of the glossary: the longest such, 0 for none."""
    lengths = range(min(_LONGEST, len(said) - place), 0, -1)
    return next((length for length in lengths if " ".join(said[place : place + length]) in MEANINGS), 0)


def alternatives(word: str) -> tuple[str, ...]:
    """The words and phrases that stand for this one in the texts of listings, itself among them."""
    return ALIKE.get(word, (word,))
