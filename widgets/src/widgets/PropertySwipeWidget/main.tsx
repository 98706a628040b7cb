/** Homes one by one: each is liked or passed over, by button, key or hand. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Values } from "../../bridge/host";
import { start, useCalls, type WidgetProps } from "../../ui/app";
import { count, distance, place, purposeOf, type Listing } from "../../ui/format";
import { Icon } from "../../ui/icons";
import { Action, Facts, Notice, Panel, Photo, Price, Said } from "../../ui/parts";
import "./main.css";

const FEED = "discovery_feed";
const SWIPE = "discovery_swipe";
const FAR = 90; // pixels that a card is drawn before it counts
const LEAVE_MS = 220;

interface Saved {
  currentIndex: number;
  swipedIds: number[];
  likedIds: number[];
}

function Swipe({ host, input, data }: WidgetProps) {
  const [cards, setCards] = useState((data["properties"] as Listing[] | undefined) ?? []);
  const [kept, setKept] = useState<Saved>(() => savedOf(host.view.state, cards));
  const [leaving, setLeaving] = useState<"like" | "pass">();
  const [said, setSaid] = useState("");
  const card = cards[kept.currentIndex];
  const calls = useCalls(host, (called, answer, sent) => (called === SWIPE ? moveOn(answer, sent) : deal(answer)));

  const remember = (next: Saved) => {
    setKept(next);
    host.save({ ...next });
  };
  const moveOn = (answer: Values, sent: Values) => {
    const id = sent["property_id"] as number;
    const isLiked = sent["is_liked"] === true;
    const title = cards.find((one) => one.id === id)?.title ?? "this home";
    const gone = answer["success"] !== true;
    setLeaving(isLiked ? "like" : "pass");
    setSaid(gone ? `${title} is not to be had any more.` : `${isLiked ? "Liked" : "Passed"}: ${title}.`);
    if (isLiked && !gone) host.tell(`The person liked property ${id}, "${title}".`);
    window.setTimeout(() => {
      setLeaving(undefined);
      remember({
        currentIndex: kept.currentIndex + 1,
        swipedIds: [...kept.swipedIds, id],
        likedIds: isLiked && !gone ? [...kept.likedIds, id] : kept.likedIds,
      });
    }, still() ? 0 : LEAVE_MS);
  };
  const deal = (answer: Values) => {
    const seen = new Set(kept.swipedIds);
    const fresh = ((answer["properties"] as Listing[] | undefined) ?? []).filter((one) => !seen.has(one.id));
    setCards(fresh);
    remember({ ...kept, currentIndex: 0 });
    setSaid(fresh.length ? `${count(fresh.length, "more home")}.` : "There is nothing new.");
  };
  const decide = (isLiked: boolean) => {
    if (!card || calls.busy || leaving) return;
    void calls.run(SWIPE, { property_id: card.id, is_liked: isLiked });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowRight") decide(true);
    else if (event.key === "ArrowLeft") decide(false);
    else return;
    event.preventDefault();
  };
  const say = (text: string) => void host.message(text).catch((error: Error) => setSaid(error.message));

  if (typeof data["is_liked"] === "boolean") return <Decided isLiked={data["is_liked"]} />;
  const notice = calls.failure && (
    <Notice host={host} failure={calls.failure} onRetry={calls.again} onClose={calls.clear} />
  );
  if (!card) {
    return (
      <>
        {notice}
        <Said>{said}</Said>
        <Seen
          liked={kept.likedIds.length}
          busy={calls.busy}
          onMore={host.can.call ? () => void calls.run(FEED, input) : undefined}
          onShortlist={host.can.message && kept.likedIds.length > 0 ? () => say("Show me the homes that I like.") : undefined}
        />
      </>
    );
  }
  const next = cards[kept.currentIndex + 1];
  return (
    <section class="deck" aria-label="Homes to decide about" onKeyDown={onKey}>
      <header class="row">
        <h1>Homes for you</h1>
        <p class="soft">
          {kept.currentIndex + 1} of {cards.length}
        </p>
      </header>
      <progress value={kept.currentIndex} max={cards.length} aria-label="Homes decided about" />
      <div class="stack">
        {next && (
          <div class="next" aria-hidden="true">
            <Photo key={next.id} url={next.main_image_url} eager />
          </div>
        )}
        <Card key={card.id} listing={card} leaving={leaving} onDecide={decide} />
      </div>
      {notice}
      <Said>{said}</Said>
      {host.can.call && (
        <div class="buttons">
          <button type="button" class="round pass" aria-disabled={calls.busy} aria-label={`Pass ${card.title}`} onClick={() => decide(false)}>
            <Icon name="cross" />
          </button>
          {host.can.message && (
            <Action onClick={() => say(`Tell me more about "${card.title}" (property ${card.id}).`)}>
              <Icon name="chat" />
              Tell me more
            </Action>
          )}
          <button type="button" class="round like" aria-disabled={calls.busy} aria-label={`Like ${card.title}`} onClick={() => decide(true)}>
            <Icon name="heart" />
          </button>
        </div>
      )}
      <p class="soft hint">Arrow keys work as well: left to pass, right to like.</p>
    </section>
  );
}

interface CardProps {
  listing: Listing;
  leaving: "like" | "pass" | undefined;
  onDecide: (isLiked: boolean) => void;
}

function Card({ listing, leaving, onDecide }: CardProps) {
  const place_ = [place(listing), distance(listing.distance_km)].filter(Boolean).join(" · ");
  const card = useRef<HTMLDivElement>(null);
  useDragging(card, onDecide);
  useEffect(() => {
    if (leaving && card.current) card.current.style.transform = "";
  }, [leaving]);
  return (
    <div ref={card} class={leaving ? `front ${leaving}` : "front"} role="group" aria-label={listing.title ?? `Home ${listing.id}`}>
      <div class="picture">
        <Photo url={listing.main_image_url} eager />
        {purposeOf(listing) && <span class="badge over">{purposeOf(listing)}</span>}
        <span class="stamp yes" aria-hidden="true">
          Like
        </span>
        <span class="stamp no" aria-hidden="true">
          Pass
        </span>
      </div>
      <div class="text">
        <Price listing={listing} />
        <h2>{listing.title}</h2>
        <p class="soft">{place_}</p>
        <Facts listing={listing} />
        {listing.recommendation_reason && (
          <p class="why">
            <Icon name="spark" />
            {listing.recommendation_reason}
          </p>
        )}
      </div>
    </div>
  );
}

/** Lets a card follow a finger or the mouse sideways; let go far enough, it is decided about. */
function useDragging(card: { current: HTMLDivElement | null }, onDecide: (isLiked: boolean) => void): void {
  const decide = useRef(onDecide);
  decide.current = onDecide;
  useEffect(() => {
    const element = card.current;
    if (!element) return undefined;
    let from: number | undefined;
    const put = (by: number) => {
      element.style.transform = by === 0 ? "" : `translateX(${by}px) rotate(${by / 30}deg)`;
      element.dataset["side"] = Math.abs(by) < FAR / 2 ? "" : by > 0 ? "like" : "pass";
    };
    const down = (event: PointerEvent) => {
      if (event.button !== 0) return;
      from = event.clientX;
      element.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent) => from !== undefined && put(event.clientX - from);
    const up = (event: PointerEvent) => {
      if (from === undefined) return;
      const by = event.type === "pointerup" ? event.clientX - from : 0;
      from = undefined;
      put(0);
      if (Math.abs(by) >= FAR) decide.current(by > 0);
    };
    element.addEventListener("pointerdown", down);
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", up);
    element.addEventListener("pointercancel", up);
    return () => {
      element.removeEventListener("pointerdown", down);
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", up);
      element.removeEventListener("pointercancel", up);
    };
  }, [card]);
}

interface SeenProps {
  liked: number;
  busy: boolean;
  onMore: (() => void) | undefined;
  onShortlist: (() => void) | undefined;
}

function Seen({ liked, busy, onMore, onShortlist }: SeenProps) {
  return (
    <Panel icon={liked ? "heart" : "home"} title={liked ? `You liked ${count(liked, "home")}` : "That was all for now"}>
      <p>{liked ? "They are kept in your list of liked homes." : "New homes come every day."}</p>
      {onShortlist && (
        <Action kind="first" onClick={onShortlist}>
          Show them
        </Action>
      )}
      {onMore && (
        <Action busy={busy} onClick={onMore}>
          More homes
        </Action>
      )}
    </Panel>
  );
}

/** What is shown of a like that was said in the chat. */
function Decided({ isLiked }: { isLiked: boolean }) {
  return (
    <Panel icon={isLiked ? "heart" : "cross"} title={isLiked ? "Liked" : "Passed"}>
      <p>{isLiked ? "It is kept in your list of liked homes." : "It will not be shown again."}</p>
    </Panel>
  );
}

/** Where the person was, if these are the cards that they were looking at. */
function savedOf(state: Values | undefined, cards: Listing[]): Saved {
  const numbers = (value: unknown) => (Array.isArray(value) ? value.filter((one): one is number => typeof one === "number") : []);
  const swipedIds = numbers(state?.["swipedIds"]);
  const done = cards.findIndex((card) => !swipedIds.includes(card.id));
  return { currentIndex: done < 0 ? cards.length : done, swipedIds, likedIds: numbers(state?.["likedIds"]) };
}

function still(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

start({ title: "Property Discovery", tool: FEED, view: Swipe });
