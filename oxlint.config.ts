import { defineConfig } from 'oxlint'

/** Which workspaces each may import. What is not named here may not be imported: the borders of the house. */
const mayImport: Record<string, string[]> = {
  'packages/contracts': [],
  'packages/runtime': [],
  'packages/policy': ['contracts'],
  'packages/audit-log': ['contracts'],
  'packages/rpc': ['contracts', 'runtime'],
  'packages/events': ['contracts', 'runtime'],
  'packages/personal-data': ['contracts', 'events', 'policy', 'rpc', 'runtime'],
  'packages/pdf': [],
  'packages/mail': ['personal-data', 'runtime'],
  'packages/service': ['contracts', 'events', 'personal-data', 'policy', 'rpc', 'runtime'],
  'packages/client': ['contracts'],
  'packages/widget': ['client', 'contracts'],
  'packages/local': ['client', 'contracts', 'events', 'rpc', 'runtime'],
  'packages/image': ['contracts', 'events', 'local', 'runtime'],
  'packages/testing': ['contracts', 'events', 'local', 'rpc', 'runtime'],
  'services/web': ['audit-log', 'client', 'contracts', 'policy', 'runtime'],
}
const insideServices = [
  'audit-log',
  'contracts',
  'events',
  'mail',
  'pdf',
  'personal-data',
  'policy',
  'rpc',
  'runtime',
  'service',
]
for (const service of ['identity', 'chat', 'billing', 'transcripts', 'privacy']) {
  mayImport[`services/${service}`] = insideServices
}

const workspaces = Object.keys(mayImport).map((path) => path.split('/')[1]!)

/** Inside a service: doors call rules, rules call the store, and nothing points back. */
const rooms = [
  {
    files: ['services/*/src/store/**'],
    group: ['**/domain/*', '**/router.ts', '**/consumers.ts', '**/service.ts'],
  },
  {
    files: ['services/*/src/domain/**'],
    group: ['**/router.ts', '**/consumers.ts', '**/service.ts', '**/config.ts'],
  },
]

const forbidden = (folder: string, extra: string[] = []) => ({
  patterns: [
    {
      group: [
        ...workspaces
          .filter((name) => !mayImport[folder]?.includes(name))
          .flatMap((name) => [`@candor/${name}`, `@candor/${name}/*`, `@candor/${name}/**`]),
        ...extra,
      ],
      message: 'This crosses a border of the house: see oxlint.config.ts.',
    },
  ],
})

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'import', 'promise', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  rules: {
    'no-console': 'error',
    'no-restricted-properties': [
      'error',
      { object: 'process', property: 'env', message: 'Only config.ts reads the environment.' },
    ],
    'typescript/consistent-type-imports': 'error',
    // tRPC's and kysely's own inner names begin with an underscore; order decides many a loop here.
    'no-underscore-dangle': 'off',
    'no-await-in-loop': 'off',
    'no-unmodified-loop-condition': 'off',
    'import/no-named-as-default-member': 'off',
    'promise/always-return': 'off',
    'promise/no-promise-in-callback': 'off',
    'promise/no-callback-in-promise': 'off',
    'unicorn/no-useless-spread': 'off',
    // Meant for windows; here it is BroadcastChannel.
    'unicorn/require-post-message-target-origin': 'off',
    'unicorn/prefer-add-event-listener': 'off',
    // Tests here check through shared readers of answers, and loop over cases.
    'vitest/require-to-throw-message': 'off',
    'vitest/require-mock-type-parameters': 'off',
    'vitest/no-conditional-expect': 'off',
    'vitest/expect-expect': 'off',
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/prefer-node-protocol': 'error',
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    'import/no-default-export': 'error',
    'import/no-cycle': 'error',
    'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  },
  overrides: [
    ...Object.keys(mayImport).map((folder) => ({
      files: [`${folder}/src/**`],
      rules: { 'no-restricted-imports': ['error', forbidden(folder)] as const },
    })),
    ...Object.keys(mayImport)
      .filter((folder) => mayImport[folder] === insideServices)
      .flatMap((folder) =>
        rooms.map(({ files, group }) => ({
          files: files.map((pattern) => pattern.replace('services/*', folder)),
          rules: { 'no-restricted-imports': ['error', forbidden(folder, group)] as const },
        })),
      ),
    {
      // Services reach others over HTTP through `createOutgoingFetch` alone: it knows the register of recipients.
      files: Object.keys(mayImport)
        .filter((folder) => mayImport[folder] === insideServices)
        .map((folder) => `${folder}/src/**`),
      rules: {
        'no-restricted-globals': [
          'error',
          ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'].map((name) => ({
            name,
            message: 'Outgoing calls go through createOutgoingFetch of @candor/runtime.',
          })),
        ],
      },
    },
    { files: ['**/migrations/**'], rules: { 'unicorn/filename-case': 'off' } },
    {
      files: ['**/*.config.ts', '**/postgres-setup.ts'],
      rules: { 'import/no-default-export': 'off' },
    },
    {
      // An entry point hands the environment to config.ts and does nothing else with it.
      files: [
        '**/config.ts',
        'packages/service/src/run.ts',
        '**/main.ts',
        '**/migrate.ts',
        '**/doctor.ts',
        'packages/service/src/doctor/run-doctor.ts',
        '**/*.test.ts',
        'packages/testing/**',
        '**/test/**',
        'packages/local/src/*.ts',
        'packages/local/bootstrap.mjs',
        '**/*.config.ts',
      ],
      rules: { 'no-restricted-properties': 'off' },
    },
    // A test names its own things as the file's fixture does.
    { files: ['**/test/**'], rules: { 'no-shadow': 'off' } },
    {
      // What these commands print is their product.
      files: [
        'packages/local/**',
        'deploy/**',
        'packages/image/**',
        'test/**',
        'services/privacy/src/verify-receipt.ts',
        '**/build.ts',
      ],
      rules: { 'no-console': 'off' },
    },
  ],
  ignorePatterns: ['**/dist/**', '**/node_modules/**'],
})
