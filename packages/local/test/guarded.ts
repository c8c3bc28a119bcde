import { join } from 'node:path'
import { guardedFolder } from '../src/processes/guarded-folder.ts'
import { startPostgres } from '../src/servers/postgres-server.ts'

/** A process that holds a server and a folder, and is not asked before it ends. */
const folder = guardedFolder('guarded')
console.log(folder.path)
const server = await startPostgres({ dataDir: join(folder.path, 'postgres'), fast: true })
folder.guard(server.pid)
console.log(server.pid)
setInterval(() => {}, 1_000)
