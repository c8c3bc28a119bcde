import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contracts } from '@candor/contracts/catalogue'
import { services } from '@candor/contracts/callers'
import { rootDir } from '@candor/local/config'
import { pingEveryMs } from '@candor/rpc/stream-events'
import { describe, expect, test } from 'vitest'
import { installation, overlays } from './installation.ts'
import { kustomize } from './render.ts'
import { readSettings } from './settings.ts'

describe.skipIf(!kustomize).each(overlays)('in the overlay %s', (overlay) => {
  test('every address that the world calls leads to the service that answers there, by one way in', async () => {
    const { ofKind } = await installation(overlay)
    const ways = [...ofKind('HTTPRoute').flatMap(waysOfRoute), ...ofKind('Ingress').flatMap(waysOfIngress)]
    const led = ways.filter(({ isStream }) => !isStream).map(({ path, service }) => `${path} -> ${service}`)
    expect(led.toSorted()).toEqual(
      [
        '/ -> web',
        ...services.map((service) => `/trpc/${service} -> ${service}`),
        ...services.filter(takesWebhooks).map((service) => `/webhooks/${service} -> ${service}`),
      ].toSorted(),
    )
    // Calls, pages and files lie below them.
    expect(new Set(ways.map(({ type }) => type))).toEqual(new Set(['Prefix']))
    const host = new URL(readSettings(overlay).PUBLIC_URL!).host
    expect(new Set(ways.flatMap(({ hosts }) => hosts))).toEqual(new Set([host]))
  })

  test('what is called comes to its service as it was called, all of it', async () => {
    const { ofKind } = await installation(overlay)
    for (const { metadata, spec } of ofKind('HTTPRoute'))
      for (const { matches: _, timeouts, backendRefs, ...more } of spec.rules) {
        expect(more, metadata.name).toEqual({})
        expect(Object.keys(timeouts), metadata.name).toEqual(['request'])
        expect(backendRefs.map(Object.keys), metadata.name).toEqual([['name', 'port']])
      }
  })

  test('a live stream is not cut while somebody looks, and a call that hangs is', async () => {
    const { ofKind } = await installation(overlay)
    const routes = ofKind('HTTPRoute').flatMap(waysOfRoute)
    for (const { service, isStream, timeout } of routes) {
      if (isStream) expect(timeout, service).toBe('0s')
      else if (service !== 'web') expect(timeout, service).toMatch(/^[1-9]\d*s$/)
    }
    if (routes.length > 0) {
      const streaming = services.filter((service) => hasStreams(service))
      const open = routes.filter(({ isStream }) => isStream).map(({ path }) => path)
      expect(open).toEqual(expect.arrayContaining(streaming.map((service) => `/trpc/${service}`)))
    }
    for (const { metadata, spec } of ofKind('Ingress')) {
      // They are words of one controller, and no others slow down or rewrite what is called.
      expect(spec.ingressClassName, metadata.name).toBe('nginx')
      expect(Object.keys(metadata.annotations).toSorted(), metadata.name).toEqual(
        ['buffering', 'read-timeout'].map((name) => `nginx.ingress.kubernetes.io/proxy-${name}`),
      )
      const annotation = (name: string) => metadata.annotations[`nginx.ingress.kubernetes.io/${name}`]
      expect(annotation('proxy-buffering'), metadata.name).toBe('off')
      expect(Number(annotation('proxy-read-timeout')) * 1_000, metadata.name).toBeGreaterThan(2 * pingEveryMs)
    }
  })
})

test.each(overlays)(
  'the address of %s is one that a browser keeps secrets from others at, and nothing besides',
  (overlay) => {
    const { origin, href, protocol } = new URL(readSettings(overlay).PUBLIC_URL!)
    expect(protocol).toBe('https:')
    // Routes and certificates are made for a host, and services put their paths behind it.
    expect([origin, `${origin}/`]).toContain(readSettings(overlay).PUBLIC_URL)
    expect(href).toBe(`${origin}/`)
  },
)

function waysOfRoute({ spec }: any): Way[] {
  return spec.rules.flatMap(({ matches, timeouts, backendRefs }: any) =>
    matches.map(({ path: { type, ...path }, headers = [] }: any) => ({
      type: type.replace('Path', ''),
      hosts: spec.hostnames,
      path: path.value,
      service: backendRefs[0].name,
      timeout: timeouts?.request,
      isStream: headers.some(({ name, value }: any) => name === 'accept' && value === 'text/event-stream'),
    })),
  )
}

function waysOfIngress({ spec }: any): Way[] {
  return spec.rules.flatMap(({ host, http }: any) =>
    http.paths.map(({ path, pathType, backend }: any) => ({
      type: pathType,
      hosts: [host, ...spec.tls.flatMap(({ hosts }: any) => hosts)],
      path,
      service: backend.service.name,
      isStream: false,
    })),
  )
}

function hasStreams(service: (typeof services)[number]): boolean {
  return Object.values(contracts[service].procedures).some(({ kind }) => kind === 'subscription')
}

/** Whether its sources answer at an address of its own that is no call. */
function takesWebhooks(service: string): boolean {
  return globSync('src/**/*.ts', { cwd: join(rootDir, 'services', service) }).some((file) =>
    readFileSync(join(rootDir, 'services', service, file), 'utf8').includes(`/webhooks/${service}`),
  )
}

interface Way {
  readonly type: string
  readonly hosts: string[]
  readonly path: string
  readonly service: string
  readonly timeout?: string
  readonly isStream: boolean
}
