/** The frame around every widget: its host, the theme, and what stands there instead of a result. */

import { render, type ComponentType } from "preact";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { connect } from "../bridge/connect";
import type { Host, Values } from "../bridge/host";
import type { Failure, Outcome } from "../bridge/outcome";
import { Action, Loading, Panel, SignIn } from "./parts";
import "./base.css";

export interface WidgetProps {
  host: Host;
  /** The tool whose result this is, and its arguments. */
  tool: string;
  input: Values;
  data: Values;
}

interface Widget {
  title: string;
  /** Whose result it is when the host does not say; it can be asked again, because it only reads. */
  tool: string;
  /** The same, where the data tells it. */
  toolOf?: (data: Values) => string;
  view: ComponentType<WidgetProps>;
  /** What to do with a refusal, where the widget knows more than to show it. */
  refused?: ComponentType<WidgetProps & { failure: Failure }>;
}

export function start(widget: Widget): void {
  document.title = widget.title;
  const root = document.getElementById("app");
  if (root !== null) render(<App widget={widget} host={connect()} />, root);
}

function App({ widget, host }: { widget: Widget; host: Host }) {
  const [, update] = useReducer((turn: number) => turn + 1, 0);
  useEffect(() => host.onChange(() => update(undefined)), [host]);
  useTheme(host);
  return (
    <main aria-label={widget.title}>
      <Content widget={widget} host={host} />
    </main>
  );
}

function useTheme(host: Host): void {
  const { theme, locale, font } = host.view;
  useEffect(() => {
    const page = document.documentElement;
    if (theme) page.dataset["theme"] = theme;
    else delete page.dataset["theme"];
    page.lang = locale?.startsWith("en") ? locale : "en";
    if (font) page.style.setProperty("--font-sans", font);
  }, [theme, locale, font]);
}

function Content({ widget, host }: { widget: Widget; host: Host }) {
  const { view } = host;
  const [asked, setAsked] = useState<{ instead: Outcome | undefined; outcome: Outcome }>();
  const [busy, setBusy] = useState(false);
  // What the host brings later counts more than what was asked for again before it.
  const outcome = asked && asked.instead === view.outcome ? asked.outcome : view.outcome;
  const round = useRound(outcome);
  const input = view.input ?? {};
  const tool = view.tool ?? (outcome?.data && widget.toolOf?.(outcome.data)) ?? widget.tool;
  const again = async () => {
    setBusy(true);
    setAsked({ instead: view.outcome, outcome: await attempt(host, tool, input) });
    setBusy(false);
  };
  if (view.broken) return <Broken message={view.broken} onRetry={() => host.retry()} />;
  if (busy) return <Loading />;
  if (outcome === undefined) return view.cancelled ? <Cancelled reason={view.cancelled} /> : <Loading />;
  const props = { host, tool, input };
  if (outcome.failure === undefined) return <widget.view key={round} {...props} data={outcome.data} />;
  if (outcome.failure.signIn) return <SignIn host={host} />;
  if (widget.refused) return <widget.refused key={round} {...props} data={{}} failure={outcome.failure} />;
  return <Broken message={outcome.failure.message} {...(host.can.call ? { onRetry: () => void again() } : {})} />;
}

/** A number for every result: a new one begins the widget anew. */
function useRound(outcome: Outcome | undefined): number {
  const last = useRef({ outcome, round: 0 });
  if (last.current.outcome !== outcome) last.current = { outcome, round: last.current.round + 1 };
  return last.current.round;
}

function Broken({ message, onRetry }: { message: string; onRetry?: () => void }) {
  return (
    <Panel icon="alert" title="That did not work" alert>
      <p>{message}</p>
      {onRetry && (
        <Action kind="first" onClick={onRetry}>
          Try again
        </Action>
      )}
    </Panel>
  );
}

function Cancelled({ reason }: { reason: string }) {
  return (
    <Panel icon="cross" title="Stopped">
      <p>{reason}</p>
    </Panel>
  );
}

/** A call whose failure to reach anybody is an outcome as well. */
export async function attempt(host: Host, tool: string, input: Values): Promise<Outcome> {
  try {
    return await host.call(tool, input);
  } catch (error) {
    const message = error instanceof Error && error.message ? error.message : "The host did not answer.";
    return { failure: { code: "HOST_FAILED", message, signIn: false } };
  }
}

export interface Calls {
  /** Answers what the tool gave, or undefined after a refusal, which `failure` then tells. */
  run(tool: string, input: Values): Promise<Values | undefined>;
  busy: boolean;
  failure: Failure | undefined;
  /** The same once more. */
  again: (() => void) | undefined;
  clear(): void;
}

/** Calls of a widget's own. `then` takes what a call gave, also when it worked only at the second try. */
export function useCalls(host: Host, then: (tool: string, data: Values, input: Values) => void): Calls {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ failure: Failure; tool: string; input: Values }>();
  const run = async (tool: string, input: Values): Promise<Values | undefined> => {
    setBusy(true);
    setFailed(undefined);
    const outcome = await attempt(host, tool, input);
    setBusy(false);
    if (outcome.failure) {
      setFailed({ failure: outcome.failure, tool, input });
      return undefined;
    }
    then(tool, outcome.data, input);
    return outcome.data;
  };
  return {
    run,
    busy,
    failure: failed?.failure,
    again: failed && (() => void run(failed.tool, failed.input)),
    clear: () => setFailed(undefined),
  };
}
