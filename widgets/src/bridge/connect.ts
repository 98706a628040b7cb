/** Which host it is: one that put itself into the page, one around the page, or none. */

import type { Host } from "./host";
import { McpAppsHost } from "./mcp-apps";
import { OpenAiHost, type OpenAi } from "./openai";
import { ELEMENT, StandaloneHost } from "./standalone";

declare global {
  interface Window {
    openai?: OpenAi;
  }
}

export function connect(): Host {
  if (window.openai !== undefined) return new OpenAiHost(window.openai);
  const alone = window.parent === window || document.getElementById(ELEMENT) !== null;
  return alone ? new StandaloneHost() : new McpAppsHost();
}
