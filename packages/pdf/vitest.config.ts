import { vitestConfig } from '@candor/testing/vitest-config'

export default vitestConfig()
