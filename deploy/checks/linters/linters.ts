import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Finding } from '../exceptions.ts'

/** Other people's linters: how each is had, and what it finds in a file of manifests. */
export const linters: Linter[] = [
  {
    name: 'kube-linter',
    version: 'v0.7.6',
    install: (folder) => goInstall(folder, 'golang.stackrox.io/kube-linter/cmd/kube-linter@v0.7.6'),
    find: async (program, file) => {
      const { Reports } = await json(program, ['lint', '--format', 'json', file])
      return (Reports ?? []).map(({ Check, Diagnostic, Object: { K8sObject } }: any) => ({
        rule: `kube-linter ${Check}`,
        object: `${K8sObject.GroupVersionKind.Kind}/${K8sObject.Name}`,
        says: Diagnostic.Message,
      }))
    },
  },
  {
    name: 'kube-score',
    version: 'v1.20.0',
    install: (folder) => goInstall(folder, 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0'),
    find: async (program, file) => {
      const optional = ['container-seccomp-profile', 'container-ports-check']
      const enabled = optional.flatMap((check) => ['--enable-optional-test', check])
      const args = ['score', '--output-format', 'json', '--kubernetes-version', 'v1.32', ...enabled, file]
      const objects = await json(program, args)
      return objects.flatMap(({ type_meta, object_meta, checks }: any) =>
        checks
          .filter(({ grade, skipped }: any) => !skipped && grade < allRight)
          .map(({ check, comments }: any) => ({
            rule: `kube-score ${check.id}`,
            object: `${type_meta.kind}/${object_meta.name}`,
            says: (comments ?? []).map(({ summary }: any) => summary).join('; '),
          })),
      )
    },
  },
  {
    name: 'checkov',
    version: '3.3.30',
    install: installCheckov,
    find: async (program, file) => {
      const args = [
        '--framework',
        'kubernetes',
        '--compact',
        '--quiet',
        '--skip-download',
        '--output',
        'json',
      ]
      const answer = await json(program, [...args, '--file', file])
      return (answer.results?.failed_checks ?? []).map(({ check_id, check_name, resource }: any) => ({
        rule: `checkov ${check_id}`,
        // Kind.namespace.name
        object: resource.replace(/\.[^.]*\./, '/'),
        says: check_name,
      }))
    },
  },
]

async function goInstall(folder: string, program: string): Promise<void> {
  await run('env', [`GOBIN=${folder}`, 'go', 'install', program], { timeout: installMs })
}

/** Into a folder of its own, which may be moved: so no virtual environment. */
async function installCheckov(folder: string): Promise<void> {
  const modules = join(folder, 'modules')
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', modules]
  await run('python3', [...args, 'checkov==3.3.30'], { timeout: installMs })
  const script = '#!/bin/sh\nPYTHONPATH="$(dirname "$0")/modules" exec python3 -m checkov.main "$@"\n'
  writeFileSync(join(folder, 'checkov'), script, { mode: 0o755 })
}

/** What a program prints as JSON; that it found something is no failure of its own. */
async function json(program: string, args: string[]): Promise<any> {
  const answer = await run(program, args, { maxBuffer: 256 * 2 ** 20, timeout: runMs }).catch((error) => {
    if (error.stdout?.trim()) return error as { stdout: string }
    throw error
  })
  return JSON.parse(answer.stdout)
}

const run = promisify(execFile)
const installMs = 150_000
const runMs = 300_000

/** kube-score's best grade. */
const allRight = 10

export interface Linter {
  readonly name: string
  readonly version: string
  readonly install: (folder: string) => Promise<void>
  readonly find: (program: string, file: string) => Promise<Finding[]>
}
