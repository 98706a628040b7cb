/** A host that puts itself into the page as `window.openai`. */

import { Base, HostFailed, type Abilities, type Host, type Theme, type Values, type View } from "./host";
import { isObject, outcomeOf, type Outcome } from "./outcome";

export interface OpenAi {
  toolInput?: unknown;
  toolOutput?: unknown;
  widgetState?: unknown;
  theme?: unknown;
  locale?: unknown;
  callTool?(name: string, input: Values): Promise<unknown>;
  sendFollowUpMessage?(message: { prompt: string }): Promise<unknown>;
  setWidgetState?(state: Values): Promise<unknown> | void;
  openExternal?(link: { href: string }): void;
  notifyIntrinsicHeight?(height: number): void;
}

const TOLD = "told";

export class OpenAiHost extends Base implements Host {
  readonly kind = "openai";
  readonly can: Abilities;
  #shown: unknown;

  constructor(private readonly host: OpenAi) {
    super();
    this.can = { call: host.callTool !== undefined, message: host.sendFollowUpMessage !== undefined };
    this.#read();
    window.addEventListener("openai:set_globals", () => this.#read());
    if (host.notifyIntrinsicHeight !== undefined) {
      const tell = () => host.notifyIntrinsicHeight?.(Math.ceil(document.documentElement.getBoundingClientRect().height));
      new ResizeObserver(tell).observe(document.documentElement);
    }
  }

  async call(tool: string, input: Values): Promise<Outcome> {
    if (this.host.callTool === undefined) throw new HostFailed("This host calls no tools.");
    return outcomeOf(await this.host.callTool(tool, input));
  }

  async message(text: string): Promise<void> {
    await this.host.sendFollowUpMessage?.({ prompt: text });
  }

  /** The state of a widget is what these hosts show to the model. */
  tell(text: string): void {
    this.save({ [TOLD]: text });
  }

  openLink(url: string): void {
    if (this.host.openExternal !== undefined) this.host.openExternal({ href: url });
    else window.open(url, "_blank", "noopener");
  }

  save(state: Values): void {
    const whole = { ...this.view.state, ...state };
    this.view = { ...this.view, state: whole };
    void this.host.setWidgetState?.(whole);
  }

  retry(): void {
    this.#read();
  }

  #read(): void {
    const { toolInput, toolOutput, widgetState, theme, locale } = this.host;
    const news: View = {};
    if (isObject(toolInput)) news.input = toolInput;
    if (isObject(widgetState)) news.state = widgetState;
    if (theme === "light" || theme === "dark") news.theme = theme as Theme;
    if (typeof locale === "string") news.locale = locale;
    // What a widget learnt by calls of its own must not be put back by a change of the theme.
    if (toolOutput !== undefined && toolOutput !== null && toolOutput !== this.#shown) {
      this.#shown = toolOutput;
      news.outcome = outcomeOf(toolOutput);
    }
    this.learn(news);
  }
}
