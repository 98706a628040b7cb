/** A small MCP Apps host: the official client and the official bridge around one sandboxed frame.
 *
 * `show(tool, input)` calls a tool of a real server, reads the view that the tool names, and shows the result in it.
 * It is for developing widgets and for the tests; nothing of it is shipped.
 */

import { Client, StreamableHTTPClientTransport, type CallToolResult, type Tool } from "@modelcontextprotocol/client";
import { AppBridge, PostMessageTransport } from "@modelcontextprotocol/ext-apps/app-bridge";

interface Options {
  endpoint: string;
  token?: string;
  theme?: "light" | "dark";
}

interface Shown {
  messages: string[];
  told: string[];
  links: string[];
  calls: string[];
  size: { width?: number | undefined; height?: number | undefined };
  resource: { uri: string; mimeType?: string | undefined };
  bridge: AppBridge;
  frame: HTMLIFrameElement;
}

declare global {
  interface Window {
    show(options: Options, name: string, input: Record<string, unknown>): Promise<void>;
    shown: Shown;
  }
}

async function connected(options: Options): Promise<Client> {
  const headers: Record<string, string> = options.token ? { authorization: `Bearer ${options.token}` } : {};
  const client = new Client({ name: "ghar-test-host", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL(options.endpoint), { requestInit: { headers } }));
  return client;
}

/** What the protocol asks hosts to allow, and no more; scripts and styles by their hashes, which is stricter. */
async function policy(html: string, csp: { connectDomains?: string[]; resourceDomains?: string[] }): Promise<string> {
  const hashes = async (kind: string) => {
    const parts = [...html.matchAll(new RegExp(`<${kind}>([\\s\\S]*?)</${kind}>`, "g"))];
    const sums = parts.map((part) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(part[1])));
    return (await Promise.all(sums)).map((sum) => `'sha256-${btoa(String.fromCharCode(...new Uint8Array(sum)))}'`).join(" ");
  };
  const pictures = (csp.resourceDomains ?? []).join(" ");
  const connects = (csp.connectDomains ?? []).join(" ") || "'none'";
  return [
    "default-src 'none'",
    `script-src ${await hashes("script")}`,
    `style-src ${await hashes("style")}`,
    `img-src data: ${pictures}`,
    `connect-src ${connects}`,
  ].join("; ");
}

async function show(options: Options, name: string, input: Record<string, unknown>): Promise<void> {
  const client = await connected(options);
  const { tools } = await client.listTools();
  const tool = tools.find((one) => one.name === name) as Tool;
  const uri = (tool._meta?.["ui"] as { resourceUri: string }).resourceUri;
  const { contents } = await client.readResource({ uri });
  const resource = contents[0] as { uri: string; mimeType?: string; text: string; _meta?: { ui?: { csp?: object } } };
  const frame = document.createElement("iframe");
  frame.title = "The view";
  frame.setAttribute("sandbox", "allow-scripts");
  const allowed = await policy(resource.text, resource._meta?.ui?.csp ?? {});
  const head = `<head>\n<meta http-equiv="Content-Security-Policy" content="${allowed}">`;
  const bridge = new AppBridge(
    client,
    { name: "ghar-test-host", version: "1.0.0" },
    { openLinks: {}, serverTools: {}, message: { text: {} }, updateModelContext: { text: {} } },
    { hostContext: { theme: options.theme ?? "light", displayMode: "inline", locale: "en-IN", toolInfo: { tool } } },
  );
  const seen: Shown = { messages: [], told: [], links: [], calls: [], size: {}, resource, bridge, frame };
  window.shown = seen;
  const textOf = (content: unknown) => JSON.stringify(content);
  bridge.onmessage = async ({ content }) => (seen.messages.push(textOf(content)), {});
  bridge.onupdatemodelcontext = async ({ content }) => (seen.told.push(textOf(content)), {});
  bridge.onopenlink = async ({ url }) => (seen.links.push(url), {});
  bridge.onsizechange = ({ width, height }) => {
    seen.size = { width, height };
    if (height) frame.style.height = `${height}px`;
  };
  const began = new Promise<void>((resolve) => {
    bridge.oninitialized = () => resolve();
  });
  document.body.replaceChildren(frame);
  await bridge.connect(new PostMessageTransport(frame.contentWindow as Window, frame.contentWindow as Window));
  bridge.oncalltool = async (asked) => {
    seen.calls.push(asked.name);
    return (await client.callTool(asked)) as CallToolResult;
  };
  frame.srcdoc = resource.text.replace("<head>", head);
  await began;
  await bridge.sendToolInput({ arguments: input });
  await bridge.sendToolResult((await client.callTool({ name, arguments: input })) as CallToolResult);
}

window.show = show;
