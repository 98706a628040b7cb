/** What a search, a shortlist or the recommendations found. */

import { useState } from "preact/hooks";
import type { Values } from "../../bridge/host";
import { start, useCalls, type WidgetProps } from "../../ui/app";
import { count, distance, place, price, purposeOf, words, type Listing } from "../../ui/format";
import { Icon } from "../../ui/icons";
import { Action, Facts, Heart, Notice, Panel, Photo, Price, Said } from "../../ui/parts";
import "./main.css";

const SEARCH = "discovery_search";
const AT_ONCE = 6; // a chat is no place for a page of twenty
const PURPOSES: [string | undefined, string][] = [
  [undefined, "Any"],
  ["buy", "Buy"],
  ["rent", "Rent"],
  ["short_stay", "Short stay"],
];
const ROOMS: [number | undefined, string][] = [
  [undefined, "Any"],
  [1, "1"],
  [2, "2"],
  [3, "3"],
  [4, "4+"],
];

interface Page {
  properties: Listing[];
  total?: number;
  next_cursor?: string | null;
  has_more?: boolean;
}

function Search({ host, tool, input, data }: WidgetProps) {
  const [page, setPage] = useState(data as unknown as Page);
  const [asked, setAsked] = useState<Values>(input);
  const [liked, setLiked] = useState<Record<number, boolean>>({});
  const [said, setSaid] = useState("");
  const [seen, setSeen] = useState(AT_ONCE);
  const calls = useCalls(host, (called, answer, sent) => {
    if (called === "discovery_swipe") return keep(answer, sent);
    show(answer as unknown as Page, sent);
  });
  const found = page.properties ?? [];
  const titleOf = (id: unknown) => found.find((one) => one.id === id)?.title ?? "the home";

  const keep = (answer: Values, sent: Values) => {
    if (answer["success"] !== true) return setSaid(`${titleOf(sent["property_id"])} is not to be had any more.`);
    setLiked((now) => ({ ...now, [sent["property_id"] as number]: sent["is_liked"] === true }));
    setSaid(`${sent["is_liked"] ? "Liked" : "No longer liked"}: ${titleOf(sent["property_id"])}.`);
  };
  const show = (answer: Page, sent: Values) => {
    const more = sent["cursor"] !== undefined;
    const all = more ? [...found, ...answer.properties] : answer.properties;
    setPage({ ...answer, properties: all });
    setSeen(more ? seen + AT_ONCE : AT_ONCE);
    if (!more) setAsked(sent);
    setSaid(more ? `${count(answer.properties.length, "more home")} shown.` : `${count(answer.total ?? all.length, "home")} found.`);
  };
  const filter = (change: Values) => {
    const wanted = { ...asked, ...change, cursor: undefined };
    void calls.run(SEARCH, Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)));
  };
  const canLoad = page.has_more === true && Boolean(page.next_cursor) && host.can.call;
  const more = () => {
    if (found.length <= seen) return void calls.run(tool, { ...asked, cursor: page.next_cursor });
    setSeen(seen + AT_ONCE);
    setSaid(`${count(Math.min(AT_ONCE, found.length - seen), "more home")} shown.`);
  };
  const say = (text: string) => void host.message(text).catch((error: Error) => setSaid(error.message));
  // Without a chat the listing has a page of its own at the same server; a chat host that takes no messages has neither.
  const opener = (one: Listing) => {
    if (host.can.message) return () => say(`Show me the details of "${one.title}" (property ${one.id}).`);
    return host.kind === "standalone" ? () => host.openLink(`/p/${one.id}`) : undefined;
  };
  const isSearch = tool === SEARCH;

  return (
    <>
      <header class="head">
        <h1>{headline(tool, page, found)}</h1>
        {wishes(asked).length > 0 && <p class="soft">{wishes(asked).join(" · ")}</p>}
      </header>
      {isSearch && host.can.call && <Filters asked={asked} busy={calls.busy} onChange={filter} />}
      {calls.failure && <Notice host={host} failure={calls.failure} onRetry={calls.again} onClose={calls.clear} />}
      <Said>{said}</Said>
      {found.length === 0 ? (
        <Nothing tool={tool} {...(host.can.message ? { onAsk: () => say("Help me widen my search for a home.") } : {})} />
      ) : (
        <ul class="cards" aria-busy={calls.busy}>
          {found.slice(0, seen).map((one, n) => (
            <Card
              key={one.id}
              listing={one}
              eager={n < 3}
              liked={liked[one.id] ?? "swiped_at" in one}
              busy={calls.busy}
              onLike={host.can.call ? (is) => void calls.run("discovery_swipe", { property_id: one.id, is_liked: is }) : undefined}
              onOpen={opener(one)}
            />
          ))}
        </ul>
      )}
      {(found.length > seen || canLoad) && (
        <p class="more">
          <Action busy={calls.busy} onClick={more}>
            Show more homes
          </Action>
        </p>
      )}
    </>
  );
}

interface CardProps {
  listing: Listing;
  eager: boolean;
  liked: boolean;
  busy: boolean;
  onLike: ((liked: boolean) => void) | undefined;
  onOpen: (() => void) | undefined;
}

function Card({ listing, eager, liked, busy, onLike, onOpen }: CardProps) {
  const title = listing.title ?? `Home ${listing.id}`;
  const far = distance(listing.distance_km);
  return (
    <li class="card">
      <div class="picture">
        <Photo url={listing.main_image_url} eager={eager} />
        {purposeOf(listing) && <span class="badge over">{purposeOf(listing)}</span>}
        {onLike && <Heart liked={liked} busy={busy} title={title} onChange={onLike} />}
      </div>
      <div class="text">
        <Price listing={listing} />
        <h2>
          {onOpen ? (
            <button type="button" class="open" onClick={onOpen}>
              {title}
            </button>
          ) : (
            title
          )}
        </h2>
        <p class="soft where">
          <Icon name="pin" />
          <span>{[place(listing), far].filter(Boolean).join(" · ")}</span>
        </p>
        <Facts listing={listing} />
        {listing.recommendation_reason && (
          <p class="why">
            <Icon name="spark" />
            {listing.recommendation_reason}
          </p>
        )}
      </div>
    </li>
  );
}

function Filters({ asked, busy, onChange }: { asked: Values; busy: boolean; onChange: (change: Values) => void }) {
  const rooms = asked["bedrooms_min"];
  return (
    <div class="filters">
      <fieldset>
        <legend>Purpose</legend>
        {PURPOSES.map(([value, name]) => (
          <button
            key={name}
            type="button"
            class="chip"
            aria-pressed={asked["purpose"] === value}
            aria-disabled={busy}
            onClick={() => busy || onChange({ purpose: value })}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <fieldset>
        <legend>Bedrooms</legend>
        {ROOMS.map(([value, name]) => (
          <button
            key={name}
            type="button"
            class="chip"
            aria-pressed={rooms === value}
            aria-disabled={busy}
            onClick={() => busy || onChange({ bedrooms_min: value, bedrooms_max: value === 4 ? undefined : value })}
          >
            {name}
          </button>
        ))}
      </fieldset>
    </div>
  );
}

function Nothing({ tool, onAsk }: { tool: string; onAsk?: () => void }) {
  const isList = tool === "discovery_shortlist";
  return (
    <Panel below icon={isList ? "heart" : "home"} title={isList ? "Nothing liked yet" : "No home fits yet"}>
      <p>{isList ? "Homes that you like are kept here." : "A wider price range, more localities or fewer wishes often help."}</p>
      {onAsk && (
        <Action kind="first" onClick={onAsk}>
          Widen the search
        </Action>
      )}
    </Panel>
  );
}

function headline(tool: string, page: Page, found: Listing[]): string {
  if (tool === "discovery_recommendations") return "Homes that you may like";
  const total = page.total ?? found.length;
  if (tool === "discovery_shortlist") return `${count(total, "home")} that you like`;
  return total === 0 ? "No homes found" : `${count(total, "home")} found`;
}

/** What was asked for, as people would say it. */
function wishes(asked: Values): string[] {
  const text = (name: string) => (typeof asked[name] === "string" && asked[name] ? (asked[name] as string) : undefined);
  const money = (name: string) => price({ id: 0, base_price: asked[name] as number })?.figure;
  const type = text("property_type");
  const amenities = asked["amenities"];
  return [
    text("query") && `“${text("query")}”`,
    type && words(type),
    text("locality") ?? undefined,
    text("city") ?? undefined,
    money("price_min") && `from ${money("price_min")}`,
    money("price_max") && `up to ${money("price_max")}`,
    Array.isArray(amenities) && amenities.length > 0 ? amenities.join(", ") : undefined,
  ].filter((part): part is string => Boolean(part));
}

/** Hosts that do not name the tool pass its answer on all the same, and each has its marks. */
function toolOf(data: Values): string {
  if (data["personalized"] === true) return "discovery_recommendations";
  const first = ((data as unknown as Page).properties ?? [])[0];
  return first && "swiped_at" in first ? "discovery_shortlist" : SEARCH;
}

start({ title: "Property Search Results", tool: SEARCH, toolOf, view: Search });
