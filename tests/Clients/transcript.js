// Prints what a call of a client gave, or how it failed, as a line ["name", value] that the tests read.
const root = process.argv[2];

async function tell(name, call) {
  let value;
  try {
    value = await call();
  } catch (error) {
    value = { failed: String(error?.message ?? error), status: error?.status };
  }
  console.log(JSON.stringify([name, value === undefined ? null : value]));
}

module.exports = { root, arguments: process.argv.slice(3), tell };
