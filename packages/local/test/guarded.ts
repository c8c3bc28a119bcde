import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { guard } from '../src/processes/guard.ts'

/** A process that holds a server and a folder, and is not asked before it ends. */
const folder = process.argv[2]!
mkdirSync(folder)
const server = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
guard({ pid: server.pid!, folder })
console.log(server.pid)
setInterval(() => {}, 1_000)
