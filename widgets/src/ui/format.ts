/** Rupees, measures, places and India's time in the words of people. */

export interface Listing {
  id: number;
  title?: string | null;
  property_type?: string | null;
  purpose?: string | null;
  status?: string | null;
  city?: string | null;
  locality?: string | null;
  full_address?: string | null;
  base_price?: number | string | null;
  price?: number | string | null;
  monthly_rent?: number | string | null;
  daily_rate?: number | string | null;
  bedrooms?: number | null;
  bathrooms?: number | null;
  area_sqft?: number | string | null;
  is_available?: boolean | null;
  main_image_url?: string | null;
  latitude?: number | null;
  longitude?: number | null;
  distance_km?: number | null;
  recommendation_reason?: string | null;
}

const INDIA = "Asia/Kolkata";
const CRORE = 10_000_000;
const LAKH = 100_000;

export function amount(value: number | string | null | undefined): number | undefined {
  const number = typeof value === "string" ? Number.parseFloat(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number > 0 ? number : undefined;
}

/** ₹1.25 Cr, ₹80 L, ₹45,000. */
export function rupees(value: number): string {
  if (value >= CRORE) return `₹${short(value / CRORE)} Cr`;
  if (value >= LAKH) return `₹${short(value / LAKH)} L`;
  return `₹${Math.round(value).toLocaleString("en-IN")}`;
}

function short(value: number): string {
  return value.toFixed(2).replace(/\.?0+$/, "");
}

export function price(listing: Listing): { figure: string; per: string } | undefined {
  const [own, per] = ownPrice(listing);
  const figure = amount(own) ?? amount(listing.base_price) ?? amount(listing.price);
  return figure === undefined ? undefined : { figure: rupees(figure), per };
}

function ownPrice(listing: Listing): [number | string | null | undefined, string] {
  if (listing.purpose === "rent") return [listing.monthly_rent, "a month"];
  if (listing.purpose === "short_stay") return [listing.daily_rate, "a night"];
  return [listing.base_price, ""];
}

export function place(listing: Listing): string {
  const parts = [listing.locality, listing.city].filter((part): part is string => Boolean(part));
  return [...new Set(parts)].join(", ") || listing.full_address || "";
}

export function area(value: number | string | null | undefined): string | undefined {
  const number = amount(value);
  return number === undefined ? undefined : `${Math.round(number).toLocaleString("en-IN")} sq ft`;
}

/** "builder_floor" as "Builder floor". */
export function words(name: string): string {
  const text = name.replaceAll("_", " ").trim();
  return text === "pg" ? "PG" : text.charAt(0).toUpperCase() + text.slice(1);
}

export function purposeOf(listing: Listing): string | undefined {
  const names: Record<string, string> = { buy: "For sale", rent: "For rent", short_stay: "Short stay" };
  return listing.purpose ? (names[listing.purpose] ?? words(listing.purpose)) : undefined;
}

export function distance(km: number | null | undefined): string | undefined {
  if (typeof km !== "number") return undefined;
  return km < 1 ? `${Math.max(50, Math.round(km * 20) * 50)} m away` : `${km.toFixed(1)} km away`;
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-IN")} ${number === 1 ? one : many}`;
}

/** A moment as it is read in India, whatever the zone of the person's device. */
export function moment(iso: string): { weekday: string; day: string; month: string; time: string; long: string } {
  const date = new Date(iso);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-IN", { timeZone: INDIA, ...options }).format(date);
  return {
    weekday: part({ weekday: "short" }),
    day: part({ day: "numeric" }),
    month: part({ month: "short" }),
    time: part({ hour: "numeric", minute: "2-digit", hour12: true }).toUpperCase(),
    long: part({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  };
}

/** The days from tomorrow on, in India, as YYYY-MM-DD. */
export function daysAhead(many: number, now: Date = new Date()): string[] {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: INDIA }).format(now);
  const start = Date.parse(`${today}T00:00:00Z`);
  const day = 24 * 60 * 60 * 1000;
  return Array.from({ length: many }, (_, n) => new Date(start + (n + 1) * day).toISOString().slice(0, 10));
}

/** The text of a description that may be written in HTML: its paragraphs and items, without any markup. */
export function paragraphs(html: string): { text: string; item: boolean }[] {
  if (!/[<&]/.test(html)) return lines(html, false);
  const page = new DOMParser().parseFromString(html, "text/html");
  const blocks = [...page.body.querySelectorAll("p, li, h1, h2, h3, h4, blockquote")];
  if (blocks.length === 0) return lines(page.body.textContent ?? "", false);
  return blocks.flatMap((block) => lines(block.textContent ?? "", block.tagName === "LI"));
}

function lines(text: string, item: boolean): { text: string; item: boolean }[] {
  return text.split(/\n+/).map((line) => line.trim()).filter(Boolean).map((line) => ({ text: line, item }));
}
