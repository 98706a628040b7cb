"""Where demo listings lie: well-known localities of Gurugram with rough centres and price levels. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locality:
    """A locality: its rough centre, PIN code, the going sale price in rupees a sq.ft., and what is close by."""

    name: str
    latitude: float
    longitude: float
    pincode: str
    rupees_a_sqft: int
    landmark: str


_METRO = "metro station"

LOCALITIES = (
    Locality("DLF Phase 1", 28.476, 77.096, "122002", 21_500, f"Sikanderpur {_METRO}"),
    Locality("DLF Phase 2", 28.488, 77.088, "122002", 20_500, f"MG Road {_METRO}"),
    Locality("DLF Phase 3", 28.494, 77.097, "122010", 16_500, f"Moulsari Avenue {_METRO}"),
    Locality("DLF Phase 4", 28.467, 77.083, "122009", 19_500, "Galleria Market"),
    Locality("DLF Phase 5", 28.443, 77.102, "122009", 26_000, f"Sector 53-54 {_METRO}"),
    Locality("Golf Course Road", 28.452, 77.099, "122002", 28_000, f"Sector 42-43 {_METRO}"),
    Locality("Golf Course Extension Road", 28.404, 77.085, "122101", 16_500, "Rajesh Pilot Chowk"),
    Locality("MG Road", 28.480, 77.080, "122002", 17_000, f"MG Road {_METRO}"),
    Locality("Sushant Lok Phase 1", 28.463, 77.078, "122009", 17_000, f"Millennium City Centre {_METRO}"),
    Locality("Sushant Lok Phase 2", 28.430, 77.106, "122011", 14_000, f"Sector 55-56 {_METRO}"),
    Locality("South City 1", 28.456, 77.062, "122001", 15_500, "Unitech Cyber Park"),
    Locality("South City 2", 28.419, 77.050, "122018", 12_500, "Subhash Chowk"),
    Locality("Nirvana Country", 28.413, 77.066, "122018", 14_500, "Nirvana Courtyard"),
    Locality("Palam Vihar", 28.511, 77.037, "122017", 11_000, "Ansal Plaza"),
    Locality("Cyber City", 28.495, 77.089, "122002", 19_000, "Cyber Hub"),
    Locality("Udyog Vihar", 28.502, 77.084, "122016", 13_000, "Shankar Chowk"),
    Locality("Ardee City", 28.440, 77.085, "122003", 12_500, "Huda Market"),
    Locality("Sohna Road", 28.421, 77.041, "122018", 12_000, "Omaxe Celebration Mall"),
    Locality("Dwarka Expressway", 28.512, 76.998, "122006", 11_500, "Dwarka Expressway"),
    Locality("Sector 4", 28.474, 77.011, "122001", 10_500, "Sheetla Mata Mandir"),
    Locality("Sector 14", 28.471, 77.045, "122001", 14_500, "Sector 14 Market"),
    Locality("Sector 15", 28.462, 77.046, "122001", 15_000, "Rajiv Chowk"),
    Locality("Sector 17", 28.479, 77.061, "122001", 14_500, f"IFFCO Chowk {_METRO}"),
    Locality("Sector 21", 28.513, 77.072, "122016", 11_000, "Atul Kataria Chowk"),
    Locality("Sector 22", 28.507, 77.064, "122015", 11_500, "Sector 22 Market"),
    Locality("Sector 23", 28.512, 77.048, "122017", 11_500, "Sector 23 Market"),
    Locality("Sector 31", 28.453, 77.050, "122001", 14_000, "Star Mall"),
    Locality("Sector 37D", 28.448, 76.970, "122006", 8_500, "Basai Wetland"),
    Locality("Sector 38", 28.435, 77.043, "122001", 11_500, "Medanta Hospital"),
    Locality("Sector 40", 28.450, 77.057, "122003", 13_000, "Signature Tower"),
    Locality("Sector 43", 28.461, 77.086, "122009", 17_500, "Paras Hospital"),
    Locality("Sector 45", 28.447, 77.066, "122003", 13_000, "Ramada Chowk"),
    Locality("Sector 46", 28.437, 77.059, "122003", 12_500, "Huda Market"),
    Locality("Sector 48", 28.418, 77.036, "122018", 12_000, "Park Hospital"),
    Locality("Sector 49", 28.412, 77.048, "122018", 12_500, "Orchid Petals"),
    Locality("Sector 50", 28.418, 77.063, "122018", 13_500, "South City Mall"),
    Locality("Sector 54", 28.435, 77.109, "122011", 21_000, f"Sector 54 Chowk {_METRO}"),
    Locality("Sector 56", 28.424, 77.099, "122011", 13_500, f"Sector 55-56 {_METRO}"),
    Locality("Sector 57", 28.423, 77.075, "122003", 13_000, "Hong Kong Bazaar"),
    Locality("Sector 65", 28.403, 77.069, "122102", 16_000, "Worldmark"),
    Locality("Sector 67", 28.386, 77.061, "122102", 13_500, "Airia Mall"),
    Locality("Sector 82", 28.393, 76.960, "122004", 8_500, "Vatika Town Square"),
    Locality("Sector 84", 28.398, 76.974, "122004", 8_500, "Dwarka Expressway"),
    Locality("Sector 92", 28.408, 76.915, "122505", 7_500, "Pataudi Road"),
    Locality("Sector 102", 28.475, 76.972, "122006", 9_500, "Dwarka Expressway"),
    Locality("Sector 109", 28.507, 77.009, "122017", 11_000, "Dwarka Expressway"),
    Locality("Sector 113", 28.529, 77.023, "122017", 12_500, "Dwarka Sector 21"),
    Locality("Manesar", 28.354, 76.943, "122051", 6_500, "IMT Manesar"),
)
