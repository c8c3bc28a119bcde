import { replaceSource } from '../../conformance/sabotage/replace-source.ts'
import { plantedFaults } from './planted-faults.ts'

/** Loaded into the services' processes before their own modules. */
const planted = plantedFaults.filter(({ name }) => name === process.env.CHAOS_PLANTED)
replaceSource(planted.map(({ replace }) => replace))
