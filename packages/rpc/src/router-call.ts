/** One call as a door took it in, and its input as it was sent. `unknown`: no procedure of that name is there. */
export interface RouterCall {
  readonly path: string
  readonly kind: 'query' | 'mutation' | 'subscription' | 'unknown'
  readonly input: unknown
}
