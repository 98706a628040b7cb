// An unmodified supabase-js client that joins a channel and writes what happens, a JSON line each. Lines in:
// {"token": ...} for a newer token, {"send": {"event", "payload"}} through the client's own REST call, {"leave": true},
// {"track": {}}, {"untrack": true}, {"say": {"event", "payload"}} over the socket. The event "presence" tells who is there.
import { createInterface } from 'node:readline'
import { createClient } from '@supabase/supabase-js'

const [url, key, vsn, topic, given, ...events] = process.argv.slice(2)
let token = given
const client = createClient(url, key, { realtime: { vsn }, accessToken: async () => token || null })

const tell = (what) => console.log(JSON.stringify(what))

if (token) await client.realtime.setAuth() // as clients of private channels do
const channel = client.channel(topic, { config: { private: true, broadcast: { ack: true, self: false } } })
for (const event of events.filter((name) => name !== 'presence')) channel.on('broadcast', { event }, ({ payload }) => tell({ event, payload }))
if (events.includes('presence'))
  channel.on('presence', { event: 'sync' }, () => tell({ present: Object.keys(channel.presenceState()).sort() }))
if (token) channel.subscribe((status, error) => tell({ status, error: error?.message ?? null }))

for await (const line of createInterface({ input: process.stdin })) {
  const { token: newer, send, leave, track, untrack, say } = JSON.parse(line)
  if (newer) {
    token = newer
    await client.realtime.setAuth()
  }
  if (send) tell({ sent: await channel.httpSend(send.event, send.payload).catch((error) => error.message) })
  if (track) tell({ tracked: await channel.track(track) })
  if (untrack) tell({ untracked: await channel.untrack() })
  if (say) tell({ said: await channel.send({ type: 'broadcast', ...say }) })
  if (leave) tell({ left: await client.removeChannel(channel) })
}
