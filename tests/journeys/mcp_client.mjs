// The official MCP client: lists tools, searches, and calls a visit off, which has to be confirmed. Tells what it met.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

const [url, token, mode, visitId] = process.argv.slice(2);
const client = new Client(
  { name: "ghar-journeys", version: "1.0.0" },
  { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode } },
);
let asked = 0;
client.setRequestHandler("elicitation/create", async () => {
  asked += 1;
  return { action: "accept", content: { confirm: true } };
});
const headers = { Authorization: `Bearer ${token}` };
await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));

const { tools } = await client.listTools();
const search = await client.callTool({ name: "discovery_search", arguments: { query: "3 bhk" } });
const cancel = { name: "visits_cancel", arguments: { visit_id: Number(visitId) } };
let cancelled = await client.callTool(cancel);
if (cancelled.structuredContent.needs_confirmation) {
  cancelled = await client.callTool({ ...cancel, arguments: { ...cancel.arguments, confirm: true } });
}
console.log(
  JSON.stringify({
    version: client.getNegotiatedProtocolVersion?.() ?? null,
    tools: tools.map((tool) => tool.name),
    found: search.structuredContent.properties.map((one) => one.title),
    asked,
    cancelled: cancelled.structuredContent,
  }),
);
await client.close();
