// `npm start`: installs what is missing, then builds and serves the product.
import { install, runScript } from './setup.mjs'

install()
runScript('scripts/serve.ts', process.argv.slice(2))
