/** A host that speaks MCP Apps: JSON-RPC 2.0 over postMessage with the window around this one. */

import { Base, HostFailed, type Abilities, type Host, type Theme, type Values, type View } from "./host";
import { isObject, outcomeOf, type Outcome } from "./outcome";

export const PROTOCOL = "2026-01-26";
const APP = { name: "Ghar", version: "1.0.0" };
const PATIENCE_MS = 30_000;
const HANDSHAKE_MS = 10_000;
const METHOD_NOT_FOUND = -32601;

interface Waiting {
  resolve(result: Values): void;
  reject(error: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

export class McpAppsHost extends Base implements Host {
  readonly kind = "mcp-apps";
  can: Abilities = { call: false, message: false };
  #capabilities: Values = {};
  #waiting = new Map<number, Waiting>();
  #number = 0;
  #origin: string | undefined;
  #size = "";

  constructor(private readonly parent: Window = window.parent) {
    super();
    this.#origin = originAround();
    window.addEventListener("message", (event) => this.#receive(event));
    this.retry();
  }

  retry(): void {
    if (this.view.broken) this.learn({ broken: undefined });
    const asked = { appInfo: APP, appCapabilities: { availableDisplayModes: ["inline"] }, protocolVersion: PROTOCOL };
    this.#ask("ui/initialize", asked, HANDSHAKE_MS).then(
      (answer) => this.#begin(answer),
      (error: Error) => this.learn({ broken: error.message }),
    );
  }

  async call(tool: string, input: Values): Promise<Outcome> {
    return outcomeOf(await this.#ask("tools/call", { name: tool, arguments: input }));
  }

  async message(text: string): Promise<void> {
    const answer = await this.#ask("ui/message", { role: "user", content: [{ type: "text", text }] });
    if (answer["isError"] === true) throw new HostFailed("The chat did not take the message.");
  }

  tell(text: string): void {
    if (!isObject(this.#capabilities["updateModelContext"])) return;
    const told = { content: [{ type: "text", text }] };
    this.#ask("ui/update-model-context", told).catch(() => undefined); // the model will do without
  }

  openLink(url: string): void {
    this.#ask("ui/open-link", { url }).catch(() => undefined); // the host has told the person why
  }

  save(): void {
    // These hosts keep nothing for a view; what it knows lives as long as it does.
  }

  #begin(answer: Values): void {
    this.#capabilities = isObject(answer["hostCapabilities"]) ? answer["hostCapabilities"] : {};
    this.can = { call: "serverTools" in this.#capabilities, message: "message" in this.#capabilities };
    this.learn(contextOf(answer["hostContext"]));
    this.#send({ method: "ui/notifications/initialized", params: {} });
    new ResizeObserver(() => this.#tellSize()).observe(document.documentElement);
  }

  #tellSize(): void {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    const width = Math.ceil(window.innerWidth);
    if (`${width}x${height}` === this.#size) return;
    this.#size = `${width}x${height}`;
    this.#send({ method: "ui/notifications/size-changed", params: { width, height } });
  }

  #ask(method: string, params: Values, patience = PATIENCE_MS): Promise<Values> {
    const id = ++this.#number;
    return new Promise((resolve, reject) => {
      const late = () => {
        this.#waiting.delete(id);
        reject(new HostFailed("The host did not answer in time."));
      };
      this.#waiting.set(id, { resolve, reject, timer: setTimeout(late, patience) });
      this.#send({ id, method, params });
    });
  }

  /** A host in a sandbox has no origin that could be named. Until one is known only the greeting is sent, to anybody. */
  #send(message: Values): void {
    const named = this.#origin !== undefined && this.#origin !== "null";
    this.parent.postMessage({ jsonrpc: "2.0", ...message }, named ? (this.#origin as string) : "*");
  }

  #receive(event: MessageEvent): void {
    if (event.source !== this.parent || !isObject(event.data) || event.data["jsonrpc"] !== "2.0") return;
    if (this.#origin !== undefined && event.origin !== this.#origin) return;
    const { id, method } = event.data;
    if (typeof method !== "string") return this.#settle(event.data, event.origin);
    const params = isObject(event.data["params"]) ? event.data["params"] : {};
    if (id === undefined) return this.#notice(method, params);
    if (method === "ping" || method === "ui/resource-teardown") return this.#send({ id, result: {} });
    this.#send({ id, error: { code: METHOD_NOT_FOUND, message: "The view has no such method." } });
  }

  #settle(answer: Values, origin: string): void {
    const waiting = this.#waiting.get(answer["id"] as number);
    if (waiting === undefined) return;
    this.#origin ??= origin; // whoever answers the greeting is who is talked to from now on
    this.#waiting.delete(answer["id"] as number);
    clearTimeout(waiting.timer);
    const error = answer["error"];
    if (isObject(error)) return waiting.reject(new HostFailed(String(error["message"] ?? "The host refused.")));
    waiting.resolve(isObject(answer["result"]) ? answer["result"] : {});
  }

  #notice(method: string, params: Values): void {
    if (method === "ui/notifications/tool-input") {
      this.learn({ input: isObject(params["arguments"]) ? params["arguments"] : {} });
    } else if (method === "ui/notifications/tool-result") {
      this.learn({ outcome: outcomeOf(params), cancelled: undefined });
    } else if (method === "ui/notifications/tool-cancelled") {
      this.learn({ cancelled: typeof params["reason"] === "string" ? params["reason"] : "The call was cancelled." });
    } else if (method === "ui/notifications/host-context-changed") {
      this.learn(contextOf(params));
    }
  }
}

/** The origin of the window around, where the browser tells it and it has one. */
function originAround(): string | undefined {
  const around = window.location.ancestorOrigins?.[0];
  return around === undefined || around === "null" ? undefined : around;
}

function contextOf(context: unknown): View {
  if (!isObject(context)) return {};
  const news: View = {};
  if (context["theme"] === "light" || context["theme"] === "dark") news.theme = context["theme"] as Theme;
  if (typeof context["locale"] === "string") news.locale = context["locale"];
  const styles = isObject(context["styles"]) ? context["styles"]["variables"] : undefined;
  if (isObject(styles) && typeof styles["--font-sans"] === "string") news.font = styles["--font-sans"];
  const info = context["toolInfo"];
  const tool = isObject(info) && isObject(info["tool"]) ? info["tool"]["name"] : undefined;
  if (typeof tool === "string") news.tool = tool;
  return news;
}
