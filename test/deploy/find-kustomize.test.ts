import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { findKustomize } from '@candor/deploy/checks/kustomize/find-kustomize'
import { readZipEntry } from '@candor/deploy/checks/kustomize/read-zip-entry'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'candor-kustomize-'))
afterAll(() => rmSync(folder, { recursive: true }))

const kubectl = (version: string) => JSON.stringify({ clientVersion: {}, kustomizeVersion: version })

test('a kubectl that is new enough is taken before a kustomize', async () => {
  const machine = given({ kubectl: kubectl('v5.0.1'), kustomize: 'v5.8.1' })
  expect(await machine.find()).toMatchObject({ version: 'v5.0.1', command: 'kustomize' })
})

test('what is too old is not taken, and that is said', async () => {
  const machine = given({ kubectl: kubectl('v4.5.7'), kustomize: 'v5.8.1' })
  expect(await machine.find()).toMatchObject({ version: 'v5.8.1', command: 'build' })
  expect(machine.said).toEqual([expect.stringMatching(/kubectl is too old/)])
  const older = given({
    kubectl: '{"clientVersion":{}}',
    kustomize: '{Version:kustomize/v4.5.7 GitCommit:1}',
  })
  expect(await older.find()).toBeUndefined()
  expect(older.said.filter((line) => line.includes('too old'))).toHaveLength(2)
})

test('what is missing is fetched from the first source that has it, once', async () => {
  const machine = given({})
  const fetched: string[] = []
  const sources: Sources = [
    ['an empty shelf', () => Promise.reject(new Error('nothing here'))],
    ['a full one', async (into) => void fetched.push(program(into, 'kustomize', 'v5.8.1'))],
  ]
  expect(await machine.find(sources)).toMatchObject({ version: 'v5.8.1' })
  expect(await machine.find(sources)).toMatchObject({ version: 'v5.8.1' })
  expect(fetched).toHaveLength(1)
  expect(machine.said).toContain('  nothing here')
})

test('that nothing is to be had is said and is no failure', async () => {
  const machine = given({})
  expect(await machine.find()).toBeUndefined()
  expect(machine.said.at(-1)).toMatch(/cannot be rendered here: install kubectl/)
})

test('a file is read out of an archive, packed or not, and a missing one is named', () => {
  const archive = zip({ 'a/readme': 'first', 'a/program': 'second'.repeat(100) })
  expect(readZipEntry(archive, 'a/program').toString()).toBe('second'.repeat(100))
  expect(readZipEntry(archive, 'a/readme').toString()).toBe('first')
  expect(() => readZipEntry(archive, 'a/other')).toThrow('the archive holds no a/other')
})

/** A machine with these programs, each of which tells its version and nothing else. */
function given(programs: Record<string, string>) {
  const machine = mkdtempSync(join(folder, 'machine-'))
  const [path, cacheDir] = [join(machine, 'bin'), join(machine, 'cache')]
  mkdirSync(path)
  for (const [name, version] of Object.entries(programs)) program(path, name, version)
  const said: string[] = []
  const tools = { natsServer: undefined, chromium: undefined, path, cacheDir, fallbackCacheDir: cacheDir }
  return { said, find: (sources: Sources = []) => findKustomize((line) => said.push(line), tools, sources) }
}

function program(into: string, name: string, version: string): string {
  const file = join(into, name)
  writeFileSync(file, `#!/bin/sh\necho '${version}'\n`)
  chmodSync(file, 0o755)
  return file
}

/** An archive of these files; the longer ones are packed. */
function zip(files: Record<string, string>): Buffer {
  const parts: Buffer[] = []
  const directory = Object.entries(files).map(([name, text]) => {
    const packed = text.length > 50 ? deflateRawSync(text) : Buffer.from(text)
    const at = parts.reduce((sum, part) => sum + part.length, 0)
    const local = Buffer.alloc(30)
    local.writeUInt16LE(name.length, 26)
    parts.push(local, Buffer.from(name), packed)
    const entry = Buffer.alloc(46)
    entry.writeUInt16LE(text.length > 50 ? 8 : 0, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    return Buffer.concat([entry, Buffer.from(name)])
  })
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(
    parts.reduce((sum, part) => sum + part.length, 0),
    16,
  )
  return Buffer.concat([...parts, ...directory, end])
}

type Sources = NonNullable<Parameters<typeof findKustomize>[2]>
