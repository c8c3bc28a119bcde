/**
 * How Node runs a service. Left to itself it lets what is young take up to 48 MB and gives none of that back, though
 * next to nothing of it outlives its call: a thousand live connections then take two to three times the memory.
 */
export const serviceNodeOptions = ['--max-semi-space-size=4']
