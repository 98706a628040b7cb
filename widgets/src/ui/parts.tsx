/** What several widgets show. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Failure } from "../bridge/outcome";
import type { Host } from "../bridge/host";
import { area, count, price, type Listing } from "./format";
import { Icon, type IconName } from "./icons";

export function Photo({ url, eager = false }: { url: string | null | undefined; eager?: boolean }) {
  const [gone, setGone] = useState<string>();
  if (!url || gone === url) {
    return (
      <div class="photo none">
        <Icon name="home" />
      </div>
    );
  }
  return (
    <img
      class="photo"
      src={url}
      alt=""
      loading={eager ? "eager" : "lazy"}
      decoding="async"
      draggable={false}
      referrerpolicy="no-referrer"
      onError={() => setGone(url)}
    />
  );
}

export function Price({ listing }: { listing: Listing }) {
  const known = price(listing);
  if (known === undefined) return <p class="price unknown">Price on request</p>;
  return (
    <p class="price">
      {known.figure}
      {known.per && <span class="per"> {known.per}</span>}
    </p>
  );
}

export function Facts({ listing }: { listing: Listing }) {
  const known: [IconName, string | undefined][] = [
    ["bed", listing.bedrooms ? `${listing.bedrooms} BHK` : undefined],
    ["bath", listing.bathrooms ? count(listing.bathrooms, "bath") : undefined],
    ["area", area(listing.area_sqft)],
  ];
  const shown = known.filter(([, text]) => text !== undefined);
  if (shown.length === 0) return null;
  return (
    <ul class="facts">
      {shown.map(([icon, text]) => (
        <li key={icon}>
          <Icon name={icon} />
          {text}
        </li>
      ))}
    </ul>
  );
}

interface ActionProps {
  children: ComponentChildren;
  onClick: () => void;
  kind?: "first" | "second" | "plain" | "danger";
  busy?: boolean;
  label?: string;
}

/** A button that stays where the focus is while it works. */
export function Action({ children, onClick, kind = "second", busy = false, label }: ActionProps) {
  return (
    <button
      type="button"
      class={`action ${kind}`}
      aria-disabled={busy}
      aria-busy={busy}
      {...(label ? { "aria-label": label } : {})}
      onClick={() => busy || onClick()}
    >
      {children}
    </button>
  );
}

interface HeartProps {
  liked: boolean;
  busy: boolean;
  title: string;
  onChange: (liked: boolean) => void;
}

export function Heart({ liked, busy, title, onChange }: HeartProps) {
  return (
    <button
      type="button"
      class="heart"
      aria-pressed={liked}
      aria-disabled={busy}
      aria-label={`Like ${title}`}
      onClick={() => busy || onChange(!liked)}
    >
      <Icon name="heart" filled={liked} />
    </button>
  );
}

interface PanelProps {
  icon: IconName;
  title: string;
  children?: ComponentChildren;
  alert?: boolean;
  /** There is a heading above it already. */
  below?: boolean;
}

/** Instead of everything else: nothing there, something wrong, somebody unknown. */
export function Panel({ icon, title, children, alert = false, below = false }: PanelProps) {
  return (
    <div class="panel" role={alert ? "alert" : "status"}>
      <span class="emblem">
        <Icon name={icon} />
      </span>
      {below ? <h2>{title}</h2> : <h1>{title}</h1>}
      {children}
    </div>
  );
}

const UNKNOWN = "Ghar has to know who you are for this.";

export function SignIn({ host }: { host: Host }) {
  return (
    <Panel icon="lock" title="Sign in to go on">
      <p>{UNKNOWN}</p>
      {host.can.message && (
        <Action kind="first" onClick={() => void host.message("Please let me sign in to Ghar.").catch(() => undefined)}>
          Sign in
        </Action>
      )}
    </Panel>
  );
}

interface NoticeProps {
  host: Host;
  failure: Failure;
  onRetry?: (() => void) | undefined;
  onClose: () => void;
}

/** Beside what is shown: something that was tried has failed. */
export function Notice({ host, failure, onRetry, onClose }: NoticeProps) {
  return (
    <div class="notice" role="alert">
      <Icon name={failure.signIn ? "lock" : "alert"} />
      <p>{failure.signIn ? UNKNOWN : failure.message}</p>
      {failure.signIn && host.can.message && (
        <Action kind="plain" onClick={() => void host.message("Please let me sign in to Ghar.").catch(() => undefined)}>
          Sign in
        </Action>
      )}
      {!failure.signIn && onRetry && (
        <Action kind="plain" onClick={onRetry}>
          Try again
        </Action>
      )}
      <button type="button" class="close" aria-label="Dismiss" onClick={onClose}>
        <Icon name="cross" />
      </button>
    </div>
  );
}

/** What is said aloud and not shown. */
export function Said({ children }: { children: ComponentChildren }) {
  return (
    <p class="said" role="status" aria-live="polite">
      {children}
    </p>
  );
}

export function Loading({ rows = 3 }: { rows?: number }) {
  return (
    <div class="loading" role="status">
      <span class="said">Loading</span>
      {Array.from({ length: rows }, (_, n) => (
        <div key={n} class="bone" aria-hidden="true" />
      ))}
    </div>
  );
}
