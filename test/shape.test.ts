import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { services } from '@candor/contracts/callers'
import { contracts, events } from '@candor/contracts/catalogue'
import { dataHolder } from '@candor/contracts/data-holder'
import { operations } from '@candor/contracts/operations'
import { describe, expect, test } from 'vitest'

const root = new URL('..', import.meta.url).pathname
const rooms = [
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  'README.md',
  'src/main.ts',
  'src/migrate.ts',
  'src/doctor.ts',
  'src/config.ts',
  'src/service.ts',
  'src/router.ts',
  'src/personal-data.ts',
  'src/domain/deps.ts',
  'src/store/tables.ts',
  'src/migrations/list.ts',
  'test',
]
const exported = ['./service', './config', './migrations', './personal-data']

describe.each(services)('the service %s', (service) => {
  const folder = `${root}services/${service}`
  const read = (path: string) => readFileSync(`${folder}/${path}`, 'utf8')

  const named = events
    .filter((event) => event.listeners.includes(service))
    .map((event) => camelCase(event.name))

  test('has every room', () => {
    const needed = named.length > 0 ? [...rooms, 'src/consumers.ts'] : rooms
    expect(needed.filter((room) => !existsSync(`${folder}/${room}`))).toEqual([])
  })

  test('exports what composes it', () => {
    expect(exported.filter((path) => !(path in JSON.parse(read('package.json')).exports))).toEqual([])
  })

  test('has a contract of its name that includes what every service answers', () => {
    expect(contracts[service].name).toBe(service)
    const shared = [...Object.keys(dataHolder), ...Object.keys(operations)]
    expect(shared.filter((row) => !(row in contracts[service].procedures))).toEqual([])
  })

  test('listens to the events that name it, and to no other', () => {
    const consumers = existsSync(`${folder}/src/consumers.ts`) ? read('src/consumers.ts') : ''
    const listened = [...consumers.matchAll(/\bon(?:Many)?\((\w+)/g)].map(([, name]) => name)
    expect(listened.toSorted()).toEqual(named.toSorted())
  })

  test('lists its migrations in the order of their names, one file each', () => {
    const files = readdirSync(`${folder}/src/migrations`).filter((file) => file !== 'list.ts')
    expect(files.every((file) => /^\d{8}T\d{4}-[a-z0-9-]+\.ts$/.test(file))).toBe(true)
    const listed = [...read('src/migrations/list.ts').matchAll(/'\.\/(.+\.ts)'/g)].map(([, file]) => file)
    expect(listed).toEqual(files.toSorted())
  })

  test('tells on one screen what it owns, offers, announces and listens to', () => {
    const text = read('README.md')
    expect(text.split('\n').length).toBeLessThan(70)
    expect(['Owns', 'Offers', 'Announces', 'Listens to'].filter((word) => !text.includes(word))).toEqual([])
    const own = Object.keys(contracts[service].procedures).filter(
      (name) => !(name in dataHolder) && !(name in operations),
    )
    expect(own.filter((name) => !text.includes(name))).toEqual([])
  })

  test('is deployed: by a folder of its own and a line in the list', () => {
    const deploy = `${root}deploy/services`
    expect(existsSync(`${deploy}/${service}/kustomization.yaml`)).toBe(true)
    expect(readFileSync(`${deploy}/kustomization.yaml`, 'utf8')).toContain(`  - ${service}\n`)
  })

  test('has no file past 300 lines', () => {
    const sources = readdirSync(`${folder}/src`, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    )
    expect(sources.filter((file) => read(`src/${file}`).split('\n').length > 300)).toEqual([])
  })
})

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}
