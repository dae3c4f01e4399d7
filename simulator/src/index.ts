// The simulator's front door: hands every /simulator request to the one object that is the simulated world.

import type { Env } from './env.ts'

export { SimulatorWorld } from './world.ts'

export default {
  fetch(request: Request, env: Env): Promise<Response> {
    return env.WORLD.get(env.WORLD.idFromName('world')).fetch(request)
  },
} satisfies ExportedHandler<Env>
