// What an app in a browser does with the platform, over an unmodified supabase-js: it shows what it is told, and when its
// channel is joined again it fetches its list, because something may have been missed meanwhile.
async ({ base, key, topic, token }) => {
  const app = (window.app = { shown: [], joined: 0 })
  const client = supabase.createClient(base, key, { accessToken: async () => token })
  let waiting = null // what is told while the list is fetched

  const show = (title) => app.shown.includes(title) || app.shown.push(title)
  const tell = (title) => (waiting ? waiting.push(title) : show(title))
  const fetchList = async () => {
    const answer = await fetch(`${base}/api/v1/notifications?limit=100`, { headers: { Authorization: `Bearer ${token}` } })
    if (!answer.ok) throw new Error(answer.status)
    return (await answer.json()).items.map((item) => item.title).reverse()
  }
  const refetch = async () => {
    if (waiting) return
    waiting = []
    let list = null
    while (!list) list = await fetchList().catch(() => new Promise((later) => setTimeout(later, 200)))
    const told = waiting
    waiting = null
    for (const title of [...list, ...told]) show(title)
  }

  await client.realtime.setAuth()
  client
    .channel(topic, { config: { private: true } })
    .on('broadcast', { event: 'new_notification' }, ({ payload }) => tell(payload.data.title))
    .subscribe((status) => {
      if (status === 'SUBSCRIBED') refetch().then(() => (app.joined += 1))
    })
}
