import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { entryPoints } from '@candor/image/entry-points'
import { readObjects } from '@candor/deploy/checks/kustomize/render'
import { rootDir } from '@candor/local/config'
import { findOnPath } from '@candor/local/servers/tool-cache'
import { beforeAll, describe, expect, test } from 'vitest'
import { commandsIn, readCommand } from './kubectl-command.ts'
import { missingIn } from './missing-in.ts'
import type { Overlay } from './missing-in.ts'
import { kustomize, overlays, render } from './render.ts'

const run = promisify(execFile)
const kubectl = findOnPath(process.env.PATH ?? '', ['kubectl'])
if (!kubectl) console.warn('NOT TESTED: options of kubectl on the pages, for there is no kubectl on the PATH')

const pages = [
  'README.md',
  'docs/operations.md',
  ...globSync('deploy/{README,*/README,runbooks/*}.md', { cwd: rootDir }),
]
const commands = pages.flatMap((page) =>
  commandsIn(readFileSync(`${rootDir}/${page}`, 'utf8')).map((command) => ({ page, command })),
)

test.skipIf(!kubectl)(
  'every command of kubectl on a page is one that it knows, with options that it knows',
  async () => {
    // What follows `--` runs in the pod. With `--help` all that stands before is still read. Plugins are others'.
    const plain = commands.map(({ command }) => command).filter((command) => !command.includes('cnpg psql'))
    const asked = new Map(
      plain.map((command) => {
        const { verb, named, options } = readCommand(command)
        const shell = `"$0" ${command.replace(/ -- .*/, '').replaceAll(/<[^>]*>/g, 'name')} --help`
        return [[verb, ...named.slice(0, 1), ...Object.keys(options)].join(' '), shell]
      }),
    )
    expect(plain.length).toBeGreaterThan(100)
    const failures: string[] = []
    for (const command of asked.values())
      await run('sh', ['-c', command, kubectl!]).catch(({ stderr }: { stderr: string }) =>
        failures.push(`${command}: ${stderr}`),
      )
    expect(failures).toEqual([])
  },
)

test('logs of several pods are read whole: by itself kubectl shows the last ten lines of each', () => {
  const ofSeveral = commands.filter(({ command }) => /\blogs\b.* -l /.test(command))
  expect(ofSeveral.length).toBeGreaterThan(15)
  expect(ofSeveral.filter(({ command }) => !/ --tail=/.test(command))).toEqual([])
})

test('what a page runs in a pod of ours is a program of the images', () => {
  const programs = Object.keys(entryPoints('chat'))
  const run = commands.flatMap(({ page, command }) =>
    [...command.matchAll(/ -- \S+\/node (\S+)/g)].map(([, file]) => `${page}: ${file}`),
  )
  expect(run.length).toBeGreaterThan(15)
  expect(run.filter((one) => !programs.some((name) => one.endsWith(`: ${name}.mjs`)))).toEqual([])
})

test.skipIf(!kubectl)(
  'the Job that tells again is, as a page makes it, another with other arguments',
  async () => {
    const page = readFileSync(`${rootDir}/docs/operations.md`, 'utf8')
    const [, pipeline] = /^ *(kubectl kustomize \S+ \| awk [\s\S]*?) \|\s+kubectl create -f -$/m.exec(page)!
    const { stdout } = await run('sh', ['-c', pipeline!], { cwd: rootDir })
    const expected: any = (await render('production')).find(({ metadata }) =>
      /^provision-streams-\w+$/.test(metadata.name),
    )
    expected.metadata.name = 'tell-again'
    expected.spec.template.spec.containers[0].args = ['provision.mjs', 'tell-again', 'chat']
    expect(readObjects(stdout)).toEqual([expected])
  },
)

describe.skipIf(!kustomize)('what a command of kubectl names', () => {
  let rendered: Overlay[]
  beforeAll(async () => {
    rendered = await Promise.all(
      overlays.map(async (name) => {
        const objects = await render(name)
        return { name, objects, namespace: objects.find(({ kind }) => kind === 'Namespace')!.metadata.name }
      }),
    )
  })

  test('on a page is in what is rendered: objects, labels, containers, namespaces and folders', () => {
    const missing = commands.flatMap(({ page, command }) =>
      missingIn(rendered, readCommand(command)).map((what) => `${page}: ${what} in: kubectl ${command}`),
    )
    expect(missing).toEqual([])
  })

  test.each([
    ['-n candor get hpa chats', 'HorizontalPodAutoscaler chats'],
    ['-n candor rollout restart deploy/chatt', 'Deployment chatt'],
    ['-n candor exec natz-0 -- true', 'pod natz-0'],
    ['-n candor exec nats-0 -c server -- true', 'container server'],
    ['-n candor get secret nats-tsl', 'Secret nats-tsl'],
    ['-n candor delete pvc store-nats-0', 'claim store-nats-0'],
    ['-n candor get pods -l app.kubernetes.io/name=postgre', 'label app.kubernetes.io/name postgre'],
    ["apply -k deploy/overlays/local -l 'candor/x in (a, b)'", 'label candor/x a or b'],
    ['apply -k deploy/overlays/prod', 'folder deploy/overlays/prod'],
    ['-n kandor get pods', 'namespace kandor'],
    ['-n candor-local get hpa chat', 'HorizontalPodAutoscaler chat'],
  ])('and is not there is found: %s', (command, missing) => {
    expect(missingIn(rendered, readCommand(command))).toEqual([missing])
  })
})
