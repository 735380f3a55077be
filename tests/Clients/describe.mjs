// Reads the OpenAPI document as its users do: two validators, and a generator whose types a program is checked against.
import { Validator } from '@seriousme/openapi-schema-validator';
import SwaggerParser from '@apidevtools/swagger-parser';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const print = (name, value) => console.log(JSON.stringify([name, value]));
const document = await (await fetch(`${process.argv[2]}/openapi/v1.json`)).json();

const validator = new Validator();
const result = await validator.validate(structuredClone(document));
print('openapi-schema-validator', { valid: result.valid, version: validator.version, errors: result.errors ?? [] });

const parsed = await SwaggerParser.validate(structuredClone(document)).catch(problem => ({ problem: String(problem) }));
print('swagger-parser', parsed.problem ?? Object.keys(parsed.paths).length > 20);

// A program as a client writes it; the second one reads a member that no answer has.
const program = member => `
  import type { paths } from './rates';
  type Answer = paths['/v1/rates/{base}/{quote}']['get']['responses'][200]['content']['application/json'];
  export const days = (answer: Answer): string[] => answer.providers.map(figure => \`\${figure.name} \${figure.${member} ?? ''}\`);
  export const query: paths['/v1/convert']['get']['parameters']['query'] = { to: 'USD', amount: '100' };
`;

const generated = astToString(await openapiTS(document));
function mistakes(source) {
  const files = { 'rates.ts': generated, 'program.ts': source };
  const options = {
    strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  const own = name => files[name.split('/').pop()];
  host.fileExists = name => own(name) !== undefined || fileExists(name);
  host.getSourceFile = (name, target) => own(name) !== undefined
    ? ts.createSourceFile(name, own(name), target) : getSourceFile(name, target);
  return ts.getPreEmitDiagnostics(ts.createProgram(Object.keys(files), options, host))
    .map(one => ts.flattenDiagnosticMessageText(one.messageText, ' '));
}

print('openapi-typescript', mistakes(program('asOf')));
print('openapi-typescript, a wrong member', mistakes(program('dayOfYesterday')).length);
