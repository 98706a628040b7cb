// An unmodified supabase-js client, driven line by line: {"call": "auth.signInWithOtp", "with": [...]} in,
// {"data": ..., "error": ...} out. It decides nothing; the journey that drives it does.
import { createInterface } from 'node:readline'
import { createClient } from '@supabase/supabase-js'

const [url, publishableKey] = process.argv.slice(2)
const client = createClient(url, publishableKey, { auth: { autoRefreshToken: false, persistSession: false } })

function shown(error) {
  if (!error) return null
  const { name, message, status, code, reasons } = error
  return { name, message, status, code, reasons }
}

async function answer({ call, with: given = [] }) {
  const names = call.split('.')
  const method = names.pop()
  const owner = names.reduce((part, name) => part[name], client)
  const { data = null, error = null } = (await owner[method](...given)) ?? {}
  return { data, error: shown(error) }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))))
}
