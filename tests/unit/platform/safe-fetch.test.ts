// The way out: an address that is not allowed costs no request, and no answer can hold us longer or larger than the rules.
import { describe, expect, it } from 'vitest'
import { Problem } from '../../../src/platform/problem.ts'
import { DeadlinePassed, EgressRefused, makeSafeFetch, RedirectRefused, type FetchRules } from '../../../src/platform/safe-fetch.ts'

const rules: FetchRules = { origins: ['https://graph.example', 'http://127.0.0.1:8787'], hosts: ['media.example', '.cdn.example'], deadlineMs: 200 }

/** A fetch that counts, and answers by address. */
function counting(answer: (url: string, init: RequestInit) => Response | Promise<Response> = () => new Response('ok')) {
  const seen: { url: string; init: RequestInit }[] = []
  const raw = async (url: string, init: RequestInit) => {
    seen.push({ url, init })
    return answer(url, init)
  }
  return { seen, fetch: makeSafeFetch(raw as typeof fetch) }
}
const redirect = (to: string, status = 302) => new Response(null, { status, headers: { location: to } })

const forbidden: Record<string, string[]> = {
  'S1 loopback': ['http://127.0.0.1', 'http://localhost', 'https://localhost/', 'http://0.0.0.0', 'http://[::1]', 'https://[::1]/x', 'http://127.0.0.1:8788/', 'http://localhost:8787/'],
  'S2 other spellings': ['http://127.1', 'https://2130706433', 'https://0x7f.1', 'https://0177.0.0.1', 'https://[::ffff:127.0.0.1]', 'http://127.0.0.1:08788'],
  'S3 private nets': ['http://169.254.169.254/latest/meta-data', 'https://10.0.0.1', 'https://172.16.0.1', 'https://192.168.1.1', 'https://100.64.0.1', 'https://[fc00::1]', 'https://[fe80::1]', 'https://8.8.8.8/'],
  'S4 names that lead there': ['https://127.0.0.1.nip.io', 'https://media.example./', 'https://media。example/', 'https://media．example/', 'https://media｡example/', 'https://graph.example.', 'https://cdn.example', 'https://.cdn.example'],
  'S6 schemes and ports': ['http://media.example', 'ftp://media.example', 'data:text/html,x', 'file:///etc/passwd', 'javascript:alert(1)', 'https://media.example:22', 'https://media.example:8443', 'https://graph.example:444/', 'blob:https://graph.example/1', 'http://graph.example', ''],
  'S7 who is the host': ['https://media.example@evil.example', 'https://media.example.evil.example', 'https://media.example%2f@evil.example', 'https://media.example\\@evil.example', 'https://evil.example\\.media.example', 'https://u:p@media.example', 'https://media.example\t.evil.example', 'https://evilcdn.example', '//media.example', 'https:media.example\n', 'https://x.cdn.example.evil.example/'],
  'S9 foreign host': ['https://evil.example/lookaside', 'https://xmedia.example/'],
}

describe('addresses', () => {
  for (const [name, addresses] of Object.entries(forbidden)) {
    it.each(addresses)(`${name}: %s is refused with no request`, async address => {
      const { fetch, seen } = counting()
      await expect(fetch(address, { headers: { authorization: 'Bearer secret' } }, rules)).rejects.toBeInstanceOf(EgressRefused)
      expect(seen).toEqual([])
    })
  }
  it.each(['https://graph.example/v26.0/1?x=1', 'http://127.0.0.1:8787/simulator/graph', 'https://media.example/a', 'https://a.b.cdn.example/a', 'https://MEDIA.example/a', 'https://media.example:443/a'])('%s passes', async address => {
    const { fetch, seen } = counting()
    expect(await (await fetch(address, {}, rules)).text()).toBe('ok')
    expect(seen).toHaveLength(1)
  })
  it.each(['https://127.0.0.1/', 'https://localhost/', 'https://[::1]/', 'https://10.0.0.1/', 'https://intranet/'])('a host list cannot open %s by mistake', async address => {
    const { fetch, seen } = counting()
    await expect(fetch(address, {}, { origins: [], hosts: ['127.0.0.1', 'localhost', '[::1]', '.0.0.1', 'intranet', '.'] })).rejects.toBeInstanceOf(EgressRefused)
    expect(seen).toEqual([])
  })
  it('an origin "null" in the rules opens nothing', async () => {
    const { fetch, seen } = counting()
    await expect(fetch('data:text/plain,x', {}, { origins: ['null'], hosts: [] })).rejects.toBeInstanceOf(EgressRefused)
    expect(seen).toEqual([])
  })
})

describe('redirects (S5, S10)', () => {
  const targets = ['http://127.0.0.1/', 'http://169.254.169.254/', 'https://[::1]/', 'https://evil.example/', '//evil.example/x', 'https://media.example@evil.example/', 'ftp://media.example/', 'https://media.example:22/', 'http://media.example/', '/\\evil.example']
  for (const status of [301, 302, 303, 307, 308]) {
    it.each(targets)(`${status} to %s is refused after the first request`, async to => {
      const { fetch, seen } = counting(() => redirect(to, status))
      await expect(fetch('https://media.example/a', {}, { ...rules, redirects: 5 })).rejects.toBeInstanceOf(RedirectRefused)
      expect(seen).toHaveLength(1)
    })
  }
  it('none are followed unless the rules say so, none for a POST', async () => {
    const { fetch, seen } = counting(() => redirect('https://media.example/b'))
    await expect(fetch('https://media.example/a', {}, rules)).rejects.toBeInstanceOf(RedirectRefused)
    await expect(fetch('https://media.example/a', { method: 'POST', body: 'x' }, { ...rules, redirects: 3 })).rejects.toBeInstanceOf(RedirectRefused)
    expect(seen).toHaveLength(2)
  })
  it('a loop ends at the limit', async () => {
    const { fetch, seen } = counting(() => redirect('https://media.example/a'))
    await expect(fetch('https://media.example/a', {}, { ...rules, redirects: 3 })).rejects.toBeInstanceOf(RedirectRefused)
    expect(seen).toHaveLength(4)
  })
  it('within one origin the token goes along; to an allowed other origin only without one', async () => {
    const hops = (url: string) => (url.endsWith('/a') ? redirect('/b') : url.endsWith('/b') ? redirect('https://x.cdn.example/c') : new Response('there'))
    const open = counting(hops)
    expect(await (await open.fetch('https://media.example/a', { headers: { accept: '*/*' } }, { ...rules, redirects: 3 })).text()).toBe('there')
    for (const name of ['authorization', 'cookie', 'x-api-key', 'x-anything']) {
      const { fetch, seen } = counting(hops)
      await expect(fetch('https://media.example/a', { headers: { [name]: 'secret' } }, { ...rules, redirects: 3 })).rejects.toBeInstanceOf(RedirectRefused)
      expect(seen.map(one => one.url)).toEqual(['https://media.example/a', 'https://media.example/b'])
      expect(new Headers(seen[1]?.init.headers).get(name)).toBe('secret')
    }
  })
  it('fetch itself is told to follow nothing', async () => {
    const { fetch, seen } = counting()
    await fetch('https://media.example/a', { redirect: 'follow' }, rules)
    expect(seen[0]?.init.redirect).toBe('manual')
  })
})

describe('answers (S11, F12)', () => {
  const endless = (chunk: number, everyMs = 0) => new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (everyMs > 0) await new Promise(resolve => setTimeout(resolve, everyMs))
      controller.enqueue(new Uint8Array(chunk))
    },
  })
  const get = (answer: () => Response | Promise<Response>, more: Partial<FetchRules> = {}) => counting(answer).fetch('https://media.example/a', {}, { ...rules, ...more })

  it('an endless body stops at the cap', async () => {
    const response = await get(() => new Response(endless(1000)), { maxBytes: 5000 })
    await expect(response.arrayBuffer()).rejects.toMatchObject({ code: 'TOO_LARGE' })
  })
  it('exactly the cap is read whole, one byte more is not', async () => {
    expect((await (await get(() => new Response(new Uint8Array(5000)), { maxBytes: 5000 })).arrayBuffer()).byteLength).toBe(5000)
    await expect(get(() => new Response(new Uint8Array(5001)), { maxBytes: 5000 }).then(response => response.arrayBuffer())).rejects.toMatchObject({ code: 'TOO_LARGE' })
  })
  it('a stated length over the cap is refused at once; a lying small one does not help', async () => {
    await expect(get(() => new Response(endless(1), { headers: { 'content-length': '99999999' } }))).rejects.toBeInstanceOf(Problem)
    const liar = await get(() => new Response(endless(1000), { headers: { 'content-length': '10' } }), { maxBytes: 5000 })
    await expect(liar.text()).rejects.toMatchObject({ code: 'TOO_LARGE' })
  })
  it('a byte now and then ends at the deadline, and so does no byte at all', async () => {
    const slow = await get(() => new Response(endless(1, 20)))
    await expect(slow.text()).rejects.toBeInstanceOf(DeadlinePassed)
    const never = await get(() => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) })))
    await expect(never.text()).rejects.toBeInstanceOf(DeadlinePassed)
  })
  it('no answer ends at the deadline, even when fetch does not heed its signal', async () => {
    await expect(get(() => new Promise(() => undefined))).rejects.toBeInstanceOf(DeadlinePassed)
  })
  it('the caller can give up earlier', async () => {
    const stop = new AbortController()
    const { fetch, seen } = counting((_url, init) => new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new Error('stopped')))))
    const work = fetch('https://media.example/a', { signal: stop.signal }, { ...rules, deadlineMs: 10_000 })
    stop.abort()
    await expect(work).rejects.toThrow('stopped')
    expect(seen).toHaveLength(1)
  })
  it('what fetch throws is passed on, a broken body too', async () => {
    await expect(get(() => Promise.reject(new TypeError('fetch failed')))).rejects.toThrow('fetch failed')
    const broken = await get(() => new Response(new ReadableStream({ pull: controller => controller.error(new Error('reset')) })))
    await expect(broken.text()).rejects.toThrow('reset')
  })
  it('status and headers stay, the length of compressed bytes does not', async () => {
    const response = await get(() => new Response('x', { status: 404, headers: { 'content-type': 'text/plain', 'content-encoding': 'gzip', 'content-length': '21' } }))
    expect([response.status, response.headers.get('content-type'), response.headers.get('content-length')]).toEqual([404, 'text/plain', null])
    expect((await get(() => new Response(null, { status: 204 }))).status).toBe(204)
  })
  it('a refusal names no address (S12)', async () => {
    const error = await get(() => redirect('https://evil.example/?token=secret')).catch((one: unknown) => one)
    expect(String(error)).not.toMatch(/evil|secret|media/)
  })
})
