// Loaded into every program before its own code. Node writes its cache of compiled sources when a process ends, which
// on a first run takes a second that nobody stopping the stack wants to wait; so it is written in a calm moment before.
import { flushCompileCache } from 'node:module'

setTimeout(flushCompileCache, 8_000).unref()
