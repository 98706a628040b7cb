/** What both widgets about visits show of one. */

import { useEffect, useRef, useState } from "preact/hooks";
import { moment, words } from "./format";
import { Action } from "./parts";

export interface Visit {
  id: number;
  property_id: number;
  property?: { title?: string | null; locality?: string | null; city?: string | null; main_image_url?: string | null } | null;
  scheduled_date: string;
  status: string;
  notes?: string | null;
  visitor?: { full_name?: string | null; phone?: string | null; email?: string | null } | null;
}

const LOOKS: Record<string, [string, string]> = {
  requested: ["Waiting for the owner", "warm"],
  confirmed: ["Confirmed", "good"],
  reschedule_suggested: ["New time suggested", "warm"],
  completed: ["Took place", "calm"],
  cancelled: ["Called off", "bad"],
};

/** May it still be called off? */
export function isLive(visit: Visit): boolean {
  return ["requested", "confirmed", "reschedule_suggested"].includes(visit.status);
}

export function Status({ status }: { status: string }) {
  const [text, look] = LOOKS[status] ?? [words(status), "calm"];
  return <span class={`badge ${look}`}>{text}</span>;
}

export function DateTile({ iso }: { iso: string }) {
  const { weekday, day, month } = moment(iso);
  return (
    <div class="date" aria-hidden="true">
      <span>{weekday}</span>
      <strong>{day}</strong>
      <span>{month}</span>
    </div>
  );
}

interface CallOffProps {
  title: string;
  busy: boolean;
  onCallOff: (reason: string | undefined) => void;
}

/** Asks once more before it calls a visit off. */
export function CallOff({ title, busy, onCallOff }: CallOffProps) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asking) first.current?.focus();
  }, [asking]);
  if (!asking) {
    return (
      <Action kind="plain" label={`Call off the visit to ${title}`} onClick={() => setAsking(true)}>
        Call off
      </Action>
    );
  }
  return (
    <div class="sure" role="group" aria-label={`Call off the visit to ${title}?`} onKeyDown={(event) => event.key === "Escape" && setAsking(false)}>
      <label>
        Why? You need not say.
        <input ref={first} value={reason} maxLength={500} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <p>
        <Action kind="danger" busy={busy} onClick={() => onCallOff(reason.trim() || undefined)}>
          Call it off
        </Action>
        <Action kind="plain" onClick={() => setAsking(false)}>
          Keep it
        </Action>
      </p>
    </div>
  );
}
