/** No host at all: what there is to show stands in the page itself, and open tools are called at its own server.
 *
 *     <script type="application/json" id="ghar-data">{"tool": "...", "input": {...}, "result": {...}}</script>
 */

import { Base, HostFailed, type Abilities, type Host, type Values } from "./host";
import { isObject, outcomeOf, type Outcome } from "./outcome";

export const ELEMENT = "ghar-data";
const ENDPOINT = "/mcp";
const PROTOCOL = "2025-11-25";

export class StandaloneHost extends Base implements Host {
  readonly kind = "standalone";
  readonly can: Abilities = { call: window.location.protocol.startsWith("http"), message: false };
  #number = 0;

  constructor() {
    super();
    this.retry();
  }

  retry(): void {
    const text = document.getElementById(ELEMENT)?.textContent;
    if (!text) return this.learn({ outcome: { data: {} } });
    try {
      const given: unknown = JSON.parse(text);
      if (!isObject(given)) throw new SyntaxError("no object");
      this.learn({
        tool: typeof given["tool"] === "string" ? given["tool"] : undefined,
        input: isObject(given["input"]) ? given["input"] : {},
        outcome: outcomeOf(given["result"] ?? {}),
      });
    } catch {
      this.learn({ broken: "The data in this page could not be read." });
    }
  }

  async call(tool: string, input: Values): Promise<Outcome> {
    const body = { jsonrpc: "2.0", id: ++this.#number, method: "tools/call", params: { name: tool, arguments: input } };
    const answer = await this.#post(body);
    if (isObject(answer["error"])) throw new HostFailed(String(answer["error"]["message"] ?? "The server refused."));
    return outcomeOf(answer["result"]);
  }

  message(): Promise<void> {
    return Promise.reject(new HostFailed("There is no chat here."));
  }

  tell(): void {
    // There is no model here.
  }

  openLink(url: string): void {
    window.open(url, "_blank", "noopener");
  }

  save(): void {
    // The page is all there is.
  }

  async #post(body: Values): Promise<Values> {
    const headers = {
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
      "mcp-protocol-version": PROTOCOL,
    };
    const given = { method: "POST", headers, body: JSON.stringify(body) };
    const response = await fetch(ENDPOINT, given).catch(() => undefined);
    if (response === undefined) throw new HostFailed("The server cannot be reached.");
    const answer = messageIn(await response.text());
    if (answer === undefined) throw new HostFailed("The server did not answer.");
    return answer;
  }
}

/** The answer, which is plain JSON or the last message of a stream of events. */
export function messageIn(text: string): Values | undefined {
  const lines = text.split("\n").filter((line) => line.startsWith("data:"));
  try {
    const value: unknown = JSON.parse(lines.at(-1)?.slice("data:".length) ?? text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
