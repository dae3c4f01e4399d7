// `node scripts/with-setup.mjs SCRIPT ARGS…`: installs what is missing, then runs the script on the packaged Node.
import { install, runScript } from './setup.mjs'

const [script, ...args] = process.argv.slice(2)
if (script === undefined) {
  console.error('usage: node scripts/with-setup.mjs SCRIPT [ARGS]')
  process.exit(2)
}
install()
runScript(script, args)
