/** A person's visits; or, for agents, those that they show to others. */

import { useState } from "preact/hooks";
import type { Values } from "../../bridge/host";
import { start, useCalls, type WidgetProps } from "../../ui/app";
import { count, moment } from "../../ui/format";
import { Icon } from "../../ui/icons";
import { Action, Notice, Panel, Photo, Said } from "../../ui/parts";
import { CallOff, DateTile, isLive, Status, type Visit } from "../../ui/visits";
import "../../ui/visits.css";
import "./main.css";

const OWN = "visits_list";
const STAFFS = "agent_visits_list_all";
const CANCEL = { [OWN]: "visits_cancel", [STAFFS]: "agent_visits_cancel" };
const KINDS = ["total", "upcoming", "completed", "cancelled"] as const;
const NAMES = { total: "All", upcoming: "To come", completed: "Past", cancelled: "Called off" };
type Kind = (typeof KINDS)[number];
type Counts = Record<Kind, number>;

interface Page {
  visits?: Visit[];
  visit?: Visit;
  next_cursor?: string | null;
  has_more?: boolean;
  counts?: Counts;
  total?: number;
}

function Visits({ host, tool, input, data }: WidgetProps) {
  const [page, setPage] = useState(data as Page);
  const [kind, setKind] = useState<Kind>("total");
  const [said, setSaid] = useState("");
  const list = tool === STAFFS || tool.startsWith("agent_") ? STAFFS : OWN;
  const calls = useCalls(host, (called, answer, sent) => (called === list ? grow(answer as Page) : change(called, answer, sent)));
  const visits = page.visits ?? (page.visit ? [page.visit] : []);
  const shown = visits.filter((visit) => kind === "total" || kindOf(visit) === kind);

  const grow = (answer: Page) => {
    setPage({ ...answer, visits: [...visits, ...(answer.visits ?? [])] });
    setSaid(`${count(answer.visits?.length ?? 0, "more visit")} shown.`);
  };
  const change = (called: string, answer: Values, sent: Values) => {
    const made = (answer["visit"] as Visit | undefined) ?? ({ status: answer["status"] } as Visit);
    const id = sent["visit_id"];
    const before = visits.find((visit) => visit.id === id);
    setPage({
      ...page,
      visits: visits.map((visit) => (visit.id === id ? { ...visit, ...made } : visit)),
      ...(page.counts && before ? { counts: moved(page.counts, before, { ...before, ...made }) } : {}),
    });
    const done = called.endsWith("confirm") ? "confirmed" : "called off";
    setSaid(`The visit is ${done}.`);
    host.tell(`Visit ${String(id)} is ${done}, by the person, in the list of visits.`);
  };
  const say = (text: string) => void host.message(text).catch((error: Error) => setSaid(error.message));
  const counts = page.counts;

  return (
    <>
      <header class="head">
        <h1>{list === STAFFS ? "Visits to show" : page.visit ? "Your visit" : "Your visits"}</h1>
      </header>
      {counts && <Tiles counts={counts} kind={kind} onChoose={setKind} />}
      {calls.failure && <Notice host={host} failure={calls.failure} onRetry={calls.again} onClose={calls.clear} />}
      <Said>{said}</Said>
      {shown.length === 0 ? (
        <Panel below icon="calendar" title={kind === "total" ? "No visits yet" : "None of these"}>
          <p>{kind === "total" ? "Visits that you ask for are listed here." : "Choose another kind above."}</p>
        </Panel>
      ) : (
        <ul class="visits" aria-busy={calls.busy}>
          {shown.map((visit) => (
            <Row key={visit.id} visit={visit} onOpen={host.can.message ? () => say(openText(visit)) : undefined}>
              {host.can.call && list === STAFFS && visit.status === "requested" && (
                <Action busy={calls.busy} onClick={() => void calls.run("agent_visits_confirm", { visit_id: visit.id })}>
                  <Icon name="check" />
                  Confirm
                </Action>
              )}
              {host.can.call && isLive(visit) && (
                <CallOff
                  title={titleOf(visit)}
                  busy={calls.busy}
                  onCallOff={(reason) =>
                    void calls.run(CANCEL[list] as string, { visit_id: visit.id, confirm: true, ...(reason ? { reason } : {}) })
                  }
                />
              )}
            </Row>
          ))}
        </ul>
      )}
      {page.has_more && page.next_cursor && host.can.call && (
        <p class="more">
          <Action busy={calls.busy} onClick={() => void calls.run(list, { ...input, cursor: page.next_cursor })}>
            Show more visits
          </Action>
        </p>
      )}
    </>
  );
}

function Tiles({ counts, kind, onChoose }: { counts: Counts; kind: Kind; onChoose: (kind: Kind) => void }) {
  return (
    <div class="tiles" role="group" aria-label="Which visits">
      {KINDS.map((one) => (
        <button key={one} type="button" class="tile" aria-pressed={kind === one} onClick={() => onChoose(one)}>
          <strong>{counts[one]}</strong>
          <span>{NAMES[one]}</span>
        </button>
      ))}
    </div>
  );
}

interface RowProps {
  visit: Visit;
  onOpen: (() => void) | undefined;
  children: preact.ComponentChildren;
}

function Row({ visit, onOpen, children }: RowProps) {
  const when = moment(visit.scheduled_date);
  const where = [visit.property?.locality, visit.property?.city].filter(Boolean).join(", ");
  const visitor = [visit.visitor?.full_name, visit.visitor?.phone].filter(Boolean).join(" · ");
  return (
    <li class={isLive(visit) ? "visit" : "visit over"}>
      <DateTile iso={visit.scheduled_date} />
      <div class="what">
        <p class="line">
          <Status status={visit.status} />
          <span class="time">
            <span class="said">{when.long}, </span>
            <Icon name="clock" />
            {when.time}
          </span>
        </p>
        <h2>{titleOf(visit)}</h2>
        {where && <p class="soft">{where}</p>}
        {visitor && <p class="soft">With {visitor}</p>}
        {visit.notes && <p class="soft notes">“{visit.notes}”</p>}
        <div class="doing">
          {onOpen && (
            <Action kind="plain" label={`View home: ${titleOf(visit)}`} onClick={onOpen}>
              View home
            </Action>
          )}
          {children}
        </div>
      </div>
      <div class="thumb">
        <Photo url={visit.property?.main_image_url} />
      </div>
    </li>
  );
}

function titleOf(visit: Visit): string {
  return visit.property?.title ?? `Home ${visit.property_id}`;
}

function openText(visit: Visit): string {
  return `Show me the details of "${titleOf(visit)}" (property ${visit.property_id}).`;
}

/** As the server counts them: what is live and ahead is to come; a live visit whose time has gone is none of these. */
function kindOf(visit: Visit): Kind | undefined {
  if (visit.status === "completed" || visit.status === "cancelled") return visit.status;
  return Date.parse(visit.scheduled_date) >= Date.now() ? "upcoming" : undefined;
}

function moved(counts: Counts, before: Visit, after: Visit): Counts {
  const [from, to] = [kindOf(before), kindOf(after)];
  if (from === to) return counts;
  const next = { ...counts };
  if (from) next[from] -= 1;
  if (to) next[to] += 1;
  return next;
}

/** Agents see who comes. */
function toolOf(data: Values): string {
  const { visits, visit } = data as Page;
  return "visitor" in (visits?.[0] ?? visit ?? {}) ? STAFFS : OWN;
}

start({ title: "My Visits", tool: OWN, toolOf, view: Visits });
