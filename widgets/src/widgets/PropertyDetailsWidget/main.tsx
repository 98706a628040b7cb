/** One home: everything that is known of it. */

import { useRef, useState } from "preact/hooks";
import { start, useCalls, type WidgetProps } from "../../ui/app";
import { amount, area, moment, paragraphs, place, purposeOf, rupees, words, type Listing } from "../../ui/format";
import { Icon } from "../../ui/icons";
import { Action, Heart, Notice, Panel, Photo, Price, Said } from "../../ui/parts";
import "./main.css";

const LIKE = "discovery_swipe";
const SHORT = 3;

interface Home extends Listing {
  description?: string | null;
  images?: { image_url?: string | null; url?: string | null; caption?: string | null }[];
  amenities?: { amenity_id?: number; id?: number; title?: string | null; name?: string | null }[];
  price_per_sqft?: number | string | null;
  security_deposit?: number | string | null;
  maintenance_charges?: number | string | null;
  balconies?: number | null;
  parking_spaces?: number | null;
  floor_number?: number | null;
  total_floors?: number | null;
  age_of_property?: number | null;
  furnishing_level?: string | null;
  max_occupancy?: number | null;
  minimum_stay_days?: number | null;
  available_from?: string | null;
  landmark?: string | null;
  owner_name?: string | null;
  virtual_tour_url?: string | null;
}

function Details({ host, tool, data }: WidgetProps) {
  const home = data["property"] as Home | undefined;
  const isOwn = tool !== "discovery_property_get";
  const [liked, setLiked] = useState(data["user_liked"] === true);
  const [said, setSaid] = useState("");
  const calls = useCalls(host, (_tool, answer, sent) => {
    if (answer["success"] !== true) return setSaid("This home is not to be had any more.");
    setLiked(sent["is_liked"] === true);
    setSaid(sent["is_liked"] ? "Liked." : "No longer liked.");
  });
  if (!home) return <Panel icon="home" title="No home to show" />;
  const title = home.title ?? `Home ${home.id}`;
  const visit = () =>
    void host.message(`I would like to visit "${title}" (property ${home.id}).`).catch((error: Error) => setSaid(error.message));

  return (
    <article class="home">
      <Gallery home={home} />
      <div class="top">
        <p class="badges">
          {purposeOf(home) && <span class="badge">{purposeOf(home)}</span>}
          {home.property_type && <span class="badge calm">{words(home.property_type)}</span>}
          {home.is_available === false && <span class="badge warm">Not available now</span>}
        </p>
        <h1>{title}</h1>
        <p class="soft where">
          <Icon name="pin" />
          <span>{[place(home), home.landmark && `near ${home.landmark}`].filter(Boolean).join(", ")}</span>
        </p>
        <div class="cost">
          <div>
            <Price listing={home} />
            {amount(home.price_per_sqft) && home.purpose === "buy" && (
              <p class="soft small">{rupees(amount(home.price_per_sqft) as number)} a sq ft</p>
            )}
          </div>
          <div class="doing">
            {!isOwn && host.can.call && (
              <Heart
                liked={liked}
                busy={calls.busy}
                title={title}
                onChange={(is) => void calls.run(LIKE, { property_id: home.id, is_liked: is })}
              />
            )}
            {!isOwn && host.can.message && home.is_available !== false && (
              <Action kind="first" onClick={visit}>
                <Icon name="calendar" />
                Schedule a visit
              </Action>
            )}
          </div>
        </div>
      </div>
      {calls.failure && <Notice host={host} failure={calls.failure} onRetry={calls.again} onClose={calls.clear} />}
      <Said>{said}</Said>
      <Specs home={home} />
      <Description html={home.description ?? ""} />
      <Amenities home={home} />
      <footer class="soft small">
        {home.owner_name && <span>Listed by {home.owner_name}</span>}
        {typeof home.latitude === "number" && typeof home.longitude === "number" && (
          <Action kind="plain" onClick={() => host.openLink(mapOf(home))}>
            <Icon name="pin" />
            Open in maps
          </Action>
        )}
        {home.virtual_tour_url?.startsWith("https://") && (
          <Action kind="plain" onClick={() => host.openLink(home.virtual_tour_url as string)}>
            Virtual tour
          </Action>
        )}
      </footer>
    </article>
  );
}

function Gallery({ home }: { home: Home }) {
  const strip = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const pictures = picturesOf(home);
  const go = (to: number) => {
    const width = strip.current?.clientWidth ?? 0;
    strip.current?.scrollTo({ left: to * width, behavior: still() ? "auto" : "smooth" });
  };
  const onScroll = () => {
    const list = strip.current;
    if (list && list.clientWidth > 0) setAt(Math.round(list.scrollLeft / list.clientWidth));
  };
  if (pictures.length === 0) {
    return (
      <div class="gallery">
        <Photo url={null} />
      </div>
    );
  }
  return (
    <section class="gallery" aria-label={`Pictures, ${pictures.length}`} aria-roledescription="carousel">
      <ul ref={strip} onScroll={onScroll} tabIndex={0} aria-label="Pictures">
        {pictures.map((picture, n) => (
          <li key={picture.url} aria-label={`${n + 1} of ${pictures.length}${picture.caption ? `: ${picture.caption}` : ""}`}>
            <Photo url={picture.url} eager={n === 0} />
          </li>
        ))}
      </ul>
      {pictures.length > 1 && (
        <>
          <button type="button" class="turn back" aria-label="Picture before" disabled={at === 0} onClick={() => go(at - 1)}>
            <Icon name="left" />
          </button>
          <button
            type="button"
            class="turn on"
            aria-label="Next picture"
            disabled={at === pictures.length - 1}
            onClick={() => go(at + 1)}
          >
            <Icon name="right" />
          </button>
          <p class="number" aria-live="polite">
            <span class="said">Picture </span>
            {at + 1} / {pictures.length}
          </p>
        </>
      )}
    </section>
  );
}

function Specs({ home }: { home: Home }) {
  const facts = specsOf(home);
  if (facts.length === 0) return null;
  return (
    <section>
      <h2>At a glance</h2>
      <dl class="specs">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Description({ html }: { html: string }) {
  const [whole, setWhole] = useState(false);
  const all = paragraphs(html);
  if (all.length === 0) return null;
  const shown = whole ? all : all.slice(0, SHORT);
  return (
    <section>
      <h2>About this home</h2>
      <div class="prose">
        {shown.map((part, n) => (
          <p key={n} class={part.item ? "item" : undefined}>
            {part.text}
          </p>
        ))}
      </div>
      {all.length > SHORT && (
        <button type="button" class="action plain" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? "Show less" : "Read all of it"}
        </button>
      )}
    </section>
  );
}

function Amenities({ home }: { home: Home }) {
  const names = [...new Set((home.amenities ?? []).map((one) => one.title ?? one.name).filter((name) => Boolean(name)))];
  if (names.length === 0) return null;
  return (
    <section>
      <h2>Amenities</h2>
      <ul class="amenities">
        {names.map((name) => (
          <li key={name}>
            <Icon name="check" />
            {name}
          </li>
        ))}
      </ul>
    </section>
  );
}

function picturesOf(home: Home): { url: string; caption: string }[] {
  const all = (home.images ?? []).map((one) => ({ url: one.image_url ?? one.url ?? "", caption: one.caption ?? "" }));
  if (home.main_image_url) all.unshift({ url: home.main_image_url, caption: "" });
  const seen = new Set<string>();
  return all.filter((one) => one.url !== "" && !seen.has(one.url) && seen.add(one.url));
}

function specsOf(home: Home): [string, string][] {
  const money = (value: number | string | null | undefined) => {
    const number = amount(value);
    return number === undefined ? undefined : rupees(number);
  };
  const number = (value: number | null | undefined) => (value ? String(value) : undefined);
  const floor = typeof home.floor_number === "number" ? floorOf(home.floor_number, home.total_floors) : undefined;
  const facts: [string, string | undefined][] = [
    ["Bedrooms", number(home.bedrooms)],
    ["Bathrooms", number(home.bathrooms)],
    ["Area", area(home.area_sqft)],
    ["Balconies", number(home.balconies)],
    ["Parking", number(home.parking_spaces)],
    ["Floor", floor],
    ["Furnishing", home.furnishing_level ? words(home.furnishing_level) : undefined],
    ["Age", typeof home.age_of_property === "number" ? ageOf(home.age_of_property) : undefined],
    ["Deposit", money(home.security_deposit)],
    ["Maintenance", money(home.maintenance_charges)],
    ["Guests", number(home.max_occupancy)],
    ["Shortest stay", home.minimum_stay_days && home.purpose === "short_stay" ? `${home.minimum_stay_days} days` : undefined],
    ["Available from", home.available_from ? `${moment(home.available_from).day} ${moment(home.available_from).month}` : undefined],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

function floorOf(floor: number, total: number | null | undefined): string {
  const name = floor === 0 ? "Ground" : String(floor);
  return total ? `${name} of ${total}` : name;
}

function ageOf(years: number): string {
  return years === 0 ? "New" : `${years} ${years === 1 ? "year" : "years"}`;
}

function mapOf(home: Home): string {
  return `https://www.openstreetmap.org/?mlat=${home.latitude}&mlon=${home.longitude}#map=17/${home.latitude}/${home.longitude}`;
}

function still(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** The owner's and the agent's readings have more beside the listing. */
function toolOf(data: Record<string, unknown>): string {
  if ("tenant" in data) return "agent_properties_get";
  return "active_lease" in data ? "owner_properties_get" : "discovery_property_get";
}

start({ title: "Property Details", tool: "discovery_property_get", toolOf, view: Details });
