// The official MCP client signs in: discovery, registration or a document of its own, consent in a browser, then a read
// and a write. Says where its person has to go ({open}), and what it met ({done}).
import { createServer } from "node:http";
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from "@modelcontextprotocol/client";

const [url, port, propertyId, clientMetadataUrl] = process.argv.slice(2);
const say = (told) => console.log(JSON.stringify(told));
const kept = {};
const provider = {
  redirectUrl: `http://127.0.0.1:${port}/callback`,
  clientMetadataUrl,
  clientMetadata: {
    client_name: "Journey",
    redirect_uris: [`http://127.0.0.1:${port}/callback`],
    token_endpoint_auth_method: "none",
    scope: "mcp:read mcp:write",
  },
  state: () => (kept.state = crypto.randomUUID()),
  clientInformation: () => kept.client,
  saveClientInformation: (client) => (kept.client = client),
  tokens: () => kept.tokens,
  saveTokens: (tokens) => (kept.tokens = tokens),
  codeVerifier: () => kept.verifier,
  saveCodeVerifier: (verifier) => (kept.verifier = verifier),
  discoveryState: () => kept.discovery,
  saveDiscoveryState: (discovery) => (kept.discovery = discovery),
  redirectToAuthorization: (page) => say({ open: page.href }),
};

const cameBack = new Promise((resolve) => {
  const landing = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<title>Back</title>You may close this.", () => {
      if (request.url.startsWith("/callback")) {
        landing.close();
        landing.closeAllConnections();
        resolve(new URL(request.url, provider.redirectUrl).searchParams);
      }
    });
  }).listen(port, "127.0.0.1");
});

const client = new Client({ name: "ghar-journeys", version: "1.0.0" });
const transport = () => new StreamableHTTPClientTransport(new URL(url), { authProvider: provider });
const first = transport();
try {
  await client.connect(first);
  throw new Error("nobody was asked to sign in");
} catch (refused) {
  if (!(refused instanceof UnauthorizedError)) throw refused;
}
const told = await cameBack;
if (told.get("state") !== kept.state) throw new Error("the state is not ours");
await first.finishAuth(told);

await client.connect(transport());
const wrote = await client.callTool({
  name: "discovery_swipe",
  arguments: { property_id: Number(propertyId), is_liked: true },
});
const read = await client.callTool({ name: "discovery_shortlist", arguments: {} });
say({
  done: {
    client_id: kept.client.client_id,
    scope: kept.tokens.scope,
    wrote: wrote.structuredContent,
    read: read.structuredContent,
    failed: Boolean(wrote.isError || read.isError),
  },
});
await client.close();
process.exit(0);
