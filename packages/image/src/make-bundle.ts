import { bundleService } from './bundle.ts'
import { imageComponent } from './sbom.ts'

// What the Dockerfile runs: the service, where its bundle goes, and the image it will stand on.
const [service, folder, baseImage] = process.argv.slice(2)
if (!service || !folder || !baseImage) throw new Error('Usage: make-bundle.ts SERVICE FOLDER BASE_IMAGE')
await bundleService(service, folder, [imageComponent(baseImage)])
