/** A visit that was asked for; or, when that did not work, the days and hours to choose another time from. */

import { useState } from "preact/hooks";
import type { Failure } from "../../bridge/outcome";
import { start, useCalls, type WidgetProps } from "../../ui/app";
import { daysAhead, moment } from "../../ui/format";
import { Icon } from "../../ui/icons";
import { Action, Notice, Panel, Photo, Said } from "../../ui/parts";
import { CallOff, DateTile, isLive, Status, type Visit } from "../../ui/visits";
import "../../ui/visits.css";
import "./main.css";

const SCHEDULE = "visits_schedule";
const CANCEL = "visits_cancel";
const DAYS = 14;
const MORNING = [9, 10, 11, 12];
const AFTERNOON = [14, 15, 16, 17, 18];

function Scheduler({ host, input, data, failure }: WidgetProps & { failure?: Failure }) {
  const [visit, setVisit] = useState(data["visit"] as Visit | undefined);
  const [choosing, setChoosing] = useState(visit === undefined);
  const [refusal, setRefusal] = useState(failure);
  const [said, setSaid] = useState("");
  const calls = useCalls(host, (tool, answer) => {
    if (tool === CANCEL) {
      setVisit((now) => now && { ...now, status: String(answer["status"] ?? "cancelled") });
      setSaid("The visit is called off.");
      return host.tell(`The person called visit ${answer["visit_id"]} off.`);
    }
    const made = answer["visit"] as Visit;
    setVisit(made);
    setChoosing(false);
    setSaid("The visit is asked for.");
    host.tell(`The person asked for visit ${made.id} to property ${made.property_id} at ${made.scheduled_date}.`);
  });
  const propertyId = visit?.property_id ?? (typeof input["property_id"] === "number" ? input["property_id"] : undefined);
  const notes = typeof input["notes"] === "string" ? input["notes"] : "";
  const told = calls.failure ?? refusal;
  const close = () => {
    calls.clear();
    setRefusal(undefined);
  };
  if (propertyId === undefined) {
    return (
      <Panel icon="calendar" title="Which home?">
        <p>{told?.message ?? "Choose a home first; then its visit can be planned here."}</p>
      </Panel>
    );
  }
  return (
    <>
      {told && <Notice host={host} failure={told} onRetry={calls.again} onClose={close} />}
      <Said>{said}</Said>
      {choosing ? (
        <Form
          title={visit?.property?.title}
          notes={notes}
          busy={calls.busy}
          able={host.can.call}
          onBack={visit && (() => setChoosing(false))}
          onChoose={(when, wishes) => {
            setRefusal(undefined);
            void calls.run(SCHEDULE, { property_id: propertyId, scheduled_date: when, ...(wishes ? { notes: wishes } : {}) });
          }}
        />
      ) : (
        visit && (
          <Booked visit={visit}>
            {isLive(visit) && host.can.call && (
              <CallOff
                title={visit.property?.title ?? "this home"}
                busy={calls.busy}
                onCallOff={(reason) => void calls.run(CANCEL, { visit_id: visit.id, confirm: true, ...(reason ? { reason } : {}) })}
              />
            )}
            {host.can.message && (
              <Action onClick={() => void host.message("Show me my visits.").catch((error: Error) => setSaid(error.message))}>
                My visits
              </Action>
            )}
            {!isLive(visit) && host.can.call && (
              <Action kind="first" onClick={() => setChoosing(true)}>
                Choose another time
              </Action>
            )}
          </Booked>
        )
      )}
    </>
  );
}

function Booked({ visit, children }: { visit: Visit; children: preact.ComponentChildren }) {
  const when = moment(visit.scheduled_date);
  const where = [visit.property?.locality, visit.property?.city].filter(Boolean).join(", ");
  return (
    <article class="booked">
      <div class="crown">
        <DateTile iso={visit.scheduled_date} />
        <div>
          <Status status={visit.status} />
          <h1>{visit.status === "cancelled" ? "The visit is called off" : "Your visit is planned"}</h1>
          <p class="when">
            <Icon name="clock" />
            <span>
              {when.long}, {when.time} <span class="soft">in India</span>
            </span>
          </p>
        </div>
      </div>
      <div class="place">
        <div class="thumb">
          <Photo url={visit.property?.main_image_url} eager />
        </div>
        <div>
          <h2>{visit.property?.title ?? `Home ${visit.property_id}`}</h2>
          {where && (
            <p class="soft">
              <Icon name="pin" /> {where}
            </p>
          )}
        </div>
      </div>
      {visit.notes && (
        <p class="wish">
          <Icon name="chat" />
          {visit.notes}
        </p>
      )}
      {visit.status === "requested" && <p class="soft">The owner confirms the time; you are told as soon as that happens.</p>}
      <div class="doing">{children}</div>
    </article>
  );
}

interface FormProps {
  title: string | null | undefined;
  notes: string;
  busy: boolean;
  able: boolean;
  onBack: (() => void) | undefined;
  onChoose: (when: string, notes: string) => void;
}

function Form({ title, notes, busy, able, onBack, onChoose }: FormProps) {
  const days = daysAhead(DAYS);
  const [day, setDay] = useState(days[0] as string);
  const [hour, setHour] = useState<number>();
  const [wishes, setWishes] = useState(notes);
  const [missing, setMissing] = useState(false);
  const send = () => {
    setMissing(hour === undefined);
    if (hour !== undefined && !busy) onChoose(`${day}T${String(hour).padStart(2, "0")}:00:00+05:30`, wishes.trim());
  };
  const Hours = ({ name, hours }: { name: string; hours: number[] }) => (
    <div class="part">
      <p class="soft">{name}</p>
      <div class="hours">
        {hours.map((one) => (
          <label key={one} class="pick">
            <input type="radio" name="hour" value={one} checked={hour === one} onChange={() => setHour(one)} />
            <span>{clockFace(one)}</span>
          </label>
        ))}
      </div>
    </div>
  );
  return (
    <section class="form" aria-label="Choose a time">
      <header>
        <h1>Choose a time</h1>
        <p class="soft">{title ? `For ${title}. ` : ""}Times are India's.</p>
      </header>
      <fieldset>
        <legend>Day</legend>
        <div class="days">
          {days.map((one) => {
            const part = moment(`${one}T12:00:00+05:30`);
            return (
              <label key={one} class="pick tall">
                <input type="radio" name="day" value={one} checked={day === one} aria-label={part.long} onChange={() => setDay(one)} />
                <span aria-hidden="true">
                  <small>{part.weekday}</small>
                  <strong>{part.day}</strong>
                  <small>{part.month}</small>
                </span>
              </label>
            );
          })}
        </div>
      </fieldset>
      <fieldset aria-describedby={missing ? "missing" : undefined}>
        <legend>Time</legend>
        {Hours({ name: "Morning", hours: MORNING })}
        {Hours({ name: "Afternoon", hours: AFTERNOON })}
        {missing && (
          <p id="missing" class="missing" role="alert">
            Choose a time.
          </p>
        )}
      </fieldset>
      <label class="words">
        <span>
          Anything the owner should know <span class="soft">(optional)</span>
        </span>
        <textarea rows={2} maxLength={1000} value={wishes} onInput={(event) => setWishes(event.currentTarget.value)} />
      </label>
      <div class="doing">
        {onBack && (
          <Action kind="plain" onClick={onBack}>
            Back
          </Action>
        )}
        {able ? (
          <Action kind="first" busy={busy} onClick={send}>
            {busy ? "One moment …" : "Ask for this visit"}
          </Action>
        ) : (
          <p class="soft">This host cannot ask for visits from here; say the time in the chat.</p>
        )}
      </div>
    </section>
  );
}

function clockFace(hour: number): string {
  return `${hour > 12 ? hour - 12 : hour}:00 ${hour < 12 ? "AM" : "PM"}`;
}

start({ title: "Schedule Visit", tool: SCHEDULE, view: Scheduler, refused: Scheduler });
