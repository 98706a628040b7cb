import { expect, test } from "vitest";
import { count, daysAhead, distance, moment, place, price, rupees, words } from "../src/ui/format";

test("rupees are told in lakh and crore", () => {
  expect([45000, 99999, 100000, 8550000, 12500000, 1e9].map(rupees)).toEqual([
    "₹45,000",
    "₹99,999",
    "₹1 L",
    "₹85.5 L",
    "₹1.25 Cr",
    "₹100 Cr",
  ]);
});

test("a price is the one of its purpose, and any other before none", () => {
  const home = { id: 1, base_price: 9000000, monthly_rent: "30000.00", daily_rate: null };
  expect(price({ ...home, purpose: "buy" })).toEqual({ figure: "₹90 L", per: "" });
  expect(price({ ...home, purpose: "rent" })).toEqual({ figure: "₹30,000", per: "a month" });
  expect(price({ ...home, purpose: "short_stay" })).toEqual({ figure: "₹90 L", per: "a night" });
  expect(price({ id: 1 })).toBeUndefined();
});

test("a place is named once", () => {
  expect(place({ id: 1, locality: "Gurugram", city: "Gurugram" })).toBe("Gurugram");
  expect(place({ id: 1, full_address: "12 Park Road" })).toBe("12 Park Road");
});

test("distances, numbers and names are as people say them", () => {
  expect([0.01, 0.44, 2.34].map(distance)).toEqual(["50 m away", "450 m away", "2.3 km away"]);
  expect([count(1, "home"), count(2, "home")]).toEqual(["1 home", "2 homes"]);
  expect([words("builder_floor"), words("pg")]).toEqual(["Builder floor", "PG"]);
});

test("a moment is India's, wherever it is read", () => {
  const { day, month, time } = moment("2026-12-02T20:00:00Z");
  expect([day, month, time]).toEqual(["3", "Dec", "1:30 AM"]);
});

test("the days ahead begin with India's tomorrow", () => {
  expect(daysAhead(2, new Date("2026-12-30T20:00:00Z"))).toEqual(["2027-01-01", "2027-01-02"]);
});
