/** What a widget asks of whoever shows it. Which host that is, is found out at run time; see `connect`. */

import type { Outcome } from "./outcome";

export type Values = Record<string, unknown>;
export type Theme = "light" | "dark";

/** What a host has told so far. `undefined` means that it has not said yet. */
export interface View {
  /** The tool whose result is shown, where the host names it. */
  tool?: string | undefined;
  /** The arguments that it was called with. */
  input?: Values | undefined;
  outcome?: Outcome | undefined;
  /** Why there will be no result: the call was cancelled. */
  cancelled?: string | undefined;
  /** Why there is nobody to talk to. */
  broken?: string | undefined;
  theme?: Theme | undefined;
  locale?: string | undefined;
  /** The family of fonts that the host writes in. */
  font?: string | undefined;
  /** What the widget saved, when the host gives it back. */
  state?: Values | undefined;
}

export interface Abilities {
  call: boolean;
  message: boolean;
}

export interface Host {
  readonly kind: "openai" | "mcp-apps" | "standalone";
  readonly view: View;
  readonly can: Abilities;
  /** Be told when the view has changed; answers a function that ends it. */
  onChange(listen: () => void): () => void;
  /** Call a tool of the server by its name. A refusal is an outcome; only a host that does not answer throws. */
  call(tool: string, input: Values): Promise<Outcome>;
  /** Say something in the chat, as the person. */
  message(text: string): Promise<void>;
  /** Let the model know what happened here, without asking it for an answer. */
  tell(text: string): void;
  openLink(url: string): void;
  save(state: Values): void;
  /** Begin again after `broken`. */
  retry(): void;
}

/** The host did not answer, or refused the request itself. */
export class HostFailed extends Error {}

/** The part that every host shares: what was told, and who listens. */
export abstract class Base {
  view: View = {};
  #listeners = new Set<() => void>();

  onChange(listen: () => void): () => void {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }

  protected learn(news: View): void {
    this.view = { ...this.view, ...news };
    for (const listen of this.#listeners) listen();
  }
}
