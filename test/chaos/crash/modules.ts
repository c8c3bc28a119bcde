import { globSync, readFileSync } from 'node:fs'
import { instrument } from './instrument.ts'
import { nameOpening, openingsOf } from './openings.ts'

const root = new URL('../../../', import.meta.url).pathname

/** Which of the platform's modules run in its processes and do something that another machine sees. */
export function isOfPlatform(path: string): boolean {
  return ownModules.test(path) && !beforeStart.test(path)
}

/** Every such module, by its path in the tree. */
export function readModules(): Module[] {
  return globSync('{services,packages}/*/src/**/*.ts', { cwd: root })
    .filter((module) => isOfPlatform(`/${module}`))
    .map((module) => ({ module, source: readFileSync(root + module, 'utf8') }))
}

/** Where in the source there is a crash point: before each commit, publish to a stream, acknowledgement and mail. */
export function listSites(modules: readonly Module[] = readModules()): string[] {
  return modules
    .filter(({ module }) => !passesOn(module))
    .flatMap(({ module, source }) => [
      ...openingsOf(source).map((_, nth) => `before commit in ${nameOpening(module, nth)}`),
      ...instrument(source, module).sites,
    ])
}

/** Modules that begin commits only for those who call them. */
export function passesOn(module: string): boolean {
  return /^packages\/runtime\/src\/(answer-deadline|tenancy|postgres)\.ts$/.test(module)
}

const ownModules =
  /\/(services\/(?!web\/)|packages\/(events|mail|service|personal-data|rpc|runtime)\/)[^?]*src\/[^?]*\.ts$/

/** A database is brought to its newest shape by programs of their own, one transaction each, before a service starts. */
const beforeStart =
  /(migrations\/|-?migration\.ts$|\/runtime\/src\/(migrate|provision-database|protect)\.ts$|sweep-access\.ts$)/

export interface Module {
  module: string
  source: string
}
