import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'candor-command-lines-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Contracts know nothing but data; its generator takes no arguments and reads none. */
const { 'api-reference': _, ...scripts }: Record<string, string> = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
).scripts
const commands = Object.keys(scripts).filter((name) => /^(exec )?node /.test(scripts[name]!))

test.each(commands)('npm run %s tells its usage, and refuses an option that it does not know', (command) => {
  expect(run(command, '--help')).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^Usage: \S.*\n/),
    stderr: '',
  })
  expect(run(command, '--no-such')).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^Unknown option '--no-such'\nUsage: .*\n$/),
  })
})

test.each([
  ['chaos --seed abc', /^--seed takes a whole number from 0, not "abc"\n/],
  ['chaos --seed', /^Option '--seed <value>' argument missing\n/],
  ['chaos --only sunshine', /^There is no act "sunshine"\. There are: under fire, .*crash points\n/],
  ['bench --only P1,P99', /^There is no figure "P99"\. There are: P1, .*P3-/],
  ['bench --rounds 0', /^--rounds takes a whole number from 1, not "0"\n/],
  ['bench --json /no/such/folder/file', /^--json cannot be written: ENOENT/],
  ['conformance --pack none', /^There is no pack "none"\. There are: /],
  ['conformance --html /no/such/folder/file', /^--html cannot be written: ENOENT/],
  ['doctor postbox', /^There is no service "postbox"\. There are: /],
  ['parked postbox', /^There is no service "postbox"\. There are: /],
  ['image postbox', /^There is no image "postbox"\. There are: all, /],
  ['image:check --only postbox', /^There is no image "postbox"\. There are: /],
  [
    'image chat --name Registry/candor',
    /^--name takes a registry and a path in small letters, not "Registry\/candor"\n/,
  ],
  ['image chat --name registry.example/', /^--name takes a registry and a path/],
  ['image chat --tag a:b', /^--tag takes letters, digits, dots and dashes, not "a:b"\n/],
  ['image:where postbox main.mjs:1:1', /^There is no image "postbox"\. There are: /],
  ['release nowhere r1', /^There is no overlay "nowhere"\. There are: local, production, /],
  ['release ../overlays/production r1', /^There is no overlay "\.\.\/overlays\/production"\. There are: /],
  ['release production r1 chat=sha256:...', /^chat: not a digest: sha256:\.\.\.\n/],
  ['release production r1 chat=a chat=b', /^chat is given twice\n/],
  ['secrets', /^Say for which namespace\.\n/],
  ['secrets --namespace Candor', /^--namespace takes small letters, digits and dashes, not "Candor"\n/],
  ['secrets --namespace candor --smtp-url mail.example.com', /^--smtp-url is not as SMTP_URL has to be: /],
  ['secrets --namespace candor --database-host db/other', /^--database-host takes a host/],
  ['secrets --namespace candor --admin-database-url mysql://a/b', /^--admin-database-url is not as /],
  ['secrets --namespace candor --payment-webhook-secret x', /^--payment-webhook-secret is not as /],
  ['start now', /^Unexpected argument 'now'\n/],
  ['verify-receipt', /^Say which file\.\n/],
  ['verify-receipt no/such/file', /^ENOENT: no such file or directory, open 'no\/such\/file'\n/],
])('npm run %s is refused before anything is done, and told why', (line, why) => {
  const [command = '', ...args] = line.split(' ')
  const { status, stdout, stderr } = run(command, ...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(why)
  expect(stderr).toMatch(/\nUsage: .*\n$/)
})

/** As npm does, with data of its own should anything begin. */
function run(command: string, ...args: string[]) {
  const [program = '', ...given] = scripts[command]!.replace('exec ', '').split(' ')
  const { status, stdout, stderr } = spawnSync(program, [...given, ...args], {
    cwd: root,
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...process.env, CANDOR_DATA: folder },
  })
  return { status, stdout, stderr }
}
